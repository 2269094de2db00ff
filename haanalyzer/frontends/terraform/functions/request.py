"""What a function is asked, and how plain functions become functions over values."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from haanalyzer.frontends.terraform.evaluation.choices import each_branch
from haanalyzer.frontends.terraform.evaluation.evaluations import Evaluations
from haanalyzer.frontends.terraform.evaluation.scalars import to_number, to_text
from haanalyzer.frontends.terraform.evaluation.symbolic import (
    EvaluationError,
    NotPlainError,
    blocker_of,
    opaque,
    plain,
    rewrite,
    value_of,
)
from haanalyzer.frontends.terraform.functions import zones
from haanalyzer.source.files import Files
from haanalyzer.source.span import Span
from haanalyzer.values import (
    Assumption,
    Blocker,
    Choice,
    ItemOf,
    Known,
    ListValue,
    MapValue,
    Term,
    Unknown,
    Value,
    assume,
    assumptions,
    walk,
)

_MOST_CONDITIONS = 4


@dataclass(frozen=True, slots=True)
class FunctionContext:
    """Where functions read files: paths are relative to ``folder``.

    ``trying`` says that a surrounding ``try`` or ``can`` would catch a failure, so
    that a branch on which a function fails is kept for it. ``hides_secrets`` makes what
    is marked as sensitive unknown. ``evaluations`` counts the steps. ``more`` are functions beyond Terraform's.
    """

    files: Files
    folder: str
    trying: bool = True
    hides_secrets: bool = False
    evaluations: Evaluations = field(default_factory=Evaluations)
    more: Mapping[str, Callable[[Request], Value]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Request:
    """One call: the function's name, its arguments, and the place of the call."""

    name: str
    arguments: tuple[Value, ...]
    place: Span
    context: FunctionContext

    def known(self, data: Any) -> Value:
        """The result of arguments that are known through and through."""
        return value_of(data, self.place, assumptions(*self.arguments))

    def decided(self, data: Any, *by: Value) -> Value:
        """A known result that rests on these values only."""
        return value_of(data, self.place, assumptions(*by))

    def unknown(self, *, minimum: int | None = None, maybe_absent: bool = False) -> Unknown:
        return opaque(self.name, self.arguments, self.place, minimum=minimum, maybe_absent=maybe_absent)

    def unknown_list(self, size: int, *, maybe_absent: bool = True) -> ListValue:
        """A list of so many elements of which nothing else is known."""
        whole = self.unknown(maybe_absent=maybe_absent)
        return self.list(replace(whole, term=ItemOf(whole.term, index)) for index in range(size))

    def list(self, items: Iterable[Value], more: Blocker | None = None) -> ListValue:
        """The items as they are; the list rests on what the arguments' own existence rests on."""
        return ListValue(items=tuple(items), open=more, rest=self._rest(more), place=self.place, assuming=self.shallow)

    def map(self, entries: dict[str, Value], keys: dict[str, Span], more: Blocker | None = None) -> MapValue:
        return MapValue(
            entries=entries, keys=keys, open=more, rest=self._rest(more), place=self.place, assuming=self.shallow
        )

    def _rest(self, more: Blocker | None) -> Term | None:
        """What tells the elements that may follow from those of any other collection."""
        return self.unknown().term if more else None

    def element(self, item: Value) -> Value:
        """An element passed on, resting on the choice of it too."""
        return assume(item, self.shallow)

    def charge(self, steps: int) -> None:
        """Account for what takes longer than a look at the arguments. Raises BudgetError past the limit."""
        self.context.evaluations.charge(steps)

    def more(self) -> Blocker:
        """What leaves the result open."""
        return blocker_of(self.unknown())

    @property
    def may_fail(self) -> bool:
        """Whether a surrounding ``try`` asks for a failure: then an argument that passes unseen is another term."""
        return self.context.trying

    @property
    def shallow(self) -> frozenset[Assumption]:
        return frozenset().union(*(argument.assuming for argument in self.arguments))


Implementation = Callable[[Request], Value]
Parameter = Callable[[Any], Any]
"""Converts plain data to what a function takes. Raises `EvaluationError`."""


def text(data: Any) -> str:
    return to_text(data)


def number(data: Any) -> int | float:
    return to_number(data)


def whole(data: Any) -> int:
    found = to_number(data)
    if isinstance(found, float):
        raise EvaluationError(f"a whole number is required, not {found}")
    return found


def anything(data: Any) -> Any:
    return data


def texts(data: Any) -> list[str]:
    return [text(item) for item in listed(data)]


def listed(data: Any) -> list[Any]:
    if not isinstance(data, list):
        raise EvaluationError("a list is required")
    return data


def mapped(data: Any) -> dict[str, Any]:
    if not isinstance(data, dict):
        raise EvaluationError("a map is required")
    return data


def on_data(
    function: Callable[..., Any],
    *parameters: Parameter,
    optional: Sequence[Parameter] = (),
    rest: Parameter | None = None,
) -> Implementation:
    """A function of plain data as one over values.

    ``optional`` parameters may be left out; ``rest`` takes any further ones. Choices
    inside collections are told apart; an unknown zone name is tried with every name
    that it may be; anything else unknown leaves the result unknown.
    """

    def apply(arguments: Sequence[Any]) -> Any:
        takes = [*parameters, *optional]
        takes += [rest] * (len(arguments) - len(takes)) if rest else []
        if not len(parameters) <= len(arguments) <= len(takes):
            raise EvaluationError(f"the function takes {len(parameters)} arguments, {len(arguments)} are given")
        try:
            return function(*(take(argument) for take, argument in zip(takes, arguments, strict=False)))
        except (ValueError, OverflowError, ArithmeticError, RecursionError) as error:
            raise EvaluationError(str(error) or "not a suitable argument") from None

    def implementation(request: Request) -> Value:
        try:
            return request.known(apply([plain(argument) for argument in request.arguments]))
        except NotPlainError:
            return zones.by_witness(request.arguments, apply, request.unknown(), request.place) or request.unknown()

    return in_branches(implementation)


def in_branches(implementation: Implementation) -> Implementation:
    """Tell choices inside lists and maps apart too."""

    def branching(request: Request) -> Value:
        choices = [part for argument in request.arguments for part in walk(argument) if isinstance(part, Choice)]
        if not choices:
            return implementation(request)
        if len({choice.condition for choice in choices}) > _MOST_CONDITIONS:
            return request.unknown(maybe_absent=True)
        first = choices[0]

        def suppose(holds: Value) -> Value:
            truth = isinstance(holds, Known) and holds.data is True

            def decide(part: Value) -> Value:
                while isinstance(part, Choice) and part.condition == first.condition:
                    part = assume(part.when_true if truth else part.when_false, part.assuming)
                return part

            supposed = tuple(rewrite(argument, decide) for argument in request.arguments)
            return branching(replace(request, arguments=supposed))

        yes, no = Known(data=True, place=first.place), Known(data=False, place=first.place)
        return each_branch(replace(first, when_true=yes, when_false=no), suppose, keep_failures=request.context.trying)

    return branching
