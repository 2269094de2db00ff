"""Connections through a network ACL: who opens them, from where to where, and what answers them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from haanalyzer.analysis.answers import doubts_about
from haanalyzer.analysis.filters.addresses import NOWHERE, Addresses, addresses_of, network, own_addresses
from haanalyzer.analysis.filters.ephemeral_ports import (
    ANYONE,
    CLIENT,
    INTERNET_CLIENTS,
    NAT_GATEWAY,
    Talker,
    any_host,
    talkers_in,
    undeclared,
    unless_there,
    whoever,
)
from haanalyzer.analysis.filters.filter_chain import FilterChain
from haanalyzer.analysis.filters.network_acls import AclRules
from haanalyzer.analysis.filters.packets import TCP, Interval, packets
from haanalyzer.analysis.filters.services import DNS, answers_to, named_services, services
from haanalyzer.analysis.routes.routing import Part, part_of
from haanalyzer.graph import Links, Resource, ResourceGraph
from haanalyzer.values import Assumption, Blocker, Truth, blockers
from haanalyzer.values.questions import is_written


@dataclass(frozen=True, slots=True)
class Direction:
    """One way through an ACL: the chains that open connections (``asked``) and let their answers back."""

    name: str
    opening: FilterChain
    answering: FilterChain
    asked: Addresses

    _answered: dict[Interval, bool] = field(default_factory=dict, repr=False, compare=False)

    def answers(self, talker: Talker) -> bool:
        """Whether all answers come through to a talker, wherever it stands."""
        ports = talker.possibly
        if ports not in self._answered:
            perhaps = self.asked.possibly - self.opening.surely_denied(self.asked.possibly)
            needed = answers_to(perhaps, ports)
            self._answered[ports] = not needed - self.answering.surely_allowed(needed)
        return self._answered[ports]


@dataclass(frozen=True, slots=True)
class Connections:
    """Connections in one direction between one sort of talker and some remote addresses.

    ``asked`` are the packets that open them, where the ACL lets them through. ``unless``
    says why it cannot be told whether anyone opens them. Where ``at_any_port`` is true nobody
    is seen to, so only a service whose answers are all dropped is a flaw.
    """

    way: Direction
    talker: Talker
    peers: str
    asked: Addresses
    unless: tuple[Blocker, ...]
    assuming: frozenset[Assumption]
    at_any_port: bool = False

    @property
    def part(self) -> str:
        return f"{self.way.name}: {self.talker.who}, {self.peers}"


def connections_through(acl: Resource, subnets: Links, rules: AclRules, graph: ResourceGraph) -> Iterator[Connections]:
    """Who opens connections through this ACL: out of its subnets, and into them from the rest of the VPC and beyond.

    Those who are answered wherever they stand are left out.
    """
    vpc = next(iter(graph.targets(acl, "vpc").must or graph.targets(acl, "default_of").must), None)
    of_vpc = addresses_of(vpc, graph)
    inside = of_vpc - own_addresses(subnets)
    ways_out = _ways_out(subnets, graph)
    for talker in _talkers(subnets, graph):
        way = _outward(talker, rules)
        if not way.answers(talker):
            if talker.leaves_vpc:
                yield from _beyond_vpc(way, talker, ways_out.out, ways_out, of_vpc)
            yield _between(way, talker, "in the VPC", inside)
    way = Direction("in", rules.ingress, rules.egress, services(rules.ingress, rules.egress))
    if not way.answers(INTERNET_CLIENTS):
        yield from _beyond_vpc(way, INTERNET_CLIENTS, ways_out.public, ways_out, of_vpc)
    if way.answers(ANYONE):
        return
    for talker, addresses in _neighbours(vpc, subnets, inside, graph):
        if not way.answers(talker):
            yield _between(way, talker, "in the VPC", addresses)
    if ways_out.public is not Truth.YES:
        yield _services_offered(way, subnets, ways_out, rules)


def _services_offered(way: Direction, subnets: Links, ways_out: _WaysOut, rules: AclRules) -> Connections:
    """What TCP rules name and let in, whoever it is for: by peering, VPN, or a route that is not declared here.

    Much of UDP is never answered.
    """
    ipv4, ipv6 = (packets([TCP], [family]) for family in ("0.0.0.0/0", "::/0"))
    surely = ipv4 | ipv6 if ways_out.ipv6 is Truth.YES else ipv4
    possibly = ipv4 if ways_out.ipv6 is Truth.NO else ipv4 | ipv6
    named = named_services(rules.ingress, rules.egress)
    associated = [why for each in subnets.may for why in doubts_about(each, "may be associated")]
    unless = () if subnets.exist is Truth.YES else tuple(associated) + subnets.open
    return Connections(
        way=way,
        talker=CLIENT,
        peers="anywhere",
        asked=Addresses(named.surely & surely, named.possibly & possibly),
        unless=unless,
        assuming=frozenset(),
        at_any_port=True,
    )


def _outward(talker: Talker, rules: AclRules) -> Direction:
    """Of a host that nobody declares, only connections that a rule names are sure: it may as well be a database."""
    asked = services(rules.egress, rules.ingress)
    if talker.resource is None:
        asked = Addresses(named_services(rules.egress, rules.ingress).surely, asked.possibly)
    return Direction("out", rules.egress, rules.ingress, asked - DNS)


def _talkers(subnets: Links, graph: ResourceGraph) -> list[Talker]:
    """Who is declared there; where no one surely is, any host is taken to be."""
    found = talkers_in(subnets, graph)
    if any(not talker.unless for talker in found):
        return found
    return [*found, any_host(tuple(blocker for talker in found for blocker in talker.unless))]


def _beyond_vpc(
    way: Direction, talker: Talker, reachable: Truth, ways_out: _WaysOut, of_vpc: Addresses
) -> Iterator[Connections]:
    for family, with_it in (("0.0.0.0/0", Truth.YES), ("::/0", ways_out.ipv6)):
        if reachable & with_it is not Truth.NO:
            world = packets(cidrs=[family]) - _UNFILTERED
            unless = () if reachable & with_it is Truth.YES else ways_out.unless
            yield _between(way, talker, "outside the VPC", Addresses(world, world) - of_vpc, unless, ways_out.assuming)


# Link-local services of EC2 (metadata, time, DNS), which no network ACL filters.
# Source: Amazon VPC User Guide, "Control subnet traffic with network access control lists".
_UNFILTERED = packets(cidrs=["169.254.0.0/16"])


def _between(
    way: Direction,
    talker: Talker,
    peers: str,
    remote: Addresses,
    unless: tuple[Blocker, ...] = (),
    assuming: frozenset[Assumption] = frozenset(),
) -> Connections:
    asked = way.asked & remote
    return Connections(way, talker, peers, asked, (*talker.unless, *unless), talker.assuming | assuming)


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
        out |= there & ~part.plays(Part.ISOLATED)
        public |= there & part.plays(Part.PUBLIC)
        ipv6 |= there & _has_ipv6(subnet, graph)
        unsure += (*unless, *part.blockers, *blockers(subnet["ipv6_cidr"]))
        assuming |= part.assuming
    unsure = unsure or [
        Blocker(each.address, each.place, "where its routes lead, or whether it has IPv6") for each in subnets.may
    ]
    return _WaysOut(out, public, ipv6, tuple(dict.fromkeys(unsure)), assuming)


def _has_ipv6(subnet: Resource, graph: ResourceGraph) -> Truth:
    """By a network of its own, or one that is added to it."""
    return is_written(subnet["ipv6_cidr"]) | graph.sources(subnet, "subnet_cidr", "subnet").exist
