"""Expressions become typed syntax, through python-hcl2's grammar or past it, the same either way."""

from __future__ import annotations

import json
import random
import re
import time
from collections.abc import Callable
from dataclasses import fields
from typing import Any

import pytest

from haanalyzer.frontends.terraform.parsing import builder, hcl2_parser
from haanalyzer.frontends.terraform.parsing.expressions import MAX_DEPTH, parse_expression, parse_in_full
from haanalyzer.frontends.terraform.parsing.simple_expressions import parse_simple
from haanalyzer.frontends.terraform.parsing.syntax import (
    Binary,
    Conditional,
    Expression,
    ForExpression,
    FunctionCall,
    GetAttribute,
    Index,
    Invalid,
    Literal,
    ObjectExpression,
    Splat,
    SplatElement,
    Template,
    TupleExpression,
    Unary,
    Variable,
)


def written(node: Any) -> str:
    """The syntax in a canonical notation: every grouping in parentheses, texts as JSON."""
    return json.dumps(node) if isinstance(node, str) else _WRITERS[type(node)](node)


def _listed(items: tuple[Any, ...]) -> str:
    return ", ".join(map(written, items))


def _written_for(node: ForExpression) -> str:
    names = f"{node.key_name}, {node.value_name}" if node.key_name else node.value_name
    key = f"{written(node.key)} => " if node.key else ""
    condition = f" if {written(node.condition)}" if node.condition else ""
    group = "..." if node.group else ""
    return f"for({names} in {written(node.collection)} : {key}{written(node.value)}{group}{condition})"


_WRITERS: dict[type[Any], Callable[[Any], str]] = {
    Literal: lambda node: json.dumps(node.value),
    Template: lambda node: f"template({_listed(node.parts)})",
    Variable: lambda node: str(node.name),
    GetAttribute: lambda node: f"{written(node.of)}.{node.name}",
    Index: lambda node: f"{written(node.of)}[{written(node.key)}]",
    Splat: lambda node: f"{'full' if node.full else 'names'}({written(node.of)}, {written(node.each)})",
    SplatElement: lambda _: "_",
    FunctionCall: lambda node: f"{node.name}({_listed(node.arguments)}{'...' if node.expand_last else ''})",
    Conditional: lambda node: f"({written(node.condition)} ? {written(node.when_true)} : {written(node.when_false)})",
    Unary: lambda node: f"({node.operator}{written(node.operand)})",
    Binary: lambda node: f"({written(node.left)} {node.operator} {written(node.right)})",
    TupleExpression: lambda node: f"[{_listed(node.items)}]",
    ObjectExpression: lambda node: (
        "{" + ", ".join(f"{written(key)} = {written(value)}" for key, value in node.items) + "}"
    ),
    ForExpression: _written_for,
}


