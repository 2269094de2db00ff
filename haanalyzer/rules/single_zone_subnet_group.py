"""The subnets of a DB subnet group all stand in one Availability Zone.

A DB subnet group is where RDS finds room for an instance, for its standby, and for the
instance that replaces it. RDS refuses a group whose subnets stand in one zone, be it one
subnet or several in the same zone; and nothing in such a group could fail over.

A group in a Local Zone or on an Outpost has a single subnet by design, and is not meant.
Where the zones of the subnets are not known, nothing is said: two subnets are not two
zones.

How to mend
    Give the group a subnet in each of two zones or more: `!Select [0, !GetAZs ""]` and
    `!Select [1, !GetAZs ""]` in CloudFormation,
    `data.aws_availability_zones.available.names[count.index]` in Terraform.

See also
    https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_VPC.WorkingWithRDSInstanceinaVPC.html
    https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBSubnetGroup.html
"""

from __future__ import annotations

from collections.abc import Iterator

from haanalyzer.analysis.placement import zones_of
from haanalyzer.analysis.zones import describe
from haanalyzer.graph import Resource, ResourceGraph
from haanalyzer.rules.kit import Severity, Verdict, failed, passed, rule, undecided
from haanalyzer.values import AttributeOf, Blocker, ItemOf, Known, Truth, Unknown, Value, ZoneList, any_of, blockers
from haanalyzer.values.questions import is_written


@rule(
    "HA110",
    kinds=("db_subnet_group",),
    severity=Severity.ERROR,
    systems=("DB subnet group",),
    like=("rds-subnet-azs",),
)
def single_zone_subnet_group(group: Resource, graph: ResourceGraph, *, fewest_zones: int = 2) -> Iterator[Verdict]:
    zones = zones_of(group, graph)
    subnets = graph.targets(group, "subnets").may
    on_outpost = any_of(is_written(subnet["outpost"]) for subnet in subnets)
    if on_outpost is Truth.YES or (zones.local and not (zones.sure or zones.possible or zones.open)):
        return
    enough = zones.spans(fewest_zones)
    if enough is Truth.YES:
        yield passed(group, assuming=zones.assuming)
    elif enough is Truth.NO and on_outpost is Truth.NO and any(_is_of_region(use.zone) for use in zones.sure):
        named = " and ".join(dict.fromkeys(describe(use.zone) for use in zones.sure + zones.possible))
        yield failed(
            group,
            f"{group.address} offers its databases one zone only: {named}",
            at=group.place_of("subnets"),
            evidence=zones.steps,
            assuming=zones.assuming,
        )
    else:
        unnamed = Blocker(group.address, group.place_of("subnets"), "names no subnet that is known")
        unsure = blockers(*(subnet["outpost"] for subnet in subnets), *(use.zone for use in zones.sure))
        yield undecided(group, (*zones.blockers, *unsure) or (unnamed,))


def _is_of_region(zone: Value) -> bool:
    """Whether it is surely no Local Zone: named so, of the region's list, or chosen by AWS."""
    match zone:
        case Known() | Unknown(term=ItemOf(container=ZoneList()) | AttributeOf(name="zone")):
            return True
        case _:
            return False
