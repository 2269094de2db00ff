"""Places as SARIF locations."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple
from urllib.parse import quote

import sarif_om as om

from haanalyzer.report.places import Sources, Stretch, is_absolute
from haanalyzer.report.words import plain
from haanalyzer.source.span import Span

ROOT = "%SRCROOT%"
_CONTEXT_LINES = 2
_LONGEST_SNIPPET = 2_000


def artifact_location(path: str) -> om.ArtifactLocation:
    """A file by its encoded path below a named base: the folder of the analysis, or one above it.

    An absolute path, of a file on no common root, has no base.
    """
    if is_absolute(path):
        return om.ArtifactLocation(uri=f"file:///{_encoded(path.removeprefix('/'))}")
    parts = path.split("/")
    above = 0
    while parts[above : above + 1] == [".."]:
        above += 1
    return om.ArtifactLocation(uri=_encoded("/".join(parts[above:])), uri_base_id=base_id(above))


def _encoded(path: str) -> str:
    return quote(path, safe="/", errors="backslashreplace")


def base_id(above: int) -> str:
    """The name of the folder so many steps above the base of the analysis."""
    return ROOT if not above else f"%SRCROOT_PARENT{'' if above == 1 else above}%"


def bases(paths: list[str]) -> dict[str, om.ArtifactLocation]:
    """The named folders that these paths lie below. They have no address, so a log is the same on every machine."""
    deepest = max((path.split("/").count("..") for path in paths), default=0)
    found = {ROOT: _folder("The folder that the analysis was started in.")}
    for above in range(1, deepest + 1):
        found[base_id(above)] = _folder(f"The folder above '{base_id(above - 1)}'.")
    return found


def _folder(text: str) -> om.ArtifactLocation:
    return om.ArtifactLocation(description=om.Message(text=text))


class Subject(NamedTuple):
    """What a result is about: a resource's address, and the construct that made it where a program did."""

    address: str
    construct: str | None = None


def primary_location(sources: Sources, span: Span, subjects: Iterable[Subject]) -> om.Location:
    """The place of a result: with the lines around it, and the resources it is about."""
    found = location(sources, span)
    found.physical_location.context_region = _context(sources, span)
    found.logical_locations = [_logical_location(each) for each in subjects]
    return found


def _logical_location(subject: Subject) -> om.LogicalLocation:
    """A resource by its address; a construct by its path, with the address as the name that a machine gave it."""
    if subject.construct is None:
        return om.LogicalLocation(fully_qualified_name=subject.address, kind="resource")
    return om.LogicalLocation(
        fully_qualified_name=subject.construct,
        name=subject.construct.rpartition("/")[2],
        decorated_name=subject.address,
        kind="resource",
    )


def location(sources: Sources, span: Span, message: str = "", number: int | None = None) -> om.Location:
    """A place on one line, with the text that stands there; a number makes it a target of links."""
    return om.Location(
        id=-1 if number is None else number,
        message=om.Message(text=plain(message)) if message else None,
        physical_location=om.PhysicalLocation(
            artifact_location=artifact_location(span.path), region=_region(sources, span)
        ),
    )


def _region(sources: Sources, span: Span) -> om.Region:
    stretch = sources.stretch(span)
    return _bare_region(span) if stretch is None else _marked_region(stretch)


def _bare_region(span: Span) -> om.Region:
    """What is known of a place whose text is not at hand."""
    narrow = span.first_line()
    return om.Region(
        start_line=narrow.line,
        start_column=narrow.column,
        end_line=narrow.end_line,
        end_column=max(narrow.end_column, narrow.column),
    )


def _marked_region(stretch: Stretch) -> om.Region:
    start, end = stretch.utf16_columns
    return om.Region(
        start_line=stretch.line,
        start_column=start,
        end_line=stretch.line,
        end_column=end,
        snippet=_snippet(stretch.marked),
    )


def _context(sources: Sources, span: Span) -> om.Region | None:
    """The lines around; None where they hold no more than the region itself, or too much."""
    source = sources.text(span.path)
    if source is None:
        return None
    stretch = source.stretch(span)
    first = max(stretch.line - _CONTEXT_LINES, 1)
    last = min(stretch.line + _CONTEXT_LINES, source.line_count)
    if not source.line(last) and last > stretch.line:
        last -= 1
    text = "\n".join(source.line(number) for number in range(first, last + 1))
    snippet = _snippet(text)
    if snippet is None or text == stretch.marked:
        return None
    return om.Region(start_line=first, end_line=last, snippet=snippet)


def _snippet(text: str) -> om.ArtifactContent | None:
    return om.ArtifactContent(text=text) if len(text) <= _LONGEST_SNIPPET else None
