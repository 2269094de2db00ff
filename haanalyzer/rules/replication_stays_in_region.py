"""Copies that are made for another region stay in the region they are made in.

Replication of a bucket, and the copy actions of a backup plan, outlive the loss of
a region only where they lead to another one. Here every bucket that is
replicated to stands in the region of its source, or no recovery point of the plan
is copied to a vault in another region.

Replication within a region is sound in itself: it collects logs, separates
accounts, protects against deletion. It does not help when the region is lost,
which is what this rule is about. One copy that leaves the region is enough.
Buckets and vaults that are not declared here are not judged unless an ARN says
where they are. What HA501 says of EBS snapshots, this rule says of a plan whatever
it backs up.

How to mend
    Replicate to a bucket in another region; in Terraform, create it with a provider of
    that region. Add a copy action to a backup vault in another region.

See also
    https://docs.aws.amazon.com/AmazonS3/latest/userguide/replication.html
    https://docs.aws.amazon.com/aws-backup/latest/devguide/cross-region-backup.html
    https://docs.aws.amazon.com/wellarchitected/latest/reliability-pillar/rel_planning_for_recovery_disaster_recovery.html
"""

from __future__ import annotations

from collections.abc import Iterator

from haanalyzer.analysis.answers import Answer, all_answers, any_answer, doubt, said_by
from haanalyzer.analysis.data.buckets import buckets_named
from haanalyzer.analysis.data.recovery import copies_of_plan, leaves
from haanalyzer.graph import Resource, ResourceGraph
from haanalyzer.rules.kit import Severity, Verdict, failed, passed, rule, undecided
from haanalyzer.values import Blocker, Known, MapValue, Truth
from haanalyzer.values.blocks import blocks_in
from haanalyzer.values.questions import is_true


@rule(
    "HA502",
    kinds=("bucket_replication", "backup_plan"),
    severity=Severity.WARNING,
    systems=("S3 replication", "AWS Backup"),
    like=("backup-copy-cross-region",),
)
def replication_stays_in_region(maker: Resource, graph: ResourceGraph) -> Iterator[Verdict]:
    if maker.kind == "bucket_replication":
        leaving, what = _replicas(maker, graph), "is replicated within"
    else:
        leaving = copies_of_plan(maker, graph)
        what = "copies its recovery points within" if leaving.steps else "keeps its recovery points in"
    if leaving.truth is Truth.YES:
        yield passed(maker, assuming=leaving.assuming)
    elif leaving.truth is Truth.NO:
        region = maker.region if isinstance(maker.region, Known) else "its own region"
        yield failed(
            maker,
            f"{_who(maker, graph)} {what} {region} only: nothing is left when the region is lost",
            evidence=leaving.steps,
            assuming=leaving.assuming,
        )
    else:
        yield undecided(maker, leaving.blockers)


def _who(maker: Resource, graph: ResourceGraph) -> str:
    """A plan, or the bucket that is replicated."""
    sources = graph.targets(maker, "bucket").must
    return sources[0].address if sources else maker.address


def _replicas(replication: Resource, graph: ResourceGraph) -> Answer:
    """Whether any rule copies to a bucket in another region. One that is off copies nothing."""
    rules, unsure = blocks_in(replication["rules"])
    return any_answer((*(_replica(replication, each, graph) for each in rules), *doubt(unsure)))


def _replica(replication: Resource, copy: MapValue, graph: ResourceGraph) -> Answer:
    enabled, destination = copy.get("enabled"), copy.get("destination")
    unclear = Blocker(str(enabled), copy.place, "whether the rule is on cannot be told")
    is_on = said_by(is_true(enabled), enabled, unclear=unclear)
    buckets = buckets_named(destination, graph)
    if buckets.must:
        return all_answers((is_on, leaves(replication.region, buckets.must[0].region, destination.place)))
    elsewhere = Blocker(str(destination), destination.place, "the region of a bucket that is not declared here")
    return all_answers((is_on, Answer(Truth.MAYBE, blockers=(elsewhere,))))
