"""A resource's properties, evaluated when asked for."""

from __future__ import annotations

from collections.abc import Iterator

from haanalyzer.frontends.cloudformation.evaluation.foreach import Unrolled, entries_of
from haanalyzer.frontends.cloudformation.evaluation.scope import Scope
from haanalyzer.frontends.cloudformation.evaluation.symbolic import rejected
from haanalyzer.frontends.deployment import Attributes
from haanalyzer.frontends.tree.nodes import MapNode, Node
from haanalyzer.source.span import Span
from haanalyzer.values import Unknown, Value, assume

_ABOUT_THE_RESOURCE = frozenset(
    {"CreationPolicy", "DeletionPolicy", "DependsOn", "Metadata", "UpdatePolicy", "UpdateReplacePolicy"}
)


class ResourceAttributes(Attributes):
    """Properties by name; what stands beside them has an ``@`` before its name: ``@DeletionPolicy``.

    Where a macro or an unknown loop may add properties, every other name is Unknown.
    """

    def __init__(self, body: MapNode, properties: MapNode, scope: Scope) -> None:
        self._body = body
        self._properties = properties
        self._scope = scope
        self._values: dict[str, Value] = {}
        self._found: dict[str, Unrolled] | None = None
        self._made_by: Node | None = None

    @property
    def _entries(self) -> dict[str, Unrolled]:
        if self._found is None:
            self._found = {}  # a loop over this resource's own properties sees none
            self._found.update(self._unrolled())
        return self._found

    def _unrolled(self) -> Iterator[tuple[str, Unrolled]]:
        if self._properties.intrinsic():
            self._made_by = self._properties
        for found in entries_of(self._properties, self._scope) if self._made_by is None else ():
            if found.scope is None:
                self._made_by = found.entry.value
            else:
                yield found.name, found
        for name, entry in self._body.entries.items():
            if name in _ABOUT_THE_RESOURCE:
                yield f"@{name}", Unrolled(name, entry, self._scope)

    def __getitem__(self, name: str) -> Value:
        if name not in self._values:
            self._values[name] = self._evaluate(name)
        return self._values[name]

    def _evaluate(self, name: str) -> Value:
        entry = self._entries.get(name)
        if entry is None:
            return self._made_at_deployment(name)
        node = entry.entry.value
        self._values[name] = rejected(name, "refers to itself", node.place, self._scope.identity)
        scope = entry.scope or self._scope
        return assume(scope.evaluate(node), scope.assuming)

    def _made_at_deployment(self, name: str) -> Unknown:
        if self._made_by is None or name.startswith("@"):
            raise KeyError(name)
        return rejected(name, "may be made at deployment", self._made_by.place.first_line(), self._scope.identity)

    def __iter__(self) -> Iterator[str]:
        return iter(sorted(self._entries, key=lambda name: self._entries[name].entry.start))

    def __len__(self) -> int:
        return len(self._entries)

    def __contains__(self, name: object) -> bool:
        return name in self._entries

    def key_span(self, name: str) -> Span | None:
        entry = self._entries.get(name)
        if entry is None:
            return None
        start, end, node = entry.entry
        return node.document.span(start, end).first_line()
