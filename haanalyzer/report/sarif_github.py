"""The SARIF log for GitHub code scanning: open findings only, inside its limits.

GitHub shows passes, undecided checks and suppressed findings as open alerts,
takes two results of one rule on one line for the same alert, and knows no file
outside the repository.
"""

from __future__ import annotations

from haanalyzer.report.options import RenderOptions
from haanalyzer.report.places import Sources, is_above
from haanalyzer.report.sarif_json import to_text
from haanalyzer.report.sarif_log import log
from haanalyzer.report.sarif_result import ResultMaker
from haanalyzer.report.words import counted
from haanalyzer.results import Judgement, Report

_MOST_RESULTS = 5_000  # GitHub shows no more


def render(report: Report, options: RenderOptions) -> str:
    """The report as a SARIF 2.1.0 log for GitHub's upload."""
    findings = report.findings()
    nameable = [one for one in findings if not is_above(one.place.path)]
    groups = _one_per_line(nameable)
    sources = Sources(report.documents)
    maker = ResultMaker(sources, {rule.code: index for index, rule in enumerate(report.rules)}, inside_only=True)
    results = [maker.result(first, rest) for first, *rest in groups[:_MOST_RESULTS]]
    notes = []
    if len(groups) > _MOST_RESULTS:
        notes.append(
            f"GitHub shows {_MOST_RESULTS} results: the {len(groups) - _MOST_RESULTS} least severe are left out."
        )
    if len(nameable) < len(findings):
        outside = counted(len(findings) - len(nameable), "finding")
        notes.append(
            f"{outside} in files outside the analyzed folder cannot be shown: analyze from the repository's root."
        )
    return to_text(log(report, options, results, sources=sources, notes=notes))


def _one_per_line(findings: list[Judgement]) -> list[list[Judgement]]:
    """The findings by rule, file and line; the worst of each group first, and the worst groups first."""
    groups: dict[tuple[str, str, int], list[Judgement]] = {}
    for one in sorted(findings, key=lambda one: -one.severity.rank):
        groups.setdefault((one.rule.code, one.place.path, one.place.line), []).append(one)
    return list(groups.values())
