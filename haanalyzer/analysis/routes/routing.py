"""Routes: which table a subnet follows, and what part it therefore plays in its VPC."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import Enum

from haanalyzer.analysis.answers import doubts_about
from haanalyzer.finding import Step
from haanalyzer.graph import Links, Resource, ResourceGraph
from haanalyzer.graph.links import all_links
from haanalyzer.values import (
    Absent,
    Assumption,
    Blocker,
    Known,
    Truth,
    Unknown,
    Value,
    any_of,
    assumptions,
    blockers,
)
from haanalyzer.values.questions import in_every_branch, is_equal, is_written, starts_with


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

    def plays(self, part: Part) -> Truth:
        """Whether it is this part."""
        if part not in self.possible:
            return Truth.NO
        return Truth.YES if len(self.possible) == 1 else Truth.MAYBE


def route_tables_of(subnet: Resource, graph: ResourceGraph) -> RouteTables:
    """The table associated with a subnet, else its VPC's main one; none where any association may be the subnet's."""
    associations = graph.sources(subnet, "route_table_association", "subnet")
    if associations.must:
        association = associations.must[0]
        step = Step(association.place, f"{association.address} gives {subnet.address} its route table")
        return replace(_associated(association, graph), steps=(step,))
    if associations.open:
        return RouteTables((), None, associations.open)
    main = _main_tables_around(subnet, graph)
    explicit = [_associated(association, graph) for association in associations.may]
    unsure = (why for each in associations.may for why in doubts_about(each, "may be associated"))
    return RouteTables(
        tables=(*main.tables, *(table for found in explicit for table in found.tables)),
        main_of=main.main_of,
        blockers=(*unsure, *main.blockers),
        steps=main.steps,
    )


def _associated(association: Resource, graph: ResourceGraph) -> RouteTables:
    """The table that an association names: one of its own, or by the VPC's name for it the main one."""
    links = graph.targets(association, "route_table")
    vpc = next((each for each in links.may if each.kind == "vpc"), None)
    main = _main_tables(vpc, graph) if vpc else RouteTables((), None, ())
    tables = tuple(each for each in links.may if each.kind == "route_table")
    outside = (*map(str, links.outside), *links.others)
    blockers = [
        *links.open,
        *main.blockers,
        *(Blocker(name, association.place, "a route table that is not declared here") for name in outside),
        *(Blocker(each.address, each.place, "may be in force") for each in links.may if not links.certain),
    ]
    return RouteTables((*main.tables, *tables), main.main_of, tuple(blockers))


def _main_tables_around(subnet: Resource, graph: ResourceGraph) -> RouteTables:
    vpcs = graph.targets(subnet, "vpc")
    if not vpcs.must:
        value = subnet["vpc"]
        unknown = blockers(value) or (Blocker(str(value), value.place, "a VPC that is not declared here"),)
        return RouteTables((), None, unknown)
    vpc = vpcs.must[0]
    step = Step(
        subnet.place, f"{subnet.address} has no route table of its own, so it follows the main one of {vpc.address}"
    )
    return replace(_main_tables(vpc, graph), steps=(step,))


def _main_tables(vpc: Resource, graph: ResourceGraph) -> RouteTables:
    """The main table of a VPC: the one that AWS made, perhaps adopted, or one that took its place."""
    replaced = graph.sources(vpc, "main_route_table_association", "vpc")
    if replaced.must:
        return _associated(replaced.must[0], graph)
    adopted = graph.sources(vpc, "route_table", "main_of")
    unsure = tuple(Blocker(each.address, each.place, "may take the main table's place") for each in replaced.may)
    return RouteTables(adopted.may, None if adopted.must else vpc, (*adopted.open, *replaced.open, *unsure))


def part_of(subnet: Resource, graph: ResourceGraph) -> PartPlayed:
    """What part a subnet plays, judged by the routes of the table it follows."""
    tables = route_tables_of(subnet, graph)
    candidates = [*tables.tables, *((tables.main_of,) if tables.main_of else ())]
    if tables.blockers or not candidates:
        none = Blocker(subnet.address, subnet.place, "no route table is named")
        return PartPlayed(frozenset(Part), tables.steps, tables.blockers or (none,), frozenset())
    judged = [graph.once(part_by_routes, table) for table in dict.fromkeys(candidates)]
    possible = frozenset[Part]().union(*(each.possible for each in judged))
    unsure = [blocker for each in candidates for blocker in each.existence.unless]
    unsure += (blocker for each in judged for blocker in each.blockers)
    if len(possible) > 1 and not unsure:
        unsure = [Blocker(subnet.address, subnet.place, "several route tables may be in force")]
    return PartPlayed(
        possible=possible,
        steps=(*tables.steps, *(step for each in judged for step in each.steps)),
        blockers=tuple(dict.fromkeys(unsure)),
        assuming=frozenset[Assumption]().union(*(each.assuming for each in judged)),
    )


