"""Data in Markdown and its HTML: shown as it is, and never obeyed as table, link, mention or tag."""

from __future__ import annotations

import re
from collections.abc import Sequence
from urllib.parse import quote

from haanalyzer.report.words import harmless, one_line

_SYNTAX = re.compile(r"[&<>|*_~`\[\]\\]")
# What GitHub and GitLab make links of in plain text: @name, #12, !12, https://, www., GH-12
_REFERENCE = re.compile(r"(?<=[@#!$%^~])(?=[\w\"])|(?<=:)(?=//)|(?<=www)(?=\.)|(?<=gh)(?=-\d)", re.IGNORECASE)
_ZERO_WIDTH_SPACE = "\u200b"
_BACKTICKS = re.compile(r"`+")


def escaped(text: str) -> str:
    """One line that reads as the text, in a table's cell and in HTML alike.

    Character references are no syntax to Markdown; a space without width keeps it from making links.
    """
    parted = _REFERENCE.sub(_ZERO_WIDTH_SPACE, one_line(text))
    return _SYNTAX.sub(lambda found: f"&#{ord(found[0])};", parted)


def code(text: str) -> str:
    """The text in the letters of code."""
    return f"<code>{escaped(text)}</code>"


def linked(text: str, address: str | None) -> str:
    """The text as a link, where there is an address of the web."""
    if address is None or not address.startswith(("https://", "http://")):
        return escaped(text)
    return f"[{escaped(text)}](<{quote(address, safe=':/?#@!$&*+,;=%~')}>)"


def details(summary: str, lines: Sequence[str]) -> str:
    """Lines that are folded away below a summary, and shown as they are."""
    shown = [harmless(line) for line in lines]
    longest = max((len(run) for line in shown for run in _BACKTICKS.findall(line)), default=0)
    fence = "`" * max(longest + 1, 3)
    body = [f"{fence}text", *shown, fence]
    return "\n".join(["<details>", f"<summary>{escaped(summary)}</summary>", "", *body, "", "</details>"])
