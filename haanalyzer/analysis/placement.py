"""Zones: where a resource stands, and how many zones a set of them surely or possibly spans."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from haanalyzer.catalog.regions import fewest_zones, is_local_or_wavelength_zone, is_zone_id, region_of_zone_name
from haanalyzer.finding import Step
from haanalyzer.graph import Links, Resource, ResourceGraph
from haanalyzer.source.span import Span
from haanalyzer.values import (
    Absent,
    Assumption,
    AttributeOf,
    Blocker,
    Call,
    Choice,
    ItemOf,
    Known,
    ListValue,
    Symbol,
    Term,
    Truth,
    Unknown,
    Value,
    ZoneList,
    assume,
    assumptions,
    blockers,
    same,
    walk,
)


@dataclass(frozen=True, slots=True)
class ZoneUse:
    """One zone in use: its value, who stands in it (an address or what names it), and the line that says so.

    ``unless`` holds what keeps a possible use from being certain, where that is known.
    """

    zone: Value
    by: str
    place: Span
    unless: tuple[Blocker, ...] = ()

    @property
    def steps(self) -> tuple[Step, ...]:
        """Who stands in which zone, after where that zone's name is written if that is another line."""
        if isinstance(self.zone, Unknown) and self.zone.term == Call("zone of", (self.by,)):
            return (Step(self.place, f"{self.by} is one subnet, and stands in one zone"),)
        use = Step(self.place, f"{self.by} is in {describe(self.zone)}")
        if self.written_at == self.place:
            return (use,)
        return Step(self.written_at, f"{describe(self.zone)} is given here"), use

    @property
    def written_at(self) -> Span:
        """The line of a zone's name, which may be a default or an argument elsewhere; else the line that uses it."""
        name = self.zone.place
        same_line = (name.path, name.line) == (self.place.path, self.place.line)
        return name if isinstance(self.zone, Known) and not same_line else self.place


@dataclass(frozen=True, slots=True)
class Zones:
    """The zones that something uses.

    ``sure`` are used in every deployment, ``possible`` in some besides; ``open``
    says why there may be more. ``local`` are Local and Wavelength Zones, which
    count as none.
    """

    sure: tuple[ZoneUse, ...] = ()
    possible: tuple[ZoneUse, ...] = ()
    open: tuple[Blocker, ...] = ()
    local: tuple[ZoneUse, ...] = ()

    def __or__(self, other: Zones) -> Zones:
        return Zones(
            self.sure + other.sure,
            self.possible + other.possible,
            tuple(dict.fromkeys(self.open + other.open)),
            self.local + other.local,
        )

    def __bool__(self) -> bool:
        """Whether any zone is, or may be, named at all."""
        return bool(self.sure or self.possible or self.open or self.local)

    @property
    def fewest(self) -> int:
        """How many different zones are surely used."""
        return len(_distinct(self.sure))

    @property
    def most(self) -> int | None:
        """How many different zones may be used at most; None when there is no bound."""
        if self.open:
            return None
        return len(_classes(self.sure + self.possible))

    def spans(self, number: int) -> Truth:
        """Whether at least so many different zones are used."""
        if self.fewest >= number:
            return Truth.YES
        most = self.most
        return Truth.NO if most is not None and most < number else Truth.MAYBE

    def includes(self, zone: Value) -> Truth:
        """Whether a zone is among those used."""
        if any(same_zone(use.zone, zone) is Truth.YES for use in self.sure):
            return Truth.YES
        excluded = all(same_zone(use.zone, zone) is Truth.NO for use in self.sure + self.possible)
        return Truth.NO if excluded and not self.open else Truth.MAYBE

    @property
    def steps(self) -> tuple[Step, ...]:
        local = (Step(use.place, f"{describe(use.zone)} is no Availability Zone") for use in self.local)
        return (*(step for use in self.sure + self.possible for step in use.steps), *local)

    @property
    def assuming(self) -> frozenset[Assumption]:
        return assumptions(*(use.zone for use in self.sure + self.possible))

    @property
    def blockers(self) -> tuple[Blocker, ...]:
        """What keeps the number of zones from being told."""
        classes = _classes(self.sure + self.possible)
        unknown = [
            blocker
            for each in classes
            if any(same_zone(each[0].zone, other[0].zone) is Truth.MAYBE for other in classes)
            for use in each
            for blocker in _unknown_zone(use)
        ]
        conditional = [
            blocker
            for use in self.possible
            for blocker in use.unless or (Blocker(use.by, use.place, "may not be in use"),)
        ]
        return tuple(dict.fromkeys((*self.open, *unknown, *conditional)))


def _unknown_zone(use: ZoneUse) -> tuple[Blocker, ...]:
    match use.zone:
        case Unknown(term=Call(function="zone of"), reason=reason):
            return (Blocker(use.by, use.place, reason),)
        case Known():
            return (Blocker(str(use.zone), use.place, "a zone by id and one by name"),)
        case _:
            return blockers(use.zone) or (Blocker(use.by, use.place, "its zone is no text"),)


def describe(zone: Value) -> str:
    """A zone for people: its name, or which position of which list it is."""
    match zone:
        case Unknown(term=AttributeOf(name="zone")):
            return "a zone that AWS chooses"
        case Unknown(term=Call(function="zone of", arguments=(subnet,))):
            return f"the zone of {subnet}"
        case Unknown(term=ItemOf(container=container, key=int(key))) if 0 <= key < len(_ORDINALS):
            return f"the {_ORDINALS[key]} zone of {_zone_list(container)}"
        case Unknown(term=Symbol(name=name)):
            return f"the zone named by {name}"
        case Choice(when_true=when_true, when_false=when_false):
            return f"{describe(when_true)} or {describe(when_false)}"
        case Known():
            return str(zone)
        case _:
            return f"zone {zone}"


_ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth")


def _zone_list(container: Term) -> str:
    if not isinstance(container, ZoneList):
        return str(container)
    return container.region if isinstance(container.region, str) else "the region"


def short_name(zone: Value) -> str:
    """``eu-west-1a``, ``eu-west-1#0``, ``?#0`` where the region is not known, ``?term`` for any other unknown."""
    match zone:
        case Known():
            return str(zone)
        case Unknown(term=ItemOf(container=ZoneList(region=region), key=key)):
            return f"{region if isinstance(region, str) else '?'}#{key}"
        case Unknown(term=ItemOf(container=container, key=int(key))):
            return f"?{container}#{key}"
        case Choice(when_true=when_true, when_false=when_false):
            return f"{short_name(when_true)}|{short_name(when_false)}"
        case _:
            return f"?{zone}"


def same_zone(left: Value, right: Value) -> Truth:
    """Whether two zones are one. Different positions of one zone list are different zones.

    A zone's name and a zone's id are never compared: which name has which id
    differs between accounts.
    """
    if isinstance(left, Choice) or isinstance(right, Choice):
        return _same_choice(left, right)
    match left, right:
        case Known(data=str(mine)), Known(data=str(other)) if is_zone_id(mine) != is_zone_id(other):
            return Truth.MAYBE
        case Unknown(term=ItemOf(container=mine, key=int(at))), Unknown(term=ItemOf(container=other, key=int(beside))):
            if mine == other:
                return Truth.of(at == beside)
    if _regions_differ(left, right):
        return Truth.NO
    return same(left, right)


def _same_choice(left: Value, right: Value) -> Truth:
    if not isinstance(left, Choice):
        left, right = right, left
    assert isinstance(left, Choice)
    correlated = isinstance(right, Choice) and right.condition == left.condition
    first, second = (right.when_true, right.when_false) if correlated and isinstance(right, Choice) else (right, right)
    when_true, when_false = same_zone(left.when_true, first), same_zone(left.when_false, second)
    return when_true if when_true is when_false else Truth.MAYBE


def _regions_differ(left: Value, right: Value) -> bool:
    regions = [_region_of(left), _region_of(right)]
    return None not in regions and regions[0] != regions[1]


def _region_of(zone: Value) -> str | None:
    match zone:
        case Known(data=str(name)):
            return region_of_zone_name(name)
        case Unknown(term=ItemOf(container=ZoneList(region=str(region)))):
            return region
        case _:
            return None


def zone_of(subnet: Resource, graph: ResourceGraph) -> Value:
    """The one zone of a subnet (or volume, or instance): a name, an id, or a term of its own when AWS chooses."""
    zone = subnet["zone"]
    if isinstance(zone, Absent) and "zone_id" in subnet.words:
        zone = subnet["zone_id"]
    return _follow(_chosen_by_aws(zone, subnet), graph)


def _chosen_by_aws(zone: Value, subnet: Resource) -> Value:
    match zone:
        case Absent():
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
    return found or zones_written(resource)


def placed_alike(left: Resource, right: Resource) -> bool:
    """Whether two resources are given the very same subnets or zones, known or not."""
    return any(
        not isinstance(left[name], Absent) and same(left[name], right[name]) is Truth.YES
        for name in ("subnets", "zones")
        if name in left.words and name in right.words
    )


def _conditions(value: Value) -> tuple[Blocker, ...]:
    """The conditions that a value turns on."""
    choices = (part for part in walk(value) if isinstance(part, Choice))
    return tuple(Blocker(str(choice.condition), choice.place, choice.reason) for choice in choices)


def zones_through(subnets: Links, graph: ResourceGraph, conditions: tuple[Blocker, ...]) -> Zones:
    """The zones of the subnets that an attribute names, some of them under conditions."""
    maybe = (_use(subnet, graph) for subnet in subnets.may if subnet not in subnets.must)
    named = [value for value in subnets.outside if str(value)]
    empty = (Blocker('""', value.place, "an empty text names no subnet") for value in subnets.outside if not str(value))
    return _without_local(
        Zones(
            sure=(*(_use(subnet, graph) for subnet in subnets.must), *map(_use_outside, named)),
            possible=tuple(replace(use, unless=(*use.unless, *conditions)) for use in maybe),
            open=(*subnets.open, *empty),
        )
    )


def zones_written(resource: Resource) -> Zones:
    """The zones that a resource gives by name, in ``zone`` or ``zones``."""
    name = next((name for name in ("zones", "zone") if name in resource.words), None)
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


def _classes(uses: Iterable[ZoneUse]) -> list[list[ZoneUse]]:
    """Uses grouped by zones that are surely the same."""
    classes: list[list[ZoneUse]] = []
    for use in uses:
        home = next((found for found in classes if same_zone(found[0].zone, use.zone) is Truth.YES), None)
        if home is None:
            classes.append([use])
        else:
            home.append(use)
    return classes


def _distinct(uses: Iterable[ZoneUse]) -> list[list[ZoneUse]]:
    """Classes of uses that are surely in different zones from each other: as many as are found from any start."""
    classes = _classes(uses)
    best: list[list[ZoneUse]] = []
    for start in range(len(classes)):
        found: list[list[ZoneUse]] = []
        for each in classes[start:] + classes[:start]:
            if all(same_zone(other[0].zone, each[0].zone) is Truth.NO for other in found):
                found.append(each)
        best = max(best, found, key=len)
    return best
