"""Replication groups of ElastiCache: how many replicas each primary has, and in which zones the nodes are put."""

from __future__ import annotations

from dataclasses import dataclass

from haanalyzer.analysis.recovery import records
from haanalyzer.analysis.settings import is_at_least, is_written
from haanalyzer.analysis.zones import Zones, ZoneUse
from haanalyzer.graph import Resource, ResourceGraph
from haanalyzer.source.span import Span
from haanalyzer.values import (
    Absent,
    Assumption,
    Blocker,
    ListValue,
    MapValue,
    Truth,
    Value,
    all_of,
    assumptions,
    blockers,
)


@dataclass(frozen=True, slots=True)
class Replicas:
    """Whether every primary of a replication group has a replica, where and how that is written, and what blocks it.

    ``sharded`` is whether the group is given as node groups (cluster mode), where AWS
    insists on automatic failover even without a replica.
    """

    exist: Truth
    place: Span
    text: str
    sharded: Truth
    blockers: tuple[Blocker, ...] = ()
    assuming: frozenset[Assumption] = frozenset()


def replicas_in(group: Resource, graph: ResourceGraph) -> Replicas:
    """The replicas of a replication group's primaries: by node group, by shard, or as a number of nodes in all."""
    sharded = is_written(group["node_group_count"]) | is_written(group["replicas_per_node_group"])
    node_groups, unsure = records(group["node_groups"])
    if node_groups or unsure:
        each = [_replicas_of(node_group) for node_group in node_groups]
        truth = all_of((*each, Truth.MAYBE if unsure else Truth.YES))
        name = "node_groups"
        sharded |= Truth.of(len(node_groups) > 1)
    elif is_written(group["replicas_per_node_group"]) is not Truth.NO:
        truth = is_at_least(group["replicas_per_node_group"], 1)
        name = "replicas_per_node_group"
    elif is_written(group["node_group_count"]) is not Truth.NO:
        truth, name = Truth.MAYBE, "node_group_count"
    else:
        truth, name = is_at_least(group["node_count"], 2), "node_count"
    joining = graph.sources(group, "cache_cluster", "replication_group")
    existing = is_written(group["primary_cluster"])
    if truth is Truth.NO and (joining.may or joining.open or existing is not Truth.NO):
        truth = Truth.YES if joining.must else Truth.MAYBE
    unwritten = Blocker(group.address, group.place, "its number of replicas is not written")
    blocking = (*blockers(group[name]), *joining.open) or (unwritten,)
    text = f"{name} is {group[name]}"
    return Replicas(truth, group.place_of(name), text, sharded, blocking, assumptions(group[name]))


def _replicas_of(node_group: MapValue) -> Truth:
    count = node_group.get("replica_count")
    if not isinstance(count, Absent):
        return is_at_least(count, 1)
    zones = node_group.get("replica_zones")
    return Truth.YES if isinstance(zones, ListValue) and zones.items else Truth.MAYBE


def zones_by_node_group(group: Resource) -> list[Zones]:
    """The zones that the nodes of each node group are put into by name, where they are."""
    node_groups, _ = records(group["node_groups"])
    return [zones for node_group in node_groups if (zones := _zones_in(node_group, group))]


def _zones_in(node_group: MapValue, group: Resource) -> Zones:
    primary, replicas = node_group.get("primary_zone"), node_group.get("replica_zones")
    found = Zones()
    for value in (*([primary] if not isinstance(primary, Absent) else []), *_items(replicas)):
        found |= Zones(sure=(ZoneUse(value, group.address, value.place),))
    unlisted = () if isinstance(replicas, ListValue | Absent) else blockers(replicas)
    more = (replicas.open,) if isinstance(replicas, ListValue) and replicas.open else unlisted
    return found | Zones(open=more) if found else found


def _items(value: Value) -> tuple[Value, ...]:
    return value.items if isinstance(value, ListValue) else ()
