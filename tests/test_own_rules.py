"""A user's own rules are held to fixtures by the harness that holds ours, and to the law."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from haanalyzer.cli import CLEAN, ERROR, FINDINGS, NOTHING, main
from haanalyzer.fixtures import Fixture, fixtures_in
from haanalyzer.policy import own_rules
from tests.fixtures import TESTDATA
from tests.test_law import assert_law, literals_in

FOLDER = TESTDATA / "rulesets"
RULES = own_rules(["acme.yaml"], FOLDER)
FIXTURES = [each for rule in RULES for each in fixtures_in(FOLDER / "fixtures" / rule.info.slug, RULES)]


@pytest.mark.parametrize("fixture", FIXTURES, ids=lambda fixture: fixture.name)
def test_what_is_announced_is_found_and_nothing_else(fixture: Fixture) -> None:
    assert fixture.surprises() == []


@pytest.mark.parametrize("fixture", FIXTURES, ids=lambda fixture: fixture.name)
def test_no_unknown_literal_decides(fixture: Fixture) -> None:
    for literal in literals_in(fixture.texts):
        assert_law(fixture, [literal])


@pytest.fixture
def project(tmp_path: Path) -> Path:
    shutil.copytree(FOLDER, tmp_path / "acme")
    return tmp_path / "acme"


def test_all_as_announced(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["test", str(project / "acme.yaml")]) == CLEAN
    lines = capsys.readouterr().out.splitlines()
    assert lines[:3] == ["ACME001 unowned-database", "  ok: bad.tf", "  ok: bad.yaml"]
    assert lines[-1] == f"{len(RULES)} rules, {len(FIXTURES)} fixtures"


def test_each_surprise_is_said(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    fixture = project / "fixtures" / "unowned-database" / "bad.tf"
    fixture.write_text(fixture.read_text().replace("# expect: ACME001 its owner is nobody", "").replace("sandbox-", ""))
    announced = fixture.parent / "bad.yaml"
    announced.write_text(announced.read_text().replace("nobody", "orders").replace("# undecided", "# decided"))
    defaults = project / "fixtures" / "group-without-tracking" / "bad.yaml"
    defaults.write_text(defaults.read_text().replace("assuming: Most", "assuming: Least"))
    shutil.rmtree(project / "fixtures" / "listener-sends-elsewhere")
    assert main(["test", str(project / "acme.yaml")]) == FINDINGS
    lines = capsys.readouterr().out.splitlines()
    assert "  not as announced: bad.tf" in lines
    assert (
        "    bad.tf:4: found note[ACME001] aws_db_instance.orders belongs to none of orders, billing: "
        "its owner is nobody; that is not announced there"
    ) in lines
    assert "    bad.tf:7: found note[ACME001]" in "\n".join(lines)
    assert "    bad.yaml:12: expected ACME001 its owner is orders; it is not found there" in lines
    assert "    expected 0 undecided checks of ACME001, found 1: Perhaps lacks Name" in "\n".join(lines)
    assert "    expected findings to rest on Least, found Most" in lines
    assert f"  no fixture in {project / 'fixtures' / 'listener-sends-elsewhere'}" in lines
    assert (
        lines[-1] == f"{len(RULES)} rules, {len(FIXTURES) - 2} fixtures; 3 not as announced; 1 rule without any fixture"
    )


def test_fixtures_may_lie_elsewhere(project: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (project / "fixtures").rename(tmp_path / "others")
    assert main(["test", str(project / "acme.yaml")]) == NOTHING
    assert "4 rules, 0 fixtures; 4 rules without any fixture" in capsys.readouterr().out
    assert main(["test", str(project / "acme.yaml"), "--fixtures", str(tmp_path / "others")]) == CLEAN
    assert main(["test", str(project / "acme.yaml"), "--fixtures", str(tmp_path / "nowhere")]) == ERROR
    assert "nowhere: no such folder" in capsys.readouterr().err


def test_a_broken_ruleset_or_fixture(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (project / "fixtures" / "unowned-database" / "bad.yaml").write_bytes(
        b"Resources: {A: {Type: AWS::RDS::DBInstance, \xff"
    )
    assert main(["test", str(project / "acme.yaml")]) == FINDINGS
    assert "    bad.yaml:" in capsys.readouterr().out
    (project / "acme.yaml").write_text("rules: 1")
    assert main(["test", str(project / "acme.yaml")]) == ERROR
    assert "acme.yaml:1:1: expected a list, found '1'" in capsys.readouterr().err
    assert main(["test", str(project / "absent.yaml")]) == ERROR
