"""A function is invoked asynchronously, and what it fails on is dropped.

S3, SNS, EventBridge and its schedules hand an event to Lambda and do not wait.
When the function fails, Lambda tries again twice and then drops the event, and
also when it could not be run for six hours. A dead-letter queue, or a destination
for failed invocations, keeps the event, so that it can be handled later.

Functions that nothing declared here invokes asynchronously are not meant. The
dead-letter queue of a rule or a subscription does not help: it takes what could not
be handed to Lambda, not what the function failed on.

How to mend
    Give the function a destination on failure (`AWS::Lambda::EventInvokeConfig`,
    `EventInvokeConfig` in a serverless function,
    `aws_lambda_function_event_invoke_config` in Terraform), or a dead-letter queue.

See also
    https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html
"""

from __future__ import annotations

from collections.abc import Iterator

from haanalyzer.analysis.answers import Answer, any_answer, doubt, if_sure, said_by
from haanalyzer.analysis.events.invocations import invoked_asynchronously
from haanalyzer.graph import Resource, ResourceGraph
from haanalyzer.rules.kit import Severity, Verdict, failed, passed, rule, undecided
from haanalyzer.values import Truth
from haanalyzer.values.questions import is_written


@rule(
    "HA606",
    kinds=("lambda_function",),
    severity=Severity.NOTE,
    systems=("Lambda",),
    like=("lambda-dlq", "lambda-async-dest"),
)
def failed_events_dropped(function: Resource, graph: ResourceGraph) -> Iterator[Verdict]:
    invoked = invoked_asynchronously(function, graph)
    if invoked.truth is Truth.NO:
        return
    kept = _keeps_failures(function, graph)
    if kept.truth is Truth.YES:
        yield passed(function, assuming=kept.assuming)
    elif kept.truth is Truth.MAYBE or invoked.truth is Truth.MAYBE:
        yield undecided(function, (*kept.blockers, *invoked.blockers))
    else:
        yield failed(
            function,
            f"{function.address} is invoked asynchronously, and nothing keeps the events it fails on",
            evidence=invoked.steps,
            assuming=kept.assuming | graph.left_out(("function_invoke_config",)),
        )


def _keeps_failures(function: Resource, graph: ResourceGraph) -> Answer:
    """Whether failed events go anywhere, by the function's own word or a configuration of its invocations."""
    target = function["dead_letter_target"]
    found = [said_by(is_written(target), target)]
    for invoked in (function, *graph.sources(function, "function_alias", "function").may):
        configured = graph.sources(invoked, "function_invoke_config", "function")
        found += doubt(configured.open)
        for each in configured.may:
            written = said_by(is_written(each["on_failure"]), each["on_failure"])
            found.append(if_sure(written, each, configured.must if invoked is function else ()))
    return any_answer(found)
