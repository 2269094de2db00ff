"""Fixtures of rules: templates whose comments announce what must be found on their line, and nothing else.

``<slug>/<situation>.yaml`` is a template, ``<slug>/<situation>.tf`` a root module of one
file, ``<slug>/<situation>/`` a root module of several or a stack with those it nests.
``# expect: HA101 words of the message`` stands on the line of the finding, with ``HA101[note]``
where it weighs less than the rule itself,
``# undecided: HA101`` anywhere once for each undecided check, ``# assuming: Name`` once for
each default that findings rest on, ``# region: eu-west-1`` at the top gives the region,
``# parameter: fewest_days = 7`` one of the rule's. A fixture is held to the rule of its
folder, and to those that it announces.
"""

from __future__ import annotations

import re
import shutil
import tempfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from haanalyzer.engine import analyze
from haanalyzer.frontends.deployment import Inputs
from haanalyzer.policy import Profile, load_profile
from haanalyzer.results import Judgement, Report
from haanalyzer.rules.kit import OF_ANOTHER_KIND, Rule
from haanalyzer.source.configuration_files import is_configuration

_EXPECT = re.compile(r"(?:#|//) expect: ([A-Z]+\d+)(?:\[(\w+)\])?(?: (.+?))?\s*$")
_UNDECIDED = re.compile(r"# undecided: ([A-Z]+\d+)")
_ASSUMING = re.compile(r"# assuming: (\S+)")
_PARAMETER = re.compile(r"^# parameter: (\w+) = (.+?)\s*$", re.MULTILINE)
_REGION = re.compile(r"^# region: (\S+)", re.MULTILINE)
_TEMPLATES = frozenset({".yaml", ".yml", ".json", ".template"})


class Announcement(NamedTuple):
    """A finding that must be there; ``level`` is empty where it is the rule's own."""

    path: str
    line: int
    code: str
    level: str
    words: str

    def is_met_by(self, one: Judgement) -> bool:
        same_place = (self.path, self.line, self.code) == (one.place.path, one.place.line, one.rule.code)
        level = self.level or one.rule.severity.value
        return same_place and level == one.severity.value and self.words in one.verdict.message

    def __str__(self) -> str:
        level = f"[{self.level}]" if self.level else ""
        return f"{self.code}{level} {self.words}".strip()


@dataclass(frozen=True)
class Fixture:
    """A template or root module that announces what must be found; ``own`` are a user's rules it may be held to."""

    path: Path
    own: tuple[Rule, ...] = field(default=(), compare=False)

    @property
    def slug(self) -> str:
        return self.path.parent.name

    @property
    def name(self) -> str:
        return f"{self.slug}/{self.path.name}"

    @property
    def situation(self) -> str:
        return self.path.stem if self.path.is_file() else self.path.name

    @cached_property
    def texts(self) -> dict[str, str]:
        """Every file's text, by its path as a report names it. What is no UTF-8 is kept as it is."""
        files = (
            [self.path] if self.path.is_file() else sorted(each for each in self.path.rglob("*.*") if each.is_file())
        )
        return {
            file.relative_to(self.path.parent).as_posix(): file.read_bytes().decode("utf-8", "surrogateescape")
            for file in files
        }

    @cached_property
    def inputs(self) -> Inputs:
        regions = [match[1] for text in self.texts.values() for match in _REGION.finditer(text)]
        return Inputs(region=regions[0] if regions else None)

    def expected(self) -> list[Announcement]:
        """The announced findings, in order."""
        return sorted(
            Announcement(path, number, match[1], match[2] or "", match[3] or "")
            for path, text in self.texts.items()
            for number, line in enumerate(text.splitlines(), 1)
            if (match := _EXPECT.search(line))
        )

    def expected_undecided(self) -> Counter[str]:
        """How many checks of each rule, by code, are announced as undecided."""
        return Counter(code for text in self.texts.values() for code in _UNDECIDED.findall(text))

    def expected_assumptions(self) -> set[str]:
        """The names of the defaults that findings are announced to rest on."""
        return {name for text in self.texts.values() for name in _ASSUMING.findall(text)}

    @cached_property
    def parameters(self) -> dict[str, Any]:
        """What is given to the rule of its folder instead of its defaults."""
        given = (match.groups() for text in self.texts.values() for match in _PARAMETER.finditer(text))
        return {name: yaml.safe_load(value) for name, value in given}

    def copy_to(self, folder: Path, texts: dict[str, str] | None = None) -> None:
        """Lay the fixture out alone, so that a root module holds no other fixture's file; perhaps with other texts."""
        for path, text in (texts or self.texts).items():
            target = folder / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(text.encode("utf-8", "surrogateescape"))

    def analyze_in(self, folder: Path, texts: dict[str, str] | None = None) -> Report:
        """What the rules that it is held to say of it, laid out in a folder that is emptied first."""
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        self.copy_to(folder, texts)
        path = "." if is_configuration(self.path.name) else self.path.name
        return analyze([path], folder, self.inputs, self._profile)

    @cached_property
    def _profile(self) -> Profile:
        """The rules that it is held to: those that it announces, and that of its folder."""
        named = {each.code for each in self.expected()} | set(self.expected_undecided())
        slug = self.slug
        profile = load_profile("all", self.own)
        mine = (rule for rule in profile.rules if rule.info.code in named or rule.info.slug == slug)
        return replace(profile, rules=tuple(map(self._with_parameters, mine)))

    def _with_parameters(self, rule: Rule) -> Rule:
        if rule.info.slug != self.slug:
            return rule
        return replace(rule, parameters={**rule.parameters, **self.parameters})

    def surprises(self) -> list[str]:
        """What is not as announced: each line says what was expected and what was found."""
        with tempfile.TemporaryDirectory() as folder:
            report = self.analyze_in(Path(folder) / "fixture")
        unread = [str(each) for each in report.diagnostics if each.is_error]
        return unread or [
            *_findings(self.expected(), report),
            *_undecided(self.expected_undecided(), report, self.slug),
            *_assumed(self.expected_assumptions(), report),
            *_unexplained(report),
        ]


