"""Workloads: what runs in a subnet and opens connections of its own."""

from __future__ import annotations

from haanalyzer.graph import Links, Resource, ResourceGraph
from haanalyzer.graph.links import all_links

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
