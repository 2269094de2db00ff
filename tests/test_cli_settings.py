"""The flags that say which rules run, what is reported and what fails; and the configuration below them."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from haanalyzer.cli import main
from haanalyzer.cli.options import LEVELS, NEVER, SHOWN
from haanalyzer.policy.declared.reader import schema
from haanalyzer.report import FORMATS
from tests.fixtures import TESTDATA

TEMPLATE = """\
Parameters:
  Zone: {Type: String}
Resources:
  Database:
    Type: AWS::RDS::DBInstance
    Properties: {Engine: mysql, DBInstanceClass: db.t3.micro, MultiAZ: false, BackupRetentionPeriod: 0}
  Vpc: {Type: AWS::EC2::VPC, Properties: {CidrBlock: 10.0.0.0/16}}
  A: {Type: AWS::EC2::Subnet, Properties: {VpcId: !Ref Vpc, AvailabilityZone: eu-west-1a}}
  B: {Type: AWS::EC2::Subnet, Properties: {VpcId: !Ref Vpc, AvailabilityZone: !Ref Zone}}
  C: {Type: AWS::EC2::Subnet, Properties: {VpcId: !Ref Vpc, AvailabilityZone: eu-west-1a}}
  Group:
    Type: AWS::RDS::DBSubnetGroup
    Properties: {DBSubnetGroupDescription: one zone, SubnetIds: [!Ref A, !Ref C]}
"""


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / ".git").mkdir()
    (tmp_path / "template.yaml").write_text(TEMPLATE)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def found(capsys: pytest.CaptureFixture[str], *arguments: str) -> dict[str, str]:
    """The findings' levels by code."""
    capsys.readouterr()
    assert main(["check", "--output", "json", *arguments]) in (0, 1)
    return {one["rule"]: one["severity"] for one in report(capsys)["findings"]}


def report(capsys: pytest.CaptureFixture[str]) -> dict:
    return json.loads(capsys.readouterr().out)


def test_the_flags_have_the_schemas_words() -> None:
    words = schema()["$defs"]["configuration"]["properties"]
    assert list(LEVELS) == words["min_level"]["enum"]
    assert [*LEVELS, NEVER] == words["fail_on"]["enum"]
    assert list(SHOWN) == words["show"]["items"]["enum"]


@pytest.mark.usefixtures("project")
def test_rules_are_selected_and_ignored(capsys: pytest.CaptureFixture[str]) -> None:
    everything = found(capsys, "--profile", "all")
    assert "HA401" in everything
    assert "HA401" not in found(capsys)
    assert found(capsys, "--select", "single-zone-database").keys() == {"HA401"}
    assert found(capsys, "--select", "HA1,HA4", "--select", "HA7").keys() == everything.keys()
    assert "HA110" in everything
    left = {code for code in everything if not code.startswith(("HA4", "HA7"))}
    assert found(capsys, "--profile", "all", "--ignore", "HA4", "--ignore", "HA7").keys() == left


@pytest.mark.usefixtures("project")
@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--select", "HA999"], "--select: no rule is named 'HA999'; did you mean 'HA"),
        (["--ignore", "single-zone-teir"], "did you mean 'single-zone-tier'? `haanalyzer rules` lists them"),
        (["--exclude", ""], "--exclude: expected a pattern as in .gitignore, found ''"),
    ],
)
def test_names_that_mean_nothing_are_wrong_usage(
    capsys: pytest.CaptureFixture[str], arguments: list[str], said: str
) -> None:
    assert main(["check", *arguments]) == 2
    error = capsys.readouterr().err
    assert said in error
    assert error.count("\n") == 1


@pytest.mark.usefixtures("project")
@pytest.mark.parametrize("arguments", [["--select", ","], ["--show", "faild"], ["--min-level", "never"]])
def test_words_that_there_are_not_are_wrong_usage(arguments: list[str]) -> None:
    with pytest.raises(SystemExit) as end:
        main(["check", *arguments])
    assert end.value.code == 2


@pytest.mark.usefixtures("project")
def test_what_weighs_less_is_neither_reported_nor_counted(capsys: pytest.CaptureFixture[str]) -> None:
    everything = found(capsys, "--profile", "all")
    assert {"note", "warning", "error"} <= set(everything.values())
    for least, level in enumerate(LEVELS):
        weighty = {code: given for code, given in everything.items() if LEVELS.index(given) >= least}
        assert found(capsys, "--profile", "all", "--min-level", level) == weighty
    main(["check", "--output", "json", "--profile", "all", "--min-level", "error"])
    few = report(capsys)
    main(["check", "--output", "json", "--profile", "all"])
    many = report(capsys)
    assert 0 < few["coverage"]["checks"] < many["coverage"]["checks"]
    assert {rule["severity"] for rule in few["rules"]} == {"error"}


