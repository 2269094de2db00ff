"""Typed syntax of HCL: what the parser hands on and the evaluator reads.

Offsets in expressions count characters from the start of the expression's own
text, so that equal texts share one tree; `AttributeSyntax.offset` is where that
text starts in its document.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Literal as OneOf

from haanalyzer.source.document import Document
from haanalyzer.source.span import Span

UnaryOperator = OneOf["!", "-"]
BinaryOperator = OneOf["||", "&&", "==", "!=", "<", ">", "<=", ">=", "+", "-", "*", "/", "%"]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Node:
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Literal(_Node):
    """A number, a boolean, ``null``, or a text without interpolation (escapes resolved)."""

    value: str | bool | int | float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Template(_Node):
    """A quoted or heredoc text with interpolations; directives are `Conditional` and `ForExpression` parts.

    A `ForExpression` part stands for the joined texts of its list. A text that is
    nothing but one interpolation is no template: ``"${x}"`` is ``x``.
    """

    parts: tuple[str | Expression, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Variable(_Node):
    """The first name of a reference: ``var``, ``local``, ``aws_subnet``, ``each``, or a for-expression's name."""

    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GetAttribute(_Node):
    """``of.name``."""

    of: Expression
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Index(_Node):
    """``of[key]``, and the legacy ``of.0``."""

    of: Expression
    key: Expression


@dataclass(frozen=True, slots=True, kw_only=True)
class Splat(_Node):
    """``of[*]`` followed by ``each`` applied to every element.

    ``each`` is an expression over `SplatElement`. ``full`` is false for ``of.*``,
    whose traversal takes attributes only: ``a.*.b[0]`` is ``(a.*.b)[0]``.
    """

    of: Expression
    each: Expression
    full: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SplatElement(_Node):
    """The element a splat is at."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FunctionCall(_Node):
    """``name(arguments...)``; ``expand_last`` for a trailing ``...``; ``name`` may be ``provider::x::f``."""

    name: str
    arguments: tuple[Expression, ...]
    expand_last: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Conditional(_Node):
    condition: Expression
    when_true: Expression
    when_false: Expression


@dataclass(frozen=True, slots=True, kw_only=True)
class Unary(_Node):
    operator: UnaryOperator
    operand: Expression


@dataclass(frozen=True, slots=True, kw_only=True)
class Binary(_Node):
    operator: BinaryOperator
    left: Expression
    right: Expression


@dataclass(frozen=True, slots=True, kw_only=True)
class TupleExpression(_Node):
    items: tuple[Expression, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ObjectExpression(_Node):
    """Keys are expressions; a bare word is a `Literal`, a parenthesized one what it says."""

    items: tuple[tuple[Expression, Expression], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ForExpression(_Node):
    """``[for key_name, value_name in collection : value if condition]``; ``key`` is set for ``{for … : key => value}``.

    ``group`` for the trailing ``...`` of an object.
    """

    key_name: str | None
    value_name: str
    collection: Expression
    key: Expression | None
    value: Expression
    condition: Expression | None
    group: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Invalid(_Node):
    """What could not be parsed: evaluates to an unknown. ``message`` says what was expected."""

    message: str


Expression = (
    Literal
    | Template
    | Variable
    | GetAttribute
    | Index
    | Splat
    | SplatElement
    | FunctionCall
    | Conditional
    | Unary
    | Binary
    | TupleExpression
    | ObjectExpression
    | ForExpression
    | Invalid
)


Notation = OneOf["hcl", "json", "literal json"]
"""How a value is written: in literal JSON, nothing in a text is interpolated."""


@dataclass(frozen=True, slots=True)
class AttributeSyntax:
    """``name = text``. ``text`` is the value as written, from ``offset`` of the document on."""

    document: Document
    name: str
    name_offset: int
    offset: int
    text: str
    notation: Notation = "hcl"

    @property
    def key_span(self) -> Span:
        return self.document.span(self.name_offset, self.name_offset + len(self.name))

    @property
    def span(self) -> Span:
        return self.document.span(self.offset, self.offset + len(self.text))


@dataclass(frozen=True, slots=True)
class BlockSyntax:
    """``type "label" … { body }``. ``header_end`` is past the last label.

    In JSON the header is the last label's key, or the type's where there is no label.
    """

    document: Document
    type: str
    labels: tuple[str, ...]
    start: int
    header_end: int
    end: int
    body: BodySyntax

    @property
    def header_span(self) -> Span:
        return self.document.span(self.start, self.header_end)

    @property
    def made_type(self) -> str:
        """The type of block that this one makes: a dynamic one those of its label."""
        return self.labels[0] if self.type == "dynamic" and self.labels else self.type


@dataclass(frozen=True, slots=True)
class BodySyntax:
    attributes: dict[str, AttributeSyntax] = field(default_factory=dict)
    blocks: list[BlockSyntax] = field(default_factory=list)

    def within(self, document: Document) -> BodySyntax:
        """The same body in another document of the same text."""
        return BodySyntax(
            {name: replace(attribute, document=document) for name, attribute in self.attributes.items()},
            [replace(block, document=document, body=block.body.within(document)) for block in self.blocks],
        )

    def blocks_of(self, type_: str) -> list[BlockSyntax]:
        return [block for block in self.blocks if block.type == type_]
