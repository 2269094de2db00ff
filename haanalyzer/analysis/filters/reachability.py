"""Reachability: whether connections from one resource come through to another, past every filter between them."""

from __future__ import annotations

from dataclasses import dataclass, replace

from haanalyzer.analysis.filters.addresses import IPV4
from haanalyzer.analysis.filters.endpoints import Endpoint
from haanalyzer.analysis.filters.filter_rules import number_in
from haanalyzer.analysis.filters.group_passage import in_past, out_past
from haanalyzer.analysis.filters.packets import TCP, Interval, PacketSet, packets
from haanalyzer.analysis.filters.passage import Passage, in_a_row
from haanalyzer.analysis.filters.security_groups import Peer
from haanalyzer.analysis.filters.subnet_acls import between, into
from haanalyzer.finding import Step
from haanalyzer.graph import Links, Resource, ResourceGraph
from haanalyzer.graph.links import NO_LINKS
from haanalyzer.values import Assumption, Blocker, Truth, Value, assumptions, blockers

EVERY_PORT = Interval(1, 65535)


@dataclass(frozen=True, slots=True)
class Service:
    """What connections are to: protocols and a port, every port where it is not known.

    ``steps`` show where the port is written, ``blockers`` why it is not known.
    """

    protocols: tuple[int, ...]
    ports: Interval
    steps: tuple[Step, ...] = ()
    blockers: tuple[Blocker, ...] = ()
    assuming: frozenset[Assumption] = frozenset()

    @property
    def packets(self) -> PacketSet:
        """Those that open connections over IPv4."""
        return self.over_any_family & IPV4

    @property
    def over_any_family(self) -> PacketSet:
        """Its packets, over IPv4 and IPv6."""
        return packets(self.protocols, ports=[self.ports])

    def __str__(self) -> str:
        """``TCP 8080``."""
        protocols = "/".join("TCP" if each == TCP else "UDP" for each in self.protocols)
        return f"{protocols} {self.ports}" if self.ports != EVERY_PORT else f"any {protocols} port"


def service_at(port: Value, protocols: tuple[int, ...], words: str) -> Service:
    """The service at a port that is written somewhere; ``words`` say whose it is and end in "at port"."""
    number = number_in(port)
    if number is None or not EVERY_PORT.first <= number <= EVERY_PORT.last:
        unknown = blockers(port) or (Blocker(words, port.place, "which is not told here"),)
        return Service(protocols, EVERY_PORT, blockers=unknown, assuming=assumptions(port))
    step = Step(port.place, f"{words} {number}")
    return Service(protocols, Interval(number, number), steps=(step,), assuming=assumptions(port))


def connections(source: Endpoint, target: Endpoint, service: Service, graph: ResourceGraph) -> Passage:
    """Whether connections from one end come through to a service at the other."""
    return _decided(
        service,
        out_past(source.groups, target.peer, service.packets, graph),
        in_past(target.groups, source.peer, service.packets, graph, whence=f"from {source.resource.address}"),
        _past_acls(source, target, service, graph),
    )


def clients_connections(balancer: Endpoint, target: Endpoint, service: Service, graph: ResourceGraph) -> Passage:
    """The same where the target sees the addresses of the balancer's clients, which may be anyone's."""
    anyone = Peer(balancer.groups or NO_LINKS, IPV4)
    return _decided(
        service,
        out_past(balancer.groups, target.peer, service.packets, graph),
        in_past(target.groups, anyone, service.packets, graph, whence="from clients, whose addresses are preserved"),
        _into_subnets(target, service, graph),
    )


def _decided(service: Service, *row: Passage) -> Passage:
    """What all filters say; where that turns on an unknown port, this is what blocks it."""
    found = in_a_row(row)
    return replace(found, blockers=(*service.blockers, *found.blockers)) if found.truth is Truth.MAYBE else found


def _past_acls(source: Endpoint, target: Endpoint, service: Service, graph: ResourceGraph) -> Passage:
    ways = {
        (one, other): between(one, other, service.packets, graph)
        for one in source.subnets.may
        for other in target.subnets.may
    }
    return _everywhere(ways, source, target)


def _into_subnets(target: Endpoint, service: Service, graph: ResourceGraph) -> Passage:
    anywhere = replace(target, subnets=NO_LINKS)
    return _everywhere(
        {(each, each): into(each, service.packets, graph) for each in target.subnets.may}, anywhere, target
    )


_Ways = dict[tuple[Resource, Resource], Passage]


def _everywhere(ways: _Ways, source: Endpoint, target: Endpoint) -> Passage:
    """Between all subnets: nothing comes through where no way lets it, everything where all do.

    One end that is cut off from all subnets of the other is lost, whatever becomes of the rest.
    """
    cut_off = [way for way in ways.values() if way.truth is Truth.NO]
    unseen = [*_unseen(source.subnets), *_unseen(target.subnets)]
    if cut_off and len(cut_off) == len(ways) and not unseen:
        return cut_off[0]
    lost = _lost(ways, target, 1, "in") if not _unseen(source.subnets) and target.is_in_all_subnets else []
    lost = lost or (_lost(ways, source, 0, "from") if not _unseen(target.subnets) else [])
    part = [Blocker(way.why, way.at, "drops a part of the ways") for way in cut_off if way.at]
    return in_a_row((*lost, *(way for way in ways.values() if way.truth is not Truth.NO)), (*unseen, *part))


def _lost(ways: _Ways, end: Endpoint, side: int, preposition: str) -> list[Passage]:
    """What cuts off the subnets of one end of which every way surely is; nothing where there are none."""
    lost = {
        subnet: mine[0]
        for subnet in end.subnets.must
        if (mine := [way for pair, way in ways.items() if pair[side] is subnet])
        and all(way.truth is Truth.NO for way in mine)
    }
    part = f"{preposition} {' and '.join(subnet.address for subnet in lost)}"
    return [replace(way, part=part) for way in lost.values()]


def _unseen(subnets: Links) -> list[Blocker]:
    """Why there may be subnets that are not declared here."""
    elsewhere = (Blocker(str(each), each.place, "a subnet that is not declared here") for each in subnets.outside)
    return [*subnets.blockers, *elsewhere]
