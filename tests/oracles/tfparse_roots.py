"""A Terraform root module as we read it, and as tfparse does."""

from __future__ import annotations

import posixpath
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from haanalyzer.frontends.deployment import Declaration, Existence, Inputs
from haanalyzer.frontends.terraform.evaluation.attributes import BlockAttributes
from haanalyzer.frontends.terraform.instances import Module
from haanalyzer.frontends.terraform.parsing.syntax import BlockSyntax
from haanalyzer.frontends.terraform.root import read_root
from haanalyzer.source.files import Files
from haanalyzer.values import Known, Value
from tests.oracles.causes import CAUSES, Causes
from tests.oracles.tfparse_process import Tfparse

_KEY = re.compile(r"\[(?:\"(?:[^\"\\]|\\.)*\"|\d+|\*)\]")


@dataclass(frozen=True)
class Difference:
    """What one side has and the other has not, or has otherwise; ``attribute`` is empty for an instance."""

    kind: str
    root: str
    address: str
    attribute: str = ""
    ours: Value | None = None
    theirs: object = None

    @property
    def is_of_known_values(self) -> bool:
        """Whether both sides know the value; tfparse has the empty text for null in a template, too."""
        return isinstance(self.ours, Known) and isinstance(self.theirs, str | int | float) and self.theirs != ""

    def __str__(self) -> str:
        sides = f": ours {str(self.ours)[:200]!r}, theirs {str(self.theirs)[:200]!r}" if self.attribute else ""
        return f"{self.kind} {self.root} {self.address} {self.attribute}{sides}"


class Root:
    """One root module in a workspace, as we read it and as tfparse does.

    Raises `NotEvaluatedError` where that reads nothing.
    """

    def __init__(self, base: Path, folder: str, files: Files, tfparse: Tfparse, workspace: str = "default") -> None:
        self.name = f"{base.name}/{folder}"
        deployment = read_root(folder, files, Inputs(workspace=workspace))
        self.ours = {each.address: each for each in deployment.declarations}
        variable_files = [path for path in deployment.files if path.endswith((".tfvars", ".tfvars.json"))]
        relative = [posixpath.relpath(path, folder) for path in variable_files]
        blocks = tfparse.read((base / folder).resolve(), workspace, relative)
        self.ids = frozenset(_ids(blocks))
        self._locals = blocks.get("locals", [])
        found = [block for each in blocks.values() for block in each if _meta(block).get("type") == "resource"]
        self.theirs = {str(_meta(block)["path"]): block for block in found}
        times = Counter(str(_meta(block)["path"]) for block in found)
        self.twice = {address for address, number in times.items() if number > 1}

    @cached_property
    def causes(self) -> Causes:
        return Causes()

    @cached_property
    def perhaps_more(self) -> Mapping[str, list[Existence]]:
        """The addresses, without keys, of which we know no number, and what there may be more of."""
        found: dict[str, list[Existence]] = {}
        for address, each in self.ours.items():
            if each.existence.several:
                found.setdefault(without_keys(address), []).append(each.existence)
        return found

    def locals_of(self, module: str) -> Mapping[str, object]:
        """The locals of the module instance at an address, as tfparse has them in the end."""
        path = ".".join(filter(None, (module, "locals")))
        found = (block for block in self._locals if _meta(block).get("path") == path)
        return {name: value for block in found for name, value in block.items()}

    def causes_of(self, difference: Difference) -> list[str]:
        """What a difference rests on that tfparse does not know, in the order of `CAUSES`."""
        found = self.block(difference.address)
        if found is None:
            return []
        module, block = found
        causes = self.causes.of_number(block, module)
        if difference.attribute:
            causes |= self.causes.of_attribute(block, module, re.split(r"[.\[]", difference.attribute)[0])
        return [cause for cause in CAUSES if cause in causes]

    def block(self, address: str) -> tuple[Module, BlockSyntax] | None:
        """The resource's block and its module instance; of an instance that only tfparse has, those of another."""
        bare = without_keys(address)
        if address not in self.ours:
            return self._blocks.get(bare) or self._call_above(bare)
        module = module_of(self.ours[address])
        type_, name = bare.split(".")[-2:]
        return module, module.declared.resources[type_, name]

    def _call_above(self, bare: str) -> tuple[Module, BlockSyntax] | None:
        """The innermost call that leads to an address and stands in a module that is there."""
        steps = bare.split(".")
        for end in range(len(steps) - 2, 1, -2):
            if (found := self._calls.get(".".join(steps[:end]))) is not None:
                return found
        return None

    @cached_property
    def _calls(self) -> Mapping[str, tuple[Module, BlockSyntax]]:
        """Every module call of the modules that are there, by its address without keys."""
        return {
            without_keys(".".join(filter(None, (module.address, "module", name)))): (module, block)
            for root in [module_of(each).lineage()[0] for each in self.ours.values()][:1]
            for module in _modules(root)
            for name, block in module.declared.calls.items()
        }

    @cached_property
    def _blocks(self) -> Mapping[str, tuple[Module, BlockSyntax]]:
        """Every resource block of the modules that are there, instances or not, by its address without keys."""
        return {
            without_keys(".".join(filter(None, (module.address, type_, name)))): (module, block)
            for root in [module_of(each).lineage()[0] for each in self.ours.values()][:1]
            for module in _modules(root)
            for (type_, name), block in module.declared.resources.items()
        }


def without_keys(address: str) -> str:
    """A resource's address without the keys of instances and modules."""
    return _KEY.sub("", address)


def module_of(declaration: Declaration) -> Module:
    """The module instance that a declaration stands in."""
    assert isinstance(declaration.attributes, BlockAttributes)
    module = declaration.attributes._scope.module
    assert isinstance(module, Module)
    return module


def _modules(module: Module) -> Iterator[Module]:
    yield module
    for name in module.declared.calls:
        for member in module.modules(name).members:
            if isinstance(member, Module):
                yield from _modules(member)


def _meta(block: Mapping[str, object]) -> Mapping[str, object]:
    found = block.get("__tfmeta")
    return found if isinstance(found, Mapping) else {}


def _ids(value: object) -> Iterator[str]:
    """The ids that tfparse made up for blocks."""
    if isinstance(value, Mapping):
        if "__tfmeta" in value and isinstance(value.get("id"), str):
            yield str(value["id"])
        for inner in value.values():
            yield from _ids(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _ids(inner)
