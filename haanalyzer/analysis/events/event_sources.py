"""Event sources: the queues that functions read from, by mappings or by the events of serverless functions."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from haanalyzer.finding import Step
from haanalyzer.graph import Links, Resource, ResourceGraph
from haanalyzer.source.span import Span
from haanalyzer.values import Absent, Blocker, MapValue, Truth, Value, blockers
from haanalyzer.values.blocks import blocks_in
from haanalyzer.values.questions import is_equal


@dataclass(frozen=True, slots=True)
class Reading:
    """A function that is given the messages of a queue.

    Either is None where it cannot be told which declared one it is; ``blockers`` say why.
    """

    queue: Resource | None
    function: Resource | None
    batch_window: Value
    step: Step
    blockers: tuple[Blocker, ...] = ()


def readings_of(consumer: Resource, graph: ResourceGraph) -> list[Reading]:
    """The queues that an event source mapping, or the events of a serverless function, read from.

    A source that surely is no queue, and a queue elsewhere that is named by a literal ARN, give none.
    """
    if consumer.kind == "event_source_mapping":
        return list(_mapped(consumer, graph))
    events, more = blocks_in(consumer["events"])
    found = [reading for event in events for reading in _read_by(consumer, event, graph)]
    return [
        *found,
        *(Reading(None, consumer, consumer["events"], _reads(consumer, each.place), (each,)) for each in more),
    ]


def _reads(function: Resource, place: Span) -> Step:
    return Step(place, f"{function.address} is handed its messages")


def _mapped(mapping: Resource, graph: ResourceGraph) -> Iterator[Reading]:
    sources = graph.targets(mapping, "event_source")
    unknown = sources.blockers or _conditional(sources, mapping["event_source"])
    if sources.must or (unknown and isinstance(mapping["starting_position"], Absent)):
        function, untold = _function_of(mapping, graph)
        reads = Step(mapping.place, f"{mapping.address} hands its messages to {function.address if function else '?'}")
        queue = sources.must[0] if sources.must else None
        yield Reading(queue, function, mapping["batch_window"], reads, (*unknown, *untold))


def _function_of(mapping: Resource, graph: ResourceGraph) -> tuple[Resource | None, tuple[Blocker, ...]]:
    """The function that a mapping invokes, directly or by an alias of it."""
    named = graph.targets(mapping, "function")
    if named.must and named.must[0].kind == "function_alias":
        return _function_of(named.must[0], graph)
    if named.must:
        return named.must[0], ()
    elsewhere = tuple(Blocker(str(value), value.place, "not declared here") for value in named.outside)
    unknown = named.blockers or _conditional(named, mapping["function"]) or elsewhere
    return None, unknown or (Blocker(mapping.address, mapping.place, "its function cannot be told"),)


def _conditional(links: Links, value: Value) -> tuple[Blocker, ...]:
    return blockers(value) if links.may and not links.must else ()


def _read_by(function: Resource, event: MapValue, graph: ResourceGraph) -> Iterator[Reading]:
    type_, queue = event.get("type"), event.get("queue")
    if is_equal(type_, "SQS") is Truth.NO:
        return
    declared = graph.resource_named(queue, "queue")
    unknown = (*blockers(type_), *(() if declared else blockers(queue)))
    if declared or unknown:
        yield Reading(declared, function, event.get("batch_window"), _reads(function, event.place), unknown)
