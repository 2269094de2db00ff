"""Attributes by their names in conditions: a resource's, a block's, and what every resource has."""

from __future__ import annotations

from haanalyzer.graph import Resource
from haanalyzer.graph.resource import step
from haanalyzer.source.span import Span
from haanalyzer.values import Absent, MapValue, Value


def written(here: Resource | MapValue, name: str) -> Value:
    """The value of an attribute, dotted where it leads into a block; Absent for one of other kinds."""
    first, _, rest = name.partition(".")
    if isinstance(here, MapValue):
        value = here.get(first)
    elif first in here.words and (first != "tags" or not rest):
        value = here[first]
    elif first == "tags" and rest:
        return step(here.tags, rest)
    elif first == "region":
        return here.region
    else:
        return Absent(place=here.place)
    for segment in rest.split(".") if rest else ():
        value = step(value, segment)
    return value


def place_of(here: Resource | MapValue, name: str, value: Value) -> Span:
    """The line that gives an attribute this value: where it is used, if the value comes from elsewhere."""
    if isinstance(here, Resource):
        if name in here.words:
            return here.place_of(name)
        if name == "region":
            return here.place
    return here.place if value.assuming else value.place
