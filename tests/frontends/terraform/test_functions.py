"""Functions: Terraform's answers on what is known, and no more than holds on what is not."""

from __future__ import annotations

from typing import Any

import pytest
from calling import ELSEWHERE, HERE, ask, items, open_list, unknown
from partial import allows

from haanalyzer.frontends.terraform.evaluation.symbolic import EvaluationError, NotPlainError, plain, value_of
from haanalyzer.frontends.terraform.functions import implementations
from haanalyzer.values import (
    Absent,
    Assumption,
    Blocker,
    Call,
    Concat,
    Known,
    ListValue,
    MapValue,
    Symbol,
    Truth,
    Unknown,
    same,
)

KNOWN: list[tuple[str, list[Any], Any]] = [
    ("abs", ["-3"], 3),
    ("ceil", [5.1], 6),
    ("floor", [-2.5], -3),
    ("log", [8, 2], 3),
    ("max", [1, 2.5], 2.5),
    ("min", [1, "2"], 1),
    ("parseint", ["FF", 16], 255),
    ("parseint", ["-11", 2], -3),
    ("pow", [2, 10], 1024),
    ("signum", [-3], -1),
    ("sum", [[0.1, 0.2]], 0.3),
    ("chomp", ["a\r\n\n"], "a"),
    ("endswith", ["abc", "c"], True),
    ("format", ["%s-%03d", "a", 7], "a-007"),
    ("format", ["%[2]s %[1]s%%", "a", "b"], "b a%"),
    ("format", ["%5.1f|%-4s|%x|%q", 2.25, "ab", 255, "a"], '  2.2|ab  |ff|"a"'),
    ("format", ["%v %v %v", [1], None, 1000000], "[1] null 1e+06"),
    ("format", ["%e", 12345.678], "1.234568e+04"),
    ("formatlist", ["%s-%s", ["a", "b"], "x"], ["a-x", "b-x"]),
    ("indent", [2, "a\nb"], "a\n  b"),
    ("join", [",", ["a", 1, True]], "a,1,true"),
    ("join", ["-", ["a"], ["b"]], "a-b"),
    ("regex", ["(?P<x>l)(?P<y>o)", "hello"], {"x": "l", "y": "o"}),
    ("regex", ["([a-z])([0-9])?", "a"], ["a", None]),
    ("regex", ["^[[:alpha:]]+$", "abc"], "abc"),
    ("regexall", ["a*", "baac"], ["", "aa", ""]),
    ("replace", ["hello", "/(l+)/", "<$1>"], "he<ll>o"),
    ("replace", ["a.b", ".", "-"], "a-b"),
    ("split", ["", "abc"], ["a", "b", "c"]),
    ("startswith", ["abc", "b"], False),
    ("strcontains", ["abc", "b"], True),
    ("strrev", ["abc"], "cba"),
    ("substr", ["hello", -3, 2], "ll"),
    ("title", ["hello wORLD foo_bar it's"], "Hello WORLD Foo_bar It'S"),
    ("trim", ["?!hi!?", "!?"], "hi"),
    ("trimprefix", ["aab", "a"], "ab"),
    ("upper", ["a"], "A"),
    ("alltrue", [[True, "true"]], True),
    ("alltrue", [[True, None]], False),
    ("anytrue", [[]], False),
    ("chunklist", [["a", "b", "c"], 2], [["a", "b"], ["c"]]),
    ("coalesce", ["", 1, "x"], "1"),
    ("coalescelist", [[], ["a"]], ["a"]),
    ("compact", [["a", "", None]], ["a"]),
    ("concat", [["a"], [1]], ["a", 1]),
    ("contains", [["a", "b"], "b"], True),
    ("contains", [["a", "b"], "c"], False),
    ("distinct", [["1", 1]], ["1"]),
    ("element", [["a", "b"], 5], "b"),
    ("flatten", [[["a"], [["b"]], "c"]], ["a", "b", "c"]),
    ("index", [["a", "b"], "b"], 1),
    ("keys", [{"b": 1, "a": 2}], ["a", "b"]),
    ("length", ["héllo"], 5),
    ("length", [{"a": 1}], 1),
    ("lookup", [{"a": 1}, "b", 2], 2),
    ("matchkeys", [["a", "b"], ["1", "2"], ["2"]], ["b"]),
    ("merge", [{"a": 1}, None, {"a": 3, "b": 2}], {"a": 3, "b": 2}),
    ("one", [[]], None),
    ("range", [5, 1], [5, 4, 3, 2]),
    ("range", [1, 2, 0.5], [1, 1.5]),
    ("reverse", [["a", "b"]], ["b", "a"]),
    ("setintersection", [["a", "b"], ["b", "c"]], ["b"]),
    ("setproduct", [["a"], [1, "b"]], [["a", "1"], ["a", "b"]]),
    ("setsubtract", [["a", "b"], ["b"]], ["a"]),
    ("setunion", [["b"], ["a", "b"]], ["a", "b"]),
    ("slice", [["a", "b", "c"], 1, 3], ["b", "c"]),
    ("sort", [["b", "a", "B"]], ["B", "a", "b"]),
    ("sort", [[10, 9]], ["10", "9"]),
    ("transpose", [{"a": ["x", "y"], "b": ["x"]}], {"x": ["a", "b"], "y": ["a"]}),
    ("values", [{"b": 1, "a": 2}], [2, 1]),
    ("zipmap", [["a", "b"], [1, 2]], {"a": 1, "b": 2}),
    ("base64decode", ["aGk="], "hi"),
    ("csvdecode", ['a,b\n"x,1","y""z"\n'], [{"a": "x,1", "b": 'y"z'}]),
    ("jsondecode", ['{"a": [1.0, null]}'], {"a": [1, None]}),
    ("jsonencode", [{"b": 1.0, "a": "<&>"}], '{"a":"\\u003c\\u0026\\u003e","b":1}'),
    ("urlencode", ["a b&c/d"], "a+b%26c%2Fd"),
    ("yamldecode", ["[yes, 1_000, 010, 0o7, 1e3, ~]"], [True, "1_000", 10, 7, 1000, None]),
    ("yamldecode", ["a: &x {b: 1}\nc:\n  <<: *x\n"], {"a": {"b": 1}, "c": {"b": 1}}),
    ("yamldecode", ["a: &x [b, c]\nd:\n" + "- *x\n" * 300], {"a": ["b", "c"], "d": [["b", "c"]] * 300}),
    ("yamldecode", ["[2001-12-14, 2001-12-14 1:59:43.10]"], ["2001-12-14T00:00:00Z", "2001-12-14T01:59:43Z"]),
    ("yamlencode", [{"a": [1, {"b": "x"}], "c": {}}], '"a":\n- 1\n- "b": "x"\n"c": {}\n'),
    ("textencodebase64", ["hi", "UTF-16LE"], "aABpAA=="),
    ("basename", ["a/b/"], "b"),
    ("dirname", ["a"], "."),
    ("cidrhost", ["10.0.0.0/16", -2], "10.0.255.254"),
    ("cidrnetmask", ["10.0.0.0/20"], "255.255.240.0"),
    ("cidrsubnet", ["10.1.2.3/16", 4, 2], "10.1.32.0/20"),
    ("cidrsubnet", ["fd00::/48", 16, 5], "fd00:0:0:5::/64"),
    ("cidrsubnet", ["010.0.0.0/8", 8, 1], "10.1.0.0/16"),
    ("cidrsubnets", ["10.0.0.0/16", 4, 4, 8, 4], ["10.0.0.0/20", "10.0.16.0/20", "10.0.32.0/24", "10.0.48.0/20"]),
    ("tobool", ["1"], True),
    ("tonumber", ["1e3"], 1000),
    ("tostring", [1e30], "1" + "0" * 30),
    ("toset", [["b", "a", "b"]], ["a", "b"]),
    ("tolist", [["a", 1]], ["a", "1"]),
    ("tomap", [{"a": 1, "b": "x"}], {"a": "1", "b": "x"}),
    ("nonsensitive", ["a"], "a"),
    ("base64sha256", ["x"], "LXEWQrcmsEQBYnyp+6wy9chTD7GQPMTbAiWHF5IaSIE="),
    ("md5", ["x"], "9dd4e461268c8034f5c8564e155c67a6"),
    ("uuidv5", ["dns", "www.terraform.io"], "a5008fae-b28c-5ba5-96cd-82b4c53552d6"),
    ("formatdate", ["EEEE, DD-MMM-YY HH:mm AA 'o''clock' Z", "2018-01-02T23:12:01-08:00"],
     "Tuesday, 02-Jan-18 11:12 PM o'clock -08:00"),
    ("timeadd", ["2018-01-02T23:12:01Z", "-1h30m"], "2018-01-02T21:42:01Z"),
    ("timecmp", ["2017-11-22T00:00:00Z", "2017-11-22T01:00:00Z"], -1),
    ("timecmp", ["2017-11-22T00:00:00.5Z", "2017-11-22T00:00:00Z"], 1),
    ("timeadd", ["2017-11-22T00:00:00Z", "0"], "2017-11-22T00:00:00Z"),
    ("formatdate", ["''", "2018-01-02T23:12:01Z"], "'"),
    ("length", ["e\u0301\U0001f469\u200d\U0001f467"], 2),
    ("strrev", ["ae\u0301"], "\u00e9a"),
    ("substr", ["\U0001f469\u200d\U0001f467bc", 0, 2], "\U0001f469\u200d\U0001f467b"),
    ("substr", ["hello", -3, 0], "llo"),
    ("substr", ["hello", 1, -2], "ello"),
    ("substr", ["hello", 9, 1], ""),
    ("upper", ["stra\u00dfe"], "STRA\u00dfE"),
    ("sha1", ["e\u0301"], "bf15be717ac1b080b4f1c456692825891ff5073d"),
    ("trimspace", ["\x1f a\u00a0"], "\x1f a"),
    ("format", ["%#v %q", ["<"], "&"], '["\\u003c"] "\\u0026"'),
    ("format", ["%3s|%-3s|%03s|%.1s", "\U0001f469\u200d\U0001f467", "a", "b", "cd"],
     "  \U0001f469\u200d\U0001f467|a  |00b|c"),
    ("format", ["%#o %+v", 8, 5], "010 5"),
    ("floor", ["2.9"], 2),
    ("log", [1000, 10], 2.9999999999999996),
    ("pow", [2, 100], 1267650600228229401496703205376),
    ("jsonencode", [[1e-7, 1e21]], "[0.0000001,1000000000000000000000]"),
    ("jsondecode", ['"\\ud800"'], "\ufffd"),
    ("yamlencode", [1], "1\n...\n"),
    ("yamlencode", ["a\nb\n\n"], "|+\n  a\n  b\n\n"),
    ("yamlencode", [{"a": [0.00001, {}, []]}], '"a":\n- 0.00001\n- {}\n- []\n'),
    ("yamlencode", ["a" * 90 + " b c"], '"' + "a" * 90 + '\n  b c"\n'),
    ("yamldecode", ["a: !!binary aGk="], {"a": "aGk="}),
    ("base64decode", ["aG\nk="], "hi"),
    ("base64gunzip", ["H4sIAAAAAAAC/8vIBACsKpPYAgAAAA=="], "hi"),
    ("urldecode", ["a+b%2Fc"], "a b/c"),
    ("textencodebase64", ["hi", "UTF-16"], "/v8AaABp"),
    ("textdecodebase64", ["AGgAaQ==", "UTF-16"], "hi"),
    ("cidrcontains", ["10.0.0.0/8", "10.1.2.3"], True),
    ("cidrcontains", ["10.0.0.0/16", "10.0.0.0/8"], False),
    ("merge", [None], {}),
    ("chunklist", [["a", 1, "b"], 2], [["a", "1"], ["b"]]),
    ("setsubtract", [[1, 2], ["1"]], ["2"]),
    ("toset", [["b", None, "a"]], ["a", "b", None]),
    ("abspath", ["/a/../b"], "/b"),
    ("pathexpand", ["a/b"], "a/b"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "arguments", "expected"), KNOWN)
