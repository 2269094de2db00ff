"""Functions: Terraform's answers on what is known, and no more than holds on what is not."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from haanalyzer.catalog.regions import zone_names
from haanalyzer.frontends.terraform.functions import FunctionContext, call, implementations
from haanalyzer.frontends.terraform.symbolic import EvaluationError, NotPlainError, plain, value_of
from haanalyzer.source.files import Files
from haanalyzer.source.span import Span
from haanalyzer.values import (
    Absent,
    Assumption,
    AttributeOf,
    Blocker,
    Call,
    Choice,
    Concat,
    ItemOf,
    Known,
    ListValue,
    MapValue,
    Symbol,
    Truth,
    Unknown,
    Value,
    ZoneList,
    same,
)

HERE = Span("main.tf", 1, 1, 1, 2)
ELSEWHERE = Span("main.tf", 9, 1, 9, 2)
CONTEXT = FunctionContext(Files(Path(__file__).parent), "", trying=False)
ZONES = ZoneList(Symbol("var.region"))


def unknown(name: str, **more: Any) -> Unknown:
    return Unknown(term=Symbol(name), reason="no default", place=ELSEWHERE, **more)


def subnet(name: str) -> Unknown:
    return Unknown(term=AttributeOf(f"aws_subnet.{name}", "id"), reason="known after apply", place=ELSEWHERE)


def zones(region: Any = ZONES.region) -> Unknown:
    return Unknown(term=ZoneList(region), reason="the account's zones", place=ELSEWHERE)


def zone(index: int) -> Unknown:
    return Unknown(term=ItemOf(ZONES, index), reason="the account's zones", place=ELSEWHERE)


def choice(when_true: Any, when_false: Any, condition: str = "var.ha") -> Choice:
    return Choice(
        condition=Symbol(condition),
        reason="no default",
        when_true=value_of(when_true, HERE),
        when_false=value_of(when_false, HERE),
        place=HERE,
    )


def open_list(*items: Any) -> ListValue:
    values = tuple(value_of(item, HERE) for item in items)
    return ListValue(items=values, open=Blocker("var.more", HERE, "no default"), place=HERE)


def ask(name: str, *arguments: Any, context: FunctionContext = CONTEXT) -> Value:
    return call(name, [value_of(argument, HERE) for argument in arguments], HERE, context)


def items(value: Value) -> list[Value]:
    assert isinstance(value, ListValue)
    return list(value.items)


def terms(value: Value) -> list[Any]:
    return [item.term if isinstance(item, Unknown) else plain(item) for item in items(value)]


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
]  # fmt: skip


@pytest.mark.parametrize(("name", "arguments", "expected"), KNOWN)
def test_known_arguments_have_terraforms_answer(name: str, arguments: list[Any], expected: Any) -> None:
    found = plain(ask(name, *arguments))
    assert found == expected
    assert type(found) is type(expected)


SETS = {"setintersection", "setsubtract", "setunion", "toset"}


def agrees(found: Value, data: Any, *, ordered: bool = True) -> bool:
    """Whether a three-valued answer allows for what is so; a list's common type may hang on its unknown elements."""
    match found:
        case Unknown(minimum=minimum, maybe_absent=maybe_absent, many=many):
            if minimum is not None and data < minimum:
                return False
            return (maybe_absent or data is not None) and (not many or isinstance(data, list))
        case ListValue(items=inner, open=more) if ordered and isinstance(data, list):
            fits = len(inner) <= len(data) if more else len(inner) == len(data)
            return fits and all(map(agrees, inner, data))
        case ListValue(items=inner, open=more) if isinstance(data, list):
            fits = len(inner) <= len(data) if more else len(inner) == len(data)
            return fits and all(any(agrees(item, one) for one in data) for item in inner)
        case MapValue(entries=entries, open=more) if isinstance(data, dict):
            fits = entries.keys() <= data.keys() if more else entries.keys() == data.keys()
            return fits and all(agrees(entry, data[key]) for key, entry in entries.items())
    known = plain(found)
    return bool(known == data or (isinstance(data, str) and str(value_of(known, HERE)) == data))


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
            assert agrees(found, expected, ordered=name not in SETS), f"{name} of {part}: {found}"


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
    if count and name != "merge":
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


