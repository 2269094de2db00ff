"""Models of much-used public modules: what each makes of its arguments, written in Terraform's own language.

A model declares every resource of its module whose type is in the vocabulary, at the same address,
with the attributes that the vocabulary has words for and what their values rest on. ``index.yaml`` says which
releases of which module a model stands for, and where they were read.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

_FOLDER = re.compile(r"[\w-]+")


@dataclass(frozen=True, slots=True)
class ModuleModel:
    """A model of a module's releases. ``versions`` is a constraint, ``read`` the releases it was written from.

    ``module`` is the registry's name, with ``//`` before the folder of a submodule. ``files`` are the model's own,
    named as Terraform names a module's: one that ends in ``_override.tf`` changes what the others declare.
    One model may stand for all the folders in ``//modules/*``, and then tells them apart by ``local.folder``.
    """

    module: str
    files: tuple[str, ...]
    versions: str
    read: tuple[str, ...]
    folder: str = ""

    @property
    def texts(self) -> Mapping[str, str]:
        """The model's own Terraform source, by file."""
        texts = {file: files(__name__).joinpath(file).read_text("utf-8") for file in self.files}
        return texts | {"folder.tf": f'locals {{ folder = "{self.folder}" }}\n'} if self.folder else texts


@cache
def models() -> Mapping[str, Sequence[ModuleModel]]:
    """The models of each module, those of the newest releases first."""
    text = files(__name__).joinpath("index.yaml").read_text("utf-8")
    table: Mapping[str, Sequence[Mapping[str, Any]]] = yaml.load(
        text,
        Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader),  # noqa: S506 - a safe loader
    )
    return {module: tuple(_model(module, row) for row in rows) for module, rows in table.items()}


def models_of(module: str) -> Sequence[ModuleModel]:
    """The models of one module, by the registry's name, those of the newest releases first."""
    folders, _, folder = module.rpartition("/")
    if module in models() or not _FOLDER.fullmatch(folder):
        return models().get(module, ())
    return [replace(model, module=module, folder=folder) for model in models().get(f"{folders}/*", ())]


def _model(module: str, row: Mapping[str, Any]) -> ModuleModel:
    written = row["file"]
    named = (written,) if isinstance(written, str) else tuple(written)
    return ModuleModel(module, named, row["versions"], tuple(row["read"]))
