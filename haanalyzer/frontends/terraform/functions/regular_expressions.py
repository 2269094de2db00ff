"""RE2's regular expressions by way of Python's.

What Python would read differently is translated; what it cannot express, or could
take forever over, is refused, and the call is left unknown.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from haanalyzer.frontends.terraform.evaluation.bounds import require_text
from haanalyzer.frontends.terraform.evaluation.symbolic import EvaluationError, NotPlainError

_CLASSES = {
    "alnum": "0-9A-Za-z",
    "alpha": "A-Za-z",
    "ascii": r"\x00-\x7F",
    "blank": r"\t ",
    "cntrl": r"\x00-\x1F\x7F",
    "digit": "0-9",
    "graph": "!-~",
    "lower": "a-z",
    "print": " -~",
    "punct": r"!-/:-@\[-`{-~",
    "space": r"\t\n\v\f\r ",
    "upper": "A-Z",
    "word": "0-9A-Za-z_",
    "xdigit": "0-9A-Fa-f",
}

# Unlike RE2, Python searches back: the length of the text to the power of the unbounded repetitions bounds the steps.
_MOST_STEPS = 10**8
_LONGEST_FOR_NESTED = 20

_PIECE = re.compile(r"\\x\{[0-9A-Fa-f]+\}|\\.|\[:\^?\w+:\]|\(\?P?<\w+>|\(\?[a-zA-Z-]+[:)]|\[\^?\]?|.", re.DOTALL)
_UNBOUNDED = re.compile(r"[*+]|\{\d+,\}")
_NESTED = re.compile(r"[*+}?|][^()]*\)(?:[*+]|\{(?:\d+,|\d\d|[5-9]))")
_OPTIONAL = re.compile(r"[^(*+?}]\?")
_UNSUPPORTED = re.compile(r"\\[pPQEC]|\\[1-9]|\(\?[a-zA-Z]*U")


@lru_cache(maxsize=512)
def _compiled(pattern: str) -> re.Pattern[str]:
    if _UNSUPPORTED.search(pattern):
        raise NotPlainError
    if re.search(r"\(\?(?:[=!#]|<[=!])", pattern):
        raise EvaluationError(f"invalid regular expression: {pattern}: no lookaround")
    try:
        return re.compile(_translated(pattern), re.ASCII)
    except re.error as error:
        raise EvaluationError(f"invalid regular expression: {pattern}: {error}") from None


def _translated(pattern: str) -> str:
    multiline = re.search(r"\(\?[a-zA-Z]*m", pattern) is not None
    result: list[str] = []
    in_class = False
    for piece in _PIECE.findall(pattern):
        if in_class and piece.startswith("[:") and piece != "[:":
            result.append(_class(piece))
        elif in_class:
            in_class = piece != "]"
            result.append("\\[" if piece == "[" else piece)
        elif piece.startswith("["):
            in_class = True
            result.append(piece)
        else:
            result.append(_plain_piece(piece, multiline=multiline))
    return "".join(result)


def _class(piece: str) -> str:
    name = piece.strip("[:]")
    if name.startswith("^") or name not in _CLASSES:
        raise NotPlainError
    return _CLASSES[name]


def _plain_piece(piece: str, *, multiline: bool) -> str:
    if piece.startswith("(?<"):
        return "(?P" + piece[2:]
    if piece == "\\z":
        return r"\Z"
    if piece == "$" and not multiline:
        return r"\Z"
    if piece.startswith("\\x{"):
        return re.escape(chr(int(piece[3:-1], 16)))
    return piece


def _prepared(pattern: str, subject: str) -> re.Pattern[str]:
    compiled = _compiled(pattern)
    repetitions = len(_UNBOUNDED.findall(pattern))
    nested = _NESTED.search(pattern) is not None or len(_OPTIONAL.findall(pattern)) > _LONGEST_FOR_NESTED
    if (nested and len(subject) > _LONGEST_FOR_NESTED) or float(len(subject)) ** min(repetitions, 50) > _MOST_STEPS:
        raise NotPlainError
    return compiled


Captured = str | None | list[str | None] | dict[str, str | None]


def _captured(match: re.Match[str]) -> Captured:
    names = match.re.groupindex
    if names:
        if len(names) != match.re.groups:
            raise EvaluationError("cannot mix named and unnamed capture groups")
        return dict(match.groupdict())
    return list(match.groups()) if match.re.groups else match.group()


def find(pattern: str, subject: str) -> Captured:
    """``regex``: the first match, or its groups. Raises `EvaluationError` where there is none."""
    match = _prepared(pattern, subject).search(subject)
    if match is None:
        raise EvaluationError("pattern did not match any part of the given string")
    return _captured(match)


def find_all(pattern: str, subject: str) -> list[Captured]:
    """``regexall``: every match."""
    return [_captured(match) for match in _matches(pattern, subject)]


def _matches(pattern: str, subject: str) -> Iterator[re.Match[str]]:
    """Every match, but for an empty one at the end of another, which RE2 does not count."""
    end = -1
    for match in _prepared(pattern, subject).finditer(subject):
        if match.group() or match.start() != end:
            yield match
        end = match.end()


_REFERENCE = re.compile(r"\$(?:\$|(\w+)|\{(\w+)\})")


def replace(subject: str, wanted: str, replacement: str) -> str:
    """``replace``: of a substring, or of a ``/pattern/`` with ``$1`` and ``${name}`` in the replacement."""
    if len(wanted) < 2 or not (wanted.startswith("/") and wanted.endswith("/")):
        require_text(subject.count(wanted) * len(replacement))
        return subject.replace(wanted, replacement)

    result: list[str] = []
    at = length = 0
    for match in _matches(wanted[1:-1], subject):
        result += (subject[at : match.start()], _expanded(replacement, match))
        at = match.end()
        length += len(result[-1])
        require_text(length)
    return "".join((*result, subject[at:]))


def _expanded(replacement: str, match: re.Match[str]) -> str:
    def part(reference: re.Match[str]) -> str:
        name = reference.group(1) or reference.group(2)
        if name is None:
            return "$"
        try:
            return match.group(int(name) if name.isdigit() else name) or ""
        except IndexError:
            return ""

    return _REFERENCE.sub(part, replacement)
