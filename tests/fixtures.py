"""Fixtures of rules: templates whose comments announce what must be found on their line, and nothing else.

``testdata/rules/<slug>/<situation>.yaml`` is a template, ``<situation>.tf`` a root
module of one file, ``<situation>/`` a root module of several or a stack with those it
nests. ``# expect: HA101 words of the message`` stands on the line of the finding,
``# undecided: HA101`` anywhere once for each undecided check, ``# region: eu-west-1`` at
the top gives the region. A fixture is held to the rule of its folder, and to those
that it announces.
"""

from __future__ import annotations

import re
import shutil
from collections import Counter
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from haanalyzer.engine import analyze
from haanalyzer.frontends.deployment import Inputs
from haanalyzer.policy import load_profile, rules
from haanalyzer.results import Report

TESTDATA = Path(__file__).parents[1] / "testdata"

_EXPECT = re.compile(r"(?:#|//) expect: ([A-Z]+\d+)(?: (.+?))?\s*$")
_UNDECIDED = re.compile(r"# undecided: ([A-Z]+\d+)")
_ASSUMING = re.compile(r"# assuming: (\S+)")
_REGION = re.compile(r"^# region: (\S+)", re.MULTILINE)


@dataclass(frozen=True)
class Fixture:
    path: Path

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
        """Every file's text, by its path as a report names it."""
        files = (
            [self.path] if self.path.is_file() else sorted(each for each in self.path.rglob("*.*") if each.is_file())
        )
        return {file.relative_to(self.path.parent).as_posix(): file.read_text("utf-8") for file in files}

    @cached_property
    def inputs(self) -> Inputs:
        regions = [match[1] for text in self.texts.values() for match in _REGION.finditer(text)]
        return Inputs(region=regions[0] if regions else None)

    def expected(self) -> list[tuple[str, int, str, str]]:
        """File, line, code and words of each announced finding."""
        return sorted(
            (path, number, match[1], match[2] or "")
            for path, text in self.texts.items()
            for number, line in enumerate(text.splitlines(), 1)
            if (match := _EXPECT.search(line))
        )

    def expected_undecided(self) -> Counter[str]:
        return Counter(code for text in self.texts.values() for code in _UNDECIDED.findall(text))

    def codes(self) -> set[str]:
        """The rules that it is held to."""
        named = {each[2] for each in self.expected()} | set(self.expected_undecided())
        return named | {rule.info.code for rule in rules() if rule.info.slug == self.slug}

    def expected_assumptions(self) -> set[str]:
        return {name for text in self.texts.values() for name in _ASSUMING.findall(text)}

    def copy_to(self, folder: Path, texts: dict[str, str] | None = None) -> None:
        """Lay the fixture out alone, so that a root module holds no other fixture's file; perhaps with other texts."""
        for path, text in (texts or self.texts).items():
            target = folder / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(text, "utf-8")

    def analyze_in(self, folder: Path, texts: dict[str, str] | None = None) -> Report:
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        self.copy_to(folder, texts)
        path = self.path.name if self.path.is_dir() or self.path.suffix == ".yaml" else "."
        profile = load_profile("all")
        held_to = tuple(rule for rule in profile.rules if rule.info.code in self.codes())
        return analyze([path], folder, self.inputs, replace(profile, rules=held_to))


def fixtures() -> list[Fixture]:
    folders = sorted((TESTDATA / "rules").iterdir())
    return [Fixture(path) for folder in folders for path in sorted(folder.iterdir()) if not path.name.startswith(".")]
