"""JSON with places for texts of many megabytes: decoded by the standard library, located when asked for."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from haanalyzer.source.document import Document
from haanalyzer.source.span import Span

Json = None | bool | int | float | str | list["Json"] | dict[str, "Json"]

_BLANK = re.compile(r"[ \t\r\n]*")
_DECODER = json.JSONDecoder()


class Member(NamedTuple):
    """An entry of an object: the offsets of its key, and its value."""

    start: int
    end: int
    value: JsonNode


@dataclass(frozen=True)
class JsonNode:
    """A value of a JSON text that is known to be valid, between two offsets.

    A tree of nodes with places takes the memory and time of the text many times over. Here only
    the way to what is asked for is walked, and what is there decoded in one go.
    """

    document: Document = field(repr=False)
    start: int
    end: int

    @property
    def place(self) -> Span:
        """The value; of an object or list the first character, for it may go on for thousands of lines."""
        return self.document.span(self.start, self.start + 1 if self.is_object or self.is_list else self.end)

    @property
    def is_object(self) -> bool:
        return self.document.text[self.start] == "{"

    @property
    def is_list(self) -> bool:
        return self.document.text[self.start] == "["

    @cached_property
    def data(self) -> Json:
        """All of the value."""
        return _decoded(self.document.text, self.start)[0]

    @cached_property
    def members(self) -> Mapping[str, Member]:
        """The entries of an object, the last of duplicate keys; none for what is no object."""
        found: dict[str, Member] = {}
        at = self._skip(self.start + 1) if self.is_object else None
        while at is not None and self.document.text[at] == '"':
            key, end = _decoded(self.document.text, at)
            colon = self._skip(end)
            value = self._value(self._skip(colon + 1))
            found[str(key)] = Member(at, end, value)
            at = self._next(value.end)
        return found

    @cached_property
    def items(self) -> tuple[JsonNode, ...]:
        """The elements of a list; none for what is no list."""
        found: list[JsonNode] = []
        at = self._skip(self.start + 1) if self.is_list else None
        while at is not None and self.document.text[at] != "]":
            value = self._value(at)
            found.append(value)
            at = self._next(value.end)
        return tuple(found)

    def at(self, *keys: str) -> JsonNode | None:
        """What stands below these keys, one inside the other; None where one is missing."""
        node = self
        for key in keys:
            member = node.members.get(key)
            if member is None:
                return None
            node = member.value
        return node

    def key_span(self, key: str) -> Span | None:
        """The place of an entry's key."""
        member = self.members.get(key)
        return self.document.span(member.start, member.end) if member else None

    def list_at(self, *keys: str) -> tuple[JsonNode, ...]:
        """The elements of the list below these keys; none where there is no list."""
        found = self.at(*keys)
        return found.items if found else ()

    def text(self, key: str) -> str | None:
        """The text of an entry; None where it is missing or no text."""
        found = self.at(key)
        data = None if found is None or found.is_object or found.is_list else found.data
        return data if isinstance(data, str) else None

    def _skip(self, at: int) -> int:
        blank = _BLANK.match(self.document.text, at)
        return blank.end() if blank else at

    def _next(self, after: int) -> int | None:
        """The offset of what follows a comma; None at the closing bracket."""
        at = self._skip(after)
        return self._skip(at + 1) if self.document.text[at] == "," else None

    def _value(self, at: int) -> JsonNode:
        return JsonNode(self.document, at, _decoded(self.document.text, at)[1])


def read_json(document: Document) -> JsonNode:
    """The value that a whole text is. Raises ValueError for what is no JSON, RecursionError for what is too deep."""
    json.loads(document.text)
    blank = _BLANK.match(document.text)
    return JsonNode(document, blank.end() if blank else 0, len(document.text))


def _decoded(text: str, at: int) -> tuple[Json, int]:
    """The value at an offset, and the offset past it."""
    found: tuple[Json, int] = _DECODER.raw_decode(text, at)
    return found