def test_each_call_of_an_impure_function_is_its_own() -> None:
    first, second = (call("uuid", [], place, CONTEXT) for place in (HERE, ELSEWHERE))
    assert same(first, second) is Truth.MAYBE


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


class TestOpenLists:
    def test_length_has_a_lower_bound(self) -> None:
        found = ask("length", open_list("a", "b"))
        assert isinstance(found, Unknown)
        assert found.minimum == 2

    def test_element_within_and_past_the_certain_items(self) -> None:
        assert plain(ask("element", open_list("a", "b"), 1)) == "b"
        assert isinstance(ask("element", open_list("a", "b"), 2), Unknown)

    def test_concat_keeps_what_precedes_the_unknown(self) -> None:
        found = ask("concat", ["a"], unknown("var.x"), ["b"])
        assert isinstance(found, ListValue)
        assert terms(found) == ["a"]
        assert found.open is not None
        assert found.open.term == "var.x"
        assert ask("reverse", unknown("var.x")).many  # type: ignore[union-attr]
        assert not ask("element", unknown("var.x", many=True), 0).many  # type: ignore[union-attr]
        assert isinstance(ask("concat", unknown("var.x"), ["b"]), Unknown)
        assert ask("concat", [], unknown("var.x")) == unknown("var.x", many=True)

    def test_contains_is_false_of_whole_lists_only(self) -> None:
        assert plain(ask("contains", open_list("a"), "a")) is True
        assert isinstance(ask("contains", open_list("a"), "b"), Unknown)
        assert isinstance(ask("contains", [unknown("var.x")], "b"), Unknown)

    def test_keys_of_an_open_map_are_not_counted(self) -> None:
        given = MapValue(entries={"a": Known(data=1, place=HERE)}, keys={}, open=Blocker("m", HERE, "?"), place=HERE)
        assert isinstance(ask("keys", given), Unknown)
        assert ask("length", given).minimum == 1  # type: ignore[union-attr]
        assert isinstance(ask("lookup", given, "b", "default"), Unknown)
        assert plain(ask("lookup", given, "a", "default")) == 1

    def test_questions_of_every_element(self) -> None:
        assert plain(ask("alltrue", open_list(False))) is False
        assert isinstance(ask("alltrue", open_list(True)), Unknown)
        assert plain(ask("anytrue", [unknown("var.x"), True])) is True
        assert isinstance(ask("anytrue", [unknown("var.x"), False]), Unknown)

    def test_one_of_a_list_with_a_certain_element_is_that(self) -> None:
        assert plain(ask("one", open_list("a"))) == "a"
        assert ask("one", open_list()).maybe_absent  # type: ignore[union-attr]