def fixtures_in(folder: Path, own: tuple[Rule, ...] = ()) -> list[Fixture]:
    """The fixtures of one rule, by name."""
    if not folder.is_dir():
        return []
    found = sorted(each for each in folder.iterdir() if not each.name.startswith("."))
    return [
        Fixture(each, own)
        for each in found
        if each.is_dir() or each.suffix in _TEMPLATES or is_configuration(each.name)
    ]


def _findings(expected: list[Announcement], report: Report) -> Iterator[str]:
    """Each finding takes the announcement of its line, code and level whose words it says; what is left surprises."""
    announced = list(expected)
    for one in report.findings():
        told = [each for each in announced if each.is_met_by(one)]
        if told:
            announced.remove(max(told, key=lambda each: len(each.words)))
        else:
            said = f"{one.severity.value}[{one.rule.code}] {one.verdict.message}"
            yield f"{one.place}: found {said}; that is not announced there"
    for each in announced:
        yield f"{each.path}:{each.line}: expected {each}; it is not found there"


def _undecided(expected: Counter[str], report: Report, slug: str) -> Iterator[str]:
    found = [one for one in report.undecided() if one.rule.slug == slug or one.rule.code in expected]
    for code in sorted({*expected, *(one.rule.code for one in found)}):
        mine = [one for one in found if one.rule.code == code]
        if len(mine) != expected[code]:
            which = "; ".join(f"{one.verdict.subject} lacks {one.verdict.blockers[0]}" for one in mine)
            yield f"expected {expected[code]} undecided checks of {code}, found {len(mine)}{which and f': {which}'}"


def _assumed(expected: set[str], report: Report) -> Iterator[str]:
    """Only a fixture that announces any says all of them."""
    found = {assumption.name for one in report.findings() for assumption in one.verdict.assuming}
    if expected and found != expected:
        yield f"expected findings to rest on {', '.join(sorted(expected))}, found {', '.join(sorted(found)) or 'none'}"


def _unexplained(report: Report) -> Iterator[str]:
    """A check that is undecided for no reason but that a value is of another kind, which no fixture means."""
    for one in report.undecided():
        if any(blocker.reason == OF_ANOTHER_KIND for blocker in one.verdict.blockers):
            yield f"{one.place}: {one.rule.code} is undecided for {one.verdict.subject}, and does not say what it lacks"
