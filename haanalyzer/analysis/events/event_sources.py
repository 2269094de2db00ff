"""Event sources: the queues that functions read from."""

from __future__ import annotations

from dataclasses import dataclass

from haanalyzer.analysis.data.arns import names_kind
from haanalyzer.finding import Step
from haanalyzer.graph import Links, Resource, ResourceGraph
from haanalyzer.values import Absent, Blocker, Truth, Value, blockers


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


def reading_of(mapping: Resource, graph: ResourceGraph) -> Reading | None:
    """What an event source mapping reads from a queue.

    None for a source that surely is no queue, and for a queue elsewhere that is named by a literal ARN.
    """
    sources = graph.targets(mapping, "event_source")
    unknown = sources.blockers or _conditional(sources, mapping["event_source"])
    if not sources.must and (not unknown or _is_no_queue(mapping)):
        return None
    function, untold = _function_of(mapping, graph)
    reads = Step(mapping.place, f"{mapping.address} hands its messages to {function.address if function else '?'}")
    queue = sources.must[0] if sources.must else None
    return Reading(queue, function, mapping["batch_window"], reads, (*unknown, *untold))


def _is_no_queue(mapping: Resource) -> bool:
    """Whether a source that cannot be told is at least no queue: queues have no position to start at."""
    told = names_kind(mapping["event_source"], "queue")
    return told is Truth.NO or not isinstance(mapping["starting_position"], Absent)


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
