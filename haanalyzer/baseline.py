"""Findings that were there before: what a report brings beyond them, and which of them are gone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace

from haanalyzer.results import Identity, Judgement, Recorded, Report


def record(report: Report) -> tuple[Recorded, ...]:
    """The open findings of a report, those that it has from a baseline included, in its order."""
    return tuple(
        Recorded(one.identity, one.place.path, one.verdict.message)
        for one in report.judgements
        if one.verdict.outcome == "fail" and one.suppressed is None
    )


def against(report: Report, before: Iterable[Recorded]) -> Report:
    """A report whose findings are those that were not there before; the others are `Report.recorded`.

    Findings are held together by what they are about, never by lines. Of several with one
    identity, as many are taken for old as were there.
    """
    known = list(before)
    left = Counter(each.identity for each in known)
    judgements = [_marked(one, left) for one in report.judgements]
    still = Counter(each.identity for each in known) - left
    gone = []
    for each in known:
        if still[each.identity]:
            still[each.identity] -= 1
        else:
            gone.append(each)
    return replace(report, judgements=tuple(judgements), gone=tuple(gone))


def _marked(one: Judgement, left: Counter[Identity]) -> Judgement:
    """The judgement, as recorded where one of its identity is left to be found."""
    if one.verdict.outcome != "fail" or one.suppressed is not None or not left[one.identity]:
        return one
    left[one.identity] -= 1
    return replace(one, recorded=True)
