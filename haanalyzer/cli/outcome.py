"""How a command ends: exit codes, errors of usage, and writing what it says."""

from __future__ import annotations

import sys
from pathlib import Path

CLEAN, FINDINGS, ERROR, NOTHING = 0, 1, 2, 3
INTERRUPTED = 130  # as a shell has it of a program that Ctrl-C ended

EXIT_CODES = """\
exit codes:
  0  nothing found
  1  findings at or above --fail-on
  2  usage or internal error, or a file that could not be read (see --keep-going)
  3  nothing to analyze, or nothing that could be read
"""


class UsageError(Exception):
    """The command line asks for something that cannot be done; the message says what and why."""


def write(text: str, path: str | None = None) -> None:
    """Write a text to a file, or to standard output. UsageError where that cannot be done."""
    try:
        if path is not None:
            Path(path).write_text(text, encoding="utf-8")
        elif sys.stdout is not None:  # None when the shell closed it
            sys.stdout.write(text if text.endswith("\n") else f"{text}\n")
            sys.stdout.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        raise UsageError(f"cannot write {path or 'the output'}: {error.strerror}") from error
