"""A resource's properties, evaluated when asked for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from haanalyzer.frontends.cloudformation.evaluation.foreach import Unrolled, entries_of
from haanalyzer.frontends.cloudformation.evaluation.scope import Scope
from haanalyzer.frontends.cloudformation.evaluation.symbolic import distribute, rejected
from haanalyzer.frontends.deployment import Attributes
from haanalyzer.frontends.tree.nodes import MapNode, Node
from haanalyzer.source.span import Span
from haanalyzer.values import Absent, MapValue, Unknown, Value, alternatives, assume

_ABOUT_THE_RESOURCE = frozenset(
    {"CreationPolicy", "DeletionPolicy", "DependsOn", "Metadata", "UpdatePolicy", "UpdateReplacePolicy"}
)


_CHOOSING = frozenset({"Fn::If", "Ref"})


class ResourceAttributes(Attributes):
    """Properties by name; what stands beside them has an ``@`` before its name: ``@DeletionPolicy``.

    Where a macro or an unknown loop may add properties, every other name is Unknown. Where a condition
    chooses among maps of them, each is a choice.
    """

    def __init__(self, body: MapNode, properties: MapNode, scope: Scope) -> None:
        self._body = body
        self._properties = properties
        self._scope = scope
        self._values: dict[str, Value] = {}
        self._found: dict[str, Unrolled] | None = None
        self._made_by: Node | None = None
        self._choice: Value | None = None

    @property
    def _entries(self) -> dict[str, Unrolled]:
        if self._found is None:
            self._found = {}  # a loop over this resource's own properties sees none
            self._found.update(self._unrolled())
        return self._found

    def _unrolled(self) -> Iterator[tuple[str, Unrolled]]:
        match self._properties.intrinsic():
            case None | ("Fn::Transform", _):
                yield from self._written()
            case (function, _) if function not in _CHOOSING:
                self._made_by = self._properties
        for name, entry in self._body.entries.items():
            if name in _ABOUT_THE_RESOURCE:
                yield f"@{name}", Unrolled(name, entry, self._scope)

    def _written(self) -> Iterator[tuple[str, Unrolled]]:
        for found in entries_of(self._properties, self._scope):
            if found.scope is None:
                self._made_by = found.entry.value
            else:
                yield found.name, found

    @property
    def _chosen(self) -> Value:
        """The map that a condition chooses as properties; none where these are written as a map."""
        if self._choice is None:
            self._choice = Absent(place=self._properties.place)  # which is what it sees of itself
            function, _ = self._properties.intrinsic() or ("", None)
            if function in _CHOOSING:
                self._choice = self._scope.evaluate(self._properties)
        return self._choice

    def __getitem__(self, name: str) -> Value:
        if name not in self._values:
            self._values[name] = self._evaluate(name)
        return self._values[name]

    def _evaluate(self, name: str) -> Value:
        entry = self._entries.get(name)
        if entry is None:
            return self._in_branches(name) if name in self._keys else self._made_at_deployment(name)
        node = entry.entry.value
        self._values[name] = rejected(name, "refers to itself", node.place, self._scope.identity)
        scope = entry.scope or self._scope
        return assume(scope.evaluate(node), scope.assuming)

    def _in_branches(self, name: str) -> Value:
        """A property where a condition chooses among maps of them."""

        def read(branch: list[Value]) -> Value:
            match branch[0]:
                case MapValue() as written:
                    return written.get(name)
                case Absent() as nothing:
                    return nothing
            return self._unknown(name)

        return distribute([self._chosen], read)

    @property
    def _keys(self) -> Mapping[str, Span]:
        """The places of the properties' names in the maps that a condition chooses among."""
        maps = [branch for branch in alternatives(self._chosen) if isinstance(branch, MapValue)]
        return {name: each.keys[name] for each in reversed(maps) for name in each.entries}

    def _made_at_deployment(self, name: str) -> Unknown:
        is_vague = any(not isinstance(each, MapValue | Absent) for each in alternatives(self._chosen))
        if name.startswith("@") or not (self._made_by or is_vague):
            raise KeyError(name)
        return self._unknown(name)

    def _unknown(self, name: str) -> Unknown:
        place = (self._made_by or self._properties).place.first_line()
        return rejected(name, "may be made at deployment", place, self._scope.identity)

    def __iter__(self) -> Iterator[str]:
        yield from sorted(self._entries, key=lambda name: self._entries[name].entry.start)
        yield from self._keys

    def __len__(self) -> int:
        return len(self._entries) + len(self._keys)

    def __contains__(self, name: object) -> bool:
        return name in self._entries or name in self._keys

    def key_span(self, name: str) -> Span | None:
        entry = self._entries.get(name)
        if entry is None:
            return self._keys.get(name)
        start, end, node = entry.entry
        return node.document.span(start, end).first_line()
