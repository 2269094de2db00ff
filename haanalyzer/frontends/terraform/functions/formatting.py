"""Texts made of parts: an unknown part stays a part of the text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any, NamedTuple

from haanalyzer.frontends.terraform.evaluation.bounds import require_text
from haanalyzer.frontends.terraform.evaluation.scalars import to_bool, to_number, to_text
from haanalyzer.frontends.terraform.evaluation.symbolic import EvaluationError, NotPlainError, never_empty, plain
from haanalyzer.frontends.terraform.evaluation.types import is_unordered
from haanalyzer.frontends.terraform.functions import json_text
from haanalyzer.frontends.terraform.functions.characters import characters
from haanalyzer.frontends.terraform.functions.request import Implementation, Request, in_branches
from haanalyzer.values import Absent, Known, ListValue, MapValue, Term, Unknown, Value, concat

_VERB = re.compile(
    r"%(?P<flags>[-+# 0]*)(?P<width>\d*)(?:\.(?P<precision>\d*))?(?:\[(?P<index>\d+)\])?(?P<verb>.)", re.DOTALL
)
_WIDEST = 10_000


class _Verb(NamedTuple):
    flags: str
    width: int
    precision: int | None
    argument: int | None
    letter: str

    @property
    def is_bare(self) -> bool:
        return not self.flags and not self.width and self.precision is None


def _format(request: Request) -> Value:
    if not request.arguments:
        raise EvaluationError("format takes a format string")
    pattern, *arguments = request.arguments
    if not isinstance(pattern, Known):
        return _unknown_text(request, pattern)
    return _formatted(request, to_text(pattern.data), arguments)


def _unknown_text(request: Request, pattern: Value) -> Unknown:
    if not isinstance(pattern, Unknown):
        raise EvaluationError("a string is required")
    return request.unknown()


def _formatted(request: Request, pattern: str, arguments: Sequence[Value]) -> Value:
    parts: list[str | Term] = []
    used = 0
    following = 0
    for piece in _pieces(pattern):
        if isinstance(piece, str):
            parts.append(piece)
            continue
        position = piece.argument - 1 if piece.argument else following
        following = position + 1
        used = max(used, following)
        if not 0 <= position < len(arguments):
            raise EvaluationError(f"not enough arguments for %{piece.letter}")
        part = _part(piece, arguments[position])
        if part is None:
            return request.unknown()
        parts.append(part)
    if used < len(arguments):
        raise EvaluationError(f"too many arguments: only {used} are used by the format string")
    return _text(request, parts)


def _text(request: Request, parts: list[str | Term]) -> Value:
    require_text(sum(len(part) for part in parts if isinstance(part, str)))
    joined = concat(parts)
    return request.known(joined) if isinstance(joined, str) else replace(request.unknown(), term=joined)


def _pieces(pattern: str) -> Iterator[str | _Verb]:
    at = 0
    for match in _VERB.finditer(pattern):
        yield pattern[at : match.start()]
        at = match.end()
        if match["verb"] == "%":
            yield "%"
            continue
        width, precision = int(match["width"] or 0), match["precision"]
        if width > _WIDEST or int(precision or 0) > _WIDEST:
            raise EvaluationError("the width is too large")
        yield _Verb(
            match["flags"],
            width,
            None if precision is None else int(precision or 0),
            int(match["index"]) if match["index"] else None,
            match["verb"],
        )
    rest = pattern[at:]
    if "%" in rest:
        raise EvaluationError("a verb is missing after %")
    yield rest


def _part(verb: _Verb, value: Value) -> str | Term | None:
    """What a verb makes of a value; None where only the deployment can say."""
    if isinstance(value, Unknown):
        as_it_is = verb.letter in "sd" or (verb.letter == "v" and never_empty(value))  # %v writes numbers its own way
        return value.term if verb.is_bare and as_it_is else None
    try:
        return _rendered(verb, plain(value))
    except NotPlainError:
        return None


def _rendered(verb: _Verb, data: Any) -> str:
    match verb.letter:
        case "v":
            rendered = _general(verb, data)
        case "s" | "q":
            rendered = to_text(data)
            if verb.precision:
                rendered = "".join(characters(rendered)[: verb.precision])
            rendered = json_text.encode(rendered) if verb.letter == "q" else rendered
        case "t":
            rendered = "true" if to_bool(data) else "false"
        case "d" | "b" | "o" | "x" | "X" | "e" | "E" | "f" | "g" | "G":
            return _padded(verb, _number(verb, to_number(data)), numeric=True)
        case _:
            raise EvaluationError(f"unsupported format verb %{verb.letter}")
    return _padded(verb, rendered, numeric=False)


def _general(verb: _Verb, data: Any) -> str:
    if "#" in verb.flags or data is None or isinstance(data, list | dict):
        return json_text.encode(data)
    if isinstance(data, int | float) and not isinstance(data, bool):
        return _number(_Verb("", 0, None, None, "g"), data)
    return to_text(data)


def _number(verb: _Verb, number: float) -> str:
    sign = "+" if "+" in verb.flags else " " if " " in verb.flags else "-"
    if verb.letter in "dboxX":
        if not isinstance(number, int):
            raise EvaluationError(f"%{verb.letter} takes a whole number")
        return format(number, f"{sign}{'#' if '#' in verb.flags else ''}{verb.letter}").replace("0o", "0", 1)
    exact = Decimal(repr(number))
    if verb.letter in "gG" and verb.precision is None:
        return _shortest(exact, sign)
    precision = 6 if verb.precision is None else verb.precision
    return _two_digit_exponent(format(exact, f"{sign}.{precision}{verb.letter}"))


def _shortest(number: Decimal, sign: str) -> str:
    """Go's %g: an exponent below -4 and from 6 on."""
    if -4 <= number.adjusted() < 6 or not number:
        return format(number.normalize(), f"{sign}f")
    return _two_digit_exponent(format(number.normalize(), f"{sign}e"))


