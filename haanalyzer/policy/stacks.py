"""The stacks that a configuration names: what is deployed, as which stack, where, with what, held to which profile."""

from __future__ import annotations

import os
import posixpath
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Literal

from haanalyzer.frontends.deployment import VariableData, VariableFile
from haanalyzer.policy.declared.words import suggestion
from haanalyzer.policy.written import Written
from haanalyzer.source.disk import followed
from haanalyzer.source.span import Span
from haanalyzer.source.toml import Steps
from haanalyzer.source.upwards import leads_outside, upwards
from haanalyzer.values import Known, Value
from haanalyzer.values.data import value_of

Made = Literal["template", "root", "samconfig", "deployment_file"]
"""What a stack is made of, by the word that names it."""

_WHERE = ("region", "regions", "account", "profile")
_WORDS: Mapping[Made, tuple[str, ...]] = {
    "template": ("name", "parameters", "tags", *_WHERE),
    "root": ("name", "var_files", "variables", "workspace", "module_paths", *_WHERE),
    "samconfig": ("name", "environment", *_WHERE),
    "deployment_file": ("name", *_WHERE),
}
_NAMED_BY_CONFIGURATION: tuple[Made, ...] = ("template", "root")
_LONGEST_ACCOUNT = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedStack:
    """One entry of ``stacks``. Paths are relative to the base of the analysis.

    ``path`` is that of what the stack is ``made`` of, ``place`` where that is written. ``parameters`` are a
    template's, files of them and maps, ``variables`` a root's: the later win. ``name`` is empty where only what the
    stack is made of may say it, ``regions`` where nothing is said of them; it is deployed to each of them.
    """

    made: Made
    path: str
    place: Span
    name: str = ""
    environment: str | None = None
    parameters: tuple[Known | Mapping[str, Value], ...] = ()
    tags: Mapping[str, Value] = field(default_factory=dict)
    variables: tuple[VariableFile | VariableData, ...] = ()
    workspace: str | None = None
    module_paths: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    account: str | None = None
    profile: str | None = None

    @property
    def inputs(self) -> tuple[str, ...]:
        """The files that it is given."""
        variables = (each.path for each in self.variables if isinstance(each, VariableFile))
        return (*(str(each) for each in self.parameters if isinstance(each, Known)), *variables)

    def renamed(self, names: Callable[[str], str]) -> NamedStack:
        """The same with files called by other names."""
        return replace(
            self,
            path=names(self.path),
            parameters=tuple(
                replace(each, data=names(str(each))) if isinstance(each, Known) else each for each in self.parameters
            ),
            variables=tuple(
                VariableFile(names(each.path)) if isinstance(each, VariableFile) else each for each in self.variables
            ),
        )


@dataclass(frozen=True, slots=True)
class Stacks:
    """All entries of ``stacks``, in their order.

    ``top`` is that of the repository which they are in, relative to the base of the analysis; None where they are
    in none. ``chosen`` are the names of those that are analyzed; None for all, and for what no stack names. Where
    they are those that were, and are past, some of these may not have been there.
    """

    named: tuple[NamedStack, ...] = ()
    top: str | None = None
    chosen: frozenset[str] | None = None
    is_past: bool = False

    @property
    def files(self) -> frozenset[str]:
        """The configuration, and the files that it names for stacks, as far as that tells without reading them."""
        return frozenset(file for each in self.named for file in (each.place.path, each.path, *each.inputs))

    def renamed(self, names: Callable[[str], str]) -> Stacks:
        """The same with files called by other names."""
        return replace(self, named=tuple(each.renamed(names) for each in self.named))


def wrong_in_stacks(entries: Sequence[Mapping[str, Any]], folder: Path) -> Iterator[tuple[Steps, str]]:
    """What is wrong with entries of the right shape, with the steps that lead there."""
    for at, entry in enumerate(entries):
        yield from ((("stacks", at, *steps), message) for steps, message in _wrong(entry, folder))


