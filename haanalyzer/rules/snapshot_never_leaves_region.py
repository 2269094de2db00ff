"""EBS snapshots are made and never copied to another region.

A snapshot lives in the region it was made in. When that region is lost, the
snapshot is lost with it, unless a copy lies in another one: by a cross-region
copy rule of the lifecycle policy, a copy action of the backup plan whose vault
is elsewhere, or a copy made of the snapshot itself. A copy that lands in the same
region is no copy.

A lifecycle policy with several schedules passes when one of them copies, for
they snapshot the same volumes. A backup plan is judged only when a selection
surely takes in EBS volumes; one without a selection makes nothing. Policies
that are disabled, that make machine images, or that only copy what others
share are not meant.

How to mend
    Add a `CrossRegionCopyRules` entry (`cross_region_copy_rule` in Terraform) with
    another region as its target, or a copy action to a backup vault in another
    region.

See also
    https://docs.aws.amazon.com/ebs/latest/userguide/snapshot-ami-policy.html
    https://docs.aws.amazon.com/aws-backup/latest/devguide/cross-region-backup.html
    https://docs.aws.amazon.com/wellarchitected/latest/reliability-pillar/rel_planning_for_recovery_disaster_recovery.html
"""

from __future__ import annotations

from collections.abc import Iterator

from haanalyzer.analysis.recovery import Leaving, any_leaving, copied_by, leaves, records, vault_region
from haanalyzer.analysis.selection import Selected, takes_in_volumes
from haanalyzer.graph import Resource, ResourceGraph
from haanalyzer.rules.kit import Severity, Step, Verdict, failed, passed, rule, undecided
from haanalyzer.values import Absent, Blocker, Known, MapValue, Truth, Value, alternatives, assumptions, blockers, same


@rule("HA501", kinds=("lifecycle_policy", "snapshot", "backup_plan"), severity=Severity.WARNING)
def snapshot_never_leaves_region(maker: Resource, graph: ResourceGraph) -> Iterator[Verdict]:
    made = _makes_snapshots(maker, graph)
    if made.truth is Truth.NO:
        return
    leaving = _leaving(maker, graph)
    assuming = leaving.assuming | assumptions(*_deciding(maker))
    if leaving.truth is Truth.YES:
        yield passed(maker, assuming=assuming)
    elif leaving.truth is Truth.NO and made.truth is Truth.YES:
        region = _own_region(maker)
        if maker.kind == "snapshot":
            what = f"never leaves {region}"
        else:
            what = f"makes EBS snapshots that never leave {region.replace('its', 'their')}"
        same_region = "; its copies stay in the same region" if leaving.steps else ""
        yield failed(
            maker,
            f"{maker.address} {what}{same_region}",
            evidence=(*made.steps, *leaving.steps),
            assuming=assuming,
        )
    else:
        yield undecided(maker, (*made.blockers, *leaving.blockers))


def _own_region(maker: Resource) -> str:
    return str(maker.region) if isinstance(maker.region, Known) else "its region"


def _makes_snapshots(maker: Resource, graph: ResourceGraph) -> Selected:
    if maker.kind == "backup_plan":
        return takes_in_volumes(maker, graph)
    if maker.kind == "snapshot":
        return Selected(Truth.YES, (Step(maker.place, f"{maker.address} is made in {_own_region(maker)}"),))
    enabled = _is(maker, "state", "ENABLED")
    snapshots = _is(maker, "policy_type", "EBS_SNAPSHOT_MANAGEMENT") & ~_is(maker, "default_policy", "INSTANCE")
    step = Step(maker.place, f"{maker.address} makes EBS snapshots in {_own_region(maker)}")
    unclear = Blocker(maker.address, maker.place, "whether it makes snapshots of volumes cannot be told")
    return Selected(enabled & snapshots, (step,), blockers(*_deciding(maker)) or (unclear,))


def _deciding(maker: Resource) -> list[Value]:
    """What makes a lifecycle policy one that makes snapshots."""
    return [maker[name] for name in ("state", "policy_type", "default_policy") if name in maker.words]


def _is(maker: Resource, name: str, text: str) -> Truth:
    found = {same(each, Known(data=text, place=maker.place)) for each in alternatives(maker[name])}
    return found.pop() if len(found) == 1 else Truth.MAYBE


def _leaving(maker: Resource, graph: ResourceGraph) -> Leaving:
    if maker.kind == "snapshot":
        return copied_by(maker, graph)
    if maker.kind == "backup_plan":
        return _copies(maker, *records(maker["rules"]), graph)
    targets, unsure = records(maker["copy_targets"])
    by_default = [leaves(maker.region, target.get("region"), target.place) for target in targets]
    return any_leaving(
        (
            *by_default,
            Leaving(Truth.MAYBE if unsure else Truth.NO, blockers=unsure),
            _copies(maker, *records(maker["schedules"]), graph),
        )
    )


def _copies(maker: Resource, schedules: list[MapValue], unsure: tuple[Blocker, ...], graph: ResourceGraph) -> Leaving:
    """Whether any schedule of a policy, or rule of a plan, copies to another region."""
    found = [Leaving(Truth.MAYBE, blockers=unsure)] if unsure else []
    for schedule in schedules:
        copies, more = records(schedule.get("copies"))
        found += [Leaving(Truth.MAYBE, blockers=more)] if more else []
        found += [_copy(maker, copy, graph) for copy in copies]
    return any_leaving(found)


def _copy(maker: Resource, copy: MapValue, graph: ResourceGraph) -> Leaving:
    if "vault" in copy.entries:
        return leaves(maker.region, vault_region(copy, graph), copy.place)
    region = copy.get("region")
    return leaves(maker.region, copy.get("target") if isinstance(region, Absent) else region, copy.place)
