"""A root module's folder to a deployment."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from haanalyzer.frontends.deployment import Declaration, Deployment, Inputs, OpaqueModule
from haanalyzer.frontends.terraform.cases import with_cases
from haanalyzer.frontends.terraform.evaluation.bounds import OUTLINE
from haanalyzer.frontends.terraform.inquiry import Inquiry
from haanalyzer.frontends.terraform.instances import Module, Origin
from haanalyzer.frontends.terraform.modules.module import ModuleSyntax
from haanalyzer.frontends.terraform.resources import Resource
from haanalyzer.frontends.terraform.session import Session
from haanalyzer.frontends.terraform.states.other_roots import OtherRoots
from haanalyzer.frontends.terraform.states.stores import Store, Stores
from haanalyzer.frontends.terraform.terragrunt.variables import variables_of
from haanalyzer.frontends.terraform.tfvars import RootVariables
from haanalyzer.source.diagnostic import Diagnostic
from haanalyzer.source.files import Files
from haanalyzer.source.span import start_of


def no_stores() -> Mapping[str, Store | None]:
    """What a root that is read alone knows of others."""
    return {}


def read_root(folder: str, files: Files, inputs: Inputs, stores: Stores = no_stores) -> Deployment:
    """Read a root module, every module it calls that is on disk, and the roots whose states it reads.

    The folder is the module's own, or that of the Terragrunt unit which deploys one.
    ``stores`` tells where the roots of the run keep their states. Never raises on what the files
    contain: what cannot be read is a diagnostic, what cannot be known an Unknown.
    """
    session = Session(folder, files, inputs)
    return deployment_of(session, session.module(session.folder), variables_of(session), stores)


def deployment_of(session: Session, declared: ModuleSyntax, passed: RootVariables, stores: Stores) -> Deployment:
    """What a root module deploys whose syntax and variables these are; in outline where all of it is too much."""
    whole = _deployment(session, declared, passed, stores)
    return whole.outline() or whole


def _deployment(session: Session, declared: ModuleSyntax, passed: RootVariables, stores: Stores) -> Deployment:
    root = Module(session, declared, passed, Origin())
    others = OtherRoots(root, stores)
    inquiry = Inquiry(others, passed)
    declarations: list[Declaration] = []
    opaque: list[OpaqueModule] = []
    borrowed = others.enter_all()
    for tree in (root, *borrowed):
        for module, member in tree.walk():
            if isinstance(member, Resource):
                declarations.append(_declaration(module, member, inquiry if tree is root else None))
            else:
                opaque.append(member.opaque)
    sessions = [each.session for each in borrowed]
    hiding = (each for other in sessions for each in other.diagnostics if each.is_error and each.hides)

    def outline() -> Deployment | None:
        exhausted = session.evaluations.is_exhausted
        return _deployment(session.in_outline(), declared, passed, stores) if exhausted else None

    whole = Deployment(
        dialect="terraform",
        path=session.path,
        declarations=tuple(declarations),
        opaque=tuple(opaque),
        diagnostics=tuple(sorted({*session.diagnostics, *passed.diagnostics, *hiding})),
        files=tuple(dict.fromkeys((*session.paths, *passed.paths))),
        borrowed_files=tuple(dict.fromkeys(path for other in sessions for path in other.paths)),
        left_out=tuple(dict.fromkeys(each for one in (session, *sessions) for each in one.left_out)),
        found_later=lambda: tuple(sorted((*session.registry.invalid, *_past_budget(session)))),
        values_at=inquiry.values_at,
        outline=outline,
    )
    return with_cases(whole)


def _past_budget(session: Session) -> Iterator[Diagnostic]:
    """One diagnostic of all that was left unknown for the time it would take."""
    evaluations = session.evaluations
    if evaluations.limits is OUTLINE:
        message = "evaluating this root module takes too much: its repetitions and modules are left unknown (budget)"
        yield Diagnostic(start_of(next(iter(session.paths), session.folder)), "past-budget", message, is_error=False)
    elif evaluations.cut:
        place, reason = min(evaluations.cut.items())
        others = len(evaluations.cut) - 1
        count = f", as {'is 1 other value' if others == 1 else f'are {others} other values'}" if others else ""
        yield Diagnostic(place, "past-budget", f"left unknown{count}: {reason}", is_error=False)


def _declaration(module: Module, resource: Resource, inquiry: Inquiry | None) -> Declaration:
    """A resource; without ``inquiry`` it is another root's."""
    return Declaration(
        dialect="terraform",
        address=resource.address,
        type=resource.type,
        place=resource.place,
        attributes=resource.attributes,
        region=resource.region,
        existence=resource.existence,
        calls=module.calls,
        default_tags=lambda: resource.default_tags,
        shown=lambda: inquiry.attributes(module, resource) if inquiry else None,
        borrowed=inquiry is None,
    )