def _wrong(entry: Mapping[str, Any], folder: Path) -> Iterator[tuple[Steps, str]]:
    made = _made(entry)
    for word in entry:
        if word != made and word not in _WORDS[made]:
            yield (word,), f"{word!r} says nothing of a {_spoken(made)}; {suggestion(word, _WORDS[made])}"
    if made in _NAMED_BY_CONFIGURATION and not entry.get("name"):
        yield (made,), "expected name, too"
    if "region" in entry and "regions" in entry:
        yield ("regions",), "expected region or regions, found both"
    account = entry.get("account")
    if not isinstance(account, str) and account is not None and len(str(account)) != _LONGEST_ACCOUNT:
        yield ("account",), f"expected an account's 12 digits in quotes, or a name; found {account}"
    for steps, path in _paths(entry, made):
        if leads_outside(folder / path, folder):
            yield steps, f"expected a path in this repository, found {path!r}"


def _spoken(made: Made) -> str:
    return {"root": "Terraform root", "deployment_file": "deployment file"}.get(made, made)


def _made(entry: Mapping[str, Any]) -> Made:
    return next(word for word in _WORDS if word in entry)


def _paths(entry: Mapping[str, Any], made: Made) -> Iterator[tuple[Steps, str]]:
    """Every path of an entry, with the steps that lead to it."""
    yield (made,), entry[made]
    parameters = entry.get("parameters", ())
    if isinstance(parameters, str):
        yield ("parameters",), parameters
    elif isinstance(parameters, list):
        yield from ((("parameters", at), each) for at, each in enumerate(parameters) if isinstance(each, str))
    for at, path in enumerate(entry.get("var_files", ())):
        yield ("var_files", at), path
    for at, path in enumerate(entry.get("module_paths", ())):
        yield ("module_paths", at), path.rpartition("=")[2]


def stacks_of(entries: Sequence[Mapping[str, Any]], written: Written, folder: Path, base: Path) -> Stacks:
    """The stacks of a configuration in a folder, with paths as an analysis of ``base`` calls them."""
    *_, top = upwards(folder)
    way = _Way(followed(folder), followed(base))
    return Stacks(
        named=tuple(_Entry(entry, at, written, way).stack() for at, entry in enumerate(entries)),
        top=way.path(str(followed(top))) if (top / ".git").exists() else None,
    )


@dataclass(frozen=True, slots=True)
class _Way:
    """From the paths of a configuration in ``folder`` to what an analysis of ``base`` calls them."""

    folder: Path
    base: Path

    def path(self, path: str) -> str:
        return os.path.relpath(self.folder / path, self.base).replace(os.sep, "/")


@dataclass(frozen=True, slots=True)
class _Entry:
    """One entry as it is ``written``, at a position of the list."""

    data: Mapping[str, Any]
    at: int
    written: Written
    way: _Way

    def stack(self) -> NamedStack:
        data, made = self.data, _made(self.data)
        account = data.get("account")
        return NamedStack(
            made=made,
            path=self._path(data[made]),
            place=self._place(made),
            name=data.get("name", ""),
            environment=data.get("environment", "default") if made == "samconfig" else None,
            parameters=tuple(self._parameters()),
            tags=self._values(data.get("tags", {}), "tags"),
            variables=tuple(self._variables()),
            workspace=data.get("workspace"),
            module_paths=tuple(self._module_path(each) for each in data.get("module_paths", ())),
            regions=tuple(data.get("regions", [data["region"]] if "region" in data else ())),
            account=None if account is None else str(account),
            profile=data.get("profile"),
        )

    def _path(self, path: str) -> str:
        return self.way.path(path)

    def _place(self, *steps: str | int) -> Span:
        place = self.written.place(("stacks", self.at, *steps))
        return place._replace(path=self._path(posixpath.basename(place.path)))

    def _parameters(self) -> Iterator[Known | Mapping[str, Value]]:
        given = self.data.get("parameters", ())
        listed = isinstance(given, list)
        for at, each in enumerate(given if listed else [given] if given else ()):
            steps = ("parameters", at) if listed else ("parameters",)
            if isinstance(each, str):
                yield Known(data=self._path(each), place=self._place(*steps))
            else:
                yield self._values(each, *steps)

    def _values(self, data: Mapping[str, Any], *steps: str | int) -> Mapping[str, Value]:
        return {name: value_of(each, self._place(*steps, name)) for name, each in data.items()}

    def _variables(self) -> Iterator[VariableFile | VariableData]:
        yield from (VariableFile(self._path(path)) for path in self.data.get("var_files", ()))
        for name, value in self.data.get("variables", {}).items():
            yield VariableData(name, value, self._place("variables", name))

    def _module_path(self, given: str) -> str:
        name, equals, folder = given.rpartition("=")
        return f"{name}{equals}{self._path(folder)}"
