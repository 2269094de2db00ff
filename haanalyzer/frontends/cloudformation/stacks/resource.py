"""A resource of a stack, before its properties are evaluated."""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

from haanalyzer.frontends.cloudformation.evaluation.foreach import Unrolled
from haanalyzer.frontends.cloudformation.evaluation.scope import Scope
from haanalyzer.frontends.cloudformation.stacks.session import Session
from haanalyzer.frontends.deployment import Existence, LeftOut
from haanalyzer.frontends.tree.nodes import MapNode, name_of, text_of
from haanalyzer.source.span import Span
from haanalyzer.values import Blocker, Unknown

STACK_TYPES = {"AWS::CloudFormation::Stack": "TemplateURL", "AWS::Serverless::Application": "Location"}
"""Resources that nest a stack, with the property that names its template."""
STACK_SET = "AWS::CloudFormation::StackSet"


class Resource(NamedTuple):
    """A resource of a stack as it is written; ``existence`` is None for what is certainly not deployed."""

    logical_id: str
    place: Span
    type: str
    body: MapNode
    properties: MapNode
    scope: Scope
    existence: Existence | None


def read_resource(found: Unrolled, scope: Scope, owner: Existence, session: Session) -> Resource | None:
    """A resource by its entry, in a stack that is there as ``owner`` says; None, with a diagnostic, for any other."""
    name, (start, end, body), _ = found
    place = body.document.span(start, end).first_line()
    type_ = text_of(body.get("Type")) if isinstance(body, MapNode) else None
    if not isinstance(body, MapNode) or type_ is None:
        session.report(place, "invalid-resource", f"expected {name} to be a map with a Type")
        return None
    scope, existence = _under_condition(type_, body, scope, owner, session)
    written = body.get("Properties")
    if written is not None and not isinstance(written, MapNode):
        session.report(written.place, "invalid-resource", f"expected the Properties of {name} to be a map")
    properties = written if isinstance(written, MapNode) else MapNode(body.document, body.start, body.start, {})
    return Resource(name, place, type_, body, properties, scope, existence)


def _under_condition(
    type_: str, body: MapNode, scope: Scope, owner: Existence, session: Session
) -> tuple[Scope, Existence | None]:
    """The scope and existence of a resource by its ``Condition``."""
    existence = replace(owner, assuming=owner.assuming | scope.assuming)
    node = body.get("Condition")
    if node is None:
        return scope, existence
    name = name_of(node)
    if name is None:
        session.report(node.place, "invalid-resource", "expected the name of a condition")
        blocker = Blocker("Condition", node.place, "not the name of a condition")
        return scope, replace(existence, unless=(*owner.unless, blocker))
    name = scope.substitute(name)
    decision = scope.condition(name, node.place)
    taken = existence.assuming | decision.assuming
    if isinstance(decision, Unknown):
        existence = Existence(
            unless=(*owner.unless, Blocker(name, node.place, decision.reason, decision.term)),
            assuming=taken,
            several=owner.several,
            conditions=(*owner.conditions, decision.term),
        )
        return scope.where(decision.term, True), existence
    if decision.data:
        return scope, replace(owner, assuming=taken)
    if taken:
        session.left_out[LeftOut(type_, taken)] = None
    return scope, None
