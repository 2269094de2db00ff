"""What a condition is asked about, and in which of the worlds that the template's conditions leave open."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Protocol

from haanalyzer.graph import Resource, ResourceGraph
from haanalyzer.policy.declared.answer import Answer, Fact, either, maybe
from haanalyzer.policy.declared.attributes import written
from haanalyzer.source.span import Span
from haanalyzer.values import (
    Blocker,
    Choice,
    ListValue,
    MapValue,
    Term,
    Truth,
    Value,
    assume,
    blockers,
    undecided_condition,
    walk,
)

# A value may be a choice of choices, and a rule may turn on several: so far they are told apart.
_DEEPEST_CHOICE = 64
_MOST_CONDITIONS = 5


@dataclass(frozen=True, slots=True)
class Scene:
    """One resource judged, and what is looked at: itself, a resource related to it, or a block.

    ``decided`` says which conditions hold in the world looked at; ``met`` collects those of
    values that were read and turn on more.
    """

    graph: ResourceGraph
    subject: Resource
    here: Resource | MapValue
    parameters: Mapping[str, Any]
    decided: Mapping[Term, bool] = field(default_factory=dict)
    met: dict[Term, Blocker] = field(default_factory=dict)

    def at(self, here: Resource | MapValue) -> Scene:
        """The same world, looked at elsewhere."""
        return replace(self, here=here)

    def where(self, condition: Term, truth: bool) -> Scene:
        """The world in which a condition holds, or does not."""
        return replace(self, decided={**self.decided, condition: truth})

    def read(self, name: str) -> Value:
        """The value of an attribute, dotted where it leads into a block; choices are made as far as the world does."""
        return self._settled(written(self.here, name))

    def place_of(self, name: str) -> Span:
        """The line that gives an attribute its value."""
        return self.fact(name).place

    def fact(self, name: str) -> Fact:
        """What an attribute is here."""
        return Fact(name, self.read(name), self.here)

    def _settled(self, value: Value) -> Value:
        if not any(isinstance(part, Choice) for part in walk(value)):
            return value
        value = _chosen(value, self.decided)
        for part in walk(value):
            if isinstance(part, Choice):
                self.met.setdefault(part.condition, undecided_condition(part))
        return value


def _chosen(value: Value, decided: Mapping[Term, bool]) -> Value:
    match value:
        case Choice(condition=condition) if condition in decided:
            branch = value.when_true if decided[condition] else value.when_false
            return _chosen(assume(branch, value.assuming), decided)
        case Choice():
            yes, no = (_chosen(branch, decided) for branch in (value.when_true, value.when_false))
            return replace(value, when_true=yes, when_false=no)
        case ListValue(items=items):
            return replace(value, items=tuple(_chosen(item, decided) for item in items))
        case MapValue(entries=entries):
            return replace(value, entries={key: _chosen(entry, decided) for key, entry in entries.items()})
        case _:
            return value


def by_branches(value: Value, scene: Scene, judge: Callable[[Value, Scene], Answer]) -> Answer:
    """Judge each branch of a value in the world that it belongs to; what holds in all of them holds."""
    value = _chosen(value, scene.decided) if isinstance(value, Choice) else value
    if not isinstance(value, Choice):
        return judge(value, scene)
    if len(scene.decided) >= _DEEPEST_CHOICE:
        return maybe(blockers(value))
    yes = by_branches(assume(value.when_true, value.assuming), scene.where(value.condition, True), judge)
    no = by_branches(assume(value.when_false, value.assuming), scene.where(value.condition, False), judge)
    return either(yes, no, undecided_condition(value))


class Condition(Protocol):
    """Something that holds, or does not, in a scene."""

    def answer(self, scene: Scene) -> Answer: ...


def settle(condition: Condition, scene: Scene, splits: int = _MOST_CONDITIONS) -> Answer:
    """The answer over all worlds: what values on the same condition say together is told apart world by world."""
    scene = replace(scene, met={})
    answer = condition.answer(scene)
    if answer.truth is not Truth.MAYBE or not splits:
        return answer
    for term, blocker in scene.met.items():
        if blocker in answer.blockers and term not in scene.decided:
            yes, no = (settle(condition, scene.where(term, truth), splits - 1) for truth in (True, False))
            return either(yes, no, blocker)
    return answer
