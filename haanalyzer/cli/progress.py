"""How far a long analysis is, on one line of the terminal that is wiped in the end."""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, TextIO

from haanalyzer.cli.screen import columns_of, is_terminal

if TYPE_CHECKING:
    from haanalyzer.engine import Progress

FIRST_SECONDS = 1.0
"""How long an analysis may take in silence."""
EVERY_SECONDS = 0.1
_ERASE_TO_END = "\x1b[K"
_NARROW = 80


@contextmanager
def shown_progress() -> Iterator[Progress | None]:
    """What to tell of an analysis, so that the user sees it; None where standard error is no terminal."""
    stream = sys.stderr
    if stream is None or not is_terminal(stream):
        yield None
        return
    line = _Line(stream)
    line.start()
    try:
        yield line.tell
    finally:
        line.stop()


class _Line(threading.Thread):
    """Draws on its own time, for one deployment may take longer than all others."""

    def __init__(self, stream: TextIO) -> None:
        super().__init__(daemon=True)
        self._stream = stream
        self._text = ""
        self._is_over = threading.Event()
        self._is_drawn = False

    def tell(self, done: int, total: int, path: str) -> None:
        """Take down how far it is, as a `Progress`."""
        self._text = f"analyzing {done + 1} of {total}: {path}"

    def run(self) -> None:
        seconds = FIRST_SECONDS
        while not self._is_over.wait(seconds):
            self._draw(self._text)
            seconds = EVERY_SECONDS

    def stop(self) -> None:
        """End, and leave no trace."""
        self._is_over.set()
        self.join()
        if self._is_drawn:
            self._write("")

    def _draw(self, text: str) -> None:
        from haanalyzer.report.terminal import beginning, shown

        self._is_drawn = True
        self._write(beginning(shown(text, self._stream.encoding), columns_of(self._stream, _NARROW) - 1, "..."))

    def _write(self, text: str) -> None:
        with suppress(OSError, ValueError):  # the terminal was closed
            self._stream.write(f"\r{text}{_ERASE_TO_END}")
            self._stream.flush()
