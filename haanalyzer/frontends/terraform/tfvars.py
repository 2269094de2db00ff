"""What the user passes for the variables of a root module: files and the command line, in Terraform's order."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from typing import Protocol

from haanalyzer.frontends.deployment import Inputs, VariableData, VariableFile, VariableText
from haanalyzer.frontends.terraform.evaluation.attributes import value_of
from haanalyzer.frontends.terraform.evaluation.scope import NoNames, Scope
from haanalyzer.frontends.terraform.evaluation.symbolic import rewrite
from haanalyzer.frontends.terraform.evaluation.symbolic import value_of as value_of_data
from haanalyzer.frontends.terraform.evaluation.types import Primitive
from haanalyzer.frontends.terraform.functions.request import FunctionContext
from haanalyzer.frontends.terraform.parsing import syntax
from haanalyzer.frontends.terraform.parsing.structure import parse_body
from haanalyzer.frontends.terraform.variables import variable_type
from haanalyzer.source.diagnostic import Diagnostic
from haanalyzer.source.document import Document
from haanalyzer.source.files import Files, join
from haanalyzer.source.span import Span
from haanalyzer.values import Known, Value, relocate


class RootVariables(Protocol):
    """What is passed for the variables of a root module, read from ``paths``."""

    @property
    def diagnostics(self) -> Sequence[Diagnostic]: ...

    @property
    def paths(self) -> Sequence[str]: ...

    def __call__(self, variable: syntax.BlockSyntax) -> Value | None:
        """The value passed for a variable; None when nothing is."""


class PassedVariables:
    """Values by variable; a later source overrides an earlier one."""

    def __init__(self, folder: str, files: Files, inputs: Inputs) -> None:
        self.diagnostics: list[Diagnostic] = []
        self.paths: list[str] = []
        self._names = NoNames(FunctionContext(files, folder))
        self._found: dict[str, syntax.AttributeSyntax | VariableText | Value] = {}
        for passed in (*map(VariableFile, _automatic(folder, files)), *inputs.variables):
            if isinstance(passed, VariableText):
                self._found[passed.name] = passed
            elif isinstance(passed, VariableData):
                self._found[passed.name] = value_of_data(passed.data, passed.place)
            else:
                self._read(passed.path, files)

    def __call__(self, variable: syntax.BlockSyntax) -> Value | None:
        """What is passed for a variable; None when nothing is."""
        found = self._found.get(variable.labels[0])
        if isinstance(found, VariableText):
            return self._from_command_line(variable, found.text)
        return self._evaluated(found) if isinstance(found, syntax.AttributeSyntax) else found

    def _evaluated(self, attribute: syntax.AttributeSyntax) -> Value:
        return value_of(attribute, Scope(self._names, attribute.document))

    def _from_command_line(self, variable: syntax.BlockSyntax, text: str) -> Value:
        """Text for a variable of a primitive type, an expression for any other, as on Terraform's command line."""
        place = variable.header_span.first_line()
        untyped = "type" not in variable.body.attributes
        if untyped or isinstance(variable_type(variable), Primitive):
            return Known(data=text, place=place)
        document = Document(place.path, text)
        attribute = syntax.AttributeSyntax(document, variable.labels[0], 0, 0, text)
        return rewrite(self._evaluated(attribute), lambda part: relocate(part, place))

    def _read(self, path: str, files: Files) -> None:
        document = files.read(path)
        if isinstance(document, Diagnostic):
            self.diagnostics.append(document)
            return
        self.paths.append(path)
        if path.endswith(".json"):
            self._found.update(self._from_json(document))
        else:
            body, diagnostics = parse_body(document)
            self.diagnostics += diagnostics
            self._found.update(body.attributes)

    def _from_json(self, document: Document) -> Mapping[str, Value]:
        try:
            data = json.loads(document.text)
        except (ValueError, RecursionError):
            data = None
        if not isinstance(data, dict):
            message = "expected one JSON object with the variables' values"
            self.diagnostics.append(Diagnostic(document.span(0, 0), "invalid-json", message))
            return {}
        return {name: value_of_data(value, _place_of(name, document)) for name, value in data.items()}


def _automatic(folder: str, files: Files) -> list[str]:
    """The variable files that Terraform loads by itself, in its order."""
    names = files.names_in(folder)
    first = [name for name in ("terraform.tfvars", "terraform.tfvars.json") if name in names]
    return [join(folder, name) for name in (*first, *filter(_is_automatic, names))]


def _is_automatic(name: str) -> bool:
    return name.endswith((".auto.tfvars", ".auto.tfvars.json"))


def _place_of(name: str, document: Document) -> Span:
    """Where a variable is set in a JSON file: its key, or the start of the file."""
    found = re.search(re.escape(json.dumps(name, ensure_ascii=False)) + r"\s*:", document.text)
    return document.span(found.start(), found.start() + len(name) + 2) if found else document.span(0, 0)
