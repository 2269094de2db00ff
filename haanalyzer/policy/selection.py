"""Which rules run, by their names."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase

from haanalyzer.finding import RuleInfo
from haanalyzer.policy.profiles import Profile
from haanalyzer.rules.kit import Rule

_EXACTLY = 1_000


@dataclass(frozen=True, slots=True)
class Selection:
    """What a user says of which rules run.

    ``select`` takes the place of a profile's choice; None leaves that as it is. ``ignore``
    takes away from it. Each word is a code, a slug, the beginning of a code such as
    ``HA1``, or a pattern of either with ``*`` and ``?``, in any case. Where words of both
    mean a rule, the narrower one counts, and of equal ones ``ignore``.
    """

    select: tuple[str, ...] | None = None
    ignore: tuple[str, ...] = ()

    def applied(self, profile: Profile, known: Sequence[Rule], off: Collection[str] = ()) -> Profile:
        """The profile with this choice of all known rules, weighed as it says, or as the rule's own where it is silent.

        ``off`` are codes that only their own names select.
        """
        if self.select is None and not self.ignore:
            return profile
        chosen = [rule for rule in known if self._chooses(rule.info, profile, off)]
        joining = [rule for rule in chosen if rule.info.code not in profile.severities]
        profile = profile.only({rule.info.code for rule in chosen})
        for rule in joining:
            profile = profile.with_rule(rule, {"reason": "selected by name"})
        return profile

    def _chooses(self, rule: RuleInfo, profile: Profile, off: Collection[str]) -> bool:
        ignored = _narrowness(self.ignore, rule)
        if self.select is None:
            return rule.code in profile.severities and not ignored
        selected = _narrowness(self.select, rule)
        return selected > ignored and (selected == _EXACTLY or rule.code not in off)


AS_PROFILED = Selection()
"""What the profile chooses."""


def means(word: str, rule: RuleInfo) -> bool:
    """Whether a word of a selection means a rule."""
    return bool(_narrowness([word], rule))


def _narrowness(words: Iterable[str], rule: RuleInfo) -> int:
    """How narrow the narrowest of the words is that means the rule; 0 where none does."""
    return max((_narrowness_of(word.lower(), rule.code.lower(), rule.slug) for word in words), default=0)


def _narrowness_of(word: str, code: str, slug: str) -> int:
    if word in (code, slug):
        return _EXACTLY
    literal = len(word) - word.count("*") - word.count("?")
    if literal < len(word):
        return 1 + literal if fnmatchcase(code, word) or fnmatchcase(slug, word) else 0
    return 1 + literal if word and code.startswith(word) else 0
