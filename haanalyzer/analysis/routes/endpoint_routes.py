"""Routes to gateway endpoints: which tables lack one that the workloads in their subnets have elsewhere."""

from __future__ import annotations

from dataclasses import dataclass

from haanalyzer.analysis.routes.routing import Part, part_by_routes, route_tables_of
from haanalyzer.analysis.routes.vpc_endpoints import subnets_following, tables_beside
from haanalyzer.analysis.routes.ways_out import default_route_in, leads_alike
from haanalyzer.analysis.routes.workloads import subnets_of, workloads_in
from haanalyzer.finding import Step
from haanalyzer.graph import Links, Resource, ResourceGraph
from haanalyzer.values import Assumption, Blocker, Truth, agreed, any_of


@dataclass(frozen=True, slots=True)
class Lack:
    """The route tables that surely should lead to an endpoint and do not, why, and why others may not.

    ``workload`` stands in a subnet that follows one of them, and in one that is served.
    """

    tables: tuple[Resource, ...]
    workload: str
    steps: tuple[Step, ...]
    blockers: tuple[Blocker, ...]
    assuming: frozenset[Assumption]


def lacking(endpoint: Resource, attached: Links, graph: ResourceGraph, *, workload_only: bool) -> Lack:
    """The tables of an endpoint's VPC, in use by subnets, that it is not attached to and should be."""
    beside = tables_beside(endpoint, graph)
    lacks: list[tuple[Resource, _Need]] = []
    unsure: list[Blocker] = [*beside.open]
    resting: frozenset[Assumption] = frozenset()
    for table in beside.must if beside.open else beside.may:
        covered = attached.includes(table)
        if covered is Truth.YES:
            continue
        need = _need(table, attached, graph, workload_only)
        resting |= need.assuming
        if need.truth is Truth.YES and covered is Truth.NO and table in beside.must:
            lacks.append((table, need))
        elif need.truth is not Truth.NO:
            here = Blocker(table.address, table.place, "may be attached to it, or need not be")
            unsure += (*need.blockers, *attached.blockers, *table.existence.unless) or (here,)
    by_workload = [each for each in lacks if each[1].workload]
    chosen = by_workload or lacks
    return Lack(
        tables=tuple(table for table, _ in chosen),
        workload=chosen[0][1].workload if chosen else "",
        steps=tuple(step for _, need in chosen for step in need.steps),
        blockers=tuple(dict.fromkeys(unsure)),
        assuming=resting,
    )


@dataclass(frozen=True, slots=True)
class _Need:
    truth: Truth
    workload: str = ""
    steps: tuple[Step, ...] = ()
    blockers: tuple[Blocker, ...] = ()
    assuming: frozenset[Assumption] = frozenset()


def _need(table: Resource, attached: Links, graph: ResourceGraph, workload_only: bool) -> _Need:
    """Whether what follows a table should be served: private subnets, and workloads that are served elsewhere."""
    subnets, part = graph.once(subnets_following, table), graph.once(part_by_routes, table)
    if subnets.exist is Truth.NO or part.plays(Part.PUBLIC) is Truth.YES:
        return _Need(Truth.NO)
    by_workload = _by_workload(subnets, attached, graph)
    if by_workload.truth is Truth.YES and part.plays(Part.PUBLIC) is Truth.NO:
        return by_workload
    alike = Truth.NO if workload_only else _leads_out_alike(table, attached, graph)
    if subnets.must and alike is Truth.YES:
        follow = tuple(Step(each.place, f"{each.address} follows {table.address}") for each in subnets.must)
        return _Need(Truth.YES, steps=(*follow, *part.steps), assuming=part.assuming)
    if alike is Truth.NO and by_workload.truth is Truth.NO:
        return _Need(Truth.NO)
    return _Need(Truth.MAYBE, blockers=(*by_workload.blockers, *part.blockers, *subnets.open, *attached.blockers))


def _leads_out_alike(table: Resource, attached: Links, graph: ResourceGraph) -> Truth:
    """Whether an attached table leads out as this one does. A firewall's own subnets are no clients of an endpoint."""
    mine = graph.once(default_route_in, table)
    told = attached.must if attached.open else attached.may
    found = any_of(leads_alike(mine, graph.once(default_route_in, each)) for each in told)
    nowhere = mine.route is None and not mine.blockers
    return found if attached.complete or nowhere else found | Truth.MAYBE


def _by_workload(subnets: Links, attached: Links, graph: ResourceGraph) -> _Need:
    """Whether a workload in these subnets also stands in one whose table is attached."""
    unsure: list[Blocker] = [*subnets.open]
    for subnet in subnets.must if subnets.open else subnets.may:
        workloads = workloads_in(subnet, graph)
        unsure += workloads.open
        for workload in workloads.must if workloads.open else workloads.may:
            others = subnets_of(workload, graph)
            unsure += others.blockers
            for other in others.may:
                served = Truth.NO if other is subnet else _is_served(other, attached, graph)
                sure = workload in workloads.must and other in others.must and subnet in subnets.must
                if served is Truth.YES and sure:
                    text = f"{workload.address} stands in {subnet.address}, and in {other.address}, which is served"
                    return _Need(
                        Truth.YES, workload.address, (Step(workload.place, text),), (), workload.existence.assuming
                    )
                if served is not Truth.NO:
                    perhaps = Blocker(workload.address, workload.place, "may stand in a subnet that is served")
                    unsure += (*workload.existence.unless, perhaps)
    return _Need(Truth.MAYBE if unsure else Truth.NO, blockers=tuple(dict.fromkeys(unsure)))


def _is_served(subnet: Resource, attached: Links, graph: ResourceGraph) -> Truth:
    """Whether the table that a subnet follows is attached."""
    tables = route_tables_of(subnet, graph)
    candidates = (*tables.tables, *((tables.main_of,) if tables.main_of else ()))
    return Truth.MAYBE if tables.blockers else agreed(attached.includes(each) for each in candidates)
