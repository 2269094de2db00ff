"""Events of EventBridge: rules with a schedule or a pattern, and schedules of the scheduler."""

from __future__ import annotations

from haanalyzer.frontends.cloudformation.serverless.events.consumers import Event
from haanalyzer.frontends.cloudformation.serverless.events.permissions import permit
from haanalyzer.frontends.cloudformation.serverless.made import Made
from haanalyzer.frontends.cloudformation.serverless.reading import entries_in, text_in
from haanalyzer.frontends.cloudformation.serverless.writing import Written, get_att, ref
from haanalyzer.frontends.tree.nodes import Entry, ScalarNode

_OF_RULES = ("EventBusName", "Description")
_OF_TARGETS = ("Input", "InputPath", "InputTransformer", "RetryPolicy")
_OF_SCHEDULES = (
    "Description",
    "EndDate",
    "FlexibleTimeWindow",
    "GroupName",
    "KmsKeyArn",
    "ScheduleExpression",
    "ScheduleExpressionTimezone",
    "StartDate",
    "State",
)


def make_rule(event: Event, made: Made) -> None:
    """Make the rule of a ``Schedule``, ``EventBridgeRule`` or ``CloudWatchEvent``, with its one target."""
    is_schedule = event.type == "Schedule"
    name = event.given("Name" if is_schedule else "RuleName")
    target: dict[str, Written] = {
        "Arn": event.consumer.arn,
        "Id": event.id,
        **event.only(*_OF_TARGETS),
        "RoleArn": _make_role(event, made),
        "DeadLetterConfig": _dead_letters(event, made),
    }
    properties: dict[str, Written] = {
        **event.only(*_OF_RULES),
        "Name": name,
        "ScheduleExpression": event.given("Schedule"),
        "EventPattern": event.given("Pattern"),
        "State": event.given("State") or _state(event),
        "Targets": [target],
    }
    made.add(event.site, event.id, "AWS::Events::Rule", properties)
    if event.consumer.principal_type == "function":
        permit(event, "events.amazonaws.com", made, source_arn=get_att(event.id, "Arn"))


def _state(event: Event) -> Written:
    """``Enabled`` as the state of a rule. An expression is left as it is: nobody can tell which state it gives."""
    enabled = event.properties.entries.get("Enabled")
    if enabled is None or not isinstance(enabled.value, ScalarNode) or enabled.value.data is None:
        return enabled
    state = "ENABLED" if enabled.value.data else "DISABLED"
    return enabled._replace(value=event.site.origin.write(state))


def make_schedule(event: Event, made: Made) -> None:
    """Make the schedule of a ``ScheduleV2``."""
    role = event.given("RoleArn")
    if role is None:
        made.add(event.site, f"{event.id}Role", "AWS::IAM::Role", {})
    target: dict[str, Written] = {
        "Arn": event.consumer.arn,
        "RoleArn": role or get_att(f"{event.id}Role", "Arn"),
        **event.only("Input", "RetryPolicy"),
        "DeadLetterConfig": _dead_letters(event, made),
    }
    properties: dict[str, Written] = {
        **event.only(*_OF_SCHEDULES),
        "Name": event.given("Name") or (None if event.given("OmitName") else event.id),
        "Target": target,
    }
    made.add(event.site, event.id, "AWS::Scheduler::Schedule", properties)


def _make_role(event: Event, made: Made) -> Written:
    """The role that starts a state machine; functions are invoked by a permission."""
    if event.consumer.principal_type == "function":
        return None
    own = event.given("RoleArn") if event.type == "Schedule" else None
    return own or get_att(made.add(event.site, f"{event.id}Role", "AWS::IAM::Role", {}), "Arn")


def _dead_letters(event: Event, made: Made) -> Written:
    """Where goes what could not be handed on: a queue that is named, or made."""
    letters = event.properties.entries.get("DeadLetterConfig")
    if letters is None or "Arn" in entries_in(letters):
        return letters
    site = event.site.at(letters, event.scope)
    queue = made.add(site, _name_of_queue(letters, event), "AWS::SQS::Queue", {})
    if event.type != "ScheduleV2":
        made.add(site, f"{event.id}QueuePolicy", "AWS::SQS::QueuePolicy", {"Queues": [ref(queue)]})
    return letters._replace(value=site.origin.write({"Arn": get_att(queue, "Arn")}))


def _name_of_queue(letters: Entry, event: Event) -> str:
    return text_in(entries_in(letters), "QueueLogicalId") or f"{event.id}Queue"
