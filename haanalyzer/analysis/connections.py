"""Connections through a network ACL: who opens them, from where to where, and what answers them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from haanalyzer.analysis.ephemeral_ports import HOST, INTERNET_CLIENTS, Talker, talkers_in
from haanalyzer.analysis.filter_chain import FilterChain
from haanalyzer.analysis.network_acls import AclRules, networks_of
from haanalyzer.analysis.packets import TCP, UDP, Interval, PacketSet, packets, size
from haanalyzer.analysis.routing import Part, part_of
from haanalyzer.graph import Resource, ResourceGraph
from haanalyzer.values import Absent, Known, Truth, any_of

SHORT_RANGE = 100
"""A rule for so few ports is for a service, not for answers."""


@dataclass(frozen=True, slots=True)
class Connections:
    """Connections in one direction between one sort of talker and some remote addresses.

    ``sure`` is false where it cannot be told whether anyone opens them.
    """

    direction: str
    talker: Talker
    peers: str
    opening: FilterChain
    answering: FilterChain
    remote: PacketSet
    sure: bool = True

    @property
    def part(self) -> str:
        return f"{self.direction}: {self.talker.who}, {self.peers}"


def connections_through(
    acl: Resource, subnets: tuple[Resource, ...], rules: AclRules, graph: ResourceGraph
) -> Iterator[Connections]:
    """Who opens connections through this ACL: out of its subnets, and into them from the rest of the VPC and beyond."""
    vpc = next(iter(graph.targets(acl, "vpc").must or graph.targets(acl, "default_of").must), None)
    inside = _rest_of_vpc(vpc, subnets, graph)
    parts = [part_of(subnet, graph) for subnet in subnets]
    reaches_out = any_of(~part.is_(Part.ISOLATED) for part in parts)
    is_public = any_of(part.is_(Part.PUBLIC) for part in parts)
    talkers = talkers_in(subnets, graph) or [HOST]
    for family in _families(subnets):
        outside = packets(cidrs=[family]) - packets(cidrs=networks_of(vpc, graph) or ())
        for talker in talkers:
            if reaches_out is not Truth.NO and talker.who != "a load balancer":
                sure = reaches_out is Truth.YES
                yield Connections("out", talker, "outside the VPC", rules.egress, rules.ingress, outside, sure)
        if is_public is not Truth.NO:
            sure = is_public is Truth.YES
            yield Connections("in", INTERNET_CLIENTS, "outside the VPC", rules.ingress, rules.egress, outside, sure)
    for talker in talkers:
        yield Connections("out", talker, "in the VPC", rules.egress, rules.ingress, inside)
    for talker, networks in _neighbours(vpc, subnets, graph):
        yield Connections("in", talker, "in the VPC", rules.ingress, rules.egress, packets(cidrs=networks))


def _rest_of_vpc(vpc: Resource | None, subnets: tuple[Resource, ...], graph: ResourceGraph) -> PacketSet:
    """The addresses in the VPC beyond this ACL: all but those of its own subnet, when it has one only."""
    own = [str(subnet["cidr"]) for subnet in subnets if isinstance(subnet["cidr"], Known)] if len(subnets) == 1 else []
    return packets(cidrs=networks_of(vpc, graph) or ()) - packets(cidrs=own)


def _neighbours(
    vpc: Resource | None, subnets: tuple[Resource, ...], graph: ResourceGraph
) -> Iterator[tuple[Talker, list[str]]]:
    """Who opens connections from the other subnets of the VPC, each with the networks it stands in."""
    for subnet in graph.sources(vpc, "subnet", "vpc").must if vpc else ():
        if subnet not in subnets and isinstance(subnet["cidr"], Known):
            for talker in talkers_in((subnet,), graph):
                if talker.who != "a NAT gateway":
                    yield talker, [str(subnet["cidr"])]


def _families(subnets: tuple[Resource, ...]) -> list[str]:
    """IPv6 only where a subnet has an IPv6 network."""
    with_ipv6 = any(not isinstance(subnet["ipv6_cidr"], Absent) for subnet in subnets)
    return ["0.0.0.0/0", "::/0"] if with_ipv6 else ["0.0.0.0/0"]


def services(chain: FilterChain) -> PacketSet:
    """What counts as opening a connection: ports below 1024, and those that a rule names in a short range."""
    found = packets([TCP], ports=[(1, 1023)])
    for entry in chain.entries:
        for protocol in (TCP, UDP):
            mine = entry.most & packets([protocol], ports=[(1, 65535)])
            names_udp = protocol == UDP and not entry.most & packets([TCP])
            if 0 < size(mine.ports()) <= SHORT_RANGE and (protocol == TCP or names_udp):
                found |= mine
            elif names_udp:
                found |= mine & packets([UDP], ports=[(1, 1023)])
    return found


def answers_to(connections: PacketSet, ports: Interval) -> PacketSet:
    """The packets that answer these connections: from or to the same addresses, at the talker's ports."""
    found = PacketSet()
    for protocol in (TCP, UDP):
        addresses = (connections & packets([protocol])).addresses()
        if addresses:
            found |= packets([protocol], map(str, addresses), [ports])
    return found
