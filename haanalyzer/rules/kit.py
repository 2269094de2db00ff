"""All that a rule imports besides graph and analysis."""

from __future__ import annotations

import inspect
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, Protocol

from haanalyzer.finding import Change, RuleInfo, Severity, Step, Verdict
from haanalyzer.graph import Resource, ResourceGraph
from haanalyzer.source.span import Span
from haanalyzer.values import Assumption, Blocker

__all__ = [
    "OF_ANOTHER_KIND",
    "Change",
    "Rule",
    "Severity",
    "Step",
    "Verdict",
    "failed",
    "once_for_each_cause",
    "passed",
    "rule",
    "undecided",
]


OF_ANOTHER_KIND = "has a value of another kind than AWS takes"


class Check(Protocol):
    """Judges one resource; its keyword-only arguments are the rule's parameters."""

    def __call__(self, resource: Resource, graph: ResourceGraph, /, **parameters: Any) -> Iterator[Verdict]: ...


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule as the engine runs it: what it is, its check, and its parameters with their defaults."""

    info: RuleInfo
    check: Check
    parameters: Mapping[str, Any]


def rule(
    code: str,
    *,
    kinds: tuple[str, ...],
    severity: Severity,
    systems: tuple[str, ...] = (),
    like: tuple[str, ...] = (),
) -> Callable[[Callable[..., Iterator[Verdict]]], Rule]:
    """Make a Rule of the decorated function; its module's docstring is the documentation, its name the slug.

    The docstring's first line is the title; then comes why it fails and what is not
    meant, ``How to mend`` and ``See also`` with one URL a line. ``systems`` are names
    of ``catalog/systems.yaml``, ``like`` the checks of peers that it answers.
    """

    def make(check: Callable[..., Iterator[Verdict]]) -> Rule:
        module = sys.modules[check.__module__]
        title, why, mend, references = _prose(inspect.getdoc(module) or "")
        info = RuleInfo(
            code=code,
            slug=check.__name__.replace("_", "-"),
            title=title,
            why=why,
            mend=mend,
            references=references,
            severity=severity,
            kinds=kinds,
            systems=systems,
            like=like,
        )
        signature = inspect.signature(check).parameters.values()
        parameters = {each.name: each.default for each in signature if each.kind is inspect.Parameter.KEYWORD_ONLY}
        return Rule(info, check, parameters)

    return make


_SECTION = re.compile(r"^(How to mend|See also)\n", re.MULTILINE)


def _prose(docstring: str) -> tuple[str, str, str, tuple[str, ...]]:
    title, _, rest = docstring.partition("\n")
    why, *sections = _SECTION.split(rest)
    by_name = dict(zip(sections[::2], map(inspect.cleandoc, ("\n" + text for text in sections[1::2])), strict=True))
    return title.strip().rstrip("."), why.strip(), by_name["How to mend"].strip(), tuple(by_name["See also"].split())


def passed(resource: Resource, *, part: str = "", assuming: Iterable[Assumption] = ()) -> Verdict:
    """The resource keeps the rule in every deployment."""
    return Verdict(
        "pass",
        resource.address,
        resource.place,
        part=part,
        assuming=resource.existence.assuming.union(assuming),
        calls=resource.calls,
    )


def failed(
    resource: Resource,
    message: str,
    *,
    at: Span | None = None,
    part: str = "",
    evidence: Iterable[Step] = (),
    assuming: Iterable[Assumption] = (),
    severity: Severity | None = None,
    changes: Iterable[Change] = (),
) -> Verdict:
    """The resource breaks the rule in every deployment in which it exists.

    One that may not exist at all is therefore only undecided.
    """
    if not resource.existence.certain:
        return undecided(resource, resource.existence.unless, part=part)
    return Verdict(
        "fail",
        resource.address,
        at or resource.place,
        part=part,
        message=message,
        evidence=tuple(dict.fromkeys(evidence)),
        assuming=resource.existence.assuming.union(assuming),
        severity=severity,
        changes=tuple(changes),
        calls=resource.calls,
    )


def undecided(resource: Resource, blockers: Iterable[Blocker], *, part: str = "") -> Verdict:
    """The deployment decides; ``blockers`` name what would have to be known.

    Where all is known, a value is of another kind than AWS takes: a list for a text, a word
    for a number.
    """
    found = tuple(dict.fromkeys(blockers)) or (Blocker(resource.address, resource.place, OF_ANOTHER_KIND),)
    return Verdict("undecided", resource.address, resource.place, part=part, blockers=found, calls=resource.calls)


def once_for_each_cause(verdicts: Iterable[Verdict]) -> Iterator[Verdict]:
    """Failures that are written at one place are one, with the evidence of all of them; they come last."""
    failures: dict[Span, Verdict] = {}
    for verdict in verdicts:
        if verdict.outcome != "fail":
            yield verdict
        elif (first := failures.setdefault(verdict.at, verdict)) is not verdict:
            failures[verdict.at] = replace(first, evidence=tuple(dict.fromkeys((*first.evidence, *verdict.evidence))))
    yield from failures.values()
