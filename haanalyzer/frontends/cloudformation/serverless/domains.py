"""Domains of APIs: their mappings, and the records that lead to them."""

from __future__ import annotations

from collections.abc import Mapping

from haanalyzer.frontends.cloudformation.serverless.made import Made, Source
from haanalyzer.frontends.cloudformation.serverless.reading import entries_in, text_in
from haanalyzer.frontends.cloudformation.serverless.writing import Written, get_att, hashed, ref
from haanalyzer.frontends.tree.nodes import Entry, ListNode, Node, ScalarNode, text_of
from haanalyzer.values import Known

_CLOUDFRONT_ZONE = "Z2FDTNDATAQYW2"
_REST = ("ApiGatewayDomainName", "AWS::ApiGateway::DomainName", "BasePathMapping", "AWS::ApiGateway::BasePathMapping")
_PRIVATE = (
    "ApiGatewayDomainNameV2",
    "AWS::ApiGateway::DomainNameV2",
    "BasePathMapping",
    "AWS::ApiGateway::BasePathMappingV2",
)
_OTHER = ("ApiGatewayDomainNameV2", "AWS::ApiGatewayV2::DomainName", "ApiMapping", "AWS::ApiGatewayV2::ApiMapping")


def make_domain(source: Source, made: Made, *, is_rest: bool) -> None:
    """Make the domain of an API, where it has one, the mappings of its paths, and the records that lead to it."""
    domain = source.given("Domain")
    if domain is None:
        return
    own = entries_in(domain)
    name = own.get("DomainName")
    if name is None:
        made.reject(domain.value.place, f"the Domain of {source.id} to be a map with a DomainName")
        return
    site = source.site.at(domain, source.scope)
    private = _endpoint(own) == "PRIVATE"
    prefix, type_, suffix, mapping = (_PRIVATE if private else _REST) if is_rest else _OTHER
    logical_id = made.add(site, _hashed(prefix, source, name.value), type_, {"DomainName": name})
    for path in _paths(own):
        made.add(site, f"{source.id}{path}{suffix}", mapping, {"DomainName": ref(logical_id)})
    route = own.get("Route53")
    if route is not None:
        _make_records(source, own, route, logical_id, made)


def _hashed(prefix: str, source: Source, *nodes: Node) -> str:
    """A logical id that differs with what nodes say, parameters filled in."""
    values = [source.scope.evaluate(node) for node in nodes]
    origin = source.site.origin
    return hashed(
        prefix,
        *(
            origin.write(value.data) if isinstance(value, Known) else node
            for node, value in zip(nodes, values, strict=True)
        ),
    )


def _endpoint(domain: Mapping[str, Entry]) -> str:
    return text_in(domain, "EndpointConfiguration") or "REGIONAL"


def _paths(domain: Mapping[str, Entry]) -> list[str]:
    """The letters of the paths under which the API is reached; none where it is reached by the domain alone."""
    written = domain["BasePath"].value if "BasePath" in domain else None
    paths = written.items if isinstance(written, ListNode) else [written]
    return ["".join(filter(str.isalnum, text_of(path) or "")) for path in paths] or [""]


def _make_records(source: Source, domain: Mapping[str, Entry], route: Entry, logical_id: str, made: Made) -> None:
    """The records of a domain; those of one hosted zone are in one group, unless it is to have its own."""
    own = entries_in(route)
    zone_id, zone_name = own.get("HostedZoneId"), own.get("HostedZoneName")
    zone, name = zone_id or zone_name, domain.get("DomainName")
    if zone is None or name is None:
        made.reject(route.value.place, "a HostedZoneId or a HostedZoneName")
        return
    records = [_record(kind, domain, own, logical_id) for kind in _kinds(own)]
    named = [zone.value, name.value] if "SeparateRecordSetGroup" in own else [zone.value]
    group = _hashed("RecordSetGroup", source, *named)
    before = made.records.setdefault(group, [])
    before += records
    properties: dict[str, Written] = {"HostedZoneId": zone_id, "HostedZoneName": zone_name, "RecordSets": before}
    made.add(source.site.at(route, source.scope), group, "AWS::Route53::RecordSetGroup", properties)


def _kinds(route: Mapping[str, Entry]) -> tuple[str, ...]:
    second = route["IpV6"].value if "IpV6" in route else None
    return ("A", "AAAA") if isinstance(second, ScalarNode) and second.data is True else ("A",)


def _record(kind: str, domain: Mapping[str, Entry], route: Mapping[str, Entry], logical_id: str) -> Written:
    target: dict[str, Written] = {"EvaluateTargetHealth": route.get("EvaluateTargetHealth")}
    match _endpoint(domain):
        case "REGIONAL":
            target["HostedZoneId"] = get_att(logical_id, "RegionalHostedZoneId")
            target["DNSName"] = get_att(logical_id, "RegionalDomainName")
        case "EDGE":
            target["HostedZoneId"] = _CLOUDFRONT_ZONE
            target["DNSName"] = route.get("DistributionDomainName") or get_att(logical_id, "DistributionDomainName")
        case _:
            target["HostedZoneId"] = route.get("VpcEndpointHostedZoneId")
            target["DNSName"] = route.get("VpcEndpointDomainName")
    return {
        "Name": domain.get("DomainName"),
        "Type": kind,
        "Region": route.get("Region"),
        "SetIdentifier": route.get("SetIdentifier"),
        "AliasTarget": target,
    }
