"""The stack of a template that is deployed by itself, as its inputs have it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from haanalyzer.frontends.cloudformation.parameters.domains import declared_domain
from haanalyzer.frontends.cloudformation.parameters.pseudo import named_values, region_value
from haanalyzer.frontends.cloudformation.parameters.types import is_list, type_of
from haanalyzer.frontends.cloudformation.parameters.values import passed_values
from haanalyzer.frontends.cloudformation.stacks.call import NOT_NESTED, Call
from haanalyzer.frontends.cloudformation.stacks.session import Session
from haanalyzer.frontends.cloudformation.stacks.stack import Stack
from haanalyzer.frontends.deployment import Inputs
from haanalyzer.frontends.tree.nodes import ListNode, MapNode, Node, ScalarNode
from haanalyzer.source.span import start_of
from haanalyzer.values import Known, Symbol, Unknown, Value
from haanalyzer.values.logic import narrowed

_VARIABLE = re.compile(r"\$\{\s*(\w+)")


def root_stack(
    root: MapNode, session: Session, inputs: Inputs, call: Call = NOT_NESTED, *, with_defaults: bool = True
) -> Stack:
    """The stack of a template with what the user passes, where the facts of a call are settled.

    Without defaults, anything may be passed for other parameters; where every case counts, for those that
    conditions ask for.
    """
    beginning = start_of(root.document.path)
    region = narrowed(region_value(inputs.region, beginning), call.facts)
    passed = passed_values(inputs.parameters, beginning)
    if not with_defaults:
        passed = dict(_anything(root, call.prefix)) | passed
    elif inputs.every_case:
        asked = frozenset(_names_in(root.get("Conditions")))
        passed = {name: value for name, value in _anything(root, call.prefix) if name in asked} | passed
    named = named_values(inputs.stack, inputs.account, beginning)
    return Stack(root, session, region, passed, replace(call, named=named))


def _anything(root: MapNode, prefix: str) -> Iterator[tuple[str, Value]]:
    """What may be passed for each parameter of a template."""
    section = root.get("Parameters")
    for name, entry in section.entries.items() if isinstance(section, MapNode) else ():
        declared = entry.value
        many = is_list(type_of(declared)) if isinstance(declared, MapNode) else False
        place = declared.document.span(entry.start, entry.end).first_line()
        texts = declared_domain(declared).texts if isinstance(declared, MapNode) and not many else None
        if texts is not None and len(texts) == 1:
            yield name, Known(data=texts[0], place=place)
            continue
        yield name, Unknown(term=Symbol(f"{prefix}{name}"), reason="anything may be passed", place=place, many=many)


def _names_in(node: Node | None) -> Iterator[str]:
    """What expressions refer to."""
    match node:
        case ScalarNode(data=str(text)):
            yield text
            yield from _VARIABLE.findall(text)
        case ListNode(items=items):
            for item in items:
                yield from _names_in(item)
        case MapNode(entries=entries):
            for entry in entries.values():
                yield from _names_in(entry.value)
