"""Terraform's operators over three-valued values."""

from __future__ import annotations

import operator
from collections.abc import Callable, Sequence
from decimal import Decimal, DivisionByZero, InvalidOperation, localcontext

from haanalyzer.frontends.terraform.evaluation.choices import together
from haanalyzer.frontends.terraform.evaluation.scalars import to_bool, to_number, whole_or_float
from haanalyzer.frontends.terraform.evaluation.symbolic import (
    EvaluationError,
    equal,
    equation,
    opaque,
    term_of,
    value_of,
)
from haanalyzer.source.span import Span
from haanalyzer.values import (
    AttributeOf,
    Call,
    ItemOf,
    Known,
    ListValue,
    MapValue,
    Scalar,
    Symbol,
    Term,
    Truth,
    Unknown,
    Value,
    assumptions,
    first_blocker,
)

to_truth = to_bool

# Terraform computes with 512 bits, and writes what it got in decimal.
_DIGITS = 100
_FLOAT_DIGITS = 16


def unary(name: str, operand: Value, place: Span) -> Value:
    """``!x`` and ``-x``. Raises `EvaluationError` for a known operand that is neither a bool nor a number."""
    return together([operand], lambda values: _unary(name, values[0], place), keep_failures=True)


def _unary(name: str, operand: Value, place: Span) -> Value:
    match operand:
        case Known(data=data):
            result = (not to_bool(data)) if name == "!" else -to_number(data)
            return value_of(result, place, operand.assuming)
        case Unknown(term=term):
            return Unknown(
                term=_negation(term) if name == "!" else Call("-", (term,)),
                reason=operand.reason,
                place=place,
                assuming=operand.assuming,
            )
    raise EvaluationError(f"unsuitable operand of {name}")


def _negation(term: Term) -> Term:
    match term:
        case Call(function="!", arguments=(Symbol() | AttributeOf() | ItemOf() | Call() as negated,)):
            return negated
    return Call("!", (term,))


def binary(name: str, left: Value, right: Value, place: Span) -> Value:
    """The binary operators. Raises `EvaluationError` where Terraform would on known operands."""
    apply = _LOGIC.get(name) or _EQUALITY.get(name) or _ORDER.get(name) or _arithmetic(name)
    return together([left, right], lambda values: apply(values[0], values[1], place), keep_failures=True)


def _and(left: Value, right: Value, place: Span) -> Value:
    return _logic("&&", left, right, place, decisive=False)


def _or(left: Value, right: Value, place: Span) -> Value:
    return _logic("||", left, right, place, decisive=True)


def _logic(name: str, left: Value, right: Value, place: Span, *, decisive: bool) -> Value:
    """One side may decide alone; a side that does not decide leaves the answer to the other."""
    undecided: list[Unknown] = []
    for side in (left, right):
        match side:
            case Known(data=data):
                if to_bool(data) is decisive:
                    return value_of(decisive, place, side.assuming)
            case Unknown():
                undecided.append(side)
            case _:
                raise EvaluationError(f"unsuitable operand of {name}: a bool is required")
    if not undecided:
        return value_of(not decisive, place, left.assuming | right.assuming)
    if len({side.term for side in undecided}) == 1:
        return _unknown(undecided[0].term, left, right, place)
    return opaque(name, (left, right), place)


def _unknown(term: Term, left: Value, right: Value, place: Span, minimum: int | None = None) -> Unknown:
    """An unknown result whose reason is the first of its operands'."""
    found = first_blocker(left, right)
    reason = found.reason if found else "equal only if both sides have one type, which is not known here"
    return Unknown(term=term, reason=reason, place=place, assuming=assumptions(left, right), minimum=minimum)


def _equals(left: Value, right: Value, place: Span) -> Value:
    truth = equality(left, right)
    if truth is not Truth.MAYBE:
        return value_of(truth is Truth.YES, place, assumptions(left, right))
    return _unknown(equation(left, right), left, right, place)


def equality(left: Value, right: Value) -> Truth:
    """What ``==`` says: values of different types are never equal.

    A list or tuple, and a map or object, look alike here, and so does an
    attribute that the provider converts: equal content says no more than perhaps.
    """
    truth = equal(left, right)
    if truth is not Truth.YES:
        return truth
    match left, right:
        case Known(data=mine), Known(data=other):
            return Truth.YES if _type(mine) == _type(other) else Truth.MAYBE
        case ListValue(items=ours, is_set=True), ListValue(items=theirs, is_set=True):
            return Truth.YES if _are_of_one_type(ours + theirs) else Truth.MAYBE
        case (ListValue(), ListValue()) | (MapValue(), MapValue()):
            return Truth.YES if left is right else Truth.MAYBE
    return truth


def _are_of_one_type(items: Sequence[Value]) -> bool:
    types = {_type(item.data) if isinstance(item, Known) else None for item in items}
    return len(types) == 1 and None not in types


