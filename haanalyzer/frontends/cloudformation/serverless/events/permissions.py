"""Permissions of services to invoke a function."""

from __future__ import annotations

from haanalyzer.frontends.cloudformation.serverless.events.consumers import Event
from haanalyzer.frontends.cloudformation.serverless.made import Made
from haanalyzer.frontends.cloudformation.serverless.writing import Written


def permit(
    event: Event, principal: str, made: Made, *, logical_id: str | None = None, source_arn: Written = None
) -> None:
    """Let a service invoke the function of an event; no more is said of where from than is given."""
    properties: dict[str, Written] = {
        "Action": "lambda:InvokeFunction",
        "FunctionName": event.consumer.name,
        "Principal": principal,
        "SourceArn": source_arn,
    }
    made.add(event.site, logical_id or f"{event.id}Permission", "AWS::Lambda::Permission", properties)
