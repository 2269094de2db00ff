"""Kinds of resources: our words for them, and each dialect's.

The tables are ``vocabulary/*.yaml``, one for each field. How they are written:

A kind lists the ``types`` that declare it: CloudFormation's, Terraform's, and blocks or lists
inside another resource (``aws_route_table/route``, ``AWS::S3::Bucket/VersioningConfiguration``).
An attribute gives its word in each dialect, or for one type by the type's own name. A word may
lead into nested blocks, or into a JSON text (``redrive_policy.deadLetterTargetArn``), to the value
of one key in a list of pairs (``TargetGroupAttributes[stickiness.enabled]``), and to all that a map
of named blocks holds, as a list (``Events.*``); ``..`` is the resource that the block stands in;
``=true`` and ``=false`` are given by the type itself;
``@DeletionPolicy`` is an attribute of the resource beside its properties.

``refers`` are the kinds an attribute may name, which makes it an edge of the graph, and
``by_name`` says that it does so by their ``name``, which may be a literal, and not by an id.
``each`` translates the maps of a list of blocks. ``values`` translates what a provider writes
into what we say (``{Enabled: true}``). ``default`` is what AWS takes when nothing is written, of
both dialects or of each, and ``source`` says where that is to be read: a key of
``vocabulary/sources.yaml``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from itertools import takewhile
from typing import Any

import yaml

Scalar = str | bool | int | float

_VOCABULARY = files("haanalyzer.catalog").joinpath("vocabulary")
_OPTIONS = frozenset({"refers", "by_name", "each", "values", "default", "source"})


@dataclass(frozen=True, slots=True)
class AttributeWords:
    """How one attribute is written.

    ``words`` gives the path for a type, ``refers`` the kinds the value may name
    (by their attribute ``name`` where ``by_name``), ``each`` the attributes of the
    maps in a list of blocks, ``translation`` our values for a provider's, ``defaults`` what
    AWS takes, by dialect, when nothing is written, and ``source`` where that is to be read.
    """

    name: str
    words: Mapping[str, str]
    refers: tuple[str, ...] = ()
    by_name: bool = False
    each: Mapping[str, AttributeWords] | None = None
    translation: Mapping[Scalar, Scalar] = field(default_factory=dict)
    defaults: Mapping[str, Scalar] = field(default_factory=dict)
    source: str | None = None

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
    """A block or list inside another resource that declares a resource of its own; ``block`` is its path."""

    type: str
    block: str
    kind: Kind


_SEGMENT = re.compile(r"[^.\[\]]+|\[[^\]]+\]")


def segments(word: str) -> list[str]:
    """The steps of a word's path: names of blocks and attributes, and keys of pairs in their brackets."""
    return _SEGMENT.findall(word)


def dialect_of(type_: str) -> str:
    """``cloudformation`` or ``terraform``, by the shape of a type's name."""
    return "cloudformation" if "::" in type_ else "terraform"


@cache
def kinds() -> Mapping[str, Kind]:
    """Every kind by its name."""
    return {
        name: Kind(name, tuple(row["types"]), {key: _attribute(key, words) for key, words in row["attributes"].items()})
        for name, row in sorted(_rows())
    }


@cache
def sources() -> Mapping[str, str]:
    """What the vocabulary cites as the source of a default, by key."""
    return dict(_table("sources.yaml"))


def _rows() -> Iterator[tuple[str, dict[str, Any]]]:
    for table in _VOCABULARY.iterdir():
        if table.name.endswith(".yaml") and table.name != "sources.yaml":
            yield from _table(table.name).items()


def _table(name: str) -> dict[str, Any]:
    text = _VOCABULARY.joinpath(name).read_text("utf-8")
    table: dict[str, Any] = yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506 - a safe loader
    return table


@cache
def _kinds_by_type() -> Mapping[str, Kind]:
    return {type_: kind for kind in kinds().values() for type_ in kind.types}


def kind_of(type_: str) -> Kind | None:
    """The kind that a provider's type declares, None for types the catalogue does not know."""
    return _kinds_by_type().get(type_)


@cache
def blocks_of(type_: str) -> frozenset[tuple[str, ...]]:
    """The paths of the blocks inside a resource of this type that the vocabulary knows, from the outermost in."""
    kind = kind_of(type_)
    paths = set(_led_through(kind.attributes, type_) if kind else ())
    paths |= {tuple(inline.block.split(".")) for inline in inline_types(type_)}
    return frozenset(path[:length] for path in paths for length in range(1, len(path) + 1))


def _led_through(attributes: Mapping[str, AttributeWords], type_: str) -> Iterator[tuple[str, ...]]:
    for words in attributes.values():
        word = words.word(type_)
        if word is None or word == ".." or word[0] in "=@":
            continue
        path = tuple(takewhile(lambda segment: segment != "*", segments(word)))
        names = path[:-1] if words.each is None or path[-1].startswith("[") else path
        yield names
        for inner in _led_through(words.each or {}, type_):
            yield names + inner


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
        words={key: word for key, word in row.items() if key not in _OPTIONS},
        refers=tuple(row.get("refers", ())),
        by_name=row.get("by_name", False),
        each={key: _attribute(key, words) for key, words in each.items()} if each else None,
        translation=row.get("values", {}),
        defaults={dialect: value for dialect, value in defaults.items() if value is not None},
        source=row.get("source"),
    )
