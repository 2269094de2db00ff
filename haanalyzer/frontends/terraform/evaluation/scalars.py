"""Texts, numbers and bools: how Terraform turns one into another."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation

from haanalyzer.frontends.terraform.evaluation.symbolic import EvaluationError, shortest


def to_text(data: object) -> str:
    """A scalar as a string. Raises `EvaluationError` for what is no scalar."""
    match data:
        case str():
            return data
        case bool():
            return "true" if data else "false"
        case int() | float():
            return number_text(data)
    raise EvaluationError("string required")


def number_text(data: float) -> str:
    """A number as Terraform writes it: never with an exponent."""
    number = shortest(data) if isinstance(data, float) else data
    return str(number) if isinstance(number, int) else format(Decimal(repr(number)), "f")


def to_number(data: object) -> int | float:
    """A number, or the number that a text holds. Raises `EvaluationError` for anything else."""
    match data:
        case bool():
            raise EvaluationError("number required, but have a bool")
        case int():
            return data
        case float():
            return whole_or_float(Decimal(repr(data)))
        case str() if data.strip() == data and "_" not in data:
            try:
                number = Decimal(data)
            except InvalidOperation:
                raise EvaluationError(f"a number is required, not {data!r}") from None
            if number.is_finite() and abs(number.adjusted()) < 4000:
                return whole_or_float(number)
    raise EvaluationError("a number is required")


def whole_or_float(number: Decimal) -> int | float:
    """An int where nothing is lost, a float otherwise."""
    if number == number.to_integral_value():
        return int(number)
    inexact = float(number)
    return int(inexact) if inexact.is_integer() else inexact


def to_bool(data: object) -> bool:
    """A bool, or the texts that convert to one. Raises `EvaluationError` for anything else."""
    match data:
        case bool():
            return data
        case "true" | "1":
            return True
        case "false" | "0":
            return False
    raise EvaluationError("a bool is required")
