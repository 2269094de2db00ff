"""What holds for one folder: its configuration, and over it what the user passes. Every door asks here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from haanalyzer.policy.configuration import Configuration, find_configuration, read_configuration
from haanalyzer.policy.declared import RulesetError
from haanalyzer.policy.every_rule import own_rules
from haanalyzer.policy.profiles import ProfileError
from haanalyzer.policy.standards import Standards, standards


class SettingsError(ValueError):
    """A configuration, profile, rule or ruleset that cannot be had; the message says which, where and why."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What resources are held to, and the configuration that says so."""

    standards: Standards
    configuration: Configuration


def settings_for(
    folder: Path,
    *,
    config: Path | None = None,
    profile: str | None = None,
    tag: str | None = None,
    rulesets: Sequence[str] = (),
) -> Settings:
    """The settings for what is analyzed in a folder: those of ``config``, or of the configuration that holds there.

    ``profile``, ``tag`` and ``rulesets`` (paths, relative to the current folder) are what the user passes besides.
    SettingsError with all that is wrong.
    """
    path = config or find_configuration(folder)
    try:
        configuration = read_configuration(path.resolve()) if path else Configuration()
        own = own_rules([*configuration.rulesets, *rulesets], Path.cwd())
        return Settings(standards(configuration, profile=profile, tag=tag, own=own), configuration)
    except (RulesetError, ProfileError) as error:
        raise SettingsError(str(error)) from error
