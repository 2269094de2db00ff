"""A template to the declarations of its deployment."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from haanalyzer.frontends.cloudformation.inquiry import Inquiry
from haanalyzer.frontends.cloudformation.parameters.pseudo import region_value
from haanalyzer.frontends.cloudformation.parameters.values import passed_values
from haanalyzer.frontends.cloudformation.stacks.session import Session
from haanalyzer.frontends.cloudformation.stacks.stack import Call, Stack
from haanalyzer.frontends.deployment import Declaration, Deployment, Inputs, OpaqueModule, ValuesAt, nothing_at
from haanalyzer.frontends.tree.nodes import FOR_EACH, ListNode, MapNode, Node, text_of
from haanalyzer.source.document import Document
from haanalyzer.source.files import Files
from haanalyzer.source.span import start_of

_TRANSFORM = "Transform"
# These add nothing that a template's own resources do not show.
_UNDERSTOOD = ("AWS::LanguageExtensions", "AWS::Serverless-", "AWS::SecretsManager-", "AWS::CodeDeployBlueGreen")


def read_template(document: Document, inputs: Inputs, files: Files) -> Deployment:
    """What a template deploys, its nested stacks included.

    What cannot be read gives diagnostics; what may hold more than can be read, a macro
    or a nested stack that is not on disk, gives opaque modules.
    """
    session = Session(files)
    root = session.load(document)
    declarations: list[Declaration] = []
    opaque: list[OpaqueModule] = []
    values_at: ValuesAt = nothing_at
    if root is not None:
        beginning = start_of(document.path)
        passed = passed_values(inputs.parameters, beginning)
        stack = Stack(root, session, region_value(inputs.region, beginning), passed, Call())
        inquiry = Inquiry(stack)
        for found in _contents(stack, inquiry):
            (declarations if isinstance(found, Declaration) else opaque).append(found)  # type: ignore[arg-type]
        values_at = inquiry.values_at
    return Deployment(
        dialect="cloudformation",
        path=document.path,
        declarations=tuple(declarations),
        opaque=tuple(opaque),
        diagnostics=session.diagnostics,
        files=session.paths,
        left_out=tuple(session.left_out),
        values_at=values_at,
    )


def _contents(stack: Stack, inquiry: Inquiry) -> Iterator[Declaration | OpaqueModule]:
    """The declarations of a stack and of those nested in it, and what could not be read."""
    stack.check()
    resources = stack.resources
    yield from _made_by_macros(stack)
    for logical_id, resource in resources.items():
        attributes = stack.attributes(logical_id)
        if resource.existence is None or attributes is None:
            continue
        yield Declaration(
            dialect="cloudformation",
            address=stack.prefix + logical_id,
            type=resource.type,
            place=resource.place,
            attributes=attributes,
            region=stack.region,
            existence=resource.existence,
            calls=stack.call.places,
            shown=partial(inquiry.attributes, stack, logical_id),
        )
        child = stack.child(logical_id)
        if isinstance(child, Stack):
            yield from _contents(child, inquiry)
        elif child is not None:
            yield child


def _made_by_macros(stack: Stack) -> Iterator[OpaqueModule]:
    """What a macro or a loop over unknown values may add to a template."""
    found = list(_macros(stack.root.get(_TRANSFORM)))
    if "Fn::Transform" in stack.root.entries:
        found.append(("Fn::Transform", stack.root.entries["Fn::Transform"].value))
    for name, node in found:
        reason = f"the macro {name} may add anything"
        yield _unread(stack, f"{_TRANSFORM} {name}", node, "macro-not-read", reason)
    for entry in stack.unread:
        is_loop = entry.name.startswith(FOR_EACH)
        reason = "expected a loop over known values" if is_loop else "a macro makes these resources at deployment"
        code = "loop-not-read" if is_loop else "macro-not-read"
        yield _unread(stack, entry.name, entry.entry.value, code, reason)


def _unread(stack: Stack, name: str, node: Node, code: str, reason: str) -> OpaqueModule:
    place = node.place.first_line()
    stack.session.report(place, code, f"{name} is not read: {reason}", is_error=False)
    return OpaqueModule(stack.prefix + name, place, reason, {}, reaches_everything=True)


def _macros(node: Node | None) -> Iterator[tuple[str, Node]]:
    """The macros that a template names and nobody here understands."""
    if isinstance(node, ListNode):
        for item in node.items:
            yield from _macros(item)
    elif node is not None:
        name = (text_of(node.get("Name")) if isinstance(node, MapNode) else text_of(node)) or "of unknown name"
        if not name.startswith(_UNDERSTOOD):
            yield name, node
