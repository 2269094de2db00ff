"""Where the comments of a text are, and which of its lines begin inside of a text, where no comment can stand."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal, NamedTuple

from haanalyzer.source.configuration_files import is_json_configuration
from haanalyzer.source.document import Document
from haanalyzer.source.stretches import Stretches

_BLANKS = re.compile(r"[ \t]*")

_PROGRAM_ENDINGS = (".cjs", ".cs", ".go", ".java", ".js", ".jsx", ".kt", ".mjs", ".py", ".scala", ".ts", ".tsx")
_PROGRAM_COMMENT = re.compile(r"^[ \t]*(?P<alone>#|//)|[ \t](?:#|//)(?=[ \t]*haanalyzer:)", re.MULTILINE)

_HCL_ENDINGS = (".tf", ".tofu", ".hcl", ".tfvars")
_HCL_CODE = re.compile(r'"|\#|//|/\*|<<[-~]?(?P<marker>[\w-]+)[ \t]*\r?\n|[{}]')
_HCL_STRING = re.compile(r"\\.|\$\$\{|%%\{|[$%]\{|\"|\n")

_YAML_COMMENT = re.compile(r"(?:^|(?<=\s))\#", re.MULTILINE)


class Comment(NamedTuple):
    """A comment, or a line of one: its line, its offset in the text, and whether nothing stands before it."""

    line: int
    start: int
    alone: bool
    in_block: bool = False


class _Stretch(NamedTuple):
    """A comment, block comment, string or heredoc of HCL, between two offsets."""

    kind: Literal["comment", "block", "text"]
    start: int
    end: int


def is_hcl(document: Document) -> bool:
    """Whether a file is Terraform's rather than a template, by its name."""
    return document.path.endswith(_HCL_ENDINGS)


def is_program(document: Document) -> bool:
    """Whether a file is one of a program that templates are synthesized by, by its name."""
    return document.path.endswith(_PROGRAM_ENDINGS)


def comments(document: Document) -> Iterator[Comment]:
    """The comments of a Terraform file or a YAML template, in order; Terraform's JSON has none.

    Of a program's file they are those on lines of their own, and those that address us.
    """
    if is_json_configuration(document.path):
        return iter(())
    if is_program(document):
        return (_comment_at(document, _mark_of(match)) for match in _PROGRAM_COMMENT.finditer(document.text))
    return _hcl_comments(document) if is_hcl(document) else _yaml_comments(document)


def begins_inside_text(document: Document, line: int) -> bool:
    """Whether a line (from 1) of a Terraform file begins inside of a string, heredoc or block comment."""
    at = document.line_starts[line - 1]
    around = document.once(_hcl_texts).around(at)
    return around is not None and around[0] < at


def _mark_of(comment: re.Match[str]) -> int:
    return comment.start("alone") if comment["alone"] else comment.start() + 1


def _hcl_texts(document: Document) -> Stretches[None]:
    found = _hcl_stretches(document.text)
    return Stretches((start, end, None) for kind, start, end in found if kind != "comment")


def _comment_at(document: Document, start: int) -> Comment:
    line = document.position(start)[0]
    blank = _BLANKS.match(document.text, document.line_starts[line - 1])
    return Comment(line, start, alone=blank is not None and blank.end() == start)


def _block_comment(document: Document, start: int, end: int) -> Iterator[Comment]:
    """The lines of a block comment: never suppressions, but no code either."""
    first = _comment_at(document, start)
    yield first._replace(in_block=True)
    for line in range(first.line + 1, document.position(end)[0] + 1):
        yield Comment(line, document.line_starts[line - 1], alone=True, in_block=True)


def _hcl_comments(document: Document) -> Iterator[Comment]:
    for kind, start, end in _hcl_stretches(document.text):
        if kind == "comment":
            yield _comment_at(document, start)
        elif kind == "block":
            yield from _block_comment(document, start, end)


def _hcl_stretches(text: str) -> Iterator[_Stretch]:
    # What the scanner is inside of: strings, and the braces of interpolations in them.
    inside: list[str] = []
    at = opened = 0
    while True:
        in_string = bool(inside) and inside[-1] == '"'
        token = (_HCL_STRING if in_string else _HCL_CODE).search(text, at)
        if token is None:
            return
        at = token.end()
        match token[0]:
            case '"' if in_string:
                inside.pop()
                if not inside:
                    yield _Stretch("text", opened, at)
            case "\n":  # no string spans lines: this one is broken, and must not hide the rest
                inside.clear()
            case "${" | "%{" | '"':
                opened = opened if inside else token.start()
                inside.append(token[0])
            case "{" if inside:
                inside.append("{")
            case "}" if inside:
                inside.pop()
            case "#" | "//" if not inside:
                at = _end_of(r"\n", text, at)
                yield _Stretch("comment", token.start(), at)
            case "/*":
                at = _end_of(r"\*/", text, at)
                yield _Stretch("block", token.start(), at)
            case _ if token.lastgroup == "marker":
                at = _end_of(rf"^[ \t]*{re.escape(token['marker'])}[ \t]*\r?$", text, at)
                yield _Stretch("text", token.start(), at)


def _end_of(pattern: str, text: str, at: int) -> int:
    found = re.compile(pattern, re.MULTILINE).search(text, at)
    return found.end() if found else len(text)


def _yaml_comments(document: Document) -> Iterator[Comment]:
    """Comments outside of quoted and block scalars, as far as the text is YAML."""
    texts, end = document.once(_yaml_texts)
    before = 0
    for mark in _YAML_COMMENT.finditer(document.text, 0, end):
        if texts.around(mark.start()) is None:
            comment = _comment_at(document, mark.start())
            if comment.line > before:
                yield comment
            before = comment.line


def _yaml_texts(document: Document) -> tuple[Stretches[None], int]:
    """The quoted and block scalars, and the offset up to which the text is YAML."""
    import yaml  # Terraform's files have nothing of it

    text = document.text
    found: list[tuple[int, int, None]] = []
    try:
        for event in yaml.parse(text, Loader=yaml.CSafeLoader):
            if isinstance(event, yaml.ScalarEvent) and event.style and event.start_mark and event.end_mark:
                start, end = event.start_mark.index, event.end_mark.index
                if event.style in "|>":  # beside its mark a comment may stand
                    start = end - len(text[start:end].partition("\n")[2])
                found.append((start, end, None))
    except (yaml.YAMLError, UnicodeEncodeError) as error:
        mark = getattr(error, "problem_mark", None)
        return Stretches(found), mark.index if mark else 0
    return Stretches(found), len(text)
