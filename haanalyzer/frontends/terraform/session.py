"""What is shared while one root module is read: files, modules by folder, what is declared, budgets."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable
from typing import TYPE_CHECKING

from haanalyzer.catalog.module_models import ModuleModel
from haanalyzer.frontends.deployment import Inputs, LeftOut
from haanalyzer.frontends.terraform.module import ModuleSyntax, module_of, read_module
from haanalyzer.frontends.terraform.modules.location import Locator
from haanalyzer.frontends.terraform.registry import Registry
from haanalyzer.frontends.terraform.states.remote_state import OtherStates
from haanalyzer.frontends.terraform.states.stores import Text
from haanalyzer.source.diagnostic import Diagnostic
from haanalyzer.source.document import StandIn
from haanalyzer.source.files import Files
from haanalyzer.source.span import Span
from haanalyzer.values import Assumption, Symbol

if TYPE_CHECKING:
    from haanalyzer.frontends.terraform.plan.overlay import PlanOverlay

MOST_INSTANCES = 10_000
"""How many instances of one root are told apart; past it, a block's are left as one unknown number."""

MOST_DEEP = 32
"""How deep module calls may be nested."""

MOST_MODULES = 2_000
"""How many instances of modules one root may call, for calls that nest double with each level."""


class Session:
    """The reading of one root module. ``left_out`` are the resources that a default keeps from being there.

    With ``hides_secrets`` what is declared to be sensitive is unknown. ``workspace`` is the
    one that it is deployed to, ``states`` are those of other roots that it may read.
    """

    states: OtherStates

    def __init__(self, folder: str, files: Files, inputs: Inputs, *, hides_secrets: bool = False) -> None:
        self.folder = folder
        self.files = files
        self.inputs = inputs
        self.hides_secrets = hides_secrets
        self.overlay: PlanOverlay | None = None
        self.workspace: Text = inputs.workspace or Symbol("terraform.workspace")
        self.registry = Registry()
        self.remaining = MOST_INSTANCES
        self.modules_entered = 0
        self.paths: dict[str, None] = {}
        self.left_out: dict[LeftOut, None] = {}
        self.locator = Locator(folder, files, inputs.modules)
        self._modules: dict[str, ModuleSyntax] = {}
        self._models: dict[tuple[ModuleModel, Span], ModuleSyntax] = {}
        self._diagnostics: dict[Diagnostic, None] = {}

    @property
    def diagnostics(self) -> tuple[Diagnostic, ...]:
        return tuple(sorted({*self._diagnostics, *self.locator.diagnostics}))

    @property
    def has_secrets(self) -> bool:
        """Whether anything that was read may be declared to be sensitive."""
        planned = self.overlay is not None and self.overlay.plan.has_secrets
        return planned or any(module.secrets for module in self._modules.values())

    def without_secrets(self) -> Session:
        """Another reading of the same syntax, which hides secrets."""
        other = Session(self.folder, self.files, self.inputs, hides_secrets=True)
        other._modules, other._models, other.paths = self._modules, self._models, self.paths
        other.overlay = self.overlay.without_secrets() if self.overlay else None
        return other

    def beside(self, folder: str, workspace: Text) -> Session:
        """The reading of another root in one of its workspaces, to whose resources this one may refer."""
        other = Session(folder, self.files, self.inputs, hides_secrets=self.hides_secrets)
        other.registry, other.workspace = self.registry, workspace
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

    def modelled(self, model: ModuleModel, place: Span) -> ModuleSyntax:
        """A model's syntax, all of it at the place of the call that it stands for."""
        if (model, place) not in self._models:
            texts = {file: StandIn(model.module, text, place) for file, text in model.texts.items()}
            self._models[model, place] = module_of(texts)
        return self._models[model, place]

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
