"""Fixes: every one that is offered mends its finding, breaks nothing, and leaves every other line as it is."""

from __future__ import annotations

import json
import os
from dataclasses import replace
from pathlib import Path

import pytest

from haanalyzer.cli import main
from haanalyzer.engine import analyze
from haanalyzer.fixing import differences, fixed, write
from haanalyzer.frontends.deployment import Inputs
from haanalyzer.policy import load_profile
from haanalyzer.results import Report
from tests.fixtures import Fixture, fixtures


def failing(report: Report) -> set[tuple[str, str, str]]:
    return {(one.rule.code, *one.verdict.key) for one in report.findings()}


@pytest.mark.parametrize("fixture", fixtures(), ids=lambda fixture: fixture.name)
def test_a_fix_mends_its_finding_and_a_second_run_changes_nothing(fixture: Fixture, tmp_path: Path) -> None:
    report = fixture.analyze_in(tmp_path / "before")
    changed = fixed(report)
    if not changed.texts:
        return
    assert not changed.left
    mended = {(one.rule.code, *one.verdict.key) for one in report.findings() if one.fix and one.fix.edits}
    write(changed, tmp_path / "before")
    texts = {path: (tmp_path / "before" / path).read_text("utf-8") for path in fixture.texts}
    after = fixture.analyze_in(tmp_path / "after", texts)
    assert failing(after) == failing(report) - mended, "".join(differences(report, changed))
    assert [str(each) for each in after.diagnostics] == [str(each) for each in report.diagnostics]
    assert _comments(fixture.texts) <= _comments(texts)
    assert not fixed(after).texts


def _comments(texts: dict[str, str]) -> set[str]:
    return {line.partition("#")[2] for text in texts.values() for line in text.splitlines() if "#" in line}


SERVICE = """\
Resources:
  Shop:
    Type: AWS::ECS::Service
    Properties:
      LaunchType: FARGATE
      DesiredCount: 2
      DeploymentConfiguration:
        MinimumHealthyPercent: 0
      TaskDefinition: shop
      LoadBalancers: [{ContainerName: shop, ContainerPort: 80, TargetGroupArn: !Ref Targets}]
  Targets:
    Type: AWS::ElasticLoadBalancingV2::TargetGroup
    Properties: {HealthCheckPath: /healthy}
"""
ORDERS = 'resource "aws_db_instance" "orders" {\n  engine = "mysql" # 🐬\n}\n'


def report_on(folder: Path, name: str, text: str, *codes: str) -> Report:
    (folder / name).write_text(text, encoding="utf-8")
    profile = load_profile("production")
    held_to = tuple(rule for rule in profile.rules if not codes or rule.info.code in codes)
    return analyze([name if name.endswith(".yaml") else "."], folder, Inputs(), replace(profile, rules=held_to))


def test_findings_of_one_resource_are_mended_together(tmp_path: Path) -> None:
    changed = fixed(report_on(tmp_path, "shop.yaml", SERVICE, "HA305", "HA306"))
    assert (changed.mended, changed.left) == (2, 0)
    assert changed.texts == {
        "shop.yaml": SERVICE.replace(
            "Percent: 0\n",
            "Percent: 100\n        DeploymentCircuitBreaker:\n          Enable: true\n          Rollback: true\n"
            "        MaximumPercent: 200\n",
        )
    }


def test_a_new_column_is_as_wide_as_the_longest_of_several(tmp_path: Path) -> None:
    ((_, text),) = fixed(report_on(tmp_path, "main.tf", ORDERS)).texts.items()
    lines = text.splitlines()[1:-1]
    assert len(lines) > len(ORDERS.splitlines()[1:-1]) + 1
    assert len({line.index("=") for line in lines}) == 1
    assert len({line.split()[0] for line in lines}) == len(lines)


