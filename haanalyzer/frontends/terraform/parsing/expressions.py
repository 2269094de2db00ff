"""The syntax of one expression, by its text."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import fields
from functools import lru_cache

from haanalyzer.frontends.terraform.parsing.simple_expressions import parse_simple
from haanalyzer.frontends.terraform.parsing.syntax import Expression, Invalid, Literal
from haanalyzer.frontends.terraform.parsing.tokens import ExpressionError

MAX_DEPTH = 150
MAX_TEMPLATE = 200_000
"""How many characters a template with interpolations may have, where it is a text of its own."""


@lru_cache(maxsize=50_000)
def parse_expression(text: str) -> Expression:
    """The syntax of an expression; places count from the start of ``text``.

    Never raises: what cannot be read, or is nested deeper than `MAX_DEPTH`, is an
    `Invalid` over the whole text. The parser is loaded for the first text that is
    more than a simple one.
    """
    return parse_simple(text) or parse_in_full(text)


def parse_in_full(text: str) -> Expression:
    """As `parse_expression`, always through the whole grammar."""
    from haanalyzer.frontends.terraform.parsing.hcl2_parser import parse

    return _checked(parse, text)


@lru_cache(maxsize=1_000)
def parse_template(text: str) -> Expression:
    """The syntax of a template that is a text of its own, as `parse_expression` gives it."""
    if "${" not in text and "%{" not in text:
        return Literal(start=0, end=len(text), value=text)
    if len(text) > MAX_TEMPLATE:
        message = f"expected a template of at most {MAX_TEMPLATE} characters"
        return Invalid(start=0, end=len(text), message=message)
    from haanalyzer.frontends.terraform.parsing.hcl2_parser import parse_text

    return _checked(parse_text, text)


def _checked(parse: Callable[[str], Expression], text: str) -> Expression:
    try:
        expression = parse(text)
    except ExpressionError as error:
        return Invalid(start=0, end=len(text), message=str(error))
    if _is_deeper(expression, MAX_DEPTH):
        message = f"expected an expression nested at most {MAX_DEPTH} deep"
        return Invalid(start=0, end=len(text), message=message)
    return expression


def _is_deeper(expression: Expression, limit: int) -> bool:
    """Whether a path of more than ``limit`` nodes leads down from an expression. Every node takes a character."""
    if expression.end - expression.start <= limit:
        return False
    level = [expression]
    for _ in range(limit):
        level = [child for node in level for child in children(node)]
        if not level:
            return False
    return True


def children(node: Expression) -> Iterator[Expression]:
    """The expressions that an expression is made of, in no order."""
    values = [getattr(node, field.name) for field in fields(node)]
    while values:
        value = values.pop()
        if isinstance(value, tuple):
            values.extend(value)
        elif isinstance(value, Expression):
            yield value