def _type(data: Scalar) -> str:
    return "bool" if isinstance(data, bool) else "string" if isinstance(data, str) else "number"


def _differs(left: Value, right: Value, place: Span) -> Value:
    return _unary("!", _equals(left, right, place), place)


def _less(left: Value, right: Value, place: Span) -> Value:
    """``left < right``; a lower bound of a whole number may decide."""
    for side in (left, right):
        if not isinstance(side, Known | Unknown):
            raise EvaluationError("unsuitable operand of a comparison: a number is required")
    match left, right:
        case Known(data=mine), Known(data=other):
            return value_of(to_number(mine) < to_number(other), place, left.assuming | right.assuming)
        case Unknown(minimum=int(minimum)), Known(data=data):
            limit = to_number(data)
            if minimum >= limit:
                return value_of(False, place, left.assuming | right.assuming)
            if minimum + 1 >= limit:
                return _unknown(equation(left, value_of(minimum, place)), left, right, place)
        case Known(data=data), Unknown(minimum=int(minimum)):
            limit = to_number(data)
            if limit < minimum:
                return value_of(True, place, left.assuming | right.assuming)
            if limit < minimum + 1:
                least = _unknown(equation(right, value_of(minimum, place)), left, right, place)
                return _unary("!", least, place)
    if term_of(left) == term_of(right):
        return value_of(False, place, assumptions(left, right))
    return _unknown(Call("<", (term_of(left), term_of(right))), left, right, place)


def _greater(left: Value, right: Value, place: Span) -> Value:
    return _less(right, left, place)


def _at_most(left: Value, right: Value, place: Span) -> Value:
    return _unary("!", _less(right, left, place), place)


def _at_least(left: Value, right: Value, place: Span) -> Value:
    return _unary("!", _less(left, right, place), place)


def arithmetic(name: str, left: float, right: float) -> int | float:
    """``+ - * / %`` on numbers, exact in decimal. Raises `EvaluationError` for a division by zero."""
    if isinstance(left, int) and isinstance(right, int) and name in {"+", "-", "*"}:
        return int(_OPERATIONS[name](left, right))
    with localcontext() as context:
        context.prec = _DIGITS
        first, second = Decimal(repr(left)), Decimal(repr(right))
        if name == "%" and second == 0:  # as Terraform has it
            return left
        try:
            return _settled(_OPERATIONS[name](first, second), rounded=_is_rounded(first) or _is_rounded(second))
        except (DivisionByZero, InvalidOperation, OverflowError):
            raise EvaluationError("division by zero, or a number too large") from None


def _is_rounded(number: Decimal) -> bool:
    return len(number.as_tuple().digits) >= _FLOAT_DIGITS


def _settled(result: Decimal, *, rounded: bool) -> int | float:
    """A result of rounded operands so close to a whole number is that number: 1/3*3 is 1."""
    nearest = result.to_integral_value()
    if rounded and abs(result - nearest) < Decimal(10) ** (2 - _FLOAT_DIGITS) * abs(nearest):
        return int(nearest)
    return whole_or_float(result)


_OPERATIONS: dict[str, Callable[..., Decimal]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "/": operator.truediv,
    "%": operator.mod,
}


def _arithmetic(name: str) -> Callable[[Value, Value, Span], Value]:
    def apply(left: Value, right: Value, place: Span) -> Value:
        numbers = []
        for side in (left, right):
            if not isinstance(side, Known | Unknown):
                raise EvaluationError(f"unsuitable operand of {name}: a number is required")
            if isinstance(side, Known):
                numbers.append(to_number(side.data))
        if len(numbers) == 2:
            return value_of(arithmetic(name, *numbers), place, left.assuming | right.assuming)
        unknown = opaque(name, (left, right), place, minimum=_least(name, left, right))
        if isinstance(right, Known) and (name, numbers[0]) in _IDLE and isinstance(left, Unknown):
            return _unknown(left.term, left, right, place, left.minimum)
        return unknown

    return apply


_IDLE = {("+", 0), ("-", 0), ("*", 1), ("/", 1)}


def _least(name: str, left: Value, right: Value) -> int | None:
    """How small a sum or product of whole numbers may be, where that is known of the unknown side."""
    first, second = _minimum(left), _minimum(right)
    if first is None or second is None:
        return None
    if name == "+":
        return first + second
    if name == "*" and first >= 0 and second >= 0:
        return first * second
    if name == "-" and isinstance(right, Known):
        return first - second
    return None


def _minimum(value: Value) -> int | None:
    match value:
        case Known(data=data):
            number = to_number(data)
            return number if isinstance(number, int) else None
        case Unknown(minimum=minimum):
            return minimum
    return None


_LOGIC = {"&&": _and, "||": _or}
_EQUALITY = {"==": _equals, "!=": _differs}
_ORDER = {"<": _less, ">": _greater, "<=": _at_most, ">=": _at_least}
