"""An analysis as the protocol's diagnostics, by the file that each is shown in."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from lsprotocol import types

from haanalyzer.finding import Severity
from haanalyzer.lsp.analysis import Analysis, Buffer
from haanalyzer.lsp.positions import Positions
from haanalyzer.lsp.uris import uri_of
from haanalyzer.report.options import rule_page
from haanalyzer.report.places import SourceText
from haanalyzer.report.words import abridged, one_line
from haanalyzer.results import Judgement
from haanalyzer.source.diagnostic import INTERNAL_ERROR, Diagnostic
from haanalyzer.source.document import Document
from haanalyzer.source.span import Span

SOURCE = "haanalyzer"

_SEVERITIES = {
    Severity.ERROR: types.DiagnosticSeverity.Error,
    Severity.WARNING: types.DiagnosticSeverity.Warning,
    Severity.NOTE: types.DiagnosticSeverity.Information,
}


@dataclass(frozen=True, slots=True)
class Places:
    """Where the places of an analysis are for a client."""

    base: Path
    buffers: Mapping[str, Buffer]
    documents: Mapping[str, Document]
    positions: Positions

    def uri(self, path: str) -> str:
        """The URI of a file; what the client has open is called as it calls it."""
        buffer = self.buffers.get(path)
        return buffer.uri if buffer else _uri(str(self.base), path)

    def range(self, span: Span) -> types.Range:
        """What is to be underlined: a part of the first line, never nothing where there is a text."""
        document = self.documents.get(span.path)
        if document is None:
            line = span.line - 1
            return types.Range(types.Position(line, 0), types.Position(line, 0))
        stretch = SourceText(document).stretch(span)
        start = document.offset(min(stretch.line, len(document.line_starts)), 1)
        return self.positions.range(document, start + stretch.start, start + stretch.end)

    def location(self, span: Span) -> types.Location:
        return types.Location(self.uri(span.path), self.range(span))

    def is_folder(self, path: str) -> bool:
        """Whether a place that has no text is a folder, which no editor shows."""
        return path not in self.documents and Path(self.base, path).is_dir()


@lru_cache(maxsize=10_000)
def _uri(base: str, path: str) -> str:
    return uri_of(Path(os.path.normpath(Path(base, path))))


def diagnostics_of(analysis: Analysis, places: Places, *, related: bool) -> dict[str, list[types.Diagnostic]]:
    """The diagnostics of an analysis by URI.

    With ``related``, the client shows related places; for one that does not, the chain stands in the message.
    """
    found: dict[str, list[types.Diagnostic]] = {}
    for each in analysis.report.diagnostics:
        if each.code != INTERNAL_ERROR and not places.is_folder(each.place.path):
            found.setdefault(places.uri(each.place.path), []).append(_unread(each, places.range(each.place)))
    for problem in analysis.configured.problems:
        if problem.path is not None and problem.diagnostic is not None:
            place = problem.diagnostic.place
            at = types.Range(types.Position(place.line - 1, 0), types.Position(place.line, 0))
            found.setdefault(uri_of(problem.path), []).append(_unread(problem.diagnostic, at))
    for one, others in alike(_shown(analysis)):
        shown = _finding(one, others, places, related=related)
        found.setdefault(places.uri(one.place.path), []).append(shown)
    return found


def _shown(analysis: Analysis) -> Iterator[Judgement]:
    yield from analysis.report.findings()
    if analysis.settings.show_undecided or "undecided" in analysis.configured.settings.show:
        yield from analysis.report.undecided()


def alike(judgements: Iterable[Judgement]) -> Iterator[tuple[Judgement, list[Judgement]]]:
    """Judgements that a reader could not tell apart: the first, and those of other instances or deployments."""
    groups: dict[tuple[str, str, Span, str], list[Judgement]] = {}
    for one in judgements:
        key = (one.rule.code, one.verdict.outcome, one.place, one.verdict.message)
        groups.setdefault(key, []).append(one)
    for first, *others in groups.values():
        yield first, others


def _unread(diagnostic: Diagnostic, at: types.Range) -> types.Diagnostic:
    is_idle = diagnostic.code == "unused-suppression"
    return types.Diagnostic(
        range=at,
        message=one_line(diagnostic.message),
        severity=types.DiagnosticSeverity.Error if diagnostic.is_error else types.DiagnosticSeverity.Information,
        code=diagnostic.code,
        source=SOURCE,
        tags=[types.DiagnosticTag.Unnecessary] if is_idle else None,
    )


def _finding(one: Judgement, others: list[Judgement], places: Places, *, related: bool) -> types.Diagnostic:
    page = rule_page(one.rule)
    chain = list(_chain(one, others))
    message = _message(one)
    if not related:
        message = "\n".join((message, *(f"{text} ({place})" for place, text in chain)))
    failed = one.verdict.outcome == "fail"
    return types.Diagnostic(
        range=places.range(one.place),
        message=message,
        severity=_SEVERITIES[one.severity] if failed else types.DiagnosticSeverity.Hint,
        code=one.rule.code,
        code_description=types.CodeDescription(page) if page else None,
        source=SOURCE,
        related_information=[types.DiagnosticRelatedInformation(places.location(place), text) for place, text in chain]
        if related
        else None,
        data={"finding": one.identity.digest},
    )


def _message(one: Judgement) -> str:
    if one.verdict.outcome == "fail":
        return one_line(one.verdict.message + (f", in the stack {one.stack}" if one.stack else ""))
    lacking = ", ".join(f"{abridged(each.term)} ({each.reason})" for each in one.verdict.blockers)
    return one_line(f"{one.rule.slug} cannot be decided for {one.verdict.subject}: it lacks {lacking}")


def _chain(one: Judgement, others: Iterable[Judgement]) -> Iterator[tuple[Span, str]]:
    """The places that a judgement rests on, in the order of its argument, each with what holds there."""
    verdict = one.verdict
    if one.place != verdict.at:
        yield verdict.at, "this call leads here"
    for step in verdict.evidence:
        yield step.place, one_line(step.text)
    for blocker in verdict.blockers:
        yield blocker.place, one_line(f"{abridged(blocker.term)}: {blocker.reason}")
    for assumption in sorted(verdict.assuming, key=lambda each: (each.place, each.name)):
        yield assumption.place, one_line(f"assuming {assumption}")
    for other in others:
        yield (
            other.verdict.calls[0] if other.verdict.calls else other.verdict.at,
            (
                one_line(
                    f"the same holds for {other.verdict.subject}"
                    + (f" in {other.where}" if other.where != one.where else "")
                )
            ),
        )