@pytest.mark.usefixtures("project")
@pytest.mark.parametrize("format_", FORMATS)
def test_the_least_level_holds_for_every_format(capsys: pytest.CaptureFixture[str], format_: str) -> None:
    arguments = ["check", "--output", format_, "--select", "HA401", "--min-level"]
    assert main([*arguments, "warning"]) == 1
    assert "Database" in capsys.readouterr().out
    assert main([*arguments, "error"]) == 0
    assert "Database" not in capsys.readouterr().out


def test_a_suppression_of_what_is_not_reported_is_in_use(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (project / "template.yaml").write_text("# haanalyzer: ignore-file[HA401] a toy\n" + TEMPLATE)
    assert main(["check", "--select", "HA401"]) == 0
    assert "1 ignored" in capsys.readouterr().out
    assert main(["check", "--select", "HA401", "--min-level", "error"]) == 0
    assert "unused-suppression" not in capsys.readouterr().out


@pytest.mark.usefixtures("project")
def test_what_is_reported_and_what_fails_are_apart() -> None:
    assert main(["check", "--select", "HA401", "--fail-on", "error"]) == 0
    assert main(["check", "--select", "HA401", "--fail-on", "warning"]) == 1
    assert main(["check", "--select", "HA401", "--fail-on", "never"]) == 0


def test_more_is_shown_when_asked(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    def shown(*arguments: str) -> tuple[bool, bool]:
        main(["check", "--profile", "all", *arguments])
        lines = capsys.readouterr().out.splitlines()
        return tuple(any(line.startswith(word) for line in lines) for word in ("undecided[", "passed: "))

    assert shown() == (False, False)
    assert shown("-v") == shown("--show", "undecided") == (True, False)
    assert shown("--show", "passed") == (False, True)
    (project / "haanalyzer.yaml").write_text("show: [undecided]\n")
    assert shown() == (True, False)
    assert shown("--show", "passed") == (True, True)
    (project / "haanalyzer.yaml").unlink()
    assert shown("--show", "passed,undecided") == shown("-v", "--show", "passed") == (True, True)
    main(["check", "--output", "json", "--profile", "all"])
    assert "passed" not in report(capsys)
    main(["check", "--output", "json", "--profile", "all", "--show", "passed"])
    told = report(capsys)
    assert len(told["passed"]) == sum(rule["passed"] for rule in told["rules"]) > 0


def test_what_is_excluded_is_not_looked_for(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (project / "old").mkdir()
    (project / "old" / "template.yaml").write_text(TEMPLATE)

    def files(*arguments: str) -> list[str]:
        main(["check", "--output", "json", *arguments])
        return report(capsys)["files"]

    assert files() == ["old/template.yaml", "template.yaml"]
    assert files("--exclude", "old/") == files("--exclude", "/old") == ["template.yaml"]
    assert files("--exclude", "/template.yaml") == ["old/template.yaml"]
    assert files("old", "--exclude", "old/") == ["old/template.yaml"]
    (project / "haanalyzer.yaml").write_text("exclude: [/template.yaml]\n")
    assert files("--exclude", "nothing") == ["old/template.yaml"]
    assert files("--no-config") == ["old/template.yaml", "template.yaml"]


def test_flags_win_over_the_configuration(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    settings = {"profile": "all", "select": ["HA401"], "min_level": "error", "fail_on": "never", "show": ["passed"]}
    (project / "haanalyzer.yaml").write_text(json.dumps(settings))
    assert found(capsys) == {}
    assert found(capsys, "--min-level", "note").keys() == {"HA401"}
    assert main(["check", "--min-level", "note"]) == 0
    assert main(["check", "--min-level", "note", "--fail-on", "warning"]) == 1
    assert found(capsys, "--select", "HA110", "--min-level", "note").keys() == {"HA110"}
    assert found(capsys, "--no-config").keys() == {"HA110"}
    assert main(["check", "--no-config"]) == 1


def test_names_in_the_configuration_that_mean_nothing_are_said_with_their_place(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (project / "pyproject.toml").write_text(
        "[tool.haanalyzer]\nprofile = 'productoin'\nselect = [\n  'HA101',\n  'HA999',\n]\n"
        "[tool.haanalyzer.rules.HA201]\nreason = 'x'\nparameters = {tolerated_shar = 1}\n"
        "[tool.haanalyzer.rules.HA301]\nreason = 'x'\nparameters.share = 'half'\n"
        "[tool.haanalyzer.rules.single-zone-teir]\nreason = 'x'\n"
        "[tool.haanalyzer.profile_by_tag]\nEnvironment = {prod = 'live'}\n"
    )
    assert main(["check"]) == 2
    lines = capsys.readouterr().err.splitlines()
    assert [line.removeprefix("haanalyzer: ").split(" [")[0] for line in lines] == [
        (
            "pyproject.toml:2:1: no profile is named 'productoin'; did you mean 'production'? "
            "expected one of all, critical, default, disaster-recovery, production"
        ),
        "pyproject.toml:5:4: no rule is named 'HA999'; did you mean 'HA419'? `haanalyzer rules` lists them",
        (
            "pyproject.toml:9:15: HA201 has no parameter 'tolerated_shar'; did you mean 'tolerated_share'? "
            "expected one of tolerated_share"
        ),
        "pyproject.toml:12:12: expected a number, as its default 0.5 is; found 'half'",
        (
            "pyproject.toml:13:24: no rule is named 'single-zone-teir'; did you mean 'single-zone-tier'? "
            "`haanalyzer rules` lists them"
        ),
        (
            "pyproject.toml:16:16: no profile is named 'live'; "
            "expected one of all, critical, default, disaster-recovery, production"
        ),
    ]


def test_a_table_that_does_not_count_is_mentioned_once(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (project / "pyproject.toml").write_text("[project]\nname = 'x'\n[tool.haanalyzer]\nfail_on = 'never'\n")
    (project / "haanalyzer.yaml").write_text("profile: default\n")
    main(["check"])
    said = capsys.readouterr().err
    assert said == "pyproject.toml:3:7: not read: haanalyzer.yaml beside it takes precedence [unread-configuration]\n"


@pytest.mark.parametrize(("name", "text"), [("haanalyzer.yaml", "{}\n"), ("pyproject.toml", "[tool.haanalyzer]\n")])
def test_a_configuration_further_below_is_said_not_to_count(
    project: Path, capsys: pytest.CaptureFixture[str], name: str, text: str
) -> None:
    (project / "shop").mkdir()
    (project / "shop" / "template.yaml").write_text(TEMPLATE)
    (project / "shop" / name).write_text(text)
    words = "not read: it counts where haanalyzer runs in its folder, or with --config [unread-configuration]"
    place = {"haanalyzer.yaml": "1:1", "pyproject.toml": "1:7"}[name]
    main(["check", "shop", "shop/template.yaml"])
    assert capsys.readouterr().err == f"shop/{name}:{place}: {words}\n"
    for arguments in (["template.yaml"], ["shop", "--no-config"], ["shop", "--config", f"shop/{name}"]):
        main(["check", *arguments])
        assert capsys.readouterr().err == ""


def test_another_ending_is_mentioned(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (project / "haanalyzer.yml").write_text("profile: all\n")
    main(["check"])
    said = "haanalyzer.yml:1:1: not read: expected the name haanalyzer.yaml [unread-configuration]\n"
    assert capsys.readouterr().err == said
    (project / "haanalyzer.yml").rename(project / "haanalyzer.yaml")
    main(["check"])
    assert capsys.readouterr().err == ""


def test_a_fault_in_what_does_not_count_is_none(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (project / "shop").mkdir()
    (project / "shop" / "pyproject.toml").write_text("[tool.haanalyzer\n")
    (project / "haanalyzer.yaml").write_text("select: [HA401]\n")
    assert main(["check", "shop"]) == 3
    assert capsys.readouterr().err == ""


def test_rules_of_the_configuration_are_known_without_a_flag(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shutil.copy(TESTDATA / "rulesets" / "acme.yaml", project)
    assert main(["explain", "ACME001"]) == 2
    assert "no rule is named 'ACME001'" in capsys.readouterr().err
    (project / "pyproject.toml").write_text("[tool.haanalyzer]\nrulesets = ['acme.yaml']\n")
    assert main(["explain", "ACME001"]) == 0
    assert main(["rules"]) == 0
    assert "ACME001  unowned-database" in capsys.readouterr().out
    (project / "pyproject.toml").write_text("[tool.haanalyzer]\nrulesets = ['none.yaml']\n")
    assert main(["explain", "HA101"]) == 0
    assert main(["explain", "ACME001"]) == main(["rules"]) == 2
    assert "none.yaml" in capsys.readouterr().err


def test_a_folder_above_that_may_not_be_looked_at_is_said(
    project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def refused(path: Path) -> bool:
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr("haanalyzer.policy.configuration.Path.is_file", refused)
    assert main(["check"]) == 2
    assert capsys.readouterr().err == f"haanalyzer: {project}/haanalyzer.yaml: Permission denied\n"


def test_the_baseline_of_the_configuration_counts(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (project / "pyproject.toml").write_text("[tool.haanalyzer]\nselect = ['HA401']\nbaseline = 'known.json'\n")
    assert main(["baseline", "write"]) == 0
    assert (project / "known.json").exists()
    capsys.readouterr()
    assert main(["check"]) == 0
    assert main(["check", "--no-config", "--select", "HA401"]) == 1
