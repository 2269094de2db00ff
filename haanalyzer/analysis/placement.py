"""Placement: which zones a resource stands in, by its own words or through the subnets it names."""

from __future__ import annotations

from dataclasses import replace

from haanalyzer.analysis.zones import Zones, ZoneUse
from haanalyzer.catalog.regions import fewest_zones, is_local_or_wavelength_zone
from haanalyzer.graph import Links, Resource, ResourceGraph
from haanalyzer.source.span import Span
from haanalyzer.values import (
    Absent,
    AttributeOf,
    Blocker,
    Call,
    Choice,
    ItemOf,
    Known,
    ListValue,
    Truth,
    Unknown,
    Value,
    ZoneList,
    assume,
    blockers,
    same,
    undecided_condition,
    walk,
)


def zone_of(subnet: Resource, graph: ResourceGraph) -> Value:
    """The one zone of a subnet (or volume, or instance): a name, an id, or a term of its own when AWS chooses."""
    zone = subnet["zone"]
    if _is_nothing(zone) and "zone_id" in subnet.words:
        zone = subnet["zone_id"]
    return _follow(_chosen_by_aws(zone, subnet), graph)


def _chosen_by_aws(zone: Value, subnet: Resource) -> Value:
    match zone:
        case _ if _is_nothing(zone):
            return Unknown(
                term=AttributeOf(subnet.address, "zone"),
                reason="no zone is given, so AWS chooses one",
                place=subnet.place,
                assuming=zone.assuming,
            )
        case Choice(when_true=when_true, when_false=when_false):
            return replace(
                zone, when_true=_chosen_by_aws(when_true, subnet), when_false=_chosen_by_aws(when_false, subnet)
            )
        case _:
            return zone


def _is_nothing(zone: Value) -> bool:
    """Whether no zone is given; an empty text gives none either."""
    return isinstance(zone, Absent) or (isinstance(zone, Known) and zone.data == "")


def _follow(zone: Value, graph: ResourceGraph) -> Value:
    """The zone of the other subnet where a zone is given as that of another subnet."""
    match zone:
        case Unknown(term=AttributeOf(address=address, name="availability_zone" | "AvailabilityZone")):
            other = graph.resources.get(address)
            if other is not None and "zone" in other.words and isinstance(other["zone"], Absent):
                return replace(zone, term=AttributeOf(address, "zone"))
    return zone


_BY_SUBNET = ("subnet", "subnets", "subnet_mappings.subnet", "network_interfaces.subnet")

# These name subnets, and are nowhere themselves.
_NOWHERE = frozenset({"route_table_association", "network_acl", "network_acl_association"})


def zones_of(resource: Resource, graph: ResourceGraph) -> Zones:
    """The zones a resource stands in, by its own words or through the subnets it names; else none."""
    if resource.kind in _NOWHERE:
        return Zones()
    if resource.kind in ("subnet", "volume"):
        return _without_local(Zones(sure=(_use(resource, graph),)))
    found = Zones()
    for relation in _BY_SUBNET:
        links = graph.targets(resource, relation)
        found |= zones_through(links, graph, () if links.certain else _conditions(resource[relation.split(".")[0]]))
    return (
        _by_each_once(found)
        or _zones_of_interfaces(resource, graph)
        or zones_written(resource)
        or _zones_of_subnet_group(resource, graph)
    )


def _by_each_once(zones: Zones) -> Zones:
    """The same zones, each subnet counted once: what is deployed names its subnets in several attributes."""
    sure = {use.by: use for use in reversed(zones.sure)}
    possible = {use.by: use for use in reversed(zones.possible) if use.by not in sure}
    return replace(zones, sure=tuple(reversed(sure.values())), possible=tuple(reversed(possible.values())))


def _zones_of_interfaces(instance: Resource, graph: ResourceGraph) -> Zones:
    """The zone of an instance's network interfaces, which all stand in its own."""
    interfaces = graph.targets(instance, "network_interfaces.interface")
    sure = [zones for each in interfaces.must if (zones := zones_of(each, graph)).sure]
    return sure[0] if sure else Zones(open=interfaces.blockers)


def _zones_of_subnet_group(resource: Resource, graph: ResourceGraph) -> Zones:
    """The zone of a database's subnet group, or of its cluster's, where it has only one; AWS chooses among several."""
    zones = zones_of_subnet_group(resource, graph)
    if not zones or zones.most == 1:
        return zones
    place = resource.place_of("subnet_group")
    return Zones(open=(Blocker(resource.address, place, "AWS chooses among the zones of its subnet group"),))


