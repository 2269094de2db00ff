"""Connections past security groups: whether they are let through, and which rules show that they are not."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from haanalyzer.analysis.filters.packets import TCP, UDP, Interval, PacketSet, packets
from haanalyzer.analysis.filters.passage import Passage
from haanalyzer.analysis.filters.security_groups import Admission, Peer, RuleFor, admission
from haanalyzer.finding import Step
from haanalyzer.graph import Links, ResourceGraph
from haanalyzer.source.span import Span
from haanalyzer.values import Blocker, Truth


def out_past(groups: Links | None, peer: Peer, service: PacketSet, graph: ResourceGraph) -> Passage:
    """Whether connections to a peer's service leave past the groups of who opens them (None: there are none)."""
    if groups is None:
        return Passage(Truth.YES)
    return _judged(admission(groups, peer, graph, egress=True), groups, peer, service, ("out", "to it"))


def in_past(groups: Links | None, peer: Peer, service: PacketSet, graph: ResourceGraph, *, whence: str) -> Passage:
    """Whether a peer's connections to a service enter past the groups of who offers it; ``whence`` reads "from …"."""
    if groups is None:
        return Passage(Truth.YES)
    return _judged(admission(groups, peer, graph, egress=False), groups, peer, service, ("in", whence))


def _judged(found: Admission, groups: Links, peer: Peer, service: PacketSet, words: tuple[str, str]) -> Passage:
    asked = service & peer.addresses
    truth = found.passes(asked)
    if truth is Truth.YES:
        return Passage(truth, assuming=found.assuming)
    if truth is Truth.MAYBE:
        partly = tuple(Blocker(each.address, each.place, "lets a part of these packets through") for each in groups.may)
        return Passage(truth, blockers=found.blockers(asked) or partly, assuming=found.assuming)
    others = [rule for rule in found.rules if rule.services & asked]
    other_ports = [rule for rule in found.rules if rule.possibly & _at_any_port(asked)]
    why = _why(groups, asked, words, others, other_ports)
    steps = tuple(_steps(groups, asked, words, others, other_ports))
    return Passage(truth, why, _written_at(groups, others, other_ports), steps, assuming=found.assuming)


def _at_any_port(asked: PacketSet) -> PacketSet:
    return packets([TCP, UDP], map(str, asked.addresses()))


def _why(
    groups: Links, asked: PacketSet, words: tuple[str, str], others: list[RuleFor], other_ports: list[RuleFor]
) -> str:
    way, whom = words
    names = " and ".join(each.address for each in groups.may)
    lets = f"{names} {'let' if len(groups.may) > 1 else 'lets'} {way}"
    if others:
        return f"{lets} {named(asked)}, but not {whom}"
    for_peer = [rule.possibly & _at_any_port(asked) for rule in other_ports]
    return f"{lets} {named(_all(for_peer))} only" if for_peer else f"{lets} nothing {whom}"


def _all(parts: Iterable[PacketSet]) -> PacketSet:
    found = PacketSet()
    for part in parts:
        found |= part
    return found


def _written_at(groups: Links, others: list[RuleFor], other_ports: list[RuleFor]) -> Span:
    """The rule that has the port, else the port of the rule for the peer, where it is one rule; else the group."""
    if len(others) == 1:
        return others[0].rule.place
    if not others and len(other_ports) == 1:
        return other_ports[0].rule.place_of("from_port")
    return groups.may[0].place


_MOST = 5
"""So many rules, or ranges of ports, are named one by one."""


def _steps(
    groups: Links, asked: PacketSet, words: tuple[str, str], others: list[RuleFor], other_ports: list[RuleFor]
) -> Iterator[Step]:
    way, whom = words
    for each in others[:_MOST]:
        yield Step(each.rule.place, f"{each.rule.address} lets {way} {named(asked)}, but not {whom}")
    for each in other_ports[:_MOST]:
        ports = named(each.possibly & _at_any_port(asked))
        yield Step(each.rule.place, f"{each.rule.address} lets {way} {ports}")
    if not others and not other_ports:
        yield from (
            Step(each.place, f"{each.address} has no rule that lets {way} anything {whom}") for each in groups.may
        )


def named(some: PacketSet) -> str:
    """``TCP 80 and 443``, ``TCP 80 and UDP 53``, ``TCP/UDP 53``."""
    tcp, udp = ((some & packets([each])).ports() for each in (TCP, UDP))
    if tcp == udp:
        return f"TCP/UDP {_listed(tcp)}"
    return " and ".join(f"{name} {_listed(ports)}" for name, ports in (("TCP", tcp), ("UDP", udp)) if ports)


def _listed(ports: tuple[Interval, ...]) -> str:
    ranges = [str(each) for each in ports]
    if len(ranges) > _MOST:
        ranges = [*ranges[:3], f"{len(ranges) - 3} other ranges"]
    *first, last = ranges
    return f"{', '.join(first)} and {last}" if first else last
