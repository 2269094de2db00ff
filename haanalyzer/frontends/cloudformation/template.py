"""A template to the declarations of its deployment."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import partial

from haanalyzer.frontends.cases import OpenCases, Settled, facts_of
from haanalyzer.frontends.cloudformation.assembly.constructs import is_synthesized
from haanalyzer.frontends.cloudformation.evaluation.functions.references import AFTER_DEPLOYMENT
from haanalyzer.frontends.cloudformation.evaluation.symbolic import equation
from haanalyzer.frontends.cloudformation.exchange.neighbourhood import Neighbourhood
from haanalyzer.frontends.cloudformation.exchange.neighbours import ALONE, Neighbour, Neighbours
from haanalyzer.frontends.cloudformation.inquiry import Inquiry
from haanalyzer.frontends.cloudformation.parameters.values import passed_values
from haanalyzer.frontends.cloudformation.stacks.contents import Found, contents
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
from haanalyzer.frontends.origin import OriginOf, written_by_hand
from haanalyzer.source.document import Document
from haanalyzer.source.files import Files
from haanalyzer.source.span import start_of
from haanalyzer.values import AttributeOf, MapValue, Unknown, Value


def read_template(document: Document, inputs: Inputs, files: Files, neighbours: Neighbours = ALONE) -> Deployment:
    """What a template deploys, its nested stacks included, and borrowed, what the stacks do that it is joined with.

    What cannot be read gives diagnostics; what may hold more than can be read, a macro
    or a nested stack that is not on disk, gives opaque modules.
    """
    return _where((), document, inputs, files, neighbours)


def _where(settled: Settled, document: Document, inputs: Inputs, files: Files, neighbours: Neighbours) -> Deployment:
    """What a template deploys where comparisons came out so."""
    session = Session(files)
    root = session.load(document)
    found: list[Found] = []
    values_at: ValuesAt = nothing_at
    cases: Cases = no_cases
    sessions = [session]
    if root is not None:
        neighbourhood = Neighbourhood(root, session, inputs, neighbours, facts_of(settled))
        inquiry = Inquiry(neighbourhood)
        found += _own(neighbourhood, inquiry, _tags_of(inputs, document))
        for other, neighbour in neighbourhood.others():
            found += _borrowed(other, neighbour)
            sessions.append(other.session)
        found += neighbourhood.unread()
        values_at = inquiry.values_at
        read = partial(_where, document=document, inputs=inputs, files=files, neighbours=neighbours)
        cases = neighbourhood.divided_by(OpenCases(settled, read, session.values_left, equation).divide)
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
        origin_of=_origins(document, files),
        cases=cases,
        without_defaults=partial(_where, (), document, replace(inputs, every_case=True), files, neighbours),
    )


def _origins(document: Document, files: Files) -> OriginOf:
    """What tells which constructs made the resources of a template and of those beside it."""
    if not is_synthesized(document, files):
        return written_by_hand
    from haanalyzer.frontends.cloudformation.assembly.origins import Origins

    return Origins(document.path, files)


def _own(neighbourhood: Neighbourhood, inquiry: Inquiry, tags: MapValue | None) -> Iterator[Found]:
    """What the stack itself declares, and those nested in it."""
    for each in neighbourhood.stack.with_nested():
        each.check()
    yield from contents(neighbourhood.stack, tags, shown=inquiry.attributes)


def _borrowed(stack: Stack, neighbour: Neighbour) -> Iterator[Found]:
    """What another stack declares. A macro there may add to what its template refers to, and to nothing else."""
    tags = _tags_of(neighbour.target.inputs, stack.document)
    found = list(contents(stack, tags, counts=neighbour.declares))
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
