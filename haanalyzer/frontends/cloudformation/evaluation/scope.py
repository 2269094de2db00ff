"""What an expression may refer to at one spot of a template."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from haanalyzer.frontends.cloudformation.evaluation.conditions import Decision
from haanalyzer.frontends.cloudformation.evaluation.facts import Facts, learn, settle
from haanalyzer.frontends.cloudformation.evaluation.intrinsics import evaluate
from haanalyzer.frontends.tree.nodes import Node
from haanalyzer.source.span import Span
from haanalyzer.values import Assumption, Known, Term, Value

if TYPE_CHECKING:
    from haanalyzer.frontends.cloudformation.stacks.stack import Stack


@dataclass(frozen=True, slots=True)
class Scope:
    """A stack, what is settled about its conditions here, and the loop variables of ``Fn::ForEach`` around."""

    stack: Stack
    facts: Facts
    bindings: Mapping[str, Value] = field(default_factory=dict)

    def evaluate(self, node: Node) -> Value:
        return evaluate(node, self)

    def condition(self, name: str, place: Span) -> Decision:
        """A named condition, settled as far as the facts go."""
        decision = self.stack.condition(name, place)
        if isinstance(decision, Known):
            return decision
        left = settle(decision.term, self.facts)
        if isinstance(left, bool):
            return Known(data=left, place=decision.place, assuming=decision.assuming)
        return replace(decision, term=left)

    def where(self, term: Term, holds: bool) -> Scope:
        """The scope of a branch that is only taken when a condition comes out so."""
        return replace(self, facts=learn(self.facts, term, holds))

    def binding(self, name: str, value: Value) -> Scope:
        return replace(self, bindings={**self.bindings, name: value})

    @property
    def identity(self) -> str:
        """What tells this use of a template, and this turn of its loops, from others."""
        return self.stack.prefix + "".join(f"{name}={value} " for name, value in self.bindings.items())

    @property
    def assuming(self) -> frozenset[Assumption]:
        """What the loops around rest on."""
        return frozenset(taken for value in self.bindings.values() for taken in value.assuming)

    def substitute(self, text: str) -> str:
        """A text with the loop variables filled in: ``${Name}``, or ``&{Name}`` for its letters and digits."""
        if not self.bindings or "{" not in text:
            return text
        for name, value in self.bindings.items():
            letters = "".join(filter(str.isalnum, str(value)))
            text = text.replace(f"${{{name}}}", str(value)).replace(f"&{{{name}}}", letters)
        return text
