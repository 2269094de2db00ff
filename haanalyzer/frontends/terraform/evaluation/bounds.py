"""How much of a root is evaluated, and keeps values and terms of a size that can be walked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import NamedTuple

from haanalyzer.values import (
    PAST_BUDGET,
    Blocker,
    Choice,
    ItemOf,
    Known,
    ListValue,
    MapValue,
    Symbol,
    Term,
    Unknown,
    Value,
    parts_of,
)


@dataclass(frozen=True, slots=True)
class Limits:
    """What one root may take. A step is the evaluation of one node of an expression, or a look at a few values.

    ``instances`` are those of resources, data sources and modules that are told apart: of one block, and of all
    blocks but for what the root itself writes out one by one. ``modules`` are the instances of modules that are
    looked into.
    """

    steps_of_a_value: int
    steps_of_a_root: int
    instances_of_a_block: int
    instances_of_a_root: int
    modules: int


WHOLE = Limits(
    steps_of_a_value=50_000,
    steps_of_a_root=400_000,
    instances_of_a_block=10_000,
    instances_of_a_root=10_000,
    modules=2_000,
)
"""Of the large public roots that were measured, the largest takes 270,000 steps, and the largest value 16,000."""

OUTLINE = Limits(steps_of_a_value=200, steps_of_a_root=0, instances_of_a_block=0, instances_of_a_root=0, modules=0)
"""For a root that is past these: what it writes out itself. That takes time by its length, so no sum can be passed."""

MOST_PARTS = 50_000
LONGEST_TEXT = 1_000_000
LARGEST_NUMBER = 1 << 4096
LARGEST_TERM = 48
LONGEST_NAME = 200
DEEPEST = 60

_WORTH_KEEPING = 16
_PARTS_OF_A_STEP = 8
_CHARACTERS_OF_A_STEP = 32


class BudgetError(Exception):
    """Evaluating this takes more than one analysis may. No fault of the configuration, so no ``try`` catches it."""

    def __init__(self, reason: str) -> None:
        super().__init__(f"{reason} {PAST_BUDGET}")


class Size(NamedTuple):
    """What there is in a list, a map or a choice: values, at any depth, characters in them, and levels of nesting."""

    parts: int
    characters: int
    depth: int


class Sizes:
    """The sizes of the larger values that were looked at before: many others are made of them."""

    def __init__(self) -> None:
        self._known: dict[int, tuple[Value, Size]] = {}

    def of(self, value: Value) -> Size | None:
        """The size of this very value, where it was looked at."""
        found = self._known.get(id(value))
        return found[1] if found else None

    def keep(self, value: Value, size: Size) -> None:
        """Note the size of a bounded value."""
        if size.parts >= _WORTH_KEEPING:
            self._known[id(value)] = value, size


def weight(values: Iterable[Value], most: int, sizes: Sizes) -> int:
    """The steps that a look at everything in these values counts for; a little more than ``most`` where it is more."""
    found = list(values)
    parts, characters = len(found), 0
    while found and parts // _PARTS_OF_A_STEP + characters // _CHARACTERS_OF_A_STEP <= most:
        value = found.pop()
        if isinstance(value, Known):
            characters += len(value.data) if isinstance(value.data, str) else 0
        elif isinstance(value, ListValue | MapValue | Choice):
            if size := sizes.of(value):
                parts += size.parts
                characters += size.characters
                continue
            inside = parts_of(value)
            parts += len(inside)
            found += inside
    return parts // _PARTS_OF_A_STEP + characters // _CHARACTERS_OF_A_STEP


def require_text(length: int) -> None:
    """Raises BudgetError for a text that is to become too long."""
    if length > LONGEST_TEXT:
        raise BudgetError(f"a text of more than {LONGEST_TEXT:,} characters")


def bounded(value: Value, sizes: Sizes) -> Value:
    """The same value with every large term in it abbreviated; equal terms stay equal.

    Raises BudgetError for a value that is too large to be looked at.
    """
    return _Bounding(sizes).value(value)


class _Bounding:
    """One walk; where it has come to, ``_parts``, ``_characters`` and ``_deepest`` are what it has met so far."""

    def __init__(self, sizes: Sizes) -> None:
        self._sizes = sizes
        self._parts = 0
        self._characters = 0
        self._depth = 0
        self._deepest = 0
        self._containers: dict[int, Term] = {}

    def value(self, value: Value) -> Value:
        """The value with what is in it."""
        match value:
            case Known(data=str(text)):
                self._characters += len(text)
                require_text(len(text))
            case Known(data=int(number)) if abs(number) > LARGEST_NUMBER:
                raise BudgetError("a number of more than a thousand digits")
            case Unknown(term=term):
                short = self._term(term)
                return value if short is term else replace(value, term=short)
            case ListValue() | MapValue() | Choice():
                size = self._sizes.of(value)
                if size is None:
                    return self._measured(value)
                self._parts += size.parts
                self._characters += size.characters
                self._reach(self._depth + size.depth)
        return value

    def _measured(self, value: ListValue | MapValue | Choice) -> Value:
        """A value with others in it. A depth that is passed is passed for good."""
        parts, characters, deepest = self._parts, self._characters, self._deepest
        self._depth += 1
        self._deepest = 0
        self._parts += len(parts_of(value))
        self._reach(self._depth)
        found = self._with_parts(value)
        self._depth -= 1
        size = Size(self._parts - parts, self._characters - characters, self._deepest - self._depth)
        self._sizes.keep(found, size)
        self._deepest = max(self._deepest, deepest)
        return found

    def _reach(self, depth: int) -> None:
        if self._parts > MOST_PARTS:
            raise BudgetError(f"more than {MOST_PARTS:,} values in one")
        if depth > DEEPEST:
            raise BudgetError(f"values nested more than {DEEPEST} deep")
        self._deepest = max(self._deepest, depth)

    def _term(self, term: Term) -> Term:
        return _bounded_term(term, self._containers)

    def _with_parts(self, value: ListValue | MapValue | Choice) -> Value:
        match value:
            case ListValue(items=items, open=more, rest=rest):
                parts = tuple(map(self.value, items))
                known_by, known_as = _bounded_blocker(more), rest and bounded_term(rest)
                unchanged = known_by is more and known_as is rest and all(map(_is, parts, items))
                return value if unchanged else replace(value, items=parts, open=known_by, rest=known_as)
            case MapValue(entries=entries, open=more, rest=rest):
                named = {key: self.value(entry) for key, entry in entries.items()}
                known_by, known_as = _bounded_blocker(more), rest and bounded_term(rest)
                unchanged = known_by is more and known_as is rest and all(map(_is, named.values(), entries.values()))
                return value if unchanged else replace(value, entries=named, open=known_by, rest=known_as)
            case Choice(condition=condition, when_true=when_true, when_false=when_false):
                branches = self.value(when_true), self.value(when_false)
                short = self._term(condition)
                if short is condition and branches[0] is when_true and branches[1] is when_false:
                    return value
                return replace(value, condition=short, when_true=branches[0], when_false=branches[1])


def bounded_term(term: Term) -> Term:
    """A term that is not too large, or one that stands for it: the same one for equal terms."""
    return _bounded_term(term, {})


def _bounded_term(term: Term, containers: dict[int, Term]) -> Term:
    """As `bounded_term`; ``containers`` keeps, by their ids, what stands for the terms of which elements were met."""
    if all(count < LARGEST_TERM for count, _ in enumerate(_nodes(term))):
        return term
    if isinstance(term, ItemOf):
        whole = containers.get(id(term.container))
        if whole is None:
            whole = containers[id(term.container)] = _bounded_term(term.container, containers)
        return ItemOf(whole, term.key)
    return Symbol(_abbreviated(str(term), repr(term)))


def _nodes(term: Term) -> Iterator[object]:
    stack: list[object] = [term]
    while stack:
        node = stack.pop()
        yield node
        if isinstance(node, tuple):
            stack += node
        elif isinstance(node, Term):
            stack += [getattr(node, slot) for slot in node.__slots__]


def _bounded_blocker(blocker: Blocker | None) -> Blocker | None:
    if blocker is None or len(blocker.term) <= LONGEST_NAME:
        return blocker
    return blocker._replace(term=_abbreviated(blocker.term, blocker.term))


def _abbreviated(text: str, identity: str) -> str:
    import hashlib  # seldom needed, and slow to load

    digest = hashlib.sha256(identity.encode("utf-8", "surrogatepass")).hexdigest()
    return f"{text[:48]}… #{digest[:12]}"


def _is(left: object, right: object) -> bool:
    return left is right
