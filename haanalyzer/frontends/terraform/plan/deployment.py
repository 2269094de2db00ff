"""A plan, with or without the configuration that it was made of, to a deployment."""

from __future__ import annotations

from dataclasses import replace

from haanalyzer.frontends.deployment import Deployment, Inputs
from haanalyzer.frontends.terraform.modules.module import ModuleSyntax
from haanalyzer.frontends.terraform.plan.matching import difference
from haanalyzer.frontends.terraform.plan.overlay import PlanOverlay
from haanalyzer.frontends.terraform.plan.reader import plan_of
from haanalyzer.frontends.terraform.plan.variables import PlannedVariables
from haanalyzer.frontends.terraform.root import deployment_of, no_stores
from haanalyzer.frontends.terraform.session import Session
from haanalyzer.source.configuration_files import configuration_of
from haanalyzer.source.diagnostic import Diagnostic
from haanalyzer.source.files import Files

_OTHER_SOURCE = "plan-of-other-source"


def read_plan(
    path: str, source: str, files: Files, inputs: Inputs, *, is_named: bool, is_only: bool
) -> Deployment | Diagnostic:
    """What a plan in JSON deploys, or the one diagnostic that says why it is not read.

    The plan knows values, instances and data sources. The configuration knows which resource a
    reference means, and has the lines that people read: it is taken from the folder ``source``. Where
    there is none, the plan's own record of it stands in, which tells no more of an expression than
    what it refers to. So it does for a plan of another configuration that the user has named; one that
    is only met is left for the configuration as it is now. What is deployed has the name of the folder
    where the plan ``is_only``, the only one of that, or else the plan's.
    """
    document = files.read_plan(path)
    plan = document if isinstance(document, Diagnostic) else document.once(plan_of)
    if isinstance(plan, Diagnostic):
        return plan
    overlay = PlanOverlay(plan)
    session = _session(source, files, inputs, overlay)
    if not any(configuration_of(files.file_names_in(source))):
        why = None if inputs.source is None else f"no configuration is in {source}"
        return _alone(path, overlay, session, why)
    differs = None if plan.is_state else difference(overlay, session, source)
    if differs is None:
        found = deployment_of(session, session.module(source), PlannedVariables(plan), no_stores)
        return _named(source if is_only else path, found, stands_for=source)
    why = f"the configuration in {source} is not the one of this plan: {differs} differs"
    if not is_named:
        message = f"{why}; it is analyzed without this plan"
        return Diagnostic(plan.root.place, _OTHER_SOURCE, message, is_error=False, hides=False)
    return _alone(path, overlay, _session(source, files, inputs, overlay), f"{why}; the plan is analyzed without it")


def _session(folder: str, files: Files, inputs: Inputs, overlay: PlanOverlay) -> Session:
    session = Session(folder, files, inputs)
    session.overlay = overlay
    return session


def _alone(path: str, overlay: PlanOverlay, session: Session, why: str | None) -> Deployment:
    """A plan read by its own record of the configuration."""
    plan, recorded = overlay.plan, overlay.module(()) or ModuleSyntax("")
    session.paths[path] = None
    found = deployment_of(session, recorded, PlannedVariables(plan), no_stores)
    notes = [] if why is None else [Diagnostic(plan.root.place, _OTHER_SOURCE, why, is_error=False, hides=False)]
    return _named(path, replace(found, diagnostics=tuple(sorted({*found.diagnostics, *notes}))))


def _named(path: str, found: Deployment, stands_for: str | None = None) -> Deployment:
    """What a plan deploys by the path that it is to have, in outline too."""

    def outline() -> Deployment | None:
        less = found.outline()
        return less and _named(path, less, stands_for)

    return replace(found, path=path, stands_for=stands_for, outline=outline)
