"""How results compare with the baseline, in SARIF's words."""

from __future__ import annotations

from collections import Counter

import sarif_om as om

from haanalyzer.report.places import Sources
from haanalyzer.report.sarif_places import Subject, primary_location
from haanalyzer.report.words import sentence
from haanalyzer.results import Recorded, Report
from haanalyzer.source.span import start_of


def states(report: Report) -> tuple[list[str | None], list[Recorded]]:
    """The ``baselineState`` of each judgement, and what of the baseline is absent.

    A baseline holds open failures. One that is there is unchanged; of one that is judged otherwise now
    (it passes, or is ignored) the judgement is updated; everything else is new to the baseline.
    """
    if report.gone is None:
        return [None] * len(report.judgements), []
    left = Counter(each.identity for each in report.gone)
    found: list[str | None] = []
    for one in report.judgements:
        is_open = one.verdict.outcome == "fail" and one.suppressed is None
        updated = not is_open and left[one.identity] > 0
        left[one.identity] -= updated
        found.append("unchanged" if one.recorded else "updated" if updated else "new")
    absent = []
    for each in report.gone:
        if left[each.identity] > 0:
            left[each.identity] -= 1
            absent.append(each)
    return found, absent


def absent_result(recorded: Recorded, report: Report, sources: Sources) -> om.Result:
    """The result of a finding that is none any more, at the beginning of the file that it was shown in."""
    codes = [rule.code for rule in report.rules]
    identity = recorded.identity
    known = identity.code in codes
    said = {"deployment": identity.deployment, "stack": identity.stack, "part": identity.part}
    properties = {name: word for name, word in said.items() if word}
    return om.Result(
        rule_id=identity.code,
        rule_index=codes.index(identity.code) if known else -1,
        kind="fail",
        level=report.severities[identity.code].value if known else "warning",
        message=om.Message(text=sentence(recorded.message)),
        locations=[primary_location(sources, start_of(recorded.path), [Subject(identity.subject)])],
        partial_fingerprints={"haFinding/v1": identity.digest},
        baseline_state="absent",
        properties=properties,
    )
