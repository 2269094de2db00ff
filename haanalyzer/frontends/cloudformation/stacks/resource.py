"""A resource of a stack, before its properties are evaluated."""

from __future__ import annotations

from dataclasses import dataclass

from haanalyzer.frontends.cloudformation.evaluation.scope import Scope
from haanalyzer.frontends.deployment import Existence
from haanalyzer.frontends.tree.nodes import MapNode
from haanalyzer.source.span import Span


@dataclass(frozen=True, slots=True)
class Resource:
    """A resource of a stack as it is written; ``existence`` is None for what is certainly not deployed."""

    logical_id: str
    place: Span
    type: str
    body: MapNode
    properties: MapNode
    scope: Scope
    existence: Existence | None
