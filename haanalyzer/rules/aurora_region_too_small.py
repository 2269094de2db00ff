"""Aurora runs in a region that gives an account fewer than three Availability Zones.

Aurora keeps six copies of its data over three Availability Zones. A region that
gives a new account only two (us-west-1) leaves the cluster's instances with one
zone to fail over to, and nothing in reserve while that zone is lost. This holds
for provisioned clusters, both generations of Aurora Serverless, and each region
of a global database, secondaries included.

A DB cluster of another engine is not meant: Multi-AZ DB clusters for MySQL and
PostgreSQL have a list of regions of their own. Where the region is not known,
or AWS does not publish its number of zones, nothing is said.

How to mend
    Deploy the cluster in a region with three zones or more, for example us-west-2
    instead of us-west-1.

See also
    https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/Concepts.AuroraHighAvailability.html
    https://docs.aws.amazon.com/global-infrastructure/latest/regions/aws-availability-zones.html
"""

from __future__ import annotations

from collections.abc import Iterator

from haanalyzer.analysis.data.clusters import is_aurora
from haanalyzer.catalog.regions import regions
from haanalyzer.graph import Resource, ResourceGraph
from haanalyzer.rules.kit import Severity, Step, Verdict, failed, passed, rule, undecided
from haanalyzer.values import Blocker, Known, Truth, Value, alternatives, assumptions, blockers
from haanalyzer.values.questions import in_every_branch


@rule("HA103", kinds=("db_cluster",), severity=Severity.WARNING, systems=("Aurora cluster",))
def aurora_region_too_small(cluster: Resource, graph: ResourceGraph, *, fewest_zones: int = 3) -> Iterator[Verdict]:
    aurora = is_aurora(cluster, graph)
    if aurora is Truth.NO:
        return
    region = cluster.region
    enough = _has_zones(region, fewest_zones)
    if enough is Truth.YES:
        yield passed(cluster, assuming=assumptions(region))
    elif enough is Truth.NO and aurora is Truth.YES:
        too_small = " or ".join(dict.fromkeys(_zones_in(each) for each in alternatives(region)))
        yield failed(
            cluster,
            f"{cluster.address} is an Aurora cluster in {too_small}",
            at=cluster.place_of("engine"),
            evidence=(Step(region.place, f"the region is {region}"),),
            assuming=assumptions(region, cluster["engine"], cluster["global_cluster"]),
        )
    else:
        yield undecided(cluster, _what_blocks(cluster, aurora, enough))


def _has_zones(region: Value, number: int) -> Truth:
    def gives(written: Value) -> Truth:
        known = regions().get(str(written)) if isinstance(written, Known) else None
        return Truth.of(known.fewest >= number) if known and known.fewest else Truth.MAYBE

    return in_every_branch(region, gives)


def _zones_in(region: Value) -> str:
    return f"{region}, which gives a new account only {regions()[str(region)].fewest} Availability Zones"


def _what_blocks(cluster: Resource, aurora: Truth, enough: Truth) -> tuple[Blocker, ...]:
    region, engine = cluster.region, cluster["engine"]
    unpublished = Blocker(str(region), region.place, "a region whose number of zones is not known")
    found = list(blockers(region) or (unpublished,)) if enough is Truth.MAYBE else []
    if aurora is Truth.MAYBE:
        found += blockers(engine) or (Blocker("engine", cluster.place, "no engine is written"),)
    return tuple(found)
