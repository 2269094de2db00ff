"""Edits that set properties of a resource, written as the rest of the template is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from haanalyzer.frontends.cloudformation.editing.new_entries import (
    Style,
    as_text,
    block_filled,
    item_appended,
    key_of,
    map_extended,
)
from haanalyzer.frontends.cloudformation.serverless.globals import PREFIX, with_globals
from haanalyzer.frontends.cloudformation.serverless.own_properties import takes
from haanalyzer.frontends.tree.loader import load
from haanalyzer.frontends.tree.nodes import Entry, ListNode, MapNode, Node, ScalarNode, text_of
from haanalyzer.source.document import Document
from haanalyzer.source.edit import Edit, Literal, NotEditableError, Wanted, shortened
from haanalyzer.source.span import Span

_ANCHOR = re.compile(r"(?:!\S*\s+)?&")


def set_properties(document: Document, resource: Span, wanted: Wanted) -> list[Edit]:
    """The edits that give properties their values.

    ``resource`` is the place of the logical id; ``@DeletionPolicy`` stands beside the
    properties. NotEditableError where a property is no literal, or is written elsewhere.
    """
    root, _ = document.once(load)
    found = resource_entry(document, resource)
    body = found.value
    if not isinstance(root, MapNode) or not isinstance(body, MapNode):
        raise NotEditableError("it is made by a loop or macro")
    _check_serverless(root, body, wanted)
    style = Style(body.start_column - document.position(found.start)[1])
    beside = {name[1:]: value for name, value in wanted.items() if name.startswith("@")}
    properties = {name: value for name, value in wanted.items() if not name.startswith("@")}
    edits = _in_map(body, beside, style, below="Type") if beside else []
    return edits + (_in_map(body, {"Properties": properties}, style) if properties else [])


def resource_entry(document: Document, resource: Span) -> Entry:
    """The entry of the resource whose logical id is at a place. NotEditableError where it is made of something else."""
    resources = document.once(resources_by_place)
    found = resources.get(resource)
    if found is None:
        raise NotEditableError(_made_by(document.offset(resource.line, resource.column), resources.values()))
    _check_own(*found)
    return found[1]


def _made_by(at: int, resources: Iterable[tuple[str, Entry]]) -> str:
    """What makes a resource whose place is no logical id: the resource around that, where it is a serverless one."""
    for name, entry in resources:
        body = entry.value
        type_ = text_of(body.get("Type")) if isinstance(body, MapNode) else None
        if entry.start <= at < body.end and type_ is not None and type_.startswith(PREFIX):
            return f"{name} makes it, which is an {type_}"
    return "it is made by a loop or macro"


def resources_by_place(document: Document) -> dict[Span, tuple[str, Entry]]:
    """Each resource's logical id and entry, by the place of the logical id."""
    root, _ = document.once(load)
    resources = root.get("Resources") if isinstance(root, MapNode) else None
    return {
        entry.value.document.span(entry.start, entry.end).first_line(): (name, entry)
        for name, entry in (resources.entries.items() if isinstance(resources, MapNode) else ())
        if not name.startswith("Fn::")
    }


def _check_serverless(root: MapNode, body: MapNode, wanted: Wanted) -> None:
    """What a serverless type has no word for cannot be set, and what ``Globals`` say is meant for all."""
    type_, properties = text_of(body.get("Type")) or "", body.get("Properties")
    unknown = next((name for name in wanted if not name.startswith("@") and not takes(type_, name)), None)
    if unknown is not None:
        raise NotEditableError(f"{type_} has no `{unknown}`")
    own = properties if isinstance(properties, MapNode) else MapNode(body.document, body.start, body.start, {})
    merged = with_globals(type_, own, root, body.get("IgnoreGlobals"))
    shared = _first_shared(merged, own, wanted) if merged is not own else None
    if shared is not None:
        raise NotEditableError(f"`{shared[0]}` is given for all in Globals, {shared[1]}")


