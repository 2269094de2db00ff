"""All subnets that play one part in a VPC stand in one Availability Zone.

A VPC spans every zone of its region, but a subnet stands in exactly one. When
the public, the private or the isolated subnets of a VPC all stand in the same
zone, whatever runs in them stops when that zone does, however many subnets
there are. Which part a subnet plays is decided by its routes, not by its name:
public subnets reach an internet gateway, private ones have another way out,
isolated ones have none.

A VPC with a single subnet is taken for a deliberate choice. Where the zone of a
subnet is left to AWS, or comes from two parameters that may be equal, nothing
is said: two subnets are not two zones. Local and Wavelength Zones do not count
as Availability Zones. A VPC that is not declared here may have other subnets,
so only what spans two zones already is judged.

How to mend
    Give the subnets of each part different zones: `!Select [0, !GetAZs ""]` and
    `!Select [1, !GetAZs ""]` in CloudFormation, or
    `data.aws_availability_zones.available.names[count.index]` in Terraform.

See also
    https://docs.aws.amazon.com/vpc/latest/userguide/configure-subnets.html
    https://docs.aws.amazon.com/wellarchitected/latest/reliability-pillar/rel_fault_isolation_multiaz_region_system.html
"""

from __future__ import annotations

from collections.abc import Iterator

from haanalyzer.analysis.placement import Zones, describe, zones_of
from haanalyzer.analysis.routing import Part, PartPlayed, part_of
from haanalyzer.graph import Links, Resource, ResourceGraph
from haanalyzer.rules.kit import Severity, Verdict, failed, passed, rule, undecided
from haanalyzer.values import Blocker, Truth, same


@rule("HA101", kinds=("vpc", "subnet"), severity=Severity.WARNING)
def single_zone_tier(resource: Resource, graph: ResourceGraph) -> Iterator[Verdict]:
    if resource.kind == "vpc":
        yield from _declared_vpc(resource, graph)
    else:
        yield from _vpc_elsewhere(resource, graph)


def _declared_vpc(vpc: Resource, graph: ResourceGraph) -> Iterator[Verdict]:
    subnets = graph.sources(vpc, "subnet", "vpc")
    if len(subnets.may) == 1 and subnets.complete:
        yield passed(vpc, part="single subnet")
        return
    played = {subnet: part_of(subnet, graph) for subnet in subnets.may}
    zones = {part: _zones_of_part(part, subnets, played, graph) for part in Part}
    claimed = any(found.fewest > 1 for found in zones.values())
    for part in Part:
        members = [subnet for subnet in subnets.must if played[subnet].is_(part) is Truth.YES]
        spans = zones[part].spans(2)
        if spans is Truth.YES:
            yield passed(vpc, part=part.value, assuming=zones[part].assuming)
        elif spans is Truth.NO and members:
            yield _failure(vpc, part, members, zones[part], played, graph, certain_flaw=claimed or len(members) > 1)
        elif any(played[subnet].is_(part) is not Truth.NO for subnet in subnets.may):
            unsure = [
                blocker for subnet in subnets.may for blocker in (*subnet.existence.unless, *played[subnet].blockers)
            ]
            yield undecided(vpc, (*zones[part].blockers, *unsure), part=part.value)


def _vpc_elsewhere(subnet: Resource, graph: ResourceGraph) -> Iterator[Verdict]:
    """Of a VPC declared elsewhere only what spans two zones already can be told; its first subnet speaks for it."""
    if graph.targets(subnet, "vpc").may:
        return
    peers = [each for each in graph.of_kind("subnet") if same(each["vpc"], subnet["vpc"]) is Truth.YES]
    if peers[0] is not subnet:
        return
    played = {peer: part_of(peer, graph) for peer in peers}
    certain = tuple(peer for peer in peers if peer.existence.certain)
    unread = Blocker(str(subnet["vpc"]), subnet["vpc"].place, "a VPC whose other subnets are not declared here")
    for part in Part:
        if not any(played[peer].is_(part) is not Truth.NO for peer in peers):
            continue
        zones = _zones_of_part(part, Links(must=certain, may=tuple(peers), open=(unread,)), played, graph)
        if zones.spans(2) is Truth.YES:
            yield passed(subnet, part=part.value, assuming=zones.assuming)
        else:
            yield undecided(subnet, zones.blockers, part=part.value)


def _zones_of_part(part: Part, subnets: Links, played: dict[Resource, PartPlayed], graph: ResourceGraph) -> Zones:
    """The zones of the subnets that surely play a part; those of subnets that only may are possible."""
    found = Zones(open=subnets.open)
    for subnet in subnets.may:
        plays = played[subnet].is_(part)
        if plays is Truth.NO:
            continue
        here = zones_of(subnet, graph)
        if plays is Truth.MAYBE or subnet not in subnets.must:
            more = subnet.existence.unless if subnet.existence.several else ()
            here = Zones(possible=here.sure, local=here.local, open=more)
        found |= here
    return found


def _failure(
    vpc: Resource,
    part: Part,
    members: list[Resource],
    zones: Zones,
    played: dict[Resource, PartPlayed],
    graph: ResourceGraph,
    *,
    certain_flaw: bool,
) -> Verdict:
    last = members[-1]
    where = describe(zones.sure[0].zone) if zones.sure else "no Availability Zone"
    few = f"The only {part.value} subnet" if len(members) == 1 else f"All {len(members)} {part.value} subnets"
    return failed(
        vpc,
        f"{few} of {vpc.address} {'stands' if len(members) == 1 else 'stand'} in {where}",
        at=last.place_of("zone"),
        part=part.value,
        evidence=[
            *(step for subnet in members for step in (*zones_of(subnet, graph).steps, *played[subnet].steps)),
        ],
        assuming=zones.assuming.union(*(played[subnet].assuming for subnet in members)),
        severity=None if certain_flaw else Severity.NOTE,
    )
