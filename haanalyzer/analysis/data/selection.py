"""Backup selections and snapshot policies: which data stores they take in."""

from __future__ import annotations

from haanalyzer.analysis.answers import Answer, any_answer, doubt, if_sure, said_by
from haanalyzer.analysis.data.arns import names, names_kind
from haanalyzer.finding import Step
from haanalyzer.graph import Links, Resource, ResourceGraph
from haanalyzer.values import (
    Absent,
    Blocker,
    Known,
    ListValue,
    MapValue,
    Symbol,
    Truth,
    Unknown,
    Value,
    any_of,
    assumptions,
    identity_of,
    same,
)
from haanalyzer.values.blocks import blocks_in
from haanalyzer.values.questions import is_written

_BACKED_UP_WITH = {"volume": ("volume", "instance")}
"""A backup of an instance holds its volumes."""


def takes_in(plan: Resource, kind: str, graph: ResourceGraph) -> Answer:
    """Whether any selection of a plan takes in data stores of a kind. A plan without a selection backs up nothing."""
    selections = graph.sources(plan, "backup_selection", "plan")
    found = (if_sure(_kind_in(each, kind, graph), each, selections.must) for each in selections.may)
    return any_answer((*doubt(selections.open), *found))


def selects(selection: Resource, store: Resource, graph: ResourceGraph) -> Answer:
    """Whether a selection takes in this data store, by its ARN or tags or those of an instance it is attached to."""
    attached = instances_of(store, graph)
    found = [_store_in(selection, store, graph), *doubt(attached.open)]
    found += [if_sure(_store_in(selection, each, graph), each, attached.must) for each in attached.may]
    return any_answer(found)


def instances_of(store: Resource, graph: ResourceGraph) -> Links:
    """The instances that a volume is attached to; none of any other data store."""
    if store.kind != "volume":
        return Links()
    attachments = graph.sources(store, "volume_attachment", "volume")
    ends = [graph.targets(each, "instance") for each in attachments.may]
    sure = [graph.targets(each, "instance") for each in attachments.must]
    return Links(
        must=tuple(instance for links in sure for instance in links.must),
        may=tuple(dict.fromkeys(instance for links in ends for instance in links.may)),
        open=(*attachments.open, *(blocker for links in ends for blocker in links.blockers)),
    )


def _kind_in(selection: Resource, kind: str, graph: ResourceGraph) -> Answer:
    kinds = _BACKED_UP_WITH.get(kind, (kind,))
    tags, unsure = blocks_in(selection["tags"])
    firsts = [stores[0] for each in kinds if (stores := graph.of_kind(each))]
    by_tag = Truth.of(any(not graph.once(_tags_borne, first).isdisjoint(map(_pair, tags)) for first in firsts))
    if tags or unsure:
        by_tag |= Truth.MAYBE
    by_name = any_of(_is_of(item, kinds, graph) for item in _items(selection["resources"]))
    return _taken(selection, by_name | by_tag, _PLURAL.get(kind, f"{kind}s"), ())


def _tags_borne(first: Resource, graph: ResourceGraph) -> frozenset[tuple[str, object]]:
    """The tags of the resources of a kind that are surely there; asked of one of them for all."""
    certain = (store.tags for store in graph.of_kind(first.kind) if store.existence.certain)
    written = ((key, value) for tags in certain if isinstance(tags, MapValue) for key, value in tags.entries.items())
    return frozenset((key, identity_of(value)) for key, value in written if identity_of(value) is not None)


def _pair(tag: MapValue) -> tuple[str, object]:
    """A tag as it is in `_tags_borne`, where its key and value can be told."""
    key, value = tag.get("key"), tag.get("value")
    return (str(key), identity_of(value)) if isinstance(key, Known) else ("", None)


def _store_in(selection: Resource, store: Resource, graph: ResourceGraph) -> Answer:
    left_out = any_of(names(item, store, graph) for item in _items(selection["not_resources"]))
    if left_out is Truth.YES:
        return Answer(Truth.NO, assuming=assumptions(selection["not_resources"]))
    by_name = any_of(names(item, store, graph) for item in _items(selection["resources"]))
    return _taken(selection, by_name | _bears_any(store, selection["tags"]), store.address, (store.tags,))


_PLURAL = {"volume": "EBS volumes"}


def _taken(selection: Resource, truth: Truth, what: str, others: tuple[Value, ...]) -> Answer:
    """What is named or tagged so is taken in, less what is excepted; without names and tags, what the account opted in.

    Source: AWS Backup API, BackupSelection.
    """
    named = is_written(selection["resources"]) | is_written(selection["tags"])
    narrowed = is_written(selection["not_resources"]) | is_written(selection["conditions"])
    reason = f"the tags it selects by may be on {what} all the same"
    if narrowed is not Truth.NO:
        truth &= Truth.MAYBE
        reason = "what it leaves out cannot be told"
    if named is not Truth.YES:
        truth |= Truth.MAYBE
        reason = "takes in whatever the account has opted in to"
    deciding = [selection[name] for name in ("resources", "tags", "not_resources", "conditions")]
    unclear = Blocker(selection.address, selection.place, reason)
    step = Step(selection.place, f"{selection.address} takes in {what}") if truth is Truth.YES else None
    return said_by(truth, *deciding, *others, step=step, unclear=unclear)


def _items(value: Value) -> list[Value]:
    """The elements of a list; an unknown for those that may follow, and for a list that is unknown."""
    match value:
        case Absent():
            return []
        case ListValue(items=items, open=more):
            rest = Unknown(term=Symbol(more.term), reason=more.reason, place=more.place) if more else None
            return [*items, rest] if rest else list(items)
        case _:
            return [value]


def _is_of(arn: Value, kinds: tuple[str, ...], graph: ResourceGraph) -> Truth:
    return any_of(Truth.of(graph.resource_named(arn, kind) is not None) | names_kind(arn, kind) for kind in kinds)


def _bears_any(store: Resource, pairs: Value) -> Truth:
    """Whether a resource bears one of these tags, written as blocks of ``key`` and ``value``."""
    tags, unsure = blocks_in(pairs)
    return any_of((*(_bears_pair(store, tag) for tag in tags), Truth.of(bool(unsure)) & Truth.MAYBE))


def _bears_pair(store: Resource, tag: MapValue) -> Truth:
    key = tag.get("key")
    return bears(store, str(key), tag.get("value")) if isinstance(key, Known) else Truth.MAYBE


def bears(store: Resource, key: str, value: Value) -> Truth:
    """Whether it bears a tag. One that is not written may come from the stack, or from the provider's default tags."""
    written = store.tags.entries.get(key) if isinstance(store.tags, MapValue) else None
    return Truth.MAYBE if written is None or isinstance(written, Absent) else same(written, value)
