"""Conditions on several: the resources that one is related to, and the blocks of a list."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from math import inf

from haanalyzer.finding import Step
from haanalyzer.graph import Resource
from haanalyzer.policy.declared.answer import Answer, all_hold, any_holds, maybe
from haanalyzer.policy.declared.conditions import Bounds
from haanalyzer.policy.declared.scene import Condition, Scene, by_branches
from haanalyzer.values import (
    Absent,
    Assumption,
    Blocker,
    Known,
    ListValue,
    MapValue,
    Truth,
    Unknown,
    Value,
    assumptions,
    blockers,
)
from haanalyzer.values.numbers import Range


@dataclass(frozen=True, slots=True)
class Member:
    """One of several: a resource, a block or another value; None for a resource that is not declared here.

    ``doubts`` say why it may not be among them at all, ``hidden`` why nothing can be told of
    it. ``several`` is true for one that stands for any number, ``distinct`` false for one that
    may be the same as another. ``step`` says how it comes to be among them.
    """

    what: Resource | Value | None
    doubts: tuple[Blocker, ...] = ()
    hidden: tuple[Blocker, ...] = ()
    several: bool = False
    distinct: bool = True
    step: Step | None = None

    def answer(self, condition: Condition | None, scene: Scene, missing: Truth) -> Answer:
        """Whether a condition holds of it; ``missing`` is the answer of an element that is not there."""
        what = self.what
        if what is None:
            return maybe(self.hidden) if condition else Answer(Truth.YES)
        if isinstance(what, Resource):
            answer = condition.answer(scene.at(what)) if condition else Answer(Truth.YES)
            return _of_resource(what, answer, self.step)
        return by_branches(what, scene, lambda value, world: _of_element(value, condition, world, missing))


def _of_resource(resource: Resource, answer: Answer, step: Step | None) -> Answer:
    if answer.truth is Truth.MAYBE:
        return answer
    facts = (step for fact in answer.facts for step in fact.steps(f" of {resource.address}"))
    return answer._replace(
        steps=(*((step,) if step else ()), *answer.steps, *facts),
        facts=(),
        assuming=answer.assuming | resource.existence.assuming,
    )


def _of_element(value: Value, condition: Condition | None, scene: Scene, missing: Truth) -> Answer:
    match value:
        case Absent():
            return Answer(missing, assuming=value.assuming)
        case Unknown(maybe_absent=False, many=False) | Known() | ListValue() | MapValue() if condition is None:
            return Answer(Truth.YES, assuming=value.assuming)
        case MapValue() if condition is not None:
            return condition.answer(scene.at(value))
        case _:
            return maybe(_unreadable(value))


def _unreadable(value: Value) -> tuple[Blocker, ...]:
    return blockers(value) or (Blocker(str(value), value.place, "no block that can be read"),)


@dataclass(frozen=True, slots=True)
class Members:
    """All of several. ``open`` says why there may be more."""

    each: tuple[Member, ...] = ()
    open: tuple[Blocker, ...] = ()
    assuming: frozenset[Assumption] = frozenset()

    def answers(self, condition: Condition | None, scene: Scene, missing: Truth) -> Iterator[tuple[Member, Answer]]:
        return ((member, member.answer(condition, scene, missing)) for member in self.each)

    def judged(self, condition: Condition | None, scene: Scene, missing: Truth) -> Iterator[Answer]:
        """The answers, open where a member may not be there and would then be ``missing``, which is another one."""
        for member, answer in self.answers(condition, scene, missing):
            if member.doubts and answer.truth is not missing:
                yield maybe((*member.doubts, *answer.blockers))
            else:
                yield answer

    @property
    def more(self) -> tuple[Answer, ...]:
        return (maybe(self.open),) if self.open else ()


@dataclass(frozen=True, slots=True)
class Some:
    """At least one is such, or is there at all."""

    condition: Condition | None = None

    def of(self, members: Members, scene: Scene) -> Answer:
        return any_holds((*members.judged(self.condition, scene, Truth.NO), *members.more))


@dataclass(frozen=True, slots=True)
class Every:
    """All of them are such; so it is where there are none."""

    condition: Condition

    def of(self, members: Members, scene: Scene) -> Answer:
        return all_hold((*members.judged(self.condition, scene, Truth.YES), *members.more))


@dataclass(frozen=True, slots=True)
class Count:
    """So many are such."""

    bounds: Bounds
    where: Condition | None = None

    def of(self, members: Members, scene: Scene) -> Answer:
        found = list(members.answers(self.where, scene, Truth.NO))
        sure = [member for member, answer in found if answer.truth is Truth.YES and not member.doubts]
        possible = [member for member, answer in found if answer.truth is not Truth.NO]
        distinct = sum(member.distinct for member in sure)
        endless = members.open or any(member.several for member in possible)
        number = Range(distinct or min(len(sure), 1), inf if endless else len(possible))
        alike = (each for member in sure if not member.distinct for each in member.hidden)
        unknown = [*members.open, *(each for member, answer in found for each in (*member.doubts, *answer.blockers))]
        answer = self.bounds.hold(number, scene, tuple(dict.fromkeys((*unknown, *alike))))
        if answer.truth is Truth.MAYBE:
            return answer
        counted = all_hold(part for member, part in found if part.truth is Truth.YES and not member.doubts)
        return answer._replace(steps=counted.steps, assuming=answer.assuming | counted.assuming)


Quantifier = Some | Every | Count


@dataclass(frozen=True, slots=True)
class Related:
    """The resources that one names in an attribute, asked about together."""

    relation: str
    quantifier: Quantifier

    def answer(self, scene: Scene) -> Answer:
        resource = scene.here
        assert isinstance(resource, Resource)
        given = self.relation.partition(".")[0]
        answer = self.quantifier.of(self._members(resource, given, scene), scene)
        if answer.truth is Truth.MAYBE:
            return answer
        assuming = answer.assuming | assumptions(resource[given])
        return answer._replace(assuming=assuming, facts=(scene.fact(given),))

    def _members(self, resource: Resource, given: str, scene: Scene) -> Members:
        links = scene.graph.targets(resource, self.relation)
        place = resource.place_of(given)
        may_name = blockers(resource[given]) or (Blocker(f"{resource.address}.{self.relation}", place, "may vary"),)
        declared = (
            Member(
                target,
                doubts=_missing(target, resource) if target in links.must else may_name,
                several=target.existence.several,
                step=Step(place, f"{resource.address} names {target.address} in {self.relation}"),
            )
            for target in links.may
        )
        others = (Member(None, hidden=(Blocker(each, place, "is of a kind not asked for"),)) for each in links.others)
        outside = (
            Member(None, hidden=_not_declared(each), distinct=isinstance(each, Known)) for each in _once(links.outside)
        )
        return Members((*declared, *others, *outside), links.open)


def _missing(resource: Resource, wherever: Resource) -> tuple[Blocker, ...]:
    """Why a resource may not be there, though another one is that names it."""
    return () if resource.existence.follows_from(wherever.existence) else resource.existence.unless


def _once(values: Iterable[Value]) -> Iterator[Value]:
    """Each literal once, wherever it is written."""
    yield from {value.data if isinstance(value, Known) else id(value): value for value in values}.values()


def _not_declared(value: Value) -> tuple[Blocker, ...]:
    return blockers(value) or (Blocker(str(value), value.place, "is not declared here"),)


@dataclass(frozen=True, slots=True)
class NamedBy:
    """The resources of a kind that name this one in an attribute, asked about together."""

    kind: str
    relation: str
    quantifier: Quantifier

    def answer(self, scene: Scene) -> Answer:
        resource = scene.here
        assert isinstance(resource, Resource)
        return self.quantifier.of(self._members(resource, scene), scene)

    def _members(self, resource: Resource, scene: Scene) -> Members:
        links = scene.graph.sources(resource, self.kind, self.relation)
        given = self.relation.partition(".")[0]
        each = (
            Member(
                source,
                doubts=() if source in links.must else self._doubts(source, given),
                several=source.existence.several,
                step=Step(source.place_of(given), f"{source.address} names {resource.address} in {self.relation}"),
            )
            for source in links.may
        )
        return Members(tuple(each), links.open)

    def _doubts(self, source: Resource, given: str) -> tuple[Blocker, ...]:
        found = (*source.existence.unless, *blockers(source[given]))
        return found or (Blocker(source.address, source.place, f"may name another one in {self.relation}"),)


@dataclass(frozen=True, slots=True)
class Items:
    """The elements of a list, asked about together."""

    attribute: str
    quantifier: Quantifier

    def answer(self, scene: Scene) -> Answer:
        answer = by_branches(scene.read(self.attribute), scene, self._judge)
        if answer.truth is Truth.MAYBE:
            return answer
        inside = tuple(fact._replace(within=(self.attribute, *fact.within)) for fact in answer.facts)
        return answer._replace(facts=inside or (scene.fact(self.attribute),))

    def _judge(self, value: Value, scene: Scene) -> Answer:
        answer = self.quantifier.of(_elements(value), scene)
        return answer if answer.truth is Truth.MAYBE else answer._replace(assuming=answer.assuming | value.assuming)


def _elements(value: Value) -> Members:
    match value:
        case Absent():
            return Members()
        case ListValue(items=items, open=more, is_set=is_set):
            each = tuple(Member(item) for item in items)
            if is_set:
                each = tuple(Member(item, hidden=blockers(item), distinct=not blockers(item)) for item in _once(items))
            return Members(each, (more,) if more else ())
        case MapValue():
            return Members((Member(value),))
        case _:
            return Members(open=_unreadable(value))
