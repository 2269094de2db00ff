"""The walk over what the user names: the only place that decides what a file is."""

from __future__ import annotations

import os
import posixpath
from pathlib import Path
from typing import Literal

from haanalyzer.source.assembly import MANIFEST, MARK, Assemblies, assembly_of, is_asset, is_of_assembly
from haanalyzer.source.configuration_files import is_configuration, is_unit
from haanalyzer.source.diagnostic import Diagnostic
from haanalyzer.source.files import Files, is_text, join
from haanalyzer.source.recognition import (
    is_meant_as_plan,
    looks_like_plan,
    looks_like_state,
    looks_like_template,
    may_be_template,
    may_continue_as_template,
)
from haanalyzer.source.span import start_of

# Copies, caches and other people's code; a folder given by name is walked whatever it is called.
LEFT_OUT = frozenset(
    {".aws-sam", ".git", ".hg", ".mypy_cache", ".nox", ".pytest_cache", ".ruff_cache", ".serverless", ".svn"}
    | {".terraform", ".terragrunt-cache", ".tox", ".venv", "__pycache__", "node_modules"}
)


class Walk:
    """Collects templates and module folders; each file and folder counts once, by its real path."""

    def __init__(self, files: Files) -> None:
        self.files = files
        self.templates: dict[str, str] = {}
        self.plans: dict[str, str] = {}
        self.modules: dict[str, str] = {}
        self.units: dict[str, str] = {}
        self.given_modules: set[str] = set()
        self.given: set[str] = set()
        self.assemblies = Assemblies(files)
        self.diagnostics: list[Diagnostic] = []
        self._seen: set[str] = set()
        self._links: list[str] = []

    def start(self, given: str) -> None:
        """Begin at a path that the user named."""
        path = _relative(given, self.files)
        self.given.add(path)
        self.files.admit(path)
        if self.files.leads_to_folder(path):
            self._folder(path)
        elif (deployed := self._deployed_with(path)) is not None and self.files.is_file(path):
            folder = join(path, "..")
            deployed.setdefault(self.files.real(folder), folder)
            self.given_modules.add(self.files.real(folder))
        else:
            self._given_file(path)

    def follow_links(self) -> None:
        """Look behind the symlinks that were met, now that all is known by its own name."""
        while self._links:
            path = self._links.pop(0)
            is_folder = self.files.leads_to_folder(path)
            if self.files.leaves_out(path, is_folder=is_folder) or _leads_to_copies(path, self.files):
                continue
            if is_folder:
                self._folder(path)
            elif may_be_template(path):
                self._found_file(path)

    def take_in(self, path: str) -> None:
        """Take a file for a template, or a folder for a root module, because it is said to be deployed."""
        if not self.files.leads_to_folder(path):
            self._template(path)
            return
        real = self.files.real(path)
        self.given_modules.add(real)
        if real not in self.units:
            self.modules.setdefault(real, path)

    def _folder(self, top: str) -> None:
        """Walk a folder; what is excluded is left out, but for where the user named an excluded folder itself."""
        is_excluded = self.files.leaves_out(top, is_folder=True)
        pending = [top]
        while pending:
            folder = pending.pop()
            real = self.files.real(folder)
            if real in self._seen:
                continue
            self._seen.add(real)
            entries = self.files.entries(folder)
            if isinstance(entries, Diagnostic):
                self.diagnostics.append(entries)
                continue
            names = {name for name, kind in entries if kind != "folder"}
            assembly = self.assemblies.at(folder, names)
            has_assets = assembly is not None or MARK in names
            below = []
            for name, kind in entries:
                path = join(folder, name)
                if not is_excluded and self.files.leaves_out(path, is_folder=kind == "folder"):
                    continue
                if not is_text(name):
                    self._unprintable(path)
                elif kind == "folder":
                    if name not in LEFT_OUT and not (has_assets and is_asset(name)):
                        below.append(path)
                elif (deployed := self._deployed_with(name)) is not None:
                    deployed.setdefault(real, folder)
                elif assembly is None or not is_of_assembly(name):
                    self._met(path, is_link=kind == "link")
                elif self.assemblies.takes(assembly, path):
                    self._template(path)
            pending += reversed(below)

    def _met(self, path: str, *, is_link: bool) -> None:
        if is_link:
            self._links.append(path)
        elif may_be_template(path):
            self._found_file(path)

    def _deployed_with(self, path: str) -> dict[str, str] | None:
        """Where a folder belongs that holds a file of this name."""
        if is_configuration(path):
            return self.modules
        return self.units if is_unit(path) else None

    def _given_file(self, path: str) -> None:
        """A file named by the user is read whole, and always either a template or a diagnostic."""
        opening = self.files.opening(path)
        document = self.files.read(path)
        if isinstance(opening, str) and looks_like_plan(opening):
            self.plans.setdefault(self.files.real(path), path)
        elif isinstance(document, Diagnostic):
            self.diagnostics.append(document)
        elif posixpath.basename(path) == MANIFEST and document.once(assembly_of) is not None:
            self._folder(join(path, ".."))
        elif looks_like_template(document.text):
            self.templates.setdefault(self.files.real(path), path)
            self.assemblies.names(path)
        elif is_meant_as_plan(document.text):
            self.plans.setdefault(self.files.real(path), path)
        else:
            message = (
                "expected a Terraform file, a plan as `terraform show -json` writes it, or a CloudFormation template: "
                "a mapping with AWSTemplateFormatVersion, or with Resources that have a Type such as AWS::EC2::VPC"
            )
            self.diagnostics.append(Diagnostic(start_of(path), "not-a-template", message))

    def _found_file(self, path: str) -> None:
        """A file met on the way is of interest only if its beginning looks so, or if it cannot be looked at."""
        match self.files.once(path, look_at):
            case "template":
                self._template(path)
            case "plan":
                self.plans.setdefault(self.files.real(path), path)
            case "state":
                self.diagnostics.append(_state(path))
            case Diagnostic() as diagnostic:
                self.diagnostics.append(diagnostic)

    def _template(self, path: str) -> None:
        document = self.files.read(path)
        if isinstance(document, Diagnostic):
            self.diagnostics.append(document)
        else:
            self.templates.setdefault(self.files.real(path), path)

    def _unprintable(self, path: str) -> None:
        shown = path.encode("utf-8", "backslashreplace").decode()
        self.diagnostics.append(Diagnostic(start_of(shown), "name-not-text", "not read: expected a name in UTF-8"))


