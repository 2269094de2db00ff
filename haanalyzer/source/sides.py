"""A repository as it was at a commit, laid out as its work tree is, so that both can be analyzed alike."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from haanalyzer.source.exclusion import Exclusion
from haanalyzer.source.files import Files
from haanalyzer.source.repository import GitError, Repository
from haanalyzer.source.walk import LEFT_OUT


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two things that are compared: the work tree, or what stands for it as it was at a commit.

    ``base`` is what paths are relative to, on this side; ``here`` the same folder of the work tree.
    """

    base: Path
    here: Path
    top: Path

    def files(self, exclude: Sequence[Exclusion] = ()) -> Files:
        """The files of this side, of which some are not looked for."""
        files = Files(self.base, exclude=exclude)
        files.admit(str(self.top))  # what git ignores is linked to from there
        return files

    def counterpart(self, path: Path) -> Path:
        """What a path of the user's is on this side; the path itself where this side has nothing there."""
        other = self.base / os.path.relpath(path.resolve(), self.here)
        return other if path.resolve().is_relative_to(self.top) and other.exists() else path

    def named(self, text: str) -> str:
        """A text in which this side's files are named as the user knows them."""
        return text.replace(str(self.base), str(self.here))


@contextmanager
def side(repository: Repository, commit: str | None, base: Path) -> Iterator[Side]:
    """The side of a commit, or of the work tree for None; it is there as long as the context is open.

    ``base`` is a folder of the work tree, or one above it. What git ignores (installed modules,
    values that are not committed, what a build wrote) is no part of any commit, nor is what other repositories
    inside hold, and so that is the same on every side.
    GitError where the files cannot be had.
    """
    if commit is None:
        yield Side(base, base, repository.top)
        return
    with tempfile.TemporaryDirectory(prefix="haanalyzer-") as scratch:
        common = Path(os.path.commonpath((base, repository.top)))
        tree, there = (Path(scratch).resolve() / each.relative_to(common) for each in (repository.top, base))
        try:
            (tree / ".git").mkdir(parents=True)  # this is where the repository ends: configurations are sought so far
            there.mkdir(parents=True, exist_ok=True)
            repository.write_out(commit, tree)
            for path in repository.inner():
                if not os.path.lexists(tree / path):
                    _link_below(tree, repository.top, path)
            for path in repository.ignored():
                _link_below(tree, repository.top, path)
        except OSError as error:
            raise GitError(f"cannot write {error.filename}: {error.strerror}") from error
        yield Side(there, base, repository.top)


def _link_below(tree: Path, top: Path, path: str) -> None:
    """Let links stand in at a path, unless the commit has a symlink on the way there, which may lead anywhere."""
    stand_in = tree / path
    if stand_in.parent.resolve() == stand_in.parent:
        _link(top / path, stand_in)


def _link(real: Path, stand_in: Path) -> None:
    """Let links stand in for files, in folders of the same names: by these it is decided what a folder is."""
    if not stand_in.parent.is_dir() or stand_in.is_symlink() or stand_in.is_file():
        return
    if not real.is_dir() or real.is_symlink():
        stand_in.symlink_to(real)
        return
    stand_in.mkdir(exist_ok=True)
    for each in real.iterdir():
        if real.name not in LEFT_OUT:
            _link(each, stand_in / each.name)
        elif not os.path.lexists(stand_in / each.name):  # nobody walks it, so its folders may be linked as a whole
            (stand_in / each.name).symlink_to(each)
