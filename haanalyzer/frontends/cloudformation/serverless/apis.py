"""APIs: what they are made of, but for their bodies."""

from __future__ import annotations

from haanalyzer.frontends.cloudformation.serverless.domains import make_domain
from haanalyzer.frontends.cloudformation.serverless.made import (
    Made,
    Site,
    Source,
    staged,
    tags,
)
from haanalyzer.frontends.cloudformation.serverless.reading import entries_in, known_text, says_something, text_in
from haanalyzer.frontends.cloudformation.serverless.writing import Origin, Written, ref
from haanalyzer.frontends.tree.nodes import Entry, MapNode, text_of

_OF_REST_STAGES = (
    "AccessLogSetting",
    "CacheClusterEnabled",
    "CacheClusterSize",
    "CanarySetting",
    "MethodSettings",
    "StageName",
    "TracingEnabled",
    "Variables",
)
_OF_STAGES = ("AccessLogSettings", "DefaultRouteSettings", "RouteSettings", "StageName", "StageVariables")
_OF_REST_APIS = ("ApiKeySourceType", "BinaryMediaTypes", "Description", "Mode", "Name")
_OF_HTTP_APIS = ("CorsConfiguration", "Description", "FailOnWarnings")
_OF_WEBSOCKET_APIS = (
    "ApiKeySelectionExpression",
    "Description",
    "DisableExecuteApiEndpoint",
    "IpAddressType",
    "RouteSelectionExpression",
)
_DEFAULT_STAGE = "$default"


def make_rest_api(source: Source, made: Made) -> None:
    """Make the API, its deployment and stage, and its domain, of ``AWS::Serverless::Api``."""
    own, site = {"Tags": tags(source.given("Tags"))}, source.site
    api = made.add(source.own_site, source.id, "AWS::ApiGateway::RestApi", {**source.only(*_OF_REST_APIS), **own})
    deployment = made.add(site, f"{api}Deployment", "AWS::ApiGateway::Deployment", {"RestApiId": ref(api)})
    properties = {**source.only(*_OF_REST_STAGES), **own, "RestApiId": ref(api), "DeploymentId": ref(deployment)}
    stage = made.add(site, staged(api, source.given("StageName")), "AWS::ApiGateway::Stage", properties)
    made.referable |= {f"{api}.Stage": stage, f"{api}.Deployment": deployment}
    _make_authorizers(source, made, always=True)
    make_domain(source, made, is_rest=True)
    _make_usage_plan(source, made)


def make_http_api(source: Source, made: Made) -> None:
    """Make the API, its stage and its domain, of ``AWS::Serverless::HttpApi``."""
    site = source.site
    api = made.add(source.own_site, source.id, "AWS::ApiGatewayV2::Api", source.only(*_OF_HTTP_APIS))
    name = source.given("StageName")
    is_default = name is None or text_of(name.value) == _DEFAULT_STAGE
    logical_id = f"{api}ApiGatewayDefaultStage" if is_default else staged(api, name)
    properties: dict[str, Written] = {"StageName": _DEFAULT_STAGE, **source.only(*_OF_STAGES), "ApiId": ref(api)}
    made.referable[f"{api}.Stage"] = made.add(site, logical_id, "AWS::ApiGatewayV2::Stage", properties)
    _make_authorizers(source, made, always=False)
    make_domain(source, made, is_rest=False)


def make_websocket_api(source: Source, made: Made) -> None:
    """Make the API, its routes and stage, of ``AWS::Serverless::WebSocketApi``."""
    properties = {**source.only(*_OF_WEBSOCKET_APIS), "Name": source.given("Name") or source.id}
    api = made.add(source.own_site, source.id, "AWS::ApiGatewayV2::Api", {**properties, "ProtocolType": "WEBSOCKET"})
    if not source.inside("Routes"):
        made.reject(source.site.place, f"the Routes of {source.id} to be a map")
    for key, route in source.inside("Routes").items():
        _make_route(source, key, route, made)
    name = source.given("StageName")
    text = text_of(name.value) if name is not None else None
    logical_id = f"{api}DefaultStage" if name is None else f"{api}{text or ''}Stage"
    stage: dict[str, Written] = {"StageName": "default", **source.only(*_OF_STAGES), "ApiId": ref(api)}
    made.referable[f"{api}.Stage"] = made.add(source.site, logical_id, "AWS::ApiGatewayV2::Stage", stage)
    _make_connect_authorizer(source, made)
    make_domain(source, made, is_rest=False)


