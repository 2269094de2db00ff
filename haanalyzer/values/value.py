"""What an attribute holds: known, absent, a choice between branches, or unknown.

Every value carries the place it was written at, and the assumptions (defaults
of parameters or variables) it rests on. Values are immutable.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import NamedTuple

from haanalyzer.source.span import Span
from haanalyzer.values.terms import ItemOf, Symbol, Term, is_condition, same_term
from haanalyzer.values.truth import Truth, agreed, all_of

Scalar = str | bool | int | float


class Assumption(NamedTuple):
    """A default that was taken because the user passed nothing: ``MultiAZ = false``."""

    name: str
    value: str
    place: Span

    def __str__(self) -> str:
        return f"{self.name} = {self.value} (default)"


PAST_BUDGET = "(budget)"
"""Ends the reason of what is unknown only because evaluating it takes more than one analysis may."""


class Blocker(NamedTuple):
    """What would have to be known to decide: a term's text, where it is written, and why it is unknown.

    ``condition`` is given for a condition of which is not known whether it holds.
    """

    term: str
    place: Span
    reason: str
    condition: Term | None = None

    def __str__(self) -> str:
        return f"{self.term} ({self.reason}), {self.place}"


_NOTHING_ASSUMED: frozenset[Assumption] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Placed:
    place: Span
    assuming: frozenset[Assumption] = _NOTHING_ASSUMED


@dataclass(frozen=True, slots=True, kw_only=True)
class Known(_Placed):
    """A scalar that is the same in every deployment."""

    data: Scalar

    def __str__(self) -> str:
        return str(self.data).lower() if isinstance(self.data, bool) else str(self.data)


@dataclass(frozen=True, slots=True, kw_only=True)
class Absent(_Placed):
    """Not given: no such attribute, ``null``, or ``AWS::NoValue``."""

    def __str__(self) -> str:
        return "nothing"


@dataclass(frozen=True, slots=True, kw_only=True)
class ListValue(_Placed):
    """A list. ``open`` says why more elements may follow; None when the list is whole.

    The ``items`` of an open list are there for certain, in this order; that of a set
    means nothing where its items are unknown, and that of an ``unordered`` list (which
    such a set was made into) never does. ``rest`` tells what may follow from what may
    follow elsewhere for the same reason: where it is equal, so are the elements.
    """

    items: tuple[Value, ...]
    open: Blocker | None = None
    is_set: bool = False
    unordered: bool = False
    rest: Term | None = None

    def __str__(self) -> str:
        return f"[{', '.join(map(str, self.items))}{', …' if self.open else ''}]"


@dataclass(frozen=True, slots=True, kw_only=True)
class MapValue(_Placed):
    """A map or block. ``keys`` has the place of each key that was written out.

    ``open`` says why other entries may exist; None when the map is whole. ``rest``
    tells them from those that may exist elsewhere for the same reason.
    """

    entries: Mapping[str, Value]
    keys: Mapping[str, Span]
    open: Blocker | None = None
    rest: Term | None = None

    def get(self, key: str) -> Value:
        """The entry, Absent when there is none, Unknown when the map is open and lacks it."""
        found = self.entries.get(key)
        if found is not None:
            return found
        if self.open:
            return Unknown(
                term=ItemOf(self.rest, key) if self.rest else Symbol(f"{self.open.term}.{key}"),
                reason=self.open.reason,
                place=self.open.place,
                maybe_absent=True,
            )
        return Absent(place=self.place, assuming=self.assuming)

    def __str__(self) -> str:
        return f"{{{', '.join(f'{key} = {value}' for key, value in self.entries.items())}}}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice(_Placed):
    """One of two values, by a condition that is not known.

    Equal ``condition`` terms are true together, so two choices correlate.
    """

    condition: Term
    reason: str
    when_true: Value
    when_false: Value

    def __str__(self) -> str:
        return f"{self.condition} ? {self.when_true} : {self.when_false}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Unknown(_Placed):
    """A value that only the deployment knows. Equal terms are equal values.

    A reference to a declared resource is an Unknown whose term is an
    ``AttributeOf``. ``minimum`` is given for whole numbers that are known to be
    at least so large. ``maybe_absent`` is true when the value may also be null,
    ``many`` when it is surely a list.
    """

    term: Term
    reason: str
    minimum: int | None = None
    maybe_absent: bool = False
    many: bool = False

    def __str__(self) -> str:
        return str(self.term)


Value = Known | Absent | ListValue | MapValue | Choice | Unknown


def assume(value: Value, taken: Iterable[Assumption]) -> Value:
    """The same value, resting on these assumptions too."""
    more = value.assuming.union(taken)
    return value if more == value.assuming else replace(value, assuming=more)


def relocate(value: Value, place: Span) -> Value:
    """The same value, written at another place."""
    return value if value.place == place else replace(value, place=place)


def alternatives(value: Value, limit: int = 64) -> list[Value]:
    """Every value that is no choice which this one may turn out to be (at least one).

    Past ``limit`` branches the rest is left as one Unknown.
    """
    found: list[Value] = []
    stack = [value]
    while stack:
        current = stack.pop()
        if not isinstance(current, Choice):
            found.append(current)
        elif len(found) + len(stack) >= limit:
            found.append(Unknown(term=current.condition, reason=current.reason, place=current.place, maybe_absent=True))
        else:
            stack += (assume(current.when_false, current.assuming), assume(current.when_true, current.assuming))
    return found


def choices_in(value: Value) -> list[Choice]:
    """The choice that a value is, and those in its branches."""
    found: list[Choice] = []
    stack = [value]
    while stack:
        current = stack.pop()
        if isinstance(current, Choice):
            found.append(current)
            stack += (current.when_true, current.when_false)
    return found


def condition_of(choice: Choice) -> Unknown:
    """The condition of a choice, as the unknown truth it is."""
    return Unknown(term=choice.condition, reason=choice.reason, place=choice.place, assuming=choice.assuming)


def undecided_condition(choice: Choice) -> Blocker:
    """What keeps it from being known which value a choice is."""
    return Blocker(str(choice.condition), choice.place, choice.reason, choice.condition)


def assumptions(*values: Value) -> frozenset[Assumption]:
    """All assumptions that these values and what they contain rest on."""
    return frozenset(assumption for value in values for part in walk(value) for assumption in part.assuming)


def walk(value: Value) -> Iterator[Value]:
    """The value and everything inside it, in order of appearance."""
    ahead = [value]
    while ahead:
        current = ahead.pop()
        yield current
        ahead += reversed(parts_of(current))


def parts_of(value: Value) -> tuple[Value, ...]:
    """What is right inside a value."""
    match value:
        case ListValue(items=items):
            return items
        case MapValue(entries=entries):
            return tuple(entries.values())
        case Choice(when_true=when_true, when_false=when_false):
            return when_true, when_false
    return ()


def blockers(*values: Value) -> tuple[Blocker, ...]:
    """What is unknown in these values, in order of appearance, each once."""
    return tuple(dict.fromkeys(_blockers(values)))


def first_blocker(*values: Value) -> Blocker | None:
    """What is unknown in these values and appears first."""
    return next(_blockers(values), None)


def _blockers(values: Iterable[Value]) -> Iterator[Blocker]:
    for value in values:
        for part in walk(value):
            match part:
                case Unknown(term=term, place=place, reason=reason):
                    yield Blocker(str(term), place, reason, term if is_condition(term) else None)
                case Choice():
                    yield undecided_condition(part)
                case ListValue(open=Blocker() as blocker) | MapValue(open=Blocker() as blocker):
                    yield blocker
                case _:
                    pass


def same(left: Value, right: Value) -> Truth:
    """Whether two values are equal in every deployment, in none, or perhaps.

    Choices on one condition are compared branch by branch.
    """
    if isinstance(left, Choice) and isinstance(right, Choice) and left.condition == right.condition:
        return agreed((same(left.when_true, right.when_true), same(left.when_false, right.when_false)))
    if isinstance(left, Choice):
        return agreed((same(left.when_true, right), same(left.when_false, right)))
    if isinstance(right, Choice):
        return same(right, left)
    match left, right:
        case Known(data=mine), Known(data=other):
            return Truth.of((type(mine) is type(other) and mine == other) or _text(mine) == _text(other))
        case Absent(), Absent():
            return Truth.YES
        case ListValue(open=None), ListValue(open=None):
            return _same_lists(left, right)
        case (Absent(), Known() | ListValue() | MapValue()) | (Known() | ListValue() | MapValue(), Absent()):
            return Truth.NO
        case Unknown(term=term), Unknown(term=other_term):
            truth = same_term(term, other_term)
            return Truth.MAYBE if truth is Truth.NO and left.maybe_absent and right.maybe_absent else truth
        case (Unknown(term=term), Known(data=str(text))) | (Known(data=str(text)), Unknown(term=term)):
            return same_term(term, text)
    return Truth.MAYBE


def identity_of(value: Value) -> Term | str | None:
    """What equal values have in common, where one of them tells it: their text or term."""
    match value:
        case Known():
            return _text(value.data)
        case Unknown(term=term):
            return term
        case _:
            return None


def _same_lists(left: ListValue, right: ListValue) -> Truth:
    """Element by element; the order of a set says nothing, and neither does its written length."""
    if left.unordered or right.unordered:
        return Truth.MAYBE
    alike = len(left.items) == len(right.items)
    truth = all_of(same(one, two) for one, two in zip(left.items, right.items, strict=True)) if alike else Truth.NO
    return truth | Truth.MAYBE if left.is_set or right.is_set else truth


def _text(data: Scalar) -> str:
    return str(data).lower() if isinstance(data, bool) else str(data)
