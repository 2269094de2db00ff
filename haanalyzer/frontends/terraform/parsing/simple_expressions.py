"""The few forms that most expressions have, read without python-hcl2.

Whatever is in doubt is left to the whole grammar, which gives the same syntax.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import cast
from unicodedata import is_normalized

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
    Template,
    TupleExpression,
    Variable,
)
from haanalyzer.frontends.terraform.parsing.tokens import NAME

_PLAIN = r'"([^"\\$%\n]*+)"'
_NUMBER = r"(\d{1,15}+(?:\.\d{1,15}+)?+)"
_TERM = re.compile(rf"{_PLAIN}|{_NUMBER}|({NAME})(\()?+")
_ACCESS = re.compile(rf"\.({NAME})|\[(?:{_PLAIN}|(\d{{1,15}}+)|({NAME})((?:\.{NAME})*+))\]")
_SPLAT = re.compile(r"(\[\*\])|\.\*")
_NAME_ACCESS = re.compile(rf"\.({NAME})")
_TEXT = re.compile(r'[^"\\$%\n]++')
_KEY = re.compile(rf"(?:{_PLAIN}|({NAME}))[ \t]*+=[ \t]*+")
_BLANKS = re.compile(r"[ \t\r\n]*+")
_COMMA = re.compile(r"[ \t\r\n]*+,[ \t\r\n]*+")
_NEXT_ENTRY = re.compile(r"[ \t\r]*+[,\n][ \t\r\n]*+")
_QUESTION = re.compile(r"[ \t]*+\?[ \t]*+")
_OPERATOR = re.compile(r"[ \t]*+(==|!=|<=|>=|&&|\|\||[-+*/%<>])[ \t]*+")
_FOR = re.compile(rf"([\[{{])[ \t\r\n]*+for[ \t]++({NAME})(?:[ \t]*+,[ \t]*+({NAME}))?[ \t]++in[ \t]++")
_ARROW = re.compile(r"[ \t\r\n]*+=>[ \t\r\n]*+")
_COLON = re.compile(r"[ \t\r\n]*+:[ \t\r\n]*+")
_CONSTANTS = {"true": True, "false": False, "null": None}
_WORDS = {*_CONSTANTS, "for", "in", "if"}
_MAX_ACCESSES = 20
_MAX_NESTING = 6


def parse_simple(text: str) -> Expression | None:
    """The syntax of a plain expression; None for anything else.

    A number, a constant, a text or a reference, calls, lists, objects and templates
    of these, two by one operator, a choice between such, and a ``for`` over them.
    """
    if not is_normalized("NFC", text):
        return None
    try:
        return _Reader(text).whole()
    except _NotSimpleError:
        return None


class _NotSimpleError(Exception):
    """The text is more than a plain expression, or may be."""


class _Reader:
    """Reads a text from left to right; ``at`` is how far."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.nesting = 0

    def whole(self) -> Expression:
        """The expression that the whole text is."""
        found = self._expression()
        if self.at < len(self.text):
            raise _NotSimpleError
        return found

    def _expression(self) -> Expression:
        """A value, or two of them and one operator, or a choice between such."""
        found = self._operation()
        if self._passed(_QUESTION):
            when_true = self._operation()
            self._expect(_COLON)
            when_false = self._operation()
            return Conditional(
                start=found.start, end=self.at, condition=found, when_true=when_true, when_false=when_false
            )
        return found

    def _operation(self) -> Expression:
        left = self._value()
        operator = _OPERATOR.match(self.text, self.at)
        if operator is None:
            return left
        self.at = operator.end()
        right = self._value()
        name = cast("BinaryOperator", operator[1])
        return Binary(start=left.start, end=self.at, operator=name, left=left, right=right)

    def _passed(self, what: str | re.Pattern[str]) -> bool:
        """Whether this comes next; it is read then."""
        if isinstance(what, str):
            end = self.at + len(what) if self.text.startswith(what, self.at) else None
        else:
            match = what.match(self.text, self.at)
            end = match.end() if match else None
        self.at = self.at if end is None else end
        return end is not None

    def _expect(self, what: str | re.Pattern[str]) -> None:
        if not self._passed(what):
            raise _NotSimpleError

    def _value(self) -> Expression:
        self.nesting += 1
        if self.nesting > _MAX_NESTING:
            raise _NotSimpleError
        start = self.at
        if intro := _FOR.match(self.text, start):
            found: Expression = self._for(intro)
        elif self._passed("["):
            items = self._items("]")
            found = TupleExpression(start=start, end=self.at, items=items)
        elif self._passed("{"):
            found = self._object(start)
        else:
            found = self._term()
        self.nesting -= 1
        return found

    def _items(self, closing: str) -> tuple[Expression, ...]:
        items: list[Expression] = []
        self._passed(_BLANKS)
        while not self._passed(closing):
            items.append(self._expression())
            if not self._passed(_COMMA):
                self._passed(_BLANKS)
                self._expect(closing)
                break
        return tuple(items)

    def _for(self, intro: re.Match[str]) -> ForExpression:
        opening, first, second = intro.groups()
        if not _WORDS.isdisjoint((first, second)):
            raise _NotSimpleError
        self.at = intro.end()
        collection = self._expression()
        self._expect(_COLON)
        key, value = None, self._expression()
        if opening == "{":
            self._expect(_ARROW)
            key, value = value, self._expression()
        self._passed(_BLANKS)
        self._expect("]" if opening == "[" else "}")
        return ForExpression(
            start=intro.start(),
            end=self.at,
            key_name=first if second else None,
            value_name=second or first,
            collection=collection,
            key=key,
            value=value,
            condition=None,
            group=False,
        )

    def _object(self, start: int) -> ObjectExpression:
        """Newlines end an entry, as commas do."""
        entries: list[tuple[Expression, Expression]] = []
        self._passed(_BLANKS)
        while not self._passed("}"):
            entries.append((self._object_key(), self._expression()))
            if not self._passed(_NEXT_ENTRY):
                self._passed(_BLANKS)
                self._expect("}")
                break
        return ObjectExpression(start=start, end=self.at, items=tuple(entries))

    def _object_key(self) -> Literal:
        key = _KEY.match(self.text, self.at)
        if key is None or key[2] in _WORDS:
            raise _NotSimpleError
        self.at = key.end()
        plain, name = key.groups()
        end = key.end(2) if plain is None else key.end(1) + 1
        return Literal(start=key.start(), end=end, value=name if plain is None else plain)

    def _term(self) -> Expression:
        term = _TERM.match(self.text, self.at)
        if term is None:
            return self._template()
        start, self.at = self.at, term.end()
        plain, number, name, call = term.groups()
        if plain is not None:
            return Literal(start=start, end=self.at, value=plain)
        if number is not None:
            return Literal(start=start, end=self.at, value=float(number) if "." in number else int(number))
        if name in _CONSTANTS and not call:
            return Literal(start=start, end=self.at, value=_CONSTANTS[name])
        if name in _WORDS:
            raise _NotSimpleError
        found: Expression = Variable(start=start, end=self.at, name=name)
        if call:
            arguments = self._items(")")
            found = FunctionCall(start=start, end=self.at, name=name, arguments=arguments, expand_last=False)
        found = _reference(self.text, found)
        self.at = found.end
        return found

    def _template(self) -> Expression:
        start = self.at
        parts: list[str | Expression] = []
        self._expect('"')
        while not self._passed('"'):
            if text := _TEXT.match(self.text, self.at):
                self.at = text.end()
                parts.append(text[0])
            else:
                self._expect("${")
                parts.append(self._expression())
                self._expect("}")
        if len(parts) == 1 and not isinstance(parts[0], str):
            return replace(parts[0], start=start, end=self.at)
        return Template(start=start, end=self.at, parts=tuple(parts))


def _reference(text: str, of: Expression) -> Expression:
    """The names, indices, and the one splat that follow a variable or a call."""
    found = of
    for _ in range(_MAX_ACCESSES):
        access = _ACCESS.match(text, found.end)
        if access is None:
            return _splat(text, found)
        name = access[1]
        if name is not None:
            found = GetAttribute(start=of.start, end=access.end(), of=found, name=name)
        else:
            key = _key(access)
            found = Index(start=of.start, end=access.end(), of=found, key=key)
    raise _NotSimpleError


def _key(access: re.Match[str]) -> Expression:
    _, plain, number, name, rest = access.groups()
    start, end = access.start() + 1, access.end() - 1
    if plain is not None:
        return Literal(start=start, end=end, value=plain)
    if number is not None:
        return Literal(start=start, end=end, value=int(number))
    if name == "for":
        raise _NotSimpleError
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
