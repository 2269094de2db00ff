"""A queue has no dead-letter queue.

A message that no consumer can handle comes back again and again until its
retention ends, and then it is gone without a trace. In a FIFO queue it also holds
up all others of its group; but to move it aside breaks their order, so of such a
queue this is no more than a note. A redrive policy moves it aside after a number of
attempts, where it can be looked at and sent back.

Queues that take what has failed elsewhere are not meant: those that a redrive
policy, a function, a subscription, a rule or a schedule names for that, those
that a redrive allow policy opens to others, and those whose own name says so
(dlq, dead letter, failed, undelivered, poison).

How to mend
    Give the queue a redrive policy that names a queue of the same type, by
    `RedrivePolicy` (`redrive_policy` or `aws_sqs_queue_redrive_policy` in Terraform).

See also
    https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-dead-letter-queues.html
"""

from __future__ import annotations

from collections.abc import Iterator

from haanalyzer.analysis.answers import doubts_about
from haanalyzer.analysis.events.dead_letters import takes_failures
from haanalyzer.graph import Resource, ResourceGraph
from haanalyzer.rules.kit import Severity, Verdict, failed, passed, rule, undecided
from haanalyzer.values import Truth
from haanalyzer.values.questions import is_true


@rule("HA602", kinds=("queue",), severity=Severity.WARNING, systems=("SQS",), like=("sqs-dlq",))
def queue_without_dead_letters(queue: Resource, graph: ResourceGraph) -> Iterator[Verdict]:
    failures = takes_failures(queue, graph)
    if failures.truth is Truth.YES:
        return
    policies = graph.sources(queue, "redrive_policy", "queue")
    if policies.must:
        yield passed(queue)
    elif policies.may or policies.open or failures.truth is Truth.MAYBE:
        doubts = (doubt for policy in policies.may for doubt in doubts_about(policy, "may be this queue's"))
        yield undecided(queue, (*policies.open, *doubts, *failures.blockers))
    else:
        assuming = graph.left_out(("redrive_policy",))
        severity = None if is_true(queue["fifo"]) is Truth.NO else Severity.NOTE
        yield failed(queue, f"{queue.address} has no dead-letter queue", assuming=assuming, severity=severity)
