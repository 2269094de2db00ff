"""Lines of a program, as the stack traces in a cloud assembly name them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import PurePosixPath, PureWindowsPath
from urllib.parse import unquote

from haanalyzer.frontends.cloudformation.assembly.source_map import written_at
from haanalyzer.source.document import Document
from haanalyzer.source.files import Files
from haanalyzer.source.span import Span

# `new Shop (/home/me/app/lib/shop.ts:12:5)`, `/home/me/app/bin/app.ts:3:1`, `__init__ (/home/me/app/shop.py:12)`
_FRAME = re.compile(r"(?:^|.*\()((?:file://)?(?:/|[A-Za-z]:[\\/]).*?):(\d+)(?::(\d+))?\)?")
_LONGEST_FRAME = 2_000
_COMPILED = (".js", ".cjs", ".mjs")
_OTHERS_CODE = frozenset({"..", "node_modules", "site-packages", "dist-packages", ".venv", "venv", "cdk.out"})


def lines_of(trace: Iterable[object], files: Files) -> tuple[Span, ...]:
    """The places in the project's own files that a stack trace names, in its order.

    A trace holds the absolute paths of the machine that the program ran on: what is not found below the base
    of the analysis is left out, and so is a line that its file does not have (any more). A line of compiled code
    is where it was written, as far as the compiler left that.
    """
    return tuple(dict.fromkeys(place for frame in trace if (place := _place(str(frame).strip(), files)) is not None))


def _place(frame: str, files: Files) -> Span | None:
    match = _FRAME.fullmatch(frame) if len(frame) <= _LONGEST_FRAME else None
    path = _below_base(match[1], files) if match else None
    if match is None or path is None or not files.is_file(path):
        return None
    line, column = int(match[2]), int(match[3] or 0)
    document = files.read(path)
    if isinstance(document, Document) and path.endswith(_COMPILED):
        written = written_at(document, line, column, files)
        if written is not None and files.is_file(written.path) and not _is_others_code(written.path):
            document, line, column = files.read(written.path), written.line, written.column
    return _in_line(document, line, column) if isinstance(document, Document) else None


def _in_line(document: Document, number: int, column: int) -> Span | None:
    """What stands on a line from a column on (in UTF-16 units from 1; 0 where it is not known)."""
    text = document.line(number)
    code = text.rstrip()
    if not code:
        return None
    start = len(text) - len(text.lstrip())
    if column:
        start = len(text.encode("utf-16-le")[: 2 * (column - 1)].decode("utf-16-le", "ignore"))
    return Span(document.path, number, start + 1, number, len(code) + 1) if start < len(code) else None


def _below_base(written: str, files: Files) -> str | None:
    """A path relative to the base of the analysis; None for what lies elsewhere, or was not written by the user."""
    for base in _bases(files):
        path = _pure(written)
        if path.is_relative_to(base):
            way = path.relative_to(base).as_posix()
            return None if _is_others_code(way) else way
    return None


def _is_others_code(path: str) -> bool:
    """Whether a file is of a library, or outside of the base."""
    return not _OTHERS_CODE.isdisjoint(path.split("/"))


def _bases(files: Files) -> Iterator[PurePosixPath | PureWindowsPath]:
    yield _pure(files.real("."))
    yield _pure(str(files.base.absolute()))


def _pure(path: str) -> PurePosixPath | PureWindowsPath:
    if path.startswith("file://"):
        path = unquote(path.removeprefix("file://"))
    return PurePosixPath(path) if path.startswith("/") else PureWindowsPath(path)
