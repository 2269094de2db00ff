"""Zones as terms: which are surely one or two, how many are surely or possibly in use, and how people call them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from haanalyzer.catalog.regions import is_zone_id, region_of_zone_name
from haanalyzer.finding import Step
from haanalyzer.source.span import Span
from haanalyzer.values import (
    Assumption,
    AttributeOf,
    Blocker,
    Call,
    Choice,
    Concat,
    ItemOf,
    Known,
    Symbol,
    Term,
    Truth,
    Unknown,
    Value,
    ZoneList,
    assumptions,
    blockers,
    same,
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
        match self.zone:
            case Unknown(term=Call(function="zone of", arguments=(subnet,))) if str(subnet) == self.by:
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
    def each_once(self) -> Zones:
        """The same zones, with the first use of each."""
        sure, possible = (tuple(uses[0] for uses in _classes(each)) for each in (self.sure, self.possible))
        return Zones(sure, possible, self.open, self.local)

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
            if any(same_zone(each[0].zone, other[0].zone) is not Truth.NO for other in classes if other is not each)
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


def named(uses: Iterable[ZoneUse]) -> str:
    """Zones for people, one or more, each once: ``the first and second zones of the region and eu-west-1c``."""
    listed: dict[str, dict[str, None]] = {}
    for use in uses:
        match use.zone:
            case Unknown(term=ItemOf(container=container, key=int(key))) if 0 <= key < len(_ORDINALS):
                listed.setdefault(_zone_list(container), {})[_ORDINALS[key]] = None
            case zone:
                listed.setdefault(describe(zone), {})
    return _enumerated(
        f"the {_enumerated(ordinals)} zone{'s' if len(ordinals) > 1 else ''} of {what}" if ordinals else what
        for what, ordinals in listed.items()
    )


def _enumerated(words: Iterable[str]) -> str:
    *others, last = words
    return f"{', '.join(others)} and {last}" if others else last


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


def _classes(uses: Iterable[ZoneUse]) -> list[list[ZoneUse]]:
    """Uses grouped by zones that are surely the same."""
    classes: dict[object, list[ZoneUse]] = {}
    for use in uses:
        classes.setdefault(_identity(use.zone), []).append(use)
    return list(classes.values())


def _identity(zone: Value) -> object:
    """What is equal for zones that are surely the same."""
    match zone:
        case Known(data=data):
            return str(data)
        case Unknown(term=term):
            return term
        case Choice(condition=condition):
            first, second = _identity(zone.when_true), _identity(zone.when_false)
            return first if first == second else (condition, first, second)
        case _:
            return str(zone)


_MOST_STARTS = 8


def _distinct(uses: Iterable[ZoneUse]) -> list[Value]:
    """Zones that are surely different from each other: as many as are found from the largest families."""
    zones = [each[0].zone for each in _classes(uses)]
    families: dict[object, list[Value]] = {}
    for zone in zones:
        families.setdefault(_family(zone), []).append(zone)
    best: list[Value] = []
    for family in sorted(families.values(), key=lambda each: (-len(each), str(each[0])))[:_MOST_STARTS]:
        found: list[Value] = []
        for zone in (*family, *zones):
            if all(same_zone(other, zone) is Truth.NO for other in found):
                found.append(zone)
        best = max(best, found, key=len)
    return best


def _family(zone: Value) -> object:
    """What zones share that can be told from each other: a way of naming, a list, the beginning of a name."""
    match zone:
        case Known(data=data):
            return is_zone_id(str(data))
        case Unknown(term=ItemOf(container=container)):
            return container
        case Unknown(term=Concat(parts=(beginning, *_))):
            return beginning
        case _:
            return _identity(zone)
