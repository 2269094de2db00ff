"""Functions of arguments known in part: what they say must hold of every way the rest may turn out."""

from __future__ import annotations

from typing import Any

import pytest
from calling import HERE, ask
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from partial import allows, partly

from haanalyzer.frontends.terraform.evaluation.symbolic import EvaluationError, NotPlainError, plain, value_of
from haanalyzer.frontends.terraform.evaluation.types import as_set
from haanalyzer.frontends.terraform.functions import implementations
from haanalyzer.values import ListValue, Value

Strategy = st.SearchStrategy[Any]

TEXT = st.sampled_from(["", "a", "b", "ab", "a,b", "a-b", "true", "1", "2", "eu-west-1", "10.0.0.0/16", "é"])
WHOLE = st.integers(-2, 6)
NUMBER = st.one_of(WHOLE, WHOLE, st.sampled_from([0.5, 2.5]))
BOOL = st.booleans()
SCALAR = st.one_of(TEXT, TEXT, WHOLE, BOOL, st.none())


def listed(of: Strategy, least: int = 0) -> Strategy:
    return st.lists(of, min_size=least, max_size=4)


def grouped(of: Strategy) -> Strategy:
    """A list or a set."""
    return st.one_of(listed(of), listed(of), listed(of).map(_set))


def _set(items: list[Any]) -> ListValue:
    found = value_of(items, HERE)
    assert isinstance(found, ListValue)
    return as_set(found)


def named(of: Strategy) -> Strategy:
    return st.dictionaries(st.sampled_from(["a", "b", "c", "ab"]), of, max_size=3)


TEXTS = grouped(TEXT)
ANYTHING = st.recursive(SCALAR, lambda inner: st.one_of(listed(inner), named(inner)), max_leaves=5)
PATTERN = st.sampled_from(["a", "^[a-z]+$", "(a)(b)?", "(?P<x>a)-(?P<y>b)", "[0-9]", "a*"])
FORMAT = st.sampled_from(["%s", "%s-%s", "%d", "%v", "%5s|", "%[2]s%[1]s", "%q", "%#v", "%02d", "%t", "x"])
CIDR = st.sampled_from(["10.0.0.0/16", "10.0.0.0/8", "fd00::/48", "192.168.0.0/24"])
BITS = st.sampled_from([1, 2, 4, 8])
DOCUMENT = st.sampled_from(['{"a":1}', '["a",null]', "1", "{}", '{"a":{"b":[true]}}'])
TIME = st.sampled_from(["2018-01-02T23:12:01Z", "2017-11-22T00:00:00+01:00"])
BASE64 = st.sampled_from(["aGk=", "YQ==", ""])
CSV = st.sampled_from(["a,b\n1,2\n", "a\n", "a\nx\ny\n"])
BOOLS = grouped(st.one_of(BOOL, st.sampled_from(["true", "false"])))

