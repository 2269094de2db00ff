"""Routes: which table a subnet follows, and what part it therefore plays in its VPC."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from haanalyzer.finding import Step
from haanalyzer.graph import Links, Resource, ResourceGraph
from haanalyzer.values import (
    Absent,
    Assumption,
    Blocker,
    Known,
    Truth,
    Value,
    alternatives,
    any_of,
    assumptions,
    blockers,
)


class Part(Enum):
    """What a subnet is for, by its routes.

    Public: a route leads to an internet gateway. Private: the default route leads
    anywhere else (NAT, transit gateway, appliance). Isolated: no way out.
    Source: Amazon VPC User Guide, "Subnets for your VPC", subnet types.
    """

    PUBLIC = "public"
    PRIVATE = "private"
    ISOLATED = "isolated"


@dataclass(frozen=True, slots=True)
class RouteTables:
    """The tables a subnet may follow: exactly one of them is in force.

    ``main_of`` is the VPC whose implicit main table (only the local route, and what
    names it) may be that one.
    """

    tables: tuple[Resource, ...]
    main_of: Resource | None
    blockers: tuple[Blocker, ...]
    steps: tuple[Step, ...] = ()


@dataclass(frozen=True, slots=True)
class PartPlayed:
    """The parts a subnet may play (one when it is decided), why, and what blocks it otherwise."""

    possible: frozenset[Part]
    steps: tuple[Step, ...]
    blockers: tuple[Blocker, ...]
    assuming: frozenset[Assumption]

    def is_(self, part: Part) -> Truth:
        if part not in self.possible:
            return Truth.NO
        return Truth.YES if len(self.possible) == 1 else Truth.MAYBE


def route_tables_of(subnet: Resource, graph: ResourceGraph) -> RouteTables:
    """The table associated with a subnet, else its VPC's main one."""
    associations = graph.sources(subnet, "route_table_association", "subnet")
    if associations.must:
        association = associations.must[0]
        steps = (Step(association.place, f"{association.address} gives {subnet.address} its route table"),)
        return _as_tables(graph.targets(association, "route_table"), steps)
    main = _main_tables(subnet, graph)
    explicit = [_as_tables(graph.targets(association, "route_table"), ()) for association in associations.may]
    unsure = tuple(Blocker(each.address, each.place, "may be associated") for each in associations.may)
    return RouteTables(
        tables=(*main.tables, *(table for found in explicit for table in found.tables)),
        main_of=main.main_of,
        blockers=(*associations.blockers, *unsure, *main.blockers),
        steps=main.steps,
    )


def _as_tables(links: Links, steps: tuple[Step, ...]) -> RouteTables:
    tables = tuple(each for each in links.may if each.kind == "route_table")
    vpc = next((each for each in links.may if each.kind == "vpc"), None)
    outside = tuple(
        Blocker(str(value), value.place, "a route table that is not declared here") for value in links.outside
    )
    unsure = (
        () if len(links.may) <= 1 else tuple(Blocker(each.address, each.place, "may be in force") for each in tables)
    )
    return RouteTables(tables, vpc, (*links.open, *outside, *unsure), steps)


def _main_tables(subnet: Resource, graph: ResourceGraph) -> RouteTables:
    vpcs = graph.targets(subnet, "vpc")
    if not vpcs.must:
        value = subnet["vpc"]
        unknown = blockers(value) or (Blocker(str(value), value.place, "a VPC that is not declared here"),)
        return RouteTables((), None, unknown)
    vpc = vpcs.must[0]
    adopted = graph.sources(vpc, "route_table", "main_of")
    replaced = graph.sources(vpc, "main_route_table_association", "vpc")
    tables = [*adopted.may, *(table for each in replaced.may for table in graph.targets(each, "route_table").may)]
    certain = adopted.must or replaced.must
    step = Step(
        subnet.place, f"{subnet.address} has no route table of its own, so it follows the main one of {vpc.address}"
    )
    return RouteTables(
        tables=tuple(tables),
        main_of=None if certain else vpc,
        blockers=() if certain else (*adopted.open, *replaced.open),
        steps=(step,),
    )


