"""What is known of a data source before anything is read: its identity, and a little more."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from haanalyzer.frontends.terraform.choices import each_branch
from haanalyzer.source.span import Span
from haanalyzer.values import Absent, Known, ListValue, MapValue, Symbol, Term, Truth, Unknown, Value, ZoneList, same

READ_AT_PLAN = "read from AWS when it is planned"


@dataclass(frozen=True, slots=True)
class DataSource:
    """One data source. ``arguments`` and ``region`` are evaluated when asked for."""

    type: str
    address: str
    place: Span
    arguments: Mapping[str, Value]
    region: Callable[[], Value]

    def attribute(self, name: str) -> Value:
        """What is known of an attribute; at the least, that it is the same wherever it is read."""
        known = _KNOWN.get((self.type, name))
        found = known(self) if known else None
        if found is not None:
            return found
        return self.symbolic(Symbol(f"{self.address}.{name}"), maybe_absent=name not in ("id", "arn"))

    def symbolic(self, term: Term, *, maybe_absent: bool = False) -> Unknown:
        return Unknown(term=term, reason=READ_AT_PLAN, place=self.place, maybe_absent=maybe_absent)


def _zones(form: str) -> Callable[[DataSource], Value | None]:
    def zones(source: DataSource) -> Value | None:
        def of(region: Value) -> Value:
            if not _lists_every_zone(source.arguments, region):
                return replace(source.symbolic(Symbol(f"{source.address}.{_ZONES[form]}")), many=True)
            match region:
                case Known(data=str(name)):
                    term = ZoneList(name, form)
                case Unknown():
                    term = ZoneList(region.term, form)
                case _:
                    term = ZoneList(None, form)
            return replace(source.symbolic(term), many=True)

        return each_branch(source.region(), of)

    return zones


_ZONES = {"name": "names", "id": "zone_ids"}
_ZONE_ARGUMENTS = frozenset({"state", "filter", "timeouts", "region", "lifecycle"})
_FILTERS = {
    "opt-in-status": "opt-in-not-required",
    "zone-type": "availability-zone",
    "state": "available",
}


def _lists_every_zone(arguments: Mapping[str, Value], region: Value) -> bool:
    """Whether the arguments leave no Availability Zone out, so that it is the region's own list."""
    if any(name not in _ZONE_ARGUMENTS and not _is_nothing(value) for name, value in arguments.items()):
        return False
    state, filters = arguments.get("state"), arguments.get("filter")
    if state is not None and not (isinstance(state, Known) and state.data == "available"):
        return False
    if filters is None:
        return True
    if not isinstance(filters, ListValue) or filters.open is not None:
        return False
    return all(_keeps_zones(block, region) for block in filters.items)


def _is_nothing(value: Value) -> bool:
    """Whether an argument says what it would say if it were not there."""
    match value:
        case Absent() | ListValue(items=(), open=None) | Known(data=False):
            return True
    return False


def _keeps_zones(block: Value, region: Value) -> bool:
    """Whether a filter block lets every Availability Zone of the region pass."""
    if not isinstance(block, MapValue):
        return False
    name, values = block.get("name"), block.get("values")
    if not isinstance(name, Known) or not isinstance(values, ListValue):
        return False
    if str(name) == "region-name":
        return any(same(value, region) is Truth.YES for value in values.items)
    return any(isinstance(value, Known) and value.data == _FILTERS.get(str(name)) for value in values.items)


_KNOWN: Mapping[tuple[str, str], Callable[[DataSource], Value | None]] = {
    ("aws_availability_zones", "names"): _zones("name"),
    ("aws_availability_zones", "zone_ids"): _zones("id"),
    ("aws_region", "name"): lambda source: source.region(),
    ("aws_region", "id"): lambda source: source.region(),
    ("aws_region", "region"): lambda source: source.region(),
}
