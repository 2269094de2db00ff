"""``templatefile`` and ``templatestring``: a text of its own, which sees the given variables only."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from haanalyzer.frontends.terraform.evaluation.choices import together
from haanalyzer.frontends.terraform.evaluation.scalars import to_text
from haanalyzer.frontends.terraform.evaluation.scope import NoNames, Scope
from haanalyzer.frontends.terraform.evaluation.symbolic import EvaluationError, opaque
from haanalyzer.frontends.terraform.functions.files import read_text
from haanalyzer.frontends.terraform.parsing import syntax
from haanalyzer.frontends.terraform.parsing.expressions import parse_template
from haanalyzer.source.document import Document
from haanalyzer.source.span import Span
from haanalyzer.values import Known, MapValue, Unknown, Value, assume, relocate

Evaluate = Callable[[syntax.Expression, Scope], Value]

TEMPLATE_CALLS = frozenset({"templatefile", "templatestring"})


class _Computed(Document):
    """A text that stands in no file: all of it is where it was computed."""

    def __init__(self, text: str, place: Span) -> None:
        super().__init__(place.path, text)
        self._place = place

    def span(self, start: int, end: int) -> Span:  # noqa: ARG002
        return self._place


def call_template(name: str, arguments: Sequence[Value], place: Span, scope: Scope, evaluate: Evaluate) -> Value:
    """The text that a template makes of its variables. Raises EvaluationError where Terraform would.

    A file that cannot be read may yet be made before the deployment: the text is unknown then.
    """
    if isinstance(scope.module, NoNames):
        raise EvaluationError(f"{name} cannot be called here")
    if len(arguments) != 2:
        raise EvaluationError(f"{name} takes a template and a map of variables")
    call = _Call(name, place, scope, evaluate)
    return together(arguments, lambda values: call.render(*values), keep_failures=scope.trying)


@dataclass(frozen=True, slots=True)
class _Call:
    name: str
    place: Span
    scope: Scope
    evaluate: Evaluate

    def render(self, given: Value, variables: Value) -> Value:
        """One branch: neither argument is a choice."""
        if not isinstance(given, Known | Unknown):
            raise EvaluationError(f"the first argument of {self.name} is a string")
        if not isinstance(variables, MapValue | Unknown):
            raise EvaluationError(f"the variables of {self.name} are a map")
        unknown = opaque(self.name, (given, variables), self.place, maybe_absent=True)
        if isinstance(given, Unknown):
            return unknown
        document = self._document(to_text(given.data))
        if isinstance(document, str):
            return replace(unknown, reason=document)
        template = parse_template(document.text)
        if not isinstance(template, syntax.Literal) and (isinstance(variables, Unknown) or variables.open):
            return unknown
        rendered = self.evaluate(template, self._inside(document, variables))
        taken = given.assuming | variables.assuming
        return assume(relocate(rendered, self.place) if isinstance(rendered, Known) else rendered, taken)

    def _document(self, given: str) -> Document | str:
        if self.name == "templatestring":
            return _Computed(given, self.place)
        return read_text(self.scope.context, given)

    def _inside(self, document: Document, variables: Value) -> Scope:
        outer = self.scope.module
        module = NoNames(outer.context, outer.address, outer.registry, "a template sees its own variables only")
        names = variables.entries if isinstance(variables, MapValue) else {}
        return Scope(module, document, names=names, trying=self.scope.trying)
