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

from haanalyzer.analysis.event_sources import asynchronous_invocations
from haanalyzer.analysis.settings import is_written
from haanalyzer.graph import Resource, ResourceGraph
from haanalyzer.rules.kit import Severity, Verdict, failed, passed, rule, undecided
from haanalyzer.values import Blocker, Truth, any_of, assumptions, blockers


@rule(
    "HA606",
    kinds=("lambda_function",),
    severity=Severity.NOTE,
    systems=("Lambda",),
    like=("lambda-dlq", "lambda-async-dest"),
)
def failed_events_dropped(function: Resource, graph: ResourceGraph) -> Iterator[Verdict]:
    invoked = asynchronous_invocations(function, graph)
    if not invoked.sure and not invoked.blockers:
        return
    kept, unclear = _keeps_failures(function, graph)
    if kept is Truth.YES:
        yield passed(function, assuming=assumptions(function["dead_letter_target"]))
    elif kept is Truth.MAYBE or not invoked.sure:
        yield undecided(function, (*unclear, *(invoked.blockers if not invoked.sure else ())))
    else:
        yield failed(
            function,
            f"{function.address} is invoked asynchronously, and nothing keeps the events it fails on",
            evidence=invoked.sure,
            assuming=assumptions(function["dead_letter_target"]) | graph.left_out(("function_invoke_config",)),
        )


def _keeps_failures(function: Resource, graph: ResourceGraph) -> tuple[Truth, tuple[Blocker, ...]]:
    """Whether failed events go anywhere, by the function's own word or a configuration of its invocations."""
    target = function["dead_letter_target"]
    found = [is_written(target)]
    unclear = list(blockers(target))
    for named in (function, *graph.sources(function, "function_alias", "function").may):
        configured = graph.sources(named, "function_invoke_config", "function")
        found += [Truth.MAYBE] if configured.open else []
        unclear += configured.open
        for each in configured.may:
            written = is_written(each["on_failure"])
            found.append(written if each in configured.must and named is function else written & Truth.MAYBE)
            unclear += blockers(each["on_failure"]) or (Blocker(each.address, each.place, "may be for this function"),)
    return any_of(found), tuple(unclear)
