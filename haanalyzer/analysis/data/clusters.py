"""Aurora clusters: which they are, and the instances they have."""

from __future__ import annotations

from haanalyzer.graph import Links, Resource, ResourceGraph
from haanalyzer.values import Blocker, Concat, Known, Truth, Unknown, Value, blockers
from haanalyzer.values.questions import in_every_branch, is_at_least, is_equal


def is_aurora(cluster: Resource, graph: ResourceGraph) -> Truth:
    """By its engine, where that is known; a member of a global database is Aurora."""
    by_engine = in_every_branch(cluster["engine"], _names_aurora)
    if by_engine is not Truth.MAYBE:
        return by_engine
    return graph.targets(cluster, "global_cluster").exist | Truth.MAYBE


def _names_aurora(engine: Value) -> Truth:
    """Source: RDS API, CreateDBCluster, Engine: ``aurora-mysql`` and the like, not ``mysql`` or ``postgres``."""
    match engine:
        case Known():
            return Truth.of(str(engine).lower().startswith("aurora"))
        case Unknown(term=Concat(parts=(str(start), *_))):
            begins = start.lower().startswith("aurora")
            return Truth.of(begins or "aurora".startswith(start.lower())) & (Truth.of(begins) | Truth.MAYBE)
        case _:
            return Truth.MAYBE


def has_instances(cluster: Resource, graph: ResourceGraph) -> Truth:
    """Whether it is an Aurora cluster of instances that somebody declares: not Serverless v1, not Limitless."""
    by_itself = is_equal(cluster["engine_mode"], "serverless") | is_equal(cluster["scalability_type"], "limitless")
    return is_aurora(cluster, graph) & ~by_itself


def why_unsure(cluster: Resource) -> tuple[Blocker, ...]:
    """What keeps ``has_instances`` from being told."""
    unknown = blockers(cluster["engine"], cluster["engine_mode"], cluster["scalability_type"])
    return unknown or (Blocker("engine", cluster.place, "no engine is written"),)


def members_of(cluster: Resource, graph: ResourceGraph) -> Links:
    """The instances of a cluster. Auto scaling of readers may add more."""
    members = graph.sources(cluster, "db_instance", "cluster")
    targets = graph.of_kind("scalable_target")
    adding = graph.once(_adding_readers, targets[0]) if targets else ()
    return Links(members.must, members.may, open=(*members.open, *adding)) if adding else members


def _adding_readers(first: Resource, graph: ResourceGraph) -> tuple[Blocker, ...]:
    """The scalable targets that may add readers to any cluster."""
    return tuple(
        Blocker(target.address, target.place, "may add readers to the cluster")
        for target in graph.of_kind(first.kind)
        if _may_add(target)
    )


def _may_add(target: Resource) -> bool:
    of_clusters = is_equal(target["dimension"], "rds:cluster:ReadReplicaCount")
    return (of_clusters & is_at_least(target["min_capacity"], 1)) is not Truth.NO
