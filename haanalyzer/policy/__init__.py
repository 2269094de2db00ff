"""Which rules there are, which of them run, and how much their findings weigh."""

from haanalyzer.policy.configuration import Configuration, find_configuration, read_configuration
from haanalyzer.policy.declared import RulesetError
from haanalyzer.policy.every_rule import own_rules, rule_named, rules
from haanalyzer.policy.known_names import no_rule_named
from haanalyzer.policy.profiles import Profile, ProfileError, load_profile, profile_names, tag_values
from haanalyzer.policy.settings import Overrides, Settings, SettingsError, settings_for
from haanalyzer.policy.standards import Standards, standards

__all__ = [
    "Configuration",
    "Overrides",
    "Profile",
    "ProfileError",
    "RulesetError",
    "Settings",
    "SettingsError",
    "Standards",
    "find_configuration",
    "load_profile",
    "no_rule_named",
    "own_rules",
    "profile_names",
    "read_configuration",
    "rule_named",
    "rules",
    "settings_for",
    "standards",
    "tag_values",
]
