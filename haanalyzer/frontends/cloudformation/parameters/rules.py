"""``Rules``: what must hold of the parameters of a stack for it to be deployed at all.

https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/rules-section-structure.html
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from haanalyzer.frontends.cloudformation.evaluation.conditions import decide
from haanalyzer.frontends.cloudformation.evaluation.scope import Decision, Scope
from haanalyzer.frontends.cloudformation.evaluation.symbolic import AND, EQUALS, OR
from haanalyzer.frontends.cloudformation.parameters.values import Given
from haanalyzer.frontends.tree.nodes import ListNode, MapNode, Node, text_of
from haanalyzer.values import Call, Known, Symbol, Term
from haanalyzer.values.logic import learn


def under_rules(section: MapNode | None, scope: Scope, given: Given) -> Scope:
    """The scope of a stack whose parameters keep the rules that apply to them, and whose domains these narrow.

    What rests on defaults tells nothing: other values may be passed. A rule that what is passed breaks is told.
    """
    for name, rule in section.entries.items() if section else ():
        for assertion, decision in _assertions(rule.value, scope):
            if isinstance(decision, Known):
                if not decision.data:
                    message = f"expected the rule {name} to be kept: {_description(assertion)}"
                    given.report(assertion.place, "rule-not-kept", message)
            elif not decision.maybe_absent:
                _narrow(decision.term, given)
                scope = replace(scope, facts=learn(scope.facts, decision.term, True))
    return scope


def _assertions(rule: Node, scope: Scope) -> Iterator[tuple[MapNode, Decision]]:
    """The assertions of a rule that surely applies, and whether they hold, where that rests on no default."""
    assertions = rule.get("Assertions") if isinstance(rule, MapNode) else None
    if not isinstance(rule, MapNode) or not isinstance(assertions, ListNode):
        return
    condition = rule.get("RuleCondition")
    applies = decide(condition, scope) if condition else Known(data=True, place=rule.place)
    if not isinstance(applies, Known) or not applies.data or applies.assuming:
        return
    for assertion in assertions.items:
        asserted = assertion.get("Assert") if isinstance(assertion, MapNode) else None
        if isinstance(assertion, MapNode) and asserted is not None:
            decision = decide(asserted, scope)
            if not decision.assuming:
                yield assertion, decision


def _description(assertion: MapNode) -> str:
    return text_of(assertion.get("AssertDescription")) or "its assertion does not hold"


def _narrow(term: Term, given: Given) -> None:
    """Take what an assertion says of one parameter of this stack, or of each of several, into what these may be."""
    if isinstance(term, Call) and term.function == AND:
        for each in term.arguments:
            if isinstance(each, Term):
                _narrow(each, given)
    compared = term.arguments if isinstance(term, Call) and term.function == OR else (term,)
    sides = [each.arguments for each in compared if isinstance(each, Call) and each.function == EQUALS]
    parameters = {left for left, _ in sides}
    texts = [right for _, right in sides if isinstance(right, str)]
    match list(parameters):
        case [Symbol() as parameter] if len(texts) == len(compared) and given.owns(parameter):
            given.domains[parameter] = given.domains[parameter].among(texts)
