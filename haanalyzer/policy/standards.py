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
from haanalyzer.policy.profiles import Profile, ProfileError, load_profile, tag_values
from haanalyzer.rules.kit import Rule
from haanalyzer.values import Absent, Blocker, Known, MapValue, Value, alternatives, blockers


@dataclass(frozen=True)
class Standards:
    """The profile that resources are held to, and those that take its place by the value of a tag.

    ``tagged`` has the profiles by the tag's values in lower case.
    """

    profile: Profile
    tag: str = ""
    tagged: Mapping[str, Profile] = field(default_factory=dict)

    @cached_property
    def profiles(self) -> tuple[Profile, ...]:
        """Every profile that any resource may be held to, each once."""
        others = {profile.name: profile for profile in self.tagged.values() if profile.name != self.profile.name}
        return self.profile, *others.values()

    @cached_property
    def rules(self) -> tuple[RuleInfo, ...]:
        """Every rule of these, by code."""
        found = {rule.info.code: rule.info for profile in self.profiles for rule in profile.rules}
        return tuple(found[code] for code in sorted(found))

    @cached_property
    def severities(self) -> Mapping[str, Severity]:
        """The first profile's word on each rule."""
        found: dict[str, Severity] = {}
        for profile in reversed(self.profiles):
            found |= profile.severities
        return found

    @property
    def name(self) -> str:
        """``default``, or ``default, by Environment``."""
        return f"{self.profile.name}, by {self.tag}" if self.tag else self.profile.name

    def doubts(self, resource: Resource, profile: Profile, rule: Rule) -> tuple[Blocker, ...] | None:
        """Why a resource may not be held to a profile's rule; empty when it surely is, None when it surely is not.

        A resource whose tag is not known is held to the first profile, and perhaps to the
        rules that only others have.
        """
        if not self.tag:
            return ()
        values = self._values(resource)
        names = {self._profile_named_by(value) for value in values}
        if names == {profile.name} or (profile is self.profile and (None in names or len(names) > 1)):
            return ()
        first = next(each for each in self.profiles if rule.info.code in each.severities)
        if (None not in names and (len(names) == 1 or profile.name not in names)) or first is not profile:
            return None
        unclear = Blocker(f"tag {self.tag}", resource.place, "which profile it chooses cannot be told")
        return blockers(*values) or (unclear,)

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
    configuration: Configuration, *, profile: str | None = None, tag: str | None = None, own: Sequence[Rule] = ()
) -> Standards:
    """The standards of a configuration, over which a profile or a tag that is passed takes precedence.

    A tag that is passed chooses by the profiles' own words for its values. ``own`` are the
    user's rules. ProfileError for a profile or rule that there is not.
    """

    def load(name: str) -> Profile:
        return _adjusted(load_profile(name, own), configuration.rules, (*rules(), *own))

    key, names = (tag, tag_values()) if tag else configuration.by_tag or ("", {})
    return Standards(
        profile=load(profile or configuration.profile),
        tag=key,
        tagged={value: load(name) for value, name in names.items()},
    )


def _adjusted(profile: Profile, rows: Mapping[str, Mapping[str, Any]], known: Sequence[Rule]) -> Profile:
    """A profile with what a project says otherwise of single rules."""
    for name, row in rows.items():
        rule = rule_named(name, known)
        if rule is None:
            raise ProfileError(f"no rule is named {name!r}; `haanalyzer rules` lists them")
        profile = profile.without(rule) if row.get("severity") == "off" else profile.with_rule(rule, row)
    return profile
