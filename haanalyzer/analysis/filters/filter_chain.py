"""What an ordered list of filter rules does to packets, where not everything about the rules is known.

A rule *may* decide a packet when it may match it and no rule that surely comes
before surely matches it. What every rule that may decide denies, is denied in every
deployment; what they all allow, is allowed in every one; about the rest nothing is said.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from haanalyzer.analysis.filters.packets import (
    EVERY_ADDRESS,
    EVERY_PORT,
    EVERY_PROTOCOL,
    ICMP,
    ICMPV6,
    TCP,
    UDP,
    PacketSet,
    packets,
)
from haanalyzer.values import Truth

EVERY_PACKET = packets()
NO_PACKET = PacketSet()


@dataclass(frozen=True, slots=True, kw_only=True)
class FilterEntry:
    """One rule of a filter: a lower ``number`` is asked first (None: not known), ``allows`` is NO for a deny.

    It surely matches ``least`` and surely nothing outside ``most``. A rule that may
    not exist has an empty ``least``, and so has one that stands for an unknown number
    of rules. ``origin`` is whatever the caller wants back as evidence.
    """

    number: int | None
    allows: Truth
    least: PacketSet
    most: PacketSet
    origin: object = None

    @property
    def is_known(self) -> bool:
        """Whether nothing about the rule is left open."""
        return self.number is not None and self.allows is not Truth.MAYBE and self.least == self.most


UNSEEN = FilterEntry(number=None, allows=Truth.MAYBE, least=NO_PACKET, most=EVERY_PACKET)
"""Stands for rules that may exist and cannot be seen."""


class Decision(NamedTuple):
    """The packets that an entry may decide; ``entry`` is None for the deny that ends every filter (``*``)."""

    entry: FilterEntry | None
    packets: PacketSet

    @property
    def allows(self) -> Truth:
        return Truth.NO if self.entry is None else self.entry.allows


class FilterChain:
    """The rules of one direction of a network ACL: the first that matches decides, and what none matches is denied.

    The order of ``entries`` does not matter. A chain that is not ``complete`` may hold
    rules that cannot be seen, with any number, so nothing is sure about it. EC2 rejects two
    rules of one number; should they occur, either may come first.
    """

    def __init__(self, entries: Iterable[FilterEntry], *, complete: bool = True) -> None:
        self.entries = (*entries,) if complete else (*entries, UNSEEN)
        times = Counter(entry.number for entry in self.entries)
        self._repeated = {number for number, count in times.items() if count > 1}
        self._numbered = [
            [entry for entry in self.entries if entry.number == number]
            for number in sorted(number for number in times if number is not None)
        ]
        self._unnumbered = [entry for entry in self.entries if entry.number is None]

    def deciding(self, packets: PacketSet) -> list[Decision]:
        """Who may decide these packets, and which of them; entries that decide none are left out.

        The entries come in the order they are asked, those of unknown number behind them,
        the final deny last. Where all entries are known the parts are disjoint and exact.
        """
        found: list[Decision] = []
        remaining = packets
        for same_number in self._numbered:
            decided = [Decision(entry, remaining & entry.most) for entry in same_number]
            found += decided
            for entry, matched in decided:
                if entry and matched:
                    remaining -= entry.least
            if not remaining:
                break
        for entry in self._unnumbered:
            found.append(Decision(entry, packets & entry.most))
            remaining -= entry.least
        found.append(Decision(None, remaining))
        return [decision for decision in found if decision.packets]

    def surely_denied(self, packets: PacketSet) -> PacketSet:
        """Those of the packets that are denied whatever the unknowns turn out to be."""
        return _without(packets, (part for part in self.deciding(packets) if part.allows is not Truth.NO))

    def surely_allowed(self, packets: PacketSet) -> PacketSet:
        """Those of the packets that are allowed whatever the unknowns turn out to be."""
        return _without(packets, (part for part in self.deciding(packets) if part.allows is not Truth.YES))

    def blocking(self, packets: PacketSet) -> list[FilterEntry]:
        """The entries that keep some of these packets from being surely denied or surely allowed."""
        unsure = packets - self.surely_denied(packets) - self.surely_allowed(packets)
        return [
            entry
            for entry, _ in self.deciding(unsure)
            if entry is not None and (not entry.is_known or entry.number in self._repeated)
        ]


def bounds(
    protocol: int | None,
    cidr: str | None,
    ports: tuple[int, int] | None,
    *,
    within: tuple[str, ...] = EVERY_ADDRESS,
    every_icmp_type: bool = True,
) -> tuple[PacketSet, PacketSet]:
    """The packets a network ACL's rule surely matches, and those it may match.

    None stands for what is not known. Protocol -1 is every protocol, with every port;
    ports count for TCP and UDP only. ``within`` holds the
    addresses an unknown ``cidr`` may have, such as ``::/0``. A rule for some ICMP type or code, or an unknown
    one, has ``every_icmp_type`` false: it matches a part that is not modelled. What EC2
    would reject (no network, a range that runs backwards) counts as not known.
    """
    by_port = protocol in (TCP, UDP)
    whole = protocol is not None and cidr is not None and (ports is not None or not by_port)
    if protocol in (ICMP, ICMPV6):
        whole = whole and every_icmp_type
    try:
        most = packets(
            EVERY_PROTOCOL if protocol in (None, -1) else [protocol],
            within if cidr is None else [cidr],
            [ports] if by_port and ports is not None else EVERY_PORT,
        )
    except ValueError:
        return NO_PACKET, packets(cidrs=within)
    return (most if whole else NO_PACKET), most


def _without(packets: PacketSet, parts: Iterable[Decision]) -> PacketSet:
    for part in parts:
        packets -= part.packets
    return packets
