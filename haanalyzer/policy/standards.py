"""What each resource is held to: one profile, or another one where a tag says so."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from haanalyzer.finding import RuleInfo, Severity
from haanalyzer.graph import Resource
from haanalyzer.policy.configuration import Configuration
from haanalyzer.policy.every_rule import rule_named, rules
from haanalyzer.policy.known_names import no_rule_named
from haanalyzer.policy.profiles import Profile, ProfileError, load_profile, tag_values
from haanalyzer.policy.selection import AS_PROFILED, Selection
from haanalyzer.rules.kit import Rule
from haanalyzer.values import Absent, Blocker, Known, MapValue, Value, alternatives, blockers


@dataclass(frozen=True)
class Standards:
    """The profile that resources are held to, and those that take its place by the value of a tag.

    ``tagged`` has the profiles by the tag's values in lower case. A check whose failure
    weighs less than ``min_level`` counts for nothing. ``of_stacks`` has, by the profile's name, what
    stacks are held to that name one: all that is in them, whatever its tags. With ``every_case`` a failure
    counts in any case that conditions leave open, whatever the defaults of parameters choose.
    """

    profile: Profile
    tag: str = ""
    tagged: Mapping[str, Profile] = field(default_factory=dict)
    min_level: Severity = Severity.NOTE
    every_case: bool = False
    of_stacks: Mapping[str, Standards] = field(default_factory=dict)

    def of(self, profile: str | None) -> Standards:
        """What a stack is held to that names this profile."""
        return self.of_stacks.get(profile, self) if profile else self

    @cached_property
    def profiles(self) -> tuple[Profile, ...]:
        """Every profile that any resource may be held to, each once."""
        others = {profile.name: profile for profile in self.tagged.values() if profile.name != self.profile.name}
        return self.profile, *others.values()

    @property
    def _all_profiles(self) -> tuple[Profile, ...]:
        """The same with those of stacks."""
        return (*self.profiles, *(each.profile for each in self.of_stacks.values()))

    @cached_property
    def rules(self) -> tuple[RuleInfo, ...]:
        """Every rule of these that may count, by code."""
        found = {
            rule.info.code: rule.info
            for profile in self._all_profiles
            for rule in profile.rules
            if self.counts(profile.severities[rule.info.code])
        }
        return tuple(found[code] for code in sorted(found))

    @cached_property
    def severities(self) -> Mapping[str, Severity]:
        """The first profile's word on each rule."""
        found: dict[str, Severity] = {}
        for profile in reversed(self._all_profiles):
            found |= profile.severities
        return found

    def counts(self, severity: Severity) -> bool:
        """Whether what weighs so is reported."""
        return severity.rank >= self.min_level.rank

    @property
    def name(self) -> str:
        """``default``, or ``default, by Environment``, or ``default, by stack``."""
        by = filter(None, (self.tag, "stack" if self.of_stacks else ""))
        return ", by ".join((self.profile.name, *by))

    def doubts(self, resource: Resource, profile: Profile, rule: Rule) -> tuple[Blocker, ...] | None:
        """Why a resource may not be held to a profile's rule; empty when it surely is, None when it is not asked here.

        A resource whose tag is not known may be held to any of the profiles. A rule of
        several is asked once, as the first of them has it; it surely holds where all have
        it alike.
        """
        if not self.tag:
            return ()
        values = self._values(resource)
        names = {self._profile_named_by(value) for value in values}
        possible = [each for each in self.profiles if None in names or each.name in names]
        held = [self._held[each.name].get(rule.info.code) for each in possible]
        if next((each for each, its in zip(possible, held, strict=True) if its is not None), None) is not profile:
            return None
        if all(its is not None and its.parameters == rule.parameters for its in held):
            return ()
        unclear = Blocker(f"tag {self.tag}", resource.place, "which profile it chooses cannot be told")
        return blockers(*values) or (unclear,)

    @cached_property
    def _held(self) -> Mapping[str, Mapping[str, Rule]]:
        """The rules by code, by the profile's name."""
        return {profile.name: {rule.info.code: rule for rule in profile.rules} for profile in self.profiles}

    def _values(self, resource: Resource) -> list[Value]:
        tags = resource.tags
        return alternatives(tags.get(self.tag) if isinstance(tags, MapValue) else tags)

    def _profile_named_by(self, value: Value) -> str | None:
        """The profile that a value of the tag stands for; None where the value is not known."""
        match value:
            case Known():
                return self.tagged.get(str(value).lower(), self.profile).name
            case Absent():
                return self.profile.name
            case _:
                return None


def standards(
    configuration: Configuration,
    *,
    profile: str | None = None,
    tag: str | None = None,
    own: Sequence[Rule] = (),
    passed: Selection = AS_PROFILED,
    min_level: Severity | None = None,
    every_case: bool = False,
) -> Standards:
    """The standards of a configuration, over which a profile, tag or level that is passed takes precedence.

    A tag that is passed chooses by the profiles' own words for its values. Where a profile or tag is passed, the
    profiles of stacks do not count. ``own`` are the
    user's rules. A selection that is passed replaces the configuration's where it selects, and
    else takes away from it. ProfileError for a profile or rule that there is not.
    """
    known = (*rules(), *own)
    selections = (passed,) if passed.select is not None else (configuration.selection, passed)

    def load(name: str) -> Profile:
        loaded, off = _adjusted(load_profile(name, own), configuration.rules, known)
        for selection in selections:
            loaded = selection.applied(loaded, known, off)
        return loaded

    key, names = (tag, tag_values()) if tag else configuration.by_tag or ("", {})
    least = min_level or configuration.min_level
    every_case = every_case or configuration.every_case
    of_stacks = {} if profile or tag else {each["profile"] for each in configuration.stacks if "profile" in each}
    return Standards(
        profile=load(profile or configuration.profile),
        tag=key,
        tagged={value: load(name) for value, name in names.items()},
        min_level=least,
        every_case=every_case,
        of_stacks={name: Standards(load(name), min_level=least, every_case=every_case) for name in sorted(of_stacks)},
    )


def _adjusted(
    profile: Profile, rows: Mapping[str, Mapping[str, Any]], known: Sequence[Rule]
) -> tuple[Profile, frozenset[str]]:
    """A profile with what a project says otherwise of single rules, and the codes of those that it turns off."""
    off: set[str] = set()
    for name, row in rows.items():
        rule = rule_named(name, known)
        if rule is None:
            raise ProfileError(no_rule_named(name, known))
        if row.get("severity") == "off":
            profile = profile.without(rule)
            off.add(rule.info.code)
        else:
            profile = profile.with_rule(rule, row)
    return profile, frozenset(off)
