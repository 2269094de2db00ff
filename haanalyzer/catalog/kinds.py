"""Kinds of resources: our words for them, and each dialect's.

The table is ``kinds.yaml``; its head says how it is written.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

Scalar = str | bool | int | float


@dataclass(frozen=True, slots=True)
class AttributeWords:
    """How one attribute is written.

    ``words`` gives the path for a type, ``refers`` the kinds the value may name
    (by their attribute ``name`` where ``by_name``), ``each`` the attributes of the
    maps in a list of blocks, ``defaults`` what AWS takes, by dialect, when nothing is
    written.
    """

    name: str
    words: Mapping[str, str]
    refers: tuple[str, ...] = ()
    by_name: bool = False
    each: Mapping[str, AttributeWords] | None = None
    defaults: Mapping[str, Scalar] = field(default_factory=dict)

    @property
    def plural(self) -> bool:
        """Whether the value is a list: then, and only then, the name is in the plural."""
        return self.name.endswith("s")

    def word(self, type_: str) -> str | None:
        """The path of this attribute in a type, None when that type has no such attribute."""
        own = self.words.get(type_)
        return own if own is not None else self.words.get(dialect_of(type_))


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of resource, the types that declare it and its attributes."""

    name: str
    types: tuple[str, ...]
    attributes: Mapping[str, AttributeWords]


@dataclass(frozen=True, slots=True)
class InlineType:
    """A block or list inside another resource that declares a resource of its own."""

    type: str
    block: str
    kind: Kind


def dialect_of(type_: str) -> str:
    """``cloudformation`` or ``terraform``, by the shape of a type's name."""
    return "cloudformation" if "::" in type_ else "terraform"


@cache
def kinds() -> Mapping[str, Kind]:
    """Every kind by its name."""
    text = files("haanalyzer.catalog").joinpath("kinds.yaml").read_text("utf-8")
    table = yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506 - a safe loader
    return {
        name: Kind(name, tuple(row["types"]), {key: _attribute(key, words) for key, words in row["attributes"].items()})
        for name, row in table.items()
    }


@cache
def _kinds_by_type() -> Mapping[str, Kind]:
    return {type_: kind for kind in kinds().values() for type_ in kind.types}


def kind_of(type_: str) -> Kind | None:
    """The kind that a provider's type declares, None for types the catalogue does not know."""
    return _kinds_by_type().get(type_)


@cache
def inline_types(parent: str) -> tuple[InlineType, ...]:
    """The resources that blocks inside a resource of this type declare."""
    return tuple(
        InlineType(type_, type_.partition("/")[2], kind)
        for type_, kind in _kinds_by_type().items()
        if type_.partition("/")[0] == parent and "/" in type_
    )


def _attribute(name: str, row: dict[str, Any]) -> AttributeWords:
    default = row.get("default")
    defaults = default if isinstance(default, dict) else {"cloudformation": default, "terraform": default}
    each = row.get("each")
    return AttributeWords(
        name=name,
        words={key: word for key, word in row.items() if key not in {"refers", "by_name", "each", "default"}},
        refers=tuple(row.get("refers", ())),
        by_name=row.get("by_name", False),
        each={key: _attribute(key, words) for key, words in each.items()} if each else None,
        defaults={dialect: value for dialect, value in defaults.items() if value is not None},
    )
