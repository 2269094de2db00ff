"""From our places to cfn-lint's: the path of keys in the template, and lines and columns from 0."""

from __future__ import annotations

from cfnlint.rules import RuleMatch
from cfnlint.template import Template

from haanalyzer.frontends.tree.loader import load
from haanalyzer.frontends.tree.nodes import ListNode, MapNode, Node
from haanalyzer.source.document import Document
from haanalyzer.source.span import Span

Path = list[str | int]


class FilePlaces:
    """The places of a template that was read from its file."""

    def __init__(self, document: Document) -> None:
        self._document = document

    def match(self, place: Span, message: str) -> RuleMatch:
        """A match at exactly this place."""
        location = (place.line - 1, place.column - 1, place.end_line - 1, place.end_column - 1)
        return RuleMatch(path_of(place, self._document), message, location=location)

    def line(self, place: Span) -> int | None:
        """The line of a place, from 1."""
        return place.line


class DecodedPlaces:
    """The places of a template that cfn-lint has, and we only have as a text that was made of it."""

    def __init__(self, document: Document, cfn: Template) -> None:
        self._document = document
        self._cfn = cfn

    def match(self, place: Span, message: str) -> RuleMatch:
        """A match at the key or value that has this place; where it stands, cfn-lint knows."""
        return RuleMatch(path_of(place, self._document), message)

    def line(self, place: Span) -> int | None:
        """The line of a place, from 1; None where cfn-lint does not know it."""
        location = self._cfn.get_location_yaml(self._cfn.template, path_of(place, self._document))
        return int(location[0]) + 1 if location else None


def path_of(place: Span, document: Document) -> Path:
    """The keys and indices that lead to a place."""
    offset = document.offset(place.line, place.column)
    node: Node | None = document.once(load)[0]
    path: Path = []
    while node is not None and (step := _step(node, offset)) is not None:
        key, node = step
        path.append(key)
    return path


def _step(node: Node, offset: int) -> tuple[str | int, Node | None] | None:
    """The key or index below a node that an offset lies in, and what to look at next."""
    match node:
        case MapNode(entries=entries):
            for key, entry in entries.items():
                if entry.start <= offset < entry.end:
                    return key, None
                if entry.value.start <= offset < entry.value.end:
                    return key, entry.value
        case ListNode(items=items):
            for index, item in enumerate(items):
                if item.start <= offset < item.end:
                    return index, item
    return None
