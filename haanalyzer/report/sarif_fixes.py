"""Fixes as SARIF's changes of artifacts."""

from __future__ import annotations

from itertools import groupby

import sarif_om as om

from haanalyzer.finding import Fix
from haanalyzer.report.places import Sources
from haanalyzer.report.sarif_places import artifact_location
from haanalyzer.report.words import plain
from haanalyzer.source.edit import Edit


def fixes(sources: Sources, fix: Fix | None) -> list[om.Fix] | None:
    """The one fix of a result; None where there is none, or nothing safe to do."""
    if fix is None or not fix.edits:
        return None
    by_path = groupby(sorted(fix.edits, key=lambda edit: edit.place), key=lambda edit: edit.place.path)
    changes = [
        om.ArtifactChange(
            artifact_location=artifact_location(path), replacements=[_replacement(sources, edit) for edit in edits]
        )
        for path, edits in by_path
    ]
    words = plain(fix.description)
    return [om.Fix(description=om.Message(text=f"{words[:1].upper()}{words[1:]}."), artifact_changes=changes)]


def _replacement(sources: Sources, edit: Edit) -> om.Replacement:
    place = edit.place
    region = om.Region(
        start_line=place.line,
        start_column=_utf16_column(sources, place.path, place.line, place.column),
        end_line=place.end_line,
        end_column=_utf16_column(sources, place.path, place.end_line, place.end_column),
    )
    return om.Replacement(deleted_region=region, inserted_content=om.ArtifactContent(text=edit.text))


def _utf16_column(sources: Sources, path: str, line: int, column: int) -> int:
    """The column as SARIF counts it here: in UTF-16 code units."""
    source = sources.text(path)
    before = source.line(line)[: column - 1] if source else ""
    return column + sum(ord(each) > 0xFFFF for each in before)