def part_of(subnet: Resource, graph: ResourceGraph) -> PartPlayed:
    """What part a subnet plays, judged by the routes of the table it follows."""
    tables = route_tables_of(subnet, graph)
    candidates = [*tables.tables, *((tables.main_of,) if tables.main_of else ())]
    if tables.blockers or not candidates:
        return PartPlayed(frozenset(Part), tables.steps, tables.blockers, frozenset())
    judged = [_part_by_routes(table, graph) for table in candidates]
    return PartPlayed(
        possible=frozenset[Part]().union(*(each.possible for each in judged)),
        steps=(*tables.steps, *(step for each in judged for step in each.steps)),
        blockers=tuple(blocker for each in judged for blocker in each.blockers),
        assuming=frozenset[Assumption]().union(*(each.assuming for each in judged)),
    )


def _part_by_routes(table: Resource, graph: ResourceGraph) -> PartPlayed:
    routes = graph.sources(table, "route", "route_table")
    public, out = Truth.NO, Truth.NO
    steps: list[Step] = []
    unsure: list[Blocker] = [*routes.open]
    resting: frozenset[Assumption] = frozenset()
    for route in routes.may:
        to_internet, elsewhere = _leads_to_internet(route, graph), _leads_elsewhere(route)
        if route not in routes.must:
            to_internet, elsewhere = to_internet & Truth.MAYBE, elsewhere & Truth.MAYBE
        default = is_default(route)
        public, out = public | to_internet, out | (default & elsewhere)
        if Truth.MAYBE in (to_internet, default & elsewhere):
            unsure += route.existence.unless or blockers(*_what_decides(route)) or (_vague(route),)
        if Truth.YES in (to_internet, default & elsewhere):
            steps.append(
                Step(route.place, f"{route.address} leads {'to the internet' if to_internet is Truth.YES else 'out'}")
            )
            resting |= route.existence.assuming | assumptions(*_what_decides(route))
    if routes.open:
        public, out = public | Truth.MAYBE, out | Truth.MAYBE
    return PartPlayed(_parts(public, out), tuple(steps), tuple(dict.fromkeys(unsure)), resting)


def _parts(public: Truth, out: Truth) -> frozenset[Part]:
    if public is Truth.YES:
        return frozenset({Part.PUBLIC})
    without = {Truth.YES: {Part.PRIVATE}, Truth.NO: {Part.ISOLATED}, Truth.MAYBE: {Part.PRIVATE, Part.ISOLATED}}[out]
    return frozenset(without | ({Part.PUBLIC} if public is Truth.MAYBE else set()))


def _vague(route: Resource) -> Blocker:
    return Blocker(route.address, route.place, "what it leads to cannot be told")


def _what_decides(route: Resource) -> list[Value]:
    return [route[name] for name in ("destination", "ipv6_destination", "gateway", *_ELSEWHERE)]


_ELSEWHERE = (
    "nat_gateway",
    "instance",
    "network_interface",
    "egress_only_gateway",
    "transit_gateway",
    "peering",
    "endpoint",
    "local_gateway",
    "carrier_gateway",
    "core_network",
)


def is_default(route: Resource) -> Truth:
    """Whether a route is for every address of IPv4 or IPv6."""
    return _is(route["destination"], "0.0.0.0/0") | _is(route["ipv6_destination"], "::/0")


def _is(value: Value, text: str) -> Truth:
    found = [_is_text(each, text) for each in alternatives(value)]
    return found[0] if len(set(found)) == 1 else Truth.MAYBE


def _is_text(value: Value, text: str) -> Truth:
    if isinstance(value, Absent):
        return Truth.NO
    return Truth.of(value.data == text) if isinstance(value, Known) else Truth.MAYBE


def _leads_to_internet(route: Resource, graph: ResourceGraph) -> Truth:
    gateways = graph.targets(route, "gateway")
    if gateways.must:
        return Truth.YES
    if gateways.others and not gateways.may and gateways.complete:
        return Truth.NO
    if isinstance(route["gateway"], Absent):
        return Truth.NO
    literal = route["gateway"]
    return Truth.of(str(literal).startswith("igw-")) if isinstance(literal, Known) else Truth.MAYBE


def _leads_elsewhere(route: Resource) -> Truth:
    gateway = _is_written(route["gateway"])
    if isinstance(route["gateway"], Known) and str(route["gateway"]) == "local":
        gateway = Truth.NO
    return any_of([gateway, *(_is_written(route[name]) for name in _ELSEWHERE)])


def _is_written(value: Value) -> Truth:
    """Whether anything is written; an empty text is nothing. A value that only the deployment knows is something."""
    found = {
        Truth.NO if isinstance(each, Absent) or (isinstance(each, Known) and each.data == "") else Truth.YES
        for each in alternatives(value)
    }
    return found.pop() if len(found) == 1 else Truth.MAYBE
