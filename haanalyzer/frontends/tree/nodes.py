"""The tree of a template: scalars, lists and maps, each with its place.

Nodes keep offsets; a place is made when it is asked for, because most never are.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from haanalyzer.source.document import Document
from haanalyzer.source.span import Span


@dataclass(slots=True, eq=False)
class _Node:
    document: Document
    start: int
    end: int

    @property
    def place(self) -> Span:
        """From the first character to the last, quotes and short tag included."""
        return self.document.span(self.start, self.end)

    @property
    def text(self) -> str:
        """The node as it is written."""
        return self.document.text[self.start : self.end]

    @property
    def in_braces(self) -> bool:
        """Whether a map or list is written in brackets rather than on lines."""
        return self.document.text.startswith(("{", "["), self.start)

    @property
    def start_column(self) -> int:
        """The column of the first character, from 1."""
        return self.document.position(self.start)[1]


@dataclass(slots=True, eq=False)
class ScalarNode(_Node):
    """A text, number, boolean or null (None). A date stays the text that was written."""

    data: str | bool | int | float | None


@dataclass(slots=True, eq=False)
class ListNode(_Node):
    items: list[Node]


class Entry(NamedTuple):
    """A map's entry: the offsets of its key, and its value."""

    start: int
    end: int
    value: Node


@dataclass(slots=True, eq=False)
class MapNode(_Node):
    """A map by the text of its keys, in the order written.

    ``repeated`` are the entries whose key comes again further down, where the last one counts.
    """

    entries: dict[str, Entry]
    repeated: tuple[tuple[str, Entry], ...] = ()

    def get(self, key: str) -> Node | None:
        entry = self.entries.get(key)
        return entry.value if entry else None

    @property
    def in_json(self) -> bool:
        """Whether it is written as JSON is: in braces, and keys in quotes."""
        first = min((entry.start for entry in self.entries.values()), default=None)
        return self.in_braces and (first is None or self.document.text.startswith('"', first))

    def key_span(self, key: str) -> Span | None:
        """The one-line place of a key; None when there is no such key."""
        entry = self.entries.get(key)
        return entry.value.document.span(entry.start, entry.end).first_line() if entry else None

    def intrinsic(self) -> tuple[str, Node] | None:
        """The function and its argument when this map is a call such as ``{"Ref": …}``."""
        if len(self.entries) != 1:
            return None
        ((name, entry),) = self.entries.items()
        is_call = name == "Ref" or (name.startswith("Fn::") and not name.startswith(FOR_EACH))
        return (name, entry.value) if is_call else None


Node = ScalarNode | ListNode | MapNode

FOR_EACH = "Fn::ForEach::"


def text_of(node: Node | None) -> str | None:
    """The text of a scalar that is written as text."""
    return node.data if isinstance(node, ScalarNode) and isinstance(node.data, str) else None


def name_of(node: Node | None) -> str | None:
    """A scalar as the name it stands for, such as a condition's: ``Yes`` unquoted is a name, not true."""
    if not isinstance(node, ScalarNode) or node.data is None:
        return None
    return node.data if isinstance(node.data, str) else node.document.text[node.start : node.end]


def plain(node: Node) -> object:
    """The same data without places: dicts, lists and scalars."""
    match node:
        case ScalarNode(data=data):
            return data
        case ListNode(items=items):
            return [plain(item) for item in items]
        case MapNode(entries=entries):
            return {key: plain(entry.value) for key, entry in entries.items()}
