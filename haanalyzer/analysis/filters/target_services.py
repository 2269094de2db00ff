"""The ports at which a load balancer connects to its targets, with traffic and to check their health."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from haanalyzer.analysis.filters.packets import TCP, UDP
from haanalyzer.analysis.filters.reachability import Service, service_at
from haanalyzer.graph import Resource, ResourceGraph
from haanalyzer.source.span import Span
from haanalyzer.values import (
    Absent,
    Blocker,
    Known,
    ListValue,
    MapValue,
    Symbol,
    Truth,
    Unknown,
    Value,
    blockers,
)
from haanalyzer.values.questions import is_equal, is_one_of, is_true, is_written


@dataclass(frozen=True, slots=True)
class TargetService:
    """What a load balancer connects to a target for; ``from_clients``: whether with the addresses of clients."""

    service: Service
    is_health_check: bool
    from_clients: Truth = Truth.NO
    blockers: tuple[Blocker, ...] = ()


def services_at(member: Resource, group: Resource, balancer: Resource, graph: ResourceGraph) -> list[TargetService]:
    """What a balancer connects to a member of a target group for; ``group`` is a Classic balancer itself.

    A health check at the very port and protocol of the traffic is left out where it comes from the same addresses.
    """
    if group is balancer:
        return [*_classic_traffic(balancer, member), *_classic_checks(balancer)]
    ports = _ports(member, group, graph)
    traffic = [_traffic(port, member, group, balancer) for port in ports]
    checks = [_check(port, member, group) for port in ports]
    alike = {(each.service.protocols, each.service.ports) for each in traffic if each.from_clients is Truth.NO}
    return [
        *traffic,
        *(each for each in dict.fromkeys(checks) if (each.service.protocols, each.service.ports) not in alike),
    ]


def over_ipv6(group: Resource) -> tuple[Blocker, ...]:
    """Why a target group may speak to its targets over IPv6, which is not followed."""
    family = group["ip_address_type"] if "ip_address_type" in group.words else None
    if family is None or is_equal(family, "ipv4") is Truth.YES:
        return ()
    return blockers(family) or (Blocker(group.address, family.place, "speaks IPv6 to its targets"),)


def _traffic(port: Value, member: Resource, group: Resource, balancer: Resource) -> TargetService:
    protocols, unclear = protocols_spoken(group, balancer)
    service = service_at(port, protocols, _registered_at(member, group))
    preserved = _preserves_clients(group, balancer)
    unknown = blockers(group["preserve_client_ip"], group["target_type"], group["protocol"], balancer["type"])
    return TargetService(
        replace(service, blockers=(*service.blockers, *unclear)),
        is_health_check=False,
        from_clients=preserved,
        blockers=unknown if preserved is Truth.MAYBE else (),
    )


def _check(traffic_port: Value, member: Resource, group: Resource) -> TargetService:
    """Health checks always speak TCP, and come from the balancer itself."""
    port, words = group["health_check_port"], f"{group.address} checks the health of its targets at port"
    if isinstance(port, Known) and str(port) == "traffic-port":
        port, words = traffic_port, _registered_at(member, group)
    return TargetService(service_at(port, (TCP,), words), is_health_check=True)


def _registered_at(member: Resource, group: Resource) -> str:
    return f"{member.address} is registered with {group.address} at port"


_BY_PROTOCOL = {
    "HTTP": (TCP,),
    "HTTPS": (TCP,),
    "TCP": (TCP,),
    "TLS": (TCP,),
    "UDP": (UDP,),
    "QUIC": (UDP,),
    "TCP_UDP": (TCP, UDP),
    "TCP_QUIC": (TCP, UDP),
}


def protocols_spoken(resource: Resource, balancer: Resource) -> tuple[tuple[int, ...], tuple[Blocker, ...]]:
    """What a target group speaks to its targets, or clients to a listener, and why that is not known."""
    protocol = resource["protocol"]
    known = _BY_PROTOCOL.get(str(protocol).upper()) if isinstance(protocol, Known) else None
    if known is None and is_equal(balancer["type"], "application") is Truth.YES:
        return (TCP,), ()
    unknown = blockers(protocol) or (Blocker(resource.address, resource.place, "which protocol it speaks"),)
    return known or (TCP, UDP), () if known else unknown


def _preserves_clients(group: Resource, balancer: Resource) -> Truth:
    """Whether targets see the addresses of clients: of Network Load Balancers they do, by default or by request.

    Source: User Guide for Network Load Balancers, "Edit target group attributes", client IP preservation.
    """
    network = is_equal(balancer["type"], "network")
    by_protocol = is_one_of(group["protocol"], "UDP", "QUIC", "TCP_UDP", "TCP_QUIC")
    by_type = ~is_equal(group["target_type"], "ip") | by_protocol
    written = group["preserve_client_ip"]
    chosen = {Truth.NO: by_type, Truth.YES: is_true(written)}.get(is_written(written), Truth.MAYBE)
    return network & (by_protocol | chosen)


def _ports(member: Resource, group: Resource, graph: ResourceGraph) -> list[Value]:
    """The ports that a member is registered at; the group's own where nothing else is said."""
    if member.kind in ("ecs_service", "ecs_task_set"):
        return list(_container_ports(member, group, graph)) or [_port_of_host(member)]
    return list(_registered_ports(member, group, graph)) or [group["port"]]