def zones_of_subnet_group(resource: Resource, graph: ResourceGraph) -> Zones:
    """The zones that the subnet group of a database or cache offers; none where no group is named at all."""
    groups = graph.targets(resource, "subnet_group")
    if groups.certain and groups.must:
        return zones_of(groups.must[0], graph)
    if groups.exist is Truth.NO and (clusters := graph.targets(resource, "cluster")).must:
        return zones_of_subnet_group(clusters.must[0], graph)
    possible = Zones()
    for group in groups.may:
        found = zones_of(group, graph)
        possible |= Zones(possible=found.sure + found.possible, open=found.open, local=found.local)
    return replace(possible, open=(*possible.open, *groups.open, *_elsewhere(groups)))


def _elsewhere(groups: Links) -> tuple[Blocker, ...]:
    return tuple(
        Blocker(str(group), group.place, "a subnet group that is not declared here") for group in groups.outside
    )


def placed_alike(left: Resource, right: Resource) -> bool:
    """Whether two resources are given the very same subnets or zones, known or not."""
    return any(
        not isinstance(left[name], Absent) and same(left[name], right[name]) is Truth.YES
        for name in ("subnets", "zones")
        if name in left.words and name in right.words
    )


def placed_at(resource: Resource) -> Span:
    """The line that says where a resource stands."""
    given = [name for name in ("subnets", "subnet_mappings", "subnet", "zones", "zone") if name in resource.words]
    return next((resource.place_of(name) for name in given if not _is_nothing(resource[name])), resource.place)


def _conditions(value: Value) -> tuple[Blocker, ...]:
    """The conditions that a value turns on."""
    choices = (part for part in walk(value) if isinstance(part, Choice))
    return tuple(undecided_condition(choice) for choice in choices)


def zones_through(subnets: Links, graph: ResourceGraph, conditions: tuple[Blocker, ...]) -> Zones:
    """The zones of the subnets that an attribute names, some of them under conditions."""
    maybe = (_use(subnet, graph) for subnet in subnets.may if subnet not in subnets.must)
    outside = [subnet for subnet in subnets.outside if not _is_placeholder(subnet)]
    placeholders = (subnet for subnet in subnets.outside if _is_placeholder(subnet))
    return _without_local(
        Zones(
            sure=(*(_use(subnet, graph) for subnet in subnets.must), *map(_use_outside, outside)),
            possible=tuple(replace(use, unless=(*use.unless, *conditions)) for use in maybe),
            open=(*subnets.open, *(Blocker(str(each), each.place, "is no subnet's id") for each in placeholders)),
        )
    )


def _is_placeholder(subnet: Value) -> bool:
    """Whether a text stands where a subnet's id must be, and is none: whoever deploys puts ids in its place."""
    return isinstance(subnet, Known) and not str(subnet).startswith("subnet-")


def zones_written(resource: Resource) -> Zones:
    """The zones that a resource gives by name, in ``zone`` or ``zones``."""
    written = (name for name in ("zones", "zone") if name in resource.words)
    name = next((name for name in written if not _is_nothing(resource[name])), None)
    if name is None:
        return Zones()
    return _without_local(_uses(resource[name], resource, resource.place_of(name)))


def _uses(zones: Value, resource: Resource, place: Span) -> Zones:
    match zones:
        case Absent():
            return Zones()
        case ListValue(items=items, open=more):
            sure = tuple(ZoneUse(item, resource.address, item.place) for item in items)
            return Zones(sure=sure, open=(more,) if more else ())
        case Unknown(term=ZoneList(region=region)):
            fewest = fewest_zones(region if isinstance(region, str) else None)
            each = (replace(zones, term=ItemOf(zones.term, index)) for index in range(fewest))
            return Zones(sure=tuple(ZoneUse(zone, resource.address, place) for zone in each), open=blockers(zones))
        case Known():
            return Zones(sure=(ZoneUse(zones, resource.address, place),))
        case Unknown(many=False) if "zone" in resource.words:
            return Zones(sure=(ZoneUse(zones, resource.address, place),))
        case _:
            return Zones(open=blockers(zones))


def _use(subnet: Resource, graph: ResourceGraph) -> ZoneUse:
    zone = assume(zone_of(subnet, graph), subnet.existence.assuming)
    return ZoneUse(zone, subnet.address, subnet.place_of("zone"), subnet.existence.unless)


def _use_outside(subnet: Value) -> ZoneUse:
    named = subnet.term if isinstance(subnet, Unknown) else str(subnet)
    reason = subnet.reason if isinstance(subnet, Unknown) else "not declared here"
    zone = Unknown(term=Call("zone of", (named,)), reason=reason, place=subnet.place)
    return ZoneUse(zone, str(subnet), subnet.place)


def _is_local(use: ZoneUse) -> bool:
    return isinstance(use.zone, Known) and is_local_or_wavelength_zone(str(use.zone))


def _without_local(zones: Zones) -> Zones:
    return Zones(
        sure=tuple(use for use in zones.sure if not _is_local(use)),
        possible=tuple(use for use in zones.possible if not _is_local(use)),
        open=zones.open,
        local=tuple(use for use in zones.sure + zones.possible if _is_local(use)),
    )
