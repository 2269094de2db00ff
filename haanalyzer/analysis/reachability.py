"""Reachability: whether connections from one resource come through to another, past every filter between them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from haanalyzer.analysis.addresses import IPV4
from haanalyzer.analysis.endpoints import Endpoint
from haanalyzer.analysis.packets import TCP, Interval, PacketSet, packets
from haanalyzer.analysis.passage import Passage, in_a_row
from haanalyzer.analysis.security_groups import Admission, Peer, admission
from haanalyzer.analysis.subnet_acls import between, into
from haanalyzer.finding import Step
from haanalyzer.graph import Links, ResourceGraph
from haanalyzer.graph.links import NO_LINKS
from haanalyzer.source.span import Span
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
        return packets(self.protocols, ["0.0.0.0/0"], [self.ports])

    def __str__(self) -> str:
        """``TCP 8080``."""
        protocols = "/".join("TCP" if each == TCP else "UDP" for each in self.protocols)
        return f"{protocols} {self.ports}" if self.ports != EVERY_PORT else f"any {protocols} port"


def connections(source: Endpoint, target: Endpoint, service: Service, graph: ResourceGraph) -> Passage:
    """Whether connections from one end come through to a service at the other."""
    return _decided(
        service,
        out_of(source, target.peer, service, graph),
        into_group(target, source.peer, f"from {source.resource.address}", service, graph),
        _past_acls(source.subnets, target.subnets, service, graph),
    )


def clients_connections(balancer: Endpoint, target: Endpoint, service: Service, graph: ResourceGraph) -> Passage:
    """The same where the target sees the addresses of the balancer's clients, which may be anyone's."""
    anyone = Peer(balancer.groups or NO_LINKS, IPV4)
    return _decided(
        service,
        out_of(balancer, target.peer, service, graph),
        into_group(target, anyone, "from clients, whose addresses the balancer preserves", service, graph),
        _everywhere([into(each, service.packets, graph) for each in target.subnets.may], target.subnets),
    )


def _decided(service: Service, *row: Passage) -> Passage:
    return in_a_row(
        [each for each in row if each.truth is Truth.NO] or row,
        service.blockers if any(each.truth is Truth.MAYBE for each in row) else (),
    )


def out_of(source: Endpoint, target: Peer, service: Service, graph: ResourceGraph) -> Passage:
    """Past the security groups of who opens connections."""
    if source.groups is None:
        return Passage(Truth.YES)
    asked = service.packets & target.addresses
    return _judged(admission(source.groups, target, graph, egress=True), source.groups, asked, "out", "to it")


def into_group(target: Endpoint, source: Peer, whence: str, service: Service, graph: ResourceGraph) -> Passage:
    """Past the security groups of who is connected to."""
    if target.groups is None:
        return Passage(Truth.YES)
    asked = service.packets & source.addresses
    return _judged(admission(target.groups, source, graph, egress=False), target.groups, asked, "in", whence)


def _judged(found: Admission, groups: Links, asked: PacketSet, way: str, whom: str) -> Passage:
    truth = found.passes(asked)
    if truth is Truth.MAYBE:
        partly = tuple(Blocker(each.address, each.place, "lets a part of these packets through") for each in groups.may)
        return Passage(truth, blockers=found.blockers(asked) or partly, assuming=found.assuming)
    if truth is Truth.YES:
        return Passage(truth, assuming=found.assuming)
    others = packets(asked_protocols(asked), map(str, asked.addresses())) & found.possibly
    names = " and ".join(each.address for each in groups.may)
    lets = "let" if len(groups.may) > 1 else "lets"
    what = f"{ports_named(others)} only" if others else f"nothing {whom}"
    return Passage(
        truth,
        why=f"{names} {lets} {way} {what}",
        at=_written_at(found, groups, others),
        steps=tuple(_steps(found, groups, way)),
        assuming=found.assuming,
    )


def asked_protocols(asked: PacketSet) -> Iterable[int]:
    return [number for interval in asked.protocols() for number in range(interval.first, interval.last + 1)]


def ports_named(some: PacketSet) -> str:
    """``TCP 80 and 443``."""
    names = "/".join("TCP" if each == TCP else "UDP" for each in asked_protocols(some))
    return f"{names} {' and '.join(map(str, some.ports()))}"


def _written_at(found: Admission, groups: Links, others: PacketSet) -> Span:
    """The ports of the only rule that is for this peer, else the first group's line."""
    for_peer = [rule for rule in found.rules if rule.possibly & others]
    if len(for_peer) == 1:
        return for_peer[0].rule.place_of("from_port")
    return groups.may[0].place


def _steps(found: Admission, groups: Links, way: str) -> Iterator[Step]:
    for each in found.rules:
        let = ports_named(each.possibly) if each.possibly else "nothing of it"
        yield Step(each.rule.place, f"{each.rule.address} lets {way} {let}")
    if not found.rules:
        yield from (Step(each.place, f"{each.address} has no rule for what goes {way}") for each in groups.may)


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
