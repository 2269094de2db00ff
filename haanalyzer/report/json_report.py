"""The report as plain JSON, for scripts. The shape is versioned: members are added, never changed."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from haanalyzer.finding import Fix, RuleInfo
from haanalyzer.report.options import RenderOptions
from haanalyzer.results import Judgement, Recorded, Report
from haanalyzer.source.diagnostic import Diagnostic
from haanalyzer.source.span import Span
from haanalyzer.values import Blocker

SCHEMA = "haanalyzer-report/v1"


def render(report: Report, options: RenderOptions) -> str:
    """The report as one JSON object, with ``passed`` where that is shown.

    Columns count code points, from 1; ends are exclusive.
    """
    coverage = report.coverage()
    passes = report.passes()
    content = {
        "schema": SCHEMA,
        "profile": report.profile,
        "deployments": list(report.deployments),
        "files": list(report.files),
        "rules": [_rule(rule, report, passes) for rule in report.rules],
        "findings": [_finding(one) for one in report.findings()],
        "suppressed": [_suppressed(one) for one in report.suppressed()],
        "undecided": [_undecided(one) for one in report.undecided()],
        **({"passed": [_passed(one) for one in report.passed()]} if "passed" in options.show else {}),
        **_beside_baseline(report),
        "diagnostics": [_diagnostic(each) for each in report.diagnostics],
        "coverage": {
            "checks": coverage.total,
            "decided": coverage.decided,
            "undecided": coverage.undecided,
            "blockers": [{**_blocker(blocker), "checks": count} for blocker, count in report.blockers()],
        },
    }
    return json.dumps(content, indent=2, allow_nan=False) + "\n"


def _rule(rule: RuleInfo, report: Report, passes: Mapping[str, int]) -> dict[str, Any]:
    severity = report.severities.get(rule.code, rule.severity)
    named = {"code": rule.code, "slug": rule.slug, "title": rule.title}
    return {**named, "severity": severity.value, "passed": passes[rule.code]}


def _diagnostic(diagnostic: Diagnostic) -> dict[str, Any]:
    said = {"code": diagnostic.code, "message": diagnostic.message, "error": diagnostic.is_error}
    return {"place": _place(diagnostic.place), **said}


def _beside_baseline(report: Report) -> dict[str, Any]:
    """What a baseline has, and what of it is none any more; or what else a change does than bring findings."""
    found: dict[str, Any] = {}
    if report.gone is not None:
        found["gone"] = [_gone(one) for one in report.gone]
    if report.gone is not None and report.comparison is None:
        found["known"] = [_finding(one) for one in report.recorded()]
    if report.comparison is not None:
        found["unsettled"] = [_undecided(one) for one in report.comparison.unsettled]
        found["newly_ignored"] = [_suppressed(one) for one in report.comparison.ignored]
    return found


def _gone(recorded: Recorded) -> dict[str, str]:
    code, deployment, subject, part, stack = recorded.identity
    return {
        "rule": code,
        "deployment": deployment,
        "stack": stack,
        "subject": subject,
        "part": part,
        "message": recorded.message,
        "path": recorded.path,
    }


def _finding(judgement: Judgement) -> dict[str, Any]:
    verdict = judgement.verdict
    return {
        **_subject(judgement),
        "severity": judgement.severity.value,
        "message": verdict.message,
        "when": verdict.when or None,
        "place": _place(judgement.place),
        "at": _place(verdict.at),
        "calls": [_place(call) for call in verdict.calls],
        "program": [_place(line) for line in judgement.program],
        "evidence": [{"place": _place(step.place), "text": step.text} for step in verdict.evidence],
        "fix": _fix(judgement.fix),
        "assuming": [
            {"name": one.name, "value": one.value, "place": _place(one.place)}
            for one in sorted(verdict.assuming, key=lambda one: (one.place, one.name, one.value))
        ],
    }


def _fix(fix: Fix | None) -> dict[str, Any] | None:
    if fix is None:
        return None
    edits = [{"place": _place(edit.place), "text": edit.text} for edit in fix.edits]
    return {"description": fix.description, "edits": edits, "obstacle": fix.obstacle}


def _suppressed(judgement: Judgement) -> dict[str, Any]:
    found = _finding(judgement)
    said = judgement.suppressed
    if said:
        until = said.until.isoformat() if said.until else None
        found["suppression"] = {"reason": said.reason, "until": until, "place": _place(said.place)}
    return found


def _undecided(judgement: Judgement) -> dict[str, Any]:
    return {
        **_subject(judgement),
        "place": _place(judgement.place),
        "blockers": [_blocker(blocker) for blocker in judgement.verdict.blockers],
        "fails": [
            {"when": each.when, "message": each.message, "at": _place(each.at)} for each in judgement.verdict.failures
        ],
    }


def _passed(judgement: Judgement) -> dict[str, Any]:
    return {**_subject(judgement), "place": _place(judgement.place)}


def _subject(judgement: Judgement) -> dict[str, str | bool | None]:
    return {
        "rule": judgement.rule.code,
        "slug": judgement.rule.slug,
        "deployment": judgement.deployment,
        "stack": judgement.stack,
        "example": judgement.of_example,
        "subject": judgement.verdict.subject,
        "construct": judgement.origin.construct if judgement.origin else None,
        "part": judgement.verdict.part,
    }


def _blocker(blocker: Blocker) -> dict[str, Any]:
    return {"term": blocker.term, "reason": blocker.reason, "place": _place(blocker.place)}


def _place(span: Span) -> dict[str, str | int]:
    return span._asdict()
