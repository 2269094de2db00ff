"""Backup selections: what a plan surely takes in."""

from __future__ import annotations

import re
from dataclasses import dataclass

from haanalyzer.analysis.recovery import records
from haanalyzer.finding import Step
from haanalyzer.graph import Resource, ResourceGraph
from haanalyzer.values import (
    Absent,
    Blocker,
    Concat,
    Known,
    ListValue,
    MapValue,
    Truth,
    Unknown,
    Value,
    any_of,
    blockers,
    same,
)


@dataclass(frozen=True, slots=True)
class Selected:
    """Whether volumes are selected, the selections that show it, and what blocks the answer."""

    truth: Truth
    steps: tuple[Step, ...] = ()
    blockers: tuple[Blocker, ...] = ()


def takes_in_volumes(plan: Resource, graph: ResourceGraph) -> Selected:
    """Whether any selection of a plan takes in EBS volumes. A plan without a selection backs up nothing."""
    selections = graph.sources(plan, "backup_selection", "plan")
    found = [Truth.MAYBE] if selections.open else []
    steps: list[Step] = []
    unsure: list[Blocker] = [*selections.open]
    for selection in selections.may:
        truth, why = _volumes_in(selection, graph)
        sure = selection in selections.must
        found.append(truth if sure else truth & Truth.MAYBE)
        unsure += why if sure else (*why, *selection.existence.unless)
        if found[-1] is Truth.YES:
            steps.append(Step(selection.place, f"{selection.address} takes in EBS volumes"))
    return Selected(any_of(found), tuple(steps), tuple(unsure))


def _volumes_in(selection: Resource, graph: ResourceGraph) -> tuple[Truth, tuple[Blocker, ...]]:
    by_name = _named(selection, graph)
    by_tag = _tagged(selection, graph)
    truth = by_name | by_tag
    narrowed = [selection[name] for name in ("not_resources", "conditions") if not isinstance(selection[name], Absent)]
    if narrowed:
        truth &= Truth.MAYBE
    excluded = Blocker(selection.address, selection.place, "which volumes it leaves out cannot be told")
    tags = Blocker(selection.address, selection.place, "no declared volume bears the tags it selects by")
    unsure = blockers(selection["resources"], selection["tags"]) or (excluded if narrowed else tags,)
    return truth, unsure if truth is Truth.MAYBE else ()


def _named(selection: Resource, graph: ResourceGraph) -> Truth:
    """By ARN: everything, a pattern of volumes or of instances (whose volumes go with them), or a declared one."""
    named = graph.targets(selection, "resources")
    value = selection["resources"]
    if isinstance(value, Absent):
        return Truth.NO
    if not isinstance(value, ListValue):
        return Truth.MAYBE
    truths = [_is_volume_arn(item) for item in value.items]
    return any_of((*truths, Truth.of(bool(named.must)), Truth.MAYBE if value.open else Truth.NO))


_EBS_ARN = re.compile(r"\*|arn:[^:]*:(\*|ec2)(:[^:]*:[^:]*)?:(\*|(volume|instance)/.*)")
_UNKNOWN = "\0"
"""Stands for an unknown part of a text, which is taken to hold no colon."""


def _is_volume_arn(arn: Value) -> Truth:
    """Whether an ARN or pattern is of volumes, or of instances."""
    match arn:
        case Known():
            return Truth.of(_EBS_ARN.fullmatch(str(arn)) is not None)
        case Unknown(term=Concat(parts=parts)):
            text = "".join(part if isinstance(part, str) else _UNKNOWN for part in parts)
            if _EBS_ARN.fullmatch(text):
                return Truth.YES
            service = text.split(":")[2:3]
            return Truth.of(not service or _UNKNOWN in service[0] or service[0] == "ec2") & Truth.MAYBE
        case _:
            return Truth.MAYBE


def _tagged(selection: Resource, graph: ResourceGraph) -> Truth:
    """By tag: surely when a declared volume or instance bears it, else perhaps."""
    tags, unsure = records(selection["tags"])
    if not tags and not unsure:
        return Truth.NO
    stores = graph.of_kind("volume", "instance")
    bears = [_bears(store, tag) for tag in tags for store in stores if store.existence.certain]
    return any_of(bears) | Truth.MAYBE


def _bears(resource: Resource, tag: MapValue) -> Truth:
    tags = resource["tags"]
    match tags:
        case MapValue():
            key = tag.get("key")
            return same(tags.get(str(key)), tag.get("value")) if isinstance(key, Known) else Truth.MAYBE
        case ListValue(items=items):
            pairs = [item for item in items if isinstance(item, MapValue)]
            return any_of(
                same(pair.get("Key"), tag.get("key")) & same(pair.get("Value"), tag.get("value")) for pair in pairs
            )
        case _:
            return Truth.MAYBE
