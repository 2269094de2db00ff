"""What one analysis says: every verdict, and what was not read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from haanalyzer.finding import Fix, RuleInfo, Severity, Verdict
from haanalyzer.frontends.deployment import NOT_INSTALLED
from haanalyzer.frontends.origin import Origin
from haanalyzer.source.diagnostic import Diagnostic
from haanalyzer.source.document import Document
from haanalyzer.source.span import Span
from haanalyzer.values import PAST_BUDGET, Blocker


@dataclass(frozen=True, slots=True)
class Suppression:
    """The word that a finding is to be ignored: why (may be empty), where it is written, and its last day.

    It is the user's, or ours (``is_ours``) on what no user can mend: ``place`` is then the finding's.
    """

    reason: str
    place: Span
    until: date | None = None
    is_ours: bool = False


class Identity(NamedTuple):
    """What a finding is about, whatever line it stands on: the same before and after an edit elsewhere.

    ``code`` is the rule's; the rest is the deployment's path, the subject's address in it, which part of that, and
    which of the stacks that are deployed of the path, empty where none is named.
    """

    code: str
    deployment: str
    subject: str
    part: str
    stack: str = ""

    @property
    def digest(self) -> str:
        """The same as one word of 64 hexadecimal digits."""
        import hashlib  # slow to load, and not every format tells digests

        words = self if self.stack else self[:-1]
        return hashlib.sha256("\0".join(words).encode("utf-8", "backslashreplace")).hexdigest()


@dataclass(frozen=True, slots=True)
class Recorded:
    """A finding of an earlier analysis: what it was about, the path it was shown at, what it said, its rule's slug."""

    identity: Identity
    path: str
    message: str
    slug: str = ""


@dataclass(frozen=True, slots=True)
class Judgement:
    """One rule's verdict on one resource of one deployment, weighed by the profile.

    ``deployment`` is the path of the template or root module, ``stack`` tells which of those that are
    deployed of it, empty where the configuration names none; ``named`` are the places that
    name the resource: its own, and that of its block where it is about one. ``suppressed`` is
    given only for a failure the user said to ignore, ``fix`` for one that is mended by
    setting attributes. ``recorded`` is a failure that the baseline has. ``cause`` is the
    place, among the verdict's own, where a change brought it about. ``of_example`` is
    true where the deployment is there to show or to test a module. ``origin`` is the construct that
    made the resource where a program did, and the lines of that which made what stands at the verdict's place.
    """

    rule: RuleInfo
    verdict: Verdict
    severity: Severity
    deployment: str
    suppressed: Suppression | None = None
    fix: Fix | None = None
    recorded: bool = False
    cause: Span | None = None
    named: tuple[Span, ...] = ()
    origin: Origin | None = None
    of_example: bool = False
    stack: str = ""

    @property
    def identity(self) -> Identity:
        return Identity(self.rule.code, self.deployment, *self.verdict.key, self.stack)

    @property
    def where(self) -> str:
        """Its deployment: ``network.yaml``, or ``network.yaml (production)``."""
        return f"{self.deployment} ({self.stack})" if self.stack else self.deployment

    @property
    def program(self) -> tuple[Span, ...]:
        """The lines of a program that made what stands at the verdict's place, the innermost first."""
        return self.origin.program if self.origin else ()

    @property
    def leads(self) -> str:
        """What stands at its place where the rule looked elsewhere."""
        return "change" if self.cause else "construct" if self.program else "call"

    @property
    def place(self) -> Span:
        """Where the user can act: the verdict's place, or what of theirs leads there.

        That is the outermost call to others' code, or the line of the program that made it.
        """
        if self.cause is None and self.program:
            return self.program[0]
        at = self.cause or self.verdict.at
        if not is_foreign(at):
            return at
        return next((call for call in self.verdict.calls if not is_foreign(call)), at)


def is_foreign(place: Span) -> bool:
    """Whether a file was fetched by Terraform, or lies above the base of the analysis."""
    folders = place.path.split("/")[:-1]
    return ".." in folders or ".terraform" in folders


@dataclass(frozen=True, slots=True)
class Coverage:
    """How many checks there were, and how many of them were decided."""

    decided: int
    total: int

    @property
    def undecided(self) -> int:
        return self.total - self.decided


