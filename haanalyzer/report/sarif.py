"""The full SARIF log: every judgement, passes and undecided ones too, and what the user said to ignore."""

from __future__ import annotations

import sarif_om as om

from haanalyzer.report.options import RenderOptions
from haanalyzer.report.places import Sources
from haanalyzer.report.sarif_baseline import absent_result, states
from haanalyzer.report.sarif_fixes import fixes
from haanalyzer.report.sarif_json import to_text
from haanalyzer.report.sarif_log import log
from haanalyzer.report.sarif_places import location
from haanalyzer.report.sarif_result import ResultMaker
from haanalyzer.report.words import one_line
from haanalyzer.results import Report, Suppression


def render(report: Report, options: RenderOptions) -> str:
    """The report as a SARIF 2.1.0 log for tools that read all of the standard."""
    sources = Sources(report.documents)
    maker = ResultMaker(sources, {rule.code: index for index, rule in enumerate(report.rules)})
    # The standard: when any result carries the property, all of them do.
    states_suppressions = any(one.suppressed for one in report.judgements)
    baseline_states, absent = states(report)
    results = []
    for judgement, state in zip(report.judgements, baseline_states, strict=True):
        result = maker.result(judgement)
        result.fixes = fixes(sources, judgement.fix)
        result.baseline_state = state
        if judgement.suppressed:
            result.suppressions = [_suppression(sources, judgement.suppressed)]
        results.append(result)
    results += (absent_result(each, report, sources) for each in absent)
    if states_suppressions:
        for result in results:
            result.suppressions = result.suppressions or []
    artifacts = sorted({*report.files, *report.documents})
    return to_text(log(report, options, results, sources=sources, artifacts=artifacts))


def _suppression(sources: Sources, suppression: Suppression) -> om.Suppression:
    return om.Suppression(
        kind="external" if suppression.is_ours else "inSource",
        state="accepted",
        justification=one_line(suppression.reason) or None,
        location=location(sources, suppression.place),
        properties={"until": suppression.until.isoformat()} if suppression.until else None,
    )
