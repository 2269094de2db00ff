"""Security groups: what they let in and out of their members, as sets of packets to or from one peer.

They are stateful, so answers always pass, and they only allow: a packet passes when any rule of any of
the groups in force lets it through.
Source: Amazon VPC User Guide, "Control traffic to your AWS resources using security groups".
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import reduce

from haanalyzer.analysis.filters.addresses import EVERYWHERE, IPV4, IPV6, NOWHERE, Addresses, network
from haanalyzer.analysis.filters.filter_chain import bounds
from haanalyzer.analysis.filters.filter_rules import ports_of, protocol_of
from haanalyzer.analysis.filters.packets import PacketSet
from haanalyzer.graph import Links, Resource, ResourceGraph
from haanalyzer.graph.links import NO_LINKS, all_links
from haanalyzer.values import (
    Absent,
    Assumption,
    Blocker,
    Choice,
    Known,
    ListValue,
    Truth,
    Value,
    any_of,
    assumptions,
    blockers,
    same,
)
from haanalyzer.values.questions import is_true


@dataclass(frozen=True, slots=True)
class Peer:
    """The other end: the security groups it is a member of, and all addresses that it may have."""

    groups: Links
    addresses: PacketSet


@dataclass(frozen=True, slots=True)
class Admission:
    """What some security groups let through between their members and one peer.

    ``surely`` passes in every deployment, and nothing but ``possibly`` in any. ``rules`` are those
    of the direction; ``open`` says why there may be others.
    """

    surely: PacketSet
    possibly: PacketSet
    rules: tuple[RuleFor, ...]
    open: tuple[Blocker, ...]

    def passes(self, asked: PacketSet) -> Truth:
        """Whether these packets pass: all of them surely, surely none, or neither."""
        if not asked - self.surely:
            return Truth.YES
        return Truth.MAYBE if asked & self.possibly else Truth.NO

    def blockers(self, asked: PacketSet) -> tuple[Blocker, ...]:
        """What keeps it from being told whether these packets pass."""
        unsure = [rule for rule in self.rules if rule.possibly & asked - rule.surely]
        return tuple(dict.fromkeys((*self.open, *(blocker for rule in unsure for blocker in rule.blockers))))

    @property
    def assuming(self) -> frozenset[Assumption]:
        return frozenset[Assumption]().union(*(rule.assuming for rule in self.rules))


@dataclass(frozen=True, slots=True)
class RuleFor:
    """A rule of a security group, what it lets through to or from one peer, and all ``services`` it is for.

    It ``is_sure`` when it is there, in force, and these services are known.
    """

    rule: Resource
    services: PacketSet
    surely: PacketSet
    possibly: PacketSet
    blockers: tuple[Blocker, ...]
    is_sure: bool

    @property
    def assuming(self) -> frozenset[Assumption]:
        return self.rule.existence.assuming | assumptions(*(self.rule[name] for name in _DECIDING))


_DECIDING = (
    "security_group",
    "egress",
    "protocol",
    "from_port",
    "to_port",
    "cidr",
    "cidrs",
    "ipv6_cidr",
    "ipv6_cidrs",
    "prefix_list",
    "prefix_lists",
    "peer_group",
    "peer_groups",
    "peer_group_name",
    "own_group",
)


def admission(groups: Links, peer: Peer, graph: ResourceGraph, *, egress: bool) -> Admission:
    """What the security groups in force for a resource let out to a peer (``egress``), or in from it."""
    surely, possibly = NOWHERE, NOWHERE
    rules: list[RuleFor] = []
    unseen = [*groups.open, *_undeclared(groups)]
    for group in groups.may:
        in_force = group in groups.must
        links = graph.once(_rules_of, group)
        unseen += links.open
        for rule in links.may:
            if (truth := is_true(rule["egress"]) if egress else ~is_true(rule["egress"])) is not Truth.NO:
                sure = in_force and truth is Truth.YES and rule in links.must
                rules.append(_rule_for(rule, group, peer, graph, sure=sure))
        if egress:
            opens = graph.once(_starts_open, group)
            surely |= EVERYWHERE if opens is Truth.YES and in_force else NOWHERE
            possibly |= NOWHERE if opens is Truth.NO else EVERYWHERE
            unseen += () if opens is not Truth.MAYBE else (_default_rule(group),)
    surely = reduce(PacketSet.__or__, (rule.surely for rule in rules), surely)
    possibly = reduce(PacketSet.__or__, (rule.possibly for rule in rules), possibly)
    return Admission(surely, EVERYWHERE if unseen else possibly, tuple(rules), tuple(dict.fromkeys(unseen)))


def _undeclared(groups: Links) -> Iterator[Blocker]:
    for value in groups.outside:
        yield Blocker(str(value), value.place, "a security group that is not declared here")


def _rules_of(group: Resource, graph: ResourceGraph) -> Links:
    """The rules of a group, wherever they are written; those of a default one may go by its VPC."""
    owners = (group, *graph.targets(group, "default_of").must)
    by_name = graph.sources(group, "security_group_rule", "security_group_name")
    return all_links([*(graph.sources(each, "security_group_rule", "security_group") for each in owners), by_name])


def _starts_open(group: Resource, graph: ResourceGraph) -> Truth:
    """Whether the rule for every destination that EC2 gives a new group is still there.

    CloudFormation leaves it out where the group has egress rules of its own. That it also goes
    with rules that are resources of their own is not written down.
    """
    if str(group["starts_with_egress"]) != "true":
        return Truth.NO
    rules = graph.once(_rules_of, group)
    others = [rule for rule in rules.may if is_true(rule["egress"]) is not Truth.NO]
    if any(rule in rules.must and _is_inline(rule) and not rule.existence.several for rule in others):
        return Truth.NO
    return Truth.MAYBE if others else Truth.YES


def _is_inline(rule: Resource) -> bool:
    return str(rule["inline"]) == "true"


def _default_rule(group: Resource) -> Blocker:
    return Blocker(group.address, group.place, "whether EC2's own egress rule is left in it")


def _rule_for(rule: Resource, group: Resource, peer: Peer, graph: ResourceGraph, *, sure: bool) -> RuleFor:
    least, most = graph.once(_services, rule)
    from_networks = graph.once(_networks_of, rule)
    member = _is_member(rule, group, peer, graph)
    surely = from_networks.surely | (EVERYWHERE if member is Truth.YES else NOWHERE)
    possibly = from_networks.possibly | (NOWHERE if member is Truth.NO else EVERYWHERE)
    certain = sure and not rule.existence.several
    unknown = blockers(*(rule[name] for name in _DECIDING if name not in _RELATIONS))
    relations = (blocker for name in _RELATIONS for blocker in graph.targets(rule, name).blockers)
    whose = peer.groups.blockers if member is Truth.MAYBE else ()
    found = (*rule.existence.unless, *unknown, *relations, *whose)
    return RuleFor(
        rule,
        most,
        least & surely if certain else NOWHERE,
        most & possibly,
        found or (Blocker(rule.address, rule.place, "whether it is for all of these packets"),),
        is_sure=certain and least == most,
    )


_RELATIONS = ("security_group", "peer_group", "peer_groups", "peer_group_name")


def _services(rule: Resource, _: ResourceGraph) -> tuple[PacketSet, PacketSet]:
    """The protocols and ports that a rule surely matches, and those it may."""
    families = [bounds(protocol_of(rule), family, ports_of(rule)) for family in ("0.0.0.0/0", "::/0")]
    least, most = (reduce(PacketSet.__or__, side) for side in zip(*families, strict=True))
    return least, most


def _networks_of(rule: Resource, _: ResourceGraph) -> Addresses:
    """The addresses a rule names; what a prefix list holds is not known."""
    found = [
        *(_networks_in(rule[name], IPV4) for name in ("cidr", "cidrs")),
        *(_networks_in(rule[name], IPV6) for name in ("ipv6_cidr", "ipv6_cidrs")),
        *(_prefixes(rule[name]) for name in ("prefix_list", "prefix_lists")),
    ]
    return _joined(found)


def _networks_in(value: Value, family: PacketSet) -> Addresses:
    match value:
        case Absent():
            return Addresses(NOWHERE, NOWHERE)
        case Known() if (known := network(value)) is not None:
            return Addresses(known, known)
        case ListValue(items=items, open=more):
            return _joined(
                (*(_networks_in(item, family) for item in items), Addresses(NOWHERE, family if more else NOWHERE))
            )
        case Choice():
            branches = [_networks_in(branch, family) for branch in (value.when_true, value.when_false)]
            return Addresses(branches[0].surely & branches[1].surely, branches[0].possibly | branches[1].possibly)
        case _:
            return Addresses(NOWHERE, family)


def _prefixes(value: Value) -> Addresses:
    empty = isinstance(value, Absent) or (isinstance(value, ListValue) and not value.items and not value.open)
    return Addresses(NOWHERE, NOWHERE if empty else EVERYWHERE)


def _joined(parts: Iterable[Addresses]) -> Addresses:
    surely, possibly = NOWHERE, NOWHERE
    for part in parts:
        surely, possibly = surely | part.surely, possibly | part.possibly
    return Addresses(surely, possibly)


def _is_member(rule: Resource, group: Resource, peer: Peer, graph: ResourceGraph) -> Truth:
    """Whether a rule is for members of a group that the peer is a member of."""
    named = [graph.targets(rule, name) for name in ("peer_group", "peer_groups", "peer_group_name")]
    return any_of([*(_shares(links, peer.groups) for links in named), _for_own(rule) & peer.groups.includes(group)])


def _shares(named: Links, groups: Links) -> Truth:
    """Whether a resource of some groups is a member of any of those that are named.

    A VPC stands for its default group, which may also be declared as one.
    """
    if named == NO_LINKS or groups == NO_LINKS:
        return Truth.NO
    by_address = [Truth.of(group in named.must) & groups.includes(group) for group in named.may]
    by_value = [same(one, other) for one in named.outside for other in groups.outside]
    if Truth.YES in (*by_address, *by_value):
        return Truth.YES
    perhaps = any(group.kind == "vpc" or groups.includes(group) is not Truth.NO for group in named.may)
    unknown = named.blockers or groups.open or Truth.MAYBE in by_value
    return Truth.MAYBE if perhaps or unknown else Truth.NO


def _for_own(rule: Resource) -> Truth:
    own = rule["own_group"]
    if isinstance(own, Absent):
        return Truth.NO
    return {"true": Truth.YES, "false": Truth.NO}.get(str(own).lower(), Truth.MAYBE)
