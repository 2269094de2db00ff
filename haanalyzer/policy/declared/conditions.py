"""Conditions on one resource or block: what its attributes are, where it stands, and what is made of such parts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from haanalyzer.analysis.placement import zones_of
from haanalyzer.graph import Resource
from haanalyzer.policy.declared.answer import Answer, Fact, all_hold, any_holds, maybe
from haanalyzer.policy.declared.operands import Operand
from haanalyzer.policy.declared.operators import BOUNDS, OPERATORS, STATES
from haanalyzer.policy.declared.scene import Condition, Scene, by_branches
from haanalyzer.values import Absent, Blocker, Truth, Value, assumptions, blockers
from haanalyzer.values.numbers import Range, range_of


@dataclass(frozen=True, slots=True)
class All:
    parts: tuple[Condition, ...] = ()

    def answer(self, scene: Scene) -> Answer:
        return all_hold(part.answer(scene) for part in self.parts)


@dataclass(frozen=True, slots=True)
class Any:
    parts: tuple[Condition, ...]

    def answer(self, scene: Scene) -> Answer:
        return any_holds(part.answer(scene) for part in self.parts)


@dataclass(frozen=True, slots=True)
class Not:
    part: Condition

    def answer(self, scene: Scene) -> Answer:
        return ~self.part.answer(scene)


@dataclass(frozen=True, slots=True)
class Unless:
    """Not meant by a rule."""

    meant: Condition

    def answer(self, scene: Scene) -> Answer:
        return unless(self.meant.answer(scene))


def unless(meant: Answer) -> Answer:
    """Whether a resource is not meant. The attributes that say so are no finding's place."""
    return (~meant)._replace(facts=())


@dataclass(frozen=True, slots=True)
class Is:
    """Whether an attribute is absent, present or empty."""

    attribute: str
    state: str

    def answer(self, scene: Scene) -> Answer:
        def judge(value: Value, scene: Scene) -> Answer:
            truth = STATES[self.state](value)
            if truth is Truth.MAYBE and _names_something(self.attribute, scene):
                truth = Truth.of(self.state == "present")
            return _decided(truth, value)

        return _with_fact(by_branches(scene.read(self.attribute), scene, judge), self.attribute, scene)


def _names_something(attribute: str, scene: Scene) -> bool:
    return isinstance(scene.here, Resource) and scene.graph.targets(scene.here, attribute).exist is Truth.YES


@dataclass(frozen=True, slots=True)
class Compare:
    """Whether an attribute compares so with an operand, or with any one of a list."""

    attribute: str
    operator: str
    operands: tuple[Operand, ...]

    def answer(self, scene: Scene) -> Answer:
        value = scene.read(self.attribute)
        compared = any_holds(
            by_branches(operand, scene, self._with(value))
            for operands in self.operands
            for operand in operands.values(scene)
        )
        return _with_fact(compared, self.attribute, scene)

    def _with(self, value: Value) -> Callable[[Value, Scene], Answer]:
        def judge(operand: Value, scene: Scene) -> Answer:
            return by_branches(value, scene, lambda branch, _: self._judge(branch, operand))

        return judge

    def _judge(self, value: Value, operand: Value) -> Answer:
        if isinstance(operand, Absent) and self.operator != "equals" and not isinstance(value, Absent):
            return maybe((Blocker(self.attribute, operand.place, "nothing is written that it could be compared with"),))
        return _decided(OPERATORS[self.operator](value, operand), value, operand)


def _decided(truth: Truth, *values: Value) -> Answer:
    if truth is Truth.MAYBE:
        first = values[0]
        return maybe(blockers(*values) or (Blocker(str(first), first.place, "cannot be compared"),))
    return Answer(truth, assuming=assumptions(*values))


def _with_fact(answer: Answer, attribute: str, scene: Scene) -> Answer:
    return answer if answer.truth is Truth.MAYBE else answer._replace(facts=(scene.fact(attribute),))


@dataclass(frozen=True, slots=True)
class KindIs:
    """Of which kind a related resource is."""

    kinds: tuple[str, ...]

    def answer(self, scene: Scene) -> Answer:
        return Answer(Truth.of(isinstance(scene.here, Resource) and scene.here.kind in self.kinds))


@dataclass(frozen=True, slots=True)
class Bounds:
    """What a number must be: all of these."""

    bounds: tuple[tuple[str, Operand], ...]

    def hold(self, number: Range, scene: Scene, unknown: tuple[Blocker, ...]) -> Answer:
        """Whether a number within this interval keeps the bounds; ``unknown`` is what makes it an interval."""
        return all_hold(
            by_branches(operand, scene, lambda limit, _, word=word: _within(word, number, limit, unknown))  # type: ignore[misc]
            for word, operands in self.bounds
            for operand in operands.values(scene)
        )


def _within(word: str, number: Range, limit: Value, unknown: tuple[Blocker, ...]) -> Answer:
    other = range_of(limit)
    truth = BOUNDS[word](number, other) if other else Truth.MAYBE
    if truth is Truth.MAYBE:
        return maybe((*unknown, *blockers(limit)) or (Blocker(str(limit), limit.place, "no number"),))
    return Answer(truth, assuming=assumptions(limit))


_PLACING = ("subnets", "subnet_mappings", "subnet", "subnet_group", "zones", "zone")


@dataclass(frozen=True, slots=True)
class ZoneCount:
    """In how many different zones a resource stands."""

    bounds: Bounds

    def answer(self, scene: Scene) -> Answer:
        resource = scene.here
        assert isinstance(resource, Resource)
        zones = zones_of(resource, scene.graph)
        unknown = zones.blockers or (Blocker(resource.address, resource.place, "names no subnet or zone of its own"),)
        if not zones.sure and not zones.local:
            return maybe(unknown)
        most = float("inf") if zones.most is None else zones.most
        answer = self.bounds.hold(Range(zones.fewest, most), scene, unknown)
        if answer.truth is Truth.MAYBE:
            return answer
        given = next((name for name in _PLACING if _gives(resource, name)), None)
        facts: tuple[Fact, ...] = (scene.fact(given),) if given else ()
        return answer._replace(steps=zones.steps, assuming=answer.assuming | zones.assuming, facts=facts)


def _gives(resource: Resource, name: str) -> bool:
    return name in resource.words and not isinstance(resource[name], Absent)
