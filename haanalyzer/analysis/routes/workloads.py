"""Workloads: what runs in a subnet and opens connections of its own."""

from __future__ import annotations

from dataclasses import dataclass, replace

from haanalyzer.analysis.routes.routing import Part, PartPlayed, part_of
from haanalyzer.finding import Step
from haanalyzer.graph import Links, Resource, ResourceGraph
from haanalyzer.graph.links import all_links
from haanalyzer.values import Assumption, Blocker, Truth

STANDING = (
    ("auto_scaling_group", "subnets"),
    ("ecs_service", "subnets"),
    ("ecs_task_set", "subnets"),
    ("lambda_function", "subnets"),
    ("instance", "subnet"),
    ("instance", "network_interfaces.subnet"),
)
"""The kinds of workloads, and how each names the subnets that it stands in."""


def workloads_in(subnet: Resource, graph: ResourceGraph) -> Links:
    """The workloads that stand in a subnet; ``must`` do so wherever the subnet is there."""
    return graph.once(_workloads_in, subnet)


def _workloads_in(subnet: Resource, graph: ResourceGraph) -> Links:
    return all_links(graph.sources(subnet, kind, relation) for kind, relation in STANDING)


def subnets_of(workload: Resource, graph: ResourceGraph) -> Links:
    """The subnets that a workload stands in."""
    return all_links(graph.targets(workload, relation) for kind, relation in STANDING if kind == workload.kind)


@dataclass(frozen=True, slots=True)
class LeftBehind:
    """Whether a workload stands in a subnet with a way out; where it does, which, where, and how that is known."""

    truth: Truth
    blockers: tuple[Blocker, ...] = ()
    workload: str = ""
    elsewhere: str = ""
    steps: tuple[Step, ...] = ()
    assuming: frozenset[Assumption] = frozenset()


def left_behind(subnet: Resource, graph: ResourceGraph) -> LeftBehind:
    """Whether any workload that stands in a subnet also stands in subnets that have a way out."""
    workloads = workloads_in(subnet, graph)
    unsure: list[Blocker] = [*workloads.open]
    for workload in workloads.must if workloads.open else workloads.may:
        found = graph.once(_gets_out, workload)
        if found.truth is Truth.YES and workload in workloads.must:
            also = Step(workload.place, f"{workload.address} stands in {subnet.address} and {found.elsewhere}")
            return replace(found, steps=(also, *found.steps))
        if found.truth is not Truth.NO:
            here = Blocker(workload.address, workload.place, "which subnets it stands in cannot be told")
            unsure += (*workload.existence.unless, *found.blockers) or (here,)
    return LeftBehind(Truth.MAYBE if unsure else Truth.NO, tuple(dict.fromkeys(unsure)))


def _gets_out(workload: Resource, graph: ResourceGraph) -> LeftBehind:
    subnets = subnets_of(workload, graph)
    unsure: list[Blocker] = [*subnets.open]
    for subnet in subnets.may:
        part = graph.once(part_of, subnet)
        leaves = _has_way_out(workload, part)
        if leaves is Truth.YES and subnet in subnets.must:
            resting = workload.existence.assuming | part.assuming
            return LeftBehind(Truth.YES, (), workload.address, subnet.address, part.steps, resting)
        if leaves is not Truth.NO:
            perhaps = Blocker(workload.address, workload.place, f"may stand in {subnet.address}")
            unsure += part.blockers or (perhaps,)
    unsure += (Blocker(str(each), each.place, "a subnet that is not declared here") for each in subnets.outside)
    return LeftBehind(Truth.MAYBE if unsure else Truth.NO, tuple(dict.fromkeys(unsure)))


def _has_way_out(workload: Resource, part: PartPlayed) -> Truth:
    """A function has no public address, so only a private subnet leads it out."""
    if workload.kind == "lambda_function":
        return part.plays(Part.PRIVATE)
    return ~part.plays(Part.ISOLATED)
