"""Events that a service pushes: notifications of buckets and topics, logs, rules of the Internet of Things."""

from __future__ import annotations

from haanalyzer.frontends.cloudformation.serverless.events.consumers import Event
from haanalyzer.frontends.cloudformation.serverless.events.permissions import permit
from haanalyzer.frontends.cloudformation.serverless.made import Made
from haanalyzer.frontends.cloudformation.serverless.reading import entries_in, referred
from haanalyzer.frontends.cloudformation.serverless.writing import Written, get_att, ref
from haanalyzer.frontends.tree.nodes import Entry, ListNode, MapNode, Node, ScalarNode, text_of

_MAPPING = "AWS::Lambda::EventSourceMapping"
_BATCH = 10
_OF_SUBSCRIPTIONS = ("FilterPolicy", "FilterPolicyScope", "RedrivePolicy", "Region")


def make_subscription(event: Event, made: Made) -> None:
    """Make the subscription of an ``SNS`` event, with a queue in between where one is wanted."""
    wanted = event.given("SqsSubscription")
    if wanted is None:
        _subscribe(event, "lambda", event.consumer.arn, made)
        permit(event, "sns.amazonaws.com", made, source_arn=event.given("Topic"))
        return
    queue = _queue_between(event, wanted, made)
    if queue is None:
        made.reject(wanted.value.place, f"SqsSubscription of the event {event.key} to be true, false or a queue")
        return
    _subscribe(event, "sqs", queue, made)
    mapping: dict[str, Written] = {
        "FunctionName": event.consumer.name,
        "EventSourceArn": queue,
        "BatchSize": entries_in(wanted).get("BatchSize") or _BATCH,
        "Enabled": True,
    }
    made.add(event.site.at(wanted, event.scope), f"{event.id}EventSourceMapping", _MAPPING, mapping)


def _subscribe(event: Event, protocol: str, endpoint: Written, made: Made) -> None:
    properties: dict[str, Written] = {
        "Protocol": protocol,
        "Endpoint": endpoint,
        "TopicArn": event.given("Topic"),
        **event.only(*_OF_SUBSCRIPTIONS),
    }
    made.add(event.site, event.id, "AWS::SNS::Subscription", properties)


def _queue_between(event: Event, wanted: Entry, made: Made) -> Written:
    """The ARN of the queue that a topic sends to: one that is named, or made; None where neither is said."""
    site = event.site.at(wanted, event.scope)
    match wanted.value:
        case ScalarNode(data=True):
            queue = made.add(site, f"{event.id}Queue", "AWS::SQS::Queue", {"FifoQueue": _is_fifo(event, made)})
            made.add(site, f"{event.id}QueuePolicy", "AWS::SQS::QueuePolicy", {"Queues": [ref(queue)]})
            return get_att(queue, "Arn")
        case MapNode() as named if named.get("QueueArn") is not None:
            policy = text_of(named.get("QueuePolicyLogicalId")) or f"{event.id}QueuePolicy"
            made.add(site, policy, "AWS::SQS::QueuePolicy", {"Queues": [named.get("QueueUrl")]})
            return named.entries["QueueArn"]
    return None


def _is_fifo(event: Event, made: Made) -> Node | None:
    """What a topic of the same template says of its order."""
    topic = event.given("Topic")
    body = made.written.get(referred(topic.value) or "") if topic is not None else None
    properties = body.get("Properties") if body is not None else None
    return properties.get("FifoTopic") if isinstance(properties, MapNode) else None


def make_notification(event: Event, made: Made) -> None:
    """Note what an ``S3`` event adds to its bucket, which must be of the same template."""
    bucket = event.given("Bucket")
    logical_id = referred(bucket.value) if bucket is not None else None
    if logical_id is None or logical_id not in made.written:
        made.reject(event.site.place, f"the Bucket of the event {event.key} to be a Ref to one of this template")
        return
    permit(event, "s3.amazonaws.com", made)
    wanted = event.properties.entries.get("Events")
    kinds = wanted.value.items if wanted is not None and isinstance(wanted.value, ListNode) else [wanted]
    for kind in kinds:
        configuration: Written = {
            "Event": kind,
            "Filter": event.properties.entries.get("Filter"),
            "Function": event.consumer.arn,
        }
        condition = event.site.condition
        if condition is not None:
            configuration = {"Fn::If": [condition, configuration, ref("AWS::NoValue")]}
        made.notifications.setdefault(logical_id, []).append((event.site.origin, configuration))


def make_log_subscription(event: Event, made: Made) -> None:
    """Make the filter of a ``CloudWatchLogs`` event."""
    permit(event, "logs.amazonaws.com", made)
    properties = {**event.only("LogGroupName", "FilterPattern"), "DestinationArn": event.consumer.arn}
    made.add(event.site, event.id, "AWS::Logs::SubscriptionFilter", properties)


def make_iot_rule(event: Event, made: Made) -> None:
    """Make the rule of an ``IoTRule`` event."""
    permit(event, "iot.amazonaws.com", made)
    payload: dict[str, Written] = {
        **event.only("Sql", "AwsIotSqlVersion"),
        "Actions": [{"Lambda": {"FunctionArn": event.consumer.arn}}],
    }
    made.add(event.site, event.id, "AWS::IoT::TopicRule", {"TopicRulePayload": payload})


def make_cognito_trigger(event: Event, made: Made) -> None:
    """Make the permission of a ``Cognito`` event; a function has one for all of them."""
    permit(event, "cognito-idp.amazonaws.com", made, logical_id=f"{event.consumer.source.id}CognitoPermission")


def make_alexa_skill(event: Event, made: Made) -> None:
    """Make the permission of an ``AlexaSkill`` event."""
    permit(event, "alexa-appkit.amazon.com", made)