def _registered_ports(member: Resource, group: Resource, graph: ResourceGraph) -> Iterator[Value]:
    attachments = graph.sources(group, "target_group_attachment", "target_group")
    for each in attachments.may:
        registers = graph.targets(each, "target").includes(member)
        if registers is not Truth.NO:
            sure = registers is Truth.YES and each in attachments.must
            yield _or_own(each["port"], group) if sure else _not_told(each.address, each.place)
    for block in _blocks(group["targets"]):
        target = graph.resource_named(block.get("target"), member.kind)
        if target in (member, None):
            yield _or_own(block.get("port"), group) if target else _not_told(group.address, block.place)


def _or_own(port: Value, group: Resource) -> Value:
    return group["port"] if isinstance(port, Absent) else port


def _container_ports(service: Resource, group: Resource, graph: ResourceGraph) -> Iterator[Value]:
    """Tasks with network interfaces of their own are registered at the container's port, whatever the group's is."""
    if service.kind != "ecs_service" or graph.targets(service, "subnets").exist is not Truth.YES:
        return
    for block in _blocks(service["load_balancers"]):
        named = graph.resource_named(block.get("target_group"), "target_group")
        if named in (group, None):
            yield block.get("container_port") if named else _not_told(service.address, block.place)


def _port_of_host(service: Resource) -> Value:
    """Other tasks are registered at a port of their host, which a task definition gives or the host chooses."""
    return _not_told(service.address, service.place)


def _not_told(address: str, place: Span) -> Unknown:
    return Unknown(term=Symbol(f"port of {address}"), reason="at which port targets are registered", place=place)


def _blocks(written: Value) -> list[MapValue]:
    return [each for each in written.items if isinstance(each, MapValue)] if isinstance(written, ListValue) else []


def _classic_traffic(balancer: Resource, member: Resource) -> Iterator[TargetService]:
    written, words = balancer["listeners"], f"{balancer.address} sends to {member.address} at port"
    blocks = _blocks(written)
    for block in blocks:
        yield TargetService(service_at(block.get("instance_port"), (TCP,), words), is_health_check=False)
    if not isinstance(written, ListValue) or written.open or len(blocks) < len(written.items):
        yield TargetService(
            service_at(_not_told(balancer.address, balancer.place), (TCP,), words), is_health_check=False
        )


_CLASSIC_CHECK = re.compile(r"[A-Za-z]+:(\d+)(/.*)?")


def _classic_checks(balancer: Resource) -> Iterator[TargetService]:
    target = balancer["health_check_target"]
    if isinstance(target, Absent):
        return
    written = _CLASSIC_CHECK.fullmatch(str(target)) if isinstance(target, Known) else None
    port = replace(target, data=int(written[1])) if written and isinstance(target, Known) else target
    words = f"{balancer.address} checks the health of its instances at port"
    yield TargetService(service_at(port, (TCP,), words), is_health_check=True)
