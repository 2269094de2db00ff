"""What holds for one folder: its configuration, and over it what the user passes. Every door asks here."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from haanalyzer.finding import Severity
from haanalyzer.policy.configuration import (
    Configuration,
    find_configuration,
    level_named,
    read_configuration,
    unread_below,
    unread_beside,
    unread_by_name,
)
from haanalyzer.policy.declared import RulesetError
from haanalyzer.policy.every_rule import own_rules, rules
from haanalyzer.policy.known_names import no_rule_named, unmeant, wrong_names
from haanalyzer.policy.profiles import ProfileError
from haanalyzer.policy.selection import Selection
from haanalyzer.policy.standards import Standards, standards
from haanalyzer.rules.kit import Rule
from haanalyzer.source.diagnostic import Diagnostic
from haanalyzer.source.exclusion import Exclusion, is_pattern
from haanalyzer.source.files import Files

if TYPE_CHECKING:
    from haanalyzer.policy.stacks import Stacks


class SettingsError(ValueError):
    """A configuration, profile, rule or ruleset that cannot be had; the message says which, where and why."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What resources are held to, what of it is shown, and the configuration that says so.

    ``fail_on`` is the least level of a finding that makes a command fail, None where none
    does. ``show`` has what is listed besides findings: ``undecided``, ``passed``.
    ``baseline`` is a file of findings that were there before. ``exclude`` is what discovery
    leaves out. ``notes`` say what was found and does not count.
    """

    standards: Standards
    configuration: Configuration
    fail_on: Severity | None = Severity.NOTE
    show: frozenset[str] = frozenset()
    baseline: Path | None = None
    exclude: tuple[Exclusion, ...] = ()
    notes: tuple[Diagnostic, ...] = ()

    def fails_on(self, severity: Severity) -> bool:
        """Whether a finding that weighs so makes a command fail."""
        return self.fail_on is not None and severity.rank >= self.fail_on.rank

    def stacks(self, base: Path) -> Stacks | None:
        """The stacks of the configuration, with paths as an analysis of a folder calls them; None where it has none."""
        configuration = self.configuration
        if not configuration.stacks or configuration.written is None or configuration.folder is None:
            return None
        from haanalyzer.policy.stacks import stacks_of

        return stacks_of(configuration.stacks, configuration.written, configuration.folder, base)

    def files(self, base: Path, overlay: Mapping[str, str] | None = None) -> Files:
        """The files of the folder that these settings are for, or of a copy of it; see `Files`."""
        return Files(base, overlay, self.exclude)


@dataclass(frozen=True, slots=True, kw_only=True)
class Overrides:
    """What the user passes, by the names that a configuration has for it.

    ``rulesets`` are paths relative to the current folder, ``exclude`` patterns relative to the analyzed one.
    ``rulesets``, ``show`` and ``exclude`` add to what the configuration says; the others take its place.
    """

    profile: str | None = None
    tag: str | None = None
    rulesets: Sequence[str] = ()
    select: Sequence[str] | None = None
    ignore: Sequence[str] = ()
    min_level: str | None = None
    every_case: bool = False
    fail_on: str | None = None
    show: Collection[str] = ()
    exclude: Sequence[str] = ()

    @property
    def selection(self) -> Selection:
        return Selection(None if self.select is None else tuple(self.select), tuple(self.ignore))


def settings_for(
    folder: Path,
    overrides: Overrides = Overrides(),
    *,
    config: Path | None = None,
    use_config: bool = True,
    within: Iterable[Path] = (),
) -> Settings:
    """The settings for what is analyzed in a folder: those of ``config``, or of the configuration that holds there.

    ``within`` are the folders that are looked into: a configuration of their own does not count, which is noted.
    SettingsError with all that is wrong.
    """
    try:
        path = (config or find_configuration(folder)) if use_config else None
        configuration = read_configuration(path.parent.resolve() / path.name) if path else Configuration()
        held_to = _standards(configuration, overrides)
        notes = _unread(folder, path, within) if use_config and not config else ()
    except (RulesetError, ProfileError) as error:
        raise SettingsError(str(error)) from error
    except OSError as error:  # of a folder above, of which cannot be told what is in it
        raise SettingsError(f"{error.filename}: {error.strerror}") from error
    return Settings(
        standards=held_to,
        configuration=configuration,
        fail_on=level_named(overrides.fail_on) if overrides.fail_on else configuration.fail_on,
        show=configuration.show | set(overrides.show),
        baseline=configuration.baseline,
        exclude=_exclusions(folder, configuration, overrides.exclude),
        notes=notes,
    )


def _standards(configuration: Configuration, overrides: Overrides) -> Standards:
    own = own_rules([*configuration.rulesets, *overrides.rulesets], Path.cwd())
    _check_names(configuration, overrides.selection, (*rules(), *own))
    return standards(
        configuration,
        profile=overrides.profile,
        tag=overrides.tag,
        own=own,
        passed=overrides.selection,
        min_level=Severity(overrides.min_level) if overrides.min_level else None,
        every_case=overrides.every_case,
    )


def _unread(folder: Path, path: Path | None, within: Iterable[Path]) -> tuple[Diagnostic, ...]:
    """What is said of configurations that were found, and do not count beside the one at ``path``."""
    beside = unread_beside(path) if path else None
    below = (unread_below(path, each) for each in within)
    return tuple(dict.fromkeys(filter(None, (beside, unread_by_name(folder), *below))))


def _check_names(configuration: Configuration, passed: Selection, known: Sequence[Rule]) -> None:
    """RulesetError for names in the configuration, SettingsError for those passed, that stand for nothing."""
    if configuration.written and (wrong := wrong_names(configuration.written, known)):
        raise RulesetError(wrong)
    flags = (("--select", passed.select or ()), ("--ignore", passed.ignore))
    unknown = [f"{flag}: {no_rule_named(word, known)}" for flag, words in flags for _, word in unmeant(words, known)]
    if unknown:
        raise SettingsError("\n".join(unknown))


def _exclusions(folder: Path, configuration: Configuration, passed: Sequence[str]) -> tuple[Exclusion, ...]:
    """What is left out of a folder, SettingsError for a pattern that no path can match."""
    for pattern in passed:
        if not is_pattern(pattern):
            raise SettingsError(f"--exclude: expected a pattern as in .gitignore, found {pattern!r}")
    written = ((configuration.folder, configuration.exclude), (folder, tuple(passed)))
    return tuple(
        Exclusion(os.path.relpath(folder.resolve(), place.resolve()).replace(os.sep, "/"), patterns)
        for place, patterns in written
        if place is not None and patterns
    )