SIMPLE = {
    "1": "1",
    "1.5": "1.5",
    "007": "7",
    "true": "true",
    "null": "null",
    '""': '""',
    '"a } # b"': '"a } # b"',
    "a": "a",
    "é.ü-x": "é.ü-x",
    "var.a.b": "var.a.b",
    "a.b[0].c": "a.b[0].c",
    'a["k"]["l"].c': 'a["k"]["l"].c',
    "a[count.index]": "a[count.index]",
    "a[b][true]": "a[b][true]",
    "a.*.b": "names(a, _.b)",
    "a.*": "names(a, _)",
    "a[*].b.c": "full(a, _.b.c)",
    "a[0][*]": "full(a[0], _)",
    "[]": "[]",
    '[1, "a", b.c,]': '[1, "a", b.c]',
    "[\n  a[*].b,\n  null\n]": "[full(a, _.b), null]",
    "f()": "f()",
    'f(a, g([1], "b"),\n)[0].c': 'f(a, g([1], "b"))[0].c',
    "f(a)[*].b": "full(f(a), _.b)",
    '"${a}"': "a",
    '"${var.a}-b${f("c")}"': 'template(var.a, "-b", f("c"))',
    '{ a = 1, "b" = [c] }': '{"a" = 1, "b" = [c]}',
    "{\n  a = f(\n    b\n  )\n\n  c = {}\n}": '{"a" = f(b), "c" = {}}',
    "a ? f(b) : [1]": "(a ? f(b) : [1])",
    'a == "b" ? c - 1 : d': '((a == "b") ? (c - 1) : d)',
    "{ a = b ? c\n : d }": '{"a" = (b ? c : d)}',
    "[for a in b : a.c]": "for(a in b : a.c)",
    "{ for a, b in c : a =>\n b\n}": "for(a, b in c : a => b)",
}
FULL = {
    # operators
    "a || b && c == d < e + f * g": "(a || (b && (c == (d < (e + (f * g))))))",
    "a * b + c": "((a * b) + c)",
    "a - b - c": "((a - b) - c)",
    "a / b % c": "((a / b) % c)",
    "a == b != c": "((a == b) != c)",
    "(a + b) * c": "((a + b) * c)",
    "a -b": "(a - b)",
    "a-b": "a-b",
    "1-1": "(1 - 1)",
    "a - -1": "(a - (-1))",
    "!a == b": "((!a) == b)",
    "!!a": "(!(!a))",
    "- - a": "(-(-a))",
    "!a.b[0]": "(!a.b[0])",
    "a ? b : c ? d : e": "(a ? b : (c ? d : e))",
    "a ? b ? 1 : 2 : 3": "(a ? (b ? 1 : 2) : 3)",
    "1e3": "1000.0",
    # traversals
    "a.*.b[0]": "names(a, _.b)[0]",
    "a.*.b.0.c[1]": "names(a, _.b[0].c)[1]",
    "a.*.0": "names(a, _[0])",
    "a.*.b[0].c": "names(a, _.b)[0].c",
    "a[*].b[0]": "full(a, _.b[0])",
    "(a[*].b)[0]": "full(a, _.b)[0]",
    '"${a[*].b}"[0]': "full(a, _.b)[0]",
    "a[*].b[*].c": "full(a, full(_.b, _.c))",
    "a[*].b.*.c[0]": "full(a, names(_.b, _.c)[0])",
    "a.*.b[*].c": "full(names(a, _.b), _.c)",
    "a.0.b": "a[0].b",
    "a[b[0]]": "a[b[0]]",
    "a.for.if.null": "a.for.if.null",
    "f(x)[0].a": "f(x)[0].a",
    # calls
    "f()": "f()",
    "f(a, b,)": "f(a, b)",
    "f(a, b...)": "f(a, b...)",
    "provider::x::f(a)": "provider::x::f(a)",
    "core::f()": "core::f()",
    "core :: f()": "core::f()",
    # newlines and comments inside brackets
    "(a\n- b)": "(a - b)",
    "(a &&\nb)": "(a && b)",
    "(a\n.b)": "a.b",
    "(a ?\nb :\nc)": "(a ? b : c)",
    "f(\n  a, # one\n  b // two\n)": "f(a, b)",
    "[ # one\n  a /* two */ , b\n]": "[a, b]",
    "a /* x */ + b": "(a + b)",
    # objects
    '{ a = 1, "b" : 2, (c) = 3 }': '{"a" = 1, "b" = 2, c = 3}',
    "{\n  a = 1 # one\n\n  // two\n  (b) = 2\n}": '{"a" = 1, b = 2}',
    "{ if = 1, in = 2, else = 3 }": '{"if" = 1, "in" = 2, "else" = 3}',
    '{ "${a}" = 1, "${a}-b" = 2, c.d = 3 }': '{a = 1, template(a, "-b") = 2, c.d = 3}',
    "{ a = b ? c : d }": '{"a" = (b ? c : d)}',
    "{ a = b + 1 # why\n  c = d ? e : f\n}": '{"a" = (b + 1), "c" = (d ? e : f)}',
    "{ a : b ? c : d, e : f }": '{"a" = (b ? c : d), "e" = f}',
    "{ a = <<E\nx\nE\n  b = 1\n}": '{"a" = "x\\n", "b" = 1}',
    # for
    '[for x in xs : x if x != ""]': 'for(x in xs : x if (x != ""))',
    "[for i, x in xs : i]": "for(i, x in xs : i)",
    "{ for k, v in m : k => v... if v }": "for(k, v in m : k => v... if v)",
    "{\n  for k in m :\n  k => { a = 1\n b = 2 }\n}": 'for(k in m : k => {"a" = 1, "b" = 2})',
}
TEXTS = {
    r'"\n\r\t\"\\"': '"\\n\\r\\t\\"\\\\"',
    r'"\u00e9\U0001F600"': '"\\u00e9\\ud83d\\ude00"',
    r'"\ud800"': '"\\ufffd"',
    '"an\u0303os"': '"a\\u00f1os"',
    '"an\u0303os ${x}"': 'template("a\\u00f1os ", x)',
    '"$${a} %%{b} $ % 100%"': '"${a} %{b} $ % 100%"',
    '"${x}"': "x",
    '"${"${x}"}"': "x",
    '"a${b}c"': 'template("a", b, "c")',
    '"${a}${b}"': "template(a, b)",
    '"${f("x", "}")}y"': 'template(f("x", "}"), "y")',
    '"${ { a = 1 }["a"] }"': '{"a" = 1}["a"]',
    '"a ${~ b ~} c"': 'template("a", b, "c")',
    '"${~ b ~}"': "b",
    '"%{ if a }x%{ else }y%{ endif }"': 'template((a ? "x" : "y"))',
    '"%{ if a }x${b}%{ endif }"': 'template((a ? template("x", b) : ""))',
    '"-%{ for x in xs ~} ${x}, %{~ endfor }"': 'template("-", for(x in xs : template(x, ",")))',
    '"%{ for i, x in xs }%{ if i }${x}%{ endif }%{ endfor }"': (
        'template(for(i, x in xs : template((i ? template(x) : ""))))'
    ),
    "<<E\nE": '""',
    "<<E\na\n  b\nE": '"a\\n  b\\n"',
    "<<E\nE x\n  E": '"E x\\n"',
    "<<_E-1\na\n_E-1": '"a\\n"',
    "<<E\na\\n $${b} ${c}\nE": 'template("a\\\\n ${b} ", c, "\\n")',
    "<<E\n${a\n}\nE": 'template(a, "\\n")',
    "<<E\r\na\r\nE": '"a\\r\\n"',
    "<<E\n%{ if a ~}\n  x\n%{ endif ~}\ny\nE": 'template((a ? "  x\\n" : ""), "y\\n")',
    "<<-E\n    a\n      b\n\n    c\n  E": '"a\\n  b\\n\\nc\\n"',
    "<<-E\n  ${a}\n    b\n  E": 'template(a, "\\n  b\\n")',
    "<<-E\n  a\n${b}\n  E": 'template("  a\\n", b, "\\n")',
    # A stripped newline starts no line, so Terraform leaves the next one's indentation.
    "<<-E\n    %{ for x in xs ~}\n    - ${x}\n    %{ endfor ~}\n  E": (
        'template(for(x in xs : template("    - ", x, "\\n")))'
    ),
}


