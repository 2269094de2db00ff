"""Fixes: every one that is offered mends its finding, breaks nothing, and leaves every other line as it is."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from haanalyzer.fixing import differences, fixed, write
from haanalyzer.results import Report
from tests.fixtures import Fixture, fixtures


def failing(report: Report) -> set[tuple[str, str, str]]:
    return {(one.rule.code, *one.verdict.key) for one in report.findings()}


@pytest.mark.parametrize("fixture", fixtures(), ids=lambda fixture: fixture.name)
def test_what_a_fix_changes_mends_the_finding(fixture: Fixture, tmp_path: Path) -> None:
    report = fixture.analyze_in(tmp_path / "before")
    changed = fixed(report)
    if not changed.texts:
        return
    assert not changed.left
    mended = {(one.rule.code, *one.verdict.key) for one in report.findings() if one.fix and one.fix.edits}
    after = fixture.analyze_in(tmp_path / "after", {**fixture.texts, **changed.texts})
    assert failing(after) == failing(report) - mended, "".join(differences(report, changed))
    assert [str(each) for each in after.diagnostics] == [str(each) for each in report.diagnostics]
    assert _comments(fixture.texts) <= _comments({**fixture.texts, **changed.texts})


def _comments(texts: dict[str, str]) -> set[str]:
    return {line.partition("#")[2] for text in texts.values() for line in text.splitlines() if "#" in line}


def test_a_second_run_changes_nothing(tmp_path: Path) -> None:
    for fixture in fixtures():
        folder = tmp_path / "project"
        report = fixture.analyze_in(folder)
        if fixed(report).texts:
            write(fixed(report), folder)
            texts = {path: (folder / path).read_text("utf-8") for path in fixture.texts}
            assert not fixed(fixture.analyze_in(folder, texts)).texts, fixture.name
        shutil.rmtree(folder, ignore_errors=True)
