"""Which state each root module of a run keeps, by its ``backend`` or ``cloud`` block."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from haanalyzer.frontends.terraform.evaluation.attributes import BlockAttributes
from haanalyzer.frontends.terraform.evaluation.scope import NoNames, Scope
from haanalyzer.frontends.terraform.functions.request import FunctionContext
from haanalyzer.frontends.terraform.modules.module import ModuleSyntax, read_module
from haanalyzer.frontends.terraform.parsing.syntax import BlockSyntax
from haanalyzer.frontends.terraform.states.stores import Store, Text, store_of
from haanalyzer.frontends.terraform.terragrunt.unit import unit_at
from haanalyzer.source.files import Files
from haanalyzer.values import Known, ListValue, MapValue, Symbol, Value


def stores_of(roots: Iterable[str], files: Files) -> Mapping[str, Store | None]:
    """The stores of these roots and units, by their folders; None where it is not told."""
    return {root: _store_of_root(root, files) for root in roots}


def only_workspace(declared: ModuleSyntax, files: Files) -> Text | None:
    """What ``terraform.workspace`` is where HCP Terraform's only workspace is named; None where there may be several.

    For the ``cloud`` block that is its name; for the ``remote`` backend it depends on where Terraform runs.
    """
    block = _backend(declared)
    if block is None:
        return None
    match _settings(block, declared, files).get("workspaces"):
        case ListValue(items=(MapValue(entries={"name": Known(data=str(name))}),)):
            return name if block.type == "cloud" else Symbol(f"terraform.workspace of {name}")
    return None


def _store_of_root(root: str, files: Files) -> Store | None:
    unit = unit_at(root, files)
    if unit is None:
        return _store(read_module(root, files), files)
    if unit.keeps_state or unit.module is None:
        return unit.store
    return _store(read_module(unit.module, files, unit.generated), files)


def _store(declared: ModuleSyntax, files: Files) -> Store | None:
    block = _backend(declared)
    if block is None:
        return store_of("local", {}, declared.folder)
    backend = block.type if block.type == "cloud" else "".join(block.labels)
    return store_of(backend, _settings(block, declared, files), declared.folder)


def _backend(declared: ModuleSyntax) -> BlockSyntax | None:
    """The block that says where the state is."""
    return next((block for block in declared.settings.blocks if block.type in ("backend", "cloud")), None)


def _settings(block: BlockSyntax, declared: ModuleSyntax, files: Files) -> Mapping[str, Value]:
    """What a block says; what refers to anything is unknown, for it is read before anything else is."""
    names = NoNames(FunctionContext(files, declared.folder), why="a backend is known before the configuration is")
    return BlockAttributes(block.body, Scope(names, block.document))
