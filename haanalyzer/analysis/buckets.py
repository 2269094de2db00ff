"""Buckets: whether their versions are kept, what their lifecycle does, and where their replicas go."""

from __future__ import annotations

from haanalyzer.analysis.answers import Answer, any_answer, doubt, if_sure, said_by
from haanalyzer.analysis.arns import names
from haanalyzer.analysis.recovery import records
from haanalyzer.finding import Step
from haanalyzer.graph import Links, Resource, ResourceGraph
from haanalyzer.values import Blocker, MapValue, Truth, Value
from haanalyzer.values.questions import is_true, is_written


def keeps_versions(bucket: Resource, graph: ResourceGraph) -> Answer:
    """Whether versioning is on, by a setting or because Object Lock needs it. What nobody turns on is off.

    Source: Amazon S3 user guide, "Locking objects with Object Lock".
    """
    settings = graph.sources(bucket, "bucket_versioning", "bucket")
    by_setting = [if_sure(_says(setting), setting, settings.must) for setting in settings.may]
    lock, block = bucket["object_lock"], bucket["object_lock_block"]
    by_lock = said_by(is_true(lock) | is_written(block), lock, block)
    return any_answer((*by_setting, *doubt(settings.open), by_lock))


def _says(setting: Resource) -> Answer:
    enabled = setting["enabled"]
    unclear = Blocker(str(enabled), setting.place, "whether versioning is on cannot be told")
    state = {Truth.YES: "turned on", Truth.NO: "turned off", Truth.MAYBE: str(enabled)}[is_true(enabled)]
    step = Step(setting.place_of("enabled"), f"versioning is {state}")
    return said_by(is_true(enabled), enabled, step=step, unclear=unclear)


def lifecycle_rules(bucket: Resource, graph: ResourceGraph) -> tuple[list[MapValue], tuple[Blocker, ...]]:
    """The lifecycle rules that a bucket surely has, and what there may be besides."""
    rules, unsure = records(bucket["lifecycle_rules"])
    lifecycles = graph.sources(bucket, "bucket_lifecycle", "bucket")
    doubts = [*unsure, *lifecycles.open]
    for lifecycle in lifecycles.may:
        more, unknown = records(lifecycle["lifecycle_rules"])
        rules += more if lifecycle in lifecycles.must else []
        perhaps = Blocker(lifecycle.address, lifecycle.place, f"may be the lifecycle of {bucket.address}")
        doubts += unknown if lifecycle in lifecycles.must else lifecycle.existence.unless or (perhaps,)
    return rules, tuple(doubts)


def is_replicated(bucket: Resource, graph: ResourceGraph) -> Answer:
    """Whether replication of a bucket is configured at all."""
    replications = graph.sources(bucket, "bucket_replication", "bucket")
    found = [
        if_sure(Answer(Truth.YES, (Step(each.place, f"{bucket.address} is replicated"),)), each, replications.must)
        for each in replications.may
    ]
    return any_answer((*found, *doubt(replications.open)))


def buckets_named(arn: Value, graph: ResourceGraph) -> Links:
    """The declared buckets that an ARN (``arn:partition:s3:::name``) names or may name."""
    named = graph.resource_named(arn, "bucket")
    if named is not None:
        return Links(must=(named,), may=(named,))
    found = {bucket: names(arn, bucket, graph) for bucket in graph.of_kind("bucket")}
    sure = tuple(bucket for bucket, truth in found.items() if truth is Truth.YES and bucket.existence.certain)
    return Links(
        must=sure if len(sure) == 1 else (),
        may=sure if len(sure) == 1 else tuple(bucket for bucket, truth in found.items() if truth is not Truth.NO),
    )
