"""What was found and covered, in one sentence for every format."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from haanalyzer.finding import Severity
from haanalyzer.report.words import abridged, counted, harmless
from haanalyzer.results import Report
from haanalyzer.values import Blocker


def summary(report: Report, quote: str) -> str:
    """``2 errors in 3 files; 212 of 219 checks decided; 1 ignored``; terms stand in the given quotes."""
    parts = [*_findings_words(report), coverage_words(report, quote)]
    ignored = [one.suppressed for one in report.suppressed()]
    if ignored:
        ours = sum(each is not None and each.is_ours for each in ignored)
        share = "all" if ours == len(ignored) else ours
        parts.append(
            f"{len(ignored)} ignored" + (f", {share} of them on what the CDK makes for itself" if ours else "")
        )
    unread = sum(one.is_error for one in report.diagnostics)
    if unread:
        parts.append(f"{counted(unread, 'part')} not read")
    return "; ".join(parts)


def _findings_words(report: Report) -> Iterator[str]:
    """What there is, or what a change does to it."""
    found = severity_words(report)
    if report.comparison is None:
        yield f"{found or 'No flaw found'} in {counted(len(report.files), 'file')}{_of_examples(report)}"
        if report.gone is not None:
            yield f"{len(report.recorded())} known (baseline){f', {len(report.gone)} gone' if report.gone else ''}"
        return
    yield f"Brings {found or 'no flaw'}, takes away {len(report.gone or ()) or 'none'}"
    unsettled, ignored = len(report.comparison.unsettled), len(report.comparison.ignored)
    if unsettled:
        yield f"{counted(unsettled, 'check')} can no longer be decided"
    if ignored:
        yield f"{counted(ignored, 'finding')} newly ignored"


def _of_examples(report: Report) -> str:
    """``, 3 of them in examples and tests``."""
    of_examples = [one for one in report.findings() if one.of_example]
    if not of_examples:
        return ""
    share = "all" if len(of_examples) == len(report.findings()) else len(of_examples)
    return f", {share} of them in examples and tests"


def coverage_words(report: Report, quote: str) -> str:
    """``212 of 219 checks decided; 7 undecided, 4 of them for `var.subnet_ids` (main.tf:12)``.

    Where modules are missing: ``; 5 wait for `terraform init` ``. Where too much was to be
    evaluated: ``; 2 are past the budget of evaluation``.
    """
    coverage = report.coverage()
    if not coverage.total:
        return "nothing to check"
    words = f"{coverage.decided} of {counted(coverage.total, 'check')} decided"
    if not coverage.undecided:
        return words
    words += f"; {coverage.undecided} undecided"
    ranked = report.blockers()
    if not ranked:
        return words
    blocker, blocked = ranked[0]
    share = "" if coverage.undecided == 1 else f", {'all' if blocked == coverage.undecided else blocked} of them"
    waiting = report.not_installed()
    init = f"; {waiting} {'waits' if waiting == 1 else 'wait'} for {quote}terraform init{quote}" if waiting else ""
    past = report.past_budget()
    budget = f"; {past} {'is' if past == 1 else 'are'} past the budget of evaluation" if past else ""
    return f"{words}{share} for {blocker_words(blocker, quote)}{init}{budget}"


def blocker_words(blocker: Blocker, quote: str) -> str:
    """A term and where it is written: `` `var.subnet_ids` (main.tf:12)``."""
    return f"{quote}{abridged(blocker.term)}{quote} ({harmless(str(blocker.place))})"


def severity_words(report: Report) -> str:
    """``2 errors, 1 warning``, the worst first; empty when there is no finding."""
    counts = Counter(one.severity for one in report.findings())
    return ", ".join(counted(counts[each], each.value) for each in reversed(Severity) if counts[each])
