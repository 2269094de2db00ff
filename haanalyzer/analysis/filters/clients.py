"""Clients: whom the security groups of a database or the like admit, and who is a member of those."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from haanalyzer.analysis.filters.addresses import EVERYWHERE
from haanalyzer.analysis.filters.endpoints import TEMPLATES, Endpoint
from haanalyzer.analysis.filters.group_passage import in_past
from haanalyzer.analysis.filters.passage import Passage
from haanalyzer.analysis.filters.reachability import Service
from haanalyzer.analysis.filters.security_groups import Peer, admission
from haanalyzer.graph import Links, Resource, ResourceGraph
from haanalyzer.values import Blocker, Truth


@dataclass(frozen=True, slots=True)
class Client:
    """A member of a security group that a rule admits."""

    resource: Resource
    group: Resource
    rule: Resource


def is_admitted_at(target: Endpoint, service: Service, graph: ResourceGraph) -> Passage:
    """Whether the security groups of a resource admit anyone at all at a service of its.

    Where they have no rule for what comes in, it is not told who is meant.
    """
    resource = target.resource
    somebody = Peer(Links(open=(Blocker(resource.address, resource.place, "who connects to it"),)), EVERYWHERE)
    groups = target.groups or Links()
    found = admission(groups, somebody, graph, egress=False)
    if not found.rules and not found.open:
        nobody = (Blocker(each.address, each.place, "whom it is to admit is not declared here") for each in groups.may)
        return Passage(Truth.MAYBE, blockers=tuple(nobody))
    way = in_past(groups, somebody, service.over_any_family, graph, whence="from anybody")
    if way.truth is not Truth.MAYBE:
        return way
    if any(rule.is_sure and not service.packets - rule.services for rule in found.rules):
        return Passage(Truth.YES, assuming=way.assuming)
    known = tuple(blocker for blocker in way.blockers if blocker not in somebody.groups.open)
    return replace(way, blockers=(*service.blockers, *known) or way.blockers)


_MEMBERS = (
    ("instance", "security_groups"),
    ("instance", "security_group_names"),
    ("instance", "network_interfaces.security_groups"),
    ("ecs_service", "security_groups"),
    ("lambda_function", "security_groups"),
)
_TEMPLATES = (
    ("launch_template", "security_groups"),
    ("launch_template", "security_group_names"),
    ("launch_template", "network_interfaces.security_groups"),
    ("launch_configuration", "security_groups"),
)


def clients_of(target: Endpoint, services: list[Service], graph: ResourceGraph) -> list[Client]:
    """The members of the groups that surely are admitted, one by one, at one of these services."""
    found = [
        Client(member, group, rule)
        for rule, group in _admitted(target, services, graph)
        for member in _members(group, graph)
        if member is not target.resource
    ]
    return list({(client.resource, client.group): client for client in found}.values())


def others_admitted(target: Endpoint, services: list[Service], graph: ResourceGraph) -> tuple[Blocker, ...]:
    """Who may be a client besides those that surely are."""
    groups = dict.fromkeys(group for _, group in _admitted(target, services, graph))
    return tuple(dict.fromkeys(blocker for group in groups for blocker in others_in(group, graph)))


def _admitted(target: Endpoint, services: list[Service], graph: ResourceGraph) -> Iterator[tuple[Resource, Resource]]:
    """The rules that surely admit a security group at one of these services, each with that group."""
    somebody = Peer(Links(), EVERYWHERE)
    for each in admission(target.groups or Links(), somebody, graph, egress=False).rules:
        if each.is_sure and any(each.services & service.packets for service in services):
            for relation in ("peer_group", "peer_groups"):
                for group in graph.targets(each.rule, relation).must:
                    if group.kind == "security_group":
                        yield each.rule, group


def others_in(group: Resource, graph: ResourceGraph) -> tuple[Blocker, ...]:
    """Who may be a member of a security group besides those that surely are."""
    found = [graph.sources(group, kind, relation) for kind, relation in (*_MEMBERS, *_TEMPLATES)]
    perhaps = (
        Blocker(each.address, each.place, f"may be a member of {group.address}")
        for links in found
        for each in links.may
        if each not in links.must
    )
    return tuple(dict.fromkeys((*(blocker for links in found for blocker in links.open), *perhaps)))


def _members(group: Resource, graph: ResourceGraph) -> Iterator[Resource]:
    for kind, relation in _MEMBERS:
        yield from graph.sources(group, kind, relation).must
    for kind, relation in _TEMPLATES:
        for template in graph.sources(group, kind, relation).must:
            for launched in TEMPLATES:
                yield from graph.sources(template, "auto_scaling_group", launched).must
