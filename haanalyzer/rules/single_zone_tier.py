"""All subnets that play one part in a VPC stand in one Availability Zone.

A VPC spans every zone of its region, but a subnet stands in exactly one. When
the public, the private or the isolated subnets of a VPC all stand in the same
zone, whatever runs in them stops when that zone does, however many subnets
there are. Which part a subnet plays is decided by its routes, not by its name:
public subnets reach an internet gateway, private ones have another way out,
isolated ones have none.

A VPC with a single subnet is taken for a deliberate choice, and a part played by
one subnet only is no more than a note where it is the public one, where no other
part spans two zones, or where nothing gives that subnet a route table: what stands in a lone public subnet
is judged by itself. `lone_subnets` says whether such notes are made. Where the zone
of a subnet is left to AWS, or comes from two parameters that may be equal, nothing
is said: two subnets are not two zones. Local and Wavelength Zones do not count as
Availability Zones. A VPC that is not declared here may have other subnets, so only
what spans two zones already is judged.

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
from dataclasses import replace

from haanalyzer.analysis.placement import zones_of
from haanalyzer.analysis.routes.routing import Part, PartPlayed, part_of
from haanalyzer.analysis.zones import Zones, describe
from haanalyzer.graph import Links, Resource, ResourceGraph
from haanalyzer.rules.kit import Severity, Verdict, failed, passed, rule, undecided
from haanalyzer.source.span import Span
from haanalyzer.values import Absent, Blocker, Truth, blockers


@rule(
    "HA101",
    kinds=("vpc", "subnet"),
    severity=Severity.WARNING,
    systems=("Subnet", "VPC", "Region and zone hierarchy"),
    like=("vpc-multi-az",),
)
def single_zone_tier(resource: Resource, graph: ResourceGraph, *, lone_subnets: bool = True) -> Iterator[Verdict]:
    if resource.kind == "vpc":
        yield from _declared_vpc(resource, graph, lone_subnets=lone_subnets)
    else:
        yield from _vpc_elsewhere(resource, graph)


def _declared_vpc(vpc: Resource, graph: ResourceGraph, *, lone_subnets: bool) -> Iterator[Verdict]:
    subnets = _subnets_of(vpc, graph)
    if len(subnets.may) == 1 and subnets.complete:
        yield passed(vpc, part="single subnet")
        return
    played = {subnet: part_of(subnet, graph) for subnet in subnets.may}
    zones = {part: _zones_of_part(part, subnets, played, graph) for part in Part}
    claimed = any(found.fewest > 1 for found in zones.values())
    for part in Part:
        members = [subnet for subnet in subnets.must if played[subnet].plays(part) is Truth.YES]
        spans = zones[part].spans(2)
        if spans is Truth.YES:
            yield passed(vpc, part=part.value, assuming=zones[part].assuming)
        elif spans is Truth.NO and members and len(subnets.must) > 1:
            meant = len(members) > 1 or (claimed and part is not Part.PUBLIC and _is_given_routes(members[0], graph))
            if meant or lone_subnets:
                yield _failure(vpc, part, members, zones[part], played, graph, certain_flaw=meant)
        elif any(played[subnet].plays(part) is not Truth.NO for subnet in subnets.may):
            yield undecided(vpc, (*zones[part].blockers, *_unsure(vpc, subnets, played, graph)), part=part.value)


def _is_given_routes(subnet: Resource, graph: ResourceGraph) -> bool:
    """Whether a subnet has a route table of its own; one that follows the main one may be left over."""
    return bool(graph.sources(subnet, "route_table_association", "subnet").may)


def _subnets_of(vpc: Resource, graph: ResourceGraph) -> Links:
    """The subnets of a VPC. A default VPC has others, which AWS made."""
    subnets = graph.sources(vpc, "subnet", "vpc")
    if isinstance(vpc["is_default"], Absent):
        return subnets
    made_by_aws = Blocker(vpc.address, vpc.place, "the default VPC has subnets that are not declared here")
    return replace(subnets, open=(*subnets.open, made_by_aws))


def _unsure(
    vpc: Resource, subnets: Links, played: dict[Resource, PartPlayed], graph: ResourceGraph
) -> Iterator[Blocker]:
    """Why it cannot be told which subnets there are, and which part they play."""
    for subnet in subnets.may:
        yield from subnet.existence.unless
        yield from played[subnet].blockers
        if vpc not in graph.targets(subnet, "vpc").must:
            yield from blockers(subnet["vpc"])


def _vpc_elsewhere(subnet: Resource, graph: ResourceGraph) -> Iterator[Verdict]:
    """Of a VPC declared elsewhere only what spans two zones already can be told; its first subnet speaks for it."""
    declared = any(not vpc.borrowed for vpc in graph.targets(subnet, "vpc").may)
    if declared or isinstance(subnet["vpc"], Absent):
        return
    together = graph.namesakes(subnet, "vpc")
    if together[0] is not subnet:
        return
    unread = Blocker(str(subnet["vpc"]), subnet["vpc"].place, "its other subnets are not declared here")
    subnets = Links(tuple(each for each in together if each.existence.certain), together, open=(unread,))
    played = {each: part_of(each, graph) for each in together}
    for part in Part:
        if not any(played[each].plays(part) is not Truth.NO for each in together):
            continue
        zones = _zones_of_part(part, subnets, played, graph)
        if zones.spans(2) is Truth.YES:
            yield passed(subnet, part=part.value, assuming=zones.assuming)
        else:
            yield undecided(subnet, zones.blockers, part=part.value)


def _zones_of_part(part: Part, subnets: Links, played: dict[Resource, PartPlayed], graph: ResourceGraph) -> Zones:
    """The zones of the subnets that surely play a part; those of subnets that only may are possible."""
    found = Zones(open=subnets.open)
    for subnet in subnets.may:
        plays = played[subnet].plays(part)
        if plays is Truth.NO:
            continue
        here = zones_of(subnet, graph)
        if plays is Truth.MAYBE or subnet not in subnets.must:
            unless = (*subnet.existence.unless, *played[subnet].blockers)
            more = subnet.existence.unless if subnet.existence.several else ()
            here = Zones(possible=tuple(replace(use, unless=unless) for use in here.sure), local=here.local, open=more)
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
    inside = [subnet for subnet in members if zones_of(subnet, graph).sure]
    last = (inside or members)[-1]
    where = describe(zones.sure[0].zone) if inside else "an Availability Zone"
    few = {0: "No", 1: "The only", 2: "Both"}.get(len(inside), f"All {len(inside)}")
    outside = " outside Local and Wavelength Zones" if zones.local and inside else ""
    return failed(
        vpc,
        f"{few} {part.value} subnet{'s' if len(inside) > 1 else ''} of {vpc.address}{outside}"
        f" {'stand' if len(inside) > 1 else 'stands'} in {where}",
        at=_line_of(last, graph),
        part=part.value,
        evidence=(
            *(step for subnet in members for step in played[subnet].steps),
            *(step for subnet in members for step in zones_of(subnet, graph).steps),
        ),
        assuming=zones.assuming.union(*(played[subnet].assuming for subnet in members)),
        severity=None if certain_flaw and inside else Severity.NOTE,
    )


def _line_of(subnet: Resource, graph: ResourceGraph) -> Span:
    """The line that puts a subnet into its zone; for one made by a module, where its caller says so."""
    zones = zones_of(subnet, graph)
    use = (zones.sure or zones.local)[0]
    return use.written_at if subnet.calls else use.place
