"""JSON with places, for what YAML's reader refuses: tabs, surrogate pairs, and good messages about bad JSON."""

from __future__ import annotations

import json
import re

from haanalyzer.frontends.tree.duplicates import duplicates
from haanalyzer.frontends.tree.nodes import Entry, ListNode, MapNode, Node, ScalarNode
from haanalyzer.source.diagnostic import Diagnostic
from haanalyzer.source.document import Document

_BLANK = re.compile(r"[ \t\r\n]*")
_STRING = re.compile(r'"(?:[^"\\]|\\.)*"', re.DOTALL)
_WORD = re.compile(r"[-+.\w]+")


class JsonError(Exception):
    """A text that is no JSON: what was expected, at which offset, under which diagnostic code."""

    def __init__(self, message: str, offset: int, code: str = "invalid-json") -> None:
        super().__init__(message)
        self.offset = offset
        self.code = code


def read_json(document: Document, max_depth: int) -> tuple[Node, list[Diagnostic]]:
    """The tree of a JSON text and its duplicate keys. Raises JsonError."""
    reader = _JsonReader(document, max_depth)
    node = reader.value(1)
    rest = reader.skip_blank()
    if rest < len(document.text):
        raise JsonError("expected the end of the file after the JSON value", rest)
    return node, reader.diagnostics


class _JsonReader:
    def __init__(self, document: Document, max_depth: int) -> None:
        self.diagnostics: list[Diagnostic] = []
        self._document = document
        self._text = document.text
        self._max_depth = max_depth
        self._at = 0

    def skip_blank(self) -> int:
        blank = _BLANK.match(self._text, self._at)
        self._at = blank.end() if blank else self._at
        return self._at

    def value(self, depth: int) -> Node:
        start = self.skip_blank()
        opening = self._text[start : start + 1]
        if opening in ("{", "[") and depth > self._max_depth:
            raise JsonError(f"expected at most {self._max_depth} levels of nesting", start, "nested-too-deeply")
        if opening == "{":
            return self._map(start, depth)
        if opening == "[":
            return self._list(start, depth)
        if opening == '"':
            return self._string(start)
        word = _WORD.match(self._text, start)
        try:
            data = json.loads(word.group()) if word else None
        except ValueError:  # no JSON, or a number of thousands of digits
            word = None
        if word is None:
            raise JsonError("expected a JSON value", start)
        self._at = word.end()
        return ScalarNode(self._document, start, self._at, data)

    def _map(self, start: int, depth: int) -> MapNode:
        entries: dict[str, Entry] = {}
        repeated: list[tuple[str, Entry]] = []
        self._at = start + 1
        while not self._closes("}", first=not entries):
            at = self.skip_blank()
            if not self._text.startswith('"', at):
                raise JsonError("expected a key in double quotes", at)
            key = self._string(at)
            if not self._take(":"):
                raise JsonError("expected ':' after the key", self._at)
            name = str(key.data)
            if name in entries:
                repeated.append((name, entries[name]))
            entries[name] = Entry(key.start, key.end, self.value(depth + 1))
        self.diagnostics += duplicates(self._document, entries, repeated)
        return MapNode(self._document, start, self._at, entries, tuple(repeated))

    def _list(self, start: int, depth: int) -> ListNode:
        items: list[Node] = []
        self._at = start + 1
        while not self._closes("]", first=not items):
            items.append(self.value(depth + 1))
        return ListNode(self._document, start, self._at, items)

    def _closes(self, bracket: str, *, first: bool) -> bool:
        """Step over the closing bracket, or over the comma before the next element."""
        if self._take(bracket):
            return True
        if not first and not self._take(","):
            raise JsonError(f"expected ',' or '{bracket}'", self._at)
        return False

    def _take(self, mark: str) -> bool:
        if not self._text.startswith(mark, self.skip_blank()):
            return False
        self._at += 1
        return True

    def _string(self, start: int) -> ScalarNode:
        string = _STRING.match(self._text, start)
        if string is None:
            raise JsonError("expected a closing quote", start)
        try:
            data = json.loads(string.group(), strict=False)
        except json.JSONDecodeError as error:
            raise JsonError(f"expected a JSON text: {error.msg}", start + error.pos) from error
        self._at = string.end()
        return ScalarNode(self._document, start, self._at, data)