class TestPartlyUnknown:
    def test_distinct_stops_at_what_may_repeat(self) -> None:
        found = ask("distinct", [subnet("a"), subnet("b"), subnet("a")])
        assert terms(found) == [AttributeOf("aws_subnet.a", "id"), AttributeOf("aws_subnet.b", "id")]
        assert isinstance(found, ListValue)
        assert found.open is None
        doubtful = ask("distinct", ["a", unknown("var.x"), "b"])
        assert isinstance(doubtful, ListValue)
        assert terms(doubtful) == ["a"]
        assert doubtful.open is not None

    def test_a_set_keeps_all_that_surely_differ(self) -> None:
        found = ask("toset", ["a", unknown("var.x"), "b"])
        assert isinstance(found, ListValue)
        assert terms(found) == ["a", "b"]
        assert found.open is not None

    def test_compact_passes_what_cannot_be_empty(self) -> None:
        assert len(items(ask("compact", [subnet("a"), "", subnet("b")]))) == 2
        doubtful = ask("compact", [subnet("a"), unknown("var.x")])
        assert isinstance(doubtful, ListValue)
        assert doubtful.open is not None

    def test_flatten_takes_an_id_for_a_scalar_and_a_variable_for_what_it_may_be(self) -> None:
        assert len(items(ask("flatten", [[subnet("a")], subnet("b")]))) == 2
        doubtful = ask("flatten", [["a"], unknown("var.x"), "b"])
        assert isinstance(doubtful, ListValue)
        assert terms(doubtful) == ["a"]
        assert doubtful.open is not None

    def test_sorting_unknown_texts_keeps_their_number_only(self) -> None:
        found = ask("sort", [subnet("b"), subnet("a")])
        assert isinstance(found, ListValue)
        assert found.open is None
        assert [type(term) for term in terms(found)] == [ItemOf, ItemOf]

    def test_merge_lets_an_unknown_map_override_what_precedes_it(self) -> None:
        found = ask("merge", {"a": 1}, unknown("var.tags"), {"b": 2})
        assert isinstance(found, MapValue)
        assert isinstance(found.entries["a"], Unknown)
        assert plain(found.entries["b"]) == 2
        assert found.open is not None

    def test_coalesce_stops_at_what_may_be_nothing(self) -> None:
        assert isinstance(ask("coalesce", unknown("var.x"), "b"), Unknown)
        assert ask("coalesce", subnet("a"), "b") == subnet("a")
        assert ask("coalesce", None, unknown("var.x", maybe_absent=True)) == unknown("var.x")

    def test_sets_answer_what_is_certain(self) -> None:
        kept = ask("setintersection", ["a", "b"], open_list("a"))
        assert isinstance(kept, ListValue)
        assert terms(kept) == ["a"]
        assert kept.open is not None
        assert terms(ask("setsubtract", [subnet("a"), subnet("b")], [subnet("b")])) == [
            AttributeOf("aws_subnet.a", "id")
        ]
        assert isinstance(ask("setunion", unknown("var.x")), Unknown)

    def test_bounds_of_unknown_numbers_decide(self) -> None:
        three = unknown("n", minimum=3)
        assert plain(ask("min", three, 3)) == 3
        assert ask("min", unknown("n", minimum=2), 3).minimum == 2  # type: ignore[union-attr]
        assert ask("max", three, 5).minimum == 5  # type: ignore[union-attr]
        assert ask("max", unknown("n"), 5).minimum is None  # type: ignore[union-attr]
        counted = ask("range", three)
        assert isinstance(counted, ListValue)
        assert terms(counted) == [0, 1, 2]
        assert counted.open is not None

    def test_lookup_with_an_unknown_key_where_all_entries_agree(self) -> None:
        assert plain(ask("lookup", {"a": 1, "b": 1}, unknown("var.k"), 1)) == 1
        assert isinstance(ask("lookup", {"a": 1, "b": 1}, unknown("var.k"), 2), Unknown)


class TestChoices:
    def test_a_function_goes_into_both_branches(self) -> None:
        found = ask("upper", choice("a", "b"))
        assert isinstance(found, Choice)
        assert (plain(found.when_true), plain(found.when_false)) == ("A", "B")

    def test_choices_on_one_condition_go_together(self) -> None:
        found = ask("format", "%s%s", choice("a", "b"), choice("c", "d"))
        assert isinstance(found, Choice)
        assert (plain(found.when_true), plain(found.when_false)) == ("ac", "bd")

    def test_choices_inside_lists_are_told_apart(self) -> None:
        found = ask("length", ask("compact", [choice("a", ""), "b"]))
        assert isinstance(found, Choice)
        assert (plain(found.when_true), plain(found.when_false)) == (2, 1)

    def test_equal_results_are_no_choice(self) -> None:
        assert plain(ask("length", choice("ab", "cd"))) == 2

    def test_a_branch_that_fails_is_kept_for_try_only(self) -> None:
        arguments = ("a", choice("a", "b"))
        assert plain(ask("regex", *arguments)) == "a"
        trying = FunctionContext(CONTEXT.files, "", trying=True)
        assert isinstance(ask("regex", *arguments, context=trying), Choice)

    def test_many_conditions_are_left_unknown(self) -> None:
        many = [choice("a", "b", f"var.c{index}") for index in range(40)]
        assert isinstance(ask("jsonencode", many), Unknown)


