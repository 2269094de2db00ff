"""The catalogue's Terraform words exist in the AWS provider's schema, as a generated Python package carries it.

The package (of the `dev` extra) is large and is only read, not imported: its classes are
the provider's resources and blocks, the arguments of their constructors the attributes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.util import find_spec
from pathlib import Path

import pytest

from haanalyzer.catalog.kinds import AttributeWords, Kind, dialect_of, kinds

_SPEC = find_spec("cdktf_cdktf_provider_aws")
pytestmark = pytest.mark.skipif(_SPEC is None, reason="the provider's schema comes with the dev extra")

_CLASS = re.compile(r"^class (\w+)[(:].*?(?=^@jsii|^class |\Z)", re.MULTILINE | re.DOTALL)
_ARGUMENTS = re.compile(r"def __init__\(\n(.*?)\n    \) ->", re.DOTALL)
_ARGUMENT = re.compile(r"^        (\w+): (.*?),?$", re.MULTILINE)
_CONFIGURATION = re.compile(r"^class (\w+)Config\(\s*\w+\.TerraformMetaArguments,?\s*\)", re.MULTILINE)
_EXPORTED = re.compile(r"^    @builtins\.property\n(?:    @.*\n)*    def (\w+)\(self\)", re.MULTILINE)
_QUOTED = re.compile(r'"(\w+)"')
_OF_EVERY_RESOURCE = {"lifecycle": {"prevent_destroy", "create_before_destroy", "ignore_changes"}}
# Lists of objects that are attributes, not blocks: the package types them by their own names, too.
_ALIASES = {"aws_alb": "lb", "aws_alb_listener": "lb_listener", "aws_alb_listener_rule": "lb_listener_rule"}
_ALIASES |= {"aws_alb_target_group": "lb_target_group", "aws_alb_target_group_attachment": "lb_target_group_attachment"}

_OF_OLD = {
    "aws_route_table/route: instance = instance_id": "until version 3 of the provider",
    "aws_default_route_table/route: instance = instance_id": "until version 3 of the provider",
    "aws_default_route_table/route: local_gateway = local_gateway_id": "as in the route table that is no default",
    "aws_default_route_table/route: carrier_gateway = carrier_gateway_id": "as in the route table that is no default",
    "aws_dlm_lifecycle_policy: copy_targets = policy_details.cross_region_copy_targets": "newer than the package",
}
"""Words that are no longer, or not yet, in the schema."""

Schema = dict[str, str | None]
"""Attributes, each with the class of the block it is, None for a plain value."""


@cache
def _text(type_: str) -> str:
    assert _SPEC is not None
    assert _SPEC.submodule_search_locations
    folder = Path(_SPEC.submodule_search_locations[0]) / _ALIASES.get(type_, type_.removeprefix("aws_"))
    return (folder / "__init__.py").read_text("utf-8") if folder.is_dir() else ""


@cache
def _classes(type_: str) -> Mapping[str, Schema]:
    found: dict[str, Schema] = {}
    for match in _CLASS.finditer(_text(type_)):
        arguments = _ARGUMENTS.search(match[0])
        named = _ARGUMENT.findall(arguments[1]) if arguments else []
        found[match[1]] = {
            _name(name): next(iter(_QUOTED.findall(annotation)), None) for name, annotation in named
        } or dict.fromkeys(_EXPORTED.findall(match[0]))
    return found


def _name(argument: str) -> str:
    """The provider's name of what Python reserves."""
    return argument.removesuffix("_attribute").rstrip("_")


@cache
def _resource(type_: str) -> Schema:
    """The attributes of a resource: those of its configuration, and those that it exports."""
    configuration = _CONFIGURATION.search(_text(type_))
    if configuration is None:
        return {}
    exported = next(match[0] for match in _CLASS.finditer(_text(type_)) if match[1] == configuration[1])
    return dict.fromkeys(_EXPORTED.findall(exported)) | _classes(type_)[f"{configuration[1]}Config"]


def _inside(type_: str, schema: Schema, name: str) -> Schema | None:
    """The attributes of what a schema has under a name: none for a plain value, None where there is no such name."""
    if name not in schema:
        return None
    block = schema[name] or ""
    return _classes(type_).get(block) or dict.fromkeys(_OF_EVERY_RESOURCE.get(name, ()))


def _wrong(type_: str, attributes: Mapping[str, AttributeWords], schema: Schema) -> Iterator[str]:
    owner = type_.partition("/")[0]
    for words in attributes.values():
        word = words.word(type_)
        if word is None or word == ".." or word[0] in "=@":
            continue
        found: Schema | None = schema
        for segment in _segments(word):
            is_in_text = not found and found is not schema
            found = {} if is_in_text else _inside(owner, found or {}, segment)
            if found is None:
                yield f"{type_}: {words.name} = {word}"
                break
        if found and words.each:
            yield from _wrong(type_, words.each, found)


def _segments(word: str) -> list[str]:
    """What lies between the dots; a key of a list of pairs (``name[key]``) is no name of the schema's."""
    return re.sub(r"\[.*", "", word).split(".")


TYPES = [(kind, type_) for kind in kinds().values() for type_ in kind.types if dialect_of(type_) == "terraform"]


@pytest.mark.parametrize(("kind", "type_"), TYPES, ids=[type_ for _, type_ in TYPES])
def test_words_are_terraforms_own(kind: Kind, type_: str) -> None:
    owner, _, block = type_.partition("/")
    schema: Schema | None = _resource(owner)
    assert schema, f"the provider has no {owner}"
    for segment in block.split(".") if block else ():
        schema = _inside(owner, schema or {}, segment)
        assert schema is not None, f"{owner} has no {block}"
    if block and not schema:
        return  # a list of objects, or a JSON text, whose keys the schema does not name
    assert set(_wrong(type_, kind.attributes, schema or {})) <= _OF_OLD.keys()


def test_a_wrong_word_would_be_noticed() -> None:
    wrong = {
        "zone": AttributeWords("zone", {"terraform": "availability_zon"}),
        "nested": AttributeWords("nested", {"terraform": "timeouts.creat"}),
        "right": AttributeWords("right", {"terraform": "timeouts.create"}),
    }
    found = list(_wrong("aws_subnet", wrong, _resource("aws_subnet")))
    assert found == ["aws_subnet: zone = availability_zon", "aws_subnet: nested = timeouts.creat"]
