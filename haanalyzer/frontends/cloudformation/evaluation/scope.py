"""What an expression may refer to at one spot of a template."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Protocol

from haanalyzer.frontends.cloudformation.evaluation.bounds import Bounds
from haanalyzer.frontends.cloudformation.parameters.domains import Domain
from haanalyzer.frontends.deployment import Attributes
from haanalyzer.frontends.tree.nodes import MapNode, Node
from haanalyzer.source.span import Span
from haanalyzer.values import Assumption, Known, Term, Unknown, Value
from haanalyzer.values.logic import Facts, learn, narrowed, settle

Decision = Known | Unknown
"""A boolean that is known, or the term of a condition that is not."""


class Names(Protocol):
    """What a stack gives its expressions to refer to.

    ``prefix`` stands before its logical ids in an address, ``region`` is where it is deployed.
    """

    @property
    def prefix(self) -> str: ...

    @property
    def region(self) -> Known | Unknown: ...

    @property
    def bounds(self) -> Bounds: ...

    def section(self, name: str) -> MapNode | None:
        """A section of the template, such as ``Mappings``; None when it is missing, empty or no map."""

    def snippet(self, call: Node) -> MapNode | None:
        """What a call of ``Fn::Transform`` includes; None where only the deployment knows."""

    def parameter(self, name: str) -> Value | None:
        """The value of a parameter; None when there is no such parameter."""

    @property
    def secrets(self) -> Mapping[str, Value]:
        """What stands for parameters with ``NoEcho`` that something is given for."""

    def domain(self, term: Term) -> Domain:
        """What a term may be that stands for a parameter, or an element of one."""

    def condition(self, name: str, place: Span) -> Decision:
        """Whether a named condition holds."""

    def declares(self, logical_id: str) -> bool:
        """Whether there is such a resource in the template."""

    def derived(self, name: str) -> str:
        """The logical id of what a serverless resource makes, such as ``MyFunction.Alias``; other names as they are."""

    def attributes(self, logical_id: str) -> Attributes | None:
        """A resource's attributes; None when it is not declared."""

    def output_of(self, logical_id: str, name: str, place: Span) -> Value | None:
        """An output of a nested stack; None for other resources."""

    def pseudo_parameter(self, name: str, place: Span) -> Value:
        """What ``Ref`` gives for a pseudo parameter."""

    def imported(self, name: str | Term, place: Span) -> Value:
        """What another stack exports by a name, as far as that is known."""

    def evaluate(self, node: Node, scope: Scope) -> Value:
        """The value of an expression at a spot of the template. What CloudFormation would reject is unknown."""


@dataclass(frozen=True, slots=True)
class Scope:
    """A stack, what is settled about its conditions here, and the loop variables of ``Fn::ForEach`` around.

    Only where it ``reveals`` them are secrets known: what is said of a resource may be printed anywhere.
    """

    stack: Names
    facts: Facts
    bindings: Mapping[str, Value] = field(default_factory=dict)
    reveals: bool = False

    def evaluate(self, node: Node) -> Value:
        return self.stack.evaluate(node, self)

    def condition(self, name: str, place: Span) -> Decision:
        """A named condition, settled as far as the facts go."""
        decision = self.stack.condition(name, place)
        if isinstance(decision, Known):
            return decision
        left = settle(decision.term, self.facts)
        if isinstance(left, bool):
            return Known(data=left, place=decision.place, assuming=decision.assuming)
        return replace(decision, term=left)

    def narrowed(self, value: Value) -> Value:
        """A value where the facts tell which text it is, or leave no other one open."""
        if not isinstance(value, Unknown) or not self.facts:
            return value
        texts = None if value.many else self.stack.domain(value.term).texts
        left = [text for text in texts or () if self.may_be(value.term, text)]
        if len(left) == 1:
            return Known(data=left[0], place=value.place, assuming=value.assuming)
        return narrowed(value, self.facts)

    def may_be(self, term: Term, text: str) -> bool:
        """Whether the facts leave it open that a term is a text."""
        return settle(self.stack.domain(term).equation(term, text), self.facts) is not False

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
