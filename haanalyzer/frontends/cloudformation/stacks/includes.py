"""``AWS::Include``: what a file has, in the place of the call.

https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/transform-aws-include.html
"""

from __future__ import annotations

from collections.abc import Iterator

from haanalyzer.frontends.tree.nodes import ListNode, MapNode, Node, text_of

_INCLUDE = "AWS::Include"


def location_of(call: Node) -> str | None:
    """Where the file lies that a call of ``Fn::Transform`` includes; None for any other call."""
    if not isinstance(call, MapNode) or text_of(call.get("Name")) != _INCLUDE:
        return None
    parameters = call.get("Parameters")
    return text_of(parameters.get("Location")) if isinstance(parameters, MapNode) else None


def calls_at_the_top(root: MapNode) -> Iterator[Node]:
    """The calls of macros that make sections of a template, whatever they are."""
    declared = root.get("Transform")
    yield from declared.items if isinstance(declared, ListNode) else [declared] if declared else []
    embedded = root.get("Fn::Transform")
    if embedded:
        yield embedded


def merged(maps: list[MapNode]) -> MapNode | None:
    """Maps as one, at the place of the first; of entries of one name the first counts. None of none."""
    if len(maps) < 2:
        return maps[0] if maps else None
    entries = {name: entry for each in reversed(maps) for name, entry in each.entries.items()}
    return MapNode(maps[0].document, maps[0].start, maps[0].end, entries)
