"""What stands at the other end of a stream: colours and columns, by the terminal and by what the user exports."""

from __future__ import annotations

import os
from typing import TextIO

COLOR_CHOICES = ("auto", "always", "never")
_FORCING = ("FORCE_COLOR", "CLICOLOR_FORCE")


def is_terminal(stream: TextIO) -> bool:
    """Whether someone looks at a terminal there that obeys escape sequences."""
    return stream.isatty() and os.environ.get("TERM") != "dumb"


def has_color(stream: TextIO | None, choice: str) -> bool:
    """Whether a text is coloured, for one of the choices; None stands for a file.

    Left to itself, ``NO_COLOR`` comes before ``FORCE_COLOR`` and ``CLICOLOR_FORCE``, as in
    Python itself; then it is the terminal that counts.
    """
    if choice != "auto" or stream is None:
        return choice == "always"
    if os.environ.get("NO_COLOR"):
        return False
    if any(os.environ.get(name, "0") not in ("", "0") for name in _FORCING):
        return True
    return is_terminal(stream) and os.environ.get("CLICOLOR") != "0"


def columns_of(stream: TextIO | None, otherwise: int) -> int:
    """How many columns a text may take: ``COLUMNS``, or the terminal's."""
    exported = os.environ.get("COLUMNS", "")
    if exported.isdecimal() and int(exported):
        return int(exported)
    if stream is None or not stream.isatty():
        return otherwise
    try:
        return os.get_terminal_size(stream.fileno()).columns or otherwise
    except OSError:
        return otherwise
