"""What is shown of every file, whichever projects say it, and whether that is news."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from lsprotocol.types import Diagnostic


@dataclass(slots=True)
class Board:
    """The diagnostics of all projects by URI. Each content of a file has an id of its own."""

    _by_project: dict[object, Mapping[str, Sequence[Diagnostic]]] = field(default_factory=dict)
    _shown: dict[str, tuple[str, list[Diagnostic]]] = field(default_factory=dict)
    _last: int = 0

    def put(self, project: object, found: Mapping[str, Sequence[Diagnostic]]) -> list[str]:
        """Take in all that a project says now; the URIs of which something else is shown than before, sorted."""
        before = self._by_project.get(project, {})
        self._by_project[project] = found
        return [uri for uri in sorted(before.keys() | found.keys()) if self._differs(uri)]

    def drop(self, project: object) -> list[str]:
        """Forget a project; the same answer as that of `put`."""
        changed = self.put(project, {})
        del self._by_project[project]
        return changed

    def items(self, uri: str) -> list[Diagnostic]:
        """What is shown of a file."""
        return self._shown[uri][1] if uri in self._shown else []

    def result_id(self, uri: str) -> str:
        """What names the present content; the same for all files that nothing was ever shown of."""
        return self._shown[uri][0] if uri in self._shown else "0"

    def uris(self) -> list[str]:
        """The files that anything is or was shown of, sorted."""
        return sorted(self._shown)

    def _differs(self, uri: str) -> bool:
        items: list[Diagnostic] = []
        for found in self._by_project.values():
            items += (each for each in found.get(uri, ()) if each not in items)
        if items == self.items(uri):
            return False
        self._last += 1
        self._shown[uri] = str(self._last), items
        return True