def look_at(files: Files, path: str) -> Literal["template", "plan", "state"] | Diagnostic | None:
    """What a file is by the look of its beginning; a long one that may be a template is read whole."""
    opening = files.opening(path)
    if isinstance(opening, Diagnostic):
        return opening
    if looks_like_template(opening):
        return "template"
    if looks_like_plan(opening):
        return "state" if looks_like_state(opening) else "plan"
    if files.is_larger_than_opening(path) and may_continue_as_template(opening):
        document = files.read(path)
        if isinstance(document, Diagnostic) or looks_like_template(document.text):
            return "template"
    return None


def _leads_to_copies(link: str, files: Files) -> bool:
    """Whether a symlink ends in a folder that is left out, such as what Terraform has fetched."""
    return not LEFT_OUT.isdisjoint(Path(os.path.relpath(files.real(link), files.real("."))).parts)


def _relative(given: str, files: Files) -> str:
    """A path as findings show it: relative where that is shorter to read, with forward slashes."""
    path = given.replace(os.sep, "/")
    if posixpath.isabs(path):
        base = Path(files.real("."))
        for candidate in (Path(path), Path(files.real(path))):
            if candidate.is_relative_to(base):
                return candidate.relative_to(base).as_posix()
    return posixpath.normpath(path)


def _state(path: str) -> Diagnostic:
    message = "a Terraform state in JSON, which says what is deployed and not what will be, is read when it is named"
    return Diagnostic(start_of(path), "terraform-state", message, is_error=False)
