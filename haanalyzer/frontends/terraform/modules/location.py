"""Finds what a module call names: a folder on disk, a model, or the reason for neither."""

from __future__ import annotations

import json
import posixpath
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from haanalyzer.catalog.module_models import ModuleModel, models_of
from haanalyzer.frontends.deployment import NOT_INSTALLED, ModulePaths
from haanalyzer.frontends.terraform.modules.source import ModuleSource, is_local, module_source
from haanalyzer.frontends.terraform.modules.versions import ANY_VERSION, versions
from haanalyzer.source.diagnostic import Diagnostic
from haanalyzer.source.files import Files, join
from haanalyzer.source.references import local_folder


class Folder(NamedTuple):
    """A module on disk."""

    path: str


class Missing(NamedTuple):
    """A module that cannot be read, and why."""

    reason: str


Location = Folder | ModuleModel | Missing


class Call(NamedTuple):
    """A module call as far as it says what it calls. ``path`` is its own, dotted, without instance keys."""

    path: str
    source: str | None
    version: str | None
    caller: str
    """The folder of the module that calls."""


@dataclass(frozen=True)
class Locator:
    """Finds the modules of one root, whose folder is ``root``."""

    root: str
    files: Files
    paths: ModulePaths

    def locate(self, call: Call) -> Location:
        """What the user names comes first, then a local path, an installed module, the search folders, a model."""
        given = self.paths.named.get(call.path)
        if given is not None:
            return self._existing(given, call)
        if call.source is None:
            return self._installed_at(call) or Missing("its source is not a plain text")
        local = local_folder(call.source)
        if local is not None and not posixpath.isabs(local):
            return self._existing(join(call.caller, local), call)
        source = module_source(call.source)
        if (folder := self._given(source)) is not None:
            return self._existing(folder, call)
        if (installed := self._installed_at(call)) is not None:
            return installed
        if local is not None and self.files.is_folder(local):
            return Folder(local)
        for folder in self._searched(source):
            if self.files.is_folder(folder):
                return Folder(folder)
        return _model(source, call)

    def _existing(self, folder: str, call: Call) -> Location:
        return Folder(folder) if self.files.is_folder(folder) else _not_on_disk(call)

    def _given(self, source: ModuleSource) -> str | None:
        """The folder that the user names for this very module, or for the package it is in."""
        if str(source) in self.paths.named:
            return self.paths.named[str(source)]
        package = self.paths.named.get(source.package)
        return None if package is None else join(package, source.folder)

    def _installed_at(self, call: Call) -> Folder | None:
        installed = self._installed.get(call.path)
        folder = join(self.root, installed) if installed is not None else None
        return Folder(folder) if folder is not None and self.files.is_folder(folder) else None

    def _searched(self, source: ModuleSource) -> Iterator[str]:
        """Where a search folder may hold a package: as the registry names it, or as its repository is called."""
        match source.package.split("/"):
            case [host, owner, name] if "." in host:
                names = [f"{owner}/{name}", name]
            case [namespace, name, provider]:
                repository = f"terraform-{provider}-{name}"
                names = [source.package, f"{namespace}/{repository}", repository]
            case _:
                names = []
        for folder in self.paths.folders:
            yield from (join(folder, join(name, source.folder)) for name in names)

    @cached_property
    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """What is wrong with the list of installed modules."""
        read = self._modules_json
        return (read,) if isinstance(read, Diagnostic) else ()

    @property
    def _installed(self) -> Mapping[str, str]:
        read = self._modules_json
        return {} if isinstance(read, Diagnostic) else read

    @cached_property
    def _modules_json(self) -> Mapping[str, str] | Diagnostic:
        """Folders by dotted path, as ``terraform init`` writes them down."""
        path = join(self.root, ".terraform/modules/modules.json")
        document = self.files.read(path) if self.files.is_file(path) else None
        if document is None or isinstance(document, Diagnostic):
            return {}
        try:
            rows = json.loads(document.text)["Modules"]
            return {str(row["Key"]): str(row["Dir"]) for row in rows}
        except (ValueError, TypeError, KeyError, RecursionError):
            place = document.span(0, 0)
            return Diagnostic(place, "invalid-json", "expected a list of modules, each with its Key and Dir")


def _model(source: ModuleSource, call: Call) -> ModuleModel | Missing:
    """The newest model whose releases the call allows: ``terraform init`` takes the newest, too."""
    allowed = source.versions(call.version)
    candidates = models_of(str(source))
    for model in candidates if allowed is not None else ():
        if allowed is not None and (versions(model.versions) or ANY_VERSION).meets(allowed):
            return model
    return _not_on_disk(call)


def _not_on_disk(call: Call) -> Missing:
    is_installable = call.source is not None and not is_local(call.source)
    return Missing(f"module source {call.source} is {NOT_INSTALLED if is_installable else 'not on disk'}")