@pytest.mark.parametrize(("text", "expected"), SIMPLE.items())
def test_simple_expressions_do_without_the_grammar(text: str, expected: str) -> None:
    simple = parse_simple(text)
    assert simple is not None
    assert written(simple) == expected


@pytest.mark.parametrize("text", [*SIMPLE, *FULL, *TEXTS])
def test_both_ways_give_the_same_syntax(text: str) -> None:
    assert parse_simple(text) in (None, parse_in_full(text))


def test_both_ways_give_the_same_syntax_for_whatever_is_nearly_simple() -> None:
    chance = random.Random(1)
    words = ["${", "%{", "for", "null", "in", "if", "a", '"b"', "f(", "...", "//", "::", "=>", "==", "\xa0"]
    fragments = ["", " if ", *'()[]{}"$,.=?:*- \n\r\t1\\', *words]
    read = 0
    for _ in range(6_000):
        text = chance.choice([*SIMPLE, *FULL])
        for _ in range(chance.randint(1, 2)):
            at = chance.randint(0, len(text))
            text = text[:at] + chance.choice(fragments) + text[at + chance.randint(0, 2) :]
        simple = parse_simple(text)
        if simple is not None:
            read += 1
            assert simple == parse_in_full(text), text
            assert written(simple) == written(parse_in_full(text)), text
    assert read > 200


@pytest.mark.parametrize(("text", "expected"), (FULL | TEXTS).items())
def test_expressions(text: str, expected: str) -> None:
    expression = parse_expression(text)
    assert written(expression) == expected
    assert (expression.start, expression.end) == (0, len(text))


def nodes(node: Any) -> list[Expression]:
    """A node and all below it."""
    if isinstance(node, tuple):
        return [found for part in node for found in nodes(part)]
    if not isinstance(node, Expression):
        return []
    return [node, *(found for field in fields(node) for found in nodes(getattr(node, field.name)))]


@pytest.mark.parametrize("text", [*SIMPLE, *FULL, *TEXTS])
def test_every_node_lies_within_the_text_of_its_parent(text: str) -> None:
    for node in nodes(parse_in_full(text)):
        assert 0 <= node.start <= node.end <= len(text)
        for below in nodes(node):
            assert node.start <= below.start <= below.end <= node.end


