"""Names that stand for nothing: profiles, rules and parameters of rules that there are not."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from haanalyzer.policy.declared.words import suggestion
from haanalyzer.policy.every_rule import rule_named
from haanalyzer.policy.profiles import profile_names
from haanalyzer.policy.selection import means
from haanalyzer.policy.written import Written
from haanalyzer.rules.kit import Rule
from haanalyzer.source.diagnostic import Diagnostic

if TYPE_CHECKING:
    from haanalyzer.source.toml import Steps

_KINDS = {bool: "true or false", int: "a number", float: "a number", str: "a text", list: "a list"}


def wrong_names(written: Written, known: Sequence[Rule]) -> list[Diagnostic]:
    """What is wrong with the names in a configuration of the right shape, and with the values of parameters."""
    faults = (*_profiles(written.data), *_selections(written.data, known), *_adjustments(written.data, known))
    return sorted({written.fault(steps, message) for steps, message in faults})


def no_rule_named(word: str, known: Iterable[Rule]) -> str:
    """What is said of a word that means no rule: the nearest name there is, and where all are to be found."""
    from difflib import get_close_matches

    names = [name for rule in known for name in (rule.info.code, rule.info.slug)]
    spelled = word.upper() if any(letter.isdigit() for letter in word) else word.lower()
    close = get_close_matches(spelled, names, 1)
    meant = f"did you mean {close[0]!r}? " if close else ""
    return f"no rule is named {word!r}; {meant}`haanalyzer rules` lists them"


def unmeant(words: Iterable[str], known: Sequence[Rule]) -> list[tuple[int, str]]:
    """The words of a selection that mean no rule, by their position."""
    return [(at, word) for at, word in enumerate(words) if not any(means(word, rule.info) for rule in known)]


def no_parameter_named(name: str, template: str, declared: Iterable[str]) -> str:
    """What is said of a parameter that is passed to a template and not declared there."""
    return f"{template} declares no parameter {name!r}; {suggestion(name, declared)}"


def _profiles(data: Mapping[str, Any]) -> Iterator[tuple[Steps, str]]:
    by_tag = data.get("profile_by_tag", {})
    named: list[tuple[Steps, str]]
    named = [(("profile_by_tag", tag, value), name) for tag, names in by_tag.items() for value, name in names.items()]
    stacks = enumerate(data.get("stacks", ()))
    named += [(("stacks", at, "profile"), stack["profile"]) for at, stack in stacks if "profile" in stack]
    for steps, name in ((("profile",), data.get("profile", "default")), *named):
        if name not in profile_names():
            yield steps, f"no profile is named {name!r}; {suggestion(name, profile_names())}"


def _selections(data: Mapping[str, Any], known: Sequence[Rule]) -> Iterator[tuple[Steps, str]]:
    for key in ("select", "ignore"):
        for at, word in unmeant(data.get(key, ()), known):
            yield (key, at), no_rule_named(word, known)


def _adjustments(data: Mapping[str, Any], known: Sequence[Rule]) -> Iterator[tuple[Steps, str]]:
    for name, row in data.get("rules", {}).items():
        rule = rule_named(name, known)
        if rule is None:
            yield ("rules", name), no_rule_named(name, known)
            continue
        for parameter, value in row.get("parameters", {}).items():
            if wrong := wrong_parameter(rule, parameter, value):
                yield ("rules", name, "parameters", parameter), wrong


def wrong_parameter(rule: Rule, parameter: str, value: object) -> str | None:
    """What is wrong with giving a rule's parameter a value; None where nothing is."""
    if parameter not in rule.parameters:
        return f"{rule.info.code} has no parameter {parameter!r}; {suggestion(parameter, rule.parameters)}"
    default = rule.parameters[parameter]
    expected, found = (_KINDS.get(type(each), "") for each in (default, value))
    return None if expected == found else f"expected {expected}, as its default {default!r} is; found {value!r}"
