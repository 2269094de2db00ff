"""Network ACLs on the way between two subnets: whether connections come through, and their answers back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from haanalyzer.analysis.answers import doubts_about
from haanalyzer.analysis.filters.addresses import IPV4, network
from haanalyzer.analysis.filters.ephemeral_ports import UNPRIVILEGED
from haanalyzer.analysis.filters.filter_chain import FilterChain
from haanalyzer.analysis.filters.network_acls import AclRules, rules_of
from haanalyzer.analysis.filters.packets import PacketSet
from haanalyzer.analysis.filters.passage import Passage, in_a_row
from haanalyzer.analysis.filters.services import answers_to
from haanalyzer.finding import Step
from haanalyzer.graph import Resource, ResourceGraph
from haanalyzer.graph.links import all_links
from haanalyzer.source.span import Span
from haanalyzer.values import Blocker, Truth


@dataclass(frozen=True, slots=True)
class AclInForce:
    """The network ACL of a subnet; None is the default one of its VPC, untouched, which allows everything.

    ``blockers`` say why it may be another.
    """

    acl: Resource | None
    blockers: tuple[Blocker, ...] = ()


def acl_of(subnet: Resource, graph: ResourceGraph) -> AclInForce:
    """The network ACL in force for a subnet: the one that is associated with it, else its VPC's default one.

    A subnet has one at a time, so who else may be associated is not asked where one surely is.
    """
    associations = graph.sources(subnet, "network_acl_association", "subnet")
    sure = [graph.targets(each, "network_acl") for each in associations.must]
    unsure = [graph.targets(each, "network_acl") for each in associations.may if each not in associations.must]
    direct = graph.sources(subnet, "network_acl", "subnets")
    found = all_links((direct, *sure, *(replace(links, must=()) for links in unsure)))
    if len(found.must) == 1:
        (named,) = found.must
        return AclInForce(named) if named.kind == "network_acl" else _default_acl(subnet, named, graph)
    acls = [each for each in found.may if each.kind == "network_acl"]
    doubts = (*associations.open, *found.blockers)
    if found.may or found.outside or doubts:
        return AclInForce(None, doubts or _perhaps(acls) or _elsewhere(subnet))
    return _default_acl(subnet, next(iter(graph.targets(subnet, "vpc").must), None), graph)


def _default_acl(subnet: Resource, vpc: Resource | None, graph: ResourceGraph) -> AclInForce:
    if vpc is None or str(vpc["is_default"]) == "true":
        return AclInForce(None, _elsewhere(subnet))
    adopted = graph.sources(vpc, "network_acl", "default_of")
    if len(adopted.must) == 1:
        return AclInForce(adopted.must[0])
    entries = graph.sources(vpc, "network_acl_entry", "network_acl")
    unsure = (*adopted.blockers, *entries.blockers, *_perhaps([*adopted.may, *entries.may]))
    return AclInForce(None, tuple(dict.fromkeys(unsure)))


def _perhaps(acls: list[Resource]) -> tuple[Blocker, ...]:
    return tuple(doubt for acl in acls for doubt in doubts_about(acl, "may be in force"))


def _elsewhere(subnet: Resource) -> tuple[Blocker, ...]:
    return (Blocker(subnet.address, subnet.place, "follows a network ACL that is not declared here"),)


def addresses_in(subnet: Resource) -> PacketSet:
    """All IPv4 addresses that someone in a subnet may have."""
    return network(subnet["cidr"]) or IPV4


def between(source: Resource, target: Resource, asked: PacketSet, graph: ResourceGraph) -> Passage:
    """Whether connections come through from one subnet into another, and their answers back.

    ``asked`` are the packets that open them, whatever the addresses; answers go to ports 1024-65535.
    """
    if source is target:
        return Passage(Truth.YES)
    out, into = asked & addresses_in(target), asked & addresses_in(source)
    ends = (graph.once(acl_of, source), graph.once(acl_of, target))
    leaving, entering = (graph.once(rules_of, end.acl) if end.acl else None for end in ends)
    doubts = tuple(blocker for end in ends for blocker in end.blockers)
    crossings = [
        *_crossing(ends[0], leaving, "egress", out, f"drops what leaves {source.address} for {target.address}"),
        *_crossing(ends[1], entering, "ingress", into, f"drops what enters {target.address} from {source.address}"),
        *_crossing(
            ends[1], entering, "egress", answers_to(into, UNPRIVILEGED), f"drops the answers to {source.address}"
        ),
        *_crossing(
            ends[0], leaving, "ingress", answers_to(out, UNPRIVILEGED), f"drops the answers from {target.address}"
        ),
    ]
    return in_a_row(crossings, doubts)


def into(target: Resource, asked: PacketSet, graph: ResourceGraph) -> Passage:
    """Whether connections from anywhere come through into a subnet, and their answers back."""
    end = graph.once(acl_of, target)
    rules = graph.once(rules_of, end.acl) if end.acl else None
    answers = answers_to(asked, UNPRIVILEGED)
    crossings = [
        *_crossing(end, rules, "ingress", asked, f"drops what enters {target.address}"),
        *_crossing(end, rules, "egress", answers, f"drops the answers of {target.address}"),
    ]
    return in_a_row(crossings, end.blockers)


def _crossing(end: AclInForce, rules: AclRules | None, direction: str, asked: PacketSet, why: str) -> Iterator[Passage]:
    if end.acl is None or end.blockers or rules is None:
        return
    chain = rules.egress if direction == "egress" else rules.ingress
    assuming = rules.assuming
    if chain.surely_denied(asked) == asked:
        steps = _steps(end.acl, chain, asked)
        yield Passage(
            Truth.NO, f"{end.acl.address} {why}", _written_at(end.acl, chain, asked), steps, assuming=assuming
        )
    elif chain.surely_allowed(asked) == asked:
        yield Passage(Truth.YES, assuming=assuming)
    else:
        partly = Blocker(end.acl.address, end.acl.place, "lets a part of these packets through")
        yield Passage(Truth.MAYBE, blockers=rules.blockers(chain.blocking(asked)) or (partly,), assuming=assuming)


def _steps(acl: Resource, chain: FilterChain, asked: PacketSet) -> tuple[Step, ...]:
    origins = [decision.entry.origin if decision.entry else None for decision in chain.deciding(asked)]
    denying = [each for each in origins if isinstance(each, Resource)]
    last = Step(acl.place, f"no rule of {acl.address} allows them, so its last one ('*') denies them")
    return (
        *(Step(each.place, f"{each.address} denies them") for each in denying),
        *((last,) if None in origins else ()),
    )


def _written_at(acl: Resource, chain: FilterChain, asked: PacketSet) -> Span:
    """The rule that denies it where there is one, else the ACL."""
    origins = [decision.entry.origin for decision in chain.deciding(asked) if decision.entry]
    return next((each.place_of("action") for each in origins if isinstance(each, Resource)), acl.place)