class TestZones:
    def test_elements_and_slices_are_zones(self) -> None:
        assert ask("element", zones(), 1).term == ItemOf(ZONES, 1)  # type: ignore[union-attr]
        sliced = ask("slice", zones(), 0, 3)
        assert isinstance(sliced, ListValue)
        assert sliced.open is None
        assert terms(sliced) == [ItemOf(ZONES, index) for index in range(3)]

    def test_element_wraps_where_the_number_of_zones_may_end(self) -> None:
        assert isinstance(ask("element", zones(), 2).term, Call)  # type: ignore[union-attr]
        assert ask("element", zones("eu-west-1"), 2).term == ItemOf(ZoneList("eu-west-1"), 2)  # type: ignore[union-attr]

    def test_there_are_at_least_as_many_as_any_account_has(self) -> None:
        assert ask("length", zones()).minimum == 2  # type: ignore[union-attr]
        assert plain(ask("min", ask("length", zones("eu-west-1")), 3)) == 3
        bounded = ask("slice", zones(), 0, ask("min", ask("length", zones()), 3))
        assert isinstance(bounded, ListValue)
        assert terms(bounded) == [ItemOf(ZONES, 0), ItemOf(ZONES, 1)]
        assert bounded.open is not None

    def test_a_set_of_zones_has_the_zones_that_every_account_has(self) -> None:
        found = ask("toset", zones())
        assert isinstance(found, ListValue)
        assert found.is_set
        assert found.open
        assert found.items[0] == zone(0)

    @pytest.mark.parametrize("name", ["sort", "tolist", "distinct", "flatten", "compact"])
    def test_the_list_stays_what_it_is(self, name: str) -> None:
        assert ask(name, zones()).term == ZONES  # type: ignore[union-attr]

    def test_reversing_is_another_list(self) -> None:
        assert ask("reverse", zones()).term == Call("reverse", (ZONES,))  # type: ignore[union-attr]

    def test_sets_of_zones_are_whole_and_ordered(self) -> None:
        found = ask("toset", [zone(1), zone(0), zone(1)])
        assert isinstance(found, ListValue)
        assert found.open is None
        assert terms(found) == [ItemOf(ZONES, 0), ItemOf(ZONES, 1)]

    def test_a_zone_name_matches_what_every_zone_name_matches(self) -> None:
        found = ask("length", ask("regexall", "^[a-z]{2,4}-", zone(0)))
        assert plain(found) == 1
        assert not found.assuming
        assert plain(ask("length", ask("regexall", "^use1-az", zone(0)))) == 0
        assert plain(ask("startswith", zone(0), "projects/")) is False
        assert isinstance(ask("startswith", zone(0), "us-"), Unknown)

    def test_where_another_partition_differs_the_standard_one_is_assumed(self) -> None:
        found = ask("length", ask("regexall", "^[a-z]{2}-", zone(0)))
        assert plain(found) == 1
        assert [str(taken) for taken in found.assuming] == ["var.region = a region of the standard partition (default)"]

    def test_a_part_that_differs_is_symbolic(self) -> None:
        found = ask("substr", zone(0), -1, 1)
        assert isinstance(found, Unknown)
        assert found.term == Call("substr", (ItemOf(ZONES, 0), -1, 1))

    def test_a_change_that_changes_nothing_gives_the_zone(self) -> None:
        assert ask("lower", zone(1)).term == ItemOf(ZONES, 1)  # type: ignore[union-attr]

    def test_a_named_region_knows_more(self) -> None:
        first = Unknown(term=ItemOf(ZoneList("eu-west-1"), 0), reason="", place=HERE)
        assert plain(ask("substr", first, 0, 9)) == "eu-west-1"
        assert plain(ask("length", first)) == len(zone_names("eu-west-1")[0])
        assert plain(ask("trimsuffix", ask("regex", "^.*[0-9]", first), "-1")) == "eu-west"


