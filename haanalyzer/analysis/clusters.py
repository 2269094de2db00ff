"""Aurora clusters: which they are, and the instances they have."""

from __future__ import annotations

from haanalyzer.graph import Links, Resource, ResourceGraph
from haanalyzer.values import Blocker, Concat, Known, Truth, Unknown, Value, alternatives, blockers, same
from haanalyzer.values.questions import is_at_least


def is_aurora(cluster: Resource, graph: ResourceGraph) -> Truth:
    """By its engine, where that is known; a member of a global database is Aurora."""
    found = {_names_aurora(each) for each in alternatives(cluster["engine"])}
    if len(found) == 1 and Truth.MAYBE not in found:
        return found.pop()
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
    by_itself = _is(cluster["engine_mode"], "serverless") | _is(cluster["scalability_type"], "limitless")
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
    of_clusters = _is(target["dimension"], "rds:cluster:ReadReplicaCount")
    return (of_clusters & is_at_least(target["min_capacity"], 1)) is not Truth.NO


def _is(value: Value, text: str) -> Truth:
    return same(value, Known(data=text, place=value.place))
