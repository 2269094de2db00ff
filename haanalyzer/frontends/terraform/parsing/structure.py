"""Cuts an HCL text into blocks and attributes with their places. Parses no expression.

One pass from left to right, without recursion. An error drops the top-level
item it is in and leaves one diagnostic; reading goes on at the next block header
in the first column.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from haanalyzer.frontends.terraform.parsing.syntax import AttributeSyntax, BlockSyntax, BodySyntax
from haanalyzer.frontends.terraform.parsing.templates import unescape
from haanalyzer.frontends.terraform.parsing.tokens import (
    BLOCK_COMMENT,
    HEREDOC_START,
    NAME,
    QUOTED_TEXT,
    ExpressionError,
    heredoc_end,
    heredoc_marker,
)
from haanalyzer.source.diagnostic import Diagnostic
from haanalyzer.source.document import Document

CODE = "invalid-hcl"
MAX_ERRORS = 20
MAX_DEPTH = 64

_SIMPLE_STRING = f'"{QUOTED_TEXT}*+"'

_BLANKS = re.compile(rf"(?:[ \t\r\n]++|\#[^\n]*+|//[^\n]*+|{BLOCK_COMMENT})*+")
_INLINE_BLANKS = re.compile(rf"(?:[ \t\r]++|{BLOCK_COMMENT})*+")
_ITEM = re.compile(rf"({NAME})(?:[ \t]*+=(?![=>])[ \t]*+)?+")
_SIMPLE_VALUE = re.compile(rf'(?:[^"#/<(){{}}\[\]\r\n]++|{_SIMPLE_STRING})++(?=\r?\n)')
_LABEL = re.compile(rf'{NAME}|"((?:[^"\\\n]++|\\[^\n])*+)"')
_STEP = re.compile(
    rf"""
      (?P<plain>   (?: [^"\#/<(){{}}\[\]\n]++ | {_SIMPLE_STRING} )++ )
    | (?P<comment> \#[^\n]*+ | //[^\n]*+ | {BLOCK_COMMENT} )
    | (?P<heredoc> {HEREDOC_START} )
    | (?P<open>    [(\[{{] )
    | (?P<close>   [)\]}}] )
    | (?P<quote>   " )
    | (?P<newline> \n )
    | (?P<broken>  /\* )
    | (?P<other>   [/<] )
    """,
    re.VERBOSE,
)
_TEMPLATE_STEP = re.compile(
    rf"""
      (?P<text>  {QUOTED_TEXT}++ )
    | (?P<open>  [$%]\{{ )
    | (?P<quote> " )
    """,
    re.VERBOSE,
)
_BLOCK_HEADER = rf'^{NAME}(?:[ \t]++(?:"[^"\n]*+"|{NAME}))*+[ \t]*+\{{'
_NEXT_BLOCK = re.compile(_BLOCK_HEADER, re.MULTILINE)
_NEXT_ITEM = re.compile(rf"{_BLOCK_HEADER}|^{NAME}[ \t]*+=(?![=>])", re.MULTILINE)
_TEMPLATE = re.compile(r"(?<![$%])(?:\$\$|%%)*[$%]\{")
_OPEN_COMMENT = "this comment is not closed: expected `*/`"
_CLOSER = {'"': '"', "(": ")", "[": "]", "{": "}"}


def parse_body(document: Document) -> tuple[BodySyntax, list[Diagnostic]]:
    """The blocks and attributes of a file, and one diagnostic for each top-level item that could not be read.

    Of an attribute set twice the first one counts, with a diagnostic. After
    `MAX_ERRORS` broken items the rest of the file is left unread, with a diagnostic.
    """
    reader = _Reader(document)
    return reader.read(), reader.diagnostics


class _SyntaxError(Exception):
    """What was expected at an offset."""

    def __init__(self, offset: int, message: str) -> None:
        super().__init__(message)
        self.offset = offset
        self.message = message


@dataclass(slots=True)
class _OpenBlock:
    """A block whose closing brace is still to come."""

    type: str
    labels: tuple[str, ...]
    start: int
    header_end: int
    on_one_line: bool
    body: BodySyntax = field(default_factory=BodySyntax)


class _Reader:
    """One pass over one document; ``at`` is the offset of the next unread character."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.text = document.text
        self.at = 0
        self.diagnostics: list[Diagnostic] = []

    def read(self) -> BodySyntax:
        body = BodySyntax()
        errors = 0
        while True:
            self._skip_blanks()
            start = self.at
            if start >= len(self.text):
                return body
            found = len(self.diagnostics)
            try:
                self._top_level_item(body)
            except _SyntaxError as error:
                del self.diagnostics[found:]
                self._report(error.offset, error.message)
                errors += 1
                if errors == MAX_ERRORS:
                    self._report(error.offset, f"gave up after {MAX_ERRORS} errors: the rest of this file was not read")
                    return body
                self._resynchronise(start)

    def _report(self, offset: int, message: str) -> None:
        self.diagnostics.append(Diagnostic(self.document.span(offset, offset), CODE, message))

    def _resynchronise(self, start: int) -> None:
        """Continue at the next item in the first column after the broken one.

        After a broken block only a block header will do: the lines of a script in
        a heredoc often look like attributes.
        """
        item = _ITEM.match(self.text, start)
        is_attribute = item is not None and item.end() > item.end(1)
        line_end = self.text.find("\n", start)
        found = (_NEXT_ITEM if is_attribute else _NEXT_BLOCK).search(self.text, line_end) if line_end >= 0 else None
        self.at = found.start() if found else len(self.text)

    def _top_level_item(self, body: BodySyntax) -> None:
        """Read an attribute, or a block with all that is in it."""
        if (outermost := self._item(body)) is None:
            return
        stack = [outermost]
        misplaced: dict[int, str] = {}
        while stack:
            self._skip_blanks()
            if self.text.startswith("}", self.at):
                self._close(stack, body)
            elif self.at >= len(self.text):
                raise _SyntaxError(stack[0].start, f"this `{stack[0].type}` block is not closed: expected `}}`")
            elif (inner := self._item(stack[-1].body)) is not None:
                if stack[-1].on_one_line:
                    misplaced[inner.start] = "expected a block inside another on a line of its own"
                stack.append(inner)
                if len(stack) > MAX_DEPTH:
                    raise _SyntaxError(inner.start, f"expected blocks nested at most {MAX_DEPTH} deep")
                continue
            if stack and self._ends_line() is stack[-1].on_one_line:
                where = "expected `}` on the line of the block's `{`"
                misplaced[self.at] = where if stack[-1].on_one_line else "expected a new line before `}`"
        for offset in sorted(misplaced)[:1]:
            self._report(offset, misplaced[offset])

    def _close(self, stack: list[_OpenBlock], body: BodySyntax) -> None:
        self.at += 1
        block = stack.pop()
        parent = stack[-1].body if stack else body
        parent.blocks.append(
            BlockSyntax(self.document, block.type, block.labels, block.start, block.header_end, self.at, block.body)
        )
        self._end_of_item("a block")

    def _skip_blanks(self) -> None:
        self.at = _past(_BLANKS, self.text, self.at)

    def _ends_line(self) -> bool:
        """Whether nothing but a comment follows on the line, which is skipped up to there."""
        self.at = _past(_INLINE_BLANKS, self.text, self.at)
        return self.at >= len(self.text) or self.text[self.at] in "\n#" or self.text.startswith("//", self.at)

    def _end_of_item(self, what: str) -> None:
        """Nothing but a comment may follow on the line, or the brace of a one-line block."""
        if not self._ends_line() and self.text[self.at] != "}":
            raise _SyntaxError(self.at, f"expected a new line after {what}")

    def _item(self, body: BodySyntax) -> _OpenBlock | None:
        """Read an attribute into the body, or a block's header, which is returned."""
        text, start = self.text, self.at
        item = _ITEM.match(text, start)
        if item is None:
            raise _SyntaxError(
                start, _OPEN_COMMENT if text.startswith("/*", start) else "expected an attribute or a block"
            )
        name, self.at = item[1], item.end()
        if item.end() == item.end(1):
            after = _past(_INLINE_BLANKS, text, self.at)
            if not text.startswith("=", after) or text.startswith(("==", "=>"), after):
                return self._header(name, start)
            self.at = after + 1
        self._attribute(body, name, start)
        return None

    def _attribute(self, body: BodySyntax, name: str, start: int) -> None:
        text = self.text
        if value := _SIMPLE_VALUE.match(text, self.at):
            offset, end = self.at, value.end()
            self.at = end
        else:
            offset = self.at = _past(_INLINE_BLANKS, text, self.at)
            end = self._skip_expression()
        expression = text[offset:end].rstrip()
        if not expression:
            raise _SyntaxError(offset, f"expected a value for `{name}`")
        if name in body.attributes:
            self._report(start, f"`{name}` is set twice: expected it once, and the first one counts")
            return
        body.attributes[name] = AttributeSyntax(self.document, name, start, offset, expression)

    def _header(self, name: str, start: int) -> _OpenBlock:
        """Read labels up to and with the opening brace."""
        text, end = self.text, self.at
        labels: list[str] = []
        while True:
            self.at = _past(_INLINE_BLANKS, text, self.at)
            if text.startswith("{", self.at):
                self.at += 1
                return _OpenBlock(name, tuple(labels), start, end, on_one_line=not self._ends_line())
            label = _LABEL.match(text, self.at)
            if label is None:
                raise _SyntaxError(self.at, f"expected `=`, a label or `{{` after `{name}`")
            labels.append(label[0] if label[1] is None else _label_text(label))
            end = self.at = label.end()

    def _skip_expression(self) -> int:
        """Move past an expression, and return the end of its last word.

        Stops before the line's end, a trailing comment, or the brace that closes a one-line block.
        """
        text, at, end = self.text, self.at, self.at
        opened: list[int] = []
        while at < len(text):
            if opened and text[opened[-1]] == '"':
                at = self._skip_in_template(at, opened)
                end = at
                continue
            step = _STEP.match(text, at)
            assert step is not None
            kind = step.lastgroup
            if not opened and (kind == "newline" or text[at] == "}"):
                break
            at = step.end()
            if kind in ("open", "quote"):
                opened.append(step.start())
            elif kind == "close":
                _close_bracket(text, step.start(), opened)
            elif kind == "heredoc":
                at = self._heredoc_end(step)
            elif kind == "broken":
                raise _SyntaxError(step.start(), _OPEN_COMMENT)
            if kind not in ("comment", "newline"):
                end = at
        if opened:
            raise _SyntaxError(opened[-1], _not_closed(text, opened[-1]))
        self.at = at
        return end

    def _skip_in_template(self, at: int, opened: list[int]) -> int:
        """One step inside a quoted string that has interpolations."""
        step = _TEMPLATE_STEP.match(self.text, at)
        if step is None:
            raise _SyntaxError(opened[-1], 'this text is not closed: expected `"` before the end of the line')
        if step.lastgroup == "open":
            opened.append(step.end() - 1)
        elif step.lastgroup == "quote":
            opened.pop()
        return step.end()

    def _heredoc_end(self, step: re.Match[str]) -> int:
        """The offset past the end marker of a heredoc, without the rest of its line."""
        found = heredoc_end(self.text, step[0], step.end())
        if found is None or self.text.find("\n", found.end()) < 0:
            raise _SyntaxError(step.start(), f"this heredoc is not closed: expected a line `{heredoc_marker(step[0])}`")
        return found.end()


def _label_text(label: re.Match[str]) -> str:
    if _TEMPLATE.search(label[1]):
        raise _SyntaxError(label.start(), "expected a label without `${` or `%{`, or these doubled: `$${`")
    try:
        return unescape(label[1])
    except ExpressionError as error:
        raise _SyntaxError(label.start(), str(error)) from None


def _past(blanks: re.Pattern[str], text: str, at: int) -> int:
    match = blanks.match(text, at)
    return match.end() if match else at


def _close_bracket(text: str, at: int, opened: list[int]) -> None:
    if not opened:
        raise _SyntaxError(at, f"expected no `{text[at]}` here: nothing is open")
    if text[at] != _CLOSER[text[opened[-1]]]:
        raise _SyntaxError(opened[-1], f"{_not_closed(text, opened[-1])} before the next `{text[at]}`")
    opened.pop()


def _not_closed(text: str, at: int) -> str:
    what = "text" if text[at] == '"' else f"`{text[at]}`"
    return f"this {what} is not closed: expected `{_CLOSER[text[at]]}`"
