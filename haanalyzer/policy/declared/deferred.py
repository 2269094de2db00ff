"""Rules of our own rulesets: their identity is read at every start, their conditions where they first run."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Any

from haanalyzer.finding import Verdict
from haanalyzer.graph import Resource, ResourceGraph
from haanalyzer.policy.declared.entry import info_of
from haanalyzer.rules.kit import Check, Rule


class Deferred:
    """A check that is compiled when it is first asked. ValueError then, if its words are wrong."""

    def __init__(self, entry: Mapping[str, Any]) -> None:
        self._entry = entry

    @cached_property
    def check(self) -> Check:
        from haanalyzer.policy.declared.rule import compile_rule

        rule, problems = compile_rule(self._entry, ())
        if rule is None or problems:
            raise ValueError("; ".join(message for _, message in problems))
        return rule.check

    def __call__(self, resource: Resource, graph: ResourceGraph, /, **parameters: Any) -> Iterator[Verdict]:
        return self.check(resource, graph, **parameters)


def deferred(entry: Mapping[str, Any]) -> Rule:
    """The rule that an entry declares, to be compiled later."""
    return Rule(info_of(entry), Deferred(entry), dict(entry.get("parameters", {})))