def test_of_changes_that_disagree_the_first_is_made(tmp_path: Path) -> None:
    report = report_on(tmp_path, "main.tf", ORDERS, "HA406")
    (first,) = report.findings()
    assert first.fix
    (setting,) = first.fix.settings
    second = replace(first, fix=replace(first.fix, settings=(replace(setting, value=30),)))
    changed = fixed(replace(report, judgements=(first, second)))
    assert (changed.mended, changed.left) == (1, 1)
    assert changed.texts == fixed(report).texts


@pytest.mark.parametrize("mark", ["utf-8-sig", "utf-16", "utf-8"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_encoding_line_ends_and_permissions_stay(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], mark: str, line_end: str
) -> None:
    file = tmp_path / "main.tf"
    file.write_bytes(ORDERS.replace("\n", line_end).encode(mark))
    file.chmod(0o640)
    monkeypatch.chdir(tmp_path)
    assert main(["check", "--fix", "--profile", "production", "--fail-on", "never"]) == 0
    assert capsys.readouterr().err == "haanalyzer: mended 3 findings in 1 file\n"
    data = file.read_bytes()
    text = data.decode(mark)
    assert data.startswith("".encode(mark))
    assert text.count(line_end) == text.count("\n") == ORDERS.count("\n") + 3
    assert file.stat().st_mode & 0o777 == 0o640
    assert main(["check", "--fix", "--profile", "production", "--fail-on", "never"]) == 0
    assert file.read_bytes() == data


def test_nothing_is_written_where_one_file_cannot_be(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "main.tf").write_text(ORDERS, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(os, "access", lambda path, _mode: Path(path).parent.name != "b")
    assert main(["check", "--fix", "--profile", "production"]) == 2
    assert capsys.readouterr().err == "haanalyzer: cannot write b/main.tf: Permission denied\n"
    assert {(tmp_path / name / "main.tf").read_text(encoding="utf-8") for name in ("a", "b")} == {ORDERS}


def test_a_difference_is_shown_and_not_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "the shop.tf"
    file.write_text('resource "aws_dynamodb_table" "t" {\n  name = "a\x0cb"\n}', encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    before = file.read_bytes()
    assert main(["check", "--fix", "--diff", "--profile", "production"]) == 1
    assert file.read_bytes() == before
    assert capsys.readouterr().out == (
        "--- a/the shop.tf\t\n+++ b/the shop.tf\t\n@@ -1,3 +1,8 @@\n"
        ' resource "aws_dynamodb_table" "t" {\n'
        '-  name = "a\x0cb"\n'
        '+  name                        = "a\x0cb"\n+  deletion_protection_enabled = true\n+\n'
        "+  point_in_time_recovery {\n+    enabled = true\n+  }\n }\n\\ No newline at end of file\n"
    )


def test_a_fix_in_sarif_counts_in_utf16(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = "Resources:\n  Orders:\n    Type: AWS::RDS::DBInstance\n    Properties: {Engine: '🐬', MultiAZ: false}\n"
    (tmp_path / "t.yaml").write_text(text, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    main(["check", "--profile", "production", "--output", "sarif:log.sarif"])
    log = json.loads((tmp_path / "log.sarif").read_text(encoding="utf-8"))
    assert log["runs"][0]["columnKind"] == "utf16CodeUnits"
    fixes = {
        fix["description"]["text"]: fix["artifactChanges"]
        for result in log["runs"][0]["results"]
        for fix in result.get("fixes", ())
    }
    line = text.splitlines()[3]
    start, end = (line.index(word) + 2 for word in ("false", "}"))
    assert fixes["Set `MultiAZ` to `true`."] == [
        {
            "artifactLocation": {"uri": "t.yaml", "uriBaseId": "%SRCROOT%"},
            "replacements": [
                {
                    "deletedRegion": {"startLine": 4, "startColumn": start, "endLine": 4, "endColumn": end},
                    "insertedContent": {"text": "true"},
                }
            ],
        }
    ]
    ((insertion,),) = (change["replacements"] for change in fixes["Set `DeletionProtection` to `true`."])
    assert insertion == {
        "deletedRegion": {"startLine": 4, "startColumn": end, "endLine": 4, "endColumn": end},
        "insertedContent": {"text": ", DeletionProtection: true"},
    }
