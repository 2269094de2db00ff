"""Connections through a network ACL: who opens them, from where to where, and what answers them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from haanalyzer.analysis.addresses import NOWHERE, Addresses, addresses_of, network, own_addresses
from haanalyzer.analysis.ephemeral_ports import (
    INTERNET_CLIENTS,
    NAT_GATEWAY,
    Talker,
    any_host,
    talkers_in,
    undeclared,
    unless_there,
    whoever,
)
from haanalyzer.analysis.filter_chain import FilterChain
from haanalyzer.analysis.network_acls import AclRules
from haanalyzer.analysis.packets import packets
from haanalyzer.analysis.routing import Part, part_of
from haanalyzer.analysis.services import DNS, services
from haanalyzer.graph import Links, Resource, ResourceGraph
from haanalyzer.values import Absent, Assumption, Blocker, Truth, Unknown, Value, alternatives, blockers


@dataclass(frozen=True, slots=True)
class Connections:
    """Connections in one direction between one sort of talker and some remote addresses.

    ``asked`` are the packets that open them, where the ACL lets them through. ``unless``
    says why it cannot be told whether anyone opens them.
    """

    direction: str
    talker: Talker
    peers: str
    opening: FilterChain
    answering: FilterChain
    asked: Addresses
    unless: tuple[Blocker, ...] = ()
    assuming: frozenset[Assumption] = frozenset()

    @property
    def part(self) -> str:
        return f"{self.direction}: {self.talker.who}, {self.peers}"


def connections_through(acl: Resource, subnets: Links, rules: AclRules, graph: ResourceGraph) -> Iterator[Connections]:
    """Who opens connections through this ACL: out of its subnets, and into them from the rest of the VPC and beyond."""
    vpc = next(iter(graph.targets(acl, "vpc").must or graph.targets(acl, "default_of").must), None)
    of_vpc = addresses_of(vpc, graph)
    talkers = _talkers(subnets, graph)
    yield from _beyond_vpc(subnets, talkers, of_vpc, rules, graph)
    inside = of_vpc - own_addresses(subnets)
    for talker in talkers:
        yield _outward(talker, "in the VPC", rules, inside)
    for talker, addresses in _neighbours(vpc, subnets, inside, graph):
        yield _inward(talker, "in the VPC", rules, addresses)


def _talkers(subnets: Links, graph: ResourceGraph) -> list[Talker]:
    """Who is declared there; where no one surely is, any host is taken to be."""
    found = talkers_in(subnets, graph)
    if any(not talker.unless for talker in found):
        return found
    return [*found, any_host(tuple(blocker for talker in found for blocker in talker.unless))]


def _beyond_vpc(
    subnets: Links, talkers: list[Talker], of_vpc: Addresses, rules: AclRules, graph: ResourceGraph
) -> Iterator[Connections]:
    ways = _ways_out(subnets, graph)
    for family, with_it in (("0.0.0.0/0", Truth.YES), ("::/0", ways.ipv6)):
        world = packets(cidrs=[family]) - _UNFILTERED
        outside = Addresses(world, world) - of_vpc
        if ways.out & with_it is not Truth.NO:
            unless = () if ways.out & with_it is Truth.YES else ways.unless
            for talker in talkers:
                if talker.leaves_vpc:
                    yield _outward(talker, "outside the VPC", rules, outside, unless, ways.assuming)
        if ways.public & with_it is not Truth.NO:
            unless = () if ways.public & with_it is Truth.YES else ways.unless
            yield _inward(INTERNET_CLIENTS, "outside the VPC", rules, outside, unless, ways.assuming)


# Link-local services of EC2 (metadata, time, DNS), which no network ACL filters.
# Source: Amazon VPC User Guide, "Control subnet traffic with network access control lists".
_UNFILTERED = packets(cidrs=["169.254.0.0/16"])


def _outward(
    talker: Talker,
    peers: str,
    rules: AclRules,
    remote: Addresses,
    unless: tuple[Blocker, ...] = (),
    assuming: frozenset[Assumption] = frozenset(),
) -> Connections:
    asked = services(rules.egress, rules.ingress)
    asked = Addresses((asked.surely & remote.surely) - DNS, (asked.possibly & remote.possibly) - DNS)
    return Connections(
        "out", talker, peers, rules.egress, rules.ingress, asked, (*talker.unless, *unless), talker.assuming | assuming
    )


def _inward(
    talker: Talker,
    peers: str,
    rules: AclRules,
    remote: Addresses,
    unless: tuple[Blocker, ...] = (),
    assuming: frozenset[Assumption] = frozenset(),
) -> Connections:
    asked = services(rules.ingress, rules.egress)
    asked = Addresses(asked.surely & remote.surely, asked.possibly & remote.possibly)
    return Connections(
        "in", talker, peers, rules.ingress, rules.egress, asked, (*talker.unless, *unless), talker.assuming | assuming
    )


def _neighbours(
    vpc: Resource | None, subnets: Links, inside: Addresses, graph: ResourceGraph
) -> Iterator[tuple[Talker, Addresses]]:
    """Who opens connections from the other subnets of the VPC, each with the addresses it stands at."""
    if vpc is None:
        elsewhere = [Blocker(each.address, each.place, "in a VPC that is not declared here") for each in subnets.may]
        yield whoever((*elsewhere, *undeclared(subnets))), inside
        return
    members = graph.sources(vpc, "subnet", "vpc")
    if members.open:
        yield whoever(members.open), inside
    for subnet in members.may:
        if subnet in subnets.must:
            continue
        known = network(subnet["cidr"])
        addresses = Addresses(known, known) if known else Addresses(NOWHERE, inside.possibly)
        here = Links(must=(subnet,) if subnet in members.must and subnet not in subnets.may else (), may=(subnet,))
        for talker in talkers_in(here, graph):
            if talker.who != NAT_GATEWAY:
                yield talker, addresses


@dataclass(frozen=True, slots=True)
class _WaysOut:
    """Whether any subnet leads out of the VPC, is public, has IPv6; what blocks these answers and what they rest on."""

    out: Truth
    public: Truth
    ipv6: Truth
    unless: tuple[Blocker, ...]
    assuming: frozenset[Assumption]


def _ways_out(subnets: Links, graph: ResourceGraph) -> _WaysOut:
    unsure: list[Blocker] = [*undeclared(subnets)]
    out = public = ipv6 = Truth.MAYBE if unsure else Truth.NO
    assuming: frozenset[Assumption] = frozenset()
    for subnet in subnets.may:
        part = part_of(subnet, graph)
        unless = unless_there(subnet, subnets)
        there = Truth.MAYBE if unless else Truth.YES
        out |= there & ~part.is_(Part.ISOLATED)
        public |= there & part.is_(Part.PUBLIC)
        ipv6 |= there & _has_ipv6(subnet["ipv6_cidr"])
        unsure += (*unless, *part.blockers, *blockers(subnet["ipv6_cidr"]))
        assuming |= part.assuming
    unsure = unsure or [Blocker(each.address, each.place, "where its routes lead") for each in subnets.may]
    return _WaysOut(out, public, ipv6, tuple(dict.fromkeys(unsure)), assuming)


def _has_ipv6(network: Value) -> Truth:
    found = {_is_written(each) for each in alternatives(network)}
    return found.pop() if len(found) == 1 else Truth.MAYBE


def _is_written(value: Value) -> Truth:
    if isinstance(value, Unknown) and value.maybe_absent:
        return Truth.MAYBE
    return Truth.of(not isinstance(value, Absent))
