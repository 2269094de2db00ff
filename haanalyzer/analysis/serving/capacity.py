"""Capacity: how many instances or tasks there surely are, who replaces them, and what survives a zone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from math import ceil

from haanalyzer.analysis.answers import Answer, doubts_about
from haanalyzer.analysis.serving.scaling import scalable_targets
from haanalyzer.finding import Step
from haanalyzer.graph import Links, Resource, ResourceGraph, few
from haanalyzer.source.span import Span
from haanalyzer.values import (
    Absent,
    Blocker,
    ListValue,
    MapValue,
    Truth,
    Value,
    alternatives,
    any_of,
    assumptions,
    blockers,
)
from haanalyzer.values.numbers import number
from haanalyzer.values.questions import any_item, is_equal, is_one_of, is_written

_OWN_BALANCERS = (
    "target_groups",
    "classic_load_balancers",
    "traffic_sources.target_group",
    "traffic_sources.classic_load_balancer",
)


def behind_balancer(group: Resource, graph: ResourceGraph) -> Answer:
    """Whether the instances of an Auto Scaling group are registered with a load balancer or target group."""
    found: list[Truth] = []
    steps: list[Step] = []
    unsure: list[Blocker] = []
    for relation in _OWN_BALANCERS:
        links = graph.targets(group, relation)
        found.append(links.exist)
        word = relation.partition(".")[0]
        steps += (Step(group.place_of(word), f"{group.address} is registered with {name}") for name in _names(links))
        unsure += (*links.open, *blockers(group[word]))
    attachments = graph.sources(group, "auto_scaling_attachment", "auto_scaling_group")
    found.append(attachments.exist)
    unsure += attachments.open
    for each in attachments.may:
        unsure += doubts_about(each, f"may be for {group.address}")
        if each in attachments.must:
            steps.append(Step(each.place, f"{each.address} registers {group.address} with a load balancer"))
    truth = any_of(found)
    resting = assumptions(*(group[word] for word in ("target_groups", "classic_load_balancers", "traffic_sources")))
    return Answer(truth, tuple(steps), tuple(dict.fromkeys(unsure)) if truth is Truth.MAYBE else (), resting)


def _names(links: Links) -> Iterator[str]:
    yield from (each.address for each in links.must)
    yield from links.others
    yield from map(str, links.outside)


def is_scaled(group: Resource, graph: ResourceGraph) -> Answer:
    """Whether a policy, a schedule or a scaling plan changes the size of an Auto Scaling group."""
    found: list[Truth] = []
    unsure: list[Blocker] = []
    for kind in ("scaling_policy", "scaling_schedule"):
        links = graph.sources(group, kind, "auto_scaling_group")
        unsure += links.open
        found.append(Truth.MAYBE if links.open else Truth.NO)
        for each in links.may:
            off = is_equal(each["enabled"], False) if "enabled" in each.words else Truth.NO
            found.append(~off & (Truth.YES if each in links.must else Truth.MAYBE))
            unsure.append(Blocker(each.address, each.place, f"may scale {group.address}"))
    plans = few(
        Blocker(plan.address, plan.place, "names groups by tags or stack") for plan in graph.of_kind("scaling_plan")
    )
    found += [Truth.MAYBE] * len(plans)
    unsure += plans
    truth = any_of(found)
    return Answer(truth, (), tuple(dict.fromkeys(unsure)) if truth is Truth.MAYBE else ())


@dataclass(frozen=True, slots=True)
class Fewest:
    """The fewest instances or tasks that there surely are: what says it (``attribute`` of ``owner``), and its value.

    ``blockers`` are why it cannot be told what says it.
    """

    owner: Resource
    attribute: str
    blockers: tuple[Blocker, ...] = ()

    @property
    def value(self) -> Value:
        return self.owner[self.attribute]

    @property
    def written_as(self) -> str:
        """What the author of the owner calls the attribute."""
        return self.owner.written_as(self.attribute)

    @property
    def numbers(self) -> tuple[int | None, ...]:
        """Every number that it may be, None for one that cannot be told."""
        if self.blockers:
            return (None,)
        found = dict.fromkeys(number(each) for each in alternatives(self.value))
        return tuple(None if each is None else int(each) for each in found)

    @property
    def place(self) -> Span:
        return self.owner.place_of(self.attribute)


def fewest_of(resource: Resource, graph: ResourceGraph) -> Fewest:
    """Of an Auto Scaling group its minimum size; of a service the minimum of its scaling, else its desired count."""
    if resource.kind == "auto_scaling_group":
        return Fewest(resource, "min_size")
    targets = scalable_targets(resource, graph)
    if targets.sure:
        return Fewest(targets.sure[0], "min_capacity")
    return Fewest(resource, "desired_count", targets.blockers)


def left_after_zone_loss(number: int, zones: int) -> int:
    """How many of so many, spread evenly over zones, are left without the zone that holds the most."""
    return number - ceil(number / zones)


def spread_over_zones(resource: Resource) -> Answer:
    """Whether what a group or a service runs is counted one by one and spread evenly over its zones."""
    if resource.kind == "auto_scaling_group":
        return _weights(resource["overrides"])
    scheduling, subnets = resource["scheduling_strategy"], resource["subnets"]
    replicated = ~is_equal(scheduling, "DAEMON") & is_written(subnets)
    packed = ~_runs_on_fargate(resource) & ~_first_strategy_spreads(resource["placement_strategies"])
    if replicated is Truth.NO:
        return Answer(Truth.NO)
    if packed is Truth.NO:
        return Answer(replicated, blockers=blockers(scheduling, subnets))
    tight = Blocker("placement", resource.place_of("placement_strategies"), "its tasks may be packed into one zone")
    return Answer(Truth.MAYBE, blockers=(tight, *blockers(scheduling, subnets)))


def _weights(overrides: Value) -> Answer:
    """Not where the instances of a group have weights: then its sizes are units of the owner's."""
    return Answer(~any_item(overrides, _is_weighed), blockers=blockers(overrides))


def _is_weighed(override: Value) -> Truth:
    return is_written(override.get("weighted_capacity")) if isinstance(override, MapValue) else Truth.MAYBE


def _runs_on_fargate(service: Resource) -> Truth:
    """By its launch type, or by the first of its capacity providers: Fargate's are not mixed with others."""
    strategies = service["capacity_provider_strategies"]
    first = strategies.items[0] if isinstance(strategies, ListValue) and strategies.items else strategies
    provider = first.get("provider") if isinstance(first, MapValue) else first
    return is_equal(service["launch_type"], "FARGATE") | is_one_of(provider, "FARGATE", "FARGATE_SPOT")


def _first_strategy_spreads(strategies: Value) -> Truth:
    """Services are spread over zones unless a strategy says otherwise. Source: Amazon ECS Developer Guide."""
    match strategies:
        case Absent() | ListValue(items=(), open=None):
            return Truth.YES
        case ListValue(items=(MapValue() as first, *_)):
            spreads = is_equal(first.get("type"), "spread")
            return spreads & is_equal(first.get("field"), "attribute:ecs.availability-zone")
        case _:
            return Truth.MAYBE
