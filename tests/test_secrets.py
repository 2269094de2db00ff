"""What is declared to be secret decides conditions, and stands in nothing that anybody is shown."""

from __future__ import annotations

import json
from pathlib import Path
from textwrap import dedent

import pytest

from haanalyzer.cli import main
from haanalyzer.engine import analyze
from haanalyzer.frontends.deployment import Inputs
from haanalyzer.policy import load_profile, settings_for
from haanalyzer.report import FORMATS, RenderOptions
from haanalyzer.results import Report

SECRETS = {"Password": "hunter2", "Zone": "us-east-1z", "Days": "hunter3"}
TEMPLATE = """\
    Parameters:
      Password: {Type: String, NoEcho: true}
      Zone: {Type: String, NoEcho: "true"}
      Days: {Type: String, NoEcho: true}
      Other: {Type: String}
    Conditions:
      HasPassword: !Not [!Equals [!Ref Password, ""]]
      IsOther: !Equals [!Ref Password, !Ref Other]
    Resources:
      Database:
        Type: AWS::RDS::DBInstance
        Condition: HasPassword
        Properties:
          Engine: !Ref Password
          DBInstanceIdentifier: !Sub "x-${Password}"
          AvailabilityZone: !Ref Zone
          BackupRetentionPeriod: !Ref Days
          MultiAZ: !If [IsOther, true, false]
      Group:
        Type: AWS::AutoScaling::AutoScalingGroup
        Properties: {MinSize: "1", MaxSize: "2", LaunchConfigurationName: !Ref Password, AvailabilityZones: [!Ref Zone]}
      Nested:
        Type: AWS::CloudFormation::Stack
        Properties: {TemplateURL: nested.yaml, Parameters: {Given: !Ref Zone}}
    Outputs:
      Zone: {Value: !Ref Zone, Export: {Name: zone}}
      Named: {Value: x, Export: {Name: !Sub "n-${Password}"}}
"""
GROUP = """\
    {header}
    Resources:
      Group:
        Type: AWS::AutoScaling::AutoScalingGroup
        Properties: {{MinSize: "1", MaxSize: "2", LaunchConfigurationName: x, AvailabilityZones: [{zone}]}}
"""
STACKS = """\
    stacks:
      - {name: it, template: it.yaml, parameters: secrets.json}
      - {name: other, template: other.yaml}
"""


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    texts = {
        "it.yaml": TEMPLATE,
        "nested.yaml": GROUP.format(header="Parameters: {Given: {Type: String}}", zone="!Ref Given"),
        "other.yaml": GROUP.format(header="", zone="!ImportValue zone"),
        "haanalyzer.yaml": STACKS,
        "secrets.json": json.dumps(SECRETS),
    }
    for name, text in texts.items():
        (tmp_path / name).write_text(dedent(text))
    monkeypatch.chdir(tmp_path)
    return tmp_path


def report_on(project: Path) -> Report:
    stacks = settings_for(project).stacks(project)
    return analyze(["."], project, Inputs(), load_profile("all"), stacks=stacks)


def test_no_format_shows_them(project: Path) -> None:
    report = report_on(project)
    for name, render in FORMATS.items():
        shown = render(report, RenderOptions())
        assert not [each for each in SECRETS.values() if each in shown], name


@pytest.mark.usefixtures("project")
@pytest.mark.parametrize("format_", ["json", "mermaid", "dot"])
def test_no_graph_shows_them(format_: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["graph", "--format", format_]) == 0
    shown = capsys.readouterr().out
    assert "Group" in shown
    assert not [each for each in SECRETS.values() if each in shown]


@pytest.mark.usefixtures("project")
def test_lists_of_what_is_open_do_not_show_them(capsys: pytest.CaptureFixture[str]) -> None:
    main(["check", "--profile", "all", "--show", "undecided", "--show", "passed"])
    shown = capsys.readouterr().out
    assert "NoEcho, and not shown" in shown
    assert not [each for each in SECRETS.values() if each in shown]


def test_they_decide_conditions(project: Path) -> None:
    subjects = {one.verdict.subject for one in report_on(project).judgements}
    assert "Database" in subjects
    (project / "secrets.json").write_text(json.dumps(SECRETS | {"Password": ""}))
    subjects = {one.verdict.subject for one in report_on(project).judgements}
    assert "Database" not in subjects


@pytest.mark.parametrize("every_case", [False, True])
def test_a_default_is_not_quoted_from_where_it_is_written(tmp_path: Path, every_case: bool) -> None:
    (tmp_path / "t.yaml").write_text(
        "Parameters:\n  Password: {Type: String, NoEcho: true, Default: hunter2}\n"
        'Conditions:\n  Open: !Equals [!Ref Password, ""]\n'
        "Resources:\n  Orders:\n    Type: AWS::RDS::DBInstance\n"
        "    Properties: {Engine: mysql, MultiAZ: !If [Open, true, false]}\n"
    )
    report = analyze(["."], tmp_path, Inputs(every_case=every_case), load_profile("all"))
    assert {"HA401"} < {one.rule.code for one in report.judgements if one.verdict.outcome != "pass"}
    for name, render in FORMATS.items():
        shown = render(report, RenderOptions())
        assert "hunter2" not in shown, name
