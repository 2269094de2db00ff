"""Workloads: what runs in a subnet and opens connections of its own."""

from __future__ import annotations

from dataclasses import dataclass

from haanalyzer.analysis.routing import Part, PartPlayed, part_of
from haanalyzer.finding import Step
from haanalyzer.graph import Links, Resource, ResourceGraph
from haanalyzer.graph.links import all_links
from haanalyzer.values import Assumption, Blocker, Truth

STANDING = (
    ("auto_scaling_group", "subnets"),
    ("ecs_service", "subnets"),
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
    """Whether a workload in a subnet also stands in one with a way out; where it does, which and where."""

    truth: Truth
    blockers: tuple[Blocker, ...] = ()
    workload: str = ""
    elsewhere: str = ""
    steps: tuple[Step, ...] = ()
    assuming: frozenset[Assumption] = frozenset()


def left_behind(subnet: Resource, graph: ResourceGraph) -> LeftBehind:
    """Whether any workload that stands in a subnet also stands in other subnets, which have a way out."""
    workloads = workloads_in(subnet, graph)
    unsure: list[Blocker] = [*workloads.open]
    for workload in workloads.must if workloads.open else workloads.may:
        others = subnets_of(workload, graph)
        for other in others.may:
            part = graph.once(part_of, other)
            leaves = Truth.NO if other is subnet else _has_way_out(workload, part)
            if leaves is Truth.YES and workload in workloads.must and other in others.must:
                steps = (
                    Step(workload.place, f"{workload.address} stands in {subnet.address} and {other.address}"),
                    *part.steps,
                )
                resting = workload.existence.assuming | part.assuming
                return LeftBehind(Truth.YES, (), workload.address, other.address, steps, resting)
            if leaves is not Truth.NO:
                unsure += (*workload.existence.unless, *part.blockers, *others.open)
                unsure.append(Blocker(workload.address, workload.place, "which subnets it stands in cannot be told"))
        unsure += others.open
        unsure += (Blocker(str(each), each.place, "a subnet that is not declared here") for each in others.outside)
    return LeftBehind(Truth.MAYBE if unsure else Truth.NO, tuple(dict.fromkeys(unsure)))


def _has_way_out(workload: Resource, part: PartPlayed) -> Truth:
    """A function has no public address, so only a private subnet leads it out."""
    if workload.kind == "lambda_function":
        return part.is_(Part.PRIVATE)
    return ~part.is_(Part.ISOLATED)
