"""``AWS::Serverless`` templates: ``Globals`` give properties to every resource of a type."""

from __future__ import annotations

from haanalyzer.frontends.tree.nodes import ListNode, MapNode, Node

_PREFIX = "AWS::Serverless::"


def with_globals(type_: str, properties: MapNode, root: MapNode) -> MapNode:
    """A resource's properties over what ``Globals`` say for its type."""
    section = root.get("Globals") if type_.startswith(_PREFIX) else None
    shared = section.get(type_.removeprefix(_PREFIX)) if isinstance(section, MapNode) else None
    if not isinstance(shared, MapNode) or shared.intrinsic() or properties.intrinsic():
        return properties
    return _merged_maps(shared, properties)


def _merged_maps(shared: MapNode, own: MapNode) -> MapNode:
    entries = dict(shared.entries)
    for name, entry in own.entries.items():
        entries[name] = entry._replace(value=_merged(entries[name].value, entry.value)) if name in entries else entry
    return MapNode(own.document, own.start, own.end, entries)


def _merged(shared: Node, own: Node) -> Node:
    """Maps are merged, lists appended; anything else is the resource's own."""
    if isinstance(shared, ListNode) and isinstance(own, ListNode):
        return ListNode(own.document, own.start, own.end, [*shared.items, *own.items])
    if isinstance(shared, MapNode) and isinstance(own, MapNode) and not shared.intrinsic() and not own.intrinsic():
        return _merged_maps(shared, own)
    return own