def test_known_arguments_have_terraforms_answer(name: str, arguments: list[Any], expected: Any) -> None:
    found = plain(ask(name, *arguments))
    assert found == expected
    assert type(found) is type(expected)


def blurred(data: Any, blur: Unknown) -> list[Any]:
    """The data with each part of it replaced by an unknown, one at a time, and each list left open after each item."""
    found: list[Any] = [] if data is None else [blur]
    if isinstance(data, list):
        found += [[*data[:at], part, *data[at + 1 :]] for at, one in enumerate(data) for part in blurred(one, blur)]
        found += [open_list(*data[:at]) for at in range(len(data) + 1)]
    if isinstance(data, dict):
        found += [{**data, key: part} for key, one in data.items() for part in blurred(one, blur)]
        for at in range(len(data) + 1):
            entries = {key: value_of(data[key], HERE) for key in list(data)[:at]}
            found.append(MapValue(entries=entries, keys={}, open=Blocker("var.more", HERE, "?"), place=HERE))
    return found


@pytest.mark.parametrize(("name", "arguments", "expected"), KNOWN)
def test_knowing_less_never_contradicts(name: str, arguments: list[Any], expected: Any) -> None:
    for at, argument in enumerate(arguments):
        for part in blurred(argument, unknown("var.x")):
            found = ask(name, *arguments[:at], part, *arguments[at + 1 :])
            assert allows(found, value_of(expected, HERE)), f"{name} of {part}: {found}"


