"""What could not be read, and where."""

from __future__ import annotations

from dataclasses import dataclass

from haanalyzer.source.span import Span

INTERNAL_ERROR = "internal-error"
"""The code of what went wrong by a fault of ours."""


@dataclass(frozen=True, slots=True, order=True)
class Diagnostic:
    """A file, or a part of one, that was not analyzed.

    ``code`` is a stable slug such as ``invalid-yaml``; ``message`` is one line
    that says what was expected. ``is_error`` is false for what was left out by
    design (a module that is not on disk), ``hides`` where all that counts was read
    in spite of the fault.
    """

    place: Span
    code: str
    message: str
    is_error: bool = True
    hides: bool = True

    def __str__(self) -> str:
        return f"{self.place.path}:{self.place.line}:{self.place.column}: {self.message} [{self.code}]"
