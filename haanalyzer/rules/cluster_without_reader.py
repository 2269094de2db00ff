"""An Aurora cluster has a single instance and nothing to fail over to.

The data of an Aurora cluster survives the loss of a zone; its only instance does not.
When the host fails, Aurora makes the instance anew in the same zone, which takes
minutes; when the zone fails, nothing happens until somebody adds an instance in
another one. A second instance, which is a reader until then, takes over within a minute.
The same holds for an instance of Serverless v2.

A cluster without any instance here (the headless secondary of a global database, or
one whose instances are declared elsewhere) is not meant, nor are Serverless v1, Limitless
and Multi-AZ DB clusters of other engines.

How to mend
    Declare a second `AWS::RDS::DBInstance` (`aws_rds_cluster_instance` in Terraform, or its
    `count`) of the cluster, of the same class, so that it can take over the load.

See also
    https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/Concepts.AuroraHighAvailability.html
    https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/Aurora.Replication.html
"""

from __future__ import annotations

from collections.abc import Iterator

from haanalyzer.analysis.data.clusters import has_instances, members_of, why_unsure
from haanalyzer.graph import Links, Resource, ResourceGraph
from haanalyzer.rules.kit import Severity, Step, Verdict, failed, passed, rule, undecided
from haanalyzer.values import Blocker, Truth, assumptions


@rule(
    "HA403",
    kinds=("db_cluster",),
    severity=Severity.WARNING,
    systems=("Aurora cluster", "Aurora Serverless"),
    like=("rds-cluster-two-instances",),
)
def cluster_without_reader(cluster: Resource, graph: ResourceGraph, *, fewest_instances: int = 2) -> Iterator[Verdict]:
    meant = has_instances(cluster, graph)
    members = members_of(cluster, graph)
    if meant is Truth.NO or not (members.may or members.open):
        return
    assuming = assumptions(cluster["engine"]).union(*(each.existence.assuming for each in members.may))
    if meant is Truth.YES and len(members.must) >= fewest_instances:
        yield passed(cluster, assuming=assuming)
    elif meant is Truth.YES and members.must and members.certain and len(members.must) < fewest_instances:
        yield failed(
            cluster,
            f"{cluster.address} has {_count(members)}, and no reader that takes over when it fails",
            evidence=(Step(each.place, f"{each.address} is an instance of the cluster") for each in members.must),
            assuming=assuming | graph.left_out({"db_instance"}),
        )
    else:
        yield undecided(cluster, _what_blocks(cluster, meant, members))


def _count(members: Links) -> str:
    number = len(members.must)
    return f"one instance, {members.must[0].address}" if number == 1 else f"{number} instances"


def _what_blocks(cluster: Resource, meant: Truth, members: Links) -> tuple[Blocker, ...]:
    unsure = why_unsure(cluster) if meant is Truth.MAYBE else ()
    unless = tuple(blocker for each in members.may for blocker in each.existence.unless)
    maybe = tuple(Blocker(each.address, each.place, "may be its instance") for each in members.may)
    return (*unsure, *members.blockers, *unless) or maybe
