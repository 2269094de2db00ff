"""A network ACL lets connections through and drops their answers.

Network ACLs are stateless: the answer to a connection must be let through by a
rule of its own, at the ephemeral port of whoever opened the connection. Which
ports those are follows from who talks: NAT gateways, load balancers and Lambda
functions use 1024–65535, Linux 32768–60999, Windows 49152–65535. The range
32768–65535 of AWS's own sample therefore drops about half of what a NAT gateway
is answered. The rules are evaluated exactly: in order of number, first match, IPv4
and IPv6 apart, and what no rule matches is denied.

Connections are those to ports below 1024 and to ports that a rule names by itself
or in a short range; wide ranges above are taken for answers. UDP counts where a
rule names it. Pinholes that deny rules cut into the range, up to the share that the
parameter tolerates, are taken as meant. An ACL in force for no subnet is not judged,
and of clients on the internet only what Linux and Windows themselves use is demanded.

How to mend
    Allow 1024–65535 in the direction of the answers, from or to the addresses the
    connections are opened with, and put denials of single ports at lower numbers.

See also
    https://docs.aws.amazon.com/vpc/latest/userguide/custom-network-acl.html#nacl-ephemeral-ports
    https://docs.aws.amazon.com/vpc/latest/userguide/vpc-network-acls.html
"""

from __future__ import annotations

from collections.abc import Iterator

from haanalyzer.analysis.connections import SHORT_RANGE, Connections, answers_to, connections_through, services
from haanalyzer.analysis.ephemeral_ports import Talker, talkers_in
from haanalyzer.analysis.filter_chain import EVERY_PACKET
from haanalyzer.analysis.network_acls import AclRules, rules_of, subnets_of
from haanalyzer.analysis.packets import TCP, UDP, PacketSet, packets, size
from haanalyzer.graph import Resource, ResourceGraph
from haanalyzer.rules.kit import Severity, Step, Verdict, failed, passed, rule, undecided
from haanalyzer.source.span import Span
from haanalyzer.values import Blocker


@rule("HA201", kinds=("network_acl",), severity=Severity.ERROR)
def dropped_return_traffic(acl: Resource, graph: ResourceGraph, *, tolerated_share: float = 0.01) -> Iterator[Verdict]:
    subnets = subnets_of(acl, graph)
    if not subnets.must and not subnets.outside:
        if subnets.may or subnets.open:
            unsure = [Blocker(each.address, each.place, "may be associated") for each in subnets.may]
            yield undecided(acl, (*subnets.blockers, *unsure))
        return
    rules = rules_of(acl, graph)
    if all(chain.surely_denied(EVERY_PACKET) == EVERY_PACKET for chain in (rules.ingress, rules.egress)):
        yield _lets_nothing_through(acl, talkers_in(subnets.must, graph), rules)
        return
    verdicts: dict[tuple[str, str], Verdict] = {}
    for case in connections_through(acl, subnets.must, rules, graph):
        verdict = _judge(acl, case, rules, tolerated_share)
        known = verdicts.get((case.direction, case.talker.who))
        if verdict is not None and (known is None or known.outcome != "fail"):
            verdicts[case.direction, case.talker.who] = verdict
    yield from verdicts.values() or (passed(acl, part="no connections"),)


def _lets_nothing_through(acl: Resource, talkers: list[Talker], rules: AclRules) -> Verdict:
    if not talkers:
        return passed(acl, part="everything")
    named = ", ".join(talker.resource.address for talker in talkers if talker.resource)
    return failed(
        acl,
        f"{acl.address} drops everything in and out of its subnets: {named} reaches nothing, and nothing reaches it",
        part="everything",
        evidence=[step for talker in talkers for step in talker.steps],
        assuming=rules.assuming,
    )


def _judge(acl: Resource, case: Connections, rules: AclRules, tolerated_share: float) -> Verdict | None:
    """A verdict on one case, None where the ACL lets no such connection through."""
    asked = services(case.opening) & case.remote
    opened = case.opening.surely_allowed(asked)
    perhaps = asked - case.opening.surely_denied(asked)
    if not perhaps:
        return None
    needed = answers_to(opened, case.talker.surely)
    lost = case.answering.surely_denied(needed)
    if case.sure and lost.count() > tolerated_share * needed.count():
        return _failure(acl, case, opened, lost, rules)
    possibly = answers_to(perhaps, case.talker.possibly)
    unsure = possibly - case.answering.surely_allowed(possibly)
    if unsure.count() <= tolerated_share * possibly.count():
        return passed(acl, part=case.part, assuming=rules.assuming)
    unknown = rules.blockers([*case.opening.blocking(asked), *case.answering.blocking(possibly)])
    nobody = Blocker(
        case.talker.who,
        acl.place,
        f"which of the ports {case.talker.possibly} it is answered at, or whether it is there",
    )
    return undecided(acl, unknown or (nobody,), part=case.part)


def _failure(acl: Resource, case: Connections, opened: PacketSet, lost: PacketSet, rules: AclRules) -> Verdict:
    share = size(lost.ports()) / case.talker.surely.size
    ports = " and ".join(map(str, lost.ports()))
    where, dropping = _what_drops(acl, case, lost)
    opening = [part.entry.origin for part in case.opening.deciding(opened) if part.entry]
    to_or_from = "to" if case.direction == "in" else "from"
    return failed(
        acl,
        f"{acl.address} drops {_percent(share)} of the ports {case.talker.who} answers from: "
        f"{ports}, {to_or_from} {_networks(lost)}",
        at=where,
        part=case.part,
        evidence=[
            *case.talker.steps,
            *(
                Step(each.place, f"{each.address} lets the connection {case.direction}")
                for each in opening
                if isinstance(each, Resource)
            ),
            dropping,
        ],
        assuming=rules.assuming,
        severity=None if share == 1 else Severity.WARNING,
    )


def _percent(share: float) -> str:
    """Rounded, but never to all or nothing."""
    return f"{min(99, max(1, round(share * 100)))} %" if share < 1 else "100 %"


def _networks(lost: PacketSet) -> str:
    """The addresses, or the widest of many."""
    found = sorted(lost.addresses(), key=lambda network: (network.prefixlen, network))
    few = ", ".join(map(str, found[:2]))
    return few if len(found) <= 2 else f"{few} and {len(found) - 2} more networks"


def _what_drops(acl: Resource, case: Connections, lost: PacketSet) -> tuple[Span, Step]:
    """The rule that drops the answers; where none does, the rule that lets too few of them through, else the ACL."""
    for entry, _ in case.answering.deciding(lost):
        if entry is not None and isinstance(entry.origin, Resource):
            dropper = entry.origin
            return dropper.place_of("action"), Step(dropper.place, f"{dropper.address} denies the answers")
    implicit = Step(acl.place, f"no rule of {acl.address} allows the answers, so its last one ('*') denies them")
    around = packets([TCP, UDP], map(str, lost.addresses()), [(1, 65535)])
    for entry, allowed in case.answering.deciding(around):
        if entry is not None and isinstance(entry.origin, Resource) and size(allowed.ports()) > SHORT_RANGE:
            return entry.origin.place_of("from_port"), implicit
    return acl.place, implicit
