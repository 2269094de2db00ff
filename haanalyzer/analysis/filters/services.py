"""Which packets open connections, and which answer them, as far as a filter's rules tell."""

from __future__ import annotations

from haanalyzer.analysis.filters.addresses import Addresses
from haanalyzer.analysis.filters.filter_chain import FilterChain, FilterEntry
from haanalyzer.analysis.filters.packets import TCP, UDP, Interval, PacketSet, packets, size
from haanalyzer.values import Truth

SHORT_RANGE = 100
"""A rule for so few ports is for a service, not for answers."""

_WELL_KNOWN = Interval(1, 1023)
_NUMBERED = Interval(1, 65535)
_TCP, _UDP = (packets([protocol], ports=[_NUMBERED]) for protocol in (TCP, UDP))

# Amazon's own resolver answers whatever the ACL says; that another one is asked, no template tells.
# Source: Amazon VPC User Guide, "Control subnet traffic with network access control lists".
DNS = Addresses(packets([TCP, UDP], ports=[(53, 53)]), packets([TCP, UDP], ports=[(53, 53)]))

# Both ends talk from and to this port. Source: RFC 5905 (NTP), RFC 7296 (IKE).
_SAME_PORT = packets([UDP], ports=[(123, 123), (500, 500), (4500, 4500)])


def services(opening: FilterChain, answering: FilterChain) -> Addresses:
    """What counts as opening a connection: ports below 1024, and those that a rule names in a short range.

    UDP counts where a rule names it, but for protocols that are answered at the port
    they are asked at. A rule whose ports are not known may name any.
    """
    named = named_services(opening, answering)
    well_known = packets([TCP], ports=[_WELL_KNOWN])
    return Addresses(named.surely | well_known, named.possibly | well_known)


def named_services(opening: FilterChain, answering: FilterChain) -> Addresses:
    """Those of the services that a rule names by their ports."""
    surely = possibly = PacketSet()
    for entry in opening.entries:
        if entry.allows is not Truth.NO:
            surely |= _named(entry.least)
            possibly |= _maybe_named(entry)
    maybe_alike = _SAME_PORT - answering.surely_denied(_SAME_PORT)
    return Addresses(surely - maybe_alike, possibly - answering.surely_allowed(_SAME_PORT))


def _named(matched: PacketSet) -> PacketSet:
    tcp, udp = matched & _TCP, matched & _UDP
    if tcp:
        return tcp if size(tcp.ports()) <= SHORT_RANGE else PacketSet()
    return udp if size(udp.ports()) <= SHORT_RANGE else udp & packets([UDP], ports=[_WELL_KNOWN])


def _maybe_named(entry: FilterEntry) -> PacketSet:
    of_any_port = (entry.most & (_TCP | _UDP)).ports() == (_NUMBERED,)
    return entry.most & (_TCP | _UDP) if of_any_port and entry.least != entry.most else _named(entry.most)


def answers_to(connections: PacketSet, ports: Interval) -> PacketSet:
    """The packets that answer these connections: from or to the same addresses, at the talker's ports."""
    found = PacketSet()
    for protocol in (TCP, UDP):
        addresses = (connections & packets([protocol])).addresses()
        if addresses:
            found |= packets([protocol], map(str, addresses), [ports])
    return found
