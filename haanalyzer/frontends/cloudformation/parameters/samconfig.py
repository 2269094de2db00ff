"""``samconfig.toml`` and ``samconfig.yaml``, which say how ``sam deploy`` deploys a stack.

Source: the AWS SAM developer guide, "AWS SAM CLI configuration file", and for the texts of parameters and tags the SAM
CLI's ``samcli/cli/types.py``.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from haanalyzer.frontends.cloudformation.parameters.stack_file import Passed, StackFile, UnexpectedError
from haanalyzer.frontends.tree.loader import load
from haanalyzer.frontends.tree.nodes import MapNode, plain
from haanalyzer.frontends.tree.steps import node_at, place_of
from haanalyzer.source.diagnostic import Diagnostic
from haanalyzer.source.document import Document
from haanalyzer.source.span import Span, start_of
from haanalyzer.source.toml import Steps, place_in_statement, place_in_toml, read_toml
from haanalyzer.values import Known, Scalar

DEFAULT = "default"
"""The environment that is deployed where none is named."""

_PARAMETERS = "parameters"
_TEMPLATE_OPTIONS = ("template_file", "template")
_TEMPLATES = ("template.yaml", "template.yml", "template.json")
_BUILT = ".aws-sam/"
_PAIR = re.compile(
    r"""(?<!\S)(?:ParameterKey=(?P<key>[^\s,=]+),ParameterValue=|(?P<name>"[^"=]+"|'[^'=]+'|[^\s,='"]+)=)"""
    r"""(?P<value>"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|(?:\\.|[^\s"\\])*)"""
)
_ESCAPED = re.compile(r"""\\([ "'])""")


def is_samconfig(document: Document) -> bool:
    """Whether a file is one: TOML, or a map of environments that have parameters for commands."""
    if document.path.endswith(".toml"):
        return True
    root, _ = document.once(load)
    environments = [entry.value for entry in root.entries.values()] if isinstance(root, MapNode) else []
    commands = [entry.value for each in environments if isinstance(each, MapNode) for entry in each.entries.values()]
    return any(isinstance(each, MapNode) and isinstance(each.get(_PARAMETERS), MapNode) for each in commands)


def read_samconfig(document: Document, environment: str) -> StackFile | Diagnostic:
    """What an environment of the file deploys, or what is wrong with it."""
    try:
        return _Environment(_Source.of(document), environment).stack_file()
    except UnexpectedError as error:
        return error.diagnostic


@dataclass(frozen=True, slots=True)
class _Source:
    """The data of a file, and where it stands."""

    document: Document
    data: Mapping[str, Any]

    @classmethod
    def of(cls, document: Document) -> _Source:
        if document.path.endswith(".toml"):
            read = read_toml(document)
            if isinstance(read, Diagnostic):
                raise UnexpectedError(read.message.removeprefix("expected "), read.place)
            return cls(document, read)
        root, diagnostics = document.once(load)
        if diagnostics or not isinstance(root, MapNode):
            raise UnexpectedError(
                "a map of environments", diagnostics[0].place if diagnostics else start_of(document.path)
            )
        return cls(document, {name: plain(entry.value) for name, entry in root.entries.items()})

    def place(self, steps: Steps) -> Span:
        """Where what the steps lead to is written."""
        if self.document.path.endswith(".toml"):
            return place_in_toml(self.document, steps)
        return place_of(self.document.once(load)[0], steps, self.document)

    def place_within(self, steps: Steps, name: str) -> Span:
        """Where a name stands in the text, or in the list of texts, that the steps lead to."""
        pattern = rf"(?<![A-Za-z0-9]){re.escape(name)}(?=[\"'\\]*(?:=|,ParameterValue))"
        if self.document.path.endswith(".toml"):
            return place_in_statement(self.document, steps, pattern)
        node = node_at(self.document.once(load)[0], steps)
        found = re.search(pattern, node.text) if node else None
        if node is None or found is None:
            return self.place(steps)
        return self.document.span(node.start + found.start(), node.start + found.end())


@dataclass(frozen=True, slots=True)
class _Environment:
    """The options of the commands of one environment; those of ``global`` hold for all."""

    source: _Source
    name: str

    def stack_file(self) -> StackFile:
        if not isinstance(self.source.data.get(self.name), Mapping):
            there = ", ".join(name for name, each in self.source.data.items() if isinstance(each, Mapping)) or "none"
            raise UnexpectedError(
                f"an environment {self.name!r}; there are {there}", start_of(self.source.document.path)
            )
        return StackFile(
            parameters=self._passed("parameter_overrides"),
            tags=self._passed("tags"),
            templates=tuple(self._templates()),
            name=self._text("stack_name"),
            region=self._text("region"),
        )

    def _option(self, option: str, command: str = "deploy") -> Steps | None:
        """The steps that lead to an option of a command, or to that of all of them."""
        for each in (command, "global"):
            steps = (self.name, each, _PARAMETERS)
            options = self.source.data
            for step in steps:
                inner = options.get(step)
                options = inner if isinstance(inner, Mapping) else {}
            if option in options:
                return (*steps, option)
        return None

    def _value(self, steps: Steps) -> Any:
        value: Any = self.source.data
        for step in steps:
            value = value[step]
        return value

    def _text(self, option: str) -> str:
        steps = self._option(option)
        value = "" if steps is None else self._value(steps)
        if not isinstance(value, str):
            raise UnexpectedError("a text", self.source.place(steps or ()))
        return value

    def _templates(self) -> Iterator[Known]:
        """Where the template may be: what is built is what was built of the other one."""
        named = self._template("deploy")
        if named is not None:
            yield named
        if named is None or str(named).startswith(_BUILT):
            built_of = self._template("build")
            place = start_of(self.source.document.path)
            yield from [built_of] if built_of else (Known(data=name, place=place) for name in _TEMPLATES)

    def _template(self, command: str) -> Known | None:
        for option in _TEMPLATE_OPTIONS:
            steps = self._option(option, command)
            if steps is not None and isinstance(path := self._value(steps), str):
                return Known(data=posixpath.normpath(path), place=self.source.place(steps))
        return None

    def _passed(self, option: str) -> Passed:
        """Parameters or tags: a text of pairs, a list of such, or a map."""
        steps = self._option(option)
        value = "" if steps is None else self._value(steps)
        if steps is None:
            return {}
        found: dict[str, Known] = {}
        if isinstance(value, Mapping):
            for name, given in value.items():
                found[name] = Known(data=_scalar(given, place := self.source.place((*steps, name))), place=place)
            return found
        for text in value if isinstance(value, list) else [value]:
            for name, given in self._pairs(text, steps):
                found[name] = Known(data=given, place=self.source.place_within(steps, name))
        return found

    def _pairs(self, text: object, steps: Steps) -> Iterator[tuple[str, str]]:
        """The pairs in a text; like SAM, what stands between them is passed over."""
        found = list(_PAIR.finditer(text)) if isinstance(text, str) else []
        if not found and text != "":
            raise UnexpectedError("texts such as 'Name=value'", self.source.place(steps))
        yield from ((_unquoted(pair["key"] or pair["name"]), _unquoted(pair["value"])) for pair in found)


def _scalar(data: object, place: Span) -> Scalar:
    if isinstance(data, str | bool | int | float):
        return data
    raise UnexpectedError("a text or a number", place)


def _unquoted(text: str) -> str:
    """A text without quotes around it, and without the backslashes before blanks and quotes."""
    if len(text) > 1 and text[0] == text[-1] and text[0] in "\"'":
        text = text[1:-1]
    return _ESCAPED.sub(r"\1", text)
