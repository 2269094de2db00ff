"""Which rules there are, which of them run, and how much their findings weigh."""

from haanalyzer.policy.declared import RulesetError
from haanalyzer.policy.every_rule import own_rules, rule_named, rules
from haanalyzer.policy.profiles import Profile, ProfileError, load_profile, profile_names

__all__ = [
    "Profile",
    "ProfileError",
    "RulesetError",
    "load_profile",
    "own_rules",
    "profile_names",
    "rule_named",
    "rules",
]
