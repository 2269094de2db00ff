"""Comments by which users say that a finding is accepted: ``# haanalyzer: ignore[HA101] until 2027-01-31 reason``."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from fnmatch import fnmatchcase

from haanalyzer.source.comments import Comment, comments
from haanalyzer.source.configuration_files import is_json_configuration
from haanalyzer.source.diagnostic import Diagnostic
from haanalyzer.source.document import Document
from haanalyzer.source.span import Span

NAME = "haanalyzer"
"""What a suppression begins with: in a comment with a colon, in metadata as the key."""

_MARK = f"{NAME}:"
_MARK_IN_BLOCK = re.compile(rf"(?:/\*+|[ \t]*\*)?[ \t]*{_MARK}")
_SUPPRESSION = re.compile(r"ignore(-file)?[ \t]*\[([^\[\]]*)\][ \t]*(.*)")
_PATTERN = re.compile(r"[A-Za-z0-9*?-]+")
_UNTIL = re.compile(r"until(?!\w)[ \t]*(\S*?)(?:[,:;]?[ \t]+(.*)|[,:;]?$)", re.IGNORECASE)
_DATE = re.compile(r"\d{4}-\d\d-\d\d")
_EXPECTED = (
    "expected `haanalyzer: ignore[code-or-slug, ...] reason`, `ignore-file[...]` at the top of the file,"
    " or `until 2027-01-31` before the reason"
)
_NOT_IN_JSON = (
    "nothing in Terraform's JSON silences: expected a comment on the module call in HCL that leads here, or a baseline"
)


@dataclass(frozen=True, slots=True)
class SuppressionComment:
    """One comment: what it silences, why, until when, and where.

    ``patterns`` are codes, slugs, or either with ``*`` and ``?``. ``applies_to`` is
    the line whose findings are meant (the comment's own, or the next line with
    code below a comment that stands alone); None means the whole file. ``until`` is
    the last day on which it counts; None means for good.
    """

    patterns: tuple[str, ...]
    reason: str
    place: Span
    applies_to: int | None
    until: date | None = None

    def matches(self, code: str, slug: str) -> bool:
        """Whether a rule is meant; upper and lower case are the same."""
        names = (code.lower(), slug.lower())
        return any(fnmatchcase(name, pattern.lower()) for pattern in self.patterns for name in names)


def read_suppressions(document: Document) -> list[SuppressionComment]:
    """The suppression comments of a Terraform file or a YAML template, in order."""
    return [found for found in _marked(document) if isinstance(found, SuppressionComment)]


def misread_suppressions(document: Document) -> list[Diagnostic]:
    """Comments that address haanalyzer in words it does not know, and so silence nothing."""
    return [found for found in _marked(document) if isinstance(found, Diagnostic)]


def misread(place: Span, message: str) -> Diagnostic:
    """What is said where a suppression is not understood."""
    return Diagnostic(place, "misread-suppression", message, is_error=False, hides=False)


def date_of(text: str) -> date | None:
    """The day that ``2027-01-31`` names; None for any other text."""
    try:
        return date.fromisoformat(text) if _DATE.fullmatch(text) else None
    except ValueError:
        return None


def no_date(text: object) -> str:
    """What is said of a text that names no day."""
    return f"expected a date such as 2027-01-31 after `until`, found `{text}`"


def suppression_words(patterns: Iterable[str], reason: str, until: date | None) -> str:
    """What a comment says, without the mark that begins it. ValueError for a reason that would be read as a date."""
    if until is None and _UNTIL.match(reason):
        raise ValueError("a reason that begins with `until` would be read as a date")
    words = (f"{_MARK} ignore[{', '.join(patterns)}]", f"until {until}" if until else "", reason)
    return " ".join(filter(None, words))


def _marked(document: Document) -> Iterator[SuppressionComment | Diagnostic]:
    if _MARK not in document.text:
        return
    if is_json_configuration(document.path):
        at = document.text.index(_MARK)
        yield misread(document.span(at, at + len(_MARK)), _NOT_IN_JSON)
        return
    found = list(comments(document))
    alone = {comment.line for comment in found if comment.alone}
    first = _next_code_line(document, 0, alone)
    for comment in found:
        if comment.in_block:
            if mark := _MARK_IN_BLOCK.match(document.text, comment.start):
                yield misread(document.span(*mark.span()), "expected `#` or `//`: a block comment silences nothing")
            continue
        written = document.line(comment.line)[comment.start - document.line_starts[comment.line - 1] :].rstrip()
        said = written.lstrip("#/ \t")
        if not said.startswith(_MARK):
            continue
        place = document.span(comment.start, comment.start + len(written))
        line = _next_code_line(document, comment.line, alone) if comment.alone else comment.line
        yield _read(said.removeprefix(_MARK).strip(), place, line, may_be_for_file=_is_above(comment, first))


def _read(said: str, place: Span, line: int, *, may_be_for_file: bool) -> SuppressionComment | Diagnostic:
    match = _SUPPRESSION.fullmatch(said)
    patterns = tuple(part.strip() for part in match[2].split(",") if part.strip()) if match else ()
    if match is None or not patterns or not all(map(_PATTERN.fullmatch, patterns)):
        return misread(place, _EXPECTED)
    if match[1] and not may_be_for_file:
        return misread(place, "expected `ignore-file` alone on a line above all code of the file")
    reason, until = match[3], None
    ending = _UNTIL.fullmatch(reason)
    if ending is not None:
        reason, until = ending[2] or "", date_of(ending[1])
        if until is None:
            return misread(place, no_date(ending[1]))
    return SuppressionComment(patterns, reason, place, None if match[1] else line, until)


def _is_above(comment: Comment, code: int) -> bool:
    return comment.alone and comment.line < code


def _next_code_line(document: Document, line: int, comments: set[int]) -> int:
    """The first line after this one that is neither blank nor only a comment."""
    last = len(document.line_starts)
    following = range(line + 1, last + 1)
    blank = ("", "---")
    return next((n for n in following if n not in comments and document.line(n).strip() not in blank), last + 1)
