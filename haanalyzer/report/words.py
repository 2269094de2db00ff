"""Prose around data: one line, one sentence, nothing that a terminal or a viewer would obey."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Hashable, Iterable, Iterator

# Control characters, bidirectional overrides, lone surrogates: they move cursors, reorder text, cannot be encoded.
_OBEYED = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
_LONGEST_TERM = 80
_BLANKS = re.compile(r"[\s\u0085]+")


def harmless(text: str) -> str:
    """The text with every character that a terminal would obey written as its escape."""
    return _OBEYED.sub(lambda found: found[0].encode("unicode_escape").decode("ascii"), text)


def one_line(text: str) -> str:
    """The text on one line, harmless to print."""
    return harmless(_BLANKS.sub(" ", text).strip())


def plain(text: str) -> str:
    """One line in which no data can form a SARIF link."""
    return one_line(text).replace("](", "] (")


def sentence(text: str) -> str:
    """One line that ends with a period."""
    line = plain(text)
    return line if line.endswith((".", "!", "?")) else f"{line}."


def link(text: str, target: int) -> str:
    """A SARIF link to the location of that id; the text may hold brackets."""
    escaped = re.sub(r"[\[\]\\]", r"\\\g<0>", plain(text))
    return f"[{escaped}]({target})"


def quoted(text: object) -> str:
    """Dynamic text as SARIF wants it, in single quotes."""
    return f"'{plain(str(text))}'"


def abridged(term: str) -> str:
    """A term on one line, short enough to stand inside a sentence."""
    line = one_line(term)
    return line if len(line) <= _LONGEST_TERM else f"{line[: _LONGEST_TERM - 1]}…"


def shortened(text: str, limit: int) -> str:
    """The text, cut between words when it is longer than the limit."""
    return text if len(text) <= limit else f"{text[: limit - 2].rsplit(' ', 1)[0]}…."


def counted(number: int, noun: str) -> str:
    """``1 error``, ``2 errors``."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def ordinals(keys: Iterable[Hashable]) -> Iterator[int]:
    """Of each key, the how-many-th of its kind it is, from 1."""
    seen: Counter[Hashable] = Counter()
    for key in keys:
        seen[key] += 1
        yield seen[key]
