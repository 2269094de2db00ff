"""What is shared while one root module is read: files, modules by folder, what is declared, budgets."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable
from typing import TYPE_CHECKING

from haanalyzer.catalog.module_models import ModuleModel
from haanalyzer.frontends.deployment import Inputs, LeftOut
from haanalyzer.frontends.terraform.evaluation.bounds import OUTLINE, WHOLE, Limits
from haanalyzer.frontends.terraform.evaluation.evaluations import Evaluations
from haanalyzer.frontends.terraform.evaluation.registry import Registry
from haanalyzer.frontends.terraform.modules.location import Locator
from haanalyzer.frontends.terraform.modules.module import ModuleSyntax, module_of, read_module
from haanalyzer.frontends.terraform.states.remote_state import OtherStates
from haanalyzer.frontends.terraform.states.stores import Text
from haanalyzer.frontends.terraform.terragrunt.configuration import Others
from haanalyzer.frontends.terraform.terragrunt.unit import unit_at
from haanalyzer.source.diagnostic import Diagnostic
from haanalyzer.source.document import StandIn
from haanalyzer.source.files import Files
from haanalyzer.source.span import Span
from haanalyzer.values import Assumption, Symbol, Value

if TYPE_CHECKING:
    from haanalyzer.frontends.terraform.plan.overlay import PlanOverlay

MOST_DEEP = 32
"""How deep module calls may be nested."""


class Session:
    """The reading of one root module. ``left_out`` are the resources that a default keeps from being there.

    ``path`` is what is deployed: the module's ``folder``, or that of the Terragrunt ``unit`` which deploys
    the module. With ``hides_secrets`` what is declared to be sensitive is unknown. ``workspace`` is the
    one that it is deployed to, ``states`` are those of other roots that it may read.
    """

    states: OtherStates

    def __init__(
        self,
        path: str,
        files: Files,
        inputs: Inputs,
        limits: Limits = WHOLE,
        *,
        hides_secrets: bool = False,
        registry: Registry | None = None,
    ) -> None:
        self.registry = registry or Registry()
        self.path = path
        self.unit = unit_at(path, files, Others(self._outputs_of, self.registry))
        self.folder = path if self.unit is None else self.unit.module or path
        self.files = files
        self.inputs = inputs
        self.hides_secrets = hides_secrets
        self.overlay: PlanOverlay | None = None
        self.workspace: Text = inputs.workspace or Symbol("terraform.workspace")
        self.evaluations = Evaluations(limits)
        self._instances = 0
        self._modules_entered = 0
        self.paths: dict[str, None] = {}
        self.left_out: dict[LeftOut, None] = {}
        self.locator = Locator(self.folder, files, inputs.modules)
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
        other = self._again(self.evaluations.limits, hides_secrets=True)
        other.overlay = self.overlay.without_secrets() if self.overlay else None
        return other

    def in_outline(self) -> Session:
        """Another reading of the same syntax, with less of it evaluated."""
        other = self._again(OUTLINE, hides_secrets=self.hides_secrets)
        other.overlay = self.overlay
        return other

    def _again(self, limits: Limits, *, hides_secrets: bool) -> Session:
        other = Session(self.path, self.files, self.inputs, limits, hides_secrets=hides_secrets)
        other._modules, other._models, other.paths = self._modules, self._models, self.paths
        other._diagnostics = dict(self._diagnostics)
        return other

    def beside(self, path: str, workspace: Text) -> Session:
        """The reading of another root in one of its workspaces, to whose resources this one may refer."""
        other = Session(path, self.files, self.inputs, hides_secrets=self.hides_secrets, registry=self.registry)
        other.workspace, other.evaluations = workspace, self.evaluations
        return other

    def _outputs_of(self, folder: str, place: Span) -> Value | None:
        """What another unit puts out."""
        return self.states.outputs_of(folder, place)

    def report(self, diagnostics: Iterable[Diagnostic]) -> None:
        self._diagnostics.update(dict.fromkeys(diagnostics))

    def module(self, folder: str) -> ModuleSyntax:
        """The syntax of a folder, read once."""
        if folder not in self._modules:
            generated = self.unit.generated if self.unit is not None and folder == self.folder else {}
            module = self._modules[folder] = read_module(folder, self.files, generated)
            self.report(module.diagnostics)
            self.paths.update(dict.fromkeys(module.files))
        return self._modules[folder]

    def modelled(self, model: ModuleModel, place: Span) -> ModuleSyntax:
        """A model's syntax, all of it at the place of the call that it stands for."""
        if (model, place) not in self._models:
            texts = {file: StandIn(f"{model.module}:{file}", text, place) for file, text in model.texts.items()}
            self._models[model, place] = module_of(texts)
        return self._models[model, place]

    def take(self, number: int) -> None:
        """Account for instances that were told apart and are not written out."""
        self._instances += number
        if self._instances > self.evaluations.limits.instances_of_a_root:
            self.evaluations.exhaust()

    def enter(self) -> bool:
        """Account for the instance of a module that is to be looked into. False where that are too many."""
        self._modules_entered += 1
        if self._modules_entered > self.evaluations.limits.modules:
            self.evaluations.exhaust()
            return False
        return True

    def leave_out(self, types: Iterable[str], assuming: frozenset[Assumption]) -> None:
        """Account for resources of which there are none because of these defaults."""
        if assuming:
            self.left_out.update({LeftOut(type_, assuming): None for type_ in types})

    def relative(self, folder: str) -> str:
        """A folder as Terraform writes it: relative to the root module's."""
        return posixpath.relpath(folder, self.folder)
