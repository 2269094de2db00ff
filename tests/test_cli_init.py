"""`init` writes a configuration that is one and says what is there; `schema` is what editors are led to."""

from __future__ import annotations

import json
import re
from pathlib import Path

import jsonschema
import pytest
import yaml

from haanalyzer.cli import main
from haanalyzer.cli.starting_configuration import SCHEMA_URL
from haanalyzer.policy import Configuration, read_configuration, rules, settings_for
from haanalyzer.policy.declared.reader import schema
from tests.fixtures import TESTDATA

TEMPLATE = """\
Parameters:
  Tier: {Type: String}
Resources:
  Live:
    Type: AWS::RDS::DBInstance
    Properties: {Engine: mysql, MultiAZ: false, Tags: [{Key: Tier, Value: PROD}, {Key: Name, Value: shop}]}
  Toy:
    Type: AWS::RDS::DBInstance
    Properties: {Engine: mysql, MultiAZ: false, Tags: [{Key: Tier, Value: "a: b"}, {Key: Name, Value: toy}]}
  Either:
    Type: AWS::RDS::DBInstance
    Properties: {Engine: mysql, MultiAZ: false, Tags: [{Key: Tier, Value: !Ref Tier}]}
"""


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / ".git").mkdir()
    (tmp_path / "template.yaml").write_text(TEMPLATE)
    (tmp_path / "root").mkdir()
    (tmp_path / "root" / "main.tf").write_text('resource "aws_vpc" "main" {\n  cidr_block = "10.0.0.0/16"\n}\n')
    monkeypatch.chdir(tmp_path)
    return tmp_path


def uncommented(text: str) -> str:
    """The text with all settings that stand in comments."""
    return re.sub(r"^# ([a-z_]+:(?: [^:]*)?|  (?:- |[\w\"-]+: )\{.*\})$", r"\1", text, flags=re.MULTILINE)


def test_what_is_written_is_a_configuration(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["init"]) == 0
    said = capsys.readouterr()
    assert said.err == ""
    assert re.fullmatch(
        r"haanalyzer.yaml is written; the profile default finds \d+ flaws? in 1 template, 1 root module\n", said.out
    )
    assert read_configuration(project / "haanalyzer.yaml") == Configuration()
    assert main(["check"]) in (0, 1)


def test_every_setting_in_a_comment_is_one(project: Path) -> None:
    assert main(["init", "--profile", "production"]) == 0
    path = project / "haanalyzer.yaml"
    path.write_text(uncommented(path.read_text("utf-8")), "utf-8")
    found = settings_for(project).configuration
    assert found.profile == "production"
    assert found.by_tag == ("Tier", {"prod": "production"})
    (rule,) = found.rules
    assert rule in {each.info.slug for each in rules()}
    written = yaml.safe_load(path.read_text("utf-8"))
    assert written.keys() == schema()["$defs"]["configuration"]["properties"].keys() - {"select", "rulesets"}


def test_what_was_seen_is_told(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["init"])
    text = (project / "haanalyzer.yaml").read_text("utf-8")
    assert '# Tier is here, with the number of resources: PROD (1), "a: b" (1).' in text
    capsys.readouterr()
    for profile in ("default", "production", "all"):
        main(["check", "--profile", profile, "--output", "json", "--no-config"])
        count = len(json.loads(capsys.readouterr().out)["findings"])
        assert re.search(rf"^#   {profile} +{count}  ", text, re.MULTILINE)


def test_a_tag_that_is_called_so_though_its_values_are_not_known(project: Path) -> None:
    (project / "template.yaml").write_text(TEMPLATE.replace("Key: Tier", "Key: env").replace("PROD", "!Ref Tier"))
    main(["init"])
    assert "#   env: {prod: production}" in (project / "haanalyzer.yaml").read_text("utf-8")


