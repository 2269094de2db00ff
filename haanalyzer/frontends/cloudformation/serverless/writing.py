"""Nodes that the transform writes itself: they stand where what made them does."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from haanalyzer.frontends.tree.nodes import Entry, ListNode, MapNode, Node, ScalarNode, plain
from haanalyzer.source.document import Document

Written = Node | Entry | str | bool | int | float | None | Sequence["Written"] | Mapping[str, "Written"]
"""Plain data with the user's nodes and entries in it; what is None in a map is left out."""
_HASH_LENGTH = 10


@dataclass(frozen=True, slots=True)
class Origin:
    """The key that something is made of: a resource's, an event's."""

    document: Document
    start: int
    end: int

    @classmethod
    def of(cls, entry: Entry) -> Origin:
        return cls(entry.value.document, entry.start, entry.end)

    def write(self, written: Written) -> Node:
        """The node of plain data. A user's node is itself."""
        match written:
            case Entry(value=node) | (ScalarNode() | ListNode() | MapNode() as node):
                return node
            case Mapping():
                entries = {name: self.entry(value) for name, value in written.items() if value is not None}
                return MapNode(self.document, self.start, self.end, entries)
            case str() | bool() | int() | float() | None:
                return ScalarNode(self.document, self.start, self.end, written)
            case _:
                return ListNode(self.document, self.start, self.end, [self.write(item) for item in written])

    def entry(self, written: Written) -> Entry:
        """An entry for plain data. A user's entry keeps its key's place."""
        if isinstance(written, Entry):
            return written
        node = self.write(written)
        if node.document is not self.document:  # included: its offsets are those of its own document
            return Entry(node.start, node.end, node)
        return Entry(self.start, self.end, node)


def ref(logical_id: str) -> Written:
    return {"Ref": logical_id}


def get_att(logical_id: str, attribute: str) -> Written:
    return {"Fn::GetAtt": [logical_id, attribute]}


def hashed(prefix: str, *nodes: Node) -> str:
    """A logical id that differs with what nodes say, as the transform makes it: with the SHA-1 of their JSON."""
    data: object = plain(nodes[0]) if len(nodes) == 1 else [plain(node) for node in nodes]
    text = data if isinstance(data, str) else json.dumps(data, separators=(",", ":"), sort_keys=True)
    return prefix + hashlib.sha1(text.encode(), usedforsecurity=False).hexdigest()[:_HASH_LENGTH]
