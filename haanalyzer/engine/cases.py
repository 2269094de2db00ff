"""Undecided checks, asked again in each of the cases that the conditions which block them leave open."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence, Set
from dataclasses import replace
from typing import Literal, NamedTuple

from haanalyzer.finding import Verdict
from haanalyzer.frontends.deployment import Case
from haanalyzer.graph import Resource, ResourceGraph
from haanalyzer.values import Blocker

Ask = Callable[[Resource, ResourceGraph], Sequence[Verdict]]
"""A rule's verdicts on one resource of a graph."""

_DEEPEST = 4
_MOST_CASES = 256
_MOST_DECLARATIONS = 10_000
_MOST_TOLD = 3


_Outcome = Literal["pass", "fail", "undecided", "absent"]
_Key = tuple[str, str]


class _Found(NamedTuple):
    """What a check says in a case and all those within it.

    ``absent`` where what it is about is not there. ``failures`` are one for each of the largest cases
    in all of which it fails alike; it is ``throughout`` where it fails in all of them.
    """

    outcome: _Outcome
    verdict: Verdict | None = None
    failures: tuple[Verdict, ...] = ()
    throughout: bool = False

    @property
    def is_nothing(self) -> bool:
        """Whether the rule has nothing to say of it in any case."""
        return self.outcome == "absent" or (self.outcome == "pass" and self.verdict is None)


class _Said(NamedTuple):
    """What a rule says of a resource in a case, by what that is about; ``rest`` is what is said of anything else.

    What the rule does not speak of passes where the resource is there.
    """

    found: Mapping[_Key, _Found]
    rest: _Outcome

    def of(self, key: _Key) -> _Found:
        return self.found.get(key) or _Found(self.rest)

    def of_all(self, key: _Key, others: Set[_Key]) -> _Found:
        """What is said of a thing in the case, or of its parts where it is judged by them there."""
        parts = [found for each, found in self.found.items() if each not in others]
        return self.found.get(key) or (_of_parts(parts) if parts else self.of(key))


class Cases:
    """The cases of one deployment, each read once, and so many of them only as one analysis may.

    With ``every_case`` a failure in any of them counts.
    """

    def __init__(self, graph: ResourceGraph, *, every_case: bool = False) -> None:
        self._graph = graph
        self._every_case = every_case
        self._graphs: dict[Hashable, ResourceGraph] = {}
        self._declared = 0

    def settled(self, verdicts: Sequence[Verdict], ask: Ask) -> list[Verdict]:
        """A rule's verdicts on a resource, undecided ones as they are in every case in which their subject is there.

        What fails in some of these cases only stays undecided, with these failures, unless every case counts.
        One on a resource as a whole may be several on its parts.
        """
        question = _Question(self._graph_of, ask)
        found: list[Verdict] = []
        by_key = _by_key(verdicts)
        for key, about in by_key.items():
            said = question.divided(about, self._graph, by_key.keys() - {key}) if _undecided(about) else {}
            there = [(one, each) for one, each in said.items() if not each.is_nothing]
            # What no case has may be there by another address, as a block of one branch is.
            is_lost = all(each.outcome == "absent" for each in said.values())
            found += about if is_lost else [self._verdict(one, each, about) for one, each in there]
        return found

    def _verdict(self, key: _Key, found: _Found, about: Sequence[Verdict]) -> Verdict:
        """What was found, in the place of what is undecided."""
        if found.verdict:
            return found.verdict
        if found.failures and (found.outcome == "fail" or self._every_case):
            return _as_one(found.failures)
        undecided = _undecided(about)
        return replace(undecided[0], part=key[1], blockers=_blockers(undecided), failures=found.failures)

    def _graph_of(self, case: Case) -> ResourceGraph | None:
        """The graph of a case; None where there were too many of them."""
        if case.settled not in self._graphs:
            size = len(self._graph.declarations)
            if len(self._graphs) >= _MOST_CASES or self._declared + size > max(_MOST_DECLARATIONS, 2 * size):
                return None
            self._declared += size
            self._graphs[case.settled] = ResourceGraph(case.deployment())
        return self._graphs[case.settled]


