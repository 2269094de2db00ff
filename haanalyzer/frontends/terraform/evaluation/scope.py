"""Where an expression stands: its document, the names it sees, and what holds those names."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Protocol

from haanalyzer.frontends.terraform.evaluation.evaluations import Evaluations
from haanalyzer.frontends.terraform.evaluation.registry import Registry
from haanalyzer.frontends.terraform.evaluation.symbolic import EvaluationError, term_of
from haanalyzer.frontends.terraform.functions.request import FunctionContext
from haanalyzer.source.document import Document
from haanalyzer.source.span import Span
from haanalyzer.values import Call, MapValue, Symbol, Term, Value


class Names(Protocol):
    """What a module gives its expressions to refer to."""

    @property
    def address(self) -> str: ...

    @property
    def registry(self) -> Registry: ...

    @property
    def context(self) -> FunctionContext: ...

    def reference(self, root: str, name: str, place: Span) -> Value:
        """``root.name``: ``var.x``, ``local.x``, ``module.x``, ``path.x``, or a resource. Raises EvaluationError."""

    def data(self, type_: str, name: str, place: Span) -> Value:
        """``data.type.name``. Raises EvaluationError."""


@dataclass(frozen=True, slots=True)
class NoNames:
    """What a text refers to that sees nothing of a module. ``why`` says so in an error."""

    context: FunctionContext
    address: str = ""
    registry: Registry = field(default_factory=Registry)
    why: str = "a variable file refers to nothing"

    def reference(self, root: str, name: str, place: Span) -> Value:
        raise EvaluationError(f"{place}: {root}.{name} is no value here: {self.why}")

    def data(self, type_: str, name: str, place: Span) -> Value:
        return self.reference(f"data.{type_}", name, place)


@dataclass(frozen=True, slots=True)
class Scope:
    """Everything an expression needs besides itself.

    ``offset`` is where the expression's text starts in ``document``. ``names`` are
    those that only it sees: ``each``, ``count``, a dynamic block's iterator, the
    names of a for expression. ``trying`` is true inside ``try`` and ``can``.
    """

    module: Names
    document: Document
    offset: int = 0
    names: Mapping[str, Value] = field(default_factory=dict)
    trying: bool = False

    @property
    def context(self) -> FunctionContext:
        """What a function call here needs to know."""
        context = self.module.context
        return context if context.trying is self.trying else replace(context, trying=self.trying)

    @property
    def evaluations(self) -> Evaluations:
        """What counts the steps of evaluating here."""
        return self.module.context.evaluations

    def at(self, document: Document, offset: int) -> Scope:
        return Scope(self.module, document, offset, self.names, self.trying)

    def naming(self, names: Mapping[str, Value]) -> Scope:
        if not names:
            return self
        return Scope(self.module, self.document, self.offset, {**self.names, **names}, self.trying)

    def attempt(self) -> Scope:
        return self if self.trying else Scope(self.module, self.document, self.offset, self.names, trying=True)

    def own_term(self, name: str, start: int = 0) -> Term:
        """A term for what stands here: another one in each instance of the resource and of the module."""
        line, column = self.document.position(self.offset + start)
        text = f"{name} at {self.document.path}:{line}:{column}"
        values = [part for value in self.names.values() for part in _parts(value)]
        instance = (*([self.module.address] if self.module.address else []), *map(term_of, values))
        return Call(text, instance) if instance else Symbol(text)

    def span(self, start: int, end: int) -> Span:
        return self.document.span(self.offset + start, self.offset + end)


def _parts(value: Value) -> Iterable[Value]:
    return value.entries.values() if isinstance(value, MapValue) else (value,)
