"""Exact sets of IP packets, as a stateless filter tells them apart: by protocol, remote address and port.

A set is kept as rows within rows: protocols, for each stretch of them addresses,
for each stretch of those ports. Neighbours with equal content are one stretch, so
equal sets have one form and compare by value. Both families lie on one line of
addresses, IPv6 behind IPv4 with a gap between, so no IPv4 network matches an IPv6 packet.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

ICMP, TCP, UDP, ICMPV6 = 1, 6, 17, 58
EVERY_PROTOCOL = range(256)
EVERY_ADDRESS = ("0.0.0.0/0", "::/0")
EVERY_PORT = ((0, 65535),)

Network = ipaddress.IPv4Network | ipaddress.IPv6Network

_HAVE_PORTS = (TCP, UDP)
_NAMES = {ICMP: "icmp", TCP: "tcp", UDP: "udp", ICMPV6: "icmpv6"}
_IPV6_BEGINS = 1 << 33


class Interval(NamedTuple):
    """Whole numbers from ``first`` to ``last``, both included."""

    first: int
    last: int

    @property
    def size(self) -> int:
        return self.last - self.first + 1

    def __str__(self) -> str:
        return str(self.first) if self.first == self.last else f"{self.first}–{self.last}"


@dataclass(frozen=True, slots=True)
class PacketSet:
    """An immutable set of packets. Make one with `packets`; it is false when empty.

    Ports are those that TCP and UDP rules look at; a packet of another protocol
    counts as one that has every port.
    """

    _rows: _Rows = ()

    def __and__(self, other: PacketSet) -> PacketSet:
        return PacketSet(_combine(self._rows, other._rows, _AND))

    def __or__(self, other: PacketSet) -> PacketSet:
        return PacketSet(_combine(self._rows, other._rows, _OR))

    def __sub__(self, other: PacketSet) -> PacketSet:
        return PacketSet(_combine(self._rows, other._rows, _MINUS))

    def __bool__(self) -> bool:
        return bool(self._rows)

    def count(self) -> int:
        """How many different packets these are."""
        return _count(self._rows)

    def protocols(self) -> tuple[Interval, ...]:
        """The protocol numbers that occur."""
        return _joined((first, last) for first, last, _ in self._rows)

    def addresses(self) -> tuple[Network, ...]:
        """The remote addresses that occur, as the fewest networks."""
        found = _joined((first, last) for _, _, addresses in self._rows for first, last, _ in addresses)
        return tuple(network for interval in found for network in _networks(*interval))

    def ports(self) -> tuple[Interval, ...]:
        """The ports that occur in TCP and UDP packets; none where there are no such packets."""
        return _joined(
            (first, last)
            for lowest, highest, addresses in self._rows
            if any(lowest <= protocol <= highest for protocol in _HAVE_PORTS)
            for _, _, ports in addresses
            for first, last, _ in ports
        )

    def __str__(self) -> str:
        return "; ".join(_boxes(self._rows)) or "no packets"


def packets(
    protocols: Iterable[int] = EVERY_PROTOCOL,
    cidrs: Iterable[str] = EVERY_ADDRESS,
    ports: Iterable[tuple[int, int]] = EVERY_PORT,
) -> PacketSet:
    """The packets of any of these protocols, remote networks and port ranges (first and last).

    Of protocols that have no ports, ``ports`` is ignored. A network may have host bits
    set, as EC2 allows. Raises ValueError for a text that is no network, and for
    numbers out of range.
    """
    networks = [ipaddress.ip_network(cidr, strict=False) for cidr in cidrs]
    ranges = [Interval(*_checked(first, last, 65535)) for first, last in ports]
    with_ports = _row(map(_stretch, networks), _row(ranges, _POINT))
    without_ports = _row(map(_stretch, networks), _row(EVERY_PORT, _POINT))
    rows: list[_Slab] = []
    for protocol in sorted(set(protocols)):
        _checked(protocol, protocol, 255)
        _append(rows, protocol, protocol, with_ports if protocol in _HAVE_PORTS else without_ports)
    return PacketSet(tuple(rows))


def size(intervals: Iterable[Interval]) -> int:
    """How many numbers disjoint intervals hold."""
    return sum(interval.size for interval in intervals)


# Rows within rows: each slab is a stretch of one dimension (first, last) and what it holds in the next.
# Below the last dimension there is nothing left to tell apart but one point.
_Rows = tuple["_Slab", ...]
_Slab = tuple[int, int, _Rows]
_POINT: _Rows = ((0, 0, ()),)


class _Operation(NamedTuple):
    """Which packets a set operation keeps."""

    only_left: bool
    only_right: bool
    both: bool


_AND = _Operation(only_left=False, only_right=False, both=True)
_OR = _Operation(only_left=True, only_right=True, both=True)
_MINUS = _Operation(only_left=True, only_right=False, both=False)


def _combine(left: _Rows, right: _Rows, keep: _Operation) -> _Rows:
    if left == right:
        return left if keep.both else ()
    if not right:
        return left if keep.only_left else ()
    if not left:
        return right if keep.only_right else ()
    if not keep.only_right and (left[-1][1] < right[0][0] or right[-1][1] < left[0][0]):  # they lie apart
        return left if keep.only_left else ()
    found: list[_Slab] = []
    for first, last, mine, other in _side_by_side(left, right):
        _append(found, first, last, _combine(mine, other, keep))
    return tuple(found)


def _side_by_side(left: _Rows, right: _Rows) -> Iterator[tuple[int, int, _Rows, _Rows]]:
    """Cut two rows at each other's edges: every stretch, with what either holds there."""
    edges = {edge for first, last, _ in (*left, *right) for edge in (first, last + 1)}
    at_left = at_right = 0
    for first, end in pairwise(sorted(edges)):
        while at_left < len(left) and left[at_left][1] < first:
            at_left += 1
        while at_right < len(right) and right[at_right][1] < first:
            at_right += 1
        yield first, end - 1, _held(left, at_left, first), _held(right, at_right, first)


