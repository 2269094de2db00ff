"""Events that a function polls a queue or stream for: each makes an event source mapping."""

from __future__ import annotations

from haanalyzer.frontends.cloudformation.serverless.events.consumers import Event
from haanalyzer.frontends.cloudformation.serverless.made import Made
from haanalyzer.frontends.cloudformation.serverless.writing import Written

_SOURCE_OF = {
    "SQS": "Queue",
    "Kinesis": "Stream",
    "DynamoDB": "Stream",
    "MSK": "Stream",
    "MQ": "Broker",
    "DocumentDB": "Cluster",
    "SelfManagedKafka": None,
}
"""The property that names what is polled, by the event's type."""
POLLING = frozenset(_SOURCE_OF)
_OF_THE_TRANSFORM = (
    "CollectionName",
    "ConsumerGroupId",
    "DatabaseName",
    "DynamicPolicyName",
    "FullDocument",
    "KafkaBootstrapServers",
    "SchemaRegistryConfig",
    "SecretsManagerKmsKeyId",
)
"""Properties that a mapping is not given under these names, and no rule asks for."""


def make_mapping(event: Event, made: Made) -> None:
    """Make the mapping of an event that is polled for."""
    polled = _SOURCE_OF[event.type]
    properties: dict[str, Written] = {**event.without(polled or "", *_OF_THE_TRANSFORM)}
    properties["FunctionName"] = event.consumer.name
    if polled is not None:
        source = event.properties.entries.get(polled)
        if source is None:
            made.reject(event.site.place, f"the event {event.key} of {event.consumer.source.id} to have a {polled}")
        properties["EventSourceArn"] = source
    made.add(event.site, event.id, "AWS::Lambda::EventSourceMapping", properties)
