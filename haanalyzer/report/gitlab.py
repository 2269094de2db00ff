"""Code quality in GitLab: the part of the CodeClimate format that a merge request shows."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from haanalyzer.finding import Severity
from haanalyzer.report.notes import notes, subject
from haanalyzer.report.options import RenderOptions
from haanalyzer.report.words import harmless, one_line, ordinals
from haanalyzer.results import Judgement, Report
from haanalyzer.source.diagnostic import Diagnostic
from haanalyzer.source.span import Span

_SEVERITIES = {Severity.NOTE: "minor", Severity.WARNING: "major", Severity.ERROR: "critical"}


def render(report: Report, _options: RenderOptions) -> str:
    """A JSON array: the open findings, then what could not be read.

    GitLab tells new from known issues by their fingerprints, which say nothing of lines, and
    shows one issue of those that share a fingerprint.
    """
    findings = report.findings()
    unread = [each for each in report.diagnostics if each.is_error]
    issues = [
        *(_issue(one, report) for one in findings),
        *(_unread(each) for each in unread),
    ]
    for issue, number in zip(issues, ordinals(issue["fingerprint"] for issue in issues), strict=True):
        if number > 1:
            issue["fingerprint"] = _digest(issue["fingerprint"], str(number))
    return json.dumps(issues, indent=2) + "\n"


def _issue(one: Judgement, report: Report) -> dict[str, Any]:
    body = [f"{one.rule.code} {one.rule.slug}: {subject(one)}", *map(str, notes(one, report))]
    return {
        "type": "issue",
        "check_name": one.rule.code,
        "description": one_line(one.verdict.message),
        "content": {"body": "\n".join(f"    {line}" for line in body)},  # Markdown, in which a code block is safe
        "categories": ["Bug Risk"],
        "severity": _SEVERITIES[one.severity],
        "fingerprint": one.identity.digest,
        "location": _location(one.place),
    }


def _unread(diagnostic: Diagnostic) -> dict[str, Any]:
    return {
        "type": "issue",
        "check_name": diagnostic.code,
        "description": one_line(f"Not read: {diagnostic.message}"),
        "categories": ["Bug Risk"],
        "severity": "critical",
        "fingerprint": _digest(diagnostic.code, diagnostic.place.path, diagnostic.message),
        "location": _location(diagnostic.place),
    }


def _location(place: Span) -> dict[str, Any]:
    return {"path": harmless(place.path), "lines": {"begin": place.line, "end": place.line}}


def _digest(*words: str) -> str:
    return hashlib.sha256("\0".join(words).encode("utf-8", "backslashreplace")).hexdigest()
