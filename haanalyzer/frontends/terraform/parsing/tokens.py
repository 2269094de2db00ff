"""Cuts an expression's text into the terminals of python-hcl2's grammar.

The grammar is python-hcl2's, its lexer is not used: words, newlines and
templates are told apart here as the language does, which that lexer cannot
(newlines inside brackets, templates in heredocs, strip markers, ``!!x``).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import NamedTuple

MAX_NESTING = 100

NAME = r"[^\W\d][\w-]*+"
BLOCK_COMMENT = r"/\*(?:[^*]++|\*(?!/))*+\*/"
QUOTED_TEXT = r'(?:[^"\\\n$%]++|\\[^\n]|\$\$\{|%%\{|[$%](?!\{))'
HEREDOC_START = rf"<<-?{NAME}[ \t]*+\r?\n"

_CODE = re.compile(
    rf"""
      (?P<blank>      [ \t\r]++ | \#[^\n]*+ | //[^\n]*+ | {BLOCK_COMMENT} )
    | (?P<newline>    \n )
    | (?P<name>       {NAME}(?:[ \t]*+::[ \t]*+{NAME})*+ )
    | (?P<number>     \d++(?:\.\d++)?+(?:[eE][+-]?\d++)?+ )
    | (?P<heredoc>    {HEREDOC_START} )
    | (?P<splat>      \[\s*+\*\s*+\] | \.\s*+\* )
    | (?P<open>       [(\[{{] )
    | (?P<close>      [)\]] | ~?\}} )
    | (?P<quote>      " )
    | (?P<operator>   \.\.\. | == | != | <= | >= | => | && | \|\| | [-!+*/%<>?:=,.] )
    """,
    re.VERBOSE,
)
_QUOTED = re.compile(rf'(?P<text>{QUOTED_TEXT}++)|(?P<open>[$%]\{{~?)|(?P<quote>")')
_HEREDOC_LINE = re.compile(r"(?P<text>(?:[^\n$%]++|\$\$\{|%%\{|[$%](?!\{))++\n?+|\n)|(?P<open>[$%]\{~?)")
_UNARY = re.compile(r"(?:-|!(?!=))(?:\s*+(?:-|!(?!=)))*+")
_MORE_DIGITS = re.compile(r"\.\d")

_TYPES = {
    "(": "LPAR", ")": "RPAR", "[": "LSQB", "]": "RSQB", "{": "LBRACE", "}": "RBRACE", "~}": "RBRACE",
    "${": "INTERP_START", "${~": "INTERP_START", "%{": "DIRECTIVE_START", "%{~": "DIRECTIVE_START",
    "...": "ELLIPSIS", "==": "DOUBLE_EQ", "!=": "NEQ", "<=": "LEQ", ">=": "GEQ", "=>": "FOR_OBJECT_ARROW",
    "&&": "DOUBLE_AMP", "||": "DOUBLE_PIPE", "-": "MINUS", "!": "NOT", "+": "PLUS", "*": "ASTERISK", "/": "SLASH",
    "%": "PERCENT", "<": "LT", ">": "GT", "?": "QMARK", ":": "COLON", "=": "EQ", ",": "COMMA", ".": "DOT",
    "true": "TRUE", "false": "FALSE", "null": "NULL",
}  # fmt: skip
_CLOSERS = {"(": (")",), "[": ("]",), "{": ("}",), "for": ("}",), "${": ("}", "~}")}
_OPENING = frozenset(("LPAR", "LSQB", "LBRACE", "INTERP_START", "DIRECTIVE_START"))
_CLOSING = frozenset(("RPAR", "RSQB", "RBRACE"))
_TERM_ENDS = frozenset(
    [
        "NAME",
        "INT_LITERAL",
        "FLOAT_LITERAL",
        "TRUE",
        "FALSE",
        "NULL",
        "RPAR",
        "RSQB",
        "RBRACE",
        "DBLQUOTE",
        "ATTR_SPLAT",
        "FULL_SPLAT_START",
        "ELLIPSIS",
    ]
)
_DIRECTIVES = frozenset(("if", "else", "endif", "for", "endfor"))


class ExpressionError(Exception):
    """An expression that cannot be read; its text is one line that says what was expected."""


class Token(NamedTuple):
    """A terminal of the grammar; ``text`` is verbatim, so it ends at ``start + len(text)``."""

    type: str
    text: str
    start: int


def heredoc_marker(opening: str) -> str:
    """``EOT`` of ``<<EOT`` and ``<<-EOT``."""
    return opening[2:].strip().removeprefix("-")


def heredoc_end(text: str, opening: str, start: int) -> re.Match[str] | None:
    """The line that ends a heredoc whose body begins at ``start``: from the line's start past the marker."""
    marker = re.escape(heredoc_marker(opening))
    return re.compile(rf"^[ \t]*+{marker}(?=[ \t]*+\r?$)", re.MULTILINE).search(text, start)


def tokenize(text: str) -> list[Token]:
    """The terminals of one expression. Raises `ExpressionError` for what is no token, or left open."""
    lexer = _Lexer(text)
    while lexer.at < len(text):
        lexer.step()
    if lexer.open:
        raise ExpressionError(f"expected the end of what `{lexer.open[-1]}` opens")
    _check_items(lexer.tokens)
    return lexer.tokens


def tokenize_template(text: str) -> list[Token]:
    """The terminals of a template that is a text of its own, opened and closed like a heredoc. Raises as `tokenize`."""
    lexer = _Lexer(text)
    lexer.tokens.append(Token("DBLQUOTE", "<<", 0))
    lexer.open.append("<<")
    lexer.heredocs += re.finditer(r"\Z", text)
    while lexer.at < len(text):
        lexer.step()
    if len(lexer.open) > 1:
        raise ExpressionError(f"expected the end of what `{lexer.open[-1]}` opens")
    lexer.step()
    _check_items(lexer.tokens)
    return lexer.tokens


@dataclass(slots=True)
class _Item:
    """The item that an object is at: whether its value was begun, and how many ``?`` wait for their ``:``."""

    has_value: bool = False
    choices: int = 0

    def take(self, type_: str, previous: str) -> None:
        """Go past a terminal of the object itself. Raises `ExpressionError` for a separator too few or many."""
        if type_ == "QMARK":
            self.choices += 1
        elif type_ == "COLON" and self.choices:
            self.choices -= 1
        elif type_ in ("EQ", "COLON"):
            if self.has_value:
                raise ExpressionError("expected a new line or `,` between the items of an object")
            self.has_value = True
        elif type_ in ("COMMA", "NL_OR_COMMENT"):
            if previous == "NL_OR_COMMENT":
                raise ExpressionError("expected no `,` at the start of a line")
            self.has_value, self.choices = False, 0


def _check_items(tokens: list[Token]) -> None:
    """The grammar wants nothing between the items of an object; the language does. Raises `ExpressionError`."""
    opened: list[_Item | None] = []
    previous = ""
    for type_, _, _ in tokens:
        if type_ in _OPENING:
            opened.append(_Item() if type_ == "LBRACE" else None)
        elif type_ in _CLOSING:
            opened.pop()
        elif type_ == "FOR":
            opened[-1] = None
        elif opened and (item := opened[-1]) is not None:
            item.take(type_, previous)
        previous = type_


class _Lexer:
    """One pass over one text.

    ``open`` holds what is open at ``at``, innermost last: a bracket, ``for`` (a
    for-object's brace), ``${``, ``"`` or ``<<``. ``heredocs`` holds the end lines of
    the open heredocs.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.tokens: list[Token] = []
        self.previous = ""
        self.open: list[str] = []
        self.heredocs: list[re.Match[str]] = []

    def step(self) -> None:
        """Read one token, or one stretch of blanks."""
        inside = self.open[-1] if self.open else ""
        if inside == '"':
            self._quoted()
        elif inside == "<<":
            self._heredoc()
        else:
            self._code(inside)

    def _emit(self, type_: str, text: str) -> None:
        self.tokens.append(Token(type_, text, self.at))
        self.previous = type_
        self.at += len(text)

    def _push(self, opened: str) -> None:
        self.open.append(opened)
        if len(self.open) > MAX_NESTING:
            raise ExpressionError(f"expected brackets nested at most {MAX_NESTING} deep")

    def _quoted(self) -> None:
        match = _QUOTED.match(self.text, self.at)
        if match is None:
            raise ExpressionError('expected `"` before the end of the line')
        self._template_part(match)

    def _heredoc(self) -> None:
        last = self.heredocs[-1]
        if self.at == last.start():
            self.heredocs.pop()
            self.open.pop()
            self._emit("DBLQUOTE", last[0])
            return
        match = _HEREDOC_LINE.match(self.text, self.at, last.start())
        if match is None:
            raise ExpressionError("expected the end of the heredoc outside of its interpolations")
        self._template_part(match)

    def _template_part(self, match: re.Match[str]) -> None:
        kind, text = match.lastgroup, match[0]
        if kind == "text":
            self._emit("STRING_CHARS", text)
        elif kind == "open":
            self._emit(_TYPES[text], text)
            self._push("${")
        else:
            self.open.pop()
            self._emit("DBLQUOTE", text)

    def _code(self, inside: str) -> None:
        match = _CODE.match(self.text, self.at)
        if match is None:
            raise ExpressionError(f"expected an expression, found `{self.text[self.at]}`")
        kind, text = match.lastgroup, match[0]
        if kind == "blank":
            self.at = match.end()
        elif kind == "newline":
            self._newline(inside)
        elif kind == "name":
            self._emit(self._word(text), text)
        elif kind == "number":
            self._number(text)
        elif kind == "splat":
            self._emit("ATTR_SPLAT" if text[0] == "." else "FULL_SPLAT_START", text)
        elif kind == "operator":
            self._operator(text)
        else:
            self._bracket(match)

    def _newline(self, inside: str) -> None:
        """Newlines separate an object's items; elsewhere they mean nothing."""
        if inside == "{" and self.previous not in ("LBRACE", "COMMA", "NL_OR_COMMENT"):
            self._emit("NL_OR_COMMENT", "\n")
        else:
            self.at += 1

    def _word(self, text: str) -> str:
        """A keyword where the language has one, else a name."""
        before = self.previous
        if before == "DOT":
            return "NAME"
        if text == "for" and before in ("LSQB", "LBRACE"):
            self.open[-1] = "for" if before == "LBRACE" else "["
            return "FOR"
        if (
            (before == "DIRECTIVE_START" and text in _DIRECTIVES)
            or (text == "in" and before == "NAME")
            or (text == "if" and before in _TERM_ENDS)
        ):
            return text.upper()
        return _TYPES.get(text, "NAME")

    def _number(self, text: str) -> None:
        if self.previous == "DOT" and not text.isdigit():
            raise ExpressionError(f"expected one whole number after `.`, found `{text}`")
        if _MORE_DIGITS.match(self.text, self.at + len(text)):
            raise ExpressionError(f"expected no second `.` in the number `{text}`")
        self._emit("INT_LITERAL" if text.isdigit() else "FLOAT_LITERAL", text)

    def _operator(self, text: str) -> None:
        """A binary operator, or a whole run of unary ones: the grammar takes only one."""
        if text in ("-", "!") and self.previous not in _TERM_ENDS:
            run = _UNARY.match(self.text, self.at)
            assert run is not None
            text, type_ = run[0], "NOT"
        else:
            type_ = _TYPES[text]
        self._emit(type_, text)

    def _bracket(self, match: re.Match[str]) -> None:
        kind, text = match.lastgroup, match[0]
        if kind == "close":
            opened = self.open.pop() if self.open else None
            if opened is None or text not in _CLOSERS[opened]:
                raise ExpressionError(f"expected no `{text}` here")
            self._emit(_TYPES[text], text)
        elif kind == "open":
            self._emit(_TYPES[text], text)
            self._push(text)
        elif kind == "quote":
            self._emit("DBLQUOTE", text)
            self._push('"')
        else:
            self._emit("DBLQUOTE", text)
            last = heredoc_end(self.text, text, self.at)
            if last is None:
                raise ExpressionError(f"expected a line `{heredoc_marker(text)}` to end the heredoc")
            self.heredocs.append(last)
            self._push("<<")
