"""What a change to some files may concern, told from texts alone: when in doubt, it does."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Collection, Iterator, Mapping
from itertools import chain
from typing import NamedTuple

from haanalyzer.source.assembly import application_of
from haanalyzer.source.configuration_files import is_configuration, is_unit
from haanalyzer.source.diagnostic import Diagnostic
from haanalyzer.source.discovery import Discovery
from haanalyzer.source.files import Files, is_at_or_below, join
from haanalyzer.source.recognition import may_be_template
from haanalyzer.source.references import (
    Nesting,
    folders_named_by,
    may_nest,
    template_paths,
    unit_modules,
    without_sources,
)

_READS_FILES = re.compile(r"\b(?:file\w*|templatefile)[ \t]*\(")
_READS_STATES = re.compile(r'\bterraform_remote_state\b|\btfe_outputs\b|^[ \t]*dependency[ \t]+"', re.MULTILINE)
_CLIMBS = re.compile(r"(?:\.\./)+([^\"\s]*)|\"\.\.\"")


def concerned(found: Discovery, changed: Collection[str], files: Files) -> set[str]:
    """The roots, templates and plans that a change to these files may concern, with what they take in.

    ``changed`` are paths, as ``files`` names them, of files that were changed, added or deleted.
    """
    folders = _Folders(files, changed)
    by_root = [folders.of_root(root) for root in found.roots]
    roots = set(chain.from_iterable(each for each in by_root if folders.may_differ(each)))
    if roots or any(map(is_configuration, changed)):
        roots.update(*(each for each in by_root if folders.read_states(each)))
    differing = set(map(files.real, changed))
    plans = (path for path in found.plans if files.real(path) in differing)
    return {*roots, *_templates(found, changed, files), *plans}


class _Folder(NamedTuple):
    """What the files of a module say: the folders they may call, whether they read files, and which others they name.

    ``is_unit`` says whether a Terragrunt unit is there, ``reads_states`` whether they may read what others put out.
    ``real`` is where the folder really is, ``links`` where the symlinks in it lead.
    """

    real: str
    calls: frozenset[str]
    is_unit: bool
    reads_files: bool
    reads_states: bool
    elsewhere: frozenset[str]
    links: frozenset[str]


class _Folders:
    """The folders of Terraform modules; each is looked at once."""

    def __init__(self, files: Files, changed: Collection[str]) -> None:
        self._files = files
        self._seen: dict[str, _Folder] = {}
        self._changed = {
            posixpath.join(files.real(posixpath.dirname(path) or "."), posixpath.basename(path)) for path in changed
        }

    def of_root(self, root: str) -> set[str]:
        """The folder of a root module, and those of all local modules that it may call, directly or not."""
        found: set[str] = set()
        pending = [root]
        while pending:
            folder = pending.pop()
            if folder not in found:
                found.add(folder)
                pending += self._look(folder).calls
        return found

    def may_differ(self, folders: Collection[str]) -> bool:
        """Whether one of the changed files may be read for what is in these folders."""
        seen = [self._look(folder) for folder in folders]
        own = {each.real for each in seen}
        linked = {target for each in seen for target in each.links}
        reads_files = any(each.reads_files for each in seen)
        is_deployed_by_unit = any(each.is_unit for each in seen)
        elsewhere = {named for each in seen for named in each.elsewhere} if reads_files else set()

        def may_be_read(path: str) -> bool:
            if posixpath.dirname(path) in own or path in linked:
                return True
            if is_deployed_by_unit and path.endswith(".hcl"):
                return True
            is_below = any(path.startswith(f"{folder}/") for folder in own)
            if "/.terraform/" in path:
                return is_below
            return reads_files and not is_configuration(path) and (is_below or _is_one_of(elsewhere, path))

        return any(map(may_be_read, self._changed))

    def read_states(self, folders: Collection[str]) -> bool:
        """Whether what is in these folders may read the outputs of other roots."""
        return any(self._look(folder).reads_states for folder in folders)

    def _look(self, folder: str) -> _Folder:
        if folder not in self._seen:
            entries = self._files.entries(folder)
            named = [] if isinstance(entries, Diagnostic) else entries
            paths = [join(folder, each.name) for each in named if is_configuration(each.name) or is_unit(each.name)]
            texts = [each.text for each in map(self._files.read, paths) if not isinstance(each, Diagnostic)]
            self._seen[folder] = _Folder(
                real=self._files.real(folder),
                calls=frozenset(join(folder, called) for text in texts for called in _calls(text)),
                is_unit=any(is_unit(each.name) for each in named),
                reads_files=any(map(_READS_FILES.search, texts)),
                reads_states=any(map(_READS_STATES.search, texts)),
                elsewhere=frozenset(each for text in texts for each in _named_elsewhere(text)),
                links=frozenset(self._files.real(join(folder, each.name)) for each in named if each.kind == "link"),
            )
        return self._seen[folder]


def _calls(text: str) -> Iterator[str]:
    yield from folders_named_by(text)
    yield from unit_modules(text) or ()


def _named_elsewhere(text: str) -> Iterator[str]:
    """What a module names above its own folder, from the last ``..`` on; empty where that is not literal."""
    for named in _CLIMBS.finditer(without_sources(text)):
        yield "" if "${" in (named[1] or "${") else named[1].rstrip("/")


def _is_one_of(names: Collection[str], path: str) -> bool:
    return any(not name or path.endswith(f"/{name}") or f"/{name}/" in path for name in names)


def _templates(found: Discovery, changed: Collection[str], files: Files) -> set[str]:
    """The changed templates, those that take one of them in, and all that these take in.

    Any change in an application may be one to whatever is synthesized from it.
    """
    texts = {path: each.text for path in found.templates if not isinstance(each := files.read(path), Diagnostic)}
    differing = {files.real(path): posixpath.basename(path) for path in changed if may_be_template(path)}
    concerned = {path for path in found.templates if files.real(path) in differing}
    for template in {stack.template for stack in found.stacks}:
        application = application_of(template, files)
        if any(is_at_or_below(path, application) for path in changed):
            concerned.add(template)
    names = {*differing.values(), *map(posixpath.basename, concerned)}
    while names and (more := {path for path, text in texts.items() if path not in concerned and may_nest(text, names)}):
        concerned |= more
        names = set(map(posixpath.basename, more))
    return _with_nested(concerned, texts, Nesting(found.templates))


def _with_nested(concerned: Collection[str], texts: Mapping[str, str], nesting: Nesting) -> set[str]:
    """The templates and all that they take in, directly or not."""
    found: set[str] = set()
    pending = list(concerned)
    while pending:
        path = pending.pop()
        if path not in found:
            found.add(path)
            pending += nesting.named_by(path, template_paths(texts.get(path, "")))
    return found
