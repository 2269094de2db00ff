"""A root module's folder to a deployment."""

from __future__ import annotations

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
    passed = PassedVariables(folder, files, inputs)
    root = Module(session, session.module(folder), passed, Origin())
    inquiry = Inquiry(root, passed)
    declarations: list[Declaration] = []
    opaque: list[OpaqueModule] = []
    for module, member in root.walk():
        if isinstance(member, Resource):
            declarations.append(_declaration(module, member, inquiry))
        else:
            opaque.append(member.opaque)
    return Deployment(
        dialect="terraform",
        path=folder,
        declarations=tuple(declarations),
        opaque=tuple(opaque),
        diagnostics=tuple(sorted({*session.diagnostics, *passed.diagnostics})),
        files=tuple(dict.fromkeys((*session.paths, *passed.paths))),
        left_out=tuple(session.left_out),
        found_later=lambda: tuple(sorted(session.registry.invalid)),
        values_at=inquiry.values_at,
    )


def _declaration(module: Module, resource: Resource, inquiry: Inquiry) -> Declaration:
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
        shown=lambda: inquiry.attributes(module, resource),
    )
