"""Answers to connections that a network ACL drops, and the rule that drops them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from haanalyzer.analysis.filters.connections import Connections
from haanalyzer.analysis.filters.ephemeral_ports import Talker
from haanalyzer.analysis.filters.filter_chain import FilterEntry
from haanalyzer.analysis.filters.network_acls import AclRules
from haanalyzer.analysis.filters.packets import TCP, UDP, PacketSet, packets, size
from haanalyzer.analysis.filters.services import SHORT_RANGE, answers_to
from haanalyzer.finding import Step
from haanalyzer.graph import Resource
from haanalyzer.source.span import Span
from haanalyzer.values import Blocker, Truth


@dataclass(frozen=True, slots=True)
class Loss:
    """Answers that are surely dropped, the line that makes it so, and the chain that shows it."""

    case: Connections
    lost: PacketSet
    at: Span
    steps: tuple[Step, ...]

    @property
    def share(self) -> float:
        """How much of the talker's ports is lost."""
        return size(self.lost.ports()) / self.case.talker.possibly.size


def answers_lost(acl: Resource, case: Connections, rules: AclRules, tolerated_share: float) -> Iterator[Loss | Blocker]:
    """What one case loses, and what keeps it from being told; nothing when its answers come through.

    What each rule opens is held against its own answers, for the tolerated share is of those.
    """
    surely_opened = case.way.opening.surely_allowed(case.asked.surely)
    for entry, perhaps in case.way.opening.deciding(case.asked.possibly):
        if entry is None or entry.allows is Truth.NO:
            continue
        opened = surely_opened & perhaps
        needed = answers_to(opened, case.talker.surely)
        possibly = answers_to(perhaps, case.talker.possibly)
        if case.at_any_port and case.way.answering.surely_allowed(possibly):
            continue
        denied = case.way.answering.surely_denied(needed)
        enough = not case.at_any_port or denied == needed
        if enough and not case.unless and denied.count() > tolerated_share * possibly.count():
            lost = case.way.answering.surely_denied(answers_to(opened, case.talker.possibly))
            yield _loss(acl, case, entry, lost)
        elif (possibly - case.way.answering.surely_allowed(possibly)).count() > tolerated_share * needed.count():
            unknown = rules.blockers([*case.way.opening.blocking(perhaps), *case.way.answering.blocking(possibly)])
            yield from (*unknown, *case.unless) or (_unknown_talker(acl, case.talker),)


def _unknown_talker(acl: Resource, talker: Talker) -> Blocker:
    there = "" if talker.resource else "whether it is there, and "
    return Blocker(talker.who, acl.place, f"{there}which of the ports {talker.possibly} it is answered at")


def _loss(acl: Resource, case: Connections, opening: FilterEntry, lost: PacketSet) -> Loss:
    """The loss at the addresses for which most is dropped, so that one that is blocked besides does not count."""
    dropper, most = max(case.way.answering.deciding(lost), key=lambda decision: decision.packets.count())
    lost &= packets(cidrs=map(str, most.addresses()))
    at, dropping = _what_drops(acl, case, dropper, lost)
    opened = _steps(opening, f"lets the connection {case.way.name}")
    return Loss(case, lost, at, (*case.talker.steps, *opened, *dropping))


def _what_drops(
    acl: Resource, case: Connections, dropper: FilterEntry | None, lost: PacketSet
) -> tuple[Span, tuple[Step, ...]]:
    """The rule that drops the answers; where none does, the rule that lets too few through, else the ACL."""
    if dropper is not None and isinstance(dropper.origin, Resource):
        return dropper.origin.place_of("action"), _steps(dropper, "denies the answers")
    last = Step(acl.place, f"no rule of {acl.address} allows the answers, so its last one ('*') denies them")
    around = packets([TCP, UDP], map(str, lost.addresses()), [(1, 65535)])
    for entry, allowed in case.way.answering.deciding(around):
        if entry and isinstance(entry.origin, Resource) and _allows_range(entry, allowed):
            too_few = _steps(entry, f"allows no more than {_protocols(allowed)} {_ports(allowed)}")
            wrong_ports = lost.ports() != (lost & packets(ports=allowed.ports())).ports()
            return entry.origin.place_of("from_port" if wrong_ports else "protocol"), (*too_few, last)
    return acl.place, (last,)


def _allows_range(entry: FilterEntry, decided: PacketSet) -> bool:
    return entry.allows is Truth.YES and size(decided.ports()) > SHORT_RANGE


def _steps(entry: FilterEntry, what: str) -> tuple[Step, ...]:
    origin = entry.origin
    return (Step(origin.place, f"{origin.address} {what}"),) if isinstance(origin, Resource) else ()


def _protocols(some: PacketSet) -> str:
    return " and ".join(name for name, number in (("TCP", TCP), ("UDP", UDP)) if some & packets([number]))


def _ports(some: PacketSet) -> str:
    return " and ".join(map(str, some.ports()))
