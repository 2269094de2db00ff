"""All instances of an Aurora cluster stand in one Availability Zone.

Aurora keeps its data in three zones wherever its instances are, but it answers only
through them. A reader in the writer's own zone takes over when the writer's host
fails; when the zone fails, both are gone, and somebody has to make an instance in
another one by hand.

Instances without a zone of their own are spread by AWS over the zones of their subnet
group, so they are two zones' where the group is. Where the group is not declared here
and its zones are not known, nothing is said. A cluster of one instance is the matter of
`cluster-without-reader`; Serverless v1 and DB clusters of other engines are not meant.

How to mend
    Give the instances different `AvailabilityZone`s (`availability_zone` in Terraform), or
    none at all, and the subnet group a subnet in each of two zones or more.

See also
    https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/Concepts.AuroraHighAvailability.html
    https://docs.aws.amazon.com/wellarchitected/latest/reliability-pillar/rel_fault_isolation_multiaz_region_system.html
"""

from __future__ import annotations

from collections.abc import Iterator

from haanalyzer.analysis.data.clusters import has_instances, members_of, why_unsure
from haanalyzer.analysis.placement import zones_of, zones_of_subnet_group
from haanalyzer.analysis.zones import Zones, describe
from haanalyzer.graph import Links, Resource, ResourceGraph
from haanalyzer.rules.kit import Severity, Verdict, failed, passed, rule, undecided
from haanalyzer.values import Absent, Blocker, Truth, assumptions


@rule(
    "HA111",
    kinds=("db_cluster",),
    severity=Severity.WARNING,
    systems=("Aurora cluster",),
    like=("rds-cluster-instance-azs", "rds-cluster-multi-az"),
)
def single_zone_cluster(cluster: Resource, graph: ResourceGraph) -> Iterator[Verdict]:
    meant = has_instances(cluster, graph)
    members = members_of(cluster, graph)
    if meant is Truth.NO or (len(members.may) < 2 and not members.open):
        return
    zones = _zones(members, graph)
    assuming = zones.assuming | assumptions(cluster["engine"])
    if meant is Truth.YES and (zones.spans(2) is Truth.YES or _spread(members, graph)):
        yield passed(cluster, assuming=assuming)
    elif meant is Truth.YES and zones.sure and zones.spans(2) is Truth.NO and len(members.must) > 1:
        yield failed(
            cluster,
            f"{_all(members)} instances of {cluster.address} stand in {describe(zones.sure[0].zone)}",
            at=zones.sure[-1].place,
            evidence=zones.steps,
            assuming=assuming,
        )
    else:
        yield undecided(cluster, _what_blocks(cluster, meant, members, zones))


def _all(members: Links) -> str:
    number = len(members.must)
    return "Both" if number == 2 else f"All {number}"


def _zones(members: Links, graph: ResourceGraph) -> Zones:
    """The zones of the instances that are surely the cluster's; those of others are possible."""
    found = Zones(open=members.open)
    for member in members.may:
        here = zones_of(member, graph) or Zones(open=(_chosen(member),))
        sure = member in members.must
        found |= here if sure else Zones(possible=here.sure + here.possible, open=here.open, local=here.local)
    return found


def _chosen(member: Resource) -> Blocker:
    return Blocker(member.address, member.place, "AWS chooses its zone")


def _spread(members: Links, graph: ResourceGraph) -> bool:
    """Whether AWS surely spreads two instances: neither has a zone, and their subnet group has several or is none."""
    free = [each for each in members.must if isinstance(each["zone"], Absent)]
    groups = [zones_of_subnet_group(each, graph) for each in free]
    return sum(not group or group.spans(2) is Truth.YES for group in groups) > 1


def _what_blocks(cluster: Resource, meant: Truth, members: Links, zones: Zones) -> tuple[Blocker, ...]:
    unsure = why_unsure(cluster) if meant is Truth.MAYBE else ()
    unless = tuple(blocker for each in members.may for blocker in each.existence.unless)
    maybe = tuple(Blocker(each.address, each.place, "may be its instance") for each in members.may)
    return (*unsure, *zones.blockers, *unless) or maybe
