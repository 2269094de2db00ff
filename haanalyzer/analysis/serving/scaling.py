"""Scaling: which targets of Application Auto Scaling are meant for a service or a table."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from haanalyzer.analysis.alike import ByValue
from haanalyzer.graph import Resource, ResourceGraph
from haanalyzer.values import (
    AttributeOf,
    Blocker,
    Concat,
    Known,
    Symbol,
    Term,
    Truth,
    Unknown,
    Value,
    alternatives,
    attributes_in,
    blockers,
    concat,
    same_term,
)

_SCALED = frozenset({"ecs_service", "dynamodb_table"})


@dataclass(frozen=True, slots=True)
class ScalableTargets:
    """The targets that surely scale a resource, those that only may, and why there may be others."""

    sure: tuple[Resource, ...] = ()
    perhaps: tuple[Resource, ...] = ()
    blockers: tuple[Blocker, ...] = ()


def scalable_targets(resource: Resource, graph: ResourceGraph) -> ScalableTargets:
    """The targets of Application Auto Scaling whose resource id names an ECS service or a DynamoDB table."""
    targets = graph.of_kind("scalable_target")
    if not targets:
        return ScalableTargets(blockers=graph.opaque_around(resource))
    sure: list[Resource] = []
    perhaps: list[Resource] = []
    candidates, more = _perhaps_for(resource, targets[0], graph)
    unsure: list[Blocker] = [*graph.opaque_around(resource), *more]
    for target in candidates:
        found = {_names(each, resource, graph) for each in alternatives(target["resource_id"])}
        if found == {Truth.YES} and target.existence.follows_from(resource.existence):
            sure.append(target)
        elif found != {Truth.NO}:
            may = Blocker(target.address, target.place, f"may scale {resource.address}")
            perhaps.append(target)
            unsure += (*target.existence.unless, *blockers(target["resource_id"])) or (may,)
    return ScalableTargets(tuple(sure), tuple(perhaps), tuple(dict.fromkeys(unsure)))


def _perhaps_for(
    resource: Resource, first: Resource, graph: ResourceGraph
) -> tuple[tuple[Resource, ...], tuple[Blocker, ...]]:
    """The targets that may be for a resource; where too many may be for any, not all of those."""
    made_of, others = graph.once(_by_id, first)
    alike = others.alike(_value_of(_name(resource), resource))
    return tuple(dict.fromkeys((*made_of.get(resource.address, ()), *alike.may))), alike.open


def _value_of(name: str | Term, resource: Resource) -> Value:
    if isinstance(name, str):
        return Known(data=name, place=resource.place)
    return Unknown(term=name, reason="", place=resource.place)


def _by_id(first: Resource, graph: ResourceGraph) -> tuple[dict[str, list[Resource]], ByValue]:
    """The targets by the resource that their id is made of, and by the name in it those that are made of none."""
    made_of: defaultdict[str, list[Resource]] = defaultdict(list)
    others: dict[Resource, Value] = {}
    for target in graph.of_kind(first.kind):
        scaled = [_scaled(each, graph) for each in alternatives(target["resource_id"])]
        for address in dict.fromkeys(address for each in scaled for address in each):
            made_of[address].append(target)
        if not all(scaled):
            others[target] = _name_in(target["resource_id"], target)
    return made_of, ByValue(others.items())


def _name_in(resource_id: Value, target: Resource) -> Value:
    """The name that an id ends with, where it is a literal one."""
    match resource_id:
        case Known(data=data) | Unknown(term=Concat(parts=(*_, str(data)))) if "/" in str(data):
            return Known(data=str(data).rpartition("/")[2], place=resource_id.place)
    return Unknown(term=Symbol(target.address), reason="its name cannot be told", place=resource_id.place)


def _scaled(resource_id: Value, graph: ResourceGraph) -> list[str]:
    """The services and tables that an id is made of."""
    terms = attributes_in(resource_id.term) if isinstance(resource_id, Unknown) else ()
    found = (attribute.address for attribute in terms)
    return [each for each in found if each in graph.resources and graph.resources[each].kind in _SCALED]


def _names(resource_id: Value, resource: Resource, graph: ResourceGraph) -> Truth:
    """Whether a resource id stands for this resource: it is made of an attribute of it, or spells its name."""
    match resource_id:
        case Known(data=data):
            return same_term(str(data), _resource_id(resource, graph))
        case Unknown(term=term):
            if scaled := _scaled(resource_id, graph):
                return Truth.of(resource.address in scaled and not _is_of_index(term))
            return same_term(term, _resource_id(resource, graph))
        case _:
            return Truth.MAYBE


def _resource_id(resource: Resource, graph: ResourceGraph) -> str | Term:
    """The id by which Application Auto Scaling knows a resource. Source: RegisterScalableTarget, ResourceId."""
    if resource.kind == "dynamodb_table":
        return concat(["table/", _name(resource)])
    cluster = graph.targets(resource, "cluster").must
    unknown = Symbol(f"cluster of {resource.address}")
    return concat(["service/", _name(cluster[0]) if cluster else unknown, "/", _name(resource)])


def _name(resource: Resource) -> str | Term:
    match resource["name"]:
        case Known(data=data):
            return str(data)
        case Unknown(term=term):
            return term
        case _:
            return AttributeOf(resource.address, "name")


def _is_of_index(term: Term) -> bool:
    return isinstance(term, Concat) and any("/index/" in part for part in term.parts if isinstance(part, str))
