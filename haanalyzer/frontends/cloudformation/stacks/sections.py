"""The sections of a template, with what it includes."""

from __future__ import annotations

from haanalyzer.frontends.cloudformation.stacks.includes import calls_at_the_top, location_of, merged
from haanalyzer.frontends.cloudformation.stacks.session import Session
from haanalyzer.frontends.tree.nodes import MapNode, Node, ScalarNode
from haanalyzer.values import Known


class Sections:
    """Finds each section of a template once, and says which are none."""

    def __init__(self, root: MapNode, session: Session) -> None:
        self._root = root
        self._session = session
        self._found: dict[str, MapNode | None] = {}

    def named(self, name: str) -> MapNode | None:
        """A section, such as ``Mappings``; None when it is missing, empty or no map."""
        if name not in self._found:
            maps: list[MapNode] = []
            for root in (self._root, *filter(None, map(self.snippet, calls_at_the_top(self._root)))):
                maps += self._maps(root.get(name), name)
            self._found[name] = merged(maps)
        return self._found[name]

    def _maps(self, section: Node | None, name: str) -> list[MapNode]:
        """The section as it is written in one file, and what it includes where that cannot be told entry by entry."""
        if isinstance(section, MapNode):
            included = section.entries.get("Fn::Transform")
            snippet = self.snippet(included.value) if included and name == "Mappings" else None
            return [section, snippet] if snippet else [section]
        if section is not None and not (isinstance(section, ScalarNode) and section.data is None):
            self._session.report(section.place, "invalid-section", f"expected {name} to be a map")
        return []

    def snippet(self, call: Node) -> MapNode | None:
        """What a call of ``Fn::Transform`` includes; None where only the deployment knows. Snippets include nothing."""
        document = self._root.document
        location = location_of(call) if call.document is document else None
        if location is None:
            return None
        from haanalyzer.frontends.cloudformation.stacks.location import locate  # few templates include anything

        path = locate(Known(data=location, place=call.place), document.path, self._session.files)
        return self._session.snippet(path) if isinstance(path, str) else None
