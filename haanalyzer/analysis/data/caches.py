"""Replication groups of ElastiCache: how many replicas each primary has, and in which zones the nodes are put."""

from __future__ import annotations

from dataclasses import dataclass

from haanalyzer.analysis.zones import Zones, ZoneUse
from haanalyzer.graph import Resource, ResourceGraph
from haanalyzer.source.span import Span
from haanalyzer.values import (
    Absent,
    Assumption,
    Blocker,
    Known,
    ListValue,
    MapValue,
    Truth,
    Value,
    all_of,
    any_of,
    assumptions,
    blockers,
)
from haanalyzer.values.blocks import blocks_in
from haanalyzer.values.questions import in_every_branch, is_at_least, is_one_of, is_written


@dataclass(frozen=True, slots=True)
class Replicas:
    """Whether every primary of a replication group has a replica, where and how that is written, and what blocks it.

    ``sharded`` is whether the group is in cluster mode, where AWS insists on automatic
    failover even without a replica.
    """

    exist: Truth
    place: Span
    text: str
    sharded: Truth
    blockers: tuple[Blocker, ...] = ()
    assuming: frozenset[Assumption] = frozenset()


def replicas_in(group: Resource, graph: ResourceGraph) -> Replicas:
    """The replicas of a replication group's primaries: by node group, by shard, or as a number of nodes in all."""
    sharded = _in_cluster_mode(group)
    node_groups, unsure = blocks_in(group["node_groups"])
    if node_groups or unsure:
        each = [_replicas_of(node_group, group) for node_group in node_groups]
        truth = all_of((*each, Truth.MAYBE if unsure else Truth.YES))
        name = "node_groups"
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
    blocking = (*blockers(group[name], group["parameter_group"], group["cluster_mode"]), *joining.open) or (unwritten,)
    text = f"{group.written_as(name)} is {group[name]}"
    return Replicas(truth, group.place_of(name), text, sharded, blocking, assumptions(group[name]))


def _in_cluster_mode(group: Resource) -> Truth:
    """By how its nodes are counted, by its mode, or by its parameter group, which may be of the author's own making."""
    by_count = any_of(
        is_written(group[name]) for name in ("node_group_count", "replicas_per_node_group", "node_groups")
    )
    by_mode = is_one_of(group["cluster_mode"], "enabled", "compatible")
    return by_count | by_mode | in_every_branch(group["parameter_group"], _switches_cluster_mode_on)


def _switches_cluster_mode_on(parameter_group: Value) -> Truth:
    """Source: Amazon ElastiCache User Guide, Default parameter groups: ``default.redis7.cluster.on``."""
    match parameter_group:
        case Absent():
            return Truth.NO
        case Known(data=str(name)) if name.startswith("default."):
            return Truth.of(name.endswith(".cluster.on"))
        case _:
            return Truth.MAYBE


def _replicas_of(node_group: MapValue, group: Resource) -> Truth:
    count, zones = node_group.get("replica_count"), node_group.get("replica_zones")
    if isinstance(count, Absent) and isinstance(zones, ListValue) and zones.items:
        return Truth.YES
    return is_at_least(group["replicas_per_node_group"] if isinstance(count, Absent) else count, 1)


def zones_by_node_group(group: Resource) -> list[Zones]:
    """The zones that the nodes of each node group are put into by name, where they are."""
    node_groups, _ = blocks_in(group["node_groups"])
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
