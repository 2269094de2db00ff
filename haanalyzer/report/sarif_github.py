"""The SARIF log for GitHub code scanning: open findings only, inside its limits.

GitHub shows passes, undecided checks and suppressed findings as open alerts,
takes two results of one rule on one line for the same alert, and knows no file
outside the repository.
"""

from __future__ import annotations

import gzip
from collections.abc import Callable

import sarif_om as om

from haanalyzer.report.options import RenderOptions
from haanalyzer.report.places import Sources, is_above
from haanalyzer.report.sarif_json import to_text
from haanalyzer.report.sarif_log import log
from haanalyzer.report.sarif_result import ResultMaker
from haanalyzer.report.words import counted
from haanalyzer.results import Judgement, Report

_MOST_RESULTS = 5_000  # GitHub shows no more
_MOST_BYTES = 10_000_000  # of the compressed log: GitHub refuses a larger one


def render(report: Report, options: RenderOptions) -> str:
    """The report as a SARIF 2.1.0 log for GitHub's upload."""
    findings = report.findings()
    nameable = [one for one in findings if not is_above(one.place.path)]
    groups = _one_per_line(nameable)
    sources = Sources(report.documents)
    maker = ResultMaker(sources, {rule.code: index for index, rule in enumerate(report.rules)}, inside_only=True)
    results = [maker.result(first, rest) for first, *rest in groups[:_MOST_RESULTS]]
    notes = []
    if len(nameable) < len(findings):
        outside = counted(len(findings) - len(nameable), "finding")
        notes.append(
            f"{outside} in files outside the analyzed folder cannot be shown: analyze from the repository's root."
        )

    def text(*more: str) -> str:
        left_out = len(groups) - len(results)
        shown = [f"GitHub shows {len(results)} results: the {left_out} least severe are left out."] if left_out else []
        return to_text(log(report, options, results, sources=sources, notes=[*shown, *notes, *more]))

    return _fitted(text, results)


def _one_per_line(findings: list[Judgement]) -> list[list[Judgement]]:
    """The findings by rule, file and line; the worst of each group first.

    The worst groups come first, and of these the ones that stand for the most findings:
    a line of a shared module weighs more than one that a single deployment has.
    """
    groups: dict[tuple[str, str, int], list[Judgement]] = {}
    for one in sorted(findings, key=lambda one: -one.severity.rank):
        groups.setdefault((one.rule.code, one.place.path, one.place.line), []).append(one)
    return sorted(groups.values(), key=lambda group: (-group[0].severity.rank, -len(group)))


def _fitted(text: Callable[..., str], results: list[om.Result]) -> str:
    """The text of the log within GitHub's limit: without code flows, and then without the least severe results."""
    whole = text()
    if _is_small_enough(whole):
        return whole
    for result in results:
        result.code_flows = None
    note = "The code flows are left out: with them, the log is larger than GitHub takes."
    while not _is_small_enough(whole := text(note)) and results:
        del results[len(results) * 3 // 4 :]
    return whole


def _is_small_enough(text: str) -> bool:
    return len(text) <= _MOST_BYTES or len(gzip.compress(text.encode())) <= _MOST_BYTES
