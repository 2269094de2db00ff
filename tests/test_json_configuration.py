"""A root in Terraform's JSON syntax is judged as the same root in HCL is."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from haanalyzer.results import Report
from tests.fixtures import Fixture, fixtures
from tests.frontends.terraform.transcription import in_json

IN_HCL = [each for each in fixtures() if any(path.endswith(".tf") for path in each.texts)]
_PLACE = re.compile(r"[\w./-]+\.tf(?:\.json)?:\d+")


def verdicts(report: Report) -> list[tuple[str, ...]]:
    """What is said of what, without its places."""
    return sorted(
        (one.rule.code, one.verdict.outcome, *one.verdict.key, one.severity.value, _PLACE.sub("", one.verdict.message))
        for one in report.judgements
    )


@pytest.mark.parametrize("fixture", IN_HCL, ids=[each.name for each in IN_HCL])
def test_the_same_verdicts(fixture: Fixture, tmp_path: Path) -> None:
    transcribed = {
        f"{path}.json" if path.endswith(".tf") else path: in_json(text) if path.endswith(".tf") else text
        for path, text in fixture.texts.items()
    }
    in_hcl = fixture.analyze_in(tmp_path / "hcl")
    report = fixture.analyze_in(tmp_path / "json", transcribed)
    assert [str(each) for each in report.diagnostics if each.is_error] == []
    assert verdicts(report) == verdicts(in_hcl)
    assert len(report.undecided()) == len(in_hcl.undecided())
