"""Terragrunt's functions of paths. Source: Terragrunt's documentation, "Built-in functions"."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from haanalyzer.frontends.terraform.evaluation.symbolic import EvaluationError
from haanalyzer.frontends.terraform.functions.request import Implementation, Request
from haanalyzer.source.configuration_files import TERRAGRUNT
from haanalyzer.source.files import Files, join
from haanalyzer.values import Known, Value


@dataclass(frozen=True, slots=True)
class Place:
    """Where a configuration is evaluated: in ``folder``, which for an included one is the unit's.

    ``included`` gives the path of the configuration that an ``include`` block names.
    """

    files: Files
    folder: str
    included: Callable[[str], str | None]

    def path(self, text: str) -> str:
        """A path as the analysis names it, of one as it is written here."""
        return join(self.folder, text)

    def written(self, path: str) -> str:
        """A path as it may be written here: from the top of the analysis down, so that its last names are its own."""
        return f"{'../' * _depth(self.folder)}{path}"

    @property
    def functions(self) -> Mapping[str, Implementation]:
        return {
            "find_in_parent_folders": self._find_in_parent_folders,
            "get_original_terragrunt_dir": lambda request: request.known(self.written(self.folder)),
            "get_parent_terragrunt_dir": lambda request: request.known(self.written(self._included_folder(request))),
            "get_terragrunt_dir": lambda request: request.known(self.written(self.folder)),
            "path_relative_from_include": lambda request: request.known(
                posixpath.relpath(self._included_folder(request), self.folder)
            ),
            "path_relative_to_include": lambda request: request.known(
                posixpath.relpath(self.folder, self._included_folder(request))
            ),
        }

    def _find_in_parent_folders(self, request: Request) -> Value:
        """The nearest file of a name above the folder, within what is analyzed."""
        name = _text(request, 0) if request.arguments else TERRAGRUNT
        folder = self.folder
        while _depth(folder):
            folder = join(folder, "..")
            path = join(folder, name)
            if self.files.is_file(path) or self.files.is_folder(path):
                return request.known(self.written(path))
        if len(request.arguments) > 1:
            return request.known(_text(request, 1))
        raise EvaluationError(f"no {name} is found in the folders above")

    def _included_folder(self, request: Request) -> str:
        path = self.included(_text(request, 0) if request.arguments else "")
        if path is None:
            raise EvaluationError("what is included is not known")
        return join(path, "..")


def _depth(folder: str) -> int:
    """How many folders below the top of the analysis; none for one that is not below it."""
    return 0 if folder == "." or folder.startswith(("../", "/")) or folder == ".." else folder.count("/") + 1


def _text(request: Request, position: int) -> str:
    match request.arguments[position]:
        case Known(data=str(text)):
            return text
    raise EvaluationError(f"{request.name} takes a text that is known")
