"""Where a service of ECS runs that names no subnet: on the instances that join its cluster."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest

from haanalyzer.analysis.answers import doubts_about
from haanalyzer.analysis.placement import zones_of
from haanalyzer.analysis.serving.cluster_nodes import node_of_cluster, scripts_of
from haanalyzer.analysis.zones import Zones
from haanalyzer.graph import Resource, ResourceGraph
from haanalyzer.graph.bounds import listed
from haanalyzer.graph.relations import IDENTIFIERS
from haanalyzer.values import (
    Absent,
    AttributeOf,
    Call,
    Choice,
    Concat,
    Known,
    Symbol,
    Term,
    Truth,
    Unknown,
    Value,
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
    return graph.once(_zones_of_cluster, clusters.must[0])


def _runs_on_nodes(service: Resource) -> bool:
    """Whether a service runs on any instance of its cluster, as it does where nothing else is said."""
    launch_type = service["launch_type"]
    on_instances = isinstance(launch_type, Absent) or is_equal(launch_type, "EC2") is Truth.YES
    return on_instances and is_written(service["placement_constraints"]) is Truth.NO


def _zones_of_cluster(cluster: Resource, graph: ResourceGraph) -> Zones:
    groups = graph.of_kind("auto_scaling_group")
    if not groups:
        return Zones()
    nodes = graph.once(_nodes, groups[0])
    sure = nodes.of(cluster)
    perhaps, more = listed(each for each in nodes.perhaps_of(cluster) if each not in sure)
    found = Zones(open=(*graph.opaque_around(cluster), *more))
    for group in (*sure, *perhaps):
        zones = zones_of(group, graph)
        if group in perhaps or not group.existence.certain:
            doubts = doubts_about(group, f"may be for {cluster.address}")
            uses = (replace(use, unless=(*use.unless, *doubts)) for use in zones.sure + zones.possible)
            zones = replace(zones, sure=(), possible=tuple(uses))
        found |= zones
    return found if found.sure else Zones()


@dataclass(frozen=True, slots=True)
class _Nodes:
    """Groups by the cluster that they surely join: its address, its name, or a term; and those that may join any."""

    named: Mapping[str | Term, list[Resource]]
    vague: list[Resource]

    def of(self, cluster: Resource) -> list[Resource]:
        name = identity_of(cluster["name"])
        return [*self.named.get(_declared(cluster), ()), *(self.named.get(name, ()) if name is not None else ())]

    def perhaps_of(self, cluster: Resource) -> Iterator[Resource]:
        """Those that may join this one: by a name that is not known, where either is not."""
        yield from self.vague
        told = isinstance(cluster["name"], Absent | Known)
        for name, groups in self.named.items():
            if not isinstance(name, AttributeOf) and not (told and isinstance(name, str)):
                yield from groups


def _declared(cluster: Resource) -> AttributeOf:
    return AttributeOf(cluster.address, "")


def _nodes(_: Resource, graph: ResourceGraph) -> _Nodes:
    """All groups of nodes; asked of one of them for all."""
    named: defaultdict[str | Term, list[Resource]] = defaultdict(list)
    vague: list[Resource] = []
    for group in graph.of_kind("auto_scaling_group"):
        scripts = list(scripts_of(group, graph))
        names = {_key(name, graph) for script, _ in scripts for name in _clusters_in(script)}
        if len(names) == 1 and all(sure for _, sure in scripts):
            named[names.pop()].append(group)
        elif names or node_of_cluster(group, graph).truth is not Truth.NO:
            vague.append(group)
    return _Nodes(named, vague)


def _key(name: str | Term, graph: ResourceGraph) -> str | Term:
    """A name, or for the name of a declared cluster what stands for that cluster."""
    match name:
        case AttributeOf(address=address, name=attribute) if attribute in IDENTIFIERS:
            cluster = graph.resources.get(address)
            return _declared(cluster) if cluster is not None and cluster.kind == "ecs_cluster" else Symbol(str(name))
        case AttributeOf():
            return Symbol(str(name))
    return name


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
