"""Functions over lists."""

from __future__ import annotations

import ipaddress
from itertools import islice

from haanalyzer.catalog.regions import fewest_zones
from haanalyzer.frontends.cloudformation.evaluation.functions.arguments import elements, whole_number
from haanalyzer.frontends.cloudformation.evaluation.scope import Scope
from haanalyzer.frontends.cloudformation.evaluation.symbolic import MalformedError, blocker_of, distribute, unknown_call
from haanalyzer.frontends.tree.nodes import Node
from haanalyzer.source.span import Span
from haanalyzer.values import (
    Absent,
    Blocker,
    ItemOf,
    Known,
    ListValue,
    Unknown,
    Value,
    ZoneList,
)

_MOST_BLOCKS = 256


def select(argument: Node, scope: Scope, place: Span) -> Value:
    """``Fn::Select``: an element, or which element of which unknown list."""
    index_node, list_node = elements(argument, 2, 2)
    return distribute(
        [scope.evaluate(index_node), scope.evaluate(list_node)], lambda values: _select(values[0], values[1], place)
    )


def _select(index: Value, collection: Value, place: Span) -> Value:
    at = whole_number(index)
    match collection:
        case _ if at is None:
            return unknown_call("Fn::Select", [index, collection], place)
        case ListValue(items=items) if 0 <= at < len(items):
            return items[at]
        case ListValue(open=Blocker()):
            return unknown_call("Fn::Select", [index, collection], place)
        case ListValue(items=items):
            raise MalformedError(f"an index below {len(items)}, found {at}")
        case Unknown(term=term, reason=reason) if at >= 0:
            return Unknown(term=ItemOf(term, at), reason=reason, place=place)
    raise MalformedError("an index and a list")


def get_azs(argument: Node, scope: Scope, place: Span) -> Value:
    """``Fn::GetAZs``: the zones of a region, of the stack's own when none is named."""
    return distribute([scope.evaluate(argument)], lambda values: _zones(values[0], scope, place))


def _zones(region: Value, scope: Scope, place: Span) -> Value:
    if isinstance(region, Absent) or (isinstance(region, Known) and region.data == ""):
        region = scope.stack.region
    match region:
        case Known(data=str(name)):
            where: str | Unknown = name
        case Unknown():
            where = region
        case _:
            raise MalformedError("the name of a region")
    term = ZoneList(where if isinstance(where, str) else where.term)
    return Unknown(term=term, reason="zones differ between accounts", place=place, many=True)


def length(argument: Node, scope: Scope, place: Span) -> Value:
    """``Fn::Length``: the number of elements, or at least how many."""
    return distribute([scope.evaluate(argument)], lambda values: _length(values[0], place))


def _length(collection: Value, place: Span) -> Value:
    least: int | None = None
    match collection:
        case ListValue(items=items, open=None):
            return Known(data=len(items), place=place)
        case ListValue(items=items):
            least = len(items)
        case Unknown(term=ZoneList(region=region)):
            least = fewest_zones(region if isinstance(region, str) else None)
        case Unknown():
            pass
        case _:
            raise MalformedError("a list")
    found = unknown_call("Fn::Length", [collection], place)
    return Unknown(term=found.term, reason=blocker_of(collection).reason, place=place, minimum=least)


def cidr(argument: Node, scope: Scope, place: Span) -> Value:
    """``Fn::Cidr``: address blocks of equal size."""
    values = [scope.evaluate(node) for node in elements(argument, 2, 3)]
    return distribute(values, lambda given: _blocks(given, place))


def _blocks(given: list[Value], place: Span) -> Value:
    block, *numbers = given
    wanted = [whole_number(number) for number in numbers]
    if not isinstance(block, Known) or None in wanted or len(wanted) < 2:
        return unknown_call("Fn::Cidr", given, place, many=True)
    count, bits = (number for number in wanted if number is not None)
    try:
        network = ipaddress.ip_network(str(block.data), strict=False)
        blocks = list(islice(network.subnets(new_prefix=network.max_prefixlen - bits), min(count, _MOST_BLOCKS)))
    except ValueError as error:
        raise MalformedError(f"an address block that can be cut so: {error}") from error
    if not 1 <= count <= _MOST_BLOCKS or len(blocks) < count:
        raise MalformedError(f"1 to {_MOST_BLOCKS} blocks that fit into {network}, found {count}")
    return ListValue(items=tuple(Known(data=str(part), place=place) for part in blocks), place=place)
