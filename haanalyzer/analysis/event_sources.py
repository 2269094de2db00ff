"""Event sources: what invokes a function, by resources of its own or by the events of a serverless function."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from haanalyzer.finding import Step
from haanalyzer.graph import Links, Resource, ResourceGraph
from haanalyzer.graph.resource import step
from haanalyzer.values import Absent, Blocker, Known, MapValue, Unknown, Value, blockers


@dataclass(frozen=True, slots=True)
class Event:
    """One of the events of a serverless function; ``type`` and what is inside are as they are written."""

    name: str
    body: Value

    @property
    def type(self) -> Value:
        return step(self.body, "Type")

    def property(self, name: str) -> Value:
        return step(step(self.body, "Properties"), name)


def events_of(function: Resource) -> tuple[list[Event], tuple[Blocker, ...]]:
    """The events that a serverless function declares itself, and why there may be others."""
    match function["events"]:
        case Absent():
            return [], ()
        case MapValue(entries=entries, open=more):
            return [Event(name, body) for name, body in entries.items()], (more,) if more else ()
        case unclear:
            return [], blockers(unclear) or (Blocker(str(unclear), unclear.place, "not a map of events"),)


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
    events, more = events_of(consumer)
    found = [reading for event in events for reading in _read_by(consumer, event, graph)]
    nothing = Absent(place=consumer.place)
    return [*found, *(Reading(None, consumer, nothing, Step(each.place, each.reason), (each,)) for each in more)]


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


def _read_by(function: Resource, event: Event, graph: ResourceGraph) -> Iterator[Reading]:
    type_, queue = event.type, event.property("Queue")
    if isinstance(type_, Known) and type_.data != "SQS":
        return
    declared = graph.resource_named(queue, "queue")
    unknown = (*blockers(type_), *(() if declared else blockers(queue)))
    if declared or unknown:
        window = event.property("MaximumBatchingWindowInSeconds")
        window = Known(data=0, place=window.place) if isinstance(window, Absent) else window
        reads = Step(event.body.place, f"{event.name} hands its messages to {function.address}")
        yield Reading(declared, function, window, reads, unknown)


# Who invokes a function asynchronously, and in which attribute it names it.
# Source: AWS Lambda developer guide, "Invoking a function asynchronously", and each service's page.
_ASYNCHRONOUS = (
    ("bucket_notification", "functions.function"),
    ("topic_subscription", "endpoint"),
    ("event_target", "target"),
    ("schedule", "target"),
)
_ASYNCHRONOUS_EVENTS = frozenset(
    {"S3", "SNS", "EventBridgeRule", "CloudWatchEvent", "Schedule", "ScheduleV2", "IoTRule", "CloudWatchLogs"}
)


@dataclass(frozen=True, slots=True)
class Invocations:
    """Who surely invokes a function asynchronously, and why somebody may."""

    sure: tuple[Step, ...]
    blockers: tuple[Blocker, ...]


def asynchronous_invocations(function: Resource, graph: ResourceGraph) -> Invocations:
    """Who invokes a function, or an alias of it, without waiting for what becomes of it."""
    sure: list[Step] = []
    unsure: list[Blocker] = []
    aliases = graph.sources(function, "function_alias", "function")
    for invoked in (function, *aliases.may):
        certain = invoked is function or invoked in aliases.must
        for kind, relation in _ASYNCHRONOUS:
            links = graph.sources(invoked, kind, relation)
            unsure += links.open
            for invoker in links.may:
                if certain and invoker in links.must:
                    sure.append(Step(invoker.place, f"{invoker.address} invokes it asynchronously"))
                else:
                    unsure += invoker.existence.unless or (
                        Blocker(invoker.address, invoker.place, "may invoke it asynchronously"),
                    )
    events, more = events_of(function)
    for event in events:
        if isinstance(event.type, Unknown):
            unsure += blockers(event.type)
        elif _is_asynchronous(event):
            sure.append(Step(event.body.place, f"its event {event.name} invokes it asynchronously"))
    return Invocations(tuple(sure), tuple(dict.fromkeys((*unsure, *aliases.open, *more))))


def _is_asynchronous(event: Event) -> bool:
    """A topic may also hand on by a queue of its own, which waits."""
    written = isinstance(event.type, Known) and event.type.data in _ASYNCHRONOUS_EVENTS
    return written and isinstance(event.property("SqsSubscription"), Absent)
