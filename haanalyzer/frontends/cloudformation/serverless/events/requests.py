"""Events that are requests to an API, which is declared or made for them."""

from __future__ import annotations

from haanalyzer.frontends.cloudformation.serverless.events.consumers import Event
from haanalyzer.frontends.cloudformation.serverless.events.permissions import permit
from haanalyzer.frontends.cloudformation.serverless.made import Made, staged
from haanalyzer.frontends.cloudformation.serverless.reading import referred
from haanalyzer.frontends.tree.nodes import Entry, MapNode, text_of

REST_API, HTTP_API = "ServerlessRestApi", "ServerlessHttpApi"
"""The logical ids of the APIs that are made for events which name none."""
_STAGE = "Prod"


def make_rest_request(event: Event, made: Made) -> None:
    """Make the permission, or a state machine's role, of an ``Api`` event; its API is made after all functions."""
    api = event.given("RestApiId")
    if api is None and event.properties.entries:
        made.implicit.setdefault(REST_API, []).append(event.site)
    if event.consumer.principal_type == "state machine":
        made.add(event.site, f"{event.id}Role", "AWS::IAM::Role", {})
        return
    logical_id = f"{event.id}Permission"
    permit(event, "apigateway.amazonaws.com", made, logical_id=_for_stage(logical_id, api, made))


def _for_stage(prefix: str, api: Entry | None, made: Made) -> str:
    if api is None:
        return prefix + _STAGE
    body = made.written.get(text_of(api.value) or referred(api.value) or "")
    properties = body.get("Properties") if body is not None else None
    stage = properties.entries.get("StageName") if isinstance(properties, MapNode) else None
    return staged(prefix, stage, "") if stage is not None and text_of(stage.value) else f"{prefix}Stage"


def make_http_request(event: Event, made: Made) -> None:
    """Make the permission of an ``HttpApi`` event; its API is made after all functions."""
    if event.given("ApiId") is None:
        made.implicit.setdefault(HTTP_API, []).append(event.site)
    permit(event, "apigateway.amazonaws.com", made)
