"""One analysis of a template that cfn-lint lints, shared by all rules."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import Protocol

from cfnlint.rules import RuleMatch
from cfnlint.template import Template

from haanalyzer.cfnlint.choices import Chosen, ParameterError, chosen
from haanalyzer.cfnlint.findings import Found, findings, not_read
from haanalyzer.cfnlint.ids import NOT_READ, OTHER_RULE, id_of, is_named
from haanalyzer.cfnlint.subject import Subject
from haanalyzer.policy import SettingsError, Standards, rules, settings_for


class Told(Chosen, Protocol):
    """One of our ids as cfn-lint runs it; ``included`` are the prefixes of ids that it is told to include."""

    included: tuple[str, ...]


class Linting:
    """What haanalyzer says of one template, by the ids that joined.

    The template itself is passed when it is needed, and never kept: its life is cfn-lint's.
    """

    def __init__(self, cfn: Template) -> None:
        self._subject = Subject(cfn)
        self._ids: dict[str, Told] = {}
        self._matches: dict[str, list[RuleMatch]] | None = None

    def join(self, id_: Told) -> None:
        """Take in an id that findings may be shown under, with what cfn-lint was told of it."""
        self._ids[id_.id] = id_

    def may_find(self, id_: Told) -> bool:
        """Whether anything can be found under an id: the template is held to the rule, which weighs as much or more."""
        if id_.code in (NOT_READ, OTHER_RULE) or id_.config or is_named(id_.id, id_.included):
            return True
        if isinstance(self._standards, SettingsError):
            return False
        weights = [profile.severities.get(id_.code) for profile in self._standards.profiles]
        return any(weight is not None and weight.rank >= id_.weight.rank for weight in weights)

    def matches(self, id_: Told, cfn: Template) -> list[RuleMatch]:
        """What was found under an id. A fault of ours is one match, too."""
        if self._matches is None:
            self._matches = {}
            places = self._subject.places(cfn)
            for found in self._found(id_, cfn):
                self._matches.setdefault(self._id_of(found), []).append(places.match(found.place, found.message))
        return self._matches.get(id_.id, [])

    @cached_property
    def _standards(self) -> Standards | SettingsError:
        try:
            return settings_for(self._subject.folder).standards
        except SettingsError as error:
            return error

    def _found(self, asking: Told, cfn: Template) -> list[Found]:
        """All that is to be shown; cfn-lint drops repetitions. What ``asking`` was told to include, every id was."""
        try:
            return list(self._analyzed(asking, cfn))
        except (SettingsError, ParameterError) as error:
            return [not_read(self._subject, str(error))]
        except Exception as error:  # noqa: BLE001 - cfn-lint would show it once for each of our rules
            return [not_read(self._subject, f"internal error: {type(error).__name__}: {error}; please report it")]

    def _analyzed(self, asking: Told, cfn: Template) -> Iterator[Found]:
        if isinstance(self._standards, SettingsError):
            raise self._standards
        known = {rule.info.code: rule for rule in (*rules(), *self._standards.profile.rules)}
        standards = chosen(self._standards, self._ids.values(), asking.included, known)
        yield from findings(self._subject, cfn, standards)

    def _id_of(self, found: Found) -> str:
        id_ = id_of(found.code, found.weight)
        return id_ if id_ in self._ids else id_of(OTHER_RULE, found.weight)
