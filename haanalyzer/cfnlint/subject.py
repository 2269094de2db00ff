"""The template that cfn-lint lints, as haanalyzer reads it: its file, its places, what is known of its deployment."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from cfnlint.template import Template

from haanalyzer.cfnlint.places import DecodedPlaces, FilePlaces
from haanalyzer.frontends.deployment import Inputs
from haanalyzer.source.document import Document
from haanalyzer.source.files import Files
from haanalyzer.values import Scalar

_PIPED = "template.cfn-lint.json"
"""What a template is called that comes from no file."""


class Subject:
    """A template by its file; one that was piped in is taken from cfn-lint as it decoded it.

    ``folder`` is the one whose configuration holds; ``path`` is relative to the current folder, or to
    the template's own when that lies elsewhere.
    """

    def __init__(self, cfn: Template) -> None:
        here = Path.cwd()
        self._is_file = bool(cfn.filename) and Path(cfn.filename).is_file()
        named = Path(os.path.abspath(cfn.filename if self._is_file else _PIPED))  # noqa: PTH100 - a link keeps its name
        self.folder = named.parent
        self._base = here if named.is_relative_to(here) else named.parent
        self.path = named.relative_to(self._base).as_posix()
        self._files: Files | None = None

    def files(self, cfn: Template) -> Files:
        """The files to read it from, its own text among them."""
        if self._files is None:
            piped = {} if self._is_file else {self.path: json.dumps(cfn.template, default=str)}
            self._files = Files(self._base, piped)
            self._files.admit(self.path)
        return self._files

    def places(self, cfn: Template) -> FilePlaces | DecodedPlaces:
        """Where its places are for cfn-lint."""
        read = self.files(cfn).read(self.path)
        document = read if isinstance(read, Document) else Document(self.path, "")
        return FilePlaces(document) if self._is_file else DecodedPlaces(document, cfn)


def inputs_of(cfn: Template) -> tuple[Inputs, ...]:
    """What the user told cfn-lint of deployments: one for each set of parameters, or one of which none is known."""
    region = _region(cfn)
    sets = getattr(cfn.context, "parameter_sets", None) or ()
    return tuple(Inputs(region, _scalars(each.parameters)) for each in sets) or (Inputs(region),)


def _region(cfn: Template) -> str | None:
    """The one region that was chosen; what cfn-lint takes when none was is nobody's choice."""
    default = os.environ.get("AWS_REGION", os.environ.get("AWS_DEFAULT_REGION", "us-east-1"))
    return str(cfn.regions[0]) if len(cfn.regions) == 1 and cfn.regions[0] != default else None


def _scalars(parameters: Mapping[str, Any]) -> dict[str, Scalar | list[Scalar]]:
    """The parameters as plain data; cfn-lint's texts carry marks."""
    return {
        str(name): [_scalar(item) for item in value] if isinstance(value, list) else _scalar(value)
        for name, value in parameters.items()
    }


def _scalar(value: object) -> Scalar:
    return value if isinstance(value, bool | int | float) else str(value)
