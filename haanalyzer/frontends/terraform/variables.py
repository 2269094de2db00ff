"""The value of a variable: what is passed, its default, or unknown."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from haanalyzer.frontends.terraform.evaluation.attributes import value_of
from haanalyzer.frontends.terraform.evaluation.choices import each_branch
from haanalyzer.frontends.terraform.evaluation.evaluator import evaluate
from haanalyzer.frontends.terraform.evaluation.scope import Scope
from haanalyzer.frontends.terraform.evaluation.symbolic import EvaluationError, rewrite
from haanalyzer.frontends.terraform.evaluation.types import ANY, Collection, TupleType, Type, convert, parse_type
from haanalyzer.frontends.terraform.parsing import syntax
from haanalyzer.frontends.terraform.parsing.notations import naming_of
from haanalyzer.values import Absent, Assumption, Symbol, Unknown, Value, assume

_LONGEST = 60

Passed = Callable[[syntax.BlockSyntax], Value | None]
"""What the caller or the user passes for a variable; None when it passes nothing."""


def variable_value(
    block: syntax.BlockSyntax, passed: Value | None, scope: Scope, prefix: str, *, is_root: bool
) -> Value:
    """The value a variable has, converted to its type.

    Where the user could have passed another value for a root variable and did
    not, its default is an assumption.
    """
    name, place = block.labels[0], block.header_span.first_line()
    default = _default(block, scope, is_root=is_root)
    nullable = _nullable(block, scope)
    type_ = variable_type(block)
    given = default if passed is None else passed
    if passed is not None and default is not None and not nullable:
        given = each_branch(passed, lambda leaf: default if isinstance(leaf, Absent) else leaf)
    unknown = Unknown(
        term=Symbol(f"{prefix}var.{name}"),
        reason="no default and no value passed",
        place=place,
        maybe_absent=nullable,
        many=isinstance(type_, TupleType) or (isinstance(type_, Collection) and type_.kind != "map"),
    )
    if given is None:
        return unknown
    try:
        return convert(given, type_, place, lambda expression: _optional(expression, block, scope))
    except EvaluationError as error:
        return replace(unknown, reason=str(error))


def is_sensitive(block: syntax.BlockSyntax) -> bool:
    """Whether a variable or output is declared to hold a secret."""
    attribute = block.body.attributes.get("sensitive")
    return attribute is not None and attribute.text.strip() != "false"


def variable_type(block: syntax.BlockSyntax) -> Type:
    """The declared type; any where there is none, or none that can be read."""
    attribute = block.body.attributes.get("type")
    try:
        return parse_type(naming_of(attribute)) if attribute else ANY
    except EvaluationError:
        return ANY


def _default(block: syntax.BlockSyntax, scope: Scope, *, is_root: bool) -> Value | None:
    attribute = block.body.attributes.get("default")
    if attribute is None:
        return None
    value = value_of(attribute, scope)
    if not is_root:
        return value
    text = "(sensitive)" if is_sensitive(block) else " ".join(str(value).split())
    short = text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"
    taken = [Assumption(f"var.{block.labels[0]}", short, attribute.span)]
    return rewrite(value, lambda part: assume(part, taken))


def _nullable(block: syntax.BlockSyntax, scope: Scope) -> bool:
    attribute = block.body.attributes.get("nullable")
    return attribute is None or str(value_of(attribute, scope)) != "false"


def _optional(expression: syntax.Expression, block: syntax.BlockSyntax, scope: Scope) -> Value:
    """A default inside a type constraint, placed where the type is written."""
    attribute = block.body.attributes["type"]
    return evaluate(expression, scope.at(attribute.document, attribute.offset))
