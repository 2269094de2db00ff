"""Who is handed events, and the events as they are written."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from haanalyzer.frontends.cloudformation.evaluation.foreach import Unrolled, entries_of
from haanalyzer.frontends.cloudformation.evaluation.scope import Scope
from haanalyzer.frontends.cloudformation.serverless.made import Made, Site, Source
from haanalyzer.frontends.cloudformation.serverless.reading import WithProperties, entries_in, text_in
from haanalyzer.frontends.cloudformation.serverless.writing import Written
from haanalyzer.frontends.tree.nodes import Entry, MapNode, Node


@dataclass(frozen=True, slots=True)
class Consumer:
    """The function, state machine or alias that events are handed to: its ARN, and how a permission names it."""

    source: Source
    arn: Written
    name: Written
    principal_type: Literal["function", "state machine"]


@dataclass(frozen=True, slots=True)
class Event(WithProperties):
    """One event: ``id`` is the logical id of what it makes first."""

    id: str
    key: str
    type: str
    entry: Entry
    properties: MapNode
    site: Site
    consumer: Consumer

    @property
    def scope(self) -> Scope:
        return self.site.scope


def events_of(consumer: Consumer, made: Made) -> Iterator[Event]:
    """The events of a function or state machine; what is none is said."""
    source = consumer.source
    written = source.given("Events")
    if written is None:
        return
    if not isinstance(written.value, MapNode) or written.value.intrinsic():
        made.reject(written.value.place, f"the Events of {source.id} to be a map")
        return
    for found in entries_of(written.value, source.scope):
        event = _event(found, consumer, made)
        if event is not None:
            yield event


def _event(found: Unrolled, consumer: Consumer, made: Made) -> Event | None:
    key, entry, scope = found
    type_ = text_in(entries_in(entry), "Type")
    if scope is None or not isinstance(entry.value, MapNode) or type_ is None:
        made.reject(entry.value.place, f"the event {key} of {consumer.source.id} to be a map with a Type")
        return None
    properties = entry.value.get("Properties")
    if properties is not None and (not isinstance(properties, MapNode) or properties.intrinsic()):
        made.reject(properties.place, f"the Properties of the event {key} of {consumer.source.id} to be a map")
        return None
    return Event(
        id=consumer.source.id + key,
        key=key,
        type=type_,
        entry=entry,
        properties=_map_or_empty(properties, entry.value),
        site=consumer.source.site.at(entry, scope),
        consumer=consumer,
    )


def _map_or_empty(node: Node | None, beside: MapNode) -> MapNode:
    return node if isinstance(node, MapNode) else MapNode(beside.document, beside.start, beside.start, {})