class _Question:
    """A rule on one resource, asked in each case once."""

    def __init__(self, graph_of: Callable[[Case], ResourceGraph | None], ask: Ask) -> None:
        self._graph_of = graph_of
        self._ask = ask
        self._answers: dict[Hashable, Sequence[Verdict]] = {}

    def divided(
        self, about: Sequence[Verdict], graph: ResourceGraph, others: Set[_Key], depth: int = 1, words: str = ""
    ) -> dict[_Key, _Found]:
        """What verdicts on one thing are over the cases that they leave open; ``words`` say what holds in all of these.

        What is said of ``others`` anyway is left out. Nothing where they are decided, or cannot be divided.
        """
        undecided = _undecided(about)
        if not undecided or depth > _DEEPEST or any(verdict.outcome == "fail" for verdict in about):
            return {}
        said = [self._in(case, about[0].subject, depth) for case in graph.deployment.cases(_blockers(undecided))]
        if not said:
            return {}
        own = about[0].key
        keys = dict.fromkeys(key for each in said for key in each.found if key not in others)
        if own in keys and not own[1]:
            return {own: _over([each.of_all(own, others) for each in said], words)}
        return {key: _over([each.of(key) for each in said], words) for key in keys or (own,)}

    def _in(self, case: Case, address: str, depth: int) -> _Said:
        graph = self._graph_of(case)
        if graph is None:
            return _Said({}, "undecided")
        subject = graph.resources.get(address)
        if subject is None:
            return _Said({}, "absent")
        if case.settled not in self._answers:
            self._answers[case.settled] = self._ask(subject, graph)
        by_key = _by_key(self._answers[case.settled])
        found: dict[_Key, _Found] = {}
        for key, about in by_key.items():
            within = self.divided(about, graph, by_key.keys() - {key}, depth + 1, case.words)
            found |= within or {key: _decided(about, case.words)}
        if any(each.outcome == "undecided" for each in found.values()):
            return _Said(found, "undecided")
        return _Said(found, "pass")


def _by_key(verdicts: Sequence[Verdict]) -> dict[_Key, list[Verdict]]:
    found: dict[_Key, list[Verdict]] = {}
    for verdict in verdicts:
        found.setdefault(verdict.key, []).append(verdict)
    return found


def _undecided(verdicts: Sequence[Verdict]) -> list[Verdict]:
    return [verdict for verdict in verdicts if verdict.outcome == "undecided"]


def _blockers(verdicts: Sequence[Verdict]) -> tuple[Blocker, ...]:
    return tuple(dict.fromkeys(blocker for verdict in verdicts for blocker in verdict.blockers))


def _decided(about: Sequence[Verdict], words: str) -> _Found:
    """What verdicts on one thing say in a case that is not divided."""
    failures = tuple(replace(verdict, when=words) for verdict in about if verdict.outcome == "fail")
    if failures:
        return _Found("fail", failures=failures, throughout=True)
    return _Found("undecided") if _undecided(about) else _Found("pass", _resting_on_all(about))


def _of_parts(parts: Sequence[_Found]) -> _Found:
    """What parts of a thing say of it in one case: it passes where all of them do."""
    failures = tuple(failure for each in parts for failure in each.failures)
    if any(each.outcome == "undecided" for each in parts):
        return _Found("undecided", failures=failures)
    if any(each.outcome == "fail" for each in parts):
        return _Found("fail", failures=failures, throughout=any(each.throughout for each in parts))
    return _passed(parts)


def _over(found: Sequence[_Found], words: str) -> _Found:
    """What a check says over cases of which one is deployed; ``words`` say what holds in all of them."""
    failures = tuple(failure for each in found for failure in each.failures)
    outcomes = {each.outcome for each in found} - {"absent"}
    if outcomes == {"fail"}:
        throughout = all(each.throughout for each in found)
        is_alike = throughout and len({each.message for each in failures}) == 1
        return _Found("fail", None, (_in_case(failures, words),) if is_alike else failures, throughout)
    if outcomes == {"pass"}:
        return _passed(found)
    return _Found("undecided" if outcomes else "absent", failures=failures)


def _passed(found: Sequence[_Found]) -> _Found:
    """What passes, with the verdict of those that say so in words."""
    verdicts = [each.verdict for each in found if each.verdict]
    return _Found("pass", _resting_on_all(verdicts) if verdicts else None)


def _resting_on_all(verdicts: Sequence[Verdict]) -> Verdict:
    """The first of verdicts that agree, with the evidence and the assumptions of all of them."""
    return replace(
        verdicts[0],
        evidence=tuple(dict.fromkeys(step for each in verdicts for step in each.evidence)),
        assuming=frozenset().union(*(each.assuming for each in verdicts)),
    )


def _in_case(failures: Sequence[Verdict], words: str) -> Verdict:
    return replace(_resting_on_all(failures), when=words)


def _as_one(failures: Sequence[Verdict]) -> Verdict:
    """Failures in several cases as one that names them, each way in which it fails with its own."""
    words: dict[str, list[str]] = {}
    for each in failures:
        words.setdefault(each.message, []).append(each.when)
    told = [_told(message, cases) for message, cases in words.items()]
    more = [f"and so on in {len(told) - _MOST_TOLD} more cases"] if len(told) > _MOST_TOLD else []
    found = _in_case(failures, _any_of([each.when for each in failures]))
    return replace(found, message="; ".join((*told[:_MOST_TOLD], *more)))


def _told(message: str, cases: Sequence[str]) -> str:
    return f"{message}, when {_any_of(cases)}" if any(cases) else message


def _any_of(cases: Sequence[str]) -> str:
    return " or ".join(dict.fromkeys(case for case in cases if case))
