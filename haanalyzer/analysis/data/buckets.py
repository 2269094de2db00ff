"""Buckets: whether their versions are kept, what their lifecycle does, and where their replicas go."""

from __future__ import annotations

from dataclasses import replace

from haanalyzer.analysis.alike import ByValue
from haanalyzer.analysis.answers import Answer, any_answer, doubt, doubts_about, if_sure, said_by
from haanalyzer.analysis.data.arns import names
from haanalyzer.finding import Step
from haanalyzer.graph import Links, Resource, ResourceGraph, listed
from haanalyzer.values import Blocker, Known, MapValue, Truth, Value
from haanalyzer.values.blocks import blocks_in
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
    rules, unsure = blocks_in(bucket["lifecycle_rules"])
    lifecycles = graph.sources(bucket, "bucket_lifecycle", "bucket")
    doubts = [*unsure, *lifecycles.open]
    for lifecycle in lifecycles.may:
        more, unknown = blocks_in(lifecycle["lifecycle_rules"])
        rules += more if lifecycle in lifecycles.must else []
        perhaps = doubts_about(lifecycle, f"may be the lifecycle of {bucket.address}")
        doubts += unknown if lifecycle in lifecycles.must else perhaps
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
    candidates = _perhaps_named(arn, graph)
    sure = tuple(each for each in candidates.may if names(arn, each, graph) is Truth.YES and each.existence.certain)
    if len(sure) == 1:
        return Links(must=sure, may=sure)
    may, more = listed(each for each in candidates.may if names(arn, each, graph) is not Truth.NO)
    return Links(may=may, open=(*candidates.open, *more))


def _perhaps_named(arn: Value, graph: ResourceGraph) -> Links:
    """The buckets of the name that an ARN ends with, where it is a literal one; else all."""
    buckets = graph.of_kind("bucket")
    *before, name = str(arn).split(":")
    if not buckets or not isinstance(arn, Known) or len(before) < _BEFORE_THE_NAME or "*" in name:
        return Links(may=tuple(buckets))
    return graph.once(_by_name, buckets[0]).alike(replace(arn, data=name))


_BEFORE_THE_NAME = 5


def _by_name(_: Resource, graph: ResourceGraph) -> ByValue:
    """All buckets by their names; asked of one of them for all."""
    return ByValue((bucket, bucket["name"]) for bucket in graph.of_kind("bucket"))
