"""The root modules of a run whose outputs another one reads, each entered when its state is asked for."""

from __future__ import annotations

import json
import posixpath
from collections.abc import Iterator
from dataclasses import dataclass, field

from haanalyzer.frontends.terraform.evaluation.choices import together
from haanalyzer.frontends.terraform.instances import Module, Origin
from haanalyzer.frontends.terraform.session import Session
from haanalyzer.frontends.terraform.states.kept import only_workspace
from haanalyzer.frontends.terraform.states.remote_state import OUTPUTS, NoStateError, RemoteState
from haanalyzer.frontends.terraform.states.stores import DEFAULT, Store, Stores, Text
from haanalyzer.frontends.terraform.terragrunt.variables import variables_of
from haanalyzer.source.span import Span
from haanalyzer.values import Absent, ItemOf, Symbol, Unknown, Value


class _Outputs:
    """The outputs of a root, as one who reads its state sees them."""

    def __init__(self, module: Module) -> None:
        self._module = module

    def attribute(self, name: str, place: Span) -> Value:
        """An output; unknown where the state has none, which may be an error or a default of the reader."""
        term = ItemOf(Symbol(self._module.address), name)
        if name not in self._module.declared.outputs:
            return Unknown(term=term, reason="no such output is declared there", place=place, maybe_absent=True)

        def kept(values: list[Value]) -> Value:
            (value,) = values
            if not isinstance(value, Absent):
                return value
            return Unknown(
                term=term,
                reason="the output is null there, and no state has one that is",
                place=place,
                maybe_absent=True,
                assuming=value.assuming,
            )

        return together([self._module.attribute(name, place)], kept)


@dataclass(slots=True)
class OtherRoots:
    """The roots beside ``root``, by where they keep their states.

    Each is entered as a module of its own beside ``root``, once for each of its workspaces
    that is read, so that its outputs stand for the resources which it declares. ``entered``
    are these, by folder and workspace, ``root`` itself among them.
    """

    root: Module
    stores: Stores
    entered: dict[tuple[str, Text], Module] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._begin(self.root, ())

    def enter_all(self) -> list[Module]:
        """Enter every root whose state is read, directly or not; these, in the order of their addresses."""
        asked: set[str] = set()
        while waiting := [module for module in self.entered.values() if module.address not in asked]:
            for module in waiting:
                asked.add(module.address)
                for state in _remote_states(module):
                    state.outputs()
                _evaluate_variables(module)
        return sorted((each for each in self.entered.values() if each is not self.root), key=lambda each: each.address)

    def enter(self, folder: str, workspace: Text, above: tuple[str, ...]) -> str:
        """Enter a root in one of its workspaces; its address. Raises NoStateError for what would have no end."""
        address = self._address(folder, workspace)
        if (folder, workspace) not in self.entered:
            if folder in above:
                raise NoStateError("the roots read each other's states")
            session = self.root.session.beside(folder, workspace)
            passed = variables_of(session)
            session.paths.update(dict.fromkeys(passed.paths))
            self._begin(Module(session, session.module(session.folder), passed, Origin(address)), above)
        return address

    def _begin(self, module: Module, above: tuple[str, ...]) -> None:
        session, workspace = module.session, module.session.workspace
        only = only_workspace(module.declared, session.files)
        if only is not None:
            session.workspace, workspace = only, DEFAULT
        session.states = StatesReadBy(self, session, (*above, session.path))
        self.entered[session.path, workspace] = module
        session.registry.entities[self._address(session.path, workspace)] = _Outputs(module)

    def _address(self, folder: str, workspace: Text) -> str:
        """``root["../network"]``, with the workspace where it is not the default one."""
        named = [json.dumps(posixpath.relpath(folder, self.root.session.path), ensure_ascii=False)]
        if workspace != DEFAULT:
            named.append(json.dumps(workspace, ensure_ascii=False) if isinstance(workspace, str) else str(workspace))
        return f"root[{', '.join(named)}]"


@dataclass(frozen=True, slots=True)
class StatesReadBy:
    """The states that one root may read. ``above`` are the folders through which it is reached, its own the last."""

    others: OtherRoots
    session: Session
    above: tuple[str, ...]

    @property
    def folder(self) -> str:
        return self.session.folder

    def address_of(self, wanted: Store, workspace: Text) -> str | None:
        """The address of the root whose state this is; it is entered."""
        found = {
            root: its_workspace
            for root, store in self.others.stores().items()
            if store is not None and (its_workspace := store.workspace_of(wanted, workspace)) is not None
        }
        if len(found) > 1:
            raise NoStateError(f"several roots keep this state: {', '.join(sorted(found))}")
        for root, its_workspace in found.items():
            return self.others.enter(root, its_workspace, self.above)
        return None

    def outputs_of(self, folder: str, place: Span) -> Value | None:
        """What the unit of a folder puts out; None where that is not read, or reads what this one puts out."""
        if folder not in self.others.stores():
            return None
        try:
            address = self.others.enter(folder, DEFAULT, self.above)
        except NoStateError:
            return None
        return Unknown(term=Symbol(address), reason=f"the outputs of {address}", place=place)


def _evaluate_variables(module: Module) -> None:
    """Ask for what a unit passes: it may be what others put out."""
    if module.session.unit is not None:
        for name, block in module.declared.variables.items():
            module.reference("var", name, block.header_span)


def _remote_states(module: Module) -> Iterator[RemoteState]:
    """The data sources of a root module and those it calls that read other states."""
    for type_, name in module.declared.data:
        if type_ in OUTPUTS:
            for member in module.data_sources(type_, name).members:
                if isinstance(member, RemoteState):
                    yield member
    for name in module.declared.calls:
        for called in module.modules(name).members:
            if isinstance(called, Module):
                yield from _remote_states(called)
