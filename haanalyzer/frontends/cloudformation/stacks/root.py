"""The stack of a template that is deployed by itself, as its inputs have it."""

from __future__ import annotations

from dataclasses import replace

from haanalyzer.frontends.cloudformation.parameters.pseudo import named_values, region_value
from haanalyzer.frontends.cloudformation.parameters.values import passed_values
from haanalyzer.frontends.cloudformation.stacks.session import Session
from haanalyzer.frontends.cloudformation.stacks.stack import NOT_NESTED, Call, Stack
from haanalyzer.frontends.deployment import Inputs
from haanalyzer.frontends.tree.nodes import MapNode
from haanalyzer.source.span import start_of
from haanalyzer.values.logic import narrowed


def root_stack(root: MapNode, session: Session, inputs: Inputs, call: Call = NOT_NESTED) -> Stack:
    """The stack of a template with what the user passes, where the facts of a call are settled."""
    beginning = start_of(root.document.path)
    region = narrowed(region_value(inputs.region, beginning), call.facts)
    passed = passed_values(inputs.parameters, beginning)
    named = named_values(inputs.stack, inputs.account, beginning)
    return Stack(root, session, region, passed, replace(call, named=named))
