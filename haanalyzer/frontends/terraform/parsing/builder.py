"""Builds our syntax from the rules of python-hcl2's grammar.

A method is called, bottom-up, for each rule of its name, with the rule's parts:
lark tokens and what the methods returned. A parenthesized expression's place
includes its parentheses, which also tells it from a bare one.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from math import inf
from typing import Any, cast

from lark import Token, Tree

from haanalyzer.frontends.terraform.parsing.syntax import (
    Binary,
    BinaryOperator,
    Conditional,
    Expression,
    ForExpression,
    FunctionCall,
    GetAttribute,
    Index,
    Literal,
    ObjectExpression,
    Splat,
    SplatElement,
    TupleExpression,
    Unary,
    UnaryOperator,
    Variable,
)
from haanalyzer.frontends.terraform.parsing.templates import Piece, SequencePiece, TextPiece, build_text, unescape
from haanalyzer.frontends.terraform.parsing.tokens import MAX_NESTING, ExpressionError

Parts = list[Any]
_Operation = tuple[Token, Expression]
_Item = tuple[Expression, Expression]
_Intro = tuple[list[str], Expression]
_KEYWORD_VALUES = {"TRUE": True, "FALSE": False, "NULL": None}


@dataclass(slots=True)
class _Access:
    """``.name`` or ``[key]``, without what it is applied to."""

    end: int
    name: str | None = None
    key: Expression | None = None
    in_brackets: bool = False

    def of(self, expression: Expression) -> Expression:
        if self.key is not None:
            return Index(start=expression.start, end=self.end, of=expression, key=self.key)
        assert self.name is not None
        return GetAttribute(start=expression.start, end=self.end, of=expression, name=self.name)


class Builder:
    """One method for each rule that an expression can be made of."""

    # Words

    def _word(self, parts: Parts) -> Any:
        return parts[0]

    identifier = keyword = literal_value = new_line_or_comment = binary_operator = string_part = _word

    def int_lit(self, parts: Parts) -> Literal:
        return _number(parts[0], int)

    def float_lit(self, parts: Parts) -> Literal:
        return _number(parts[0], float)

    def expr_term(self, parts: Parts) -> Expression:
        if len(parts) > 1:
            return replace(_expressions(parts)[0], start=_start(parts[0]), end=_end(parts[-1]))
        term: Expression | Token = parts[0]
        if not isinstance(term, Token):
            return term
        start, end = _start(term), _end(term)
        if term.type in _KEYWORD_VALUES:
            return Literal(start=start, end=end, value=_KEYWORD_VALUES[term.type])
        if "::" in term:
            raise ExpressionError(f"expected `(` after `{term}`")
        return Variable(start=start, end=end, name=str(term))

    # Operators

    def unary_op(self, parts: Parts) -> Expression:
        operators: Token = parts[0]
        operand: Expression = parts[1]
        for at in range(len(operators) - 1, -1, -1):
            if operators[at] in "!-":
                operand = Unary(
                    start=_start(operators) + at,
                    end=operand.end,
                    operator=cast("UnaryOperator", operators[at]),
                    operand=operand,
                )
        return operand

    def binary_term(self, parts: Parts) -> _Operation:
        return parts[0], parts[-1]

    def binary_op(self, parts: Parts) -> Binary:
        left, (operator, right) = parts[:2]
        return Binary(
            start=left.start, end=right.end, operator=cast("BinaryOperator", str(operator)), left=left, right=right
        )

    def conditional(self, parts: Parts) -> Conditional:
        condition, when_true, when_false = _expressions(parts)
        return Conditional(
            start=condition.start,
            end=when_false.end,
            condition=condition,
            when_true=when_true,
            when_false=when_false,
        )

    # Traversals

    def get_attr(self, parts: Parts) -> _Access:
        return _Access(_end(parts[-1]), name=str(parts[-1]))

    def short_index(self, parts: Parts) -> _Access:
        return _Access(_end(parts[-1]), key=_number(parts[-1], int))

    def braces_index(self, parts: Parts) -> _Access:
        return _Access(_end(parts[-1]), key=_expressions(parts)[0], in_brackets=True)

    def attr_splat(self, parts: Parts) -> Parts:
        return parts

    full_splat = attr_splat

    def get_attr_expr_term(self, parts: Parts) -> Expression:
        of, access = parts
        return _grown(of, access.of)

    index_expr_term = get_attr_expr_term

    def attr_splat_expr_term(self, parts: Parts) -> Expression:
        """Names and ``.0`` belong to the splat; from the first bracket on, accesses apply to its result."""
        of, (star, *accesses) = parts
        dotted = next((at for at, access in enumerate(accesses) if access.in_brackets), len(accesses))
        grown = _grown(of, lambda inner: _attribute_splat(inner, star, accesses[:dotted]))
        for access in accesses[dotted:]:
            grown = _grown(grown, access.of)
        return grown

    def full_splat_expr_term(self, parts: Parts) -> Expression:
        of, (star, *accesses) = parts
        return _grown(of, lambda inner: _splat(inner, star, accesses, full=True))

    def arguments(self, parts: Parts) -> Parts:
        return parts

    def function_call(self, parts: Parts) -> FunctionCall:
        name = parts[0]
        arguments = next((part for part in parts if isinstance(part, list)), [])
        return FunctionCall(
            start=_start(name),
            end=_end(parts[-1]),
            name="".join(name.split()),
            arguments=tuple(_expressions(arguments)),
            expand_last=bool(arguments) and _is(arguments[-1], "ELLIPSIS"),
        )

    # Collections

    def tuple(self, parts: Parts) -> TupleExpression:
        return TupleExpression(start=_start(parts[0]), end=_end(parts[-1]), items=(*_expressions(parts),))

    def object(self, parts: Parts) -> ObjectExpression:
        items = tuple(part for part in parts if not isinstance(part, Token))
        if items and _is_word(items[0][0], "for"):
            raise ExpressionError('expected `"for"` as the name of an item, in quotes')
        return ObjectExpression(start=_start(parts[0]), end=_end(parts[-1]), items=items)

    def object_elem(self, parts: Parts) -> _Item:
        return parts[0], parts[-1]

    def object_elem_key(self, parts: Parts) -> Expression:
        """A bare word is a text; in parentheses it is a reference."""
        key: Expression | Token = parts[0]
        if isinstance(key, Token):
            return Literal(start=_start(key), end=_end(key), value=str(key))
        if isinstance(key, Variable) and key.end - key.start == len(key.name):
            return Literal(start=key.start, end=key.end, value=key.name)
        return key

    def for_intro(self, parts: Parts) -> _Intro:
        names = [str(part) for part in parts if _is(part, "NAME")]
        return names, _expressions(parts)[0]

    def for_cond(self, parts: Parts) -> list[Expression]:
        return _expressions(parts)

    def for_tuple_expr(self, parts: Parts) -> ForExpression:
        return _for(parts)

    for_object_expr = for_tuple_expr

    # Texts

    def interpolation(self, parts: Parts) -> SequencePiece:
        return _sequence("interpolation", parts)

    def template_if_start(self, parts: Parts) -> SequencePiece:
        return _sequence("if", parts)

    def template_else(self, parts: Parts) -> SequencePiece:
        return _sequence("else", parts)

    def template_endif(self, parts: Parts) -> SequencePiece:
        return _sequence("endif", parts)

    def template_for_start(self, parts: Parts) -> SequencePiece:
        return _sequence("for", parts)

    def template_endfor(self, parts: Parts) -> SequencePiece:
        return _sequence("endfor", parts)

    def string(self, parts: Parts) -> Expression:
        opening, *inner, closing = parts
        in_heredoc = opening.startswith("<<")
        pieces: list[Piece] = [
            TextPiece(_start(part), _end(part), unescape(part, in_heredoc)) if isinstance(part, Token) else part
            for part in inner
        ]
        return build_text(pieces, _start(opening), _end(closing), flush=opening.startswith("<<-"))


_MAKERS = {name: getattr(Builder(), name) for name in dir(Builder) if not name.startswith("_")}


def build(rule: str, parts: Parts) -> Any:
    """What a rule's parts make. Lark's own helper rules, which it takes apart again, begin with an underscore."""
    if rule in _MAKERS:
        return _MAKERS[rule](parts)
    if rule.startswith("_"):
        return Tree(rule, parts)
    raise ExpressionError(f"expected a syntax known here, found python-hcl2's `{rule}`")


def _start(part: Any) -> int:
    if isinstance(part, Token):
        assert part.start_pos is not None
        return part.start_pos
    start: int = part.start
    return start


def _end(part: Any) -> int:
    end: int = _start(part) + len(part) if isinstance(part, Token) else part.end
    return end


def _is(part: Any, type_: str) -> bool:
    return isinstance(part, Token) and part.type == type_


def _is_word(key: Expression, word: str) -> bool:
    """Whether a key of an object is this word, not in quotes."""
    return isinstance(key, Literal) and key.value == word and key.end - key.start == len(word)


def _expressions(parts: Parts) -> list[Expression]:
    return [part for part in parts if not isinstance(part, (Token, tuple, list))]


def _number(token: Token, read: Callable[[str], int | float]) -> Literal:
    try:
        value = read(token)
    except ValueError:
        raise ExpressionError("expected a number of fewer digits") from None
    if value == inf:
        raise ExpressionError("expected a number below 1e308")
    return Literal(start=_start(token), end=_end(token), value=value)


def _grown(of: Expression, grow: Callable[[Expression], Expression]) -> Expression:
    """Apply a further access: within a full splat that no parenthesis has closed, to its elements."""
    outer: list[Splat] = []
    while isinstance(of, Splat) and of.full and of.end == of.each.end:
        outer.append(of)
        of = of.each
    if len(outer) > MAX_NESTING:
        raise ExpressionError(f"expected splats nested at most {MAX_NESTING} deep")
    grown = grow(of)
    for splat in reversed(outer):
        grown = replace(splat, end=grown.end, each=grown)
    return grown


def _attribute_splat(of: Expression, star: Token, accesses: list[_Access]) -> Splat:
    if isinstance(of, Splat) and not of.full and of.end == of.each.end:
        raise ExpressionError("expected no `.*` within what another `.*` goes through")
    return _splat(of, star, accesses, full=False)


def _splat(of: Expression, star: Token, accesses: list[_Access], *, full: bool) -> Splat:
    each: Expression = SplatElement(start=_start(star), end=_end(star))
    for access in accesses:
        each = access.of(each)
    return Splat(start=of.start, end=each.end, of=of, each=each, full=full)


def _for(parts: Parts) -> ForExpression:
    names, collection = next(part for part in parts if isinstance(part, tuple))
    conditions = next((part for part in parts if isinstance(part, list)), [None])
    *keys, value = _expressions(parts)
    *key_names, value_name = names
    return ForExpression(
        start=_start(parts[0]),
        end=_end(parts[-1]),
        key_name=key_names[0] if key_names else None,
        value_name=value_name,
        collection=collection,
        key=keys[0] if keys else None,
        value=value,
        condition=conditions[0],
        group=any(_is(part, "ELLIPSIS") for part in parts),
    )


def _sequence(kind: str, parts: Parts) -> SequencePiece:
    opening, closing = parts[0], parts[-1]
    return SequencePiece(
        _start(opening),
        _end(closing),
        kind,
        strips_before=opening.endswith("~"),
        strips_after=closing.startswith("~"),
        expression=next(iter(_expressions(parts)), None),
        names=tuple(str(part) for part in parts if _is(part, "NAME")),
    )
