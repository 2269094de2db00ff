"""Network ACLs: the subnets each is in force for, and its rules as filter chains."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from haanalyzer.analysis.filters.filter_chain import NO_PACKET, FilterChain, FilterEntry, bounds
from haanalyzer.analysis.filters.filter_rules import number_in, ports_of, protocol_of
from haanalyzer.graph import Links, Resource, ResourceGraph
from haanalyzer.graph.links import all_links
from haanalyzer.values import Absent, Assumption, Blocker, Known, Truth, assumptions, blockers
from haanalyzer.values.questions import is_true


@dataclass(frozen=True, slots=True)
class AclRules:
    """The rules of a network ACL in both directions, and why there may be more of them."""

    ingress: FilterChain
    egress: FilterChain
    entries: tuple[Resource, ...]
    open: tuple[Blocker, ...]

    @property
    def assuming(self) -> frozenset[Assumption]:
        values = (entry[name] for entry in self.entries for name in _DECIDING)
        return assumptions(*values).union(*(entry.existence.assuming for entry in self.entries))

    def blockers(self, entries: list[FilterEntry]) -> tuple[Blocker, ...]:
        """What is unknown of these entries, and what may be there besides."""
        found: list[Blocker] = [*self.open]
        for entry in entries:
            if isinstance(entry.origin, Resource):
                values = (entry.origin[name] for name in _DECIDING)
                whole = Blocker(
                    entry.origin.address,
                    entry.origin.place,
                    "shares its number with another rule, or holds what EC2 does not take",
                )
                found += (*entry.origin.existence.unless, *blockers(*values)) or (whole,)
        return tuple(dict.fromkeys(found))


_DECIDING = ("number", "egress", "action", "protocol", "from_port", "to_port", "cidr", "ipv6_cidr")


def rules_of(acl: Resource, graph: ResourceGraph) -> AclRules:
    """The rules of an ACL, those declared on their own and those inside it.

    A custom ACL, and a default one that Terraform adopted, starts with none.
    """
    links = _naming(acl, "network_acl_entry", graph)
    egress = {entry: is_true(entry["egress"]) for entry in links.may}
    ingress = {entry: ~truth for entry, truth in egress.items()}
    return AclRules(_chain(links, ingress), _chain(links, egress), entries=links.may, open=links.open)


def _chain(links: Links, belongs: dict[Resource, Truth]) -> FilterChain:
    entries = [
        _entry(entry, sure=truth is Truth.YES and entry in links.must)
        for entry, truth in belongs.items()
        if truth is not Truth.NO
    ]
    return FilterChain(entries, complete=not links.open)


def _entry(entry: Resource, *, sure: bool) -> FilterEntry:
    cidr, family = _cidr(entry)
    least, most = bounds(
        protocol_of(entry), cidr, ports_of(entry), within=family, every_icmp_type=_is_every_icmp(entry)
    )
    action = entry["action"]
    return FilterEntry(
        number=None if entry.existence.several else number_in(entry["number"]),
        allows=Truth.of(str(action).lower() == "allow") if isinstance(action, Known) else Truth.MAYBE,
        least=least if sure and entry.existence.certain else NO_PACKET,
        most=most,
        origin=entry,
    )


def _cidr(entry: Resource) -> tuple[str | None, tuple[str, ...]]:
    """The network a rule matches (None when unknown), and the families it may be of."""
    ipv4, ipv6 = entry["cidr"], entry["ipv6_cidr"]
    for value, other in ((ipv4, ipv6), (ipv6, ipv4)):
        if isinstance(value, Known) and str(value) and (isinstance(other, Absent) or str(other) == ""):
            return str(value), ()
    if isinstance(ipv6, Absent):
        return None, ("0.0.0.0/0",)
    return None, ("::/0",) if isinstance(ipv4, Absent) else ("0.0.0.0/0", "::/0")


def _is_every_icmp(entry: Resource) -> bool:
    return all(number_in(entry[name]) == -1 for name in ("icmp_type", "icmp_code"))


def _naming(acl: Resource, kind: str, graph: ResourceGraph) -> Links:
    """What names an ACL; a default one also goes by its VPC (``aws_vpc.main.default_network_acl_id``)."""
    owners = (acl, *graph.targets(acl, "default_of").must)
    return all_links(graph.sources(each, kind, "network_acl") for each in owners)


def subnets_of(acl: Resource, graph: ResourceGraph) -> Links:
    """The subnets an ACL is in force for: those associated with it; for a default ACL, those with no other."""
    associated = _associated(acl, graph)
    default_of = graph.targets(acl, "default_of")
    if default_of.exist is Truth.NO:
        return associated
    left = [_left_on_default(acl, vpc, graph) for vpc in default_of.must]
    elsewhere = Blocker(str(acl["default_of"]), acl.place, "a VPC that is not declared here")
    return all_links((associated, *left, Links(open=() if left else (elsewhere,))))


def _left_on_default(acl: Resource, vpc: Resource, graph: ResourceGraph) -> Links:
    claims = graph.once(_claims, graph.of_kind("network_acl")[0])
    members = graph.sources(vpc, "subnet", "vpc")
    unsure = claims.vague - {acl}
    return Links(
        must=tuple(each for each in members.must if not unsure and not claims.may[each] - {acl}),
        may=tuple(each for each in members.may if not claims.must[each] - {acl}),
        open=members.open,
    )


@dataclass(frozen=True, slots=True)
class _Claims:
    """The ACLs that a subnet surely has, those that it may have, and those that may be any subnet's."""

    must: defaultdict[Resource, set[Resource]]
    may: defaultdict[Resource, set[Resource]]
    vague: frozenset[Resource]


def _claims(_: Resource, graph: ResourceGraph) -> _Claims:
    """Of all ACLs; asked of one of them for all."""
    must: defaultdict[Resource, set[Resource]] = defaultdict(set)
    may: defaultdict[Resource, set[Resource]] = defaultdict(set)
    vague = set()
    for acl in graph.of_kind("network_acl"):
        links = _associated(acl, graph)
        for found, subnets in ((must, links.must), (may, links.may)):
            for subnet in subnets:
                found[subnet].add(acl)
        if not links.complete:
            vague.add(acl)
    return _Claims(must, may, frozenset(vague))


def _associated(acl: Resource, graph: ResourceGraph) -> Links:
    associations = _naming(acl, "network_acl_association", graph)
    sure = [graph.targets(each, "subnet") for each in associations.must]
    unsure = [graph.targets(each, "subnet") for each in associations.may if each not in associations.must]
    possible = [Links(may=links.may, open=links.blockers) for links in unsure]
    return all_links((graph.targets(acl, "subnets"), Links(open=associations.open), *sure, *possible))
