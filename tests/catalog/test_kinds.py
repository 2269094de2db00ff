"""The catalogue's CloudFormation words exist in the schemas that CloudFormation publishes, as cfn-lint ships them."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from typing import Any

import pytest

from haanalyzer.catalog.kinds import AttributeWords, dialect_of, kinds, segments, sources

SCHEMAS = files("cfnlint.data.schemas")


@cache
def _types() -> dict[str, str]:
    """The file of each type, named by its content."""
    return json.loads(SCHEMAS.joinpath("providers", "us-east-1.json").read_text("utf-8"))


@cache
def _schema(type_: str) -> dict[str, Any]:
    return json.loads(SCHEMAS.joinpath("resources", f"{_types()[type_]}.json").read_text("utf-8"))


def _meanings(schema: dict[str, Any], root: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """A schema, what it refers to, its alternatives, and the items of its lists."""
    yield schema
    if reference := schema.get("$ref"):
        target: Any = root
        for segment in reference.removeprefix("#/").split("/"):
            target = target[segment]
        yield from _meanings(target, root)
    for alternative in (*schema.get("oneOf", ()), *schema.get("anyOf", ()), *schema.get("allOf", ())):
        yield from _meanings(alternative, root)
    if isinstance(schema.get("items"), dict):
        yield from _meanings(schema["items"], root)


def _inside(schemas: list[dict[str, Any]], name: str, root: dict[str, Any]) -> list[dict[str, Any]]:
    """The schemas of a property, in any of these; none when it does not exist. Free JSON may hold any."""
    found = [each["properties"][name] for each in schemas if name in each.get("properties", {})]
    free = [each for each in schemas if "object" in each.get("type", ()) and "properties" not in each]
    return free + [meaning for schema in found for meaning in _meanings(schema, root)]


def _wrong(type_: str, attributes: Mapping[str, AttributeWords], schemas: list[dict[str, Any]]) -> Iterator[str]:
    root = _schema(type_.partition("/")[0])
    for words in attributes.values():
        word = words.word(type_)
        if word is None or word == ".." or word[0] in "=@":
            continue
        found = schemas
        for segment in segments(word):
            found = _inside(found, "Value" if segment.startswith("[") else segment, root)
        if not found:
            yield f"{type_}: {words.name} = {word}"
        elif words.each:
            yield from _wrong(type_, words.each, found)


TYPES = [
    (kind, type_)
    for kind in kinds().values()
    for type_ in kind.types
    if dialect_of(type_) == "cloudformation" and not type_.startswith("AWS::Serverless::")
]


@pytest.mark.parametrize(("kind", "type_"), TYPES, ids=[type_ for _, type_ in TYPES])
def test_words_are_cloudformations_own(kind: Any, type_: str) -> None:
    owner, _, block = type_.partition("/")
    assert owner in _types()
    inside = list(_meanings(_schema(owner), _schema(owner)))
    for segment in block.split(".") if block else ():
        inside = _inside(inside, segment, _schema(owner))
    assert inside
    assert list(_wrong(type_, kind.attributes, inside)) == []


def _attributes(attributes: Mapping[str, AttributeWords]) -> Iterator[AttributeWords]:
    for words in attributes.values():
        yield words
        yield from _attributes(words.each or {})


DEFAULTS = [(kind.name, words) for kind in kinds().values() for words in _attributes(kind.attributes) if words.defaults]


@pytest.mark.parametrize(("kind", "words"), DEFAULTS, ids=[f"{kind}.{words.name}" for kind, words in DEFAULTS])
def test_defaults_name_their_source(kind: str, words: AttributeWords) -> None:
    assert words.source, f"{kind}.{words.name}"
    assert set(words.source.split()) <= sources().keys()


def test_a_wrong_word_would_be_noticed() -> None:
    wrong = {"zone": AttributeWords("zone", {"cloudformation": "Zone.Name"})}
    subnet = "AWS::EC2::Subnet"
    assert list(_wrong(subnet, wrong, [_schema(subnet)])) == ["AWS::EC2::Subnet: zone = Zone.Name"]
