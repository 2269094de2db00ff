"""Reading files: what may be read, how large, and what a failure says."""

from __future__ import annotations

import errno
import os
import posixpath
import stat
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple, TypeVar, cast

from haanalyzer.source.diagnostic import Diagnostic
from haanalyzer.source.disk import Entry, followed, holds, kind_of
from haanalyzer.source.document import Document
from haanalyzer.source.encoding import decode, encoding_of
from haanalyzer.source.exclusion import Exclusion
from haanalyzer.source.span import start_of

_Answer = TypeVar("_Answer")
_State = str | tuple[object, ...] | None
"""What tells that a path is as it was: a buffer's text, or what the disk says of it; None where there is nothing."""

MAX_BYTES = 10 * 1024 * 1024
MAX_PLAN_BYTES = 64 * 1024 * 1024
"""Plans are written by a program, about every resource several times over."""
OPENING_BYTES = 64 * 1024


class _Place(NamedTuple):
    """A path as an absolute one, where that really leads, and both as texts."""

    named: Path
    real: Path
    names: tuple[str, str]


class Files:
    """The files of one analysis, named by paths relative to ``base`` with forward slashes.

    A path may lead above the base (``../modules/vpc``) where something on disk
    names it so. A symlink or an absolute path may not: it could name anything on
    the machine. Those must end inside the base, inside what `admit` was told of,
    or inside a repository (the nearest folder with ``.git``) that holds one of
    these or the symlink itself.

    ``overlay`` holds unsaved editor buffers by path; they stand in for the files,
    by whatever name these are read, and need not exist on disk. ``exclude`` says what
    is not looked for; what something else takes in is read all the same.

    What was read stays as it was until `refresh` looks again; `watch` tells what an
    answer rests on.
    """

    def __init__(self, base: Path, overlay: Mapping[str, str] | None = None, exclude: Sequence[Exclusion] = ()) -> None:
        self.base = base
        self._exclude = exclude
        self._real_base = base.resolve()
        self._territories: set[Path] = set()
        self._repositories: dict[Path, Path | None] = {}
        self._real_folders: dict[Path, Path] = {}
        self._places: dict[str, _Place] = {}
        self._answers: dict[str, dict[Callable[[Files, str], object], object]] = {}
        self._known_as: dict[str, set[str]] = {}
        self._states: dict[str, _State] = {}
        self._asked: set[str] = set()
        self._buffers = self._real_buffers(overlay or {})
        self._claim(self._real_base)

    def admit(self, path: str) -> None:
        """Tell of a file or folder that the user named: it may be read, wherever it is."""
        self._claim(followed(self._real_base / path))

    def leaves_out(self, path: str, *, is_folder: bool) -> bool:
        """Whether the user does not want a path, relative to the base, to be looked for."""
        return any(each.excludes(path, is_folder=is_folder) for each in self._exclude)

    def read(self, path: str) -> Document | Diagnostic:
        """The text of a file, or the one diagnostic that says why there is none.

        The same path gives the same document every time.
        """
        return self.once(posixpath.normpath(path), Files._read)

    def read_plan(self, path: str) -> Document | Diagnostic:
        """The same for a plan in JSON, which may be larger than what people write."""
        return self.once(posixpath.normpath(path), Files._read_plan)

    def once(self, path: str, question: Callable[[Files, str], _Answer]) -> _Answer:
        """The answer of a question about one file or folder, worked out once for as long as that stays as it is."""
        self._place(path)
        answers = self._answers.setdefault(path, {})
        if question not in answers:
            answers[question] = question(self, path)
        return cast("_Answer", answers[question])

    def watch(self, asked: set[str]) -> set[str]:
        """From now until the next call, put every path that is asked about into this set, absolute; the one before."""
        before, self._asked = self._asked, asked
        return before

    def asked_as(self, name: str) -> tuple[str, ...]:
        """The paths by which an absolute one was asked about."""
        return tuple(sorted(self._known_as.get(name, ())))

    def refresh(self, overlay: Mapping[str, str], changed: Collection[str] | None = None) -> set[str]:
        """Take other buffers and look again; of all absolute paths asked about, those that are no longer as they were.

        ``changed`` are the only paths that may have changed on disk; None means that any may have.
        """
        named = [Path(os.path.normpath(self._real_base / path)) for path in changed or ()]
        if any(map(self._leads_elsewhere, named)):
            changed = None
        before, self._buffers = self._buffers, self._real_buffers(overlay)
        if changed is None:
            suspects: Iterable[str] = tuple(self._states)
            self._places.clear()
            self._real_folders.clear()
            self._repositories.clear()
        else:
            others = {path for path in before.keys() | self._buffers if before.get(path) != self._buffers.get(path)}
            suspects = {str(each) for path in (*others, *named) for each in (path, *path.parents)}
        differing = set()
        for name in suspects:
            if name in self._states and self._states[name] != (state := self._state(name)):
                self._states[name] = state
                differing.add(name)
                for path in self._known_as[name]:
                    self._answers.pop(path, None)
        return differing

    def _leads_elsewhere(self, named: Path) -> bool:
        """Whether an absolute path leads elsewhere than when it was asked about: to or from a symlink's target."""
        places = (self._places.get(path) for path in self.asked_as(str(named)))
        before = {place.real for place in places if place is not None and place.named == named}
        if named in self._real_folders:
            before.add(self._real_folders[named])
        return not before <= {followed(named)}

    def opening(self, path: str) -> str | Diagnostic:
        """The first `OPENING_BYTES` of a file as text, bad bytes replaced; for looking at files that may be huge."""
        real = self._locate(path)
        if isinstance(real, Diagnostic):
            return real
        if real in self._buffers:
            return self._buffers[real][:OPENING_BYTES]
        data = self._bytes(path, real, OPENING_BYTES)
        if isinstance(data, Diagnostic):
            return data
        encoding, mark = encoding_of(data)
        return data[mark:].decode(encoding, errors="replace")

    def is_larger_than_opening(self, path: str) -> bool:
        """Whether `opening` shows only a part of the file."""
        real = self._locate(path)
        if isinstance(real, Diagnostic):
            return False
        if real in self._buffers:
            return len(self._buffers[real]) > OPENING_BYTES
        try:
            return real.stat().st_size > OPENING_BYTES
        except OSError:
            return False

    def entries(self, folder: str) -> list[Entry] | Diagnostic:
        """What a folder holds, sorted by name, or the diagnostic that says why it cannot be listed."""
        return self.once(folder, Files._entries)

    def _entries(self, folder: str) -> list[Entry] | Diagnostic:
        real = self._locate(folder)
        if isinstance(real, Diagnostic):
            return real
        found = {buffer.name: Entry(buffer.name, "file") for buffer in self._buffers if buffer.parent == real}
        try:
            with os.scandir(real) as listing:
                found |= {entry.name: Entry(entry.name, kind_of(entry)) for entry in listing}
        except (OSError, ValueError) as error:
            if not (found and isinstance(error, FileNotFoundError)):
                return self._failure(folder, error)
        return [found[name] for name in sorted(found)]

    def names_in(self, folder: str) -> list[str]:
        """The names in a folder, sorted; empty when there is no such folder."""
        entries = self.entries(folder)
        return [] if isinstance(entries, Diagnostic) else [entry.name for entry in entries if is_text(entry.name)]

    def file_names_in(self, folder: str) -> list[str]:
        """The names in a folder that are of no folders themselves, sorted; empty when there is no such folder."""
        entries = self.entries(folder)
        return [
            name
            for name, kind in ([] if isinstance(entries, Diagnostic) else entries)
            if is_text(name) and kind != "folder" and not (kind == "link" and self.is_folder(join(folder, name)))
        ]

    def is_folder(self, path: str) -> bool:
        """Whether this is a folder that may be listed."""
        real = self._locate(path)
        if isinstance(real, Diagnostic):
            return False
        if any(buffer.parent == real for buffer in self._buffers):
            return True
        return holds(real.is_dir) and os.access(real, os.R_OK | os.X_OK)

    def leads_to_folder(self, path: str) -> bool:
        """Whether there is a folder at the path's end, may it be listed or not."""
        return self.is_folder(path) or holds(Path(self.real(path)).is_dir)

    def is_file(self, path: str) -> bool:
        """Whether this is a regular file that may be read."""
        real = self._locate(path)
        return not isinstance(real, Diagnostic) and (real in self._buffers or holds(real.is_file))

    def real(self, path: str) -> str:
        """The path with symlinks resolved, absolute: what a file or folder is, by whatever name."""
        return str(self._place(path).real)

    def _read(self, path: str) -> Document | Diagnostic:
        return self._text(path, MAX_BYTES)

    def _read_plan(self, path: str) -> Document | Diagnostic:
        return self._text(path, MAX_PLAN_BYTES)

    def _text(self, path: str, at_most: int) -> Document | Diagnostic:
        real = self._locate(path)
        if isinstance(real, Diagnostic):
            return real
        if real in self._buffers:
            return Document(path, self._buffers[real].removeprefix("\ufeff"))
        data = self._bytes(path, real, at_most + 1, at_most=at_most)
        return data if isinstance(data, Diagnostic) else decode(path, data)

    def _bytes(self, path: str, real: Path, count: int, at_most: int | None = None) -> bytes | Diagnostic:
        """The first ``count`` bytes of a regular file; nothing else is ever opened, for a pipe would hang."""
        try:
            status = real.stat()
            if not stat.S_ISREG(status.st_mode):
                found = "a folder" if stat.S_ISDIR(status.st_mode) else "a pipe, socket or device"
                return Diagnostic(start_of(path), "not-a-file", f"expected a regular file, found {found}")
            if at_most is not None and status.st_size > at_most:
                return _too_large(path, status.st_size, at_most)
            with real.open("rb") as stream:
                data = stream.read(count)
        except (OSError, ValueError) as error:
            return self._failure(path, error)
        # Files of /proc and files being written are longer than they say.
        return _too_large(path, len(data), at_most) if at_most is not None and len(data) > at_most else data

    def _failure(self, path: str, error: OSError | ValueError) -> Diagnostic:
        number = error.errno if isinstance(error, OSError) else None
        if number == errno.ELOOP:
            return Diagnostic(start_of(path), "symlink-loop", "expected a file, found a symlink that leads to itself")
        if number in (errno.ENOENT, errno.ENOTDIR):
            dangling = holds((self._real_base / path).is_symlink)
            message = "the symlink's target does not exist" if dangling else "no such file or folder"
            return Diagnostic(start_of(path), "no-such-file", message)
        why = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        return Diagnostic(start_of(path), "unreadable", f"cannot be read: {why}")

    def _locate(self, path: str) -> Path | Diagnostic:
        """Where a path really leads, if it may be read there."""
        named, real, _ = self._place(path)
        if any(real.is_relative_to(territory) for territory in self._territories):
            return real
        if not posixpath.isabs(path):
            repository = self._repository(named.parent)
            if real == named or (repository is not None and real.is_relative_to(repository)):
                return real
        how = "an absolute path" if real == named else "a symlink"
        message = f"not read: {how} leads outside the analyzed folders and their repository"
        return Diagnostic(start_of(path), "outside-project", message)

    def _place(self, path: str) -> _Place:
        """Where a path leads; that it was asked about is noted."""
        place = self._places.get(path)
        if place is None:
            named = Path(os.path.normpath(self._real_base / path))
            real = self._resolve(named)
            place = self._places[path] = _Place(named, real, (str(named), str(real)))
            for name in place.names:
                self._known_as.setdefault(name, set()).add(path)
                if name not in self._states:
                    self._states[name] = self._state(name)
        self._asked.update(place.names)
        return place

    def _state(self, name: str) -> _State:
        path = Path(name)
        if path in self._buffers:
            return self._buffers[path]
        beside = tuple(sorted(buffer.name for buffer in self._buffers if buffer.parent == path))
        try:
            status = path.stat()
        except (OSError, ValueError):
            return beside or None
        return status.st_mode, status.st_ino, status.st_size, status.st_mtime_ns, *beside

    def _real_buffers(self, overlay: Mapping[str, str]) -> dict[Path, str]:
        return {followed(self._real_base / path): text for path, text in overlay.items()}

    def _resolve(self, named: Path) -> Path:
        """The path with its symlinks followed; what its folder really is, is looked up once."""
        parent = named.parent
        if parent not in self._real_folders:
            self._real_folders[parent] = followed(parent)
        path = self._real_folders[parent] / named.name
        return followed(path) if holds(path.is_symlink) else path

    def _claim(self, real: Path) -> None:
        repository = self._repository(real)
        self._territories |= {real, repository} if repository is not None else {real}

    def _repository(self, folder: Path) -> Path | None:
        """The nearest folder at or above this one that is a repository's top."""
        if folder not in self._repositories:
            tops = (parent for parent in (folder, *folder.parents) if holds((parent / ".git").exists))
            self._repositories[folder] = next(tops, None)
        return self._repositories[folder]


def join(folder: str, name: str) -> str:
    """``folder/name``, normalized: no ``.`` parts, ``..`` applied."""
    return posixpath.normpath(posixpath.join(folder, name))


def is_at_or_below(path: str, folder: str) -> bool:
    """Whether a path is another one, or below it."""
    return (folder in (".", path) and not path.startswith("../")) or path.startswith(f"{folder}/")


def is_text(name: str) -> bool:
    """Whether a file's name is Unicode; names of other bytes cannot be printed in a report."""
    try:
        name.encode()
    except UnicodeEncodeError:
        return False
    return True


def _too_large(path: str, size: int, at_most: int) -> Diagnostic:
    megabyte = 1024 * 1024
    message = f"expected at most {at_most // megabyte} MiB, the file has {size / megabyte:.1f} MiB"
    return Diagnostic(start_of(path), "file-too-large", message)
