"""Ways out: the IPv4 default route that a subnet follows, and the NAT that it leads through."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from haanalyzer.analysis.alike import ByValue
from haanalyzer.analysis.placement import zones_of
from haanalyzer.analysis.routes.routing import is_ipv4_default, leads_by, route_tables_of, routes_of
from haanalyzer.analysis.zones import Zones
from haanalyzer.finding import Step
from haanalyzer.graph import Links, Resource, ResourceGraph
from haanalyzer.graph.links import all_links
from haanalyzer.values import (
    Assumption,
    AttributeOf,
    Blocker,
    Truth,
    Unknown,
    Value,
    assumptions,
    blockers,
)
from haanalyzer.values.questions import is_equal


@dataclass(frozen=True, slots=True)
class WayOut:
    """The IPv4 default route of a subnet.

    ``route`` is the one in force for certain. Where that cannot be told, it is None, any of
    ``possible`` may be in force, and ``blockers`` say why no more is known. With neither there is no
    such route. ``steps`` lead from the subnet to its table and the route.
    """

    route: Resource | None = None
    possible: tuple[Resource, ...] = ()
    steps: tuple[Step, ...] = ()
    blockers: tuple[Blocker, ...] = ()
    assuming: frozenset[Assumption] = frozenset()


def way_out_of(subnet: Resource, graph: ResourceGraph) -> WayOut:
    """The IPv4 default route of the table that a subnet follows. A table has at most one."""
    tables = route_tables_of(subnet, graph)
    candidates = dict.fromkeys((*tables.tables, *((tables.main_of,) if tables.main_of else ())))
    found = [default_route_in(table, graph) for table in candidates]
    if len(found) == 1 and not tables.blockers:
        return replace(found[0], steps=(*tables.steps, *found[0].steps))
    several = Blocker(subnet.address, subnet.place, "several route tables may be in force")
    return WayOut(
        possible=tuple(route for each in found for route in (*filter(None, (each.route,)), *each.possible)),
        blockers=tables.blockers or (*(each for way in found for each in way.blockers), several),
    )


def default_route_in(table: Resource, graph: ResourceGraph) -> WayOut:
    """The IPv4 default route of a table; a VPC stands for its main one."""
    routes = routes_of(table, graph)
    sure = [route for route in routes.must if is_ipv4_default(route) is Truth.YES]
    if sure:
        step = Step(sure[0].place, f"{sure[0].address} is its default route")
        resting = sure[0].existence.assuming | assumptions(sure[0]["destination"])
        return WayOut(route=sure[0], steps=(step,), assuming=resting)
    possible = tuple(route for route in _told(routes) if is_ipv4_default(route) is not Truth.NO)
    unsure = (blocker for route in possible for blocker in _unless_default(route, graph))
    return WayOut(possible=possible, blockers=tuple(dict.fromkeys((*routes.open, *unsure))))


def _told(links: Links) -> tuple[Resource, ...]:
    """Who may be related, one by one; where it is open who, those who surely are."""
    return links.must if links.open else links.may


def _unless_default(route: Resource, graph: ResourceGraph) -> tuple[Blocker, ...]:
    known = (
        *route.existence.unless,
        *graph.targets(route, "route_table").blockers,
        *blockers(route["destination"]),
    )
    return known or (Blocker(route.address, route.place, "may be the default route"),)


_TO_NAT = ("nat_gateway", "instance", "network_interface")


def through(way: WayOut, graph: ResourceGraph, relations: Iterable[str] = _TO_NAT) -> Links:
    """The NAT gateway, instance or network interface that a way out leads through; ``must`` where it surely does."""
    named = [all_links(graph.targets(route, relation) for relation in relations) for route in _routes(way)]
    found = all_links(named)
    if way.route is not None:
        return found
    perhaps = (*way.blockers, *(Blocker(str(value), value.place, "may be its way out") for value in found.outside))
    return Links(may=found.may, open=tuple(dict.fromkeys((*found.open, *perhaps))))


def _routes(way: WayOut) -> tuple[Resource, ...]:
    return way.possible if way.route is None else (way.route,)


def leads_alike(left: WayOut, right: WayOut) -> Truth:
    """Whether two ways out lead through things of one sort, such as a NAT gateway each. None is like no other."""
    ways = (left, right)
    if any(way.route is None and not way.blockers for way in ways):
        return Truth.NO
    sorts = [None if way.route is None else leads_by(way.route) for way in ways]
    return Truth.MAYBE if None in sorts else Truth.of(sorts[0] == sorts[1])


def may_lead_on(way: WayOut, graph: ResourceGraph) -> tuple[Blocker, ...]:
    """Why a way out, which is not to an internet gateway, may still lead to one: what it leads to may forward there.

    Nothing where there is no way out, or where it leads through a NAT gateway.
    """
    if way.route is None:
        return way.blockers
    if through(way, graph, ["nat_gateway"]).exist is Truth.YES:
        return ()
    return (Blocker(way.route.address, way.route.place, "leads to what may lead on to the internet"),)


def subnets_leaving_through(nat: Resource, graph: ResourceGraph) -> Links:
    """The subnets whose IPv4 default route leads through a NAT gateway, an instance or a network interface.

    ``must`` leave through it wherever it is there.
    """
    named = [graph.sources(nat, "route", relation) for relation in _TO_NAT]
    routes = [route for links in named for route in _told(links) if _may_be_default(route)]
    tables = all_links(graph.targets(each, "route_table") for each in routes)
    followers = all_links(may_follow(table, graph) for table in tables.may)
    must, may = [], []
    for subnet in followers.may:
        truth = through(graph.once(way_out_of, subnet), graph).includes(nat)
        if truth is Truth.YES and subnet.existence.follows_from(nat.existence):
            must.append(subnet)
        if truth is not Truth.NO:
            may.append(subnet)
    several = (blocker for each in may if each.existence.several for blocker in each.existence.unless)
    unread = (blocker for links in named for blocker in links.open)
    unknown = dict.fromkeys((*unread, *tables.blockers, *followers.blockers, *several))
    return Links(must=tuple(must), may=tuple(may), open=tuple(unknown))


def _may_be_default(route: Resource) -> bool:
    return is_ipv4_default(route) is not Truth.NO


def may_follow(table: Resource, graph: ResourceGraph) -> Links:
    """The subnets that may follow a table: those associated, and of a main table any of its VPC."""
    associations = graph.sources(table, "route_table_association", "route_table")
    associated = all_links(graph.targets(each, "subnet") for each in _told(associations))
    return all_links((associated, Links(open=associations.open), *_of_vpcs(table, graph)))


def _of_vpcs(table: Resource, graph: ResourceGraph) -> Iterator[Links]:
    """The subnets of the VPCs whose main table a table may be."""
    if table.kind == "vpc":
        yield graph.sources(table, "subnet", "vpc")
        return
    replacing = graph.sources(table, "main_route_table_association", "route_table")
    vpcs = all_links((graph.targets(table, "main_of"), *(graph.targets(each, "vpc") for each in _told(replacing))))
    yield Links(open=(*replacing.open, *vpcs.blockers))
    for vpc in vpcs.may:
        yield graph.sources(vpc, "subnet", "vpc")


def is_regional(nat: Resource) -> Truth:
    """Whether a NAT gateway serves every zone, which one with a subnet never does."""
    return is_equal(nat["availability_mode"], "regional")


def zones_with_nat_gateways(nat: Resource, graph: ResourceGraph) -> Zones:
    """The zones in which the VPC of a NAT gateway has one of the same connectivity, itself included.

    Only those that are declared here are seen.
    """
    subnets = graph.targets(nat, "subnet").must
    vpcs = graph.targets(subnets[0], "vpc").must if subnets else ()
    if vpcs:
        anchor = vpcs[0]
    elif subnets:
        anchor = graph.namesakes(subnets[0], "vpc")[0]
    else:
        anchor = nat
    of_connectivity = {"public": _zones_with_public, "private": _zones_with_private}
    return graph.once(of_connectivity.get(str(nat["connectivity"]), _zones_with_any), anchor)


def _zones_with_public(anchor: Resource, graph: ResourceGraph) -> Zones:
    return _zones_with("public", anchor, graph)


def _zones_with_private(anchor: Resource, graph: ResourceGraph) -> Zones:
    return _zones_with("private", anchor, graph)


def _zones_with_any(anchor: Resource, graph: ResourceGraph) -> Zones:
    return _zones_with(None, anchor, graph)


def _zones_with(connectivity: str | None, anchor: Resource, graph: ResourceGraph) -> Zones:
    """The zones that NAT gateways of a VPC stand in; where connectivity cannot be told, they are only possible."""
    nats = graph.once(_nat_gateways_around, anchor)
    found = Zones(open=nats.open)
    for nat in nats.may:
        alike = is_equal(nat["connectivity"], connectivity) if connectivity else Truth.MAYBE
        if alike is Truth.NO:
            continue
        here = zones_of(nat, graph)
        if nat not in nats.must or alike is Truth.MAYBE:
            perhaps = Blocker(nat.address, nat.place, "may stand in the same VPC, and lead where the other one does")
            unless = (*nat.existence.unless, *blockers(nat["connectivity"])) or (perhaps,)
            several = unless if nat.existence.several else ()
            perhaps_here = tuple(replace(use, unless=unless) for use in here.sure + here.possible)
            here = Zones(possible=perhaps_here, open=(*here.open, *several))
        found |= here
    return found.each_once


def _nat_gateways_around(anchor: Resource, graph: ResourceGraph) -> Links:
    """The NAT gateways of a VPC, or of the one that a subnet or a NAT gateway is in when that is not declared here."""
    if anchor.kind == "vpc":
        subnets = graph.sources(anchor, "subnet", "vpc")
        found = all_links(graph.sources(each, "nat_gateway", "subnet") for each in _told(subnets))
        return Links(
            must=tuple(dict.fromkeys(each for each in found.must if each.existence.certain)),
            may=found.may,
            open=tuple(dict.fromkeys((*subnets.open, *found.open))),
        )
    vpc = _vpc_of(anchor, graph) if anchor.kind == "nat_gateway" else anchor["vpc"]
    if vpc is None:
        return Links(must=(anchor,), may=(anchor,))
    found = graph.once(_by_vpc, graph.of_kind("nat_gateway")[0]).alike(vpc)
    return replace(found, must=tuple(each for each in found.must if each.existence.certain))


def _by_vpc(_: Resource, graph: ResourceGraph) -> ByValue:
    """All NAT gateways by the VPC of their subnets; asked of one of them for all."""
    return ByValue((nat, vpc) for nat in graph.of_kind("nat_gateway") if (vpc := _vpc_of(nat, graph)) is not None)


def _vpc_of(nat: Resource, graph: ResourceGraph) -> Value | None:
    """What names the VPC of a NAT gateway; None where it has no subnet."""
    beside = graph.targets(nat, "subnet")
    if beside.must:
        return beside.must[0]["vpc"]
    unknown = Unknown(term=AttributeOf(nat.address, "vpc"), reason="its subnet is not known", place=nat.place)
    return None if beside.exist is Truth.NO else unknown
