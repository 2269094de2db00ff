"""The only copy of a bucket's objects lies in one Availability Zone.

The storage classes S3 One Zone-IA and S3 Express One Zone keep objects in a
single zone: the loss of that zone loses them. One Zone-IA is made for copies
and for what can be made again, so a lifecycle rule that moves objects there is
sound where replication keeps another copy.

Only transitions of current versions are meant, by rules that are not disabled.
A directory bucket is in one zone by its nature and cannot be replicated; it is
noted, for it may well hold nothing but intermediate results.

How to mend
    Use `STANDARD_IA` or `INTELLIGENT_TIERING` instead of `ONEZONE_IA`, or replicate the
    bucket. Keep what must last out of directory buckets.

See also
    https://docs.aws.amazon.com/AmazonS3/latest/userguide/storage-class-intro.html
    https://docs.aws.amazon.com/AmazonS3/latest/userguide/directory-buckets-overview.html
"""

from __future__ import annotations

from collections.abc import Iterator

from haanalyzer.analysis.answers import Answer, all_answers, any_answer, doubt, said_by
from haanalyzer.analysis.data.buckets import is_replicated, lifecycle_rules
from haanalyzer.graph import Resource, ResourceGraph
from haanalyzer.rules.kit import Severity, Step, Verdict, failed, passed, rule, undecided
from haanalyzer.values import Blocker, MapValue, Truth, Value
from haanalyzer.values.blocks import blocks_in
from haanalyzer.values.questions import is_equal, is_true


@rule(
    "HA415",
    kinds=("bucket", "directory_bucket"),
    severity=Severity.WARNING,
    systems=("S3",),
    like=("s3-onezone",),
)
def one_zone_storage_class(bucket: Resource, graph: ResourceGraph) -> Iterator[Verdict]:
    if bucket.kind == "directory_bucket":
        message = f"{bucket.address} is a directory bucket: its objects lie in one zone, and are not replicated"
        yield failed(bucket, message, severity=Severity.NOTE)
        return
    moved = _moves_to_one_zone(bucket, graph)
    copied = is_replicated(bucket, graph)
    if moved.truth is Truth.NO or copied.truth is Truth.YES:
        yield passed(bucket, assuming=moved.assuming | copied.assuming)
    elif moved.truth is Truth.YES and copied.truth is Truth.NO:
        first = moved.steps[0]
        yield failed(
            bucket,
            f"{bucket.address} moves its only copies to one zone: {first.text}, and it is not replicated",
            at=first.place,
            evidence=moved.steps,
            assuming=moved.assuming | graph.left_out(("bucket_replication",)),
        )
    else:
        yield undecided(bucket, (*moved.blockers, *copied.blockers))


def _moves_to_one_zone(bucket: Resource, graph: ResourceGraph) -> Answer:
    rules, unsure = lifecycle_rules(bucket, graph)
    return any_answer((*map(_rule_moves, rules), *doubt(unsure)))


def _rule_moves(lifecycle_rule: MapValue) -> Answer:
    enabled = lifecycle_rule.get("enabled")
    unclear = Blocker(str(enabled), lifecycle_rule.place, "whether the lifecycle rule is on cannot be told")
    transitions, unsure = blocks_in(lifecycle_rule.get("transitions"))
    classes = [transition.get("storage_class") for transition in transitions]
    moved = any_answer((*map(_is_one_zone, (*classes, lifecycle_rule.get("transition"))), *doubt(unsure)))
    return all_answers((said_by(is_true(enabled), enabled, unclear=unclear), moved))


def _is_one_zone(storage_class: Value) -> Answer:
    truth = is_equal(storage_class, "ONEZONE_IA")
    step = Step(storage_class.place, f"a lifecycle rule moves them to {storage_class}") if truth is Truth.YES else None
    return said_by(truth, storage_class, step=step)
