"""The words on the command line of `diff`: which commits to compare, and at which paths."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from haanalyzer.cli.options import base_of, below
from haanalyzer.cli.outcome import UsageError

if TYPE_CHECKING:
    from haanalyzer.source.repository import Repository


class Revisions(NamedTuple):
    """The commits before and after a change by id, None for the work tree; and the paths to analyze, below ``base``."""

    repository: Repository
    before: str
    after: str | None
    base: Path
    paths: list[str]


def revisions_of(words: Sequence[str]) -> Revisions:
    """What ``[BASE[..HEAD]] [PATH ...]`` means. UsageError for words that mean two things; GitError as git says."""
    from haanalyzer.source.repository import Repository

    existing = [word for word in words if Path(word).exists()]
    base = base_of(existing or ["."])
    repository = Repository(_folder(existing[0]) if existing else base)
    names_commits = bool(words) and not _is_path(words[0], repository)
    before, after = _commits(words[0] if names_commits else "", repository)
    paths = list(words[names_commits:]) or ["."]
    return Revisions(repository, before, after, base, below(base, [_really(path, repository.top) for path in paths]))


def _really(path: str, top: Path) -> str:
    """The path as it lies in the repository, whatever symlink outside of that leads to it."""
    absolute = os.path.normpath(Path.cwd() / path)
    return path if Path(absolute).is_relative_to(top) else os.path.realpath(absolute)


def _folder(path: str) -> Path:
    return Path(path) if Path(path).is_dir() else Path(path).parent


def _is_path(word: str, repository: Repository) -> bool:
    if word in (".", "..") or word.startswith(("./", "../", "/")):
        return True
    if not Path(word).exists():
        return False
    if repository.has_commit(word):
        raise UsageError(f"{word} is a path and a commit: write ./{word} for the path, {word}.. for the commit")
    return True


def _commits(words: str, repository: Repository) -> tuple[str, str | None]:
    before, _, after = words.partition("..")
    if after.startswith("."):
        after = after.removeprefix(".")
        return repository.merge_base(before or "HEAD", after or "HEAD"), _commit(after, repository)
    return repository.commit(before or "HEAD"), _commit(after, repository)


def _commit(name: str, repository: Repository) -> str | None:
    return repository.commit(name) if name else None