def part_by_routes(table: Resource, graph: ResourceGraph) -> PartPlayed:
    """What part the subnets play that follow a table; a VPC stands for its main one."""
    routes = routes_of(table, graph)
    public, out = Truth.of(_is_default_vpc(table)), Truth.NO
    steps: list[Step] = []
    seen = {blocker for route in routes.may for blocker in _why_there(route, graph)}
    unread = [blocker for blocker in routes.open if blocker not in seen]
    unsure = [*unread]
    resting: frozenset[Assumption] = frozenset()
    for route in routes.may:
        to_internet, elsewhere = _leads_to_internet(route, graph), _leads_elsewhere(route)
        if route not in routes.must:
            to_internet, elsewhere = to_internet & Truth.MAYBE, elsewhere & Truth.MAYBE
        default = is_default(route)
        public, out = public | to_internet, out | (default & elsewhere)
        if Truth.MAYBE in (to_internet, default & elsewhere):
            unsure += _why_unsure(route, graph)
        if Truth.YES in (to_internet, default & elsewhere):
            steps.append(
                Step(route.place, f"{route.address} leads {'to the internet' if to_internet is Truth.YES else 'out'}")
            )
            resting |= route.existence.assuming | assumptions(*_what_decides(route))
    if unread:
        public, out = public | Truth.MAYBE, out | Truth.MAYBE
    parts = _parts(public, out)
    if parts == {Part.ISOLATED}:
        steps.append(Step(table.place, f"{name_of(table)} has no route out"))
    return PartPlayed(parts, tuple(steps), tuple(dict.fromkeys(unsure)), resting)


def _parts(public: Truth, out: Truth) -> frozenset[Part]:
    if public is Truth.YES:
        return frozenset({Part.PUBLIC})
    without = {Truth.YES: {Part.PRIVATE}, Truth.NO: {Part.ISOLATED}, Truth.MAYBE: {Part.PRIVATE, Part.ISOLATED}}[out]
    return frozenset(without | ({Part.PUBLIC} if public is Truth.MAYBE else set()))


def _is_default_vpc(table: Resource) -> bool:
    """Whether a table is the main one of a default VPC, which AWS gives a route to the internet."""
    return table.kind == "vpc" and not isinstance(table["is_default"], Absent)


def name_of(table: Resource) -> str:
    """A route table for people; a VPC stands for its main one."""
    return table.address if table.kind == "route_table" else f"the main route table of {table.address}"


def routes_of(table: Resource, graph: ResourceGraph) -> Links:
    """The routes of a table; those of a main table may name its VPC instead, and a VPC stands for its main table."""
    owners = (table, *(graph.targets(table, "main_of").may if table.kind == "route_table" else ()))
    return all_links(graph.sources(owner, "route", "route_table") for owner in owners)


def _why_there(route: Resource, graph: ResourceGraph) -> tuple[Blocker, ...]:
    """Whether a route is in a table may turn on these."""
    return (*route.existence.unless, *graph.targets(route, "route_table").blockers)


def _why_unsure(route: Resource, graph: ResourceGraph) -> tuple[Blocker, ...]:
    vague = Blocker(route.address, route.place, "what it leads to cannot be told")
    return _why_there(route, graph) or blockers(*_what_is_open(route, graph)) or (vague,)


def _what_is_open(route: Resource, graph: ResourceGraph) -> Iterator[Value]:
    """The values of a route without which it cannot be told whether it is a way out, and to where."""
    if is_default(route) is Truth.MAYBE:
        yield from (route["destination"], route["ipv6_destination"])
    if _leads_to_internet(route, graph) is Truth.MAYBE:
        yield route["gateway"]
    if _leads_elsewhere(route) is Truth.MAYBE:
        yield from (route[name] for name in _ELSEWHERE)


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
    return is_ipv4_default(route) | is_equal(route["ipv6_destination"], "::/0")


def is_ipv4_default(route: Resource) -> Truth:
    """Whether a route is for every address of IPv4."""
    return is_equal(route["destination"], "0.0.0.0/0")


def _leads_to_internet(route: Resource, graph: ResourceGraph) -> Truth:
    gateways = graph.targets(route, "gateway")
    if gateways.must:
        return Truth.YES
    if gateways.others and not gateways.may and gateways.complete:
        return Truth.NO
    return starts_with(route["gateway"], "igw-")


def leads_by(route: Resource) -> str | None:
    """The attribute that says where a route leads (``nat_gateway``); None where it cannot be told which one does."""
    written = {name: _is_written(route[name]) for name in ("gateway", *_ELSEWHERE)}
    surely = [name for name, truth in written.items() if truth is Truth.YES]
    return surely[0] if len(surely) == 1 and Truth.MAYBE not in written.values() else None


def _leads_elsewhere(route: Resource) -> Truth:
    """Whether a route leads anywhere but to an internet gateway. AWS takes none that leads nowhere."""
    gateway = _is_written(route["gateway"])
    if isinstance(route["gateway"], Known) and str(route["gateway"]) == "local":
        return Truth.NO
    elsewhere = any_of(_is_written(route[name]) for name in _ELSEWHERE)
    return Truth.YES if gateway is Truth.NO and elsewhere is Truth.MAYBE else gateway | elsewhere


def _is_written(value: Value) -> Truth:
    """Whether anything is written. What only the deployment knows is: AWS takes no route that leads nowhere."""
    return in_every_branch(value, lambda each: Truth.YES if isinstance(each, Unknown) else is_written(each))
