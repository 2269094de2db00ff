"""Expressions over names known in part: what they say must hold of every way the rest may turn out."""

from __future__ import annotations

from typing import Any

import pytest
from calling import CONTEXT, HERE
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from partial import allows, partly

from haanalyzer.frontends.terraform.evaluation.attributes import evaluated
from haanalyzer.frontends.terraform.evaluation.scope import NoNames, Scope
from haanalyzer.frontends.terraform.evaluation.symbolic import EvaluationError, NotPlainError, plain, value_of
from haanalyzer.frontends.terraform.parsing.expressions import parse_expression
from haanalyzer.source.document import Document
from haanalyzer.values import Value

SCALAR = st.sampled_from(["", "a", "b", "ab", "1", "true", 0, 1, 2, True, False, None])

NAMES: dict[str, st.SearchStrategy[Any]] = {
    "text": st.sampled_from(["", "a", "b", "ab", "1"]),
    "number": st.integers(0, 3),
    "flag": st.booleans(),
    "maybe": st.sampled_from([None, "a", "b"]),
    "list": st.lists(st.sampled_from(["", "a", "b", "c"]), max_size=3),
    "mixed": st.lists(SCALAR, max_size=3),
    "map": st.dictionaries(st.sampled_from(["a", "b", "c"]), st.sampled_from(["x", "y", None]), max_size=3),
    "things": st.lists(st.fixed_dictionaries({"name": st.sampled_from("abc"), "on": st.booleans()}), max_size=3),
}

EXPRESSIONS = r"""
"${text}-${number}"
"${text}${maybe}"
text == maybe
number + 1 > 2
number * 2 - 1
!flag && text == "a"
flag ? list : []
flag ? text : maybe
maybe == null ? "none" : maybe
number >= 1 ? list : mixed
list[0]
list[number]
map[text]
map.a
things[0].name
things[*].name
things.*.on
list[*]
maybe[*]
[text, number]
{ (text) = number, a = 1 }
{ a = number, (text) = flag }
[for v in list : upper(v)]
[for v in list : v if v != "a"]
[for i, v in list : i if flag]
[for k, v in map : k]
{ for v in list : v => "x"... }
{ for k, v in map : k => v if v != null }
{ for t in things : t.name => t.on... }
[for t in things : t.name if t.on]
{ for i, v in list : i => v }
try(map["a"], "none")
try(list[1], text)
try(number, 1)
try(things[0].name, "none")
can(list[1])
can(map.a)
can("${maybe}-a")
try("${maybe}-a", "none")
can([for v in maybe : v])
try(concat(maybe, list), [text])
can(maybe && true)
can(text + 0)
try(text + 0, number)
can(!text)
try(merge(maybe), map)
can(coalesce(maybe))
try(map[text], number)
can(things[number].name)
try(jsondecode(text), number)
can(regex("a", text))
try(element(list, number), text)
can(list[number])
can(tonumber(text))
try(tonumber(text), 0)
try(list[0].x, maybe, 3)
length(concat(list, mixed)) > 1
length(flag ? list : []) == 0
coalesce(maybe, text, "z")
contains(flag ? list : ["a"], "a")
concat(list, [text])[0]
concat([text], list)[0]
toset(list) == toset(concat(list, list))
[for v in toset(list) : v]
tolist(toset(list))[0]
length(toset([text, maybe]))
keys({ (text) = 1, b = 2 })
merge(map, { a = text }).a
lookup(map, text, 1)
lookup(map, "a", text)
zipmap(list, list)
join(text, list)
concat(things...)
max(number, 1)
merge([for t in things : { (t.name) = t.on }]...)
concat([for v in list : [v, text]]...)
coalesce(concat(list, ["z"])...)
element(concat(list, [""]), 0)
slice(list, 0, min(number, length(list)))
range(number)
[for i in range(number) : format("%s-%d", text, i)]
flatten([list, [for t in things : [t.name]]])
setproduct(list, [1, 2])
{ for p in setproduct(list, [1]) : p[0] => p[1]... }
distinct(concat(list, mixed))
"%{ for v in list }${v},%{ endfor }"
"%{ if flag }x%{ else }${text}%{ endif }"
alltrue(things[*].on)
anytrue([for t in things : t.on])
one(list)
one([for v in list : v if v == text])
index(list, text)
sum(concat([number], [1]))
jsondecode(jsonencode(things))
jsonencode({ a = text, b = list })
jsondecode(jsonencode({ a = text, b = flag })).a == "a"
compact(concat([maybe], list))
sort(concat(list, [text]))
reverse(sort(list))[0]
values({ for t in things : t.name => t.on... })
matchkeys(list, list, [text])
formatlist("%s-%s", text, list)
split("a", text)
replace(text, "/a(b)?/", "$1")
regexall("[a-z]", text)
chunklist(list, 2)
(flag ? map : { a = "z" }).a
[list, mixed][number]
length(list) > 0 ? list[0] : text
text != "" && number > 0 || flag
length(things) > 0 ? things[0].on : flag
-number + 1
number % 2 == 0
number / 2
min(number, length(list))
coalescelist(list, [text])
setunion(list, mixed)
setintersection(list, [text])
setsubtract(list, [text])
tomap({ a = text, b = number })
tolist([text, number])
substr(text, 0, 1)
title(text)
cidrsubnet("10.0.0.0/8", 8, number)
""".strip().splitlines()


def evaluate(expression: str, names: dict[str, Value]) -> Value:
    document = Document("main.tf", expression)
    return evaluated(parse_expression(expression), Scope(NoNames(CONTEXT), document, names=names))


@pytest.mark.parametrize("expression", EXPRESSIONS)
@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_an_answer_on_a_part_allows_for_the_answer_on_the_whole(expression: str, data: st.DataObject) -> None:
    used = {name: strategy for name, strategy in NAMES.items() if name in expression}
    whole = {name: value_of(data.draw(strategy, label=name), HERE) for name, strategy in used.items()}
    try:
        answer = evaluate(expression, whole)
        plain(answer)
    except (EvaluationError, NotPlainError):
        assume(False)
    part = {name: data.draw(partly(value, SCALAR), label=f"part of {name}") for name, value in whole.items()}
    found = evaluate(expression, part)
    assert allows(found, answer), f"{expression} of {', '.join(map(str, part.values()))} is {found}, and then {answer}"
