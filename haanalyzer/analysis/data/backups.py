"""Backups: whether anything that is declared here backs up a data store."""

from __future__ import annotations

from haanalyzer.analysis.answers import Answer, any_answer, doubt, if_sure, said_by
from haanalyzer.analysis.data.selection import selects
from haanalyzer.analysis.data.snapshots import snapshots_taken
from haanalyzer.graph import Links, Resource, ResourceGraph, listed
from haanalyzer.values import Blocker, Truth, Value, same
from haanalyzer.values.questions import is_at_least, is_true


def backed_up(store: Resource, graph: ResourceGraph) -> Answer:
    """Whether a data store is backed up by itself, by a backup selection, or by a snapshot policy."""
    found = [by_itself(store), *doubt(graph.opaque_around(store))]
    near = keepers(store, graph)
    found += doubt(near.open)
    for keeper in near.may:
        answer = (snapshots_taken if keeper.kind == "lifecycle_policy" else selects)(keeper, store, graph)
        sure = (keeper,) if keeper.existence.follows_from(store.existence) and _is_near(keeper, store) else ()
        found.append(if_sure(answer, keeper, sure))
    return any_answer(found)


def keepers(store: Resource, graph: ResourceGraph) -> Links:
    """What is declared here to back up data stores of its choice, and may do so in the store's region."""
    kinds = ("backup_selection", "lifecycle_policy") if store.kind == "volume" else ("backup_selection",)
    near, more = listed(each for each in graph.of_kind(*kinds) if same(each.region, store.region) is not Truth.NO)
    return Links(may=near, open=more)


def by_itself(store: Resource) -> Answer:
    """Whether a store's own settings make backups: point-in-time recovery, or the retention of automated ones."""
    if "point_in_time_recovery" in store.words:
        setting = store["point_in_time_recovery"]
        return said_by(is_true(setting), setting, unclear=_unclear(setting))
    if "backup_retention" in store.words:
        setting = store["backup_retention"]
        return said_by(is_at_least(setting, 1), setting, unclear=_unclear(setting))
    return Answer(Truth.NO)


def _unclear(setting: Value) -> Blocker:
    return Blocker(str(setting), setting.place, "whether backups are made cannot be told")


def _is_near(keeper: Resource, store: Resource) -> bool:
    return same(keeper.region, store.region) is Truth.YES
