"""The named values of one root, each evaluated once, when it is first asked for, in whatever order that is."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from typing import Any, NamedTuple, TypeVar

from haanalyzer.frontends.terraform.evaluation.bounds import OUTLINE, WHOLE, BudgetError, Limits, Sizes, weight
from haanalyzer.source.span import Span
from haanalyzer.values import PAST_BUDGET, Term, Unknown, Value

EXHAUSTED = f"the root module takes too much to evaluate {PAST_BUDGET}"

_DEEPEST = 40
"""How many values may wait for each other on the stack, of which each one takes some ten calls of Python."""

_NO_LOOP = 1 << 30

Key = TypeVar("Key", bound=Hashable)
Result = TypeVar("Result")


class _Asked(NamedTuple):
    """A value that was asked for; ``known`` is where it is kept."""

    known: dict[Any, Any]
    key: Hashable
    compute: Callable[[], Any]
    instead: Callable[[str], Any]

    @property
    def identity(self) -> tuple[int, Hashable]:
        return id(self.known), self.key


class _PostponedError(Exception):
    """A value is too far down the stack: it is to be evaluated first, and what needs it after that."""

    def __init__(self, asked: _Asked) -> None:
        super().__init__()
        self.asked = asked


@dataclass(slots=True)
class _Running:
    """A value under evaluation. ``loop`` is the lowest place on the stack of what it needs that needs it."""

    asked: _Asked
    steps: int = 0
    loop: int = _NO_LOOP


@dataclass(slots=True)
class Evaluations:
    """Evaluates values that need each other, within limits.

    A value's steps are its own, without those of the values it needs: whether it passes its limit does not
    depend on what was asked for before. ``cut`` holds the reasons of those that do, by their places.
    """

    limits: Limits = WHOLE
    steps: int = 0
    cut: dict[Span, str] = field(default_factory=dict)
    is_exhausted: bool = False
    sizes: Sizes = field(default_factory=Sizes)
    _stack: list[_Running] = field(default_factory=list)
    _places: dict[tuple[int, Hashable], int] = field(default_factory=dict)
    _looping: dict[tuple[int, Hashable], tuple[_Asked, int]] = field(default_factory=dict)

    def once(
        self,
        known: dict[Key, Result],
        key: Key,
        compute: Callable[[], Result],
        instead: Callable[[str], Result],
    ) -> Result:
        """What is kept in ``known`` under a key, computed if it is not there yet.

        ``instead`` makes what stands for a value that needs itself, or takes too much, from the reason.
        """
        asked = _Asked(known, key, compute, instead)
        if key in known:
            self._note_loop(self._looping.get(asked.identity, (None, _NO_LOOP))[1])
            return known[key]
        running = self._places.get(asked.identity)
        if running is not None:
            self._note_loop(running)
            return instead("refers to itself")
        if not self._stack:
            self._from_the_bottom(asked)
        elif len(self._stack) < _DEEPEST:
            self._run(asked)
        else:
            raise _PostponedError(asked)
        return known[key]

    def charge(self, steps: int = 1) -> None:
        """Account for steps of the value under evaluation. Raises BudgetError past its limit."""
        if not self._stack:
            return
        running = self._stack[-1]
        running.steps += steps
        if running.steps > self.limits.steps_of_a_value:
            raise BudgetError(f"takes more than {self.limits.steps_of_a_value:,} steps to evaluate")

    def charge_for(self, *values: Value) -> None:
        """Account for looking at everything in these values. Raises BudgetError past the limit."""
        if self._stack:
            self.charge(weight(values, self.limits.steps_of_a_value - self._stack[-1].steps, self.sizes))

    def unknown(self, term: Term, reason: str, place: Span) -> Unknown:
        """What stands for a value that cannot be evaluated, noted where the budget is why."""
        if reason.endswith(PAST_BUDGET):
            self.cut[place] = reason
        return Unknown(term=term, reason=reason, place=place, maybe_absent=True)

    @property
    def is_idle(self) -> bool:
        """Whether no value is under evaluation."""
        return not self._stack

    def exhaust(self) -> None:
        """Account for the root having more than may be looked at; of an outline all is looked at."""
        self.is_exhausted |= self.limits is not OUTLINE

    def nested_too_deeply(self) -> Exception:
        """What to raise where Python's stack ends: the value once more with all of the stack, or the end of it."""
        if len(self._stack) > 1:
            return _PostponedError(self._stack[-1].asked)
        return BudgetError("nested too deeply")

    def _from_the_bottom(self, asked: _Asked) -> None:
        """Evaluate a value, and before it those that are postponed."""
        waiting = [asked]
        while waiting:
            try:
                self._run(waiting[-1])
            except _PostponedError as postponed:
                deeper = postponed.asked
                if any(deeper.identity == each.identity for each in waiting):
                    deeper.known[deeper.key] = deeper.instead("refers to itself")
                else:
                    waiting.append(deeper)
            else:
                waiting.pop()

    def _run(self, asked: _Asked) -> None:
        """Compute and keep a value that is not under evaluation yet."""
        if self.is_exhausted:
            asked.known[asked.key] = asked.instead(EXHAUSTED)
            return
        place = self._places[asked.identity] = len(self._stack)
        running = _Running(asked)
        self._stack.append(running)
        try:
            found = self._computed(asked)
        except BaseException:
            self._forget_loops(place)
            raise
        finally:
            self._stack.pop()
            del self._places[asked.identity]
        self.steps += min(running.steps, 2 * self.limits.steps_of_a_value)  # what is refused takes no time
        if self.steps > self.limits.steps_of_a_root:
            self.exhaust()
        if running.loop <= place:
            found = asked.instead("refers to itself")
            self._close_loop(asked, place, running.loop)
        asked.known[asked.key] = found

    def _computed(self, asked: _Asked) -> Any:
        try:
            return asked.compute()
        except RecursionError:
            error = self.nested_too_deeply()
        except BudgetError as caught:
            error = caught
        if isinstance(error, BudgetError):
            return asked.instead(str(error))
        raise error

    def _note_loop(self, place: int) -> None:
        """The value under evaluation needs one that is under evaluation at a place of the stack."""
        if self._stack:
            self._stack[-1].loop = min(self._stack[-1].loop, place)

    def _close_loop(self, asked: _Asked, place: int, loop: int) -> None:
        """A member of a loop is finished; with the lowest one all are."""
        members = {key: each for key, each in self._looping.items() if each[1] >= place}
        if loop == place:
            for key in members:
                del self._looping[key]
            return
        self._looping.update({key: (member, loop) for key, (member, _) in members.items()})
        self._looping[asked.identity] = asked, loop
        self._note_loop(loop)

    def _forget_loops(self, place: int) -> None:
        """The members of a loop that will be evaluated once more."""
        for key, (member, loop) in list(self._looping.items()):
            if loop >= place:
                del self._looping[key]
                member.known.pop(member.key, None)