def test_places_cover_exactly_what_was_written() -> None:
    text = '(a + b) * f(c.d , "x${ e }") ? -g : {h = [i]} # why'
    found = {text[node.start : node.end] for node in nodes(parse_in_full(text))}
    assert found == {
        '(a + b) * f(c.d , "x${ e }") ? -g : {h = [i]}', '(a + b) * f(c.d , "x${ e }")', "(a + b)", "a", "b",
        'f(c.d , "x${ e }")', "c.d", "c", '"x${ e }"', "e", "-g", "g", "{h = [i]}", "h", "[i]", "i",
    }  # fmt: skip


INVALID = {
    "": "the expression ends too early",
    "a +": "the expression ends too early",
    "a b": "expected no `b` here",
    "[1,,2]": "expected no `,` here",
    "{ a }": "expected no `}` here",
    "a::b": "expected `(` after `a::b`",
    "a ? b": "the expression ends too early",
    "a.0.1": "expected one whole number after `.`, found `0.1`",
    "1.5.2": "expected no second `.` in the number `1.5`",
    "10.11.10.12/32": "expected no second `.` in the number `10.11`",
    "a.*.b.*.c": "expected no `.*` within what another `.*` goes through",
    "{ a = 1 b = 2 }": "expected a new line or `,` between the items",
    "{ a : b ? c : d e : f }": "expected a new line or `,` between the items",
    "{ a = 1\n, b = 2 }": "expected no `,` at the start of a line",
    "{ for = 1 }": 'expected `"for"` as the name',
    r'"a\/b"': "expected no `\\/`: write `\\\\` for a backslash",
    r'"\u12"': "expected no `\\u`",
    "@": "expected an expression, found `@`",
    "(a": "expected the end of what `(` opens",
    "a)": "expected no `)` here",
    "(a]": "expected no `]` here",
    '"a': 'expected the end of what `"` opens',
    '"a\nb"': 'expected `"` before the end of the line',
    '"${}"': "expected no `}` here",
    '"%{ if a }x"': "expected `%{ endif }`",
    '"%{ for x in xs }x%{ endif }"': "expected no `%{ endif }` here",
    '"%{ else }"': "expected `%{ else }` only between",
    "<<E\nx\n": "expected a line `E` to end the heredoc",
    "<<E\n${a\nE": "expected the end of what `${` opens",
    "1" * 5000: "expected a number of fewer digits",
    "1e400": "expected a number below 1e308",
    "(" * 200 + "1" + ")" * 200: "expected brackets nested at most 100 deep",
    '"${' * 200 + "x" + '}"' * 200: "expected brackets nested at most 100 deep",
    " + ".join(["a"] * 2000): f"nested at most {MAX_DEPTH} deep",
    "a ? b : " * 2000 + "c": f"nested at most {MAX_DEPTH} deep",
    "a" + ".b" * 2000: f"nested at most {MAX_DEPTH} deep",
    "a" + "[*]" * 2000: "expected splats nested at most 100 deep",
    "!" * 2000 + "a": f"nested at most {MAX_DEPTH} deep",
}


@pytest.mark.parametrize(("text", "message"), INVALID.items(), ids=[text[:20] for text in INVALID])
def test_what_cannot_be_read_says_what_was_expected(text: str, message: str) -> None:
    expression = parse_expression(text)
    assert isinstance(expression, Invalid)
    assert message in expression.message
    assert "\n" not in expression.message
    assert (expression.start, expression.end) == (0, len(text))


def test_wide_expressions_are_read_in_linear_time() -> None:
    started = time.process_time()
    assert isinstance(parse_expression("[" + "f(a),\n" * 5000 + "]"), TupleExpression)
    assert isinstance(parse_expression("{" + "a = b + 1\n" * 5000 + "}"), ObjectExpression)
    assert isinstance(parse_expression("<<E\n" + "${a}\n" * 5000 + "E"), Template)
    assert time.process_time() - started < 5


def test_equal_texts_share_one_tree() -> None:
    assert parse_expression("a + b * 2") is parse_expression("a + b * 2")


def test_every_rule_of_the_grammar_that_an_expression_can_meet_has_its_maker() -> None:
    parser = hcl2_parser._parser()
    never_lexed = {"template_string", "heredoc_template", "heredoc_template_trim"}
    of_bodies = {"start", "body", "block", "attribute"}
    rules = {rule.alias or str(rule.origin.name) for rule in parser.rules}
    inlined = {"index", "expression"} | {name for name in rules if re.fullmatch(r"\w+_expr", name)}
    missing = {name for name in rules if not name.startswith("_")} - set(builder._MAKERS) - inlined
    assert missing <= never_lexed | of_bodies