class TestFiles:
    @pytest.fixture
    def context(self, tmp_path: Path) -> FunctionContext:
        module = tmp_path / "module"
        (module / "policies" / "deep").mkdir(parents=True)
        (module / "policies" / "a.json").write_text("{}")
        (module / "policies" / "deep" / "b.json").write_text("[]")
        (module / "policies" / "c.txt").write_text("c")
        return FunctionContext(Files(tmp_path), "module", trying=False)

    def test_files_are_read_from_the_module(self, context: FunctionContext) -> None:
        assert plain(ask("file", "policies/a.json", context=context)) == "{}"
        assert plain(ask("fileexists", "./policies/a.json", context=context)) is True
        assert plain(ask("fileexists", "policies/z.json", context=context)) is False

    def test_what_is_not_there_may_be_made_later(self, context: FunctionContext) -> None:
        assert isinstance(ask("file", "build/lambda.json", context=context), Unknown)
        assert isinstance(ask("file", "/etc/passwd", context=context), Unknown)
        assert isinstance(ask("filebase64", "policies/a.json", context=context), Unknown)

    @pytest.mark.parametrize(
        ("pattern", "expected"),
        [
            ("*.json", ["a.json"]),
            ("**/*.json", ["a.json", "deep/b.json"]),
            ("{a,c}.*", ["a.json", "c.txt"]),
            ("**", ["a.json", "c.txt", "deep/b.json"]),
            ("**/**/b.*", ["deep/b.json"]),
            ("{a.*,d{eep,ust}/[!a].json}", ["a.json", "deep/b.json"]),
            ("./deep/../?.tx[s-u]", ["c.txt"]),
            ("[", []),
        ],
    )
    def test_sets_of_files(self, context: FunctionContext, pattern: str, expected: list[str]) -> None:
        assert plain(ask("fileset", "policies", pattern, context=context)) == expected


class TestHostileInput:
    @pytest.mark.parametrize(
        ("name", "arguments"),
        [
            ("regex", ["(a+)+$", "a" * 60 + "b"]),
            ("regexall", ["(.*)*x", "a" * 60]),
            ("regex", [".*.*.*.*x", "a" * 2000]),
            ("regex", ["\\p{Greek}", "α"]),
            ("yamldecode", ["[" * 100_000]),
            ("yamldecode", ["a: &a [1]\n" + "".join(f"b{n}: &b{n} [*a, *a, *a, *a, *a, *a]\n" for n in range(9))]),
            ("fileset", ["/", "**"]),
            ("fileset", [".", "{a,b}" * 7]),
            ("fileset", [".", "*a" * 501]),
        ],
    )
    def test_what_could_take_forever_is_left_unknown(self, name: str, arguments: list[Any]) -> None:
        assert isinstance(ask(name, *arguments), Unknown)

    @pytest.mark.parametrize(
        ("name", "arguments"),
        [
            ("format", ["%999999999d", 1]),
            ("jsondecode", ["[" * 100_000]),
            ("parseint", ["1", 1]),
            ("range", [10**12]),
            ("cidrsubnet", ["10.0.0.0/8", 10**9, 1]),
            ("log", [0, 2]),
            ("log", [8, 1]),
            ("uuidv5", ["nonsense", "x"]),
            ("formatdate", ["YYYY", "2018-13-45T00:00:00Z"]),
            ("timeadd", ["2018-01-02T23:12:01Z", "99999999999h"]),
            ("textencodebase64", ["é", "ascii"]),
        ],
    )
    def test_what_cannot_be_answered_is_an_error(self, name: str, arguments: list[Any]) -> None:
        with pytest.raises(EvaluationError):
            ask(name, *arguments)


def test_null_passes_where_terraform_lets_it() -> None:
    assert isinstance(ask("tostring", None), Absent)
    assert isinstance(ask("one", []), Absent)
