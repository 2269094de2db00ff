"""Making the fixes of a report: the new texts, what they change, and writing them."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import unified_diff
from errno import EACCES
from io import StringIO
from pathlib import Path

from haanalyzer.finding import Setting
from haanalyzer.mending import edits_of
from haanalyzer.results import Report
from haanalyzer.source.edit import Edit, NotEditableError, edited
from haanalyzer.source.encoding import rewrite
from haanalyzer.source.span import Span


@dataclass(frozen=True, slots=True)
class Fixed:
    """The new text of each changed file by its path, the edits that lead there, and how many findings that mends.

    ``left`` counts the findings whose changes disagree with those of others: another run may make them.
    """

    texts: Mapping[str, str]
    edits: Mapping[str, Sequence[Edit]]
    mended: int
    left: int


def fixed(report: Report) -> Fixed:
    """What the files are when every fix of a finding is made that can be made with the others."""
    made: dict[Span, tuple[Setting, ...]] = {}
    edits: dict[Span, tuple[Edit, ...]] = {}
    mended = left = 0
    for finding in report.findings():
        if finding.fix is None or not finding.fix.edits:
            continue
        changed = {setting.declaration for setting in finding.fix.settings}
        together = {
            place: (*made.get(place, ()), *(one for one in finding.fix.settings if one.declaration == place))
            for place in changed
        }
        try:
            edits |= {place: edits_of(settings, report.documents.__getitem__) for place, settings in together.items()}
        except NotEditableError:
            left += 1
        else:
            made |= together
            mended += 1
    by_path: dict[str, list[Edit]] = {}
    for place, chosen in sorted(edits.items()):
        by_path.setdefault(place.path, []).extend(chosen)
    texts = {path: edited(report.documents[path], chosen) for path, chosen in by_path.items()}
    return Fixed(texts, by_path, mended, left)


def differences(report: Report, changed: Fixed) -> Iterator[str]:
    """The lines of a unified diff from the files as they are to what they become."""
    for path, text in changed.texts.items():
        name = f"{path}\t" if " " in path else path
        for line in unified_diff(_lines(report.documents[path].text), _lines(text), f"a/{name}", f"b/{name}"):
            yield line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n"


def _lines(text: str) -> list[str]:
    """The lines as `patch` counts them: no other character than a line feed ends one."""
    return list(StringIO(text, newline="\n"))


def write(changed: Fixed, base: Path) -> None:
    """Write the changed files, in the encoding they have. OSError where one cannot be written; then none is."""
    for path in changed.texts:
        if not os.access(base / path, os.W_OK):
            raise PermissionError(EACCES, os.strerror(EACCES), path)
    for path, text in changed.texts.items():
        rewrite(base / path, text)
