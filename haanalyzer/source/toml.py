"""TOML with places, which the standard library's reader does not tell."""

from __future__ import annotations

import re
import tomllib
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from typing import Any

from haanalyzer.source.diagnostic import Diagnostic
from haanalyzer.source.document import Document
from haanalyzer.source.span import Span

_PLACE = re.compile(r" \(at (?:line (?P<line>\d+), column (?P<column>\d+)|end of document)\)$")

Steps = Sequence[str | int]
"""The keys and positions that lead from the top of a document's data to a part of it."""


def read_toml(document: Document) -> Mapping[str, Any] | Diagnostic:
    """The data of a text, or where and why it is no TOML."""
    try:
        return tomllib.loads(document.text)
    except tomllib.TOMLDecodeError as error:
        return _syntax_error(document, str(error))


def at_steps(data: Any, steps: Steps) -> Any:
    """What the steps lead to, None where they lead nowhere."""
    for step in steps:
        try:
            data = data[step]
        except (KeyError, IndexError, TypeError):
            return None
    return data


def place_in_toml(document: Document, steps: Steps) -> Span:
    """Where a key, or an item of a list, is written that the steps lead to, as far as they do."""
    whole = tomllib.loads(document.text)
    steps = next(steps[:end] for end in range(len(steps), 0, -1) if at_steps(whole, steps[:end]) is not None)
    key = steps[-1]
    is_key = isinstance(key, str)
    word = re.escape(str(key if is_key else at_steps(whole, steps)))
    pattern = rf"(?<![\w-]){word}(?![\w-])" if is_key else rf"(?<=[\"']){word}(?=[\"'])"
    return place_in_statement(document, steps, pattern)


def place_in_statement(document: Document, steps: Steps, pattern: str) -> Span:
    """The first match of a pattern in the statement with which the text has what the steps lead to; else its start.

    tomllib tells no places. But what is written up to the end of a statement is TOML, too,
    and the first such beginning that has it ends with that statement.
    """
    lines = range(len(document.line_starts) + 1)
    end = bisect_left(lines, True, key=lambda line: at_steps(_beginning(document, line)[1], steps) is not None)
    before, _ = _beginning(document, end - 1)
    return _found(pattern, document, before + 1, end)


def _syntax_error(document: Document, message: str) -> Diagnostic:
    found = _PLACE.search(message)
    text = message[: found.start()] if found else message
    if found and found["line"]:
        line, column = int(found["line"]), int(found["column"])
    else:
        line, column = document.position(len(document.text))
    place = Span(document.path, line, column, line, column)
    return Diagnostic(place, "invalid-toml", f"expected TOML: {text[:1].lower()}{text[1:]}")


def _beginning(document: Document, line: int) -> tuple[int, Mapping[str, Any]]:
    """The nearest line at or above one that does not break off a statement, and what the text says up to there."""
    starts = (*document.line_starts, len(document.text))
    for last in range(line, 0, -1):
        try:
            return last, tomllib.loads(document.text[: starts[last]])
        except tomllib.TOMLDecodeError:
            continue
    return 0, {}


def _found(pattern: str, document: Document, first: int, last: int) -> Span:
    """The first match within some lines, whole lines of comment left out; else the beginning of the first of them."""
    for number in range(first, last + 1):
        line = document.line(number)
        match = re.search(pattern, line)
        if match and not line.lstrip().startswith("#"):
            return Span(document.path, number, match.start() + 1, number, match.end() + 1)
    return Span(document.path, first, 1, first, 1)
