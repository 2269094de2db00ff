"""Values and zones, as people say them."""

from __future__ import annotations

from haanalyzer.analysis.placement import zones_of, zones_of_subnet_group
from haanalyzer.analysis.zones import Zones, describe, short_name
from haanalyzer.frontends.deployment import Named
from haanalyzer.graph import Resource, ResourceGraph
from haanalyzer.report.words import one_line
from haanalyzer.values import (
    Absent,
    AttributeOf,
    Choice,
    ItemOf,
    Known,
    ListValue,
    MapValue,
    Unknown,
    Value,
    ZoneList,
    assumptions,
)

_LONGEST = 300
_MOST_ITEMS = 12

STANDING = frozenset(
    {
        "auto_scaling_group",
        "cache_cluster",
        "cache_subnet_group",
        "classic_load_balancer",
        "db_cluster",
        "db_instance",
        "db_subnet_group",
        "ecs_service",
        "instance",
        "lambda_function",
        "load_balancer",
        "memorydb_cluster",
        "nat_gateway",
        "replication_group",
        "serverless_cache",
        "subnet",
        "vpc_endpoint",
    }
)
"""The kinds of which people ask in which zones they stand."""


def zones_in_words(resource: Resource, graph: ResourceGraph) -> str:
    """``eu-west-1#0, #1``: the zones that a resource stands in or may be placed in; empty where it names none."""
    zones = zones_of(resource, graph)
    if "subnet_group" in resource.words and not zones.sure:
        zones = zones_of_subnet_group(resource, graph) or zones
    return _listed(zones.each_once)


def _listed(zones: Zones) -> str:
    sure = [_zone_in_words(use.zone) for use in zones.sure]
    possible = [_zone_in_words(use.zone) for use in zones.possible]
    words = [*sure, *(f"perhaps {name}" for name in possible if name not in sure)]
    words += [f"{_zone_in_words(use.zone)} (no Availability Zone)" for use in zones.local]
    if zones.open:
        words.append("perhaps others" if words else "not known")
    return one_line(", ".join(_without_repetition(words)))


def _zone_in_words(zone: Value) -> str:
    short = short_name(zone)
    return short if isinstance(zone, Known) or "#" in short else describe(zone)


def _without_repetition(words: list[str]) -> list[str]:
    """``eu-west-1#0, eu-west-1#1`` with the list named once."""
    shown = []
    before = ""
    for word in words:
        named, mark, index = word.partition("#")
        shown.append(f"#{index}" if mark and named and named == before else word)
        before = named if mark else ""
    return shown


def value_in_words(value: Value) -> str:
    """A value as Markdown: in code where it is known, else what it is and why it is not known."""
    text = _said(value)
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"


def named_in_words(named: Named) -> str:
    """``is `5` ``, or that it is not known, and why, without repeating the name."""
    value = named.value
    if isinstance(value, Unknown) and f".{value.term}".replace("/", ".").endswith(f".{named.text}"):
        return f"is not known: {one_line(value.reason)}"
    return f"is {value_in_words(value)}"


def assumed_in_words(value: Value) -> list[str]:
    """The defaults that a value rests on, each as ``MultiAZ = false (default)``."""
    return [one_line(str(each)) for each in sorted(assumptions(value), key=lambda each: (each.place, each.name))]


def _said(value: Value) -> str:
    match value:
        case Known():
            return code(str(value) or '""')
        case Absent():
            return "nothing"
        case ListValue(items=items, open=more):
            shown = [_said(item) for item in items[:_MOST_ITEMS]]
            if more or len(items) > _MOST_ITEMS:
                shown.append("…")
            return f"[{', '.join(shown)}]"
        case MapValue(entries=entries):
            shown = [f"{name}: {_said(entry)}" for name, entry in list(entries.items())[:_MOST_ITEMS]]
            return f"{{{', '.join(shown)}{', …' if value.open or len(entries) > _MOST_ITEMS else ''}}}"
        case Choice(condition=condition):
            return f"{_said(value.when_true)} if {code(str(condition))}, else {_said(value.when_false)}"
        case Unknown(term=AttributeOf(address=address, name=name)):
            return f"{code(name)} of {code(address)}"
        case Unknown(term=ItemOf(container=ZoneList())):
            return f"{describe(value)} ({code(short_name(value))})"
        case Unknown(term=term, reason=reason):
            return f"{code(str(term))} ({one_line(reason)})" if reason else code(str(term))


def code(text: str) -> str:
    """Text as Markdown code, whatever it holds."""
    line = one_line(text)
    fence = "``" if "`" in line else "`"
    padding = " " if line.startswith("`") or line.endswith("`") or not line else ""
    return f"{fence}{padding}{line}{padding}{fence}"
