"""The outputs of a template: what a stack gives to the one around it, and what it exports to all others."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from haanalyzer.frontends.cloudformation.evaluation.foreach import entries_of
from haanalyzer.frontends.cloudformation.evaluation.scope import Decision, Scope
from haanalyzer.frontends.tree.nodes import MapNode, Node, name_of
from haanalyzer.source.span import Span
from haanalyzer.values import Known, Unknown, Value, assume


@dataclass(frozen=True, slots=True)
class Output:
    """An output as it is written; ``decision`` is whether it is put out, ``scope`` that of where it is."""

    name: str
    place: Span
    scope: Scope
    decision: Decision
    value: Node | None
    export: Node | None

    @property
    def certainly_missing(self) -> bool:
        return isinstance(self.decision, Known) and not self.decision.data

    def evaluate(self, node: Node) -> Value:
        """One of its expressions, with what the loops and the condition around rest on."""
        return assume(self.scope.evaluate(node), self.scope.assuming | self.decision.assuming)


def outputs_in(section: MapNode, scope: Scope) -> Iterator[Output]:
    """The outputs of a section; what only the deployment makes is left out."""
    for name, entry, inner in entries_of(section, scope):
        if inner is None or not isinstance(entry.value, MapNode):
            continue
        place = entry.value.document.span(entry.start, entry.end).first_line()
        decision = _decision(entry.value, inner, place)
        where = inner.where(decision.term, True) if isinstance(decision, Unknown) else inner
        export = entry.value.get("Export")
        named = export.get("Name") if isinstance(export, MapNode) else None
        yield Output(name, place, where, decision, entry.value.get("Value"), named)


def _decision(body: MapNode, scope: Scope, place: Span) -> Decision:
    """Whether an output is put out, by its ``Condition``."""
    node = body.get("Condition")
    name = name_of(node)
    if node is None or name is None:
        return Known(data=True, place=place)
    return scope.condition(scope.substitute(name), node.place)
