"""What a rule says. Knows no rule."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum
from typing import Literal

from haanalyzer.source.edit import Edit
from haanalyzer.source.span import Span
from haanalyzer.values import Assumption, Blocker, Scalar

OUR_LETTERS = "HA"
"""What the codes of built-in rules begin with, and users' own do not."""


class Severity(Enum):
    """SARIF's levels. An error is meant to stop a merge."""

    NOTE = "note"
    WARNING = "warning"
    ERROR = "error"

    @property
    def rank(self) -> int:
        return list(Severity).index(self)


@dataclass(frozen=True, slots=True)
class RuleInfo:
    """A rule's identity and prose, in one place for every door.

    ``code`` is for machines (``HA101``), ``slug`` for people and files
    (``single-zone-tier``). ``title`` is one sentence without its period; ``why``
    says what breaks, ``mend`` how to repair it, ``references`` are URLs. ``kinds``
    are the resource kinds it judges, in the catalogue's words; ``systems`` the systems of
    ``catalog/systems.yaml`` whose claims it holds a template to, ``like`` the checks of
    ``catalog/peer_checks.csv`` that it answers.
    """

    code: str
    slug: str
    title: str
    why: str
    mend: str
    references: tuple[str, ...]
    severity: Severity
    kinds: tuple[str, ...]
    systems: tuple[str, ...] = ()
    like: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Step:
    """One link of a chain of evidence: a place and what holds there."""

    place: Span
    text: str


@dataclass(frozen=True, slots=True)
class Change:
    """A mend that is one attribute: of which resource, which attribute in the catalogue's words, and its new value."""

    address: str
    attribute: str
    value: Scalar


@dataclass(frozen=True, slots=True)
class Setting:
    """A change in the provider's words: of the declaration at a place, the path to an attribute, and its new value."""

    declaration: Span
    path: tuple[str, ...]
    value: Scalar


@dataclass(frozen=True, slots=True)
class Fix:
    """Edits that make the changes of a verdict, or the ``obstacle`` that keeps them from being made safely.

    ``description`` says what is set to what, in the provider's words; ``settings`` are the
    same as data, so that several fixes can be made together.
    """

    description: str
    settings: tuple[Setting, ...]
    edits: tuple[Edit, ...] = ()
    obstacle: str = ""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a rule says of one resource: pass, fail with its evidence, or undecided with what blocks it.

    ``subject`` is the resource's address, refined by ``part`` where a rule judges
    several parts of it (a VPC's private tier). ``message`` is one sentence without
    its period; ``at`` the narrow primary place. ``evidence`` is the chain in the
    order of the argument. ``assuming`` are defaults the verdict rests on. ``changes``
    mend a failure when all of them are made. ``when`` is the case that a failure is one in,
    among those that the template's conditions leave open; empty where it is one in each of them.
    ``failures`` are those of an undecided check, each ``when`` its own case is deployed.
    """

    outcome: Literal["pass", "fail", "undecided"]
    subject: str
    at: Span
    part: str = ""
    message: str = ""
    evidence: tuple[Step, ...] = ()
    assuming: frozenset[Assumption] = frozenset()
    blockers: tuple[Blocker, ...] = ()
    severity: Severity | None = None
    changes: tuple[Change, ...] = ()
    calls: tuple[Span, ...] = field(default=())
    when: str = ""
    failures: tuple[Verdict, ...] = ()

    @property
    def key(self) -> tuple[str, str]:
        """What the verdict is about, independent of lines."""
        return self.subject, self.part
