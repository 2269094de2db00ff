"""A queue and its dead-letter queue are not of the same type.

The dead-letter queue of a FIFO queue must be a FIFO queue, and that of a standard
queue a standard one. AWS rejects the redrive policy otherwise: the deployment
fails, or, where the policy comes later than the queue, the queue is left without
dead letters.

How to mend
    Make both queues FIFO queues (`FifoQueue`, `fifo_queue`, with a name that ends
    in `.fifo`), or neither.

See also
    https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-dead-letter-queues.html
"""

from __future__ import annotations

from collections.abc import Iterator

from haanalyzer.analysis.events.dead_letters import redrives_to
from haanalyzer.graph import Resource, ResourceGraph
from haanalyzer.rules.kit import Severity, Step, Verdict, failed, passed, rule, undecided
from haanalyzer.values import Blocker, Truth, assumptions, blockers, same
from haanalyzer.values.questions import is_true


@rule("HA605", kinds=("queue",), severity=Severity.ERROR, systems=("SQS",), like=("sqs-dlq-type",))
def dead_letter_queue_of_another_type(queue: Resource, graph: ResourceGraph) -> Iterator[Verdict]:
    for redrive in redrives_to(queue, graph):
        source = redrive.source
        alike = _alike(source, queue)
        assuming = redrive.assuming | assumptions(source["fifo"], queue["fifo"])
        if alike is Truth.YES:
            yield passed(queue, part=source.address, assuming=assuming)
        elif alike is Truth.MAYBE or redrive.doubts:
            unclear = Blocker(queue.address, queue.place, "whether it is a FIFO queue cannot be told")
            unknown = (*redrive.doubts, *blockers(source["fifo"], queue["fifo"])) or (unclear,)
            yield undecided(queue, unknown, part=source.address)
        else:
            yield failed(
                queue,
                f"{source.address} is {_type(source)}, and its dead-letter queue {queue.address} is {_type(queue)}",
                at=redrive.policy.place_of("target"),
                part=source.address,
                evidence=(Step(queue.place_of("fifo"), f"{queue.address} is {_type(queue)}"),),
                assuming=assuming,
            )


def _alike(source: Resource, target: Resource) -> Truth:
    """Whether both are FIFO queues or neither is."""
    types = is_true(source["fifo"]), is_true(target["fifo"])
    if Truth.MAYBE in types:
        return same(source["fifo"], target["fifo"]) | Truth.MAYBE
    return Truth.of(types[0] is types[1])


def _type(queue: Resource) -> str:
    return "a FIFO queue" if is_true(queue["fifo"]) is Truth.YES else "a standard queue"