@pytest.mark.parametrize(
    ("name", "arguments"),
    [
        ("element", [[], 0]),
        ("slice", [["a"], 0, 2]),
        ("index", [["a"], "z"]),
        ("coalesce", [None, ""]),
        ("one", [["a", "b"]]),
        ("regex", ["x", "abc"]),
        ("regex", ["(", "abc"]),
        ("lookup", [{"a": 1}, "b"]),
        ("zipmap", [["a"], [1, 2]]),
        ("range", [0, 5, -1]),
        ("format", ["%d", 1.5]),
        ("format", ["%s", "a", "b"]),
        ("format", ["%s"]),
        ("cidrsubnet", ["10.0.0.0/16", 20, 0]),
        ("cidrhost", ["10.0.0.0/24", 256]),
        ("cidrnetmask", ["nonsense"]),
        ("tobool", ["True"]),
        ("tonumber", ["1_000"]),
        ("tostring", [[]]),
        ("jsondecode", ["{"]),
        ("yamldecode", ["a: [1"]),
        ("csvdecode", [""]),
        ("upper", [None]),
        ("upper", []),
        ("length", [None]),
        ("base64decode", ["!!"]),
        ("pow", [10, 10**9]),
        ("signum", [1.5]),
        ("indent", [-1, "a"]),
        ("jsondecode", ["NaN"]),
        ("yamldecode", [""]),
        ("yamldecode", ["a: &x [*x]"]),
        ("yamldecode", ["a: 1\n---\nb: 2"]),
        ("csvdecode", ['a\nx"y\n']),
        ("urldecode", ["100%"]),
        ("textencodebase64", ["a", "ascii"]),
        ("base64gunzip", ["aGk="]),
        ("cidrcontains", ["10.0.0.0/8", "::1"]),
        ("cidrsubnet", ["10.0.0.0/16", 8, -1]),
        ("cidrsubnets", ["fd00::/16", 33]),
        ("sort", [["a", None]]),
        ("tolist", [["a", ["b"]]]),
    ],
)
def test_what_terraform_rejects_is_an_error(name: str, arguments: list[Any]) -> None:
    with pytest.raises(EvaluationError):
        ask(name, *arguments)


