"""Terraform's functions over three-valued values."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from haanalyzer.frontends.terraform.evaluation.choices import together
from haanalyzer.frontends.terraform.functions.conversions import CONVERSIONS
from haanalyzer.frontends.terraform.functions.elements import ELEMENTS
from haanalyzer.frontends.terraform.functions.files import FILES
from haanalyzer.frontends.terraform.functions.formatting import FORMATTING
from haanalyzer.frontends.terraform.functions.gathering import GATHERING
from haanalyzer.frontends.terraform.functions.lists import LISTS
from haanalyzer.frontends.terraform.functions.maps import MAPS
from haanalyzer.frontends.terraform.functions.network import NETWORK
from haanalyzer.frontends.terraform.functions.numbers import NUMBERS
from haanalyzer.frontends.terraform.functions.request import FunctionContext, Implementation, Request
from haanalyzer.frontends.terraform.functions.sets import SETS
from haanalyzer.frontends.terraform.functions.strings import STRINGS
from haanalyzer.source.span import Span
from haanalyzer.values import Known, MapValue, Unknown, Value, alternatives

__all__ = ["IMPURE", "FunctionContext", "call", "implementations"]

_COMMON: dict[str, Implementation] = {
    **CONVERSIONS,
    **ELEMENTS,
    **FILES,
    **FORMATTING,
    **GATHERING,
    **LISTS,
    **MAPS,
    **NETWORK,
    **NUMBERS,
    **SETS,
    **STRINGS,
}
IMPURE = frozenset({"bcrypt", "timestamp", "uuid"})
"""Functions of which each call has a result of its own."""

# What the time, chance, a file's very bytes, a private key or Go's own compressor decides.
_OF_THE_DEPLOYMENT = IMPURE | {
    "base64gzip",
    "filebase64",
    "filebase64sha256",
    "filebase64sha512",
    "filemd5",
    "filesha1",
    "filesha256",
    "filesha512",
    "plantimestamp",
    "rsadecrypt",
}

# What gives a list, even where nothing else is known of it.
_MANY = {
    *GATHERING,
    *LISTS,
    "cidrsubnets",
    "coalescelist",
    "csvdecode",
    "fileset",
    "formatlist",
    "keys",
    "regexall",
    "setintersection",
    "setsubtract",
    "setunion",
    "slice",
    "split",
    "tolist",
    "toset",
    "values",
}


@cache
def implementations() -> dict[str, Implementation]:
    """Every function of the language. ``try``, ``can`` and templates belong to the evaluator.

    Dates and encodings need much of the standard library, and are loaded here only.
    """
    from haanalyzer.frontends.terraform.functions.dates import DATES
    from haanalyzer.frontends.terraform.functions.encoding import ENCODING

    return {**_COMMON, **DATES, **ENCODING, **dict.fromkeys(_OF_THE_DEPLOYMENT, _left_to_the_deployment)}


def call(name: str, arguments: Sequence[Value], place: Span, context: FunctionContext) -> Value:
    """What a function returns; unknown for a function that is not known here, such as a provider's.

    Raises `EvaluationError` where Terraform would fail on these arguments, `BudgetError` where they are too large.
    """
    name = name.removeprefix("core::")
    context.evaluations.charge_for(*_looked_through(name, arguments))
    implementation = context.more.get(name) or _COMMON.get(name) or implementations().get(name, _left_unknown)

    def apply(values: list[Value]) -> Value:
        found = implementation(Request(name, tuple(values), place, context))
        return replace(found, many=True) if name in _MANY and isinstance(found, Unknown) else found

    found = together(arguments, apply, keep_failures=context.trying)
    context.evaluations.charge_for(found)
    return found


def _looked_through(name: str, arguments: Sequence[Value]) -> Sequence[Value]:
    """The arguments that a function goes through: not whole maps of which one known entry is taken."""
    match name, arguments:
        case "lookup", (container, Known(), *others):
            whole = (isinstance(each, MapValue) and each.open is None for each in alternatives(container))
            return others if all(whole) else arguments
    return arguments


def _left_unknown(request: Request) -> Unknown:
    """A function that is not of the language: a provider's."""
    return request.unknown(maybe_absent=True)


def _left_to_the_deployment(request: Request) -> Unknown:
    return request.unknown()