def test_a_link_that_leads_nowhere_is_not_followed(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (project / "haanalyzer.yaml").symlink_to("elsewhere.yaml")
    assert main(["init"]) == 2
    assert "cannot write haanalyzer.yaml: File exists" in capsys.readouterr().err
    assert not (project / "elsewhere.yaml").exists()


def test_where_nothing_is_yet(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["init", str(tmp_path)]) == 0
    assert "0 templates, 0 root modules" in capsys.readouterr().out
    path = tmp_path / "haanalyzer.yaml"
    path.write_text(uncommented(path.read_text("utf-8")), "utf-8")
    assert read_configuration(path).by_tag == ("Environment", {"prod": "production"})


@pytest.mark.parametrize(
    ("name", "text"),
    [("haanalyzer.yaml", "profile: all\n"), ("pyproject.toml", "[tool.haanalyzer]\nprofile = 'all'\n")],
)
def test_nothing_is_overwritten(project: Path, capsys: pytest.CaptureFixture[str], name: str, text: str) -> None:
    (project / name).write_text(text)
    assert main(["init"]) == 2
    assert f"{name} is this folder's configuration; nothing is written" in capsys.readouterr().err
    assert (project / name).read_text() == text
    assert name == "haanalyzer.yaml" or not (project / "haanalyzer.yaml").exists()


def test_one_above_is_mentioned(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (project / "pyproject.toml").write_text("[tool.haanalyzer]\n")
    assert main(["init", "root"]) == 0
    assert "pyproject.toml counts for this folder no more" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "said"), [(["nowhere"], "no such folder"), (["--profile", "live"], "no profile is named 'live'")]
)
def test_wrong_usage(project: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], said: str) -> None:
    assert main(["init", *arguments]) == 2
    assert said in capsys.readouterr().err
    assert not (project / "haanalyzer.yaml").exists()


def printed_schema(capsys: pytest.CaptureFixture[str], *which: str) -> dict:
    assert main(["schema", *which]) == 0
    return json.loads(capsys.readouterr().out)


def test_the_schema_stands_alone_and_takes_what_is_right(capsys: pytest.CaptureFixture[str]) -> None:
    printed = printed_schema(capsys)
    validator = jsonschema.Draft7Validator(printed)
    validator.check_schema(printed)
    right = {"profile": "production", "select": ["HA1", "ACME001"], "rules": {"ACME001": {"reason": "x"}}}
    right["rules"]["HA201"] = {"severity": "off", "reason": "x", "parameters": {"tolerated_share": 0.5}}
    assert list(validator.iter_errors(right)) == []
    page = (TESTDATA.parent / "docs" / "configuration.md").read_text("utf-8")
    for example in re.findall(r"```yaml\n(.*?)```", page, re.DOTALL):
        assert list(validator.iter_errors(yaml.safe_load(example))) == []


@pytest.mark.parametrize(
    "wrong",
    [
        {"profil": "default"},
        {"profile": "live"},
        {"profile_by_tag": {"Environment": {"prod": "live"}}},
        {"min_level": "never"},
        {"select": []},
        {"rules": {"HA201": {"severity": "off"}}},
        {"rules": {"dropped-return-traffic": {"reason": "x", "parameters": {"tolerated": 1}}}},
        {"rules": {"HA201": {"reason": "x", "parameters": {"tolerated_share": "half"}}}},
    ],
)
def test_the_schema_refuses_what_is_wrong(capsys: pytest.CaptureFixture[str], wrong: dict) -> None:
    assert not jsonschema.Draft7Validator(printed_schema(capsys)).is_valid(wrong)


def test_every_word_of_the_schema_is_explained(capsys: pytest.CaptureFixture[str]) -> None:
    printed = printed_schema(capsys)
    words = [*printed["properties"].items(), *printed["definitions"]["adjustment"]["properties"].items()]
    assert [name for name, word in words if not word.get("description")] == []
    assert "$ref" not in json.dumps({**printed["properties"], "rules": {}})


def test_the_schema_of_a_ruleset(capsys: pytest.CaptureFixture[str]) -> None:
    validator = jsonschema.Draft202012Validator(printed_schema(capsys, "ruleset"))
    assert validator.is_valid({"rules": "none"}) is False
    table = yaml.safe_load((TESTDATA.parent / "rulesets" / "databases.yaml").read_text("utf-8"))
    assert list(validator.iter_errors(table)) == []


def test_editors_are_led_to_the_schema(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["init"])
    first = (project / "haanalyzer.yaml").read_text("utf-8").splitlines()[0]
    assert first == f"# yaml-language-server: $schema={SCHEMA_URL}"
    capsys.readouterr()
    committed = TESTDATA.parent.joinpath(*SCHEMA_URL.split("/main/")[1].split("/"))
    assert json.loads(committed.read_text("utf-8")) == printed_schema(capsys)
