"""S3 replication is configured for a bucket whose versioning is off.

Replication copies versions of objects. S3 refuses a replication configuration
unless versioning is on, in the bucket it copies from and in every bucket it
copies to: the deployment fails, and there is no second copy. Versioning is
off where nothing turns it on, and where it is suspended.

Object Lock turns versioning on by itself. A destination that is not declared here,
which is the normal case for one in another region or account, is not judged.

How to mend
    Turn versioning on: `VersioningConfiguration: {Status: Enabled}`, in Terraform an
    `aws_s3_bucket_versioning` that the replication depends on.

See also
    https://docs.aws.amazon.com/AmazonS3/latest/userguide/replication-requirements.html
    https://docs.aws.amazon.com/AmazonS3/latest/userguide/Versioning.html
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from haanalyzer.analysis.answers import Answer
from haanalyzer.analysis.data.buckets import buckets_named, keeps_versions
from haanalyzer.graph import Resource, ResourceGraph
from haanalyzer.rules.kit import Severity, Step, Verdict, failed, passed, rule, undecided
from haanalyzer.source.span import Span
from haanalyzer.values import Blocker, Truth, Value
from haanalyzer.values.blocks import blocks_in


@rule(
    "HA416",
    kinds=("bucket_replication",),
    severity=Severity.ERROR,
    systems=("S3 replication",),
)
def replication_without_versioning(replication: Resource, graph: ResourceGraph) -> Iterator[Verdict]:
    sources = graph.targets(replication, "bucket")
    if sources.must:
        yield _judged(replication, sources.must[0], "from", replication.place, graph)
    else:
        elsewhere = Blocker(replication.address, replication.place, "the bucket it copies from is not declared here")
        yield undecided(replication, sources.blockers or (elsewhere,), part="from")
    rules, _ = blocks_in(replication["rules"])
    verdicts = {each.part: each for copy in rules for each in _destination(replication, copy.get("destination"), graph)}
    yield from verdicts.values()


def _destination(replication: Resource, destination: Value, graph: ResourceGraph) -> Iterator[Verdict]:
    buckets = buckets_named(destination, graph)
    if buckets.must:
        yield _judged(replication, buckets.must[0], "to", destination.place, graph)
        return
    without = (each for each in buckets.may if keeps_versions(each, graph).truth is not Truth.YES)
    perhaps = [Blocker(str(destination), destination.place, f"may be {each.address}") for each in islice(without, 1)]
    if perhaps or buckets.open:
        yield undecided(replication, perhaps or buckets.open, part=f"to {destination}")


def _judged(replication: Resource, bucket: Resource, way: str, at: Span, graph: ResourceGraph) -> Verdict:
    versions = keeps_versions(bucket, graph)
    part = f"{way} {bucket.address}"
    if versions.truth is Truth.YES:
        return passed(replication, part=part, assuming=versions.assuming)
    if versions.truth is Truth.MAYBE:
        return undecided(replication, versions.blockers, part=part)
    return failed(
        replication,
        f"{replication.address} copies {way} {bucket.address}, whose versioning is off: S3 refuses to replicate it",
        at=at,
        part=part,
        evidence=(*versions.steps, *_nothing_said(bucket, versions)),
        assuming=versions.assuming | graph.left_out(("bucket_versioning",)),
    )


def _nothing_said(bucket: Resource, versions: Answer) -> tuple[Step, ...]:
    return () if versions.steps else (Step(bucket.place, f"nothing turns on the versioning of {bucket.address}"),)
