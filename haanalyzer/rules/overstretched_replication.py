"""Read replicas in longer chains, or in greater number, than RDS allows, or beside their source.

An instance feeds at most 15 read replicas, and a replica of a replica of a replica is
the last of its chain: RDS refuses what goes beyond, so such a template cannot be
deployed. Each further link of a chain also adds its delay to the one before.

A replica that is told to stand in its source's own zone is lost together with it; it
serves reads, but nobody can fall back to it when the zone fails, so it is noted. Where
AWS chooses the zone, nothing is said, and of a source that is not declared here only
what is known.

How to mend
    Let the replicas follow a source nearer to the first one, or spread them over several;
    give a replica another `AvailabilityZone` (`availability_zone` in Terraform) than its source.

See also
    https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_ReadRepl.html
    https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_MySQL.Replication.ReadReplicas.Cascading.html
    https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_PostgreSQL.Replication.ReadReplicas.Cascading.html
"""

from __future__ import annotations

from collections.abc import Iterator

from haanalyzer.analysis.data.replication import chain_of, is_replica, replicas_of
from haanalyzer.analysis.zones import describe, same_zone
from haanalyzer.graph import Resource, ResourceGraph
from haanalyzer.rules.kit import Severity, Step, Verdict, failed, passed, rule, undecided
from haanalyzer.values import Absent, Blocker, Truth, assumptions, blockers


@rule(
    "HA405",
    kinds=("db_instance",),
    severity=Severity.ERROR,
    systems=("RDS read replica",),
    like=("rds-read-replica",),
)
def overstretched_replication(
    instance: Resource, graph: ResourceGraph, *, most_replicas: int = 15, longest_chain: int = 3
) -> Iterator[Verdict]:
    yield from _number(instance, graph, most_replicas)
    if is_replica(instance) is not Truth.NO:
        yield _chain(instance, graph, longest_chain)
        yield from _zone(instance, graph)


def _number(source: Resource, graph: ResourceGraph, most: int) -> Iterator[Verdict]:
    replicas = replicas_of(source, graph)
    if not replicas.may:
        return
    if len(replicas.must) > most:
        yield failed(
            source,
            f"{source.address} has {len(replicas.must)} read replicas, and RDS allows {most}",
            part="number",
            evidence=(Step(each.place, f"{each.address} replicates it") for each in replicas.must),
        )
    elif len(replicas.may) <= most and not replicas.open:
        yield passed(source, part="number")
    else:
        maybe = (Blocker(each.address, each.place, "may replicate it") for each in replicas.may)
        yield undecided(source, replicas.open or maybe, part="number")


def _chain(replica: Resource, graph: ResourceGraph, longest: int) -> Verdict:
    chain = chain_of(replica, graph)
    if chain.length > longest:
        return failed(
            replica,
            f"{replica.address} is replica number {chain.length} of its chain, and RDS allows {longest} in one",
            at=replica.place_of("replication_source"),
            part="chain",
            evidence=chain.steps,
        )
    return undecided(replica, chain.blockers, part="chain") if chain.blockers else passed(replica, part="chain")


def _zone(replica: Resource, graph: ResourceGraph) -> Iterator[Verdict]:
    sources = [each for each in graph.targets(replica, "replication_source").may if each.kind == "db_instance"]
    for source in sources[:1]:
        own, other = replica["zone"], source["zone"]
        if isinstance(own, Absent) or isinstance(other, Absent):
            return
        together = same_zone(own, other)
        sure = len(sources) == 1 and is_replica(replica) is Truth.YES
        if together is Truth.NO and len(sources) == 1:
            yield passed(replica, part="zone", assuming=assumptions(own, other))
        elif together is Truth.YES and sure and source in graph.targets(replica, "replication_source").must:
            yield failed(
                replica,
                f"{replica.address} stands in {describe(own)}, as does {source.address}, which it replicates",
                at=replica.place_of("zone"),
                part="zone",
                evidence=(Step(source.place_of("zone"), f"{source.address} is in {describe(other)}"),),
                assuming=assumptions(own, other),
                severity=Severity.NOTE,
            )
        else:
            maybe = Blocker(source.address, source.place, "may be its source")
            yield undecided(replica, blockers(own, other) or (maybe,), part="zone")
