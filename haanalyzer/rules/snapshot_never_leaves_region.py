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
from dataclasses import replace

from haanalyzer.analysis.answers import Answer, any_answer, doubt
from haanalyzer.analysis.data.recovery import copied_by, copies_of_plan, leaves
from haanalyzer.analysis.data.selection import takes_in
from haanalyzer.analysis.data.snapshots import makes_snapshots
from haanalyzer.graph import Resource, ResourceGraph
from haanalyzer.rules.kit import Severity, Step, Verdict, failed, passed, rule, undecided
from haanalyzer.values import Absent, Known, MapValue, Truth
from haanalyzer.values.blocks import blocks_in


@rule(
    "HA501",
    kinds=("lifecycle_policy", "snapshot", "backup_plan"),
    severity=Severity.WARNING,
    systems=("EBS snapshots", "AWS Backup"),
    like=("backup-copy-cross-region",),
)
def snapshot_never_leaves_region(maker: Resource, graph: ResourceGraph) -> Iterator[Verdict]:
    made = _makes_snapshots(maker, graph)
    if made.truth is Truth.NO:
        return
    leaving = _leaving(maker, graph)
    assuming = leaving.assuming | made.assuming
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


def _makes_snapshots(maker: Resource, graph: ResourceGraph) -> Answer:
    if maker.kind == "backup_plan":
        return takes_in(maker, "volume", graph)
    if maker.kind == "snapshot":
        return Answer(Truth.YES, (Step(maker.place, f"{maker.address} is made in {_own_region(maker)}"),))
    step = Step(maker.place, f"{maker.address} makes EBS snapshots in {_own_region(maker)}")
    return replace(makes_snapshots(maker), steps=(step,))


def _leaving(maker: Resource, graph: ResourceGraph) -> Answer:
    if maker.kind == "snapshot":
        return copied_by(maker, graph)
    if maker.kind == "backup_plan":
        return copies_of_plan(maker, graph)
    targets, unsure = blocks_in(maker["copy_targets"])
    schedules, more = blocks_in(maker["schedules"])
    by_default = [leaves(maker.region, target.get("region"), target.place) for target in targets]
    return any_answer((*by_default, *doubt((*unsure, *more)), *(_copies(maker, schedule) for schedule in schedules)))


def _copies(maker: Resource, schedule: MapValue) -> Answer:
    """Whether a schedule of a policy copies to another region."""
    copies, more = blocks_in(schedule.get("copies"))
    return any_answer((*doubt(more), *(_copy(maker, copy) for copy in copies)))


def _copy(maker: Resource, copy: MapValue) -> Answer:
    region = copy.get("region")
    return leaves(maker.region, copy.get("target") if isinstance(region, Absent) else region, copy.place)
