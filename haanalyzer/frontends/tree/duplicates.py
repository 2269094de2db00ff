"""What is said of keys that a map has several times."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from haanalyzer.frontends.tree.nodes import Entry
from haanalyzer.source.diagnostic import Diagnostic
from haanalyzer.source.document import Document


def duplicates(
    document: Document, entries: Mapping[str, Entry], repeated: Iterable[tuple[str, Entry]]
) -> Iterator[Diagnostic]:
    """One diagnostic for each key that a map has again: at the last one, which counts.

    ``repeated`` are the entries that do not count, in the order written; their lines are named.
    """
    hidden: dict[str, list[int]] = {}
    for name, entry in repeated:
        hidden.setdefault(name, []).append(document.position(entry.start)[0])
    for name, lines in hidden.items():
        start, end, _ = entries[name]
        place = document.span(start, end).first_line()
        message = f"expected each key once, found {name!r} again; the last one counts, and {_those_on(lines)} not read"
        yield Diagnostic(place, "duplicate-key", message, hides=False)


def _those_on(lines: list[int]) -> str:
    *others, last = dict.fromkeys(map(str, lines))
    if others:
        return f"those on lines {', '.join(others)} and {last} are"
    return f"{'that' if len(lines) == 1 else 'those'} on line {last} {'is' if len(lines) == 1 else 'are'}"
