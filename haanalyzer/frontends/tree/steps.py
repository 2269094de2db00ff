"""Which part of a tree the keys and positions lead to that lead to the same part of its plain data."""

from __future__ import annotations

from collections.abc import Sequence

from haanalyzer.frontends.tree.nodes import ListNode, MapNode, Node
from haanalyzer.source.document import Document
from haanalyzer.source.span import Span, start_of


def place_of(root: Node | None, steps: Sequence[str | int], document: Document) -> Span:
    """The line that the steps lead to, as far as they do."""
    place, node = start_of(document.path), root
    for step in steps:
        match node:
            case MapNode(entries=entries) if step in entries:
                place = node.key_span(str(step)) or place
                node = entries[str(step)].value
            case ListNode(items=items) if isinstance(step, int) and step < len(items):
                node = items[step]
                place = node.place.first_line()
            case _:
                break
    return place


def node_at(root: Node | None, steps: Sequence[str | int]) -> Node | None:
    """The node that the steps lead to; None where they lead nowhere."""
    node = root
    for step in steps:
        match node:
            case MapNode(entries=entries) if step in entries:
                node = entries[str(step)].value
            case ListNode(items=items) if isinstance(step, int) and step < len(items):
                node = items[step]
            case _:
                return None
    return node
