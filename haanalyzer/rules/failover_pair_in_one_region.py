"""Both records of a failover pair lead to the same region.

Failover records exist to move traffic when what the primary one leads to is lost.
When both lead to load balancers or instances in one region, the loss of that region
takes both, and within a region a load balancer over several zones does the same
work without waiting for a record's time to live.

Pairs of which one record leads to a static page, a distribution or an address
are not meant. A load balancer elsewhere is known by its name, which tells its region.

How to mend
    Let the secondary record lead to a load balancer in another region.

See also
    https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/dns-failover-types.html
    https://docs.aws.amazon.com/wellarchitected/latest/reliability-pillar/rel_planning_for_recovery_disaster_recovery.html
"""

from __future__ import annotations

from collections.abc import Iterator

from haanalyzer.analysis.events.dns import failover_role, pairs_with, targets_of
from haanalyzer.graph import Resource, ResourceGraph
from haanalyzer.rules.kit import Severity, Step, Verdict, failed, passed, rule, undecided
from haanalyzer.values import Blocker, Known, Truth, all_of, any_of, assumptions, blockers, same


@rule("HA503", kinds=("record",), severity=Severity.WARNING, systems=("Route 53 multi-region routing",))
def failover_pair_in_one_region(record: Resource, graph: ResourceGraph) -> Iterator[Verdict]:
    if failover_role(record, "PRIMARY") is not Truth.NO:
        for secondary, unpaired in pairs_with(record, graph):
            yield from _judge(record, secondary, graph, unpaired)


def _judge(
    primary: Resource, secondary: Resource, graph: ResourceGraph, unpaired: tuple[Blocker, ...]
) -> Iterator[Verdict]:
    here, there = targets_of(primary, graph), targets_of(secondary, graph)
    unknown = (*unpaired, *here.blockers, *there.blockers)
    part = secondary.address
    if unknown:
        yield undecided(primary, unknown, part=part)
        return
    if not here.regional or not there.regional:
        return
    regions = [(one.region, other.region) for one in here.regional for other in there.regional]
    alike = [same(*pair) for pair in regions]
    assuming = assumptions(*(region for pair in regions for region in pair))
    if any_of(alike) is Truth.NO:
        yield passed(primary, part=part, assuming=assuming)
    elif all_of(alike) is Truth.YES and secondary.existence.certain:
        region = here.regional[0].region
        both = f"in {region}" if isinstance(region, Known) else "in one region"
        yield failed(
            primary,
            f"{primary.address} and its secondary {secondary.address} both lead to targets {both}",
            at=primary.place_of("failover"),
            part=part,
            evidence=(
                Step(secondary.place, f"{secondary.address} is the secondary record of the same name"),
                *(Step(each.place, f"{each.name} is {both}") for each in (*here.regional, *there.regional)),
            ),
            assuming=assuming,
        )
    else:
        regional = Blocker(secondary.address, secondary.place, "whether it leads to the same region cannot be told")
        unclear = blockers(*(region for pair in regions for region in pair)) or secondary.existence.unless
        yield undecided(primary, unclear or (regional,), part=part)
