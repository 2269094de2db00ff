"""A queue shows a message again while its consumer may still be working on it.

A message that a function was given is hidden from others for the queue's
visibility timeout. AWS refuses to connect a function to a queue whose visibility
timeout is shorter than the function's own timeout, and where both are changed
later, messages are handled twice. Since Lambda reads a batch, waits for its
window, and tries throttled invocations again, AWS advises six times the
function's timeout, plus the batch window: less than that is a note.

Queues and functions of which only one is declared here are not judged.

How to mend
    Set the queue's visibility timeout to six times the function's timeout plus
    the mapping's batch window, or shorten the function's timeout.

See also
    https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html
    https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-visibility-timeout.html
"""

from __future__ import annotations

from collections.abc import Iterator

from haanalyzer.analysis.events.durations import reaches
from haanalyzer.analysis.events.event_sources import Reading, reading_of
from haanalyzer.graph import Resource, ResourceGraph
from haanalyzer.rules.kit import Change, Severity, Step, Verdict, failed, passed, rule, undecided
from haanalyzer.values import Blocker, Known, Truth, Value, assumptions, blockers

_LONGEST_VISIBILITY = 43_200


@rule(
    "HA601",
    kinds=("event_source_mapping",),
    severity=Severity.ERROR,
    systems=("SQS", "Lambda"),
    like=("lambda-sqs-visibility",),
)
def visibility_shorter_than_consumer(mapping: Resource, graph: ResourceGraph, *, times: int = 6) -> Iterator[Verdict]:
    reading = reading_of(mapping, graph)
    if reading is None:
        return
    if reading.blockers or not reading.queue or not reading.function:
        yield undecided(mapping, reading.blockers, part=reading.queue.address if reading.queue else "")
    else:
        yield _judge(mapping, reading, reading.queue, reading.function, times)


def _judge(mapping: Resource, reading: Reading, queue: Resource, function: Resource, times: int) -> Verdict:
    hidden, working, window = queue["visibility_timeout"], function["timeout"], reading.batch_window
    works = reaches(hidden, working)
    enough = reaches(hidden, working, times=times, plus=window) if times > 1 else works
    assuming = assumptions(hidden, working, window)
    if enough is Truth.YES:
        return passed(mapping, part=queue.address, assuming=assuming)
    if enough is Truth.MAYBE:
        unclear = Blocker(queue.address, queue.place, "its visibility timeout is no number")
        return undecided(mapping, blockers(hidden, working, window) or (unclear,), part=queue.address)
    return failed(
        mapping,
        _message(queue, function, times if works is not Truth.NO else 1),
        at=queue.place_of("visibility_timeout"),
        part=queue.address,
        evidence=(reading.step, Step(function.place_of("timeout"), f"{function.address} may take {working} seconds")),
        assuming=assuming,
        severity=None if works is Truth.NO else Severity.NOTE,
        changes=_mend(queue, working, window, times),
    )


def _message(queue: Resource, function: Resource, times: int) -> str:
    hides = f"{queue.address} hides a message for {queue['visibility_timeout']} seconds"
    takes = f"{function.address}, which may take {function['timeout']}"
    return f"{hides}, {'less than' if times == 1 else f'less than {times} times as long as'} {takes}"


def _mend(queue: Resource, working: Value, window: Value, times: int) -> list[Change]:
    match working, window:
        case Known(data=int(seconds)), Known(data=int(waiting)) if times * seconds + waiting <= _LONGEST_VISIBILITY:
            return [Change(queue.address, "visibility_timeout", times * seconds + waiting)]
    return []
