"""Who makes what of each serverless type and of each event."""

from __future__ import annotations

from collections.abc import Callable

from haanalyzer.frontends.cloudformation.evaluation.foreach import Unrolled, entries_of
from haanalyzer.frontends.cloudformation.evaluation.scope import Scope
from haanalyzer.frontends.cloudformation.serverless.apis import (
    implicit_api,
    make_http_api,
    make_rest_api,
    make_websocket_api,
)
from haanalyzer.frontends.cloudformation.serverless.events.buckets import notified
from haanalyzer.frontends.cloudformation.serverless.events.consumers import Consumer, Event, events_of
from haanalyzer.frontends.cloudformation.serverless.events.mappings import POLLING, make_mapping
from haanalyzer.frontends.cloudformation.serverless.events.notifications import (
    make_alexa_skill,
    make_cognito_trigger,
    make_iot_rule,
    make_log_subscription,
    make_notification,
    make_subscription,
)
from haanalyzer.frontends.cloudformation.serverless.events.requests import (
    HTTP_API,
    REST_API,
    make_http_request,
    make_rest_request,
)
from haanalyzer.frontends.cloudformation.serverless.events.rules import make_rule, make_schedule
from haanalyzer.frontends.cloudformation.serverless.functions import make_function
from haanalyzer.frontends.cloudformation.serverless.globals import PREFIX, shared_by, with_globals
from haanalyzer.frontends.cloudformation.serverless.made import Made, Source
from haanalyzer.frontends.cloudformation.serverless.others import (
    make_application,
    make_capacity_provider,
    make_graphql_api,
    make_layer,
    make_namesake,
    make_nothing,
)
from haanalyzer.frontends.cloudformation.serverless.outcome import Report, Transformed, serverless_type
from haanalyzer.frontends.cloudformation.serverless.reading import says_something
from haanalyzer.frontends.cloudformation.serverless.state_machines import make_state_machine
from haanalyzer.frontends.cloudformation.serverless.tables import make_table
from haanalyzer.frontends.tree.nodes import Entry, MapNode

_CONSUMERS: dict[str, Callable[[Source, Made], Consumer]] = {
    "Function": make_function,
    "StateMachine": make_state_machine,
}
_OTHERS: dict[str, Callable[[Source, Made], None]] = {
    "Api": make_rest_api,
    "Application": make_application,
    "CapacityProvider": make_capacity_provider,
    "Connector": make_nothing,
    "GraphQLApi": make_graphql_api,
    "HttpApi": make_http_api,
    "LayerVersion": make_layer,
    "MicrovmImage": make_namesake,
    "NetworkConnector": make_namesake,
    "SimpleTable": make_table,
    "WebFunction": make_namesake,
    "WebSocketApi": make_websocket_api,
}
_EVENTS: dict[str, Callable[[Event, Made], None]] = {
    **dict.fromkeys(POLLING, make_mapping),
    "AlexaSkill": make_alexa_skill,
    "Api": make_rest_request,
    "CloudWatchEvent": make_rule,
    "CloudWatchLogs": make_log_subscription,
    "Cognito": make_cognito_trigger,
    "EventBridgeRule": make_rule,
    "HttpApi": make_http_request,
    "IoTRule": make_iot_rule,
    "S3": make_notification,
    "SNS": make_subscription,
    "Schedule": make_rule,
    "ScheduleV2": make_schedule,
}


def make_all(written: list[Unrolled], root: MapNode, report: Report) -> Transformed:
    """The entries of ``Resources`` with what is made of the serverless ones; ``report`` is told what is rejected."""
    made = Made(report, {found.name: found.entry.value for found in written if isinstance(found.entry.value, MapNode)})
    _check_globals(root, made)
    for found in written:
        if (type_ := serverless_type(found)) is not None:
            _make(found, type_, root, made)
    _make_implicit_apis(root, made)
    kept = [notified(found, made) for found in written if serverless_type(found) is None]
    for found in kept:
        if made.resources.pop(found.name, None) is not None:
            made.reject(found.entry.value.place, f"another logical id than {found.name}, which the transform makes")
    return Transformed([*kept, *made.resources.values(), *made.unread], made.conditions, made.referable)


def _check_globals(root: MapNode, made: Made) -> None:
    """Say what is no properties for all resources of a type. Which ones a type has for all, the transform says."""
    section = root.get("Globals")
    if section is None or not says_something(section):
        return
    if not isinstance(section, MapNode):
        made.reject(section.place, "Globals to be a map")
        return
    for type_, entry in section.entries.items():
        if type_ not in _CONSUMERS and type_ not in _OTHERS:
            made.reject(section.key_span(type_) or section.place, f"a serverless type in Globals, found {type_!r}")
        elif says_something(entry.value) and (not isinstance(entry.value, MapNode) or entry.value.intrinsic()):
            made.reject(entry.value.place, f"{type_} in Globals to be a map of properties")


def _make(found: Unrolled, type_: str, root: MapNode, made: Made) -> None:
    """Make what a serverless resource and its events make; one of a type that nobody here knows may make anything."""
    source = _source(found, type_, root, made)
    if source is None:
        return
    if type_ in _CONSUMERS:
        consumer = _CONSUMERS[type_](source, made)
        for event in events_of(consumer, made):
            if event.type in _EVENTS:
                _EVENTS[event.type](event, made)
            else:
                made.unread.append(Unrolled(event.id, event.entry, None))
    elif type_ in _OTHERS:
        _OTHERS[type_](source, made)
    else:
        made.unread.append(found._replace(scope=None))


def _source(found: Unrolled, type_: str, root: MapNode, made: Made) -> Source | None:
    body, scope = found.entry.value, found.scope
    assert isinstance(body, MapNode)
    assert scope is not None
    own = body.get("Properties") or MapNode(body.document, body.start, body.start, {})
    if not isinstance(own, MapNode) or (own.intrinsic() and "Fn::Transform" not in own.entries):
        made.reject(own.place, f"the Properties of {found.name} to be a map")
        return None
    own = _unrolled(own, scope, made)
    properties = with_globals(PREFIX + type_, own, root, body.get("IgnoreGlobals"))
    return Source(found.name, found.entry, body, properties, scope)


def _unrolled(properties: MapNode, scope: Scope, made: Made) -> MapNode:
    """Properties with what is included in them. What a loop or macro makes may make resources, too: it stays unread."""
    entries: dict[str, Entry] = {}
    for found in entries_of(properties, scope):
        if found.scope is not scope:
            made.unread.append(found._replace(scope=None))
        entries[found.name] = found.entry
    return MapNode(properties.document, properties.start, properties.end, entries)


def _make_implicit_apis(root: MapNode, made: Made) -> None:
    for logical_id, stage, type_ in ((REST_API, "Prod", "Api"), (HTTP_API, None, "HttpApi")):
        sites = made.implicit.get(logical_id)
        if sites:
            source = implicit_api(logical_id, stage, sites, shared_by(PREFIX + type_, root), made)
            _OTHERS[type_](source, made)
