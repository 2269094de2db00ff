"""Reads small roots written inline."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from haanalyzer.frontends.deployment import Declaration, Deployment, Inputs
from haanalyzer.frontends.terraform.root import read_root
from haanalyzer.source.files import Files
from haanalyzer.values import ListValue, Unknown, Value


def read(folder: Path, files: Mapping[str, str] | str, inputs: Inputs | None = None, root: str = ".") -> Deployment:
    for name, text in ({"main.tf": files} if isinstance(files, str) else files).items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return read_root(root, Files(folder), inputs or Inputs())


def addresses(deployment: Deployment) -> list[str]:
    return [declaration.address for declaration in deployment.declarations]


def find(deployment: Deployment, address: str) -> Declaration:
    return next(found for found in deployment.declarations if found.address == address)


def value(folder: Path, expression: str, rest: str = "", inputs: Inputs | None = None) -> Value:
    """The value of one expression, as an attribute of a resource."""
    text = f'resource "aws_thing" "it" {{\n  x = {expression}\n}}\n{rest}'
    return find(read(folder, text, inputs), "aws_thing.it").attributes["x"]


def texts(found: Value) -> list[str]:
    """A list's items as text, each unknown by its term."""
    assert isinstance(found, ListValue)
    return [str(item.term) if isinstance(item, Unknown) else str(item) for item in found.items]
