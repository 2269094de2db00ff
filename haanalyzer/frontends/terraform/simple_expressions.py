"""The few forms that most expressions have, read without python-hcl2.

Whatever is in doubt is left to the whole grammar, which gives the same syntax.
"""

from __future__ import annotations

import re

from haanalyzer.frontends.terraform.syntax import (
    Expression,
    GetAttribute,
    Index,
    Literal,
    Splat,
    SplatElement,
    TupleExpression,
    Variable,
)
from haanalyzer.frontends.terraform.tokens import NAME

_PLAIN = r'"([^"\\$%\n]*+)"'
_NUMBER = r"(\d{1,15}+(?:\.\d{1,15}+)?+)"
_TERM = re.compile(rf"{_PLAIN}|{_NUMBER}|({NAME})")
_ACCESS = re.compile(rf"\.({NAME})|\[(?:{_PLAIN}|(\d{{1,15}}+)|({NAME})((?:\.{NAME})*+))\]")
_SPLAT = re.compile(r"(\[\*\])|\.\*")
_NAME_ACCESS = re.compile(rf"\.({NAME})")
_BLANKS = re.compile(r"\s*+")
_CONSTANTS = {"true": True, "false": False, "null": None}
_MAX_ACCESSES = 50


def parse_simple(text: str) -> Expression | None:
    """A number, a constant, a plain text, a reference, or a flat list of these; None for anything else."""
    found = _list(text) if text.startswith("[") else _term(text, 0)
    return found if found and found.end == len(text) else None


def _list(text: str) -> TupleExpression | None:
    items: list[Expression] = []
    at = _past_blanks(text, 1)
    while not text.startswith("]", at):
        item = _term(text, at)
        if item is None:
            return None
        items.append(item)
        at = _past_blanks(text, item.end)
        if text.startswith(",", at):
            at = _past_blanks(text, at + 1)
        elif not text.startswith("]", at):
            return None
    return TupleExpression(start=0, end=at + 1, items=tuple(items))


def _past_blanks(text: str, at: int) -> int:
    blanks = _BLANKS.match(text, at)
    return blanks.end() if blanks else at


def _term(text: str, at: int) -> Expression | None:
    term = _TERM.match(text, at)
    if term is None:
        return None
    plain, number, name = term.groups()
    if plain is not None:
        return Literal(start=at, end=term.end(), value=plain)
    if number is not None:
        return Literal(start=at, end=term.end(), value=float(number) if "." in number else int(number))
    if name in _CONSTANTS:
        return Literal(start=at, end=term.end(), value=_CONSTANTS[name])
    return None if name == "for" else _reference(text, Variable(start=at, end=term.end(), name=name))


def _reference(text: str, variable: Variable) -> Expression | None:
    """The names, indices, and the one splat that follow a variable."""
    found: Expression = variable
    for _ in range(_MAX_ACCESSES):
        access = _ACCESS.match(text, found.end)
        if access is None:
            return _splat(text, found)
        name = access[1]
        if name is not None:
            found = GetAttribute(start=variable.start, end=access.end(), of=found, name=name)
        else:
            key = _key(access)
            found = Index(start=variable.start, end=access.end(), of=found, key=key)
    return None


def _key(access: re.Match[str]) -> Expression:
    _, plain, number, name, rest = access.groups()
    start, end = access.start() + 1, access.end() - 1
    if plain is not None:
        return Literal(start=start, end=end, value=plain)
    if number is not None:
        return Literal(start=start, end=end, value=int(number))
    if not rest and name in _CONSTANTS:
        return Literal(start=start, end=end, value=_CONSTANTS[name])
    first = Variable(start=start, end=start + len(name), name=name)
    return _names(access.string, first, end)


def _names(text: str, of: Expression, limit: int) -> Expression:
    """``of.name.name`` as far as names follow, at most to ``limit``."""
    found = of
    while access := _NAME_ACCESS.match(text, found.end, limit):
        found = GetAttribute(start=of.start, end=access.end(), of=found, name=access[1])
    return found


def _splat(text: str, of: Expression) -> Expression:
    splat = _SPLAT.match(text, of.end)
    if splat is None:
        return of
    element = SplatElement(start=splat.start(), end=splat.end())
    found: Expression = element
    while access := _NAME_ACCESS.match(text, found.end):
        found = GetAttribute(start=element.start, end=access.end(), of=found, name=access[1])
    return Splat(start=of.start, end=found.end, of=of, each=found, full=splat[1] is not None)
