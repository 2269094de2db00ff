"""A git repository: the files of its commits, and what changed between two of them.

``git`` is run to read, never to write: no network, no hooks, no differ or monitor that a repository names, and what a
commit has comes as it is stored. Only where the work tree is compared do the user's own filters clean it, as ever.
"""

from __future__ import annotations

import os
import re
import subprocess
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path, PurePosixPath
from typing import IO, NamedTuple

from haanalyzer.source.files import MAX_BYTES

_READING = (
    *("--no-optional-locks", "--literal-pathspecs"),
    *("-c", "safe.bareRepository=explicit"),  # no folder that a commit made look like a repository is one
    *("-c", "core.fsmonitor=false", "-c", f"core.hooksPath={os.devnull}", "-c", "protocol.allow=never"),
)
_DIFF = ("diff", "--no-ext-diff", "--no-textconv", "--no-color", "--no-relative", "--ignore-submodules=all", "-M")
_HUNK = re.compile(rb"^@@ -\d+(?:,\d+)? \+(\d+)(?:,(\d+))? @@", re.MULTILINE)
_LINK, _SUBMODULE = "120000", "160000"
# They would lead git to another repository than the one around the folder: hooks set them.
_ELSEWHERE = ("GIT_DIR", "GIT_WORK_TREE")


class GitError(Exception):
    """What git cannot tell; the message says what and why, and what helps."""


class Change(NamedTuple):
    """A file that differs: its path before and after, from the repository's top; None where there is no such file."""

    before: str | None
    after: str | None


class _Entry(NamedTuple):
    """A file of a commit: its mode, the id of its content, how long that is (None where git lacks it), its path."""

    mode: str
    blob: str
    size: int | None
    path: str


