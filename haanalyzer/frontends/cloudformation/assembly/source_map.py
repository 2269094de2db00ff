"""From a line of compiled JavaScript to the line it was written on. Source: ECMA-426, "Source map format"."""

from __future__ import annotations

import base64
import binascii
import json
import posixpath
import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple
from urllib.parse import unquote

from haanalyzer.source.document import Document
from haanalyzer.source.files import Files, join

_URL = re.compile(r"^//[#@][ \t]*sourceMappingURL=(\S+)[ \t]*$", re.MULTILINE)
_INLINE = re.compile(r"data:application/json;(?:charset=[^;,]+;)?base64,(.*)", re.DOTALL)
_DIGITS = {digit: at for at, digit in enumerate("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/")}
_CONTINUES, _BITS = 32, 5


class Written(NamedTuple):
    """Where something is written: a path relative to the base of the analysis, a line and a column, both from 1."""

    path: str
    line: int
    column: int


def written_at(compiled: Document, line: int, column: int, files: Files) -> Written | None:
    """Where what stands at a line and column of a compiled file (from 1) was written; None if that is not told."""
    found = _map_of(compiled, files)
    if found is None:
        return None
    folder, content = found
    sources, mappings = content.get("sources"), content.get("mappings")
    if not isinstance(sources, list) or not isinstance(mappings, str):
        return None
    try:
        segment = _segment_at(mappings, line - 1, column - 1)
        source = str(sources[segment.source]) if segment else ""
    except (KeyError, IndexError):
        return None
    if segment is None or not source:
        return None
    root = str(content.get("sourceRoot") or "")
    return Written(join(folder, posixpath.join(root, unquote(source))), segment.line + 1, segment.column + 1)


def _map_of(compiled: Document, files: Files) -> tuple[str, Mapping[str, object]] | None:
    """The map that a compiled file ends with or names, and the folder that it is in."""
    *_, url = ("", *_URL.findall(compiled.text))
    folder = join(compiled.path, "..")
    inline = _INLINE.fullmatch(url)
    if inline:
        return _content(folder, inline[1])
    path = join(folder, unquote(url))
    document = files.read(path) if url and "://" not in url and files.is_file(path) else None
    return _parsed(join(path, ".."), document.text) if isinstance(document, Document) else None


def _content(folder: str, encoded: str) -> tuple[str, Mapping[str, object]] | None:
    try:
        return _parsed(folder, base64.b64decode(encoded, validate=True).decode())
    except (binascii.Error, ValueError):
        return None


def _parsed(folder: str, text: str) -> tuple[str, Mapping[str, object]] | None:
    try:
        content = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return (folder, content) if isinstance(content, dict) else None


class _Segment(NamedTuple):
    """A stretch of a compiled line, from a column on, and where it comes from; all numbers from 0."""

    at: int
    source: int
    line: int
    column: int


def _segment_at(mappings: str, line: int, column: int) -> _Segment | None:
    """The stretch that a place lies in. KeyError for what is no mapping."""
    source = source_line = source_column = 0
    found = None
    for number, group in enumerate(mappings.split(";")):
        at = 0
        for fields in (tuple(_numbers(each)) for each in group.split(",") if each):
            at += fields[0]
            if len(fields) < 4:
                continue
            source, source_line, source_column = source + fields[1], source_line + fields[2], source_column + fields[3]
            if number == line and (found is None or at <= column):
                found = _Segment(at, source, source_line, source_column)
        if number == line:
            return found
    return None


def _numbers(segment: str) -> Iterator[int]:
    """The numbers of a segment: base 64 digits of five bits, the least first, the last bit of a number its sign."""
    value = shift = 0
    for digit in map(_DIGITS.__getitem__, segment):
        value += (digit & (_CONTINUES - 1)) << shift
        shift += _BITS
        if not digit & _CONTINUES:
            yield -(value >> 1) if value & 1 else value >> 1
            value = shift = 0
