"""``Globals``: properties that every serverless resource of a type has."""

from __future__ import annotations

from haanalyzer.frontends.tree.nodes import ListNode, MapNode, Node, ScalarNode, text_of

PREFIX = "AWS::Serverless::"


def shared_by(type_: str, root: MapNode) -> MapNode | None:
    """What ``Globals`` say for a serverless type; None for nothing."""
    section = root.get("Globals") if type_.startswith(PREFIX) else None
    shared = section.get(type_.removeprefix(PREFIX)) if isinstance(section, MapNode) else None
    return shared if isinstance(shared, MapNode) and not shared.intrinsic() else None


def with_globals(type_: str, properties: MapNode, root: MapNode, ignored: Node | None = None) -> MapNode:
    """A resource's properties over what ``Globals`` say for its type.

    ``ignored`` is its attribute ``IgnoreGlobals``: names of properties, or ``*``.
    """
    shared = shared_by(type_, root)
    if shared is None or properties.intrinsic() or (isinstance(ignored, ScalarNode) and ignored.data == "*"):
        return properties
    names = {text_of(name) for name in ignored.items} if isinstance(ignored, ListNode) else set()
    kept = {name: entry for name, entry in shared.entries.items() if name not in names}
    return _merged_maps(MapNode(shared.document, shared.start, shared.end, kept), properties)


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
