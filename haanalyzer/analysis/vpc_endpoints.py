"""VPC endpoints: where their network interfaces stand, which route tables lead to them, and whom they serve."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from haanalyzer.analysis.placement import zones_of
from haanalyzer.analysis.routing import Part, part_of, route_tables_of
from haanalyzer.analysis.ways_out import may_follow
from haanalyzer.analysis.workloads import workloads_in
from haanalyzer.analysis.zones import Zones
from haanalyzer.graph import Links, Resource, ResourceGraph
from haanalyzer.graph.links import all_links
from haanalyzer.values import Blocker, Known, Truth, same


def is_of_type(endpoint: Resource, name: str) -> Truth:
    """Whether an endpoint is of a type: ``Gateway``, ``Interface``, ``GatewayLoadBalancer``."""
    return same(endpoint["type"], Known(data=name, place=endpoint.place))


def interface_subnets(endpoint: Resource, graph: ResourceGraph) -> Links:
    """The subnets in which an endpoint has a network interface."""
    own = (graph.targets(endpoint, "subnets"), graph.targets(endpoint, "subnet_configurations.subnet"))
    return all_links((*own, _attached_by(endpoint, "vpc_endpoint_subnet", "subnet", graph)))


def attached_tables(endpoint: Resource, graph: ResourceGraph) -> Links:
    """The route tables that lead to a gateway endpoint."""
    by_third = _attached_by(endpoint, "vpc_endpoint_route_table", "route_table", graph)
    return all_links((graph.targets(endpoint, "route_tables"), by_third))


def _attached_by(endpoint: Resource, kind: str, relation: str, graph: ResourceGraph) -> Links:
    attachments = graph.sources(endpoint, kind, "endpoint")
    found = [Links(open=attachments.open)]
    for each in attachments.may:
        links = graph.targets(each, relation)
        sure = each in attachments.must
        perhaps = () if sure else each.existence.unless or (Blocker(each.address, each.place, "may be attached"),)
        found.append(links if sure else Links(may=links.may, open=(*links.open, *perhaps)))
    return all_links(found)


def zones_of_clients(endpoint: Resource, graph: ResourceGraph, *, workload_only: bool) -> Zones:
    """The zones of the private and isolated subnets of an endpoint's VPC, or of those where workloads stand."""
    subnets = _subnets_beside(endpoint, graph)
    found = Zones(open=subnets.open)
    for subnet in subnets.must if subnets.open else subnets.may:
        part = part_of(subnet, graph)
        served, unless = ~part.is_(Part.PUBLIC), part.blockers
        if workload_only:
            workloads = workloads_in(subnet, graph)
            stands = Truth.YES if workloads.must else workloads.exist
            served &= stands
            unless = (*unless, *workloads.open, *_may_stand(workloads))
        if served is Truth.NO:
            continue
        here = zones_of(subnet, graph)
        if served is Truth.MAYBE or subnet not in subnets.must:
            unless = (*unless, *subnet.existence.unless) or (Blocker(subnet.address, subnet.place, "may be served"),)
            several = unless if subnet.existence.several else ()
            here = Zones(possible=tuple(replace(use, unless=unless) for use in here.sure), open=several)
        found |= here
    return found


def _may_stand(workloads: Links) -> Iterable[Blocker]:
    unsure = (each for each in workloads.may if each not in workloads.must)
    return (Blocker(each.address, each.place, "may stand in it") for each in unsure)


def _subnets_beside(endpoint: Resource, graph: ResourceGraph) -> Links:
    """The subnets of an endpoint's VPC; of one that is not declared here, those beside the endpoint's own."""
    vpcs = graph.targets(endpoint, "vpc")
    if vpcs.must:
        return graph.sources(vpcs.must[0], "subnet", "vpc")
    together = [each for own in interface_subnets(endpoint, graph).must for each in graph.namesakes(own, "vpc")]
    if not together:
        return Links(open=(Blocker(endpoint.address, endpoint.place, "the subnets of its VPC are not declared here"),))
    certain = tuple(each for each in dict.fromkeys(together) if each.existence.certain)
    return Links(must=certain, may=tuple(dict.fromkeys(together)))


def tables_beside(endpoint: Resource, graph: ResourceGraph) -> Links:
    """The route tables of an endpoint's VPC; of one that is not declared here, those beside the attached ones."""
    vpcs = graph.targets(endpoint, "vpc")
    if vpcs.must:
        return all_links(graph.sources(vpcs.must[0], "route_table", relation) for relation in ("vpc", "main_of"))
    attached = [each for each in attached_tables(endpoint, graph).must if each.kind == "route_table"]
    together = dict.fromkeys(each for one in attached for each in graph.namesakes(one, "vpc"))
    return Links(must=tuple(each for each in together if each.existence.certain), may=tuple(together))


def subnets_following(table: Resource, graph: ResourceGraph) -> Links:
    """The subnets that follow a route table; ``must`` surely do."""
    found = may_follow(table, graph)
    surely = []
    for subnet in found.may:
        tables = route_tables_of(subnet, graph)
        if tables.tables == (table,) and not tables.main_of and not tables.blockers and subnet.existence.certain:
            surely.append(subnet)
    return replace(found, must=tuple(surely))
