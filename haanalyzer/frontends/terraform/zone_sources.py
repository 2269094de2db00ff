"""Which zones a data source ``aws_availability_zones`` lists, before anything is read."""

from __future__ import annotations

from collections.abc import Mapping

from haanalyzer.catalog.regions import zone_names
from haanalyzer.values import Absent, Known, ListValue, MapValue, Truth, Unknown, Value, ZoneList, same

_ARGUMENTS = frozenset({"state", "filter", "timeouts", "region", "lifecycle"})
_FILTERS = {
    "opt-in-status": "opt-in-not-required",
    "zone-type": "availability-zone",
    "state": "available",
}


def zones_listed(arguments: Mapping[str, Value], region: Value, form: str) -> ZoneList | ListValue | None:
    """The region's own list where the arguments leave no Availability Zone out, or the zones that a filter names.

    ``form`` is ``name`` or ``id``. None where some other part of the region's zones is listed.
    """
    if any(name not in _ARGUMENTS and not _is_nothing(value) for name, value in arguments.items()):
        return None
    state, filters = arguments.get("state"), arguments.get("filter")
    if state is not None and not (isinstance(state, Known) and state.data == "available"):
        return None
    if filters is None:
        return _every_zone(region, form)
    if not isinstance(filters, ListValue) or filters.open is not None:
        return None
    choosing = [block for block in filters.items if not _keeps_zones(block, region)]
    if not choosing:
        return _every_zone(region, form)
    return _named(choosing[0], region) if len(choosing) == 1 and form == "name" else None


def _every_zone(region: Value, form: str) -> ZoneList:
    match region:
        case Known(data=str(name)):
            return ZoneList(name, form)
        case Unknown(term=term):
            return ZoneList(term, form)
    return ZoneList(None, form)


def _is_nothing(value: Value) -> bool:
    """Whether an argument says what it would say if it were not there."""
    match value:
        case Absent() | ListValue(items=(), open=None) | Known(data=False):
            return True
    return False


def _keeps_zones(block: Value, region: Value) -> bool:
    """Whether a filter block lets every Availability Zone of the region pass."""
    name, values = _filter(block)
    if name == "region-name":
        return any(same(value, region) is Truth.YES for value in values.items)
    return any(isinstance(value, Known) and value.data == _FILTERS.get(name) for value in values.items)


def _named(block: Value, region: Value) -> ListValue | None:
    """The zones that a filter names, in the order of their names; None where one may be none of the region's."""
    name, values = _filter(block)
    names = {str(value): value for value in values.items if isinstance(value, Known)}
    existing = zone_names(region.data if isinstance(region, Known) and isinstance(region.data, str) else None)
    whole = values.open is None and 0 < len(names) == len(values.items)
    if name != "zone-name" or not whole or names.keys() - set(existing):
        return None
    return ListValue(items=tuple(names[each] for each in sorted(names)), place=values.place)


def _filter(block: Value) -> tuple[str, ListValue]:
    """The name and the values of a filter block; no name and no values where they are not known."""
    name, values = (block.get("name"), block.get("values")) if isinstance(block, MapValue) else (block, block)
    if isinstance(name, Known) and isinstance(values, ListValue):
        return str(name), values
    return "", ListValue(items=(), place=block.place)
