"""One Terragrunt configuration: its locals, and what else it says, evaluated when asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cached_property
from typing import NamedTuple

from haanalyzer.frontends.terraform.evaluation.attributes import BlockAttributes, value_of
from haanalyzer.frontends.terraform.evaluation.registry import Registry
from haanalyzer.frontends.terraform.evaluation.scope import Scope
from haanalyzer.frontends.terraform.evaluation.symbolic import EvaluationError
from haanalyzer.frontends.terraform.functions.request import FunctionContext, Implementation, Request
from haanalyzer.frontends.terraform.parsing.structure import parse_body
from haanalyzer.frontends.terraform.parsing.syntax import AttributeSyntax, BlockSyntax
from haanalyzer.frontends.terraform.terragrunt.paths import Place
from haanalyzer.source.diagnostic import Diagnostic
from haanalyzer.source.document import Document
from haanalyzer.source.files import Files, join
from haanalyzer.source.span import Span
from haanalyzer.values import Known, MapValue, Symbol, Unknown, Value


class Others(NamedTuple):
    """The other units: ``outputs`` gives those of a folder's, for the place that asks, None where they are not known.

    What these values stand for is in the registry.
    """

    outputs: Callable[[str, Span], Value | None]
    registry: Registry


ALONE = Others(lambda _folder, _place: None, Registry())

_MOST_READ = 8


class Configuration:
    """A file as it is evaluated in a unit's folder, as the unit's own or as one that it includes.

    As what expressions refer to, it knows ``local``, ``dependency`` and ``include``. ``above`` are the paths
    of those through which it is read by a function.
    """

    def __init__(
        self,
        path: str,
        folder: str,
        files: Files,
        others: Others,
        *,
        is_included: bool = False,
        above: tuple[str, ...] = (),
    ) -> None:
        self.path = path
        self.registry = others.registry
        self.place = Place(files, folder, self.included)
        self.context = FunctionContext(files, folder, more=self._functions)
        self._others = others
        self._is_included = is_included
        self._above = (*above, path)
        self.read: list[Configuration] = []
        self._values: dict[str, Value] = {}
        self._dependencies: dict[str, Value] = {}

    @property
    def address(self) -> str:
        """No two configurations of a unit are instances of one."""
        return self.path

    @cached_property
    def document(self) -> Document | Diagnostic:
        return self.context.files.read(self.path)

    @property
    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """What could not be read."""
        document = self.document
        return (document,) if isinstance(document, Diagnostic) else tuple(document.once(parse_body)[1])

    def blocks(self, type_: str) -> Iterator[BlockSyntax]:
        """The blocks of a type, in the order written."""
        if isinstance(self.document, Document):
            yield from self.document.once(parse_body)[0].blocks_of(type_)

    def attribute(self, name: str) -> Value | None:
        """What is written at the top; None where nothing is."""
        if isinstance(self.document, Diagnostic):
            return None
        found = self.document.once(parse_body)[0].attributes.get(name)
        return self.value(found) if found else None

    def value(self, attribute: AttributeSyntax) -> Value:
        """The value of an attribute that is written here."""
        return value_of(attribute, Scope(self, attribute.document))

    def settings(self, block: BlockSyntax) -> BlockAttributes:
        """The attributes of a block."""
        return BlockAttributes(block.body, Scope(self, block.document))

    def included(self, name: str) -> str | None:
        """The path of what an ``include`` block names, the first one's where no name is given; None if not known.

        In an included configuration, that is its own.
        """
        if self._is_included:
            return self.path
        for block in self.blocks("include"):
            if not name or block.labels == (name,):
                match self.settings(block).get("path"):
                    case Known(data=str(path)):
                        return self.place.path(path)
                break
        return None

    def reference(self, root: str, name: str, place: Span) -> Value:
        """``local.x``, ``dependency.x`` or ``include.x``. Raises EvaluationError for what only Terragrunt knows."""
        if root == "local" and name in self._locals:
            return self._local(name, place)
        if root == "dependency" and name in self._configured:
            return self._dependency(name, place)
        if root == "include" and (found := self._exposed(name, place)) is not None:
            return found
        raise EvaluationError(f"{root}.{name} is known to Terragrunt only")

    def data(self, type_: str, name: str, place: Span) -> Value:
        """There are no data sources."""
        return self.reference(f"data.{type_}", name, place)

    def locals(self, place: Span) -> MapValue:
        """All locals, as one value."""
        return MapValue(entries={name: self._local(name, place) for name in self._locals}, keys={}, place=place)

    @cached_property
    def _locals(self) -> dict[str, AttributeSyntax]:
        return {name: found for block in self.blocks("locals") for name, found in block.body.attributes.items()}

    @cached_property
    def _configured(self) -> dict[str, BlockSyntax]:
        return {block.labels[0]: block for block in self.blocks("dependency") if len(block.labels) == 1}

    def _local(self, name: str, place: Span) -> Value:
        if name not in self._values:
            term = Symbol(f"local.{name} of {self.path}")
            self._values[name] = Unknown(term=term, reason="refers to itself", place=place, maybe_absent=True)
            self._values[name] = self.value(self._locals[name])
        return self._values[name]

    def _dependency(self, name: str, place: Span) -> Value:
        """What another unit puts out; unknown where that unit is not read."""
        if name not in self._dependencies:
            block = self._configured[name]
            path = self.settings(block).get("config_path")
            found = self._others.outputs(self.place.path(str(path)), place) if isinstance(path, Known) else None
            self._dependencies[name] = found or Unknown(
                term=Symbol(f"dependency.{name}.outputs of {self.path}"),
                reason="put out by another unit",
                place=block.header_span,
            )
        entries = {"outputs": self._dependencies[name]}
        return MapValue(entries=entries, keys={}, place=place)

    def _exposed(self, name: str, place: Span) -> Value | None:
        """What an included configuration says; of the only one without a name, ``name`` is a part of that."""
        named = any(block.labels == (name,) for block in self.blocks("include"))
        path = None if self._is_included else self.included(name if named else "")
        if path is None or not self.context.files.is_file(path):
            return None
        whole = self._said_by(path, self.place.folder, place, is_included=True)
        return whole if named else whole.entries.get(name)

    def _said_by(self, path: str, folder: str, place: Span, *, is_included: bool) -> MapValue:
        """The locals and inputs of another configuration."""
        files, above = self.context.files, self._above
        other = Configuration(path, folder, files, self._others, is_included=is_included, above=above)
        self.read.append(other)
        nothing = MapValue(entries={}, keys={}, place=place)
        entries = {"locals": other.locals(place), "inputs": other.attribute("inputs") or nothing}
        return MapValue(entries=entries, keys={}, place=place)

    @property
    def _functions(self) -> dict[str, Implementation]:
        return {**self.place.functions, "read_terragrunt_config": self._read}

    def _read(self, request: Request) -> Value:
        """Another configuration's locals and inputs, evaluated in its own folder."""
        match request.arguments:
            case (Known(data=str(written)), *_) if len(self._above) < _MOST_READ:
                path = self.place.path(written)
            case _:
                return request.unknown()
        if path in self._above or not self.context.files.is_file(path):
            return request.unknown()
        return self._said_by(path, join(path, ".."), request.place, is_included=False)
