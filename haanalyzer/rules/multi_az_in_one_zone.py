"""Multi-AZ is claimed for a database or cache whose nodes can only stand in one zone.

Multi-AZ puts a standby or a replica into another Availability Zone. Which zones there
are to choose from, the subnet group says: when all of its subnets stand in one zone, or
the nodes are put into one by name, there is no other, and AWS either refuses the
deployment or leaves everything in the one zone. A Multi-AZ DB cluster has a writer and
two readers in three zones, so its subnet group needs three.

Aurora clusters are not meant: they have no such switch (see `single-zone-cluster`).
Where the zones of the subnets are not known, nothing is said: two subnets are not two
zones. Without a subnet group AWS takes the default one, which spans the region's zones.

How to mend
    Give the subnet group subnets in two zones or more (three for a Multi-AZ DB cluster):
    `!Select [0, !GetAZs ""]` and `!Select [1, !GetAZs ""]` in CloudFormation,
    `data.aws_availability_zones.available.names[count.index]` in Terraform.

See also
    https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Concepts.MultiAZSingleStandby.html
    https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/multi-az-db-clusters-concepts.html
    https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/AutoFailover.html
"""

from __future__ import annotations

from collections.abc import Iterator

from haanalyzer.analysis.data.caches import zones_by_node_group
from haanalyzer.analysis.data.clusters import is_aurora
from haanalyzer.analysis.placement import zones_of_subnet_group, zones_written
from haanalyzer.analysis.zones import Zones, describe
from haanalyzer.graph import Resource, ResourceGraph
from haanalyzer.rules.kit import Severity, Verdict, failed, passed, rule, undecided
from haanalyzer.values import Absent, Blocker, Truth, Value, assumptions, blockers
from haanalyzer.values.questions import is_equal, is_true, is_written


@rule(
    "HA402",
    kinds=("db_instance", "db_cluster", "replication_group", "cache_cluster"),
    severity=Severity.ERROR,
    systems=("RDS instance", "RDS Multi-AZ DB cluster", "ElastiCache for Redis/Valkey", "ElastiCache for Memcached"),
    like=("rds-multi-az", "rds-subnet-azs", "ec-multi-az", "ec-memcached-az"),
)
def multi_az_in_one_zone(
    resource: Resource, graph: ResourceGraph, *, cluster_zones: int = 3, other_zones: int = 2
) -> Iterator[Verdict]:
    claimed = _claims(resource, graph)
    offered = _offered(resource, graph)
    if claimed is Truth.NO or not offered:
        return
    needed = cluster_zones if resource.kind == "db_cluster" else other_zones
    enough = [zones.spans(needed) for zones in offered]
    narrow = next((zones for zones, truth in zip(offered, enough, strict=True) if truth is Truth.NO), None)
    claim = assumptions(*_claiming(resource))
    if all(truth is Truth.YES for truth in enough):
        yield passed(resource, assuming=claim.union(*(zones.assuming for zones in offered)))
    elif narrow and claimed is Truth.YES:
        yield failed(
            resource,
            _message(resource, narrow, needed),
            at=resource.place_of(_CLAIM[resource.kind]),
            evidence=narrow.steps,
            assuming=claim | narrow.assuming,
        )
    else:
        unsure = _why_unsure(resource) if claimed is Truth.MAYBE else ()
        yield undecided(resource, (*unsure, *(blocker for zones in offered for blocker in zones.blockers)))


# What asks for several zones: a switch, a mode, or the class that only a Multi-AZ DB cluster has.
_CLAIM = {
    "db_instance": "multi_az",
    "db_cluster": "instance_class",
    "replication_group": "multi_az",
    "cache_cluster": "az_mode",
}


def _claims(resource: Resource, graph: ResourceGraph) -> Truth:
    claim = resource[_CLAIM[resource.kind]]
    if resource.kind == "db_cluster":
        return is_written(claim) & ~is_aurora(resource, graph)
    if resource.kind == "cache_cluster":
        return is_equal(claim, "cross-az")
    if resource.kind == "db_instance":
        return is_true(claim) & ~graph.targets(resource, "cluster").exist
    return is_true(claim)


def _claiming(resource: Resource) -> list[Value]:
    names = {_CLAIM[resource.kind], "engine", "cluster"}
    return [resource[name] for name in sorted(names) if name in resource.words]


def _why_unsure(resource: Resource) -> tuple[Blocker, ...]:
    unknown = blockers(*_claiming(resource))
    return unknown or (Blocker(resource.address, resource.place, "whether it is Multi-AZ cannot be told"),)


def _offered(resource: Resource, graph: ResourceGraph) -> list[Zones]:
    """The zones of the subnet group, and those that the nodes of a cache are put into by name."""
    by_name: list[Zones] = []
    if resource.kind == "replication_group":
        by_name = [zones_written(resource), *zones_by_node_group(resource)]
    elif resource.kind == "cache_cluster" and not isinstance(resource["zones"], Absent):
        by_name = [zones_written(resource)]
    return [zones for zones in (zones_of_subnet_group(resource, graph), *by_name) if zones]


def _message(resource: Resource, zones: Zones, needed: int) -> str:
    found = dict.fromkeys(describe(use.zone) for use in zones.sure + zones.possible)
    where = " and ".join(found) or "no Availability Zone"
    if resource.kind == "db_cluster":
        return f"{resource.address} is a Multi-AZ DB cluster for {needed} zones, but its subnets are all in {where}"
    claim = "to stand in several zones" if resource.kind == "cache_cluster" else "Multi-AZ"
    return f"{resource.address} claims {claim}, but all it is given to stand in is {where}"
