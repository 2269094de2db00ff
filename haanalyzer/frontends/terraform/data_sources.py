"""What is known of a data source before anything is read: its identity, and a little more."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from haanalyzer.frontends.terraform.evaluation.choices import each_branch
from haanalyzer.frontends.terraform.zone_sources import zones_listed
from haanalyzer.source.span import Span
from haanalyzer.values import ListValue, Symbol, Term, Unknown, Value

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


def _zones(name: str, form: str) -> Callable[[DataSource], Value]:
    def zones(source: DataSource) -> Value:
        def of(region: Value) -> Value:
            listed = zones_listed(source.arguments, region, form)
            if isinstance(listed, ListValue):
                return listed
            return replace(source.symbolic(listed or Symbol(f"{source.address}.{name}")), many=True)

        return each_branch(source.region(), of)

    return zones


_KNOWN: Mapping[tuple[str, str], Callable[[DataSource], Value | None]] = {
    ("aws_availability_zones", "names"): _zones("names", "name"),
    ("aws_availability_zones", "zone_ids"): _zones("zone_ids", "id"),
    ("aws_region", "name"): lambda source: source.region(),
    ("aws_region", "id"): lambda source: source.region(),
    ("aws_region", "region"): lambda source: source.region(),
}
