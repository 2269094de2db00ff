"""A network ACL lets connections through and drops their answers.

Network ACLs are stateless: the answer to a connection must be let through by a
rule of its own, at the ephemeral port of whoever opened the connection. Which
ports those are follows from who talks: NAT gateways, load balancers and Lambda
functions use 1024–65535, Linux 32768–60999, Windows 49152–65535. The range
32768–65535 of AWS's own sample therefore drops about half of what a NAT gateway
is answered. The rules are evaluated exactly: in order of number, first match, IPv4
and IPv6 apart, and what no rule matches is denied.

Connections are those to ports below 1024 and to ports that a rule names by itself
or in a short range; wide ranges above are taken for answers. UDP counts where a rule
names it, but for DNS (Amazon's resolver is not filtered) and for NTP and IKE where
the same port is open both ways. Of hosts that are not declared, only connections to
ports that a rule names are taken for granted. A TCP service that a rule names and lets
in, and whose answers are dropped altogether, is a flaw whoever it is for. Pinholes that
deny rules cut into the range, up to the share that the parameter tolerates, are taken as
meant. An ACL in force for no subnet is not judged, and of clients on the internet only
what Linux and Windows themselves use is demanded.

How to mend
    Allow 1024–65535 in the direction of the answers, from or to the addresses the
    connections are opened with, and put denials of single ports at lower numbers.

See also
    https://docs.aws.amazon.com/vpc/latest/userguide/custom-network-acl.html#nacl-ephemeral-ports
    https://docs.aws.amazon.com/vpc/latest/userguide/vpc-network-acls.html
"""

from __future__ import annotations

from collections.abc import Iterator

from haanalyzer.analysis.filters.connections import connections_through
from haanalyzer.analysis.filters.ephemeral_ports import talkers_in
from haanalyzer.analysis.filters.filter_chain import EVERY_PACKET
from haanalyzer.analysis.filters.lost_answers import Loss, answers_lost
from haanalyzer.analysis.filters.network_acls import AclRules, rules_of, subnets_of
from haanalyzer.analysis.filters.packets import TCP, packets
from haanalyzer.graph import Links, Resource, ResourceGraph
from haanalyzer.rules.kit import Severity, Verdict, failed, passed, rule, undecided
from haanalyzer.source.span import Span
from haanalyzer.values import Blocker, Truth


@rule(
    "HA201",
    kinds=("network_acl",),
    severity=Severity.ERROR,
    systems=("Network ACL",),
    like=("deny-all-breaks-service",),
)
def dropped_return_traffic(acl: Resource, graph: ResourceGraph, *, tolerated_share: float = 0.01) -> Iterator[Verdict]:
    subnets = subnets_of(acl, graph)
    if subnets.exist is Truth.NO:
        return
    rules = rules_of(acl, graph)
    if all(chain.surely_denied(EVERY_PACKET) == EVERY_PACKET for chain in (rules.ingress, rules.egress)):
        yield _lets_nothing_through(acl, subnets, rules, graph)
        return
    losses: dict[tuple[str, Span], Loss] = {}
    unsure: list[Blocker] = []
    for case in connections_through(acl, subnets, rules, graph):
        for found in answers_lost(acl, case, rules, tolerated_share):
            if isinstance(found, Blocker):
                unsure.append(found)
            else:
                known = losses.get((case.way.name, found.at), found)
                losses[case.way.name, found.at] = max(known, found, key=lambda loss: loss.share)
    if losses:
        yield from (_failure(acl, loss, rules) for loss in losses.values())
    elif unsure:
        yield undecided(acl, unsure)
    else:
        yield passed(acl, assuming=rules.assuming)


def _lets_nothing_through(acl: Resource, subnets: Links, rules: AclRules, graph: ResourceGraph) -> Verdict:
    talkers = talkers_in(subnets, graph)
    sure = [talker for talker in talkers if not talker.unless]
    if not sure:
        unsure = [blocker for talker in talkers for blocker in talker.unless]
        return undecided(acl, unsure) if unsure else passed(acl)
    named = ", ".join(talker.resource.address for talker in sure if talker.resource)
    return failed(
        acl,
        f"{acl.address} drops everything in and out of its subnets: {named} reaches nothing, and nothing reaches it",
        evidence=[step for talker in sure for step in talker.steps],
        assuming=rules.assuming,
    )


def _failure(acl: Resource, loss: Loss, rules: AclRules) -> Verdict:
    case = loss.case
    return failed(
        acl,
        f"{acl.address} drops {_percent(loss.share)} of the ports {case.talker.who} {case.talker.verb}: {_what(loss)}",
        at=loss.at,
        part=case.part,
        evidence=loss.steps,
        assuming=rules.assuming | case.assuming,
        severity=None if loss.share == 1 else Severity.WARNING,
    )


def _percent(share: float) -> str:
    """Rounded, but never to all or nothing."""
    return f"{min(99, max(1, round(share * 100)))}%" if share < 1 else "100%"


def _what(loss: Loss) -> str:
    """``1024–32767, from IPv4 addresses outside the VPC``."""
    udp_only = "" if loss.lost & packets([TCP]) else "UDP "
    to_or_from = "to" if loss.case.way.name == "in" else "from"
    return f"{udp_only}{' and '.join(map(str, loss.lost.ports()))}, {to_or_from} {_where(loss)}"


def _where(loss: Loss) -> str:
    """The networks, or the region of the world where they are many."""
    found = sorted(map(str, loss.lost.addresses()))
    if len(found) <= 2:
        return " and ".join(found)
    return f"{'IPv6' if ':' in found[0] else 'IPv4'} addresses {loss.case.peers}"
