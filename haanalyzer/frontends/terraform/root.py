"""A root module's folder to a deployment."""

from __future__ import annotations

from functools import cache

from haanalyzer.frontends.deployment import Declaration, Deployment, Inputs, OpaqueModule
from haanalyzer.frontends.terraform.inquiry import Inquiry
from haanalyzer.frontends.terraform.instances import Module, Origin
from haanalyzer.frontends.terraform.resources import Resource
from haanalyzer.frontends.terraform.session import Session
from haanalyzer.frontends.terraform.tfvars import PassedVariables
from haanalyzer.source.files import Files


def read_root(folder: str, files: Files, inputs: Inputs) -> Deployment:
    """Read a root module and every module it calls that is on disk.

    Never raises on what the files contain: what cannot be read is a diagnostic,
    what cannot be known an Unknown.
    """
    session = Session(folder, files, inputs)
    return _deployment(session, PassedVariables(folder, files, inputs))


def _deployment(session: Session, passed: PassedVariables) -> Deployment:
    root = Module(session, session.module(session.folder), passed, Origin())
    declarations: list[Declaration] = []
    opaque: list[OpaqueModule] = []
    for module, member in root.walk():
        if isinstance(member, Resource):
            declarations.append(_declaration(module, member))
        else:
            opaque.append(member.opaque)
    hides = session.has_secrets and not session.hides_secrets
    hidden = cache(lambda: _deployment(session.without_secrets(), passed)) if hides else None
    return Deployment(
        dialect="terraform",
        path=session.folder,
        declarations=tuple(declarations),
        opaque=tuple(opaque),
        diagnostics=tuple(sorted({*session.diagnostics, *passed.diagnostics})),
        files=tuple(dict.fromkeys((*session.paths, *passed.paths))),
        left_out=tuple(session.left_out),
        found_later=lambda: tuple(sorted(session.registry.invalid)),
        values_at=(lambda place, document: hidden().values_at(place, document)) if hidden else Inquiry(root).values_at,
        without_secrets=hidden,
    )


def _declaration(module: Module, resource: Resource) -> Declaration:
    return Declaration(
        dialect="terraform",
        address=resource.address,
        type=resource.type,
        place=resource.block.header_span.first_line(),
        attributes=resource.attributes,
        region=resource.region,
        existence=resource.existence,
        calls=module.calls,
        default_tags=lambda: resource.default_tags,
    )
