"""What cannot be read costs one clear diagnostic, and nothing else: the rest is analyzed."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from haanalyzer.cli import main
from tests.fixtures import TESTDATA

GOOD_NEIGHBOUR = (TESTDATA / "rules" / "single-zone-tier" / "bad.yaml").read_text("utf-8")
HEAD = "AWSTemplateFormatVersion: '2010-09-09'\n"


def _broken_yaml(folder: Path) -> None:
    (folder / "broken.yaml").write_text(HEAD + "Resources:\n  Vpc: {Type: AWS::EC2::VPC\n  Other: [\n", "utf-8")


def _broken_hcl(folder: Path) -> None:
    (folder / "main.tf").write_text('resource "aws_vpc" "main" {\n  cidr_block = \n', "utf-8")


def _binary(folder: Path) -> None:
    (folder / "binary.template").write_bytes(HEAD.encode() + b"\x00\xff\xfe" * 100)


def _huge(folder: Path) -> None:
    with (folder / "huge.yaml").open("wb") as file:
        file.write(HEAD.encode())
        file.truncate(100 * 1024 * 1024)


def _alias_bomb(folder: Path) -> None:
    levels = [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 10)]
    bomb = "\n  ".join(["a0: &a0 [x]", *levels])
    (folder / "bomb.yaml").write_text(f"{HEAD}Metadata:\n  {bomb}\nResources: {{}}\n", "utf-8")


def _broken_json(folder: Path) -> None:
    (folder / "main.tf.json").write_text('{"resource": {"aws_vpc": {"main": {"cidr_block": "10.0.0.0/16",}}}}', "utf-8")


def _module_calling_itself(folder: Path) -> None:
    (folder / "main.tf").write_text('module "again" {\n  source = "./"\n}\n', "utf-8")


CASES: dict[str, tuple[Callable[[Path], None], str, str]] = {
    "broken YAML": (_broken_yaml, "broken.yaml", "invalid-yaml"),
    "broken HCL": (_broken_hcl, "main.tf", "invalid-hcl"),
    "broken JSON of Terraform": (_broken_json, "main.tf.json", "invalid-json"),
    "a binary file": (_binary, "binary.template", "not-text"),
    "100 MB": (_huge, "huge.yaml", "file-too-large"),
    "an alias bomb": (_alias_bomb, "bomb.yaml", "too-many-aliases"),
    "a module calling itself": (_module_calling_itself, "main.tf", "module-not-read"),
}


@pytest.mark.parametrize(("make", "path", "code"), CASES.values(), ids=CASES)
def test_one_diagnostic_and_the_rest_is_analyzed(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    make: Callable[[Path], None],
    path: str,
    code: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "stack").mkdir()
    (tmp_path / "stack" / "neighbour.yaml").write_text(GOOD_NEIGHBOUR, "utf-8")
    make(tmp_path)
    assert main(["check", ".", "--output", "json"]) == 1
    report = json.loads(capsys.readouterr().out)
    assert [finding["rule"] for finding in report["findings"]] == ["HA101"]
    assert [(each["place"]["path"], each["code"]) for each in report["diagnostics"]] == [(path, code)]


@pytest.mark.parametrize(("make", "path"), [case[:2] for case in CASES.values()], ids=CASES)
def test_alone_it_is_no_clean_bill(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, make: Callable[[Path], None], path: str
) -> None:
    monkeypatch.chdir(tmp_path)
    make(tmp_path)
    assert main(["check", path]) in (2, 3)


def test_an_empty_file_is_no_template(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "empty.yaml").touch()
    assert main(["check", "empty.yaml"]) == 3
    assert "not-a-template" in capsys.readouterr().out
    (tmp_path / "empty.tf").touch()
    assert main(["check", "."]) == 3


def test_a_symlink_loop_ends(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "neighbour.yaml").write_text(GOOD_NEIGHBOUR, "utf-8")
    (tmp_path / "loop").symlink_to(".")
    (tmp_path / "self.yaml").symlink_to("self.yaml")
    assert main(["check", ".", "--output", "json"]) == 1
    report = json.loads(capsys.readouterr().out)
    assert len(report["findings"]) == 1
    assert [(each["place"]["path"], each["code"]) for each in report["diagnostics"]] == [("self.yaml", "symlink-loop")]


def test_a_folder_that_is_a_pipe_is_not_waited_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    os.mkfifo(tmp_path / "pipe.yaml")
    assert main(["check", "."]) in (2, 3)


@pytest.mark.parametrize("section", ["Resources", "Outputs"])
def test_a_key_given_twice_leaves_nothing_in_doubt(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], section: str
) -> None:
    """The last one counts, as it does for CloudFormation."""
    monkeypatch.chdir(tmp_path)
    vpc = "  Vpc: {Type: AWS::EC2::VPC, Properties: {CidrBlock: 10.0.0.0/16}}\n"
    subnet = "{Type: AWS::EC2::Subnet, Properties: {VpcId: !Ref Vpc, AvailabilityZone: eu-west-1a}}"
    twice = vpc if section == "Resources" else "Outputs:\n  Id: {Value: !Ref Vpc}\n  Id: {Value: !Ref Vpc}\n"
    (tmp_path / "twice.yaml").write_text(f"{HEAD}Resources:\n{vpc}  A: {subnet}\n  B: {subnet}\n{twice}", "utf-8")
    assert main(["check", ".", "--output", "json"]) == 1
    report = json.loads(capsys.readouterr().out)
    assert [finding["rule"] for finding in report["findings"]] == ["HA101"]
    assert [each["code"] for each in report["diagnostics"]] == ["duplicate-key"]
    assert report["undecided"] == []


def test_a_list_where_a_text_belongs_is_undecided(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    details = "{State: ENABLED, PolicyDetails: {PolicyType: [A]}}"
    policy = f"  P: {{Type: AWS::DLM::LifecyclePolicy, Properties: {details}}}\n"
    (tmp_path / "list.yaml").write_text(f"{HEAD}Resources:\n{policy}", "utf-8")
    assert main(["check", ".", "--profile", "all", "--output", "json"]) == 0
    assert json.loads(capsys.readouterr().out)["diagnostics"] == []
