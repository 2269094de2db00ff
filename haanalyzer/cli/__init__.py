"""The command line. It reads arguments, calls the engine, and renders."""

from __future__ import annotations

import gc
import io
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from haanalyzer.cli.arguments import argument_parser
from haanalyzer.cli.outcome import CLEAN, ERROR, FINDINGS, INTERRUPTED, NOTHING, UsageError

__all__ = ["CLEAN", "ERROR", "FINDINGS", "NOTHING", "main"]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; the exit code is returned."""
    options = argument_parser().parse_args(arguments)
    gc.set_threshold(50_000, 1_000, 20)  # an analysis makes many small objects and hardly any garbage
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    try:
        _check_current_folder()
        return int(options.run(options))
    except UsageError as error:
        print(f"haanalyzer: {error}", file=sys.stderr)
        return ERROR
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return ERROR
    except Exception as error:  # noqa: BLE001 - the last resort: one line instead of a traceback
        print(f"haanalyzer: internal error: {type(error).__name__}: {error}; please report it", file=sys.stderr)
        return ERROR


def _check_current_folder() -> None:
    """UsageError where the folder that all paths are relative to was deleted meanwhile."""
    try:
        Path.cwd()
    except FileNotFoundError as error:
        raise UsageError("the current folder is no more") from error
