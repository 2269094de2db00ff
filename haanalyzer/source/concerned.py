"""What a change to some files may concern, told from texts alone: when in doubt, it does."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Collection, Iterator
from itertools import chain

from haanalyzer.source.diagnostic import Diagnostic
from haanalyzer.source.discovery import Discovery
from haanalyzer.source.files import Files, join
from haanalyzer.source.recognition import may_be_template
from haanalyzer.source.references import Nesting, folders_named_by, may_nest, without_sources

_READS_FILES = re.compile(r"\b(?:file\w*|templatefile)[ \t]*\(")
_CLIMBS = re.compile(r"(?:\.\./)+([^\"\s]*)|\"\.\.\"")


def concerned(found: Discovery, changed: Collection[str], files: Files) -> set[str]:
    """The roots and templates that a change to these files may concern, with the modules and stacks that they take in.

    ``changed`` are paths, as ``files`` names them, of files that were changed, added or deleted.
    """
    folders = _Folders(files, changed)
    by_root = (folders.of_root(root) for root in found.roots)
    roots = chain.from_iterable(each for each in by_root if folders.may_differ(each))
    return {*roots, *_templates(found, changed, files)}


class _Folders:
    """The folders of Terraform modules, by what their texts say; each is looked at once."""

    def __init__(self, files: Files, changed: Collection[str]) -> None:
        self._files = files
        self._changed = {posixpath.join(self._real_folder(path), posixpath.basename(path)) for path in changed}
        self._texts: dict[str, list[str]] = {}

    def _real_folder(self, path: str) -> str:
        return self._files.real(posixpath.dirname(path) or ".")

    def of_root(self, root: str) -> set[str]:
        """The folder of a root module, and those of all local modules that it may call, directly or not."""
        found: set[str] = set()
        pending = [root]
        while pending:
            folder = pending.pop()
            if folder not in found:
                found.add(folder)
                pending += (join(folder, named) for text in self._of(folder) for named in folders_named_by(text))
        return found

    def _of(self, folder: str) -> list[str]:
        if folder not in self._texts:
            names = (name for name in self._files.names_in(folder) if name.endswith(".tf"))
            documents = (self._files.read(join(folder, name)) for name in names)
            self._texts[folder] = [each.text for each in documents if not isinstance(each, Diagnostic)]
        return self._texts[folder]

    def may_differ(self, folders: Collection[str]) -> bool:
        """Whether one of the changed files may be read for what is in these folders."""
        own = {self._files.real(folder) for folder in folders}
        linked = {target for folder in folders for target in self._linked(folder)}
        texts = [text for folder in folders for text in self._of(folder)]
        reads_files = any(map(_READS_FILES.search, texts))
        elsewhere = {named for text in texts for named in _named_elsewhere(text)} if reads_files else set()

        def may_be_read(path: str) -> bool:
            if posixpath.dirname(path) in own or path in linked:
                return True
            is_below = any(path.startswith(f"{folder}/") for folder in own)
            if "/.terraform/" in path:
                return is_below
            return reads_files and not path.endswith(".tf") and (is_below or _is_one_of(elsewhere, path))

        return any(map(may_be_read, self._changed))

    def _linked(self, folder: str) -> Iterator[str]:
        entries = self._files.entries(folder)
        if not isinstance(entries, Diagnostic):
            yield from (self._files.real(join(folder, entry.name)) for entry in entries if entry.kind == "link")


def _named_elsewhere(text: str) -> Iterator[str]:
    """What a module names above its own folder, from the last ``..`` on; empty where that is not literal."""
    for named in _CLIMBS.finditer(without_sources(text)):
        yield "" if "${" in (named[1] or "${") else named[1].rstrip("/")


def _is_one_of(names: Collection[str], path: str) -> bool:
    return any(not name or path.endswith(f"/{name}") or f"/{name}/" in path for name in names)


def _templates(found: Discovery, changed: Collection[str], files: Files) -> set[str]:
    """The changed templates, those that take one of them in, and all that these take in."""
    texts = {path: each.text for path in found.templates if not isinstance(each := files.read(path), Diagnostic)}
    differing = {files.real(path): posixpath.basename(path) for path in changed if may_be_template(path)}
    concerned = {path for path in found.templates if files.real(path) in differing}
    names = {*differing.values(), *map(posixpath.basename, concerned)}
    while names and (more := {path for path, text in texts.items() if path not in concerned and may_nest(text, names)}):
        concerned |= more
        names = set(map(posixpath.basename, more))
    nesting = Nesting(found.templates)
    return concerned | {named for path in concerned if path in texts for named in nesting.named_by(path, texts[path])}
