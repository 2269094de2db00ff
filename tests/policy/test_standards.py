"""Which profile a resource is held to: by flag, by configuration, by tag."""

from __future__ import annotations

import textwrap
from pathlib import Path

import pytest

from haanalyzer.cli import main
from haanalyzer.engine import analyze
from haanalyzer.finding import Severity
from haanalyzer.frontends.deployment import Inputs
from haanalyzer.policy import (
    Configuration,
    ProfileError,
    RulesetError,
    find_configuration,
    load_profile,
    profile_names,
    read_configuration,
    standards,
)
from haanalyzer.policy.profiles import tag_values
from haanalyzer.results import Report

TEMPLATE = """
Parameters:
  Environment: {Type: String}
Resources:
  Untagged:
    Type: AWS::RDS::DBInstance
    Properties: {Engine: mysql, MultiAZ: false}
  Live:
    Type: AWS::RDS::DBInstance
    Properties: {Engine: mysql, MultiAZ: false, Tags: [{Key: Environment, Value: PROD}]}
  Toy:
    Type: AWS::RDS::DBInstance
    Properties: {Engine: mysql, MultiAZ: false, Tags: [{Key: Environment, Value: dev}]}
  Either:
    Type: AWS::RDS::DBInstance
    Properties: {Engine: mysql, MultiAZ: false, Tags: [{Key: Environment, Value: !Ref Environment}]}
  Sound:
    Type: AWS::RDS::DBInstance
    Properties: {Engine: mysql, MultiAZ: true, Tags: [{Key: Environment, Value: !Ref Environment}]}
"""
BY_ENVIRONMENT = ("Environment", {"prod": "production", "dev": "default"})


def outcomes(folder: Path, configuration: Configuration, **chosen: str) -> dict[str, str]:
    (folder / "template.yaml").write_text(TEMPLATE)
    report: Report = analyze(["template.yaml"], folder, Inputs(), standards(configuration, **chosen))
    mine = [one for one in report.judgements if one.rule.code == "HA401"]
    assert len(mine) == len({one.verdict.subject for one in mine})
    return {one.verdict.subject: one.verdict.outcome for one in mine}


def test_without_a_tag_all_are_held_to_one_profile(tmp_path: Path) -> None:
    assert outcomes(tmp_path, Configuration()) == {}
    assert set(outcomes(tmp_path, Configuration(profile="production"))) == {
        "Untagged",
        "Live",
        "Toy",
        "Either",
        "Sound",
    }


def test_a_tag_chooses_the_profile(tmp_path: Path) -> None:
    found = outcomes(tmp_path, Configuration(by_tag=BY_ENVIRONMENT))
    assert found == {"Live": "fail", "Either": "undecided", "Sound": "pass"}


def test_a_tag_may_choose_a_quieter_profile(tmp_path: Path) -> None:
    found = outcomes(tmp_path, Configuration(profile="production", by_tag=BY_ENVIRONMENT))
    assert found == {"Untagged": "fail", "Live": "fail", "Either": "undecided", "Sound": "pass"}


def test_what_every_profile_holds_alike_is_sure_whatever_the_tag(tmp_path: Path) -> None:
    (tmp_path / "template.yaml").write_text(
        """
Parameters:
  Environment: {Type: String}
Resources:
  Plan:
    Type: AWS::RDS::DBInstance
    DeletionPolicy: Delete
    Properties: {Engine: mysql, Tags: [{Key: Environment, Value: !Ref Environment}]}
"""
    )
    chosen = standards(Configuration(by_tag=("Environment", {"prod": "production"})))
    found = analyze(["template.yaml"], tmp_path, Inputs(), chosen).judgements
    assert {one.rule.code: one.verdict.outcome for one in found}["HA408"] == "fail"
    assert len(found) == len({(one.rule.code, one.verdict.key) for one in found})


