"""What is found in a root is found with a plan of it, too, and never the opposite in the plan alone."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from haanalyzer.results import Report
from tests.fixtures import Fixture, fixtures
from tests.planning import NotPlannableError, Planner

ROOTS = [each for each in fixtures() if each.path.suffix == ".tf" or [*each.path.glob("*.tf")]]

Outcomes = dict[tuple[str, str, str], set[str]]


@pytest.fixture(params=ROOTS, ids=lambda fixture: fixture.name)
def fixture(request: pytest.FixtureRequest) -> Fixture:
    found: Fixture = request.param
    return found


def outcomes(report: Report) -> Outcomes:
    """The outcomes of each rule for each part of each resource."""
    assert not [str(each) for each in report.diagnostics if each.is_error]
    found: Outcomes = {}
    for one in report.judgements:
        found.setdefault((one.rule.code, one.verdict.subject, one.verdict.part), set()).add(one.verdict.outcome)
    return found


def plan(fixture: Fixture, base: Path, *, is_deployed: bool) -> dict[str, str]:
    """The plan's text by its path beside the fixture's own."""
    folder = fixture.path.name if fixture.path.is_dir() else "."
    fixture.copy_to(base)
    try:
        made = Planner(base, folder, fixture.inputs, is_deployed=is_deployed).plan()
    except NotPlannableError as error:
        pytest.skip(f"Terraform would make no plan: {error}")
    return {f"{folder}/plan.json": json.dumps(made)}


@pytest.mark.parametrize("is_deployed", [False, True], ids=["new", "deployed"])
def test_a_plan_of_a_root(fixture: Fixture, tmp_path: Path, is_deployed: bool) -> None:
    planned = plan(fixture, tmp_path / "root", is_deployed=is_deployed)
    without = outcomes(fixture.analyze_in(tmp_path / "without"))
    report = fixture.analyze_in(tmp_path / "with", fixture.texts | planned)
    assert [path for path in planned if path.removeprefix("./") in report.files]
    assert outcomes(report) == without
    alone = outcomes(fixture.analyze_in(tmp_path / "alone", planned))
    opposite = {
        key: (found, without[key])
        for key, found in alone.items()
        if key in without and found != without[key] and (found | without[key]) - {"undecided"} == {"pass", "fail"}
    }
    assert not opposite
