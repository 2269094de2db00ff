"""What is shared while one root module is read: files, modules by folder, what is declared, budgets."""

from __future__ import annotations

import json
import posixpath
from collections.abc import Iterable, Mapping
from functools import cached_property

from haanalyzer.frontends.deployment import Inputs, LeftOut
from haanalyzer.frontends.terraform.module import ModuleSyntax, read_module
from haanalyzer.frontends.terraform.registry import Registry
from haanalyzer.source.diagnostic import Diagnostic
from haanalyzer.source.files import Files, join
from haanalyzer.values import Assumption

MOST_INSTANCES = 10_000
"""How many instances of one root are told apart; past it, a block's are left as one unknown number."""

MOST_DEEP = 32
"""How deep module calls may be nested."""

MOST_MODULES = 2_000
"""How many instances of modules one root may call, for calls that nest double with each level."""


class Session:
    """The reading of one root module. ``left_out`` are the resources that a default keeps from being there.

    With ``hides_secrets`` what is declared to be sensitive is unknown.
    """

    def __init__(self, folder: str, files: Files, inputs: Inputs, *, hides_secrets: bool = False) -> None:
        self.folder = folder
        self.files = files
        self.inputs = inputs
        self.hides_secrets = hides_secrets
        self.registry = Registry()
        self.remaining = MOST_INSTANCES
        self.modules_entered = 0
        self.paths: dict[str, None] = {}
        self.left_out: dict[LeftOut, None] = {}
        self._modules: dict[str, ModuleSyntax] = {}
        self._diagnostics: dict[Diagnostic, None] = {}

    @property
    def diagnostics(self) -> tuple[Diagnostic, ...]:
        return tuple(sorted(self._diagnostics))

    @property
    def has_secrets(self) -> bool:
        """Whether anything that was read may be declared to be sensitive."""
        return any(module.secrets for module in self._modules.values())

    def without_secrets(self) -> Session:
        """Another reading of the same syntax, which hides secrets."""
        other = Session(self.folder, self.files, self.inputs, hides_secrets=True)
        other._modules, other.paths = self._modules, self.paths
        return other

    def report(self, diagnostics: Iterable[Diagnostic]) -> None:
        self._diagnostics.update(dict.fromkeys(diagnostics))

    def module(self, folder: str) -> ModuleSyntax:
        """The syntax of a folder, read once."""
        if folder not in self._modules:
            module = self._modules[folder] = read_module(folder, self.files)
            self.report(module.diagnostics)
            self.paths.update(dict.fromkeys(module.files))
        return self._modules[folder]

    def source_folder(self, caller: str, path: str, source: str | None) -> str | None:
        """The folder of a module call: next to its caller, or where ``terraform init`` put it.

        ``path`` is the call's own, dotted, without instance keys. None when it is not on disk.
        """
        if source is not None and source.startswith(("./", "../")):
            folder = join(caller, source)
        elif (installed := self._installed.get(path)) is not None:
            folder = join(self.folder, installed)
        else:
            return None
        return folder if self.files.is_folder(folder) else None

    @cached_property
    def _installed(self) -> Mapping[str, str]:
        """Folders of installed modules by their dotted path."""
        path = join(self.folder, ".terraform/modules/modules.json")
        document = self.files.read(path) if self.files.is_file(path) else None
        if document is None or isinstance(document, Diagnostic):
            return {}
        try:
            rows = json.loads(document.text)["Modules"]
            return {str(row["Key"]): str(row["Dir"]) for row in rows}
        except (ValueError, TypeError, KeyError, RecursionError):
            place = document.span(0, 0)
            self.report([Diagnostic(place, "invalid-json", "expected a list of modules, each with its Key and Dir")])
            return {}

    def take(self, number: int) -> None:
        """Account for instances that were told apart."""
        self.remaining = max(0, self.remaining - number)

    def leave_out(self, types: Iterable[str], assuming: frozenset[Assumption]) -> None:
        """Account for resources of which there are none because of these defaults."""
        if assuming:
            self.left_out.update({LeftOut(type_, assuming): None for type_ in types})

    def relative(self, folder: str) -> str:
        """A folder as Terraform writes it: relative to the root module's."""
        return posixpath.relpath(folder, self.folder)
