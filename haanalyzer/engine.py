"""The one road from paths to a report; every door enters here."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from haanalyzer.finding import Fix, Verdict
from haanalyzer.frontends.deployment import Deployment, Inputs, VariableFile
from haanalyzer.graph import Resource, ResourceGraph
from haanalyzer.mending import fix_of
from haanalyzer.policy import Profile, Standards, rules
from haanalyzer.policy.suppressions import Suppressions
from haanalyzer.results import Judgement, Report
from haanalyzer.rules.kit import Rule, undecided
from haanalyzer.source.diagnostic import Diagnostic
from haanalyzer.source.discovery import discover
from haanalyzer.source.document import Document
from haanalyzer.source.files import Files
from haanalyzer.source.span import start_of
from haanalyzer.values import Blocker


@dataclass(frozen=True, slots=True)
class Project:
    """Everything that was read: the deployments, and what is wrong with the rest."""

    deployments: tuple[Deployment, ...]
    diagnostics: tuple[Diagnostic, ...]
    files: Files


def read_project(paths: Sequence[str], files: Files, inputs: Inputs) -> Project:
    """Find and read every template and root module at or below the paths, which are relative to the files' base.

    A template that another one takes in as a nested stack is read as part of that,
    and on its own only when it is named in ``paths``.
    """
    for passed in inputs.variables:
        if isinstance(passed, VariableFile):
            files.admit(passed.path)
    found = discover(paths, files)
    diagnostics = list(found.diagnostics)
    read = [_read_root(root, files, inputs, diagnostics) for root in found.roots]
    templates = sorted(found.templates, key=lambda path: (path in found.nested, path))
    taken_in: set[str] = set()
    for path in templates:
        if path in found.nested and path in taken_in and path not in paths:
            continue
        deployment = _read_template(path, files, inputs, diagnostics)
        read.append(deployment)
        taken_in.update(deployment.files if deployment else ())
    deployments = sorted(filter(None, read), key=lambda each: (each.path, each.dialect))
    diagnostics += (diagnostic for deployment in deployments for diagnostic in deployment.diagnostics)
    return Project(tuple(deployments), tuple(sorted(set(diagnostics))), files)


def _read_root(root: str, files: Files, inputs: Inputs, diagnostics: list[Diagnostic]) -> Deployment | None:
    from haanalyzer.frontends.terraform.root import read_root

    try:
        return read_root(root, files, inputs)
    except Exception as error:  # noqa: BLE001 - a fault of ours costs one root, and is said
        diagnostics.append(_internal_error(root, error))
        return None


def _read_template(path: str, files: Files, inputs: Inputs, diagnostics: list[Diagnostic]) -> Deployment | None:
    from haanalyzer.frontends.cloudformation.template import read_template

    document = files.read(path)
    if isinstance(document, Diagnostic):
        diagnostics.append(document)
        return None
    try:
        return read_template(document, inputs, files)
    except Exception as error:  # noqa: BLE001 - a fault of ours costs one template, and is said
        diagnostics.append(_internal_error(path, error))
        return None


def analyze(paths: Sequence[str], base: Path | Files, inputs: Inputs, held_to: Profile | Standards) -> Report:
    """Read what is at the paths and hold it to a profile's rules, or to several profiles' by tag.

    The paths are relative to ``base``, a folder, or the files of one with unsaved buffers.
    """
    standards = held_to if isinstance(held_to, Standards) else Standards(held_to)
    project = read_project(paths, base if isinstance(base, Files) else Files(base), inputs)
    off = (rule.info for rule in rules() if rule.info.code not in standards.severities)
    suppressions = Suppressions(project.files.read, off)
    judgements: list[Judgement] = []
    diagnostics = list(project.diagnostics)
    for deployment in project.deployments:
        suppressions.read_metadata(deployment)
        graph = ResourceGraph(deployment)
        for profile in standards.profiles:
            for rule in profile.rules:
                doubts = partial(standards.doubts, profile=profile, rule=rule)
                for resource, verdict, fix in _verdicts(rule, graph, doubts, project.files, diagnostics):
                    judged = _judgement(rule, verdict, resource, deployment.path, profile, suppressions)
                    judgements.append(replace(judged, fix=fix))
        diagnostics += deployment.found_later()
    paths_read = tuple(sorted({path for deployment in project.deployments for path in deployment.files}))
    diagnostics += suppressions.diagnostics(paths_read)
    return Report(
        rules=standards.rules,
        severities=standards.severities,
        judgements=tuple(sorted(judgements, key=_order)),
        diagnostics=tuple(sorted(set(diagnostics))),
        documents=_documents(paths_read, project.files),
        deployments=tuple(each.path for each in project.deployments if each.declarations),
        files=paths_read,
        profile=standards.name,
    )


def _verdicts(
    rule: Rule,
    graph: ResourceGraph,
    doubts: Callable[[Resource], tuple[Blocker, ...] | None],
    files: Files,
    diagnostics: list[Diagnostic],
) -> Iterator[tuple[Resource, Verdict, Fix | None]]:
    """What a rule says of each resource; ``doubts`` are why one may not be held to it, None if it surely is not."""
    for resource in graph.of_kind(*rule.info.kinds):
        unsure = doubts(resource)
        if unsure is None:
            continue
        graph.asked.clear()
        try:
            found = [_perhaps(each, resource, unsure) for each in rule.check(resource, graph, **rule.parameters)]
            fixes = [fix_of(verdict, graph, files) for verdict in found]
        except Exception as error:  # noqa: BLE001 - a fault of ours is no finding, and is said
            diagnostics.append(_internal_error(resource.place.path, error, f"{rule.info.code} on {resource.address}"))
            continue
        absent = graph.left_out(graph.asked) if any(verdict.outcome == "fail" for verdict in found) else frozenset()
        for verdict, fix in zip(found, fixes, strict=True):
            assuming = verdict.assuming | absent if verdict.outcome == "fail" else verdict.assuming
            yield resource, replace(verdict, assuming=assuming), fix


def _perhaps(verdict: Verdict, resource: Resource, unsure: tuple[Blocker, ...]) -> Verdict:
    """A failure of what the resource is held to only perhaps is undecided."""
    return undecided(resource, unsure, part=verdict.part) if unsure and verdict.outcome == "fail" else verdict


def _judgement(
    rule: Rule,
    verdict: Verdict,
    resource: Resource,
    deployment: str,
    profile: Profile,
    suppressions: Suppressions,
) -> Judgement:
    code = rule.info.code
    severity = profile.severities[code]
    if verdict.severity is not None:
        severity = min(severity, verdict.severity, key=lambda each: each.rank)
    suppressed = None
    if verdict.outcome == "fail":
        suppressed = suppressions.of(rule.info, verdict, resource.place)
    return Judgement(rule.info, verdict, severity, deployment, suppressed)


def _order(judgement: Judgement) -> tuple[object, ...]:
    verdict = judgement.verdict
    return judgement.place, judgement.rule.code, verdict.subject, verdict.part, judgement.deployment


def _documents(paths: Sequence[str], files: Files) -> dict[str, Document]:
    documents = ((path, files.read(path)) for path in paths)
    return {path: document for path, document in documents if isinstance(document, Document)}


def _internal_error(path: str, error: Exception, during: str = "reading it") -> Diagnostic:
    message = f"internal error during {during}: {type(error).__name__}: {error}; please report it"
    return Diagnostic(start_of(path), "internal-error", message)
