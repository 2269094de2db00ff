"""Where a service of ECS runs that names no subnet: on the instances that join its cluster."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import zip_longest

from haanalyzer.analysis.answers import doubts_about
from haanalyzer.analysis.placement import zones_of
from haanalyzer.analysis.serving.cluster_nodes import node_of_cluster, scripts_of
from haanalyzer.analysis.zones import Zones
from haanalyzer.graph import Resource, ResourceGraph
from haanalyzer.values import (
    Absent,
    AttributeOf,
    Call,
    Choice,
    Concat,
    Known,
    Term,
    Truth,
    Unknown,
    Value,
    any_of,
    concat,
    identity_of,
    walk,
)
from haanalyzer.values.questions import is_equal, is_written

# As the agent's configuration says it. Source: Amazon ECS Developer Guide, container agent configuration.
_NAMES = re.compile(r"ECS_CLUSTER=[\"']?([\w-]*)")


def zones_of_nodes(service: Resource, graph: ResourceGraph) -> Zones:
    """The zones of the Auto Scaling groups whose instances join a service's cluster; none where none surely does."""
    clusters = graph.targets(service, "cluster") if service.kind == "ecs_service" else None
    if clusters is None or not clusters.certain or len(clusters.must) != 1 or not _runs_on_nodes(service):
        return Zones()
    (cluster,) = clusters.must
    found = Zones(open=graph.opaque_around(cluster))
    for group in graph.of_kind("auto_scaling_group"):
        truth = _joins(group, cluster, graph)
        zones = zones_of(group, graph) if truth is not Truth.NO else Zones()
        if truth is Truth.MAYBE or not group.existence.certain:
            doubts = doubts_about(group, f"may run {service.address}")
            perhaps = (replace(use, unless=(*use.unless, *doubts)) for use in zones.sure + zones.possible)
            zones = replace(zones, sure=(), possible=tuple(perhaps))
        found |= zones
    return found if found.sure else Zones()


def _runs_on_nodes(service: Resource) -> bool:
    """Whether a service runs on any instance of its cluster, as it does where nothing else is said."""
    launch_type = service["launch_type"]
    on_instances = isinstance(launch_type, Absent) or is_equal(launch_type, "EC2") is Truth.YES
    return on_instances and is_written(service["placement_constraints"]) is Truth.NO


def _joins(group: Resource, cluster: Resource, graph: ResourceGraph) -> Truth:
    """Whether the instances of a group join a cluster, by what they run when they start."""
    named = [
        _is_cluster(name, cluster) & (Truth.YES if sure else Truth.MAYBE)
        for script, sure in scripts_of(group, graph)
        for name in _clusters_in(script)
    ]
    if Truth.YES in named or (named and any_of(named) is Truth.NO):
        return any_of(named)
    return node_of_cluster(group, graph).truth & Truth.MAYBE


def _is_cluster(name: str | Term, cluster: Resource) -> Truth:
    match name:
        case AttributeOf(address=address):
            return Truth.YES if address == cluster.address else Truth.MAYBE
        case str():
            return is_equal(cluster["name"], name)
    return Truth.YES if identity_of(cluster["name"]) == name else Truth.MAYBE


def _clusters_in(script: Value) -> Iterator[str | Term]:
    """The names of clusters that a script, or any text in a map or list of them, writes down."""
    if any(isinstance(part, Choice) for part in walk(script)):
        return
    for part in walk(script):
        match part:
            case Known(data=str(text)):
                yield from _names_in([text])
            case Unknown(term=Concat(parts=parts) | Call(function="Fn::Base64", arguments=(Concat(parts=parts),))):
                yield from _names_in(parts)


def _names_in(parts: Sequence[str | Term]) -> Iterator[str | Term]:
    for part, following in zip_longest(parts, parts[1:], fillvalue=""):
        for found in _NAMES.finditer(part) if isinstance(part, str) else ():
            ends_here = found.end() < found.endpos or not following
            name = concat([found[1]] if ends_here else [found[1], following])
            if name:
                yield name