def _count(rows: _Rows) -> int:
    return sum((last - first + 1) * (_count(inner) if inner else 1) for first, last, inner in rows)


def _held(rows: _Rows, at: int, number: int) -> _Rows:
    return rows[at][2] if at < len(rows) and rows[at][0] <= number else ()


def _append(rows: list[_Slab], first: int, last: int, inner: _Rows) -> None:
    """Add a slab behind the others; an empty one is left out, an equal neighbour grows."""
    if not inner:
        return
    if rows and rows[-1][1] == first - 1 and rows[-1][2] == inner:
        rows[-1] = (rows[-1][0], last, inner)
    else:
        rows.append((first, last, inner))


def _row(intervals: Iterable[tuple[int, int]], inner: _Rows) -> _Rows:
    return tuple((first, last, inner) for first, last in _joined(intervals) if inner)


def _joined(intervals: Iterable[tuple[int, int]]) -> tuple[Interval, ...]:
    """The same numbers in ascending intervals that neither meet nor touch."""
    found: list[Interval] = []
    for first, last in sorted(intervals):
        if found and first <= found[-1].last + 1:
            found[-1] = Interval(found[-1].first, max(last, found[-1].last))
        else:
            found.append(Interval(first, last))
    return tuple(found)


def _checked(first: int, last: int, highest: int) -> tuple[int, int]:
    if not 0 <= first <= last <= highest:
        raise ValueError(f"{first}–{last} is no range within 0–{highest}")
    return first, last


def _stretch(network: Network) -> tuple[int, int]:
    """Where a network lies on the line of addresses."""
    offset = _IPV6_BEGINS if network.version == 6 else 0
    return int(network.network_address) + offset, int(network.broadcast_address) + offset


def _networks(first: int, last: int) -> Iterator[Network]:
    """The fewest networks that make up a stretch of the line of addresses, which is all of one family."""
    if first < _IPV6_BEGINS:
        return ipaddress.summarize_address_range(ipaddress.IPv4Address(first), ipaddress.IPv4Address(last))
    return ipaddress.summarize_address_range(
        ipaddress.IPv6Address(first - _IPV6_BEGINS), ipaddress.IPv6Address(last - _IPV6_BEGINS)
    )


def _boxes(rows: _Rows) -> Iterator[str]:
    for lowest, highest, addresses in rows:
        protocol = _NAMES.get(lowest) if lowest == highest else None
        name = protocol or f"protocol {Interval(lowest, highest)}"
        for first, last, ports in addresses:
            networks = ", ".join(map(str, _networks(first, last)))
            yield f"{name} {networks} ports {', '.join(str(Interval(start, end)) for start, end, _ in ports)}"
