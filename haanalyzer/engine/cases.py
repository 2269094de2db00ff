"""Undecided checks, asked again in each of the cases that the conditions which block them leave open."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import replace
from typing import Literal, NamedTuple

from haanalyzer.finding import Verdict
from haanalyzer.frontends.deployment import Case
from haanalyzer.graph import Resource, ResourceGraph

Ask = Callable[[Resource, ResourceGraph], Sequence[Verdict]]
"""A rule's verdicts on one resource of a graph."""

_DEEPEST = 4
_MOST_CASES = 256
_MOST_DECLARATIONS = 10_000
_MOST_TOLD = 3


class _Found(NamedTuple):
    """What a check says in a case and all those within it.

    ``absent`` where what it is about is not there. ``failures`` are one for each of the largest cases
    in all of which it fails.
    """

    outcome: Literal["pass", "fail", "undecided", "absent"]
    verdict: Verdict | None = None
    failures: tuple[Verdict, ...] = ()


class Cases:
    """The cases of one deployment, each read once, and so many of them only as one analysis may.

    With ``every_case`` a failure in any of them counts.
    """

    def __init__(self, graph: ResourceGraph, *, every_case: bool = False) -> None:
        self._graph = graph
        self._every_case = every_case
        self._graphs: dict[Hashable, ResourceGraph] = {}
        self._declared = 0

    def settled(self, verdict: Verdict, ask: Ask) -> Verdict:
        """An undecided verdict, or what it is in every case in which its subject is there.

        Where it fails in some of these cases only, it stays undecided, with these failures,
        unless every case counts.
        """
        cases = self._graph.deployment.cases(verdict.blockers)
        if not cases:
            return verdict
        found = self._among(cases, verdict.key, ask, 1, "")
        if found.outcome == "pass" and found.verdict:
            return found.verdict
        if found.failures and (found.outcome == "fail" or self._every_case):
            return _as_one(found.failures)
        return replace(verdict, failures=found.failures)

    def _among(self, cases: Sequence[Case], key: tuple[str, str], ask: Ask, depth: int, words: str) -> _Found:
        """What a check says over cases of which one is deployed; ``words`` say what holds in all of them."""
        found = [self._in(case, key, ask, depth) for case in cases]
        failures = tuple(failure for each in found for failure in each.failures)
        there = [each for each in found if each.outcome != "absent"]
        outcomes = {each.outcome for each in there}
        if not there:
            return _Found("absent")
        if outcomes == {"fail"}:
            alike = len(there) == len(found) == len(failures) and len({each.message for each in failures}) == 1
            return _Found("fail", failures=(_in_case(failures, words),) if alike else failures)
        if outcomes == {"pass"}:
            verdicts = [each.verdict for each in there if each.verdict]
            return _Found("pass", _resting_on_all(verdicts) if verdicts else None)
        return _Found("undecided", failures=failures)

    def _in(self, case: Case, key: tuple[str, str], ask: Ask, depth: int) -> _Found:
        graph = self._graph_of(case)
        if graph is None:
            return _Found("undecided")
        subject = graph.resources.get(key[0])
        if subject is None:
            return _Found("absent")
        verdicts = ask(subject, graph)
        found = [self._of(verdict, case, graph, ask, depth) for verdict in _about(key, verdicts)]
        return _all_of(found)

    def _of(self, verdict: Verdict, case: Case, graph: ResourceGraph, ask: Ask, depth: int) -> _Found:
        """What a verdict in a case is, divided further where that is undecided."""
        if verdict.outcome == "fail":
            return _Found("fail", failures=(replace(verdict, when=case.words),))
        if verdict.outcome == "pass":
            return _Found("pass", verdict)
        within = graph.deployment.cases(verdict.blockers) if depth < _DEEPEST else ()
        return self._among(within, verdict.key, ask, depth + 1, case.words) if within else _Found("undecided")

    def _graph_of(self, case: Case) -> ResourceGraph | None:
        """The graph of a case; None where there were too many of them."""
        if case.settled not in self._graphs:
            size = len(self._graph.declarations)
            if len(self._graphs) >= _MOST_CASES or self._declared + size > max(_MOST_DECLARATIONS, 2 * size):
                return None
            self._declared += size
            self._graphs[case.settled] = ResourceGraph(case.deployment())
        return self._graphs[case.settled]


def _about(key: tuple[str, str], verdicts: Sequence[Verdict]) -> list[Verdict]:
    """The verdicts on a part of a subject; on all of it where what is undecided elsewhere has other parts here."""
    return [each for each in verdicts if each.key == key] or list(verdicts)


def _all_of(found: Sequence[_Found]) -> _Found:
    """What a check says in one case: it passes where nothing fails, and where the rule means nothing there."""
    failures = tuple(failure for each in found for failure in each.failures)
    for outcome in ("undecided", "fail"):
        if any(each.outcome == outcome for each in found):
            return _Found(outcome, failures=failures)
    return _Found("pass", next((each.verdict for each in found if each.verdict), None))


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
