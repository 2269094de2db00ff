"""A Terragrunt unit: which module it deploys, what it passes to it, and what it writes beside it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cached_property

from haanalyzer.frontends.terraform.parsing.syntax import BlockSyntax
from haanalyzer.frontends.terraform.states.stores import Store, store_of
from haanalyzer.frontends.terraform.terragrunt.arguments import ExtraArguments, extra_arguments
from haanalyzer.frontends.terraform.terragrunt.configuration import ALONE, Configuration, Others
from haanalyzer.source.configuration_files import TERRAGRUNT
from haanalyzer.source.diagnostic import Diagnostic
from haanalyzer.source.document import Document, StandIn
from haanalyzer.source.files import Files, join
from haanalyzer.source.references import is_only_included, local_folder
from haanalyzer.source.span import Span, start_of
from haanalyzer.values import Known, ListValue, MapValue, Symbol, Unknown, Value, blockers

_NOT_MERGED = "no_merge"


class Unit:
    """The unit of a folder. ``others`` tells what other units put out."""

    def __init__(self, folder: str, files: Files, others: Others) -> None:
        self.folder = folder
        self._files = files
        self._others = others
        self._own = Configuration(join(folder, TERRAGRUNT), folder, files, others)

    @property
    def paths(self) -> list[str]:
        """What was read for it, the files beside it included that are copied into its module."""
        copied = (each.path for each in self.generated.values() if not isinstance(each, StandIn))
        return list(dict.fromkeys((*(each.path for each in self._every()), *copied)))

    @property
    def diagnostics(self) -> list[Diagnostic]:
        """What could not be read of it, and in one note what is out of reach."""
        found = [diagnostic for each in self._every() for diagnostic in each.diagnostics]
        missing = [f"`include` {name or 'of no name'} names no file that is found" for name in self._not_included]
        if self.source is not None and self.module is None:
            why = f", {self.source}, is not on disk" if isinstance(self.source, Known) else " is not known"
            missing.insert(0, f"its source{why}: what that declares is missing")
        if missing:
            message = f"this unit is read in part: {'; '.join(missing)}"
            found.append(Diagnostic(start_of(self._own.path), "terragrunt-unit", message, is_error=False))
        return found

    @cached_property
    def source(self) -> Value | None:
        """Where its module comes from; None where that is the unit's own folder."""
        for configuration in self._configurations:
            for block in configuration.blocks("terraform"):
                found = configuration.settings(block).get("source")
                if found is not None:
                    return found
        return None

    @cached_property
    def module(self) -> str | None:
        """The folder of its module; None where that is not on disk."""
        if self.source is None:
            return self.folder
        if not isinstance(self.source, Known):
            return None
        path, _, below = re.sub(r"(?<=[^:/])//", "\0", str(self.source)).partition("\0")
        found = local_folder(path)
        folder = join(self.folder, join(found, below or ".")) if found else None
        return folder if folder and self._files.is_folder(folder) else None

    def passed(self, name: str, place: Span) -> Value | None:
        """What it passes in the environment for a variable; None when surely nothing."""
        extra = self.extra_arguments
        if name in extra.environment or extra.unknown:
            return self._unknown(name, place, extra.unknown or "set by env_vars of extra_arguments")
        for position, inputs in enumerate(self._inputs):
            match inputs:
                case MapValue(entries=entries) if name in entries:
                    found, others = entries[name], self._inputs[position + 1 :]
                    merged = self._merges_deeply and isinstance(found, MapValue | ListValue)
                    if merged and any(_may_have(name, other) for other in others):
                        return self._unknown(name, place, "merged with what is included")
                    return found
                case MapValue(open=None):
                    continue
                case _:
                    unknown = blockers(inputs)
                    return self._unknown(name, place, unknown[0].reason if unknown else "not known")
        return self._unknown(name, place, "may be passed by what is included") if self._not_included else None

    @cached_property
    def generated(self) -> Mapping[str, Document]:
        """The files that it writes into its module's folder, as far as their text is known, and those beside it."""
        found: dict[str, Document] = {}
        if self.source is not None:
            for name in self._files.file_names_in(self.folder):
                document = self._files.read(join(self.folder, name))
                if isinstance(document, Document):
                    found[name] = document
        for configuration in reversed(self._configurations):
            for block in configuration.blocks("generate"):
                settings = configuration.settings(block)
                match settings.get("path"), settings.get("contents"):
                    case Known(data=str(name)), Known(data=str(text)) if self._writes(settings, name, found):
                        found[name] = StandIn(name, text, block.header_span.first_line())
        return found

    def _writes(self, settings: Mapping[str, Value], name: str, found: Mapping[str, Document]) -> bool:
        """Whether a ``generate`` block writes its file, which it may be told not to, or only where there is none."""
        if str(settings.get("disable")) == "true":
            return False
        if str(settings.get("if_exists")) != "skip":
            return True
        return name not in found and not (self.module and self._files.is_file(join(self.module, name)))

    @cached_property
    def extra_arguments(self) -> ExtraArguments:
        """The variables that it sets on Terraform's command line."""
        return extra_arguments(self._configurations)

    @cached_property
    def store(self) -> Store | None:
        """Where its ``remote_state`` block says that the state is kept; None where none says so, or it is not told."""
        for configuration in self._configurations:
            for block in configuration.blocks("remote_state"):
                settings = configuration.settings(block)
                match settings.get("backend"), settings.get("config"):
                    case Known(data=str(backend)), MapValue(entries=entries, open=None):
                        return store_of(backend, entries, self.folder)
                return None
        return None

    @cached_property
    def keeps_state(self) -> bool:
        """Whether anything in it says where the state is kept."""
        return any(True for each in self._configurations for _ in each.blocks("remote_state"))

    def _unknown(self, name: str, place: Span, reason: str) -> Unknown:
        return Unknown(term=Symbol(f"var.{name} of {self.folder}"), reason=reason, place=place, maybe_absent=True)

    @cached_property
    def _inputs(self) -> list[Value]:
        """The inputs, the unit's own first."""
        found = (each.attribute("inputs") for each in self._configurations)
        return [inputs for inputs in found if inputs is not None]

    @property
    def _merges_deeply(self) -> bool:
        return any(strategy == "deep" for _, strategy in self._included)

    @cached_property
    def _included(self) -> list[tuple[Configuration, str]]:
        """The configurations that are included, the last first, and how each is merged."""
        found = []
        for block, path in self._includes():
            if path is not None and self._files.is_file(path):
                strategy = self._own.settings(block).get("merge_strategy")
                included = Configuration(path, self.folder, self._files, self._others, is_included=True)
                found.append((included, str(strategy) if strategy is not None else "shallow"))
        return found[::-1]

    @cached_property
    def _not_included(self) -> list[str]:
        """The names of the blocks that include what is not found."""
        includes = self._includes()
        return ["".join(block.labels) for block, path in includes if path is None or not self._files.is_file(path)]

    def _includes(self) -> Iterator[tuple[BlockSyntax, str | None]]:
        for block in self._own.blocks("include"):
            yield block, self._own.included("".join(block.labels))

    @property
    def _configurations(self) -> list[Configuration]:
        """What says anything of the unit, the first of which wins."""
        merged = (each for each, strategy in self._included if strategy != _NOT_MERGED)
        return [self._own, *merged]

    def _every(self) -> Iterator[Configuration]:
        pending = [self._own, *(each for each, _ in self._included)]
        while pending:
            each = pending.pop(0)
            yield each
            pending += each.read


def _may_have(name: str, inputs: Value) -> bool:
    """Whether these inputs may pass something for a variable."""
    return not isinstance(inputs, MapValue) or inputs.open is not None or name in inputs.entries


def unit_at(folder: str, files: Files, others: Others = ALONE) -> Unit | None:
    """The unit of a folder; None where there is none, or what there is is for others to include."""
    path = join(folder, TERRAGRUNT)
    document = files.read(path) if files.is_file(path) else None
    if document is None or (isinstance(document, Document) and is_only_included(document.text)):
        return None
    return Unit(folder, files, others)
