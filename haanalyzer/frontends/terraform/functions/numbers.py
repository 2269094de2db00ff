"""Numeric functions."""

from __future__ import annotations

import math
import string
from collections.abc import Callable
from typing import Any

from haanalyzer.frontends.terraform.evaluation.operators import arithmetic
from haanalyzer.frontends.terraform.evaluation.scalars import to_number
from haanalyzer.frontends.terraform.evaluation.symbolic import EvaluationError
from haanalyzer.frontends.terraform.functions.request import (
    Implementation,
    Request,
    in_branches,
    number,
    on_data,
    text,
    whole,
)
from haanalyzer.values import Known, ListValue, Unknown, Value

_DIGITS = string.digits + string.ascii_lowercase + string.ascii_uppercase


def _maximum(request: Request) -> Value:
    return _extreme(request, largest=True)


def _minimum(request: Request) -> Value:
    return _extreme(request, largest=False)


def _extreme(request: Request, *, largest: bool) -> Value:
    """The largest or smallest; the lower bounds of unknown numbers may decide."""
    if not request.arguments:
        raise EvaluationError(f"{request.name} takes at least one argument")
    known: list[Any] = []
    bounds: list[int | None] = []
    for argument in request.arguments:
        match argument:
            case Known(data=data):
                known.append(to_number(data))
            case Unknown(minimum=minimum):
                bounds.append(minimum)
            case _:
                raise EvaluationError("a number is required")
    if not bounds:
        return request.known(max(known) if largest else min(known))
    if len(request.arguments) == 1:
        return request.arguments[0]
    lower = [bound for bound in [*bounds, *known] if isinstance(bound, int)]
    if largest:
        all_whole = None not in bounds and len(lower) == len(bounds) + len(known)
        return request.unknown(minimum=max(lower) if all_whole else None)
    if known and all(bound is not None and bound >= min(known) for bound in bounds):
        return request.known(min(known))
    return request.unknown(minimum=min(lower) if len(lower) == len(bounds) + len(known) else None)


def _sum(request: Request) -> Value:
    (values,) = request.arguments if len(request.arguments) == 1 else (None,)
    match values:
        case ListValue(items=(), open=None):
            raise EvaluationError("cannot sum an empty list")
        case ListValue(items=items, open=None) if all(isinstance(item, Known) for item in items):
            total: int | float = 0
            for item in items:
                total = arithmetic("+", total, to_number(item.data if isinstance(item, Known) else None))
            return request.known(total)
        case ListValue() | Unknown():
            return request.unknown()
    raise EvaluationError("sum takes a list of numbers")


def _power(base: float, exponent: float) -> int | float:
    """In doubles, as Terraform computes it."""
    return _exact(math.pow(base, exponent))


def _logarithm(value: float, base: float) -> int | float:
    return _exact(math.log(value) / math.log(base))


def _exact(result: float) -> int | float:
    return int(result) if result.is_integer() else result


def _parse_int(digits: str, base: int) -> int:
    if not 2 <= base <= 62:
        raise EvaluationError("base must be between 2 and 62")
    sign, body = (-1, digits[1:]) if digits.startswith("-") else (1, digits.removeprefix("+"))
    body = body if base > 36 else body.lower()
    if not body or any(digit not in _DIGITS[:base] for digit in body):
        raise EvaluationError(f"cannot parse {digits!r} as a base {base} integer")
    result = 0
    for digit in body:
        result = result * base + _DIGITS.index(digit)
    return sign * result


def _rounding(change: Callable[[float], float]) -> Implementation:
    """A function that leaves whole numbers from 0 on as they are."""
    on_numbers = on_data(change, number)

    def rounded(request: Request) -> Value:
        match request.arguments:
            case (Unknown(minimum=int(minimum)) as given,) if minimum >= 0:
                return given
        return on_numbers(request)

    return rounded


def _signum(value: int) -> int:
    return (value > 0) - (value < 0)


NUMBERS: dict[str, Implementation] = {
    "abs": _rounding(abs),
    "ceil": _rounding(math.ceil),
    "floor": _rounding(math.floor),
    "log": on_data(_logarithm, number, number),
    "max": in_branches(_maximum),
    "min": in_branches(_minimum),
    "parseint": on_data(_parse_int, text, whole),
    "pow": on_data(_power, number, number),
    "signum": on_data(_signum, whole),
    "sum": in_branches(_sum),
}