@dataclass(frozen=True, slots=True)
class Comparison:
    """What a change does besides bringing findings and taking them away.

    ``unsettled`` are the checks that were decided before it and are not any more, ``ignored`` the
    findings that are ignored since.
    """

    unsettled: tuple[Judgement, ...] = ()
    ignored: tuple[Judgement, ...] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """The outcome of an analysis, as every door renders it.

    ``rules`` are all enabled rules, ``severities`` the profile's word on each, by
    code. ``judgements`` hold passes, failures and undecided checks in a
    deterministic order. ``documents`` has the text of every file that a place
    names, by path; ``deployments`` are those that declare anything, ``files`` what was read.
    ``gone`` are the findings of the baseline that are none any more; None without a baseline.
    ``comparison`` is given where the baseline is what was found before a change. ``given`` are the files
    that stacks are given, by `Judgement.where`.
    """

    rules: tuple[RuleInfo, ...]
    severities: Mapping[str, Severity]
    judgements: tuple[Judgement, ...]
    diagnostics: tuple[Diagnostic, ...]
    documents: Mapping[str, Document]
    deployments: tuple[str, ...]
    files: tuple[str, ...]
    profile: str
    gone: tuple[Recorded, ...] | None = None
    comparison: Comparison | None = None
    given: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def findings(self) -> tuple[Judgement, ...]:
        """The failures that nobody said to ignore and no baseline has."""
        return tuple(one for one in self._unsuppressed() if not one.recorded)

    def recorded(self) -> tuple[Judgement, ...]:
        """The failures that nobody said to ignore and that the baseline has."""
        return tuple(one for one in self._unsuppressed() if one.recorded)

    def suppressed(self) -> tuple[Judgement, ...]:
        """The failures that the user said to ignore."""
        return tuple(one for one in self.judgements if one.verdict.outcome == "fail" and one.suppressed is not None)

    def _unsuppressed(self) -> Iterator[Judgement]:
        return (one for one in self.judgements if one.verdict.outcome == "fail" and one.suppressed is None)

    def undecided(self) -> tuple[Judgement, ...]:
        """The checks that lack something only the deployment knows."""
        return tuple(one for one in self.judgements if one.verdict.outcome == "undecided")

    def passed(self) -> tuple[Judgement, ...]:
        """The checks that found nothing."""
        return tuple(one for one in self.judgements if one.verdict.outcome == "pass")

    def passes(self) -> Mapping[str, int]:
        """How many checks each enabled rule passed, by code."""
        counts = {rule.code: 0 for rule in self.rules}
        for one in self.passed():
            counts[one.rule.code] = counts.get(one.rule.code, 0) + 1
        return counts

    def coverage(self) -> Coverage:
        """How many of all checks were decided, passed or failed."""
        return Coverage(len(self.judgements) - len(self.undecided()), len(self.judgements))

    def not_installed(self) -> int:
        """How many undecided checks would know more after ``terraform init``."""
        return sum(
            any(blocker.reason.endswith(NOT_INSTALLED) for blocker in one.verdict.blockers) for one in self.undecided()
        )

    def past_budget(self) -> int:
        """How many undecided checks lack what takes more to evaluate than one analysis may."""
        return sum(
            any(blocker.reason.endswith(PAST_BUDGET) for blocker in one.verdict.blockers) for one in self.undecided()
        )

    def blockers(self) -> tuple[tuple[Blocker, int], ...]:
        """What keeps checks undecided, with the number of checks each blocks: the most first.

        A term blocks once per check, and is one thing throughout a deployment: its
        first place stands for all.
        """
        first: dict[tuple[str, str], Blocker] = {}
        counts: dict[tuple[str, str], int] = {}
        for one in self.undecided():
            for key in dict.fromkeys((one.where, blocker.term) for blocker in one.verdict.blockers):
                counts[key] = counts.get(key, 0) + 1
            for blocker in one.verdict.blockers:
                key = (one.where, blocker.term)
                first[key] = min(first.get(key, blocker), blocker, key=lambda each: (each.place, each.reason))
        ranked = sorted(counts, key=lambda key: (-counts[key], first[key].place, key))
        return tuple((first[key], counts[key]) for key in ranked)
