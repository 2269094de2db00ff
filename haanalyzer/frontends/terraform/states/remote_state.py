"""Data sources that read the outputs of another root module: its state, or its workspace of HCP Terraform."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Protocol

from haanalyzer.frontends.deployment import Existence
from haanalyzer.frontends.terraform.evaluation.attributes import value_of
from haanalyzer.frontends.terraform.evaluation.choices import together
from haanalyzer.frontends.terraform.evaluation.scope import Scope
from haanalyzer.frontends.terraform.parsing.syntax import BlockSyntax
from haanalyzer.frontends.terraform.providers import ProviderConfiguration, chosen_provider
from haanalyzer.frontends.terraform.resources import Data
from haanalyzer.frontends.terraform.states.stores import DEFAULT, Store, Text, store_of
from haanalyzer.source.span import Span
from haanalyzer.values import (
    Absent,
    Known,
    ListValue,
    MapValue,
    Symbol,
    Unknown,
    Value,
    assume,
    assumptions,
    identity_of,
)

OUTPUTS: Mapping[str, tuple[str, ...]] = {
    "terraform_remote_state": ("outputs",),
    "tfe_outputs": ("values", "nonsensitive_values"),
}
"""The attributes that hold another root's outputs, by the data source's type."""

NOT_TOLD = "which state it reads is not known"
NOT_HERE = "no root that was read is known to keep this state"


if TYPE_CHECKING:
    from haanalyzer.frontends.terraform.plan.overlay import PlanOverlay


class OtherStates(Protocol):
    """The states that one root may read."""

    @property
    def folder(self) -> str:
        """The root's own folder."""

    def address_of(self, wanted: Store, workspace: Text) -> str | None:
        """The address of the root module whose state this is, None where none is known to be. Raises NoStateError."""

    def outputs_of(self, folder: str, place: Span) -> Value | None:
        """What the root or unit of a folder puts out; None where that is not known."""


class NoStateError(Exception):
    """Why a state cannot be taken to be a certain root's."""


class RemoteState(Data):
    """One instance of such a data source."""

    def __init__(
        self,
        states: OtherStates,
        block: BlockSyntax,
        address: str,
        existence: Existence,
        scope: Scope,
        provider: Callable[[str], ProviderConfiguration],
        overlay: PlanOverlay | None = None,
    ) -> None:
        super().__init__(block, address, existence, scope, provider, overlay)
        self._states = states
        self._being_found = False

    def attribute(self, name: str, place: Span) -> Value:
        """The outputs, where it is known whose they are; all else as of any data source."""
        found = self.outputs() if name in OUTPUTS[self.type] else None
        if found is None or (self.planned is not None and found == self._symbolic(NOT_HERE)):
            return super().attribute(name, place)
        return found

    def outputs(self) -> Value:
        """The outputs, as the unknown that stands for the root which has them, or for what cannot be told."""
        if self._being_found:
            return self._symbolic("refers to itself")
        self._being_found = True
        try:
            return self._outputs
        finally:
            self._being_found = False

    @cached_property
    def _outputs(self) -> Value:
        if self.type == "tfe_outputs":
            return self._of("remote", self._workspace_of_tfe(), Known(data=DEFAULT, place=self.block.header_span))
        asked = [self.attributes.get(name, Absent(place=self.block.header_span)) for name in _ARGUMENTS]

        def found(values: list[Value]) -> Value:
            backend, workspace, config = values
            match backend, config:
                case Known(data=str(name)), MapValue(open=None) | ListValue(items=(MapValue(open=None),)):
                    block = config.items[0] if isinstance(config, ListValue) else config
                    return self._of(name, block.entries if isinstance(block, MapValue) else {}, workspace)
            return self._symbolic(NOT_TOLD)

        return together(asked, found)

    def _workspace_of_tfe(self) -> Mapping[str, Value]:
        """The arguments of ``tfe_outputs``, as a backend would have them."""
        configuration = self._provider(chosen_provider(self.block))
        host = configuration.body.attributes.get("hostname") if configuration.body else None
        place = self.block.header_span
        nothing = Absent(place=place)
        name = self.attributes.get("workspace", nothing)
        return {
            "hostname": value_of(host, configuration.scope) if host else nothing,
            "organization": self.attributes.get("organization", nothing),
            "workspaces": MapValue(entries={"name": name}, keys={}, place=place),
        }

    def _of(self, backend: str, config: Mapping[str, Value], workspace: Value) -> Value:
        """The outputs of the root that keeps its state as ``config`` says, branch by branch of what that rests on."""

        def found(values: list[Value]) -> Value:
            store = store_of(backend, dict(zip(config, values, strict=False)), self._states.folder)
            name = DEFAULT if isinstance(values[-1], Absent) else identity_of(values[-1])
            if store is None or name is None:
                return self._symbolic(NOT_TOLD)
            try:
                address = self._states.address_of(store, name)
            except NoStateError as error:
                return self._symbolic(str(error))
            if address is None:
                return self._symbolic(NOT_HERE)
            place = self.block.header_span
            read = Unknown(term=Symbol(address), reason=f"the outputs of {address}", place=place)
            return assume(read, assumptions(*values))

        return together([*config.values(), workspace], found)

    def _symbolic(self, reason: str) -> Unknown:
        term = Symbol(f"{self.address}.{OUTPUTS[self.type][0]}")
        return Unknown(term=term, reason=reason, place=self.block.header_span, maybe_absent=True)


_ARGUMENTS = ("backend", "workspace", "config")
