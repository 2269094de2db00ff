"""The order of texts of which only parts are known."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cmp_to_key

from haanalyzer.values import Concat, ItemOf, Known, Term, Unknown, Value, ZoneList


class _NotToldError(Exception):
    """What is known of two texts does not tell which comes first."""


def texts_in_order(items: Sequence[Value]) -> list[Value] | None:
    """Texts by their order; None where their known parts do not tell it. Zones are listed in order of their names."""
    if all(isinstance(item, Known) and isinstance(item.data, str) for item in items):
        return sorted(items, key=str)

    def compare(left: Value, right: Value) -> int:
        return _compared(_parts(left), _parts(right))

    try:
        return sorted(items, key=cmp_to_key(compare))
    except _NotToldError:
        return None


def _parts(text: Value) -> list[str | Term]:
    match text:
        case Known(data=str(data)):
            return [data]
        case Unknown(term=Concat(parts=parts)):
            return list(parts)
        case Unknown(term=term):
            return [term]
    raise _NotToldError


def _compared(left: list[str | Term], right: list[str | Term]) -> int:
    """Below 0 where the left text comes first. No zone's name begins with another one's."""
    while left and right:
        match left[0], right[0]:
            case mine, other if mine == other:
                del left[0], right[0]
            case str(mine), str(other):
                shared = min(len(mine), len(other))
                if mine[:shared] != other[:shared]:
                    return -1 if mine < other else 1
                left[:1] = [mine[shared:]] if mine[shared:] else []
                right[:1] = [other[shared:]] if other[shared:] else []
            case (
                ItemOf(container=ZoneList(form="name") as zones, key=int(position)),
                ItemOf(container=others, key=int(beside)),
            ) if zones == others:
                return position - beside
            case _:
                raise _NotToldError
    if any(isinstance(part, str) for part in left + right):
        return 1 if left else -1
    if left or right:
        raise _NotToldError
    return 0
