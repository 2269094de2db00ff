"""`check --only-changed`: a whole project is analyzed, and what concerns some of its files is reported."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from haanalyzer.cli.analysis import Analysis
from haanalyzer.cli.options import base_of, below
from haanalyzer.cli.outcome import UsageError

if TYPE_CHECKING:
    from haanalyzer.results import Judgement, Report
    from haanalyzer.source.span import Span


class OnlyChanged(Analysis):
    """The analysis of the current folder, as far as it concerns the files that are the command's paths."""

    def __init__(self, options: argparse.Namespace) -> None:
        base_of(options.paths)
        super().__init__(argparse.Namespace(**{**vars(options), "paths": ["."]}))
        self._given = below(self.base, options.paths)

    def report(self) -> Report:
        """What is there now in the deployments that one of the files belongs to; others are not read."""
        from haanalyzer.source.concerned import concerned
        from haanalyzer.source.discovery import discover

        files = self.settings.files(self.base)
        stack_files = self.stacks.files if self.stacks else ()
        whole = any(files.leads_to_folder(path) or path in stack_files for path in self._given)
        only = None if whole else concerned(discover(self.paths, files), self._given, files)
        report = self.analyzed(files, only)
        self._check_outside(report)
        return report

    def _check_outside(self, report: Report) -> None:
        """UsageError for what lies outside the current folder, declares something, and was not taken in."""
        from haanalyzer.source.discovery import discover

        read = {(self.base / path).resolve() for path in report.files}
        for path in self._given:
            real = (self.base / path).resolve()
            if real.is_relative_to(self.base) or any(each.is_relative_to(real) for each in read):
                continue
            found = discover([path], self.settings.files(self.base))
            if found.templates or found.roots or found.plans:
                raise UsageError(f"{path}: not taken in by anything in the current folder, which is what is analyzed")

    def about(self, report: Report) -> Report:
        """What of a report concerns the files, by whatever name it calls them."""
        return _about(report, self.base, self._given)


def _about(report: Report, base: Path, given: Sequence[str]) -> Report:
    from haanalyzer.source.diagnostic import INTERNAL_ERROR

    wanted = {(base / path).resolve() for path in given}

    @cache
    def is_given(path: str) -> bool:
        real = (base / path).resolve()
        return not wanted.isdisjoint((real, *real.parents))

    gone = report.gone
    if gone is not None:
        gone = tuple(each for each in gone if is_given(each.path) and each.identity.deployment in report.deployments)
    return replace(
        report,
        judgements=tuple(one for one in report.judgements if any(map(is_given, _rests_on(one, report)))),
        diagnostics=tuple(
            each for each in report.diagnostics if is_given(each.place.path) or each.code == INTERNAL_ERROR
        ),
        files=tuple(filter(is_given, report.files)),
        gone=gone,
    )


def _rests_on(one: Judgement, report: Report) -> Iterator[str]:
    """Every file that a judgement rests on, those that its stack is given included."""
    yield from (place.path for place in _places(one))
    yield from report.given.get(one.where, ())


def _places(one: Judgement) -> Iterator[Span]:
    """Every place that a judgement rests on: where it stands, its evidence, calls, defaults, and what it lacks."""
    verdict = one.verdict
    yield from (one.place, verdict.at, *verdict.calls)
    yield from (step.place for step in verdict.evidence)
    yield from (assumption.place for assumption in verdict.assuming)
    yield from (blocker.place for blocker in verdict.blockers)
