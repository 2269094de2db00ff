"""Snapshot policies of Amazon Data Lifecycle Manager: whether they make snapshots, and of which volumes."""

from __future__ import annotations

from haanalyzer.analysis.answers import Answer, all_answers, any_answer, doubt, if_sure, said_by
from haanalyzer.analysis.data.selection import bears, instances_of
from haanalyzer.finding import Step
from haanalyzer.graph import Resource, ResourceGraph
from haanalyzer.graph.tags import as_tags
from haanalyzer.values import Absent, Blocker, MapValue, Truth, any_of
from haanalyzer.values.questions import any_item, is_equal


def makes_snapshots(policy: Resource) -> Answer:
    """Whether a lifecycle policy is on and makes snapshots of volumes; others make images, or copy what is shared."""
    enabled = is_equal(policy["state"], "ENABLED")
    of_volumes = ~is_equal(policy["default_policy"], "INSTANCE")
    snapshots = is_equal(policy["policy_type"], "EBS_SNAPSHOT_MANAGEMENT") & of_volumes
    unclear = Blocker(policy.address, policy.place, "whether it makes snapshots of volumes cannot be told")
    deciding = [policy[name] for name in ("state", "policy_type", "default_policy")]
    return said_by(enabled & snapshots, *deciding, unclear=unclear)


def snapshots_taken(policy: Resource, volume: Resource, graph: ResourceGraph) -> Answer:
    """Whether a policy makes snapshots of this volume: by its tags, or those of an instance it is attached to.

    A default policy takes in every volume that has no other snapshots, less what it excepts.
    """
    if not isinstance(policy["default_policy"], Absent):
        excepted = Blocker(policy.address, policy.place, "which volumes a default policy leaves out cannot be told")
        return all_answers((makes_snapshots(policy), Answer(Truth.MAYBE, blockers=(excepted,))))
    attached = instances_of(volume, graph)
    by_instance = [if_sure(_targeted(policy, each, "INSTANCE"), each, attached.must) for each in attached.may]
    targeted = any_answer((_targeted(policy, volume, "VOLUME"), *by_instance, *doubt(attached.open)))
    return all_answers((makes_snapshots(policy), targeted))


def _targeted(policy: Resource, target: Resource, type_: str) -> Answer:
    """Whether a policy of resources of a type targets this one, which must bear one of its tags."""
    types, tags = policy["resource_types"], as_tags(policy["target_tags"])
    of_type = any_item(types, lambda each: is_equal(each, type_))
    borne = Truth.MAYBE
    if isinstance(tags, MapValue):
        found = (bears(target, key, value) for key, value in tags.entries.items())
        borne = any_of((*found, Truth.of(tags.open is not None) & Truth.MAYBE))
    unclear = Blocker(policy.address, policy.place, f"the tags it targets may be on {target.address} all the same")
    step = Step(policy.place, f"{policy.address} makes snapshots of {target.address}")
    truth = of_type & borne
    return said_by(truth, types, tags, target.tags, step=step if truth is Truth.YES else None, unclear=unclear)
