"""JSON texts: what is written is read as maps and lists, what is unknown stays so, in its place."""

from __future__ import annotations

import pytest

from haanalyzer.graph.json_text import in_json
from haanalyzer.source.span import Span
from haanalyzer.values import (
    Absent,
    Assumption,
    AttributeOf,
    Call,
    Concat,
    Known,
    ListValue,
    MapValue,
    Symbol,
    Term,
    Unknown,
    Value,
)

HERE = Span("main.tf", 3, 1, 3, 9)
QUEUE = AttributeOf("aws_sqs_queue.failed", "arn")
SIZE = Symbol("var.size")
ASSUMED = Assumption("var.size", "5", HERE)


def encoded(term: Term) -> Call:
    return Call("jsonencode", (term,))


def unknown(*parts: str | Term) -> Unknown:
    return Unknown(term=Concat(parts), reason="no default", place=HERE, assuming=frozenset({ASSUMED}))


def known(text: str) -> Known:
    return Known(data=text, place=HERE, assuming=frozenset({ASSUMED}))


def entry(value: Value, key: str) -> Value:
    decoded = in_json(value)
    assert isinstance(decoded, MapValue)
    return decoded.get(key)


def term(value: Value) -> Term:
    assert isinstance(value, Unknown)
    return value.term


def test_a_known_text_is_a_map_with_its_places_and_assumptions() -> None:
    decoded = in_json(known(' {"a": [1, true, null, "x"], "b": {}}'))
    assert isinstance(decoded, MapValue)
    assert decoded.keys == {"a": HERE, "b": HERE}
    assert decoded.assuming == {ASSUMED}
    items = decoded.get("a")
    assert isinstance(items, ListValue)
    assert [getattr(item, "data", None) for item in items.items] == [1, True, None, "x"]
    assert isinstance(items.items[2], Absent)


@pytest.mark.parametrize("text", ["", "5", '"{}"', "{", "{a: 1}", "[" * 100_000, '{"a": 1} and more'])
def test_any_other_text_stays_what_it_is(text: str) -> None:
    assert in_json(known(text)) == known(text)


def test_a_term_alone_stays_what_it_is() -> None:
    value = Unknown(term=encoded(SIZE), reason="no default", place=HERE)
    assert in_json(value) is value


def test_terms_inside_strings_are_parts_of_texts() -> None:
    value = unknown('{"arn": "', QUEUE, '", "name": "big-', SIZE, '", "quoted": "\\"', SIZE, '"}')
    assert term(entry(value, "arn")) == QUEUE
    assert term(entry(value, "name")) == Concat(("big-", SIZE))
    assert term(entry(value, "quoted")) == Concat(('"', SIZE))
    assert isinstance(entry(value, "size"), Absent)


def test_an_encoded_term_is_the_term_and_perhaps_null() -> None:
    value = unknown('{"arn":', encoded(QUEUE), ',"size":', encoded(SIZE), ',"sizes":[', encoded(SIZE), ",1]}")
    arn, size, sizes = (entry(value, name) for name in ("arn", "size", "sizes"))
    assert (term(arn), arn.assuming) == (QUEUE, {ASSUMED})
    assert term(size) == SIZE
    assert isinstance(arn, Unknown)
    assert not arn.maybe_absent
    assert isinstance(size, Unknown)
    assert size.maybe_absent
    assert isinstance(sizes, ListValue)
    assert len(sizes.items) == 2
    assert sizes.open is None
    assert isinstance(entry(value, "more"), Absent)


def test_a_bare_term_may_be_more_than_one_value() -> None:
    value = unknown('{"size": ', SIZE, ', "sizes": [1, ', SIZE, '], "inner": {}}')
    assert term(entry(value, "size")) == Call("jsondecode", (SIZE,))
    assert isinstance(entry(value, "more"), Unknown)
    sizes, inner = entry(value, "sizes"), entry(value, "inner")
    assert isinstance(sizes, ListValue)
    assert sizes.open
    assert sizes.open.term == "var.size"
    assert isinstance(inner, MapValue)
    assert inner.open is None


def test_an_unknown_key_may_be_any() -> None:
    value = unknown('{"', SIZE, '": 1, "a": 2}')
    assert isinstance(entry(value, "a"), Known)
    assert isinstance(entry(value, "b"), Unknown)


def test_a_text_whose_shape_is_unknown_is_not_read() -> None:
    value = unknown('{"a": 1', SIZE)
    assert in_json(value) is value
    value = unknown("{", SIZE, "}")
    assert in_json(value) is value
