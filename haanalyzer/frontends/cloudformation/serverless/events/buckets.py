"""Buckets that events of functions add notifications to."""

from __future__ import annotations

from haanalyzer.frontends.cloudformation.evaluation.foreach import Unrolled
from haanalyzer.frontends.cloudformation.serverless.made import Made
from haanalyzer.frontends.cloudformation.serverless.writing import Origin, Written
from haanalyzer.frontends.tree.nodes import Entry, ListNode, MapNode, Node, plain

_PATH = ("Properties", "NotificationConfiguration")
_LIST = "LambdaConfigurations"


def notified(found: Unrolled, made: Made) -> Unrolled:
    """A resource with what events add to it; itself where they add nothing."""
    added = made.notifications.get(found.name)
    body = found.entry.value
    if not added or not isinstance(body, MapNode):
        return found
    extended = _extended(body, _PATH, added)
    if extended is None:
        made.reject(body.place, f"{found.name} to have a map of notifications that events can be added to")
        return found
    return found._replace(entry=found.entry._replace(value=extended))


def _each_once(items: list[Node], added: list[tuple[Origin, Written]]) -> list[Node]:
    said = [plain(item) for item in items]
    found = list(items)
    for origin, written in added:
        node = origin.write(written)
        if plain(node) not in said:
            said.append(plain(node))
            found.append(node)
    return found


def _extended(node: MapNode, path: tuple[str, ...], added: list[tuple[Origin, Written]]) -> MapNode | None:
    """A map in which the list at the end of the path has more items; None where a function makes what is on the way."""
    if node.intrinsic():
        return None
    name, rest = (path[0], path[1:]) if path else (_LIST, ())
    origin = added[0][0]
    entry = node.entries.get(name) or Entry(origin.start, origin.end, origin.write({} if path else []))
    value = entry.value
    inner: Node | None = None
    if path and isinstance(value, MapNode):
        inner = _extended(value, rest, added)
    elif not path and isinstance(value, ListNode):
        inner = ListNode(value.document, value.start, value.end, _each_once(value.items, added))
    if inner is None:
        return None
    return MapNode(node.document, node.start, node.end, {**node.entries, name: entry._replace(value=inner)})
