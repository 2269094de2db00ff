"""Read replicas of database instances: who copies whom, how far, and whether the source keeps what that takes."""

from __future__ import annotations

from dataclasses import dataclass

from haanalyzer.finding import Step
from haanalyzer.graph import Links, Resource, ResourceGraph
from haanalyzer.values import Blocker, Truth, any_of, blockers
from haanalyzer.values.questions import is_at_least, is_true, is_written

_RESTORED_FROM = ("snapshot", "cluster_snapshot", "automated_backup", "restore_time", "point_in_time")


def is_replica(instance: Resource) -> Truth:
    """Whether an instance is made as a read replica: it names a source, and not to be restored from it."""
    sources = any_of(is_written(instance[name]) for name in ("replication_source", "source_cluster"))
    in_time = is_written(instance["restore_time"]) | is_true(instance["latest_restorable_time"])
    return sources & ~in_time


def is_restored(instance: Resource) -> Truth:
    """Whether an instance is made from a snapshot or backup; it may then keep settings of where it comes from."""
    written = any_of(is_written(instance[name]) for name in _RESTORED_FROM)
    return written | is_true(instance["latest_restorable_time"])


def keeps_backups(instance: Resource) -> Truth:
    """Whether an instance has automated backups.

    One that is restored may bring its retention along, and one that is a replica has
    none unless it says so (RDS API, CreateDBInstanceReadReplica).
    """
    retained = is_at_least(instance["backup_retention"], 1)
    if retained is Truth.NO:
        return is_restored(instance) & Truth.MAYBE
    by_default = instance.place_of("backup_retention") == instance.place
    made_otherwise = is_replica(instance) | is_restored(instance)
    return retained & (~made_otherwise | Truth.MAYBE) if by_default else retained


def why_unsure_of_backups(instance: Resource) -> tuple[Blocker, ...]:
    """What keeps ``keeps_backups`` from being told."""
    elsewhere = Blocker(instance.address, instance.place, "its backup retention comes from where it was made of")
    return blockers(instance["backup_retention"]) or (elsewhere,)


def replicas_of(source: Resource, graph: ResourceGraph) -> Links:
    """The read replicas of an instance."""
    naming = graph.sources(source, "db_instance", "replication_source")
    return Links(
        must=tuple(each for each in naming.must if is_replica(each) is Truth.YES),
        may=tuple(each for each in naming.may if each is not source and is_replica(each) is not Truth.NO),
        open=naming.open,
    )


@dataclass(frozen=True, slots=True)
class Chain:
    """How many replicas lie between an instance and the source of all, itself included: at least ``length``.

    ``steps`` are its links, ``blockers`` say why there may be more.
    """

    length: int
    steps: tuple[Step, ...] = ()
    blockers: tuple[Blocker, ...] = ()


def chain_of(instance: Resource, graph: ResourceGraph, seen: frozenset[str] = frozenset()) -> Chain:
    """The chain of replicas that ends with an instance."""
    if instance.address in seen or is_replica(instance) is Truth.NO:
        return Chain(0)
    if is_replica(instance) is Truth.MAYBE:
        return Chain(0, blockers=blockers(instance["replication_source"], instance["source_cluster"]))
    sources = graph.targets(instance, "replication_source")
    step = Step(instance.place_of("replication_source"), f"{instance.address} replicates {_named(instance, sources)}")
    databases = [each for each in sources.must if each.kind == "db_instance"]
    if not databases:
        elsewhere = Blocker(instance.address, step.place, "its source is not declared here")
        return Chain(1, (step,), () if sources.must else (elsewhere,))
    before = chain_of(databases[0], graph, seen | {instance.address})
    return Chain(before.length + 1, (*before.steps, step), before.blockers)


def _named(instance: Resource, sources: Links) -> str:
    return sources.must[0].address if sources.must else str(instance["replication_source"])