SIGNATURES: dict[str, tuple[Strategy, ...]] = {
    "abs": (NUMBER,), "ceil": (NUMBER,), "floor": (NUMBER,), "log": (NUMBER, NUMBER), "parseint": (TEXT, WHOLE),
    "pow": (NUMBER, WHOLE), "signum": (WHOLE,), "sum": (listed(NUMBER, 1),),
    "chomp": (TEXT,), "endswith": (TEXT, TEXT), "startswith": (TEXT, TEXT), "strcontains": (TEXT, TEXT),
    "indent": (st.integers(0, 3), TEXT), "join": (TEXT, TEXTS), "lower": (TEXT,), "upper": (TEXT,), "title": (TEXT,),
    "strrev": (TEXT,), "trim": (TEXT, TEXT), "trimprefix": (TEXT, TEXT), "trimsuffix": (TEXT, TEXT),
    "trimspace": (TEXT,), "regex": (PATTERN, TEXT), "regexall": (PATTERN, TEXT), "replace": (TEXT, TEXT, TEXT),
    "split": (TEXT, TEXT), "substr": (TEXT, WHOLE, WHOLE),
    "alltrue": (BOOLS,), "anytrue": (BOOLS,), "chunklist": (listed(TEXT), st.integers(0, 3)),
    "compact": (grouped(st.one_of(TEXT, st.none())),), "contains": (grouped(SCALAR), SCALAR),
    "distinct": (listed(SCALAR),), "element": (listed(SCALAR), st.integers(0, 6)), "flatten": (listed(ANYTHING),),
    "index": (listed(SCALAR, 1), SCALAR), "keys": (named(SCALAR),), "values": (named(SCALAR),),
    "length": (st.one_of(ANYTHING, TEXTS),), "lookup": (named(SCALAR), TEXT, SCALAR),
    "matchkeys": (listed(TEXT), listed(TEXT), listed(TEXT)), "one": (grouped(SCALAR),),
    "range": (st.integers(0, 5), st.integers(0, 8)), "reverse": (listed(SCALAR),),
    "setproduct": (grouped(TEXT), grouped(WHOLE)), "setsubtract": (grouped(TEXT), grouped(TEXT)),
    "slice": (listed(SCALAR), st.integers(0, 3), st.integers(0, 4)), "sort": (TEXTS,),
    "transpose": (named(listed(TEXT)),), "zipmap": (listed(TEXT), listed(SCALAR)),
    "base64decode": (BASE64,), "base64encode": (TEXT,), "base64gunzip": (BASE64,), "base64sha256": (TEXT,),
    "base64sha512": (TEXT,), "md5": (TEXT,), "sha1": (TEXT,), "sha256": (TEXT,), "sha512": (TEXT,),
    "csvdecode": (CSV,), "jsondecode": (DOCUMENT,), "jsonencode": (ANYTHING,), "yamldecode": (DOCUMENT,),
    "yamlencode": (ANYTHING,), "urlencode": (TEXT,), "urldecode": (TEXT,),
    "textencodebase64": (TEXT, st.just("UTF-8")), "textdecodebase64": (BASE64, st.just("UTF-8")),
    "basename": (TEXT,), "dirname": (TEXT,), "abspath": (st.just("/a/../b"),), "pathexpand": (TEXT,),
    "cidrcontains": (CIDR, CIDR), "cidrhost": (CIDR, WHOLE), "cidrnetmask": (CIDR,), "cidrsubnet": (CIDR, BITS, WHOLE),
    "tobool": (st.one_of(BOOL, TEXT),), "tonumber": (st.one_of(WHOLE, TEXT),), "tostring": (SCALAR,),
    "toset": (grouped(SCALAR),), "tolist": (grouped(SCALAR),), "tomap": (named(SCALAR),),
    "ephemeralasnull": (ANYTHING,), "nonsensitive": (ANYTHING,), "sensitive": (ANYTHING,),
    "uuidv5": (st.just("dns"), TEXT), "formatdate": (st.just("YYYY-MM"), TIME), "timeadd": (TIME, st.just("1h")),
    "timecmp": (TIME, TIME),
}  # fmt: skip

VARIADIC: dict[str, tuple[tuple[Strategy, ...], Strategy]] = {
    "cidrsubnets": ((CIDR,), BITS),
    "coalesce": ((), SCALAR),
    "coalescelist": ((), listed(SCALAR)),
    "concat": ((), listed(SCALAR)),
    "format": ((FORMAT,), SCALAR),
    "formatlist": ((FORMAT,), st.one_of(TEXT, st.lists(TEXT, min_size=2, max_size=2))),
    "list": ((), SCALAR),
    "max": ((), NUMBER),
    "merge": ((), st.one_of(named(SCALAR), named(SCALAR), st.none())),
    "min": ((), NUMBER),
    "setintersection": ((), grouped(TEXT)),
    "setunion": ((), grouped(TEXT)),
}

# What reads files, what only the deployment decides, and what asks how a value came about.
ELSEWHERE_TESTED = {
    "base64gzip", "bcrypt", "file", "filebase64", "filebase64sha256", "filebase64sha512", "fileexists", "filemd5",
    "fileset", "filesha1", "filesha256", "filesha512", "issensitive", "map", "plantimestamp", "rsadecrypt",
    "timestamp", "type", "uuid",
}  # fmt: skip


def test_every_function_is_asked() -> None:
    assert implementations().keys() == SIGNATURES.keys() | VARIADIC.keys() | ELSEWHERE_TESTED


def arguments(name: str) -> st.SearchStrategy[tuple[Any, ...]]:
    if name in SIGNATURES:
        return st.tuples(*SIGNATURES[name])
    first, rest = VARIADIC[name]
    return st.tuples(st.tuples(*first), st.lists(rest, min_size=1, max_size=3)).map(lambda both: (*both[0], *both[1]))


def known_answer(name: str, given_arguments: list[Value]) -> Value:
    try:
        found = ask(name, *given_arguments)
        plain(found)
    except (EvaluationError, NotPlainError):
        assume(False)
    return found


@pytest.mark.parametrize("name", sorted(SIGNATURES.keys() | VARIADIC.keys()))
@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_an_answer_on_a_part_allows_for_the_answer_on_the_whole(name: str, data: st.DataObject) -> None:
    whole = [value_of(argument, HERE) for argument in data.draw(arguments(name))]
    answer = known_answer(name, whole)
    part = [data.draw(partly(argument, SCALAR)) for argument in whole]
    found = ask(name, *part)
    assert allows(found, answer), f"{name}({', '.join(map(str, part))}) is {found}, and then {answer}"
