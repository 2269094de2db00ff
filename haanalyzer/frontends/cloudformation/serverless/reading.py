"""What is written in serverless resources, as the transform takes it."""

from __future__ import annotations

from collections.abc import Mapping

from haanalyzer.frontends.cloudformation.evaluation.scope import Scope
from haanalyzer.frontends.tree.nodes import Entry, ListNode, MapNode, Node, ScalarNode, name_of, text_of
from haanalyzer.values import Known


class WithProperties:
    """What has properties that its author wrote: a resource, an event."""

    __slots__ = ()
    properties: MapNode

    def given(self, name: str) -> Entry | None:
        """A property that says something; None for what the transform takes as not there."""
        entry = self.properties.entries.get(name)
        return entry if entry is not None and says_something(entry.value) else None

    def inside(self, name: str) -> Mapping[str, Entry]:
        """The entries of a property that is a map; none for any other."""
        return entries_in(self.properties.entries.get(name))

    def only(self, *names: str) -> dict[str, Entry]:
        """The properties of these names that are written."""
        return {name: self.properties.entries[name] for name in names if name in self.properties.entries}

    def without(self, *names: str) -> dict[str, Entry]:
        """All properties but these."""
        return {name: entry for name, entry in self.properties.entries.items() if name not in names}


def entries_in(entry: Entry | None) -> Mapping[str, Entry]:
    """The entries of a map that no function makes; none for anything else."""
    node = entry.value if entry is not None else None
    return node.entries if isinstance(node, MapNode) and not node.intrinsic() else {}


def text_in(entries: Mapping[str, Entry], name: str) -> str | None:
    """The text of an entry that is written as text."""
    return text_of(entries[name].value) if name in entries else None


def known_text(entry: Entry | None, scope: Scope) -> str | None:
    """The text of a property, of a parameter too; None where it is not known."""
    value = scope.evaluate(entry.value) if entry is not None else None
    return str(value) if isinstance(value, Known) else None


def says_something(node: Node) -> bool:
    """Whether the transform takes a property as given: nothing, false and what is empty are not."""
    match node:
        case ScalarNode(data=data):
            return bool(data)
        case ListNode(items=items):
            return bool(items)
        case MapNode(entries=entries):
            return bool(entries)


def referred(node: Node | None) -> str | None:
    """The name that a ``Ref`` refers to; None for anything else."""
    call = node.intrinsic() if isinstance(node, MapNode) else None
    return text_of(call[1]) if call is not None and call[0] == "Ref" else None


def optional(entry: Entry | None) -> tuple[str, bool, Node] | None:
    """Of ``Fn::If`` with ``AWS::NoValue`` in a branch: the condition, whether that is the first one, and the other.

    None for anything else.
    """
    call = entry.value.intrinsic() if entry is not None and isinstance(entry.value, MapNode) else None
    if call is None or call[0] != "Fn::If" or not isinstance(call[1], ListNode) or len(call[1].items) != 3:
        return None
    condition, first, second = call[1].items
    name, no_value = name_of(condition), "AWS::NoValue"
    if name is None or (referred(first) == no_value) == (referred(second) == no_value):
        return None
    return (name, True, second) if referred(first) == no_value else (name, False, first)
