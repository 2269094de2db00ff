"""Code lenses: the zones that resources stand in, above their first lines."""

from __future__ import annotations

from collections.abc import Sequence

from lsprotocol.types import CodeLens, Command

from haanalyzer.graph import ResourceGraph
from haanalyzer.lsp.findings import Places
from haanalyzer.lsp.words import STANDING, zones_in_words
from haanalyzer.source.span import Span

_MOST = 3
"""How many instances that stand differently are told apart on one line."""


def lenses_of(path: str, graphs: Sequence[ResourceGraph], places: Places) -> list[CodeLens]:
    """A lens for each line of a file that declares something which stands in zones."""
    found: dict[Span, dict[str, None]] = {}
    for graph in graphs:
        for resource in graph.of_kind(*sorted(STANDING)):
            if resource.place.path == path and (words := zones_in_words(resource, graph)):
                found.setdefault(resource.place, {})[words] = None
    # a command without a name is shown, and does nothing
    return [CodeLens(places.range(place), Command(_title(list(words)), "")) for place, words in sorted(found.items())]


def _title(words: list[str]) -> str:
    more = f" | {len(words) - _MOST} more" if len(words) > _MOST else ""
    return f"zones: {' | '.join(words[:_MOST])}{more}"
