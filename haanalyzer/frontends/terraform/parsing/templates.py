"""Puts a quoted or heredoc text together: escapes, strip markers, indentation, directives."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from itertools import pairwise
from unicodedata import normalize

from haanalyzer.frontends.terraform.parsing.syntax import Conditional, Expression, ForExpression, Literal, Template
from haanalyzer.frontends.terraform.parsing.tokens import ExpressionError

_ESCAPE = re.compile(r"\\(?:u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|([nrt\"\\])|(.))|\$(\$\{)|%(%\{)")
_HEREDOC_ESCAPE = re.compile(r"\$(\$\{)|%(%\{)")
_CONTROLS = {"n": "\n", "r": "\r", "t": "\t", '"': '"', "\\": "\\"}


@dataclass(slots=True)
class TextPiece:
    """A stretch of literal text; within a heredoc, of one line."""

    start: int
    end: int
    text: str


@dataclass(slots=True)
class SequencePiece:
    """``${ … }`` or ``%{ … }``. ``kind`` is ``interpolation`` or the directive's keyword.

    ``expression`` is what is interpolated, an ``if``'s condition or a ``for``'s
    collection; ``names`` are the ``for``'s.
    """

    start: int
    end: int
    kind: str
    strips_before: bool
    strips_after: bool
    expression: Expression | None = None
    names: tuple[str, ...] = ()


Piece = TextPiece | SequencePiece


def unescape(text: str, in_heredoc: bool = False) -> str:
    """The characters that a literal part stands for; a heredoc knows only ``$${`` and ``%%{``.

    Raises `ExpressionError` for an escape that there is not.
    """
    if in_heredoc:
        return _HEREDOC_ESCAPE.sub(lambda match: match[1] or match[2], text) if "{" in text else text
    return _ESCAPE.sub(_unescaped, text) if "\\" in text or "{" in text else text


def _unescaped(match: re.Match[str]) -> str:
    short, long, control, wrong, interpolation, directive = match.groups()
    if wrong:
        raise ExpressionError(f"expected no `\\{wrong}`: write `\\\\` for a backslash")
    if code := short or long:
        point = int(code, 16)
        return chr(point) if point <= 0x10FFFF and not 0xD800 <= point <= 0xDFFF else "\ufffd"
    return _CONTROLS[control] if control else interpolation or directive


def build_text(pieces: list[Piece], start: int, end: int, flush: bool = False) -> Expression:
    """The expression of a whole text. ``flush`` takes the common indentation away (``<<-``).

    A text that is nothing but one interpolation is the interpolated expression itself.
    """
    if len(pieces) == 1 and isinstance(only := pieces[0], SequencePiece) and only.kind == "interpolation":
        assert only.expression is not None
        return replace(only.expression, start=start, end=end)
    _strip(pieces)
    if flush:
        _take_indentation(pieces)
    return _assemble(pieces, start, end)


def _strip(pieces: list[Piece]) -> None:
    """Apply ``~``: blanks of the literal piece next to it go."""
    for before, after in pairwise(pieces):
        if isinstance(before, SequencePiece) and before.strips_after and isinstance(after, TextPiece):
            after.text = after.text.lstrip()
        if isinstance(after, SequencePiece) and after.strips_before and isinstance(before, TextPiece):
            before.text = before.text.rstrip()


def _take_indentation(pieces: list[Piece]) -> None:
    """Remove from each line what all lines but blank ones are indented by."""
    indented: list[TextPiece] = []
    common: int | None = None
    starts_line = True
    for piece in pieces:
        text = piece.text if isinstance(piece, TextPiece) else ""
        is_blank_line = text.isspace() and text.endswith("\n")
        if starts_line and not is_blank_line:
            indentation = len(text) - len(text.lstrip())
            common = indentation if common is None else min(common, indentation)
            if isinstance(piece, TextPiece):
                indented.append(piece)
        starts_line = text.endswith("\n")
    for piece in indented:
        piece.text = piece.text[common:]


@dataclass(slots=True)
class _OpenDirective:
    """An ``if`` or ``for`` whose end is still to come. ``then`` is set once an ``else`` was met."""

    opener: SequencePiece
    parts: list[str | Expression] = field(default_factory=list)
    then: Expression | None = None


def _assemble(pieces: list[Piece], start: int, end: int) -> Expression:
    """Nest the directives."""
    outer: list[str | Expression] = []
    stack: list[_OpenDirective] = []
    for piece in pieces:
        parts = stack[-1].parts if stack else outer
        if isinstance(piece, TextPiece):
            parts.append(piece.text)
        elif piece.kind == "interpolation":
            assert piece.expression is not None
            parts.append(piece.expression)
        elif piece.kind in ("if", "for"):
            stack.append(_OpenDirective(piece))
        elif piece.kind == "else":
            _else(stack, piece)
        else:
            directive = _end(stack, piece)
            (stack[-1].parts if stack else outer).append(directive)
    if stack:
        raise ExpressionError(f"expected `%{{ end{stack[-1].opener.kind} }}`")
    return _joined(outer, start, end)


def _else(stack: list[_OpenDirective], piece: SequencePiece) -> None:
    if not stack or stack[-1].opener.kind != "if" or stack[-1].then is not None:
        raise ExpressionError("expected `%{ else }` only between `%{ if }` and `%{ endif }`")
    stack[-1].then = _joined(stack[-1].parts, stack[-1].opener.end, piece.start)
    stack[-1].parts = []


def _end(stack: list[_OpenDirective], piece: SequencePiece) -> Expression:
    if not stack or f"end{stack[-1].opener.kind}" != piece.kind:
        raise ExpressionError(f"expected no `%{{ {piece.kind} }}` here")
    directive = stack.pop()
    opener = directive.opener
    assert opener.expression is not None
    last = _joined(directive.parts, opener.end, piece.start)
    if opener.kind == "if":
        otherwise = last if directive.then else Literal(start=piece.start, end=piece.start, value="")
        return Conditional(
            start=opener.start,
            end=piece.end,
            condition=opener.expression,
            when_true=directive.then or last,
            when_false=otherwise,
        )
    *key_name, value_name = opener.names
    return ForExpression(
        start=opener.start,
        end=piece.end,
        key_name=key_name[0] if key_name else None,
        value_name=value_name,
        collection=opener.expression,
        key=None,
        value=last,
        condition=None,
        group=False,
    )


def _joined(parts: list[str | Expression], start: int, end: int) -> Literal | Template:
    """One literal where there is nothing but text, else a template whose neighbouring texts are one; all in NFC."""
    merged: list[str | Expression] = []
    texts: list[str] = []
    for part in parts:
        if isinstance(part, str):
            texts.append(part)
            continue
        if text := normalize("NFC", "".join(texts)):
            merged.append(text)
        texts = []
        merged.append(part)
    rest = normalize("NFC", "".join(texts))
    if not merged:
        return Literal(start=start, end=end, value=rest)
    return Template(start=start, end=end, parts=(*merged, rest) if rest else tuple(merged))
