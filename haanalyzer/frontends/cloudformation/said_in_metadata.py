"""Edits that say something of a resource in its metadata, in templates written as JSON."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date

from haanalyzer.frontends.cloudformation.editing.properties import resource_entry, set_properties
from haanalyzer.frontends.tree.nodes import ListNode, MapNode, Node, ScalarNode, plain
from haanalyzer.source.document import Document
from haanalyzer.source.edit import Edit, NotEditableError
from haanalyzer.source.span import Span
from haanalyzer.source.suppression import NAME


def ignored_in_metadata(
    document: Document, resource: Span, codes: Sequence[str], reason: str, until: date | None
) -> Edit:
    """The edit that adds rules to those that a resource's ``Metadata`` says to ignore.

    ``resource`` is the place of the logical id. What is there for the same reason and as long is extended.
    NotEditableError where the metadata is written elsewhere, or made by a function.
    """
    terms = {name: value for name, value in (("reason", reason), ("until", until and str(until))) if value}
    body = resource_entry(document, resource).value
    metadata = body.get("Metadata") if isinstance(body, MapNode) else None
    said = metadata.get(NAME) if isinstance(metadata, MapNode) else None
    if said is None:
        (edit,) = set_properties(document, resource, {"@Metadata": {NAME: {"ignore": tuple(codes), **terms}}})
        return edit
    for each in said.items if isinstance(said, ListNode) else [said]:
        if not isinstance(each, MapNode) or "ignore" not in each.entries:
            raise NotEditableError(f"`{NAME}` in its metadata is not understood")
        names, others = _names(each.entries["ignore"].value), plain(each)
        assert isinstance(others, dict)
        if {name: value for name, value in others.items() if name != "ignore"} == terms:
            return _extended(each.entries["ignore"].value, [code for code in codes if code not in names])
        if set(names) <= set(codes):
            return Edit(each.place, _map(codes, terms))
    return _appended(said, _map(codes, terms))


def _map(codes: Sequence[str], terms: dict[str, str]) -> str:
    return json.dumps({"ignore": list(codes), **terms}, ensure_ascii=False)


def _names(ignore: Node) -> list[object]:
    return [plain(each) for each in (ignore.items if isinstance(ignore, ListNode) else [ignore])]


def _extended(ignore: Node, codes: Sequence[str]) -> Edit:
    """More names behind those that are there."""
    if isinstance(ignore, ScalarNode):
        return Edit(ignore.place, json.dumps([ignore.data, *codes], ensure_ascii=False))
    return _appended(ignore, ", ".join(map(json.dumps, codes)))


def _appended(said: Node, text: str) -> Edit:
    """A text behind the items of a list, laid out as the first one; what is no list becomes one."""
    if not isinstance(said, ListNode):
        return Edit(said.place, f"[{said.text}, {text}]")
    if not said.items:
        return Edit(said.place, f"[{text}]")
    before = said.document.text[said.start + 1 : said.items[0].start]
    end = said.items[-1].end
    return Edit(said.document.span(end, end), f",{before or ' '}{text}")
