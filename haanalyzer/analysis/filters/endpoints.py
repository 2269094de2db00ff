"""Ends of connections: which security groups are in force for a resource, and which subnets it stands in."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import reduce

from haanalyzer.analysis.filters.addresses import IPV4
from haanalyzer.analysis.filters.packets import PacketSet
from haanalyzer.analysis.filters.security_groups import Peer
from haanalyzer.analysis.filters.subnet_acls import addresses_in
from haanalyzer.graph import Links, Resource, ResourceGraph
from haanalyzer.graph.links import NO_LINKS, all_links
from haanalyzer.values import Absent, Blocker, ListValue, Truth, blockers
from haanalyzer.values.questions import is_equal


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Who takes part in connections; ``groups`` is None where surely no security group filters it."""

    resource: Resource
    groups: Links | None
    subnets: Links

    @property
    def addresses(self) -> PacketSet:
        """All IPv4 addresses it may have."""
        subnets = self.subnets
        if subnets.open or subnets.outside or subnets.others or not subnets.may:
            return IPV4
        return reduce(PacketSet.__or__, map(addresses_in, subnets.may))

    @property
    def is_in_all_subnets(self) -> bool:
        """Whether it stands in all of its subnets, and not in those that AWS chooses of a subnet group."""
        return "subnet_group" not in self.resource.words

    @property
    def peer(self) -> Peer:
        """As others' security groups see it."""
        return Peer(self.groups or NO_LINKS, self.addresses)


def endpoint(resource: Resource, graph: ResourceGraph) -> Endpoint:
    """A resource as an end of connections."""
    return Endpoint(resource, groups_of(resource, graph), subnets_of(resource, graph))


def groups_of(resource: Resource, graph: ResourceGraph) -> Links | None:
    """The security groups in force for a resource; None where surely none filters it.

    What names none is in the default group of its VPC, which is not judged, for anyone may have
    changed it. A Network Load Balancer without groups is not filtered.
    """
    match resource.kind:
        case "auto_scaling_group":
            return _of_templates(resource, graph)
        case "instance":
            return _of_instance(resource, graph)
        case "launch_template":
            return _of_template(resource, graph)
        case "load_balancer" if graph.targets(resource, "security_groups").exist is Truth.NO:
            if is_equal(resource["type"], "network") is Truth.YES:
                return None
        case "ecs_service" if graph.targets(resource, "subnets").exist is Truth.NO:
            return Links(open=(Blocker(resource.address, resource.place, "runs on instances of its cluster"),))
    return _or_default(_named(resource, ("security_groups",), graph), resource)


_BY_ID, _BY_NAME, _BY_INTERFACE = "security_groups", "security_group_names", "network_interfaces.security_groups"


def _named(resource: Resource, relations: tuple[str, ...], graph: ResourceGraph) -> Links:
    found = all_links(graph.targets(resource, relation) for relation in relations)
    no_groups = tuple(Blocker(address, resource.place, "is no security group") for address in found.others)
    return replace(found, others=(), open=(*found.open, *no_groups))


def _or_default(groups: Links, resource: Resource) -> Links:
    if groups.exist is Truth.YES or groups.open:
        return groups
    default = Blocker(resource.address, resource.place, "is in the default security group of its VPC")
    return replace(groups, open=(*groups.open, default))


def _of_templates(group: Resource, graph: ResourceGraph) -> Links:
    """Of what an Auto Scaling group launches; where there are several templates, all of them may be in force."""
    templates = all_links(graph.targets(group, relation) for relation in TEMPLATES)
    found = [groups_of(each, graph) or NO_LINKS for each in templates.may]
    if templates.certain and len(found) == 1 and not templates.outside:
        return found[0]
    either = Blocker(group.address, group.place, "which launch template its instances are made from")
    unsure = (*templates.blockers, *(blockers(*templates.outside)), either)
    return replace(all_links(found), must=(), open=(*unsure, *all_links(found).open))


TEMPLATES = (
    "launch_template",
    "launch_template_name",
    "mixed_launch_template",
    "mixed_launch_template_name",
    "overrides.launch_template",
    "launch_configuration",
    "instance",
)
"""How an Auto Scaling group names what it launches its instances from."""


def _of_template(template: Resource, graph: ResourceGraph) -> Links:
    found = _or_default(_named(template, (_BY_ID, _BY_NAME, _BY_INTERFACE), graph), template)
    return _of_one_interface(found, template)


def _of_instance(instance: Resource, graph: ResourceGraph) -> Links:
    """By its own words, else its launch template's; and what is attached to its network interfaces."""
    interfaces = all_links(
        graph.targets(instance, each) for each in ("network_interfaces.interface", "primary_interface")
    )
    own = [_named(instance, (_BY_ID, _BY_NAME, _BY_INTERFACE), graph)]
    own += (_or_default(_named(each, (_BY_ID,), graph), each) for each in interfaces.may)
    unseen = Links(open=interfaces.blockers)
    found = all_links((*own, unseen))
    if found == NO_LINKS:
        templates = all_links(graph.targets(instance, each) for each in ("launch_template", "launch_template_name"))
        found = all_links((*(_of_template(each, graph) for each in templates.may), Links(open=templates.blockers)))
    attached = [_attached(each, graph) for each in (instance, *interfaces.may)]
    return _of_one_interface(all_links((_or_default(found, instance), *attached)), instance)


def _attached(resource: Resource, graph: ResourceGraph) -> Links:
    """The groups that attachments of their own give an instance or network interface."""
    attachments = graph.sources(resource, "security_group_attachment", "interface")
    found = [graph.targets(each, "security_group") for each in attachments.may]
    sure = len(attachments.must) == len(attachments.may)
    groups = found if sure else [replace(links, must=(), open=(*links.open, *attachments.blockers)) for links in found]
    return all_links((*groups, Links(open=attachments.open)))


def _of_one_interface(groups: Links, resource: Resource) -> Links:
    """The groups as they are where there surely is one network interface; else any of them may be that one's."""
    interfaces = resource["network_interfaces"]
    if isinstance(interfaces, Absent) or (isinstance(interfaces, ListValue) and _few(interfaces)):
        return groups
    several = Blocker(resource.address, resource.place, "which of its network interfaces this is")
    return replace(groups, must=(), open=(*groups.open, *blockers(interfaces), several))


def _few(interfaces: ListValue) -> bool:
    return interfaces.open is None and len(interfaces.items) <= 1


_SUBNETS = ("subnets", "subnet_mappings.subnet", "subnet", "network_interfaces.subnet")


def subnets_of(resource: Resource, graph: ResourceGraph) -> Links:
    """The subnets that a resource stands in, or that its interfaces or its subnet group do."""
    found = all_links(graph.targets(resource, relation) for relation in _SUBNETS)
    if found == NO_LINKS:
        through = [graph.targets(resource, each) for each in _THROUGH]
        found = all_links(
            (*(subnets_of(each, graph) for links in through for each in links.may), *map(_unseen, through))
        )
    if found.exist is Truth.YES or found.open:
        return found
    return replace(found, open=(*found.open, Blocker(resource.address, resource.place, "names no subnet of its own")))


_THROUGH = ("network_interfaces.interface", "primary_interface", "subnet_group")


def _unseen(links: Links) -> Links:
    elsewhere = (Blocker(str(value), value.place, "is not declared here") for value in links.outside)
    return Links(open=tuple(dict.fromkeys((*links.blockers, *elsewhere))))