def _two_digit_exponent(rendered: str) -> str:
    return re.sub(r"([eE][-+])(\d)$", r"\g<1>0\2", rendered)


def _padded(verb: _Verb, rendered: str, *, numeric: bool) -> str:
    if numeric and "0" in verb.flags and "-" not in verb.flags:
        return rendered.zfill(verb.width)
    missing = verb.width - len(characters(rendered))
    padding = missing * ("0" if "0" in verb.flags else " ")
    return rendered + padding if "-" in verb.flags else padding + rendered


def _format_list(request: Request) -> Value:
    """``formatlist``: a text for each element of the lists among the arguments."""
    if not request.arguments:
        raise EvaluationError("formatlist takes a format string")
    pattern, *arguments = request.arguments
    if not isinstance(pattern, Known):
        return _unknown_text(request, pattern)
    text = to_text(pattern.data)
    lists = [argument for argument in arguments if isinstance(argument, ListValue)]
    sizes = {len(argument.items) for argument in lists if not argument.open}
    if len(sizes) > 1:
        raise EvaluationError("the lists given to formatlist differ in length")
    if any(_may_be_list(argument) for argument in arguments):
        return request.unknown_list(sizes.pop()) if sizes else request.unknown()
    certain = min((len(argument.items) for argument in lists), default=1)
    rows = [_row(arguments, index) for index in range(certain)]
    texts = [_formatted(replace(request, name="format", arguments=(pattern, *row)), text, row) for row in rows]
    rest = request.unknown_list(max(sizes, default=certain)).items[certain:]
    more = None if sizes or not lists else next(argument.open for argument in lists if argument.open)
    return request.list((*texts, *rest), more)


def _row(arguments: Sequence[Value], index: int) -> list[Value]:
    return [argument.items[index] if isinstance(argument, ListValue) else argument for argument in arguments]


def _may_be_list(value: Value) -> bool:
    if isinstance(value, ListValue):
        return is_unordered(value)
    return isinstance(value, Unknown) and not never_empty(value)


def _join(request: Request) -> Value:
    if len(request.arguments) < 2:
        raise EvaluationError("join takes a separator and a list")
    separator, *lists = request.arguments
    if not isinstance(separator, Known):
        return _unknown_text(request, separator)
    between = to_text(separator.data)
    parts: list[str | Term] = []
    for given in lists:
        match given:
            case ListValue(items=items, open=None) if not is_unordered(given):
                for item in items:
                    part = _joinable(item)
                    if part is None:
                        return request.unknown()
                    parts += [between, part]
            case Unknown() | ListValue():
                return request.unknown()
            case _:
                raise EvaluationError("join takes lists of strings")
    return _text(request, parts[1:])


def _joinable(item: Value) -> str | Term | None:
    match item:
        case Known(data=data):
            return to_text(data)
        case Unknown(term=term):
            return term
        case Absent() | ListValue() | MapValue():
            raise EvaluationError("join takes lists of strings")
    return None


FORMATTING: dict[str, Implementation] = {
    "format": in_branches(_format),
    "formatlist": in_branches(_format_list),
    "join": in_branches(_join),
}
