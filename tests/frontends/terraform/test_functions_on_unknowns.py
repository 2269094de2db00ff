"""Functions on values that are known in part: no more than holds."""

from __future__ import annotations

from typing import Any

import pytest
from calling import CONTEXT, ELSEWHERE, HERE, ask, items, open_list, unknown

from haanalyzer.catalog.regions import zone_names
from haanalyzer.frontends.terraform.evaluation.symbolic import plain, value_of
from haanalyzer.frontends.terraform.functions import FunctionContext
from haanalyzer.values import (
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
    Unknown,
    Value,
    ZoneList,
    alternatives,
)

MORE = Blocker("var.more", ELSEWHERE, "no default")
ZONES = ZoneList(Symbol("var.region"))


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


def terms(value: Value) -> list[Any]:
    return [item.term if isinstance(item, Unknown) else plain(item) for item in items(value)]


class TestOpenLists:
    def test_length_has_a_lower_bound(self) -> None:
        found = ask("length", open_list("a", "b"))
        assert isinstance(found, Unknown)
        assert found.minimum == 2

    def test_element_within_and_past_the_certain_items(self) -> None:
        assert plain(ask("element", open_list("a", "b"), 1)) == "b"
        assert isinstance(ask("element", open_list("a", "b"), 2), Unknown)

    def test_concat_keeps_what_precedes_the_unknown(self) -> None:
        found = ask("concat", ["a", "b"], unknown("var.x"))
        assert isinstance(found, ListValue)
        assert terms(found) == ["a", "b"]
        assert found.open is not None
        assert found.open.term == "var.x"
        assert plain(ask("element", found, 1)) == "b"
        assert ask("reverse", unknown("var.x")).many  # type: ignore[union-attr]
        assert not ask("element", unknown("var.x", many=True), 0).many  # type: ignore[union-attr]
        assert isinstance(ask("concat", unknown("var.x"), unknown("var.y")), Unknown)
        assert ask("concat", [], unknown("var.x")) == unknown("var.x", many=True)

    def test_what_follows_the_unknown_is_somewhere(self) -> None:
        for found in (
            ask("concat", unknown("var.x"), ["b"]),
            ask("flatten", [unknown("var.x"), ["b"]]),
            ask("compact", [unknown("var.x"), "b"]),
            ask("reverse", open_list("b")),
            ask("sort", open_list("b")),
            ask("keys", MapValue(entries={"b": Known(data=1, place=HERE)}, keys={}, open=MORE, place=HERE)),
            ask("values", MapValue(entries={"a": Known(data="b", place=HERE)}, keys={}, open=MORE, place=HERE)),
        ):
            assert plain(ask("contains", found, "b")) is True
            assert ask("length", found).minimum == 1  # type: ignore[union-attr]
            assert isinstance(ask("element", found, 0), Unknown)
            assert isinstance(ask("slice", found, 0, 1), ListValue)
            assert isinstance(items(ask("slice", found, 0, 1))[0], Unknown)
            assert isinstance(ask("index", found, "b"), Unknown)
            assert isinstance(ask("join", ",", found), Unknown)

    def test_rows_of_open_lists(self) -> None:
        found = ask("setproduct", open_list("a"), ["x", "y"])
        assert isinstance(found, ListValue)
        assert found.open
        assert [plain(row) for row in found.items] == [["a", "x"], ["a", "y"]]
        assert ask("setproduct", open_list("a"), []) == ListValue(items=(), place=HERE)
        texts = ask("formatlist", "%s-%s", open_list("a"), ["x", "y"])
        assert isinstance(texts, ListValue)
        assert texts.open is None
        assert [type(item) for item in texts.items] == [Known, Unknown]

    def test_as_many_ranges_as_sizes(self) -> None:
        found = items(ask("cidrsubnets", unknown("var.cidr"), 4, 4, 8))
        assert [str(part.term) for part in found if isinstance(part, Unknown)] == [
            f"cidrsubnets(var.cidr, 4, 4, 8)[{index}]" for index in range(3)
        ]

    def test_known_keys_of_unknown_values(self) -> None:
        found = ask("zipmap", ["a", "b"], unknown("var.x"))
        assert isinstance(found, MapValue)
        assert {key: str(part) for key, part in found.entries.items()} == {"a": "var.x[0]", "b": "var.x[1]"}
        assert found.open is None

    def test_contains_is_false_of_whole_lists_only(self) -> None:
        assert plain(ask("contains", open_list("a"), "a")) is True
        assert isinstance(ask("contains", open_list("a"), "b"), Unknown)
        assert isinstance(ask("contains", [unknown("var.x")], "b"), Unknown)

    def test_keys_of_an_open_map_are_not_counted(self) -> None:
        given = MapValue(entries={"a": Known(data=1, place=HERE)}, keys={}, open=Blocker("m", HERE, "?"), place=HERE)
        assert ask("length", ask("keys", given)).minimum == 1  # type: ignore[union-attr]
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
        doubtful = ask("flatten", [["a"], unknown("var.x")])
        assert isinstance(doubtful, ListValue)
        assert terms(doubtful) == ["a"]
        assert doubtful.open is not None
        assert not doubtful.unordered

    def test_sorting_unknown_texts_keeps_them_in_an_order_nobody_knows(self) -> None:
        found = ask("sort", [subnet("b"), subnet("a")])
        assert isinstance(found, ListValue)
        assert found.open is None
        assert found.unordered
        assert set(terms(found)) == {AttributeOf("aws_subnet.b", "id"), AttributeOf("aws_subnet.a", "id")}

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
        found = ask("lookup", {"a": 1, "b": 1}, unknown("var.k"), 2)
        assert [plain(one) for one in alternatives(found)] == [1, 1, 2]

    def test_lookup_with_an_unknown_key_where_there_is_but_one_answer(self) -> None:
        assert plain(ask("lookup", {}, unknown("var.k"), {})) == {}
        assert plain(ask("lookup", {}, unknown("var.k"), ["a"])) == ["a"]
        assert plain(ask("lookup", {"a": {}}, unknown("var.k"), {})) == {}
        assert plain(ask("lookup", {"a": 1}, unknown("var.k"))) == 1
        assert isinstance(ask("lookup", {str(number): number for number in range(9)}, unknown("var.k")), Unknown)
        assert plain(ask("lookup", {str(number): "same" for number in range(9)}, unknown("var.k"), "same")) == "same"


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

    def test_zones_among_other_lists_are_as_many_as_every_account_has(self) -> None:
        assert ask("flatten", [[], [zones()]]).term == ZONES  # type: ignore[union-attr]
        for found in (ask("flatten", [["a"], zones()]), ask("concat", ["a"], zones())):
            assert isinstance(found, ListValue)
            assert found.open
            assert [str(item) for item in found.items] == ["a", str(zone(0)), str(zone(1))]

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

    def test_a_zone_within_a_text_is_found_there_again(self) -> None:
        text = Unknown(term=Concat(("private/", zone(1).term, "/x")), reason="", place=HERE)
        parts = ask("split", "/", text)
        assert isinstance(parts, ListValue)
        assert parts.open is None
        assert [str(part) for part in parts.items] == ["private", str(zone(1)), "x"]
        assert parts.items[1].term == zone(1).term  # type: ignore[union-attr]
        assert plain(ask("startswith", text, "private/")) is True

    def test_a_zone_becomes_part_of_a_text(self) -> None:
        assert ask("format", "%s-%d", zone(0), 1).term == Concat((zone(0).term, "-1"))  # type: ignore[union-attr]
        assert ask("replace", zone(0), "-", "_").term == Call("replace", (zone(0).term, "-", "_"))  # type: ignore[union-attr]

    def test_a_named_region_knows_more(self) -> None:
        first = Unknown(term=ItemOf(ZoneList("eu-west-1"), 0), reason="", place=HERE)
        assert plain(ask("substr", first, 0, 9)) == "eu-west-1"
        assert plain(ask("length", first)) == len(zone_names("eu-west-1")[0])
        assert plain(ask("trimsuffix", ask("regex", "^.*[0-9]", first), "-1")) == "eu-west"
