"""Faults of ours, said instead of swallowed or shown as findings."""

from __future__ import annotations

from haanalyzer.source.diagnostic import INTERNAL_ERROR, Diagnostic
from haanalyzer.source.span import start_of


def internal_error(path: str, error: Exception, during: str = "reading it") -> Diagnostic:
    """The diagnostic of an exception that nobody foresaw, at the beginning of a file."""
    message = f"internal error during {during}: {type(error).__name__}: {error}; please report it"
    return Diagnostic(start_of(path), INTERNAL_ERROR, message)
