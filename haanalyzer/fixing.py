"""Making the fixes of a report: the new texts, what they change, and writing them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import unified_diff
from pathlib import Path

from haanalyzer.results import Report
from haanalyzer.source.document import Document
from haanalyzer.source.edit import Edit, NotEditableError, edited
from haanalyzer.source.files import rewrite


@dataclass(frozen=True, slots=True)
class Fixed:
    """The new text of each changed file by its path, and how many findings that mends.

    ``left`` counts the findings whose edits run into those of others: another run makes them.
    """

    texts: Mapping[str, str]
    mended: int
    left: int


def fixed(report: Report) -> Fixed:
    """What the files are when every fix of a finding is made that can be made with the others."""
    edits: dict[str, list[Edit]] = {}
    mended = left = 0
    for finding in report.findings():
        if finding.fix is None or not finding.fix.edits:
            continue
        paths = {edit.place.path for edit in finding.fix.edits}
        together = {
            path: [*edits.get(path, ()), *(edit for edit in finding.fix.edits if edit.place.path == path)]
            for path in paths
        }
        if _can_be_made(together, report.documents):
            edits |= together
            mended += 1
        else:
            left += 1
    texts = {path: edited(report.documents[path], chosen) for path, chosen in sorted(edits.items())}
    return Fixed(texts, mended, left)


def _can_be_made(edits: Mapping[str, list[Edit]], documents: Mapping[str, Document]) -> bool:
    try:
        for path, chosen in edits.items():
            edited(documents[path], chosen)
    except NotEditableError:
        return False
    return True


def differences(report: Report, changed: Fixed) -> Iterator[str]:
    """The lines of a unified diff from the files as they are to what they become."""
    for path, text in changed.texts.items():
        before = report.documents[path].text.splitlines(keepends=True)
        for line in unified_diff(before, text.splitlines(keepends=True), f"a/{path}", f"b/{path}"):
            yield line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n"


def write(changed: Fixed, base: Path) -> None:
    """Write the changed files, in the encoding they have. OSError where one cannot be written."""
    for path, text in changed.texts.items():
        rewrite(base / path, text)
