"""Conversion between types, and marks that leave a value as it is."""

from __future__ import annotations

from haanalyzer.frontends.terraform.evaluation.symbolic import SENSITIVE, EvaluationError
from haanalyzer.frontends.terraform.evaluation.types import ANY, Collection, Primitive, Type, convert
from haanalyzer.frontends.terraform.functions.request import Implementation, Request
from haanalyzer.values import Symbol, Unknown, Value, ZoneList


def _to(type_: Type) -> Implementation:
    def conversion(request: Request) -> Value:
        given = _only(request)
        if isinstance(given, Unknown) and request.may_fail and not isinstance(given.term, ZoneList):
            return request.unknown(maybe_absent=given.maybe_absent)
        return convert(given, type_, request.place)

    return conversion


def _only(request: Request) -> Value:
    if len(request.arguments) != 1:
        raise EvaluationError(f"{request.name} takes one argument")
    return request.arguments[0]


def _to_set(request: Request) -> Value:
    """A set of an unknown list has elements of its own, unless the list is one of zones."""
    given = _only(request)
    if isinstance(given, Unknown) and not isinstance(given.term, ZoneList):
        return request.unknown()
    return convert(given, Collection("set", ANY), request.place)


def _unmarked(request: Request) -> Value:
    return _only(request)


def _sensitive(request: Request) -> Value:
    if not request.context.hides_secrets:
        return _only(request)
    term = Symbol(f"sensitive at {request.place}:{request.place.column}")
    return Unknown(term=term, reason=SENSITIVE, place=request.place, maybe_absent=True)


def _undecided(request: Request) -> Value:
    return request.unknown()


CONVERSIONS: dict[str, Implementation] = {
    "ephemeralasnull": _unmarked,
    "issensitive": _undecided,
    "nonsensitive": _unmarked,
    "sensitive": _sensitive,
    "tobool": _to(Primitive("bool")),
    "tolist": _to(Collection("list", ANY)),
    "tomap": _to(Collection("map", ANY)),
    "tonumber": _to(Primitive("number")),
    "toset": _to_set,
    "tostring": _to(Primitive("string")),
    "type": _undecided,
}
