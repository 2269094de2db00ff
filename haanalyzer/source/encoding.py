"""Bytes to text and back: byte order marks, encodings, and what is no text."""

from __future__ import annotations

import codecs
from pathlib import Path

from haanalyzer.source.diagnostic import Diagnostic
from haanalyzer.source.document import Document
from haanalyzer.source.span import Span

# UTF-32 stands first: its little-endian mark begins with UTF-16's.
_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


def rewrite(path: Path, text: str) -> None:
    """Give an existing file another text, in the encoding and with the byte order mark that it has."""
    encoding, mark = encoding_of(data := path.read_bytes())
    path.write_bytes(data[:mark] + text.encode(encoding))


def encoding_of(data: bytes) -> tuple[str, int]:
    """A text's encoding by its byte order mark, and the mark's length."""
    for mark, encoding in _BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return encoding, len(mark)
    return "utf-8", 0


def decode(path: str, data: bytes) -> Document | Diagnostic:
    """The text of a file, or the place of the first byte that is none."""
    encoding, mark = encoding_of(data)
    try:
        text = data[mark:].decode(encoding)
    except UnicodeDecodeError as error:
        before = data[mark : mark + error.start].decode(encoding)
        message = f"expected {encoding.upper()} text, found byte 0x{data[mark + error.start]:02x} here"
        return Diagnostic(_behind(path, before), "not-text", message)
    if "\0" in text:
        before = text[: text.index("\0")]
        return Diagnostic(_behind(path, before), "not-text", "expected text, found a NUL character here")
    return Document(path, text)


def _behind(path: str, text: str) -> Span:
    return Document(path, text).span(len(text), len(text))
