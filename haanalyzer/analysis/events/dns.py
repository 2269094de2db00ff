"""DNS records: which belong together, and what they lead to."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from haanalyzer.graph import Resource, ResourceGraph
from haanalyzer.source.span import Span
from haanalyzer.values import (
    Absent,
    AttributeOf,
    Blocker,
    Concat,
    Known,
    ListValue,
    Scalar,
    Truth,
    Unknown,
    Value,
    all_of,
    any_of,
    blockers,
    same,
)
from haanalyzer.values.questions import is_equal, is_true, is_written


def failover_role(record: Resource, role: str) -> Truth:
    """Whether a record is the ``PRIMARY`` or ``SECONDARY`` one of a failover pair."""
    return is_equal(record["failover"], role)


def is_one_of_several(record: Resource) -> Truth:
    """Whether a record shares its name with others, by weight, latency or as one of several values."""
    shared = (
        is_written(record["weighted_routing"]),
        is_written(record["latency_routing"]),
        is_true(record["multivalue"]),
    )
    return any_of(shared)


def pairs_with(primary: Resource, graph: ResourceGraph) -> list[tuple[Resource, tuple[Blocker, ...]]]:
    """The records that are, or may be, the secondary one to a primary one, and what keeps that from being told."""
    found: list[tuple[Resource, tuple[Blocker, ...]]] = []
    for record in _perhaps_of_the_name(primary, graph):
        alike = map(same, _set_of(record), _set_of(primary))
        truth = all_of((failover_role(primary, "PRIMARY"), failover_role(record, "SECONDARY"), *alike))
        if record is not primary and truth is not Truth.NO:
            deciding = (primary["failover"], record["failover"], *_set_of(primary), *_set_of(record))
            unclear = Blocker(record.address, record.place, "whether it belongs to the same pair cannot be told")
            found.append((record, () if truth is Truth.YES else blockers(*deciding) or (unclear,)))
    return found


def _perhaps_of_the_name(record: Resource, graph: ResourceGraph) -> Sequence[Resource]:
    """The records of the same name, and those whose name is not known."""
    name = record["name"]
    by_name = graph.once(_records_by_name, graph.of_kind("record")[0])
    return [*by_name[name.data], *by_name[None]] if isinstance(name, Known) else graph.of_kind("record")


def _records_by_name(_: Resource, graph: ResourceGraph) -> defaultdict[Scalar | None, list[Resource]]:
    """All records by their literal names, by None where these are not known; asked of one record for all of them."""
    found: defaultdict[Scalar | None, list[Resource]] = defaultdict(list)
    for record in graph.of_kind("record"):
        name = record["name"]
        found[name.data if isinstance(name, Known) else None].append(record)
    return found


def _set_of(record: Resource) -> tuple[Value, ...]:
    """What the records of one set have in common: name, type and hosted zone, which may be that of a group."""
    owner = record.owner if isinstance(record["zone"], Absent) else record
    return record["name"], record["type"], owner["zone"], owner["zone_name"]


@dataclass(frozen=True, slots=True)
class RecordTarget:
    """A load balancer or an instance that a record leads to, where it is, and where that is written."""

    name: str
    region: Value
    place: Span


@dataclass(frozen=True, slots=True)
class RecordTargets:
    """What a record leads to in a region that can be told, and why there may be others."""

    regional: tuple[RecordTarget, ...]
    blockers: tuple[Blocker, ...]


_REGIONAL = frozenset({"load_balancer", "classic_load_balancer", "instance"})

# ``name.region.elb.amazonaws.com`` of Application and Classic Load Balancers, ``name.elb.region…`` of Network ones.
_NAME_OF_BALANCER = re.compile(r"[^.]+\.(?:elb\.)?([a-z]+(?:-[a-z]+)+-\d)\.(?:elb\.)?amazonaws\.com(?:\.cn)?\.?")


def targets_of(record: Resource, graph: ResourceGraph) -> RecordTargets:
    """What a record leads to, by its alias or by its values. Addresses and other services are left out."""
    values = record["values"]
    listed = values.items if isinstance(values, ListValue) else (values,)
    regional: list[RecordTarget] = []
    unknown: list[Blocker] = []
    for value in (record["alias_target"], *listed):
        address = _address_in(value)
        declared = graph.resources.get(address)
        if declared is not None and declared.kind in _REGIONAL:
            regional.append(RecordTarget(address, declared.region, declared.place))
        elif address not in graph.declarations:
            unknown += blockers(value)
            regional += _named_in_full(value)
    unknown += blockers(values) if not isinstance(values, ListValue) or values.open else ()
    once = {(each.name, str(each.region)): each for each in regional}
    return RecordTargets(tuple(once.values()), tuple(dict.fromkeys(unknown)))


def _address_in(value: Value) -> str:
    """Whose name a value is, perhaps with ``dualstack.`` before it: the address of a declaration, or an empty text."""
    match value:
        case Unknown(term=Concat(parts=("dualstack.", AttributeOf(address=address)))):
            return address
        case Unknown(term=AttributeOf(address=address)):
            return address
    return ""


def _named_in_full(value: Value) -> list[RecordTarget]:
    match = _NAME_OF_BALANCER.fullmatch(str(value).removeprefix("dualstack.")) if isinstance(value, Known) else None
    return [RecordTarget(str(value), Known(data=match[1], place=value.place), value.place)] if match else []
