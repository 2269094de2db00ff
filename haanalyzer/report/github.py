"""Annotations of a GitHub workflow run: commands to its runner, a line each, and plain lines for the log."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal

from haanalyzer.finding import Severity
from haanalyzer.report.notes import notes, position
from haanalyzer.report.options import RenderOptions
from haanalyzer.report.places import Sources, is_above
from haanalyzer.report.summary import summary
from haanalyzer.report.words import counted, harmless, one_line
from haanalyzer.results import Report
from haanalyzer.source.span import Span

_MOST = 10  # of each level that GitHub shows for a step
_LONGEST_MESSAGE = 4_096  # characters: what the runner passes on

_Command = Literal["error", "warning", "notice"]
_COMMANDS: dict[Severity, _Command] = {
    Severity.ERROR: "error",
    Severity.WARNING: "warning",
    Severity.NOTE: "notice",
}


def render(report: Report, _options: RenderOptions) -> str:
    """At most ten annotations of each level, the rest counted, and the summary."""
    annotations = list(_annotations(report))
    lines = []
    for command in _COMMANDS.values():
        ours = [line for each, line in annotations if each == command]
        lines += ours[:_MOST]
        if len(ours) > _MOST:
            more = counted(len(ours) - _MOST, f"more {command}")
            lines.append(f"haanalyzer: {more}: GitHub shows {_MOST} of a level for each step")
    lines.append(f"haanalyzer: {_no_command(summary(report, chr(39)))}")
    return "\n".join(lines) + "\n"


def _annotations(report: Report) -> Iterator[tuple[_Command, str]]:
    """What could not be read, then the findings, each as the whole line of its command."""
    sources = Sources(report.documents)
    for diagnostic in report.diagnostics:
        if diagnostic.is_error:
            text = [f"Not read: {one_line(diagnostic.message)}"]
            yield "error", _annotation("error", sources, diagnostic.place, diagnostic.code, text)
    for one in report.findings():
        command = _COMMANDS[one.severity]
        text = [one_line(one.verdict.message), *map(str, notes(one, report))]
        yield command, _annotation(command, sources, one.place, f"{one.rule.code} {one.rule.slug}", text)


def _annotation(command: _Command, sources: Sources, place: Span, title: str, text: Sequence[str]) -> str:
    """``::error file=main.tf,line=3,endLine=3,col=5,endColumn=9,title=HA101 single-zone-tier::message``."""
    where = {} if is_above(place.path) else _where(sources, place)
    lines = text if where else [*text, f"at: {position(place)}"]
    properties = ",".join(f"{name}={_property(value)}" for name, value in {**where, "title": title}.items())
    return f"::{command} {properties}::{_escaped(_fitted(lines))}"


def _where(sources: Sources, place: Span) -> dict[str, str]:
    stretch = sources.stretch(place)
    narrow = place.first_line()
    start, end = stretch.utf16_columns if stretch else (narrow.column, narrow.end_column)
    line = str(place.line)
    return {"file": harmless(place.path), "line": line, "endLine": line, "col": str(start), "endColumn": str(end)}


def _fitted(lines: Sequence[str]) -> str:
    text = "\n".join(lines)
    return text if len(text) <= _LONGEST_MESSAGE else f"{text[: _LONGEST_MESSAGE - 1]}…"


def _escaped(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _escaped(text).replace(":", "%3A").replace(",", "%2C")


def _no_command(text: str) -> str:
    """Plain text in which the runner finds no command of its older form, which may stand anywhere on a line."""
    return text.replace("##[", "## [")
