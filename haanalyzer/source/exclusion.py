"""Which paths the user wants to be left out, in the words of ``.gitignore``."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathspec import GitIgnoreSpec


@dataclass(frozen=True)
class Exclusion:
    """Patterns as in ``.gitignore``, and the way from the folder that they are relative to down to the base.

    ``prefix`` is that way with forward slashes, ``.`` where the two are one folder.
    """

    prefix: str
    patterns: tuple[str, ...]

    def excludes(self, path: str, *, is_folder: bool) -> bool:
        """Whether a path, relative to the base, is left out, itself or with a folder above it."""
        named = posixpath.normpath(posixpath.join(self.prefix, path))
        return named != "." and self._spec.match_file(f"{named}/" if is_folder else named)

    @cached_property
    def _spec(self) -> GitIgnoreSpec:
        return _compiled(self.patterns)


def is_pattern(text: str) -> bool:
    """Whether any path could match; none does for an empty text, a comment, an open bracket, or a range backwards."""
    try:
        return any(pattern.include is not None for pattern in _compiled([text]).patterns)
    except (ValueError, re.error):  # its own errors are kinds of the first, under a name that changed
        return False


def _compiled(patterns: Iterable[str]) -> GitIgnoreSpec:
    import warnings

    from pathspec import GitIgnoreSpec

    with warnings.catch_warnings():
        warnings.simplefilter("ignore", FutureWarning)  # [[a] means the same to Python and git as yet
        return GitIgnoreSpec.from_lines(patterns)
