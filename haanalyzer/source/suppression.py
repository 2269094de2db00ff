"""Comments by which users say that a finding is accepted: ``# haanalyzer: ignore[HA101] reason``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import NamedTuple

from haanalyzer.source.diagnostic import Diagnostic
from haanalyzer.source.document import Document
from haanalyzer.source.span import Span

_MARK = "haanalyzer:"
_SUPPRESSION = re.compile(r"ignore(-file)?[ \t]*\[([^\[\]]*)\][ \t]*(.*)")
_PATTERN = re.compile(r"[A-Za-z0-9*?-]+")
_EXPECTED = "expected `haanalyzer: ignore[code-or-slug, ...] reason` or `haanalyzer: ignore-file[...]`"

_BLANKS = re.compile(r"[ \t]*")

_HCL_ENDINGS = (".tf", ".tofu", ".hcl", ".tfvars")
_HCL_CODE = re.compile(r'"|\#|//|/\*|<<[-~]?(?P<marker>[\w-]+)[ \t]*\r?\n|[{}]')
_HCL_STRING = re.compile(r"\\.|\$\$\{|%%\{|[$%]\{|\"|\n")

_YAML_BLOCK_SCALAR = re.compile(r"(?:^|[:\-\s])[ \t]*(?:[!&][^\s]*[ \t]+)*[|>][-+0-9]*[ \t]*$")
_YAML_QUOTED = re.compile(r"""(?:^|(?<=[\s\[{,:!]))(?:"(?:[^"\\]|\\.)*"|'(?:[^']|'')*')""")
_YAML_COMMENT = re.compile(r"(?:^|(?<=\s))\#")


@dataclass(frozen=True, slots=True)
class SuppressionComment:
    """One comment: what it silences, why, and where.

    ``patterns`` are codes, slugs, or either with ``*`` and ``?``. ``applies_to`` is
    the line whose findings are meant (the comment's own, or the next line with
    code below a comment that stands alone); None means the whole file.
    """

    patterns: tuple[str, ...]
    reason: str
    place: Span
    applies_to: int | None

    def matches(self, code: str, slug: str) -> bool:
        """Whether a rule is meant; upper and lower case are the same."""
        names = (code.lower(), slug.lower())
        return any(fnmatchcase(name, pattern.lower()) for pattern in self.patterns for name in names)


class _Comment(NamedTuple):
    """A comment, or a line of one: its line, its offset in the text, and whether nothing stands before it."""

    line: int
    start: int
    alone: bool
    in_block: bool = False


def read_suppressions(document: Document) -> list[SuppressionComment]:
    """The suppression comments of a Terraform file or a YAML template, in order."""
    return [found for found in _marked(document) if isinstance(found, SuppressionComment)]


def misread_suppressions(document: Document) -> list[Diagnostic]:
    """Comments that address haanalyzer in words it does not know, and so silence nothing."""
    return [found for found in _marked(document) if isinstance(found, Diagnostic)]


def _marked(document: Document) -> Iterator[SuppressionComment | Diagnostic]:
    if _MARK not in document.text:
        return
    is_hcl = document.path.endswith(_HCL_ENDINGS)
    comments = list(_hcl_comments(document) if is_hcl else _yaml_comments(document))
    alone = {comment.line for comment in comments if comment.alone}
    first = _next_code_line(document, 0, alone)
    for comment in comments:
        if comment.in_block:
            continue
        written = document.line(comment.line)[comment.start - document.line_starts[comment.line - 1] :]
        said = written.lstrip("#/ \t")
        if not said.startswith(_MARK):
            continue
        place = document.span(comment.start, comment.start + len(written.rstrip()))
        match = _SUPPRESSION.fullmatch(said.removeprefix(_MARK).strip())
        patterns = tuple(part.strip() for part in match[2].split(",") if part.strip()) if match else ()
        if match is None or not patterns or not all(map(_PATTERN.fullmatch, patterns)):
            yield Diagnostic(place, "misread-suppression", _EXPECTED, is_error=False)
        elif not match[1]:
            line = _next_code_line(document, comment.line, alone) if comment.alone else comment.line
            yield SuppressionComment(patterns, match[3], place, line)
        elif comment.alone and comment.line < first:
            yield SuppressionComment(patterns, match[3], place, None)
        else:
            message = "expected `ignore-file` alone on a line above all code of the file"
            yield Diagnostic(place, "misread-suppression", message, is_error=False)


def _next_code_line(document: Document, line: int, comments: set[int]) -> int:
    """The first line after this one that is neither blank nor only a comment."""
    last = len(document.line_starts)
    following = range(line + 1, last + 1)
    blank = ("", "---")
    return next((n for n in following if n not in comments and document.line(n).strip() not in blank), last + 1)


def _comment_at(document: Document, start: int) -> _Comment:
    line = document.position(start)[0]
    blank = _BLANKS.match(document.text, document.line_starts[line - 1])
    return _Comment(line, start, alone=blank is not None and blank.end() == start)


def _block_comment(document: Document, start: int, end: int) -> Iterator[_Comment]:
    """The lines of a block comment: never suppressions, but no code either."""
    first = _comment_at(document, start)
    yield first._replace(in_block=True)
    for line in range(first.line + 1, document.position(end)[0] + 1):
        yield _Comment(line, document.line_starts[line - 1], alone=True, in_block=True)


def _hcl_comments(document: Document) -> Iterator[_Comment]:
    """Comments outside of strings and heredocs."""
    text = document.text
    # What the scanner is inside of: strings, and the braces of interpolations in them.
    inside: list[str] = []
    at = 0
    while True:
        in_string = bool(inside) and inside[-1] == '"'
        token = (_HCL_STRING if in_string else _HCL_CODE).search(text, at)
        if token is None:
            return
        at = token.end()
        match token[0]:
            case '"' if in_string:
                inside.pop()
            case "\n":  # no string spans lines: this one is broken, and must not hide the rest
                inside.clear()
            case "${" | "%{" | '"':
                inside.append(token[0])
            case "{" if inside:
                inside.append("{")
            case "}" if inside:
                inside.pop()
            case "#" | "//" if not inside:
                yield _comment_at(document, token.start())
                at = _end_of(r"\n", text, at)
            case "/*":
                at = _end_of(r"\*/", text, at)
                yield from _block_comment(document, token.start(), at)
            case _ if token.lastgroup == "marker":
                at = _end_of(rf"^[ \t]*{re.escape(token['marker'])}[ \t]*\r?$", text, at)


def _end_of(pattern: str, text: str, at: int) -> int:
    found = re.compile(pattern, re.MULTILINE).search(text, at)
    return found.end() if found else len(text)


def _yaml_comments(document: Document) -> Iterator[_Comment]:
    """Comments outside of block scalars and of quoted scalars that end on their line."""
    scalar_indent: int | None = None
    for number, start in enumerate(document.line_starts, 1):
        line = document.line(number)
        content = line.strip()
        indent = len(line) - len(line.lstrip(" "))
        if not content or (scalar_indent is not None and indent > scalar_indent):
            continue
        unquoted = _YAML_QUOTED.sub(lambda quoted: "_" * len(quoted[0]), line)
        comment = _YAML_COMMENT.search(unquoted)
        code = unquoted[: comment.start()] if comment else unquoted
        scalar_indent = indent if _YAML_BLOCK_SCALAR.search(code) else None
        if comment is not None:
            yield _comment_at(document, start + comment.start())
