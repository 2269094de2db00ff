"""While a file is broken, what was found before it broke stays, where it can still be placed."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace

from haanalyzer.results import Identity, Judgement, Report
from haanalyzer.source.diagnostic import INTERNAL_ERROR
from haanalyzer.source.document import Document
from haanalyzer.source.span import Span

DeploymentsOf = Callable[[str], Collection[str]]
"""The paths of the deployments that a file belongs to."""


@dataclass(slots=True)
class LastGood:
    """The failures of each deployment when all of its files were last understood, and the texts they stood in."""

    _failures: dict[str, tuple[Judgement, ...]] = field(default_factory=dict)
    _documents: dict[str, Mapping[str, Document]] = field(default_factory=dict)

    def completed(self, report: Report, deployments_of: DeploymentsOf) -> Report:
        """The report, with what it cannot tell of broken deployments as it was told last.

        What still fails or passes is as it says; what became undecided or is gone stays a failure, without its fix.
        """
        broken = {
            deployment
            for path in {
                each.place.path for each in report.diagnostics if each.is_error and each.code != INTERNAL_ERROR
            }
            for deployment in deployments_of(path)
        }
        self._remember(report, broken)
        if not broken:
            return report
        decided = {one.identity for one in report.judgements if one.verdict.outcome != "undecided"}
        known = {deployment for deployment in broken if deployment in self._failures}
        told = [one for one in report.judgements if one.verdict.outcome != "undecided" or one.deployment not in known]
        kept = [one for deployment in sorted(known) for one in self._kept(deployment, report, decided)]
        return replace(report, judgements=(*told, *kept))

    def _remember(self, report: Report, broken: Collection[str]) -> None:
        failures: dict[str, list[Judgement]] = {path: [] for path in report.deployments if path not in broken}
        for one in report.judgements:
            if one.verdict.outcome == "fail" and one.deployment in failures:
                failures[one.deployment].append(one)
        self._failures = {path: self._failures[path] for path in broken if path in self._failures}
        self._documents = {path: self._documents[path] for path in self._failures}
        for path, found in failures.items():
            self._failures[path] = tuple(found)
            self._documents[path] = report.documents

    def _kept(self, deployment: str, report: Report, decided: Collection[Identity]) -> Iterable[Judgement]:
        before = self._documents[deployment]
        for one in self._failures[deployment]:
            if one.identity in decided:
                continue
            moved = _moved(one, before, report.documents)
            if moved is not None:
                yield moved


def _moved(one: Judgement, before: Mapping[str, Document], now: Mapping[str, Document]) -> Judgement | None:
    """The judgement where its lines are now; None where the line that it stands on is another."""

    def place_of(span: Span) -> Span | None:
        if span.path not in before or span.path not in now:
            return None
        return moved(span, before[span.path], now[span.path])

    at, place = place_of(one.verdict.at), place_of(one.place)
    if place is None:
        return None
    steps = ((place_of(step.place), step) for step in one.verdict.evidence)
    verdict = replace(
        one.verdict,
        at=at or place,
        evidence=tuple(replace(step, place=span) for span, step in steps if span is not None),
        calls=tuple(filter(None, map(place_of, one.verdict.calls))),
        assuming=frozenset(),
    )
    return replace(one, verdict=verdict, fix=None, cause=None)


def moved(span: Span, before: Document, now: Document) -> Span | None:
    """Where a stretch of one text is in another; None where it lies between the first and the last changed line."""
    if before.text == now.text:
        return span
    first, last = _changed_lines(before, now)
    if span.end_line < first:
        return span
    if span.line <= last:
        return None
    shift = len(now.line_starts) - len(before.line_starts)
    return span._replace(line=span.line + shift, end_line=span.end_line + shift)


def _changed_lines(before: Document, now: Document) -> tuple[int, int]:
    """The first and the last line (from 1) of a text that differ from another one."""
    old, new = before.text.split("\n"), now.text.split("\n")
    fewest = min(len(old), len(new))
    head = next((at for at in range(fewest) if old[at] != new[at]), fewest)
    tail = next((at for at in range(fewest - head) if old[-1 - at] != new[-1 - at]), fewest - head)
    return head + 1, len(old) - tail
