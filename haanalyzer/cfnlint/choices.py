"""What cfn-lint's configuration chooses, over what haanalyzer's own says."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Protocol

import yaml

from haanalyzer.cfnlint.ids import is_named
from haanalyzer.finding import Severity
from haanalyzer.policy import Profile, Standards
from haanalyzer.policy.known_names import wrong_parameter
from haanalyzer.rules.kit import Rule

_REASON = "cfn-lint's configuration says so"


class Chosen(Protocol):
    """What cfn-lint was told of one id: ``config`` are parameters by name, as they were given."""

    id: str
    code: str
    weight: Severity
    config: Mapping[str, Any]


@dataclass(slots=True)
class _Choice:
    """What was said of one rule, under all its ids."""

    weights: set[Severity] = field(default_factory=set)
    parameters: dict[str, Any] = field(default_factory=dict)


class ParameterError(ValueError):
    """A parameter that a rule does not have, or a value that it does not take."""


def chosen(
    standards: Standards, ids: Iterable[Chosen], included: Sequence[str], known: Mapping[str, Rule]
) -> Standards:
    """The standards with what cfn-lint's configuration says of single rules.

    A rule that is named by ``included``, or given parameters, runs; where the profile does not
    have it, it weighs what the letter of the id says. ``known`` are all rules by code. ParameterError for
    parameters that cannot be taken.
    """
    choices: dict[str, _Choice] = {}
    for each in ids:
        if each.config or is_named(each.id, included):
            choice = choices.setdefault(each.code, _Choice())
            choice.weights.add(each.weight)
            choice.parameters |= each.config
    rows = [
        (known[code], choice, _taken(known[code], choice.parameters))
        for code, choice in choices.items()
        if code in known
    ]

    def adjusted(profile: Profile) -> Profile:
        for rule, choice, parameters in rows:
            row: dict[str, Any] = {"reason": _REASON, "parameters": parameters}
            if rule.info.code not in profile.severities:
                row["severity"] = max(choice.weights, key=lambda weight: weight.rank).value
            elif not parameters:
                continue
            profile = profile.with_rule(rule, row)
        return profile

    tagged = {value: adjusted(profile) for value, profile in standards.tagged.items()}
    return replace(standards, profile=adjusted(standards.profile), tagged=tagged)


def _taken(rule: Rule, given: Mapping[str, Any]) -> dict[str, Any]:
    """The parameters in the types that the rule takes; cfn-lint's command line gives texts."""
    taken = {}
    for name, value in given.items():
        is_text = isinstance(rule.parameters.get(name, ""), str)
        taken[name] = _read(value) if isinstance(value, str) and not is_text else value
        if wrong := wrong_parameter(rule, name, taken[name]):
            about = f"{rule.info.code} {name}: " if name in rule.parameters else ""
            raise ParameterError(f"{about}{wrong}")
    return taken


def _read(text: str) -> object:
    try:
        return yaml.safe_load(text)
    except yaml.YAMLError:
        return text