class Repository:
    """The repository around a folder. GitError where there is none, or git refuses to read it.

    ``top`` is its topmost folder, symlinks resolved.
    """

    def __init__(self, folder: Path) -> None:
        self.top = folder
        self.top = Path(os.fsdecode(self._git("rev-parse", "--show-toplevel").rstrip(b"\r\n"))).resolve()

    def commit(self, name: str) -> str:
        """The id of the commit that a name stands for, such as ``main`` or ``HEAD~1``. GitError where there is none."""
        if name.startswith("-"):
            raise GitError(f"{name!r} is no name of a commit")
        try:
            return self._git("rev-parse", "--verify", "--quiet", f"{name}^{{commit}}").decode().strip()
        except GitError as error:
            raise GitError(f"no commit is named {name!r}{self._hint()}") from error

    def has_commit(self, name: str) -> bool:
        """Whether a name stands for a commit."""
        try:
            return bool(self.commit(name))
        except GitError:
            return False

    def merge_base(self, one: str, other: str) -> str:
        """The id of the commit that two others come from. GitError where there is none."""
        try:
            return self._git("merge-base", self.commit(one), self.commit(other)).decode().split()[0]
        except GitError as error:
            raise GitError(f"{one} and {other} have no commit in common{self._hint()}") from error

    def changes(self, before: str, after: str | None) -> list[Change]:
        """The files that differ between a commit and another, or the work tree for None; renames are one change.

        Files that git does not track count unless it ignores them.
        """
        words = self._names(*_DIFF, "--name-status", "-z", *_sides(before, after))
        found = []
        for status in words:
            path = next(words)
            if status.startswith("R"):
                found.append(Change(path, next(words)))
            else:
                found.append(Change(None if status == "A" else path, None if status == "D" else path))
        if after is None:
            found += [Change(None, path) for path in self._untracked() if not path.endswith("/")]
        return found

    def touched_lines(self, change: Change, before: str, after: str | None) -> list[range]:
        """The lines of the file after a change that it wrote, in order; where it only deleted, the one that follows."""
        paths = [path for path in change if path is not None]
        patch = self._git(*_DIFF, "--text", "-U0", "--inter-hunk-context=0", *_sides(before, after), "--", *paths)
        hunks = ((int(start), int(count or 1)) for start, count in _HUNK.findall(patch))
        return [range(start, start + count) if count else range(start + 1, start + 2) for start, count in hunks]

    def ignored(self) -> Iterator[str]:
        """The files that git ignores, from the top; a folder of which it ignores all is one, and ends with a slash."""
        return self._names("ls-files", "-z", "--others", "--ignored", "--exclude-standard", "--directory")

    def inner(self) -> Iterator[str]:
        """The folders of the work tree that are repositories of their own, submodules or not, from the top."""
        for line in self._names("ls-files", "-z", "--stage"):
            about, _, path = line.partition("\t")
            if about.startswith(_SUBMODULE):
                yield path
        yield from (path for path in self._untracked() if path.endswith("/"))

    def _untracked(self) -> Iterator[str]:
        """The files that git neither tracks nor ignores; another repository is one, and ends with a slash."""
        return self._names("ls-files", "-z", "--others", "--exclude-standard")

    def write_out(self, commit: str, folder: Path) -> None:
        """Write the files of a commit below a folder, as they are stored; symlinks as such, submodules not.

        What is too large to be read is as large there, and empty. GitError where something cannot be written.
        """
        try:
            self._write_out(_harmless(self._entries(commit)), folder)
        except OSError as error:
            raise GitError(f"cannot write {error.filename}: {error.strerror}") from error

    def _write_out(self, entries: Sequence[_Entry], folder: Path) -> None:
        stored = [entry for entry in entries if entry.size is not None and entry.size <= MAX_BYTES]
        links = []
        for entry, content in zip(stored, self._contents(stored), strict=True):
            if entry.mode == _LINK:
                links.append((entry, content))
            else:
                _with_room(folder / entry.path).write_bytes(content)
        for entry in entries:
            if entry.size is not None and entry.size > MAX_BYTES:
                _with_room(folder / entry.path).touch()
                os.truncate(folder / entry.path, entry.size)
        for entry, content in links:  # last, so that nothing is ever written through one
            _with_room(folder / entry.path).symlink_to(os.fsdecode(content))

    def _contents(self, entries: Sequence[_Entry]) -> Iterator[bytes]:
        with tempfile.TemporaryFile() as stream:
            request = "".join(f"{entry.blob}\n" for entry in entries)
            self._run("cat-file", "--batch", stdin=request.encode(), stdout=stream)
            stream.seek(0)
            for _ in entries:
                size = int(stream.readline().split()[2])
                yield stream.read(size)
                stream.read(1)

    def _entries(self, commit: str) -> Iterator[_Entry]:
        for line in self._names("ls-tree", "-r", "-l", "-z", "--full-tree", commit):
            about, _, path = line.partition("\t")
            mode, _, blob, size = about.split()
            if mode != _SUBMODULE:
                yield _Entry(mode, blob, int(size) if size.isdigit() else None, path)

    def _hint(self) -> str:
        if self._git("rev-parse", "--is-shallow-repository").strip() != b"true":
            return ""
        return (
            ": this clone is shallow; fetch the commits in question "
            "(actions/checkout: `fetch-depth: 2` for the parents of what is checked out, `fetch-depth: 0` for all)"
        )

    def _names(self, *arguments: str) -> Iterator[str]:
        return iter(os.fsdecode(self._git(*arguments)).split("\0")[:-1])

    def _git(self, *arguments: str) -> bytes:
        return self._run(*arguments, stdout=subprocess.PIPE).stdout

    def _run(self, *arguments: str, stdout: int | IO[bytes], stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
        environment = {name: value for name, value in os.environ.items() if name not in _ELSEWHERE}
        environment |= {"GIT_NO_LAZY_FETCH": "1", "GIT_TERMINAL_PROMPT": "0", "LC_ALL": "C"}
        try:
            done = subprocess.run(  # noqa: S603 - no shell; names that begin with a dash are refused
                ["git", *_READING, "-C", str(self.top), *arguments],  # noqa: S607 - the user's own git
                input=stdin,
                stdout=stdout,
                stderr=subprocess.PIPE,
                env=environment,
                check=False,
            )
        except OSError as error:
            raise GitError(f"git cannot be run: {error.strerror}") from error
        if done.returncode:
            said = done.stderr.decode(errors="replace").strip().splitlines()
            raise GitError(said[0].removeprefix("fatal: ") if said else f"git {arguments[0]} failed")
        return done


def _sides(before: str, after: str | None) -> list[str]:
    return [before, after] if after else [before]


def _harmless(entries: Iterable[_Entry]) -> list[_Entry]:
    """The entries that stay below their folder: a commit may be made by anyone, with any program."""
    by_path = {entry.path: entry for entry in entries}
    return [
        entry
        for path, entry in by_path.items()
        if not any(part in ("", ".", "..", ".git") for part in path.split("/"))
        and not any(str(parent) in by_path for parent in PurePosixPath(path).parents)  # it may be a link
    ]


def _with_room(path: Path) -> Path:
    """The path, of which the folder is there now."""
    path.parent.mkdir(parents=True, exist_ok=True)
    return path
