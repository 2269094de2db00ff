"""What a terminal can show: colours, columns, characters."""

from __future__ import annotations

import re
import unicodedata

from haanalyzer.report.words import harmless

_STYLES = {"error": "1;31", "warning": "1;33", "note": "1;36", "bold": "1", "frame": "1;34"}
_TAB = "    "
_SIMPLER = str.maketrans({"…": "...", "–": "-", "—": "-", "‘": "'", "’": "'", "“": '"', "”": '"', "→": "->", "≥": ">="})


class Paint:
    """Colours, where the reader asked for them."""

    def __init__(self, *, on: bool) -> None:
        self._on = on

    def __call__(self, style: str, text: str) -> str:
        return f"\x1b[{_STYLES[style]}m{text}\x1b[0m" if self._on else text


def columns(text: str) -> int:
    """How many columns of a terminal a text takes."""
    return len(text) if text.isascii() else sum(_columns_of(character) for character in text)


def _columns_of(character: str) -> int:
    if character.isascii():
        return 1
    if unicodedata.combining(character) or unicodedata.category(character) in {"Mn", "Me", "Cf"}:
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def shown(code: str, encoding: str) -> str:
    """Source text as it is printed: tabs as blanks, what cannot be printed as escapes."""
    return encodable(harmless(code.replace("\t", _TAB)), encoding)


def beginning(text: str, room: int, gap: str) -> str:
    """As much of the beginning of a text as fits into so many columns, then the gap if it is cut."""
    if columns(text) <= room:
        return text
    kept = text[: max(room - columns(gap), 0)]
    while kept and columns(kept) + columns(gap) > room:
        kept = kept[:-1]
    return kept + gap


def ending(text: str, room: int, gap: str) -> str:
    """As much of the end of a text as fits into so many columns, after the gap if it is cut."""
    if columns(text) <= room:
        return text
    kept = text[max(len(text) - room + columns(gap), 0) :]
    while kept and columns(kept) + columns(gap) > room:
        kept = kept[1:]
    return gap + kept


def encodable(text: str, encoding: str) -> str:
    """The text in characters that the encoding has; simpler ones, or escapes, for the others."""
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        return text.translate(_SIMPLER).encode(encoding, "backslashreplace").decode(encoding)
    except LookupError:
        return encodable(text, "ascii")
    return text


def wrapped(text: str, lead: str, width: int) -> list[str]:
    """The text in lines of at most so many columns, after a lead that blanks repeat; a long word stays whole."""
    room = max(width - columns(lead), 20)
    lines: list[str] = []
    current = ""
    for word in re.split(r" +", text):
        if current and columns(current) + 1 + columns(word) > room:
            lines.append(current)
            current = word
        else:
            current = f"{current} {word}" if current else word
    lines.append(current)
    blanks = " " * columns(lead)
    return [f"{blanks if at else lead}{line}".rstrip() for at, line in enumerate(lines)]
