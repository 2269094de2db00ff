"""Reachability: whether connections from one resource come through to another, past every filter between them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from haanalyzer.analysis.addresses import IPV4
from haanalyzer.analysis.endpoints import Endpoint
from haanalyzer.analysis.group_passage import in_past, out_past
from haanalyzer.analysis.packets import TCP, Interval, PacketSet, packets
from haanalyzer.analysis.passage import Passage, in_a_row
from haanalyzer.analysis.security_groups import Peer
from haanalyzer.analysis.subnet_acls import between, into
from haanalyzer.finding import Step
from haanalyzer.graph import Links, ResourceGraph
from haanalyzer.graph.links import NO_LINKS
from haanalyzer.values import Assumption, Blocker, Truth

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
        return packets(self.protocols, ports=[self.ports])

    def __str__(self) -> str:
        """``TCP 8080``."""
        protocols = "/".join("TCP" if each == TCP else "UDP" for each in self.protocols)
        return f"{protocols} {self.ports}" if self.ports != EVERY_PORT else f"any {protocols} port"


def connections(source: Endpoint, target: Endpoint, service: Service, graph: ResourceGraph) -> Passage:
    """Whether connections from one end come through to a service at the other."""
    return _decided(
        service,
        out_past(source.groups, target.peer, service.packets, graph),
        in_past(target.groups, source.peer, service.packets, graph, whence=f"from {source.resource.address}"),
        _past_acls(source.subnets, target.subnets, service, graph),
    )


def clients_connections(balancer: Endpoint, target: Endpoint, service: Service, graph: ResourceGraph) -> Passage:
    """The same where the target sees the addresses of the balancer's clients, which may be anyone's."""
    anyone = Peer(balancer.groups or NO_LINKS, IPV4)
    return _decided(
        service,
        out_past(balancer.groups, target.peer, service.packets, graph),
        in_past(target.groups, anyone, service.packets, graph, whence="from clients, whose addresses are preserved"),
        _everywhere([into(each, service.packets, graph) for each in target.subnets.may], target.subnets),
    )


def _decided(service: Service, *row: Passage) -> Passage:
    """What all filters say; where that turns on an unknown port, this is what blocks it."""
    found = in_a_row(row)
    return replace(found, blockers=(*service.blockers, *found.blockers)) if found.truth is Truth.MAYBE else found


def _past_acls(sources: Links, targets: Links, service: Service, graph: ResourceGraph) -> Passage:
    pairs = [between(one, other, service.packets, graph) for one in sources.may for other in targets.may]
    return _everywhere(pairs, sources, targets)


def _everywhere(pairs: list[Passage], *subnets: Links) -> Passage:
    """Between all subnets: nothing comes through where none of the ways lets it, everything where all do."""
    unseen = [blocker for links in subnets for blocker in (*links.blockers, *_undeclared(links))]
    if pairs and not unseen and all(each.truth is Truth.NO for each in pairs):
        return pairs[0]
    part = [
        Blocker(each.why, each.at, "drops a part of the ways") for each in pairs if each.truth is Truth.NO and each.at
    ]
    return in_a_row((each for each in pairs if each.truth is not Truth.NO), (*unseen, *part))


def _undeclared(subnets: Links) -> Iterator[Blocker]:
    for value in subnets.outside:
        yield Blocker(str(value), value.place, "a subnet that is not declared here")
