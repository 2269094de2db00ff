"""A dead-letter queue keeps messages no longer than the queue that they come from.

A message's age counts from when it was first sent, also in the dead-letter queue
that it is moved to. One that a source with four days of retention gave up after
three days is kept for one day more if the dead-letter queue has four days, too;
and if it has fewer, messages may be gone on arrival. AWS advises that the
dead-letter queue's retention is longer than its source's.

FIFO queues are not meant: there a message's age starts again when it is moved.

How to mend
    Set the dead-letter queue's retention to more than that of its sources, for
    example to the most there is, 1209600 seconds (14 days).

See also
    https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-dead-letter-queues.html#understanding-message-retention-periods
"""

from __future__ import annotations

from collections.abc import Iterator

from haanalyzer.analysis.events.dead_letters import Redrive, redrives_to
from haanalyzer.analysis.events.durations import reaches
from haanalyzer.graph import Resource, ResourceGraph
from haanalyzer.rules.kit import Change, Severity, Step, Verdict, failed, passed, rule, undecided
from haanalyzer.values import Blocker, Known, Truth, Value, assumptions, blockers
from haanalyzer.values.questions import is_at_least, is_true

_LONGEST_RETENTION = 1_209_600
_DAY = 86_400


@rule("HA603", kinds=("queue",), severity=Severity.WARNING, systems=("SQS",))
def dead_letters_expire_first(
    queue: Resource, graph: ResourceGraph, *, fewest_seconds_more: int = 1
) -> Iterator[Verdict]:
    for redrive in redrives_to(queue, graph):
        if is_true(queue["fifo"]) is not Truth.YES:
            yield _judge(redrive, fewest_seconds_more)


def _judge(redrive: Redrive, more: int) -> Verdict:
    queue, source = redrive.target, redrive.source
    kept, before, fifo = queue["retention"], source["retention"], queue["fifo"]
    longer = reaches(kept, before, plus=Known(data=more, place=queue.place))
    if is_at_least(before, _LONGEST_RETENTION) is Truth.YES:  # nothing is longer
        longer = reaches(kept, before)
    decided = longer is not Truth.MAYBE and is_true(fifo) is Truth.NO
    if longer is Truth.YES:
        return passed(queue, part=source.address, assuming=redrive.assuming | assumptions(kept, before))
    if not decided or redrive.doubts:
        unclear = Blocker(queue.address, queue.place, "how long it keeps messages is no number")
        unknown = (*redrive.doubts, *blockers(kept, before, fifo)) or (unclear,)
        return undecided(queue, unknown, part=source.address)
    shorter = reaches(kept, before) is Truth.NO
    return failed(
        queue,
        f"{queue.address} keeps dead letters for {_period(kept)} since they were first sent, "
        f"{'less' if shorter else 'no longer'} than {source.address}, which keeps them for {_period(before)}",
        at=queue.place_of("retention"),
        part=source.address,
        evidence=(
            Step(redrive.policy.place, f"{source.address} hands its dead letters to {queue.address}"),
            Step(source.place_of("retention"), f"{source.address} keeps messages for {_period(before)}"),
        ),
        assuming=redrive.assuming | assumptions(kept, before, fifo),
        severity=None if shorter else Severity.NOTE,
        changes=[Change(queue.address, "retention", _LONGEST_RETENTION)],
    )


def _period(retention: Value) -> str:
    match retention:
        case Known(data=int(seconds)) if seconds % _DAY == 0:
            return f"{seconds // _DAY} day{'s' if seconds > _DAY else ''}"
        case _:
            return f"{retention} seconds"
