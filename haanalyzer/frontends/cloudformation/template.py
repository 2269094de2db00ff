"""A template to the declarations of its deployment."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import partial

from haanalyzer.frontends.cases import OpenCases, Settled, facts_of
from haanalyzer.frontends.cloudformation.assembly.origins import Origins, is_synthesized
from haanalyzer.frontends.cloudformation.evaluation.functions.references import AFTER_DEPLOYMENT
from haanalyzer.frontends.cloudformation.evaluation.symbolic import equation
from haanalyzer.frontends.cloudformation.exchange.neighbourhood import Neighbourhood
from haanalyzer.frontends.cloudformation.exchange.neighbours import ALONE, Neighbours
from haanalyzer.frontends.cloudformation.assembly.origins import Origins, is_synthesized
from haanalyzer.frontends.cloudformation.inquiry import Inquiry
from haanalyzer.frontends.cloudformation.parameters.values import passed_values
from haanalyzer.frontends.cloudformation.stacks.session import Session
from haanalyzer.frontends.cloudformation.stacks.stack import Stack
from haanalyzer.frontends.deployment import (
    Cases,
    Declaration,
    Deployment,
    Inputs,
    OpaqueModule,
    ValuesAt,
    no_cases,
    nothing_at,
)
from haanalyzer.frontends.origin import written_by_hand
from haanalyzer.frontends.tree.nodes import FOR_EACH, ListNode, MapNode, Node, text_of
from haanalyzer.source.document import Document
from haanalyzer.source.files import Files
from haanalyzer.source.span import start_of
from haanalyzer.values import AttributeOf, MapValue, Unknown, Value

_TRANSFORM = "Transform"
# These add nothing that a template's own resources do not show.
_UNDERSTOOD = ("AWS::LanguageExtensions", "AWS::Serverless-", "AWS::SecretsManager-", "AWS::CodeDeployBlueGreen")


def read_template(document: Document, inputs: Inputs, files: Files, neighbours: Neighbours = ALONE) -> Deployment:
    """What a template deploys, its nested stacks included, and borrowed, what the stacks do that it is joined with.

    What cannot be read gives diagnostics; what may hold more than can be read, a macro
    or a nested stack that is not on disk, gives opaque modules.
    """
    return _where((), document, inputs, files, neighbours)


def _where(settled: Settled, document: Document, inputs: Inputs, files: Files, neighbours: Neighbours) -> Deployment:
    """What a template deploys where comparisons came out so."""
    session = Session(files, every_case=inputs.every_case)
    root = session.load(document)
    found: list[Declaration | OpaqueModule] = []
    values_at: ValuesAt = nothing_at
    cases: Cases = no_cases
    sessions = [session]
    if root is not None:
        neighbourhood = Neighbourhood(root, session, inputs, neighbours, facts_of(settled))
        inquiry = Inquiry(neighbourhood)
        found += _contents(neighbourhood.stack, inquiry, _tags_of(inputs, document))
        for other in neighbourhood.others():
            found += _borrowed(other)
            sessions.append(other.session)
        found += neighbourhood.unread()
        values_at = inquiry.values_at
        read = partial(_where, document=document, inputs=inputs, files=files, neighbours=neighbours)
        cases = OpenCases(settled, read, session.values_left, equation).divide
    hiding = (each for other in sessions[1:] for each in other.diagnostics if each.is_error and each.hides)
    return Deployment(
        dialect="cloudformation",
        path=document.path,
        declarations=tuple(each for each in found if isinstance(each, Declaration)),
        opaque=tuple(each for each in found if isinstance(each, OpaqueModule)),
        diagnostics=tuple(dict.fromkeys((*session.diagnostics, *hiding))),
        files=tuple(dict.fromkeys((*session.paths, *inputs.parameter_files))),
        borrowed_files=tuple(dict.fromkeys(path for other in sessions[1:] for path in other.paths)),
        left_out=tuple(dict.fromkeys(each for one in sessions for each in one.left_out)),
        values_at=values_at,
        origin_of=Origins(document.path, files) if is_synthesized(document, files) else written_by_hand,
        cases=cases,
        every_case=inputs.every_case,
    )


def _borrowed(stack: Stack) -> Iterator[Declaration | OpaqueModule]:
    """What another stack declares. A macro there may add to what its template refers to, and to nothing else."""
    found = list(_contents(stack, None))
    for each in found:
        if isinstance(each, Declaration):
            yield replace(each, borrowed=True)
        elif each.reaches_everything:
            reached = dict(part for one in found if isinstance(one, Declaration) for part in _referred_to(one))
            yield replace(each, arguments=reached, reaches_everything=False)
        else:
            yield each


def _referred_to(declaration: Declaration) -> Iterator[tuple[str, Value]]:
    """A resource, and whatever its attributes hold."""
    term = AttributeOf(declaration.address, "Ref")
    yield declaration.address, Unknown(term=term, reason=AFTER_DEPLOYMENT, place=declaration.place)
    yield from ((f"{declaration.address}.{name}", value) for name, value in declaration.attributes.items())


def _tags_of(inputs: Inputs, document: Document) -> MapValue | None:
    """The tags of the stack, which CloudFormation gives to the resources in it; None where it has none."""
    place = start_of(document.path)
    return MapValue(entries=passed_values(inputs.tags, place), keys={}, place=place) if inputs.tags else None


def _contents(
    stack: Stack, inquiry: Inquiry | None, tags: MapValue | None = None
) -> Iterator[Declaration | OpaqueModule]:
    """The declarations of a stack and of those nested in it, and what could not be read.

    Without ``inquiry``, nothing of it is shown. ``tags`` are those of the stack.
    """
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
            default_tags=lambda: tags,
            shown=partial(inquiry.attributes, stack, logical_id) if inquiry else lambda: None,
        )
        child = stack.child(logical_id)
        if isinstance(child, Stack):
            yield from _contents(child, inquiry, tags)
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
