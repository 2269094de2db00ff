"""Profiles: read from ``rulesets/profiles.yaml``, checked against its schema in the tests."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

import yaml

from haanalyzer.finding import Severity
from haanalyzer.policy.every_rule import PROFILES, rules
from haanalyzer.policy.folder import rulesets
from haanalyzer.rules.kit import Rule


class ProfileError(ValueError):
    """No profile has this name; the message lists those that there are."""


@dataclass(frozen=True, slots=True)
class Profile:
    """The rules that run, in order of code and with the profile's parameters; their severity and the reason for it."""

    name: str
    title: str
    rules: tuple[Rule, ...]
    severities: Mapping[str, Severity]
    reasons: Mapping[str, str]

    def only(self, codes: Collection[str]) -> Profile:
        """The same profile with no rules but those that have these codes."""
        return replace(
            self,
            rules=tuple(rule for rule in self.rules if rule.info.code in codes),
            severities={code: severity for code, severity in self.severities.items() if code in codes},
            reasons={code: reason for code, reason in self.reasons.items() if code in codes},
        )

    def without(self, rule: Rule) -> Profile:
        """The same profile with a rule off."""
        return self.only(self.severities.keys() - {rule.info.code})

    def with_rule(self, rule: Rule, row: Mapping[str, Any]) -> Profile:
        """The same profile with a rule in it, weighed as a row says; what the row leaves out stays as it is here."""
        code = rule.info.code
        here = next((each for each in self.rules if each.info.code == code), rule)
        chosen = replace(here, parameters={**here.parameters, **row.get("parameters", {})})
        weight = self.severities.get(code, rule.info.severity)
        return replace(
            self,
            rules=tuple(sorted((*self.without(rule).rules, chosen), key=lambda each: each.info.code)),
            severities={**self.severities, code: _severity(row["severity"], rule) if "severity" in row else weight},
            reasons={**self.reasons, code: row["reason"]},
        )


@cache
def _table() -> Mapping[str, Any]:
    text = rulesets().joinpath(PROFILES).read_text("utf-8")
    table: Mapping[str, Any] = yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506 - a safe loader
    return table["profiles"]  # type: ignore[no-any-return]


def profile_names() -> tuple[str, ...]:
    """Every profile's name, the default first."""
    return tuple(_table())


def tag_values() -> Mapping[str, str]:
    """The profile that a tag's value stands for, such as ``prod``, where the user has not said otherwise."""
    return {str(value): name for name, profile in _table().items() for value in profile.get("tag_values", ())}


def load_profile(name: str, own: Sequence[Rule] = ()) -> Profile:
    """A profile by its name, joined by the user's own rules. ProfileError when there is none."""
    if name not in _table():
        raise ProfileError(f"no profile is named {name!r}; there are {', '.join(profile_names())}")
    chosen = _rows(name)
    selected = tuple(
        replace(rule, parameters={**rule.parameters, **chosen[rule.info.code].get("parameters", {})})
        for rule in rules()
        if rule.info.code in chosen
    )
    severities = {rule.info.code: _severity(chosen[rule.info.code]["severity"], rule) for rule in selected}
    reasons = {rule.info.code: chosen[rule.info.code]["reason"] for rule in selected}
    return Profile(
        name=name,
        title=_table()[name]["title"],
        rules=tuple(sorted((*selected, *own), key=lambda rule: rule.info.code)),
        severities=severities | {rule.info.code: rule.info.severity for rule in own},
        reasons=reasons | dict.fromkeys((rule.info.code for rule in own), "a rule of your own"),
    )


def _rows(name: str) -> dict[str, Mapping[str, Any]]:
    profile = _table()[name]
    rows = _rows(profile["extends"]) if "extends" in profile else {}
    if "every_rule" in profile:
        rows |= {rule.info.code: profile["every_rule"] for rule in rules()}
    rows |= profile.get("rules", {})
    return rows


def _severity(word: str, rule: Rule) -> Severity:
    return rule.info.severity if word == "own" else Severity(word)