def test_the_profiles_own_words_for_a_tags_values(tmp_path: Path) -> None:
    assert outcomes(tmp_path, Configuration(), tag="Environment")["Live"] == "fail"
    assert set(tag_values().values()) <= set(profile_names())
    assert all(value == value.lower() for value in tag_values())


def test_what_is_passed_takes_precedence() -> None:
    assert standards(Configuration(profile="critical"), profile="default").profile.name == "default"


def written(folder: Path, text: str) -> Path:
    path = folder / "haanalyzer.yaml"
    path.write_text(textwrap.dedent(text))
    return path


def test_a_configuration_adjusts_rules(tmp_path: Path) -> None:
    path = written(
        tmp_path,
        """
        profile: default
        rules:
          HA101: {severity: "off", reason: we have one zone}
          single-zone-database: {severity: error, reason: we promised}
          HA201: {parameters: {tolerated_share: 0.5}, reason: half is enough}
        """,
    )
    profile = standards(read_configuration(path)).profile
    default = load_profile("default")
    assert "HA101" not in profile.severities
    assert profile.severities["HA401"] is Severity.ERROR
    assert profile.reasons["HA401"] == "we promised"
    assert profile.severities["HA201"] is default.severities["HA201"]
    assert next(rule for rule in profile.rules if rule.info.code == "HA201").parameters == {"tolerated_share": 0.5}
    assert [rule.info.code for rule in profile.rules] == sorted(profile.severities)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("profil: default\n", "haanalyzer.yaml:1:1: unknown word 'profil'"),
        ("profile: [a]\n", "haanalyzer.yaml:1:1: expected a text"),
        ("rules:\n  HA101: {severity: loud, reason: x}\n", "haanalyzer.yaml:2:11: expected one of off, own"),
        ("rules:\n  HA101: {severity: note}\n", "haanalyzer.yaml:2:3: expected reason"),
        ("- a\n", "expected a map"),
        ("a: [\n", "haanalyzer.yaml:"),
    ],
)
def test_what_is_wrong_is_said_with_its_place(tmp_path: Path, text: str, words: str) -> None:
    with pytest.raises(RulesetError) as error:
        read_configuration(written(tmp_path, text))
    assert words in str(error.value)


def test_an_empty_configuration_changes_nothing(tmp_path: Path) -> None:
    assert read_configuration(written(tmp_path, "")) == Configuration()


def test_names_that_there_are_not() -> None:
    with pytest.raises(ProfileError, match="no rule is named 'HA999'"):
        standards(Configuration(rules={"HA999": {"severity": "note", "reason": ""}}))
    with pytest.raises(ProfileError, match="no profile is named 'live'"):
        standards(Configuration(by_tag=("Environment", {"prod": "live"})))


def test_the_nearest_configuration_of_the_repository(tmp_path: Path) -> None:
    written(tmp_path, "")
    folder = tmp_path / "repository" / "stacks" / "a"
    folder.mkdir(parents=True)
    assert find_configuration(folder) == tmp_path / "haanalyzer.yaml"
    (tmp_path / "repository" / ".git").mkdir()
    assert find_configuration(folder) is None
    written(tmp_path / "repository", "")
    assert find_configuration(folder) == tmp_path / "repository" / "haanalyzer.yaml"


def test_check_reads_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".git").mkdir()
    (tmp_path / "template.yaml").write_text(TEMPLATE)
    written(tmp_path, "profile_by_tag: {Environment: {prod: production}}\n")
    assert main(["check", "template.yaml"]) == 1
    shown = capsys.readouterr().out
    assert "(Live)" in shown
    assert "(Toy)" not in shown
    (tmp_path / "haanalyzer.yaml").write_text("profil: x\n")
    assert main(["check", "template.yaml"]) == 2
    assert "haanalyzer.yaml:1:1: unknown word 'profil'" in capsys.readouterr().err
    assert main(["check", "template.yaml", "--config", "none.yaml"]) == 2
    assert "none.yaml" in capsys.readouterr().err
