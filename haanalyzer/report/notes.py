"""What is said below a finding in every text: why, assuming what, how to mend it; and below an undecided check."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from haanalyzer.finding import Fix
from haanalyzer.report.words import harmless, one_line
from haanalyzer.results import Judgement, Recorded, Report
from haanalyzer.source.span import Span


class Note(NamedTuple):
    """A label such as ``because``, and one line of text."""

    label: str
    text: str

    def __str__(self) -> str:
        return f"{self.label}: {self.text}"


def notes(judgement: Judgement, report: Report) -> Iterator[Note]:
    """The notes of a failure, in the order of reading."""
    return (Note(label, one_line(text)) for label, text in _notes(judgement, report))


def _notes(judgement: Judgement, report: Report) -> Iterator[tuple[str, str]]:
    verdict = judgement.verdict
    if judgement.place != verdict.at:
        yield "at", f"{position(verdict.at)}, which this {judgement.leads} leads to"
    for step in verdict.evidence:
        yield "because", f"{position(step.place)}: {step.text}"
    for assumption in sorted(verdict.assuming, key=lambda one: (one.place, one.name, one.value)):
        yield "assuming", f"{assumption}, {position(assumption.place)}"
    if len(report.deployments) > 1 or judgement.stack:
        yield "in", judgement.where
    yield "mend", judgement.rule.mend
    if judgement.fix:
        yield "fix", _fix_words(judgement.fix)
    yield "see", f"haanalyzer explain {judgement.rule.code}"


def _fix_words(fix: Fix) -> str:
    if fix.obstacle:
        return f"{fix.description} by hand: {fix.obstacle}"
    return f"--fix would {fix.description}"


def lacks(judgement: Judgement) -> Iterator[Note]:
    """What an undecided check lacks, and where it fails in some case."""
    for failure in judgement.verdict.failures:
        yield Note("fails", one_line(f"when {failure.when}: {failure.message}, {position(failure.at)}"))
    for blocker in judgement.verdict.blockers:
        yield Note("lacks", one_line(f"{blocker.term}: {blocker.reason}, {position(blocker.place)}"))


def gone_words(recorded: Recorded, report: Report) -> str:
    """A finding that is none any more, on one line: ``HA101 single-zone-tier: what it said, network.yaml (Vpc)``."""
    code, _, subject, part, stack = recorded.identity
    slug = next((f" {rule.slug}" for rule in report.rules if rule.code == code), "")
    about = ", ".join(filter(None, (subject, part, stack)))
    return one_line(f"{code}{slug}: {recorded.message}, {recorded.path} ({about})")


def passed_checks(report: Report) -> Iterator[tuple[str, str]]:
    """The checks that passed, by resource: which one it is, and the rules that hold of it, each on one line."""
    checks: dict[tuple[str, str], list[Judgement]] = {}
    for one in report.passed():
        checks.setdefault((one.where, one.verdict.subject), []).append(one)
    for (deployment, address), passed in checks.items():
        where = f", in {deployment}" if len(report.deployments) > 1 or passed[0].stack else ""
        yield (
            one_line(f"{address}, {position(passed[0].place)}{where}"),
            one_line(", ".join(f"{one.rule.code} {one.rule.slug}{_of_part(one)}" for one in passed)),
        )


def _of_part(judgement: Judgement) -> str:
    return f" ({judgement.verdict.part})" if judgement.verdict.part else ""


def subject(judgement: Judgement) -> str:
    """What a judgement is about, on one line: ``Vpc, private``; by its construct where a program made it."""
    verdict = judgement.verdict
    named = judgement.origin.construct if judgement.origin else verdict.subject
    return one_line(f"{named}, {verdict.part}" if verdict.part else named)


def position(place: Span) -> str:
    """``path:line:column``, harmless to print."""
    return harmless(f"{place.path}:{place.line}:{place.column}")