def _make_route(source: Source, key: str, route: Entry, made: Made) -> None:
    site = source.site.at(route, source.scope)
    prefix = source.id + key.replace("$", "").capitalize()
    named: dict[str, Written] = {"ApiId": ref(source.id)}
    made.add(site, f"{prefix}Route", "AWS::ApiGatewayV2::Route", {**named, "RouteKey": key})
    made.add(site, f"{prefix}Integration", "AWS::ApiGatewayV2::Integration", named)
    _permit(site, f"{prefix}Permission", entries_in(route).get("FunctionArn"), made)


def _permit(site: Site, logical_id: str, function: Entry | None, made: Made) -> None:
    properties: dict[str, Written] = {"FunctionName": function, "Principal": "apigateway.amazonaws.com"}
    made.add(site, logical_id, "AWS::Lambda::Permission", properties)


def _make_connect_authorizer(source: Source, made: Made) -> None:
    auth = source.given("Auth")
    own = entries_in(auth)
    if auth is None or text_in(own, "AuthType") != "CUSTOM":
        return
    site = source.site.at(auth, source.scope)
    made.add(site, f"{source.id}ConnectAuthorizer", "AWS::ApiGatewayV2::Authorizer", {"ApiId": ref(source.id)})
    if "InvokeRole" not in own:
        _permit(site, f"{source.id}AuthorizerPermission", own.get("AuthArn"), made)


def _make_authorizers(source: Source, made: Made, *, always: bool) -> None:
    """The permissions of authorizers that are functions: an HTTP API makes them only where it is told to."""
    for name, entry in entries_in(source.inside("Auth").get("Authorizers")).items():
        own = entries_in(entry)
        told = own.get(f"{'Disable' if always else 'Enable'}FunctionDefaultPermissions")
        if "FunctionArn" in own and always is not (told is not None and says_something(told.value)):
            site = source.site.at(entry, source.scope)
            _permit(site, f"{source.id}{name}AuthorizerPermission", own["FunctionArn"], made)


def _make_usage_plan(source: Source, made: Made) -> None:
    plan = source.inside("Auth").get("UsagePlan")
    wanted = known_text(entries_in(plan).get("CreateUsagePlan"), source.scope)
    if plan is None or wanted not in ("PER_API", "SHARED"):
        return
    prefix = source.id if wanted == "PER_API" else "Serverless"
    site = source.site.at(plan, source.scope)
    key = made.add(site, f"{prefix}ApiKey", "AWS::ApiGateway::ApiKey", {"Enabled": True})
    usage = made.add(site, f"{prefix}UsagePlan", "AWS::ApiGateway::UsagePlan", {})
    names: dict[str, Written] = {"KeyId": ref(key), "UsagePlanId": ref(usage)}
    made.add(site, f"{prefix}UsagePlanKey", "AWS::ApiGateway::UsagePlanKey", names)


def implicit_api(logical_id: str, stage: str | None, sites: list[Site], shared: MapNode | None, made: Made) -> Source:
    """The API of events that name none, as if it were written: there wherever one of its events is."""
    origin, scope = sites[0].origin, sites[0].scope
    conditions = [site.condition for site in sites]
    known = [condition for condition in dict.fromkeys(conditions) if condition is not None]
    always = None in conditions
    body: dict[str, Written] = {
        "Condition": None if always else made.any_of(f"{logical_id}Condition", known, sites[0]),
        "DeletionPolicy": _strictest("DeletionPolicy", ("Retain", "Delete"), sites),
        "UpdateReplacePolicy": _strictest("UpdateReplacePolicy", ("Retain", "Snapshot", "Delete"), sites),
    }
    properties: dict[str, Written] = {**(shared.entries if shared is not None else {}), "StageName": stage}
    return Source(
        logical_id,
        Entry(origin.start, origin.end, origin.write({})),
        _map(origin, body),
        _map(origin, properties),
        scope,
    )


def _map(origin: Origin, written: dict[str, Written]) -> MapNode:
    node = origin.write(written)
    assert isinstance(node, MapNode)
    return node


def _strictest(attribute: str, policies: tuple[str, ...], sites: list[Site]) -> str | None:
    """The first of these policies that the functions of any event have."""
    written = [site.attributes.get(attribute) for site in sites]
    found = {text_of(each.value) for each in written if isinstance(each, Entry)}
    return next((policy for policy in policies if policy in found), None)