@pytest.mark.parametrize("name", sorted(implementations()))
@pytest.mark.parametrize("count", range(5))
def test_unknown_arguments_never_crash(name: str, count: int) -> None:
    try:
        found = ask(name, *[unknown(f"var.x{index}") for index in range(count)])
    except EvaluationError:
        return
    if name == "cidrsubnets" and count == 1:
        assert plain(found) == []
    elif count and name != "merge":
        with pytest.raises(NotPlainError):
            plain(found)


def test_equal_calls_on_equal_unknowns_are_equal() -> None:
    assert same(ask("upper", unknown("var.x")), ask("upper", unknown("var.x"))) is Truth.YES
    assert same(ask("upper", unknown("var.x")), ask("upper", unknown("var.y"))) is Truth.MAYBE
    assert same(ask("f", True, unknown("var.x")), ask("f", 1, unknown("var.x"))) is Truth.MAYBE


def test_a_function_nobody_knows_is_unknown() -> None:
    found = ask("provider::aws::arn_parse", "arn:aws:s3:::b")
    assert isinstance(found, Unknown)
    assert found.term == Call("provider::aws::arn_parse", ("arn:aws:s3:::b",))
    assert found.maybe_absent


def test_texts_of_unknown_parts_are_equal_however_they_are_made() -> None:
    region = unknown("var.region")
    wanted = Concat((Symbol("var.region"), "a"))
    for made in (ask("format", "%sa", region), ask("join", "", [region, "a"])):
        assert isinstance(made, Unknown)
        assert made.term == wanted
    padded = ask("format", "%9sa", region)
    assert isinstance(padded, Unknown)
    assert isinstance(padded.term, Call)


def test_assumptions_and_reasons_travel() -> None:
    taken = Assumption("var.n", "2", ELSEWHERE)
    given = Known(data=2, place=ELSEWHERE, assuming=frozenset({taken}))
    assert ask("max", given, 1).assuming == {taken}
    assert ask("element", ["a", "b"], Known(data=1, place=HERE, assuming=frozenset({taken}))).assuming == {taken}
    assert ask("upper", unknown("var.x")).reason == "no default"  # type: ignore[union-attr]


def test_a_length_does_not_rest_on_the_elements() -> None:
    taken = Assumption("var.n", "2", ELSEWHERE)
    item = Known(data=2, place=ELSEWHERE, assuming=frozenset({taken}))
    assert ask("length", [item, unknown("var.x")]) == Known(data=2, place=HERE)
    assert ask("length", ListValue(items=(), place=HERE, assuming=frozenset({taken}))).assuming == {taken}


def test_elements_keep_their_places() -> None:
    item = Known(data="a", place=ELSEWHERE)
    for found in (
        ask("element", [item], 0),
        ask("lookup", {"k": item}, "k"),
        items(ask("concat", [item]))[0],
        items(ask("toset", [item]))[0],
    ):
        assert found == item


def test_null_passes_where_terraform_lets_it() -> None:
    assert isinstance(ask("tostring", None), Absent)
    assert isinstance(ask("one", []), Absent)