def _first_shared(merged: MapNode, own: MapNode, wanted: Wanted) -> tuple[str, Span] | None:
    for name, value in wanted.items():
        entry, mine = merged.entries.get(name), own.get(name)
        if entry is None:
            continue
        if isinstance(value, Mapping) and isinstance(entry.value, MapNode) and isinstance(mine, MapNode | None):
            nothing = MapNode(own.document, own.start, own.start, {})
            if (found := _first_shared(entry.value, mine or nothing, value)) is not None:
                return found
        elif mine is None or isinstance(mine, ListNode):
            return name, own.document.span(entry.start, entry.end)
    return None


def _check_own(name: str, entry: Entry) -> None:
    """An entry's value must be written where the entry is, and nowhere else be used."""
    if entry.value.start < entry.end:
        raise NotEditableError(f"`{name}` is an alias of what is written elsewhere")
    if _ANCHOR.match(entry.value.text):
        raise NotEditableError(f"`{name}` has an anchor, so it may be written here for others, too")


def _in_map(parent: MapNode, wanted: Wanted, style: Style, below: str | None = None) -> list[Edit]:
    if parent.intrinsic() or any(name.startswith("Fn::") for name in parent.entries):
        raise NotEditableError(f"it is `{shortened(parent.text)}`")
    edits: list[Edit] = []
    missing: dict[str, Literal | Wanted] = {}
    for name, value in wanted.items():
        entry = parent.entries.get(name)
        if entry is None:
            missing[name] = value
            continue
        if not parent.start <= entry.start < parent.end:
            raise NotEditableError(f"`{name}` is merged from what is written elsewhere")
        _check_own(name, entry)
        if isinstance(value, Mapping) and not entry.value.text and not parent.in_braces:
            edits.append(block_filled(parent, entry, value, style))
        else:
            edits += _in_entry(name, entry.value, value, style, in_json=parent.in_json)
    return [*edits, map_extended(parent, missing, style, below)] if missing else edits


def _in_entry(name: str, node: Node, value: Literal | Wanted, style: Style, *, in_json: bool) -> list[Edit]:
    if not isinstance(value, Mapping):
        return [_replaced(name, node, value, in_json=in_json)]
    if isinstance(node, MapNode) and not all(map(key_of, value)):
        return _in_map(node, value, style)
    if isinstance(node, ListNode) and all(map(key_of, value)):
        return _in_pairs(node, value, style)
    raise NotEditableError(f"`{name}` is `{shortened(node.text)}`")


def _in_pairs(pairs: ListNode, wanted: Wanted, style: Style) -> list[Edit]:
    """Pairs get their values where they are; those that are missing are appended."""
    by_key: dict[str, MapNode] = {}
    for pair in pairs.items:
        key = pair.get("Key") if isinstance(pair, MapNode) else None
        if not isinstance(pair, MapNode) or not isinstance(key, ScalarNode) or pair.intrinsic():
            raise NotEditableError(f"the list has `{shortened(pair.text)}` in it")
        if not pairs.start <= pair.start < pairs.end:
            raise NotEditableError("the list has an alias in it of what is written elsewhere")
        by_key.setdefault(str(key.data), pair)
    edits: list[Edit] = []
    missing: dict[str, Literal | Wanted] = {}
    for bracketed, value in wanted.items():
        known = by_key.get(key_of(bracketed))
        if known is None:
            missing[bracketed] = value
        else:
            edits += _in_map(known, {"Value": value}, style)
    return [*edits, item_appended(pairs, missing)] if missing else edits


def _replaced(name: str, node: Node, value: Literal, *, in_json: bool) -> Edit:
    written = node.text
    if not isinstance(node, ScalarNode) or "\n" in written:
        raise NotEditableError(f"`{name}` is `{shortened(written)}`")
    if not written:
        return Edit(node.place, f" {as_text(value, in_json=False)}")
    return Edit(node.place, as_text(value, in_json=in_json, quote=written[0]))
