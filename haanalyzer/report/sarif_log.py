"""What surrounds the results of a SARIF log: tool, invocation, bases, commit."""

from __future__ import annotations

from collections.abc import Sequence

import sarif_om as om

from haanalyzer.report.options import RenderOptions
from haanalyzer.report.places import Sources
from haanalyzer.report.sarif_places import ROOT, artifact_location, bases, location
from haanalyzer.report.sarif_rules import tool
from haanalyzer.report.summary import coverage_words
from haanalyzer.report.words import sentence
from haanalyzer.results import Report
from haanalyzer.source.diagnostic import Diagnostic

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"


def log(
    report: Report,
    options: RenderOptions,
    results: Sequence[om.Result],
    *,
    sources: Sources,
    artifacts: Sequence[str] = (),
    notes: Sequence[str] = (),
) -> om.SarifLog:
    """A log of one run.

    ``artifacts`` are the paths to list; ``notes`` what the reader must be told
    besides the diagnostics and the coverage. No time and no absolute path is in it.
    """
    paths = [*artifacts, *report.documents, *(diagnostic.place.path for diagnostic in report.diagnostics)]
    run = om.Run(
        tool=tool(report),
        results=list(results),
        artifacts=[_artifact(path, report) for path in artifacts] or None,
        automation_details=_automation(options.category),
        column_kind="utf16CodeUnits",
        default_encoding="utf-8",
        invocations=[_invocation(report, sources, notes)],
        original_uri_base_ids=bases(paths),
        properties={"deployments": list(report.deployments), "profile": report.profile},
        version_control_provenance=_provenance(options),
    )
    return om.SarifLog(version="2.1.0", schema_uri=_SCHEMA, runs=[run])


def _artifact(path: str, report: Report) -> om.Artifact:
    return om.Artifact(location=artifact_location(path), roles=["analysisTarget"] if path in report.files else None)


def _invocation(report: Report, sources: Sources, notes: Sequence[str]) -> om.Invocation:
    coverage = report.coverage()
    covered = om.Notification(
        message=om.Message(text=sentence(coverage_words(report, "'"))),
        level="note",
        properties={"checks": coverage.total, "decided": coverage.decided, "undecided": coverage.undecided},
    )
    return om.Invocation(
        execution_successful=True,
        tool_execution_notifications=[
            *(_notification(diagnostic, sources) for diagnostic in report.diagnostics),
            *(om.Notification(message=om.Message(text=note), level="warning") for note in notes),
            covered,
        ],
    )


def _notification(diagnostic: Diagnostic, sources: Sources) -> om.Notification:
    return om.Notification(
        message=om.Message(text=sentence(diagnostic.message)),
        level="error" if diagnostic.is_error else "note",
        locations=[location(sources, diagnostic.place)],
        properties={"code": diagnostic.code},
    )


def _automation(category: str | None) -> om.RunAutomationDetails | None:
    """Only what the user asked for: a log with an id of its own would override the category given to the upload."""
    return om.RunAutomationDetails(id=f"{category.rstrip('/')}/") if category else None


def _provenance(options: RenderOptions) -> list[om.VersionControlDetails] | None:
    revision = options.revision
    if revision is None:
        return None
    return [
        om.VersionControlDetails(
            repository_uri=revision.repository,
            revision_id=revision.commit,
            branch=revision.branch,
            mapped_to=om.ArtifactLocation(uri_base_id=ROOT),
        )
    ]
