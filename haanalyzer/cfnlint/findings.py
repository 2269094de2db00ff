"""The one analysis, and what of its report a match can say."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from cfnlint.template import Template

from haanalyzer.cfnlint.ids import NOT_READ
from haanalyzer.cfnlint.messages import Line, message_of
from haanalyzer.cfnlint.subject import Subject, inputs_of
from haanalyzer.engine import analyze
from haanalyzer.finding import Severity
from haanalyzer.policy import Standards
from haanalyzer.report.words import abridged, counted, one_line
from haanalyzer.results import Judgement, Report
from haanalyzer.source.diagnostic import Diagnostic
from haanalyzer.source.span import Span, start_of


class Found(NamedTuple):
    """What is to be shown: of which rule, how much it weighs, where in the template, and what it says."""

    code: str
    weight: Severity
    place: Span
    message: str


def findings(subject: Subject, cfn: Template, standards: Standards) -> Iterator[Found]:
    """What the standards find in a template, for each set of parameters that is known."""
    line = subject.places(cfn).line
    for inputs in inputs_of(cfn):
        report = analyze([subject.path], subject.files(cfn), inputs, standards)
        yield from (_of_judgement(judgement, subject.path, line) for judgement in report.findings())
        yield from (_of_diagnostic(diagnostic, subject) for diagnostic in report.diagnostics)
        yield from _of_undecided(report, subject)


def not_read(subject: Subject, message: str, weight: Severity = Severity.ERROR) -> Found:
    """What concerns the analysis as a whole: an error where there was none, a note where it left something out."""
    return Found(NOT_READ, weight, start_of(subject.path), one_line(message))


def _of_judgement(judgement: Judgement, path: str, line: Line) -> Found:
    place = _place_in(path, judgement)
    return Found(judgement.rule.code, judgement.severity, place, message_of(judgement, path, line))


def _place_in(path: str, judgement: Judgement) -> Span:
    """Where the finding is in this template; for what is in a nested one, the stack that leads there."""
    verdict = judgement.verdict
    places = (judgement.place, verdict.at, *verdict.calls, *(step.place for step in verdict.evidence))
    return next((place for place in places if place.path == path), start_of(path))


def _of_diagnostic(diagnostic: Diagnostic, subject: Subject) -> Found:
    weight = Severity.ERROR if diagnostic.is_error else Severity.NOTE
    return _about(subject, diagnostic.place, f"{diagnostic.message} [{diagnostic.code}]", weight)


def _of_undecided(report: Report, subject: Subject) -> Iterator[Found]:
    """Silence of a rule is no pass where the deployment decides."""
    for blocker, checks in report.blockers():
        words = f"{counted(checks, 'check')} undecided for `{abridged(blocker.term)}`: {blocker.reason}"
        yield _about(subject, blocker.place, words, Severity.NOTE)


def _about(subject: Subject, place: Span, message: str, weight: Severity) -> Found:
    if place.path != subject.path:
        return not_read(subject, f"{place}: {message}", weight)
    return Found(NOT_READ, weight, place, one_line(message))
