"""What the user says to ignore is ignored, and what silences nothing is said."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from haanalyzer.engine import analyze
from haanalyzer.frontends.deployment import Inputs
from haanalyzer.policy import load_profile
from haanalyzer.results import Report

ROOT = """\
module "network" {
  source = "./network"
}
"""
NETWORK = """\
resource "aws_vpc" "main" {
  cidr_block = "10.0.0.0/16"
}

resource "aws_subnet" "main" {
  count = 2

  vpc_id            = aws_vpc.main.id
  availability_zone = "eu-west-1a"
}
"""


def judged(folder: Path, files: dict[str, str], profile: str = "all") -> Report:
    for path, text in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, "utf-8")
    return analyze(["."], folder, Inputs(), load_profile(profile))


def codes(report: Report) -> list[str]:
    return [diagnostic.code for diagnostic in report.diagnostics]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('"eu-west-1a"\n', '"eu-west-1a" # haanalyzer: ignore[HA101] a sandbox\n'),
        ('  availability_zone = "eu', '  # haanalyzer: ignore[single-zone-tier] a sandbox\n  availability_zone = "eu'),
        ('resource "aws_vpc" "main" {\n', 'resource "aws_vpc" "main" { # haanalyzer: ignore[HA1*] a sandbox\n'),
        ('resource "aws_vpc"', '# haanalyzer: ignore-file[HA101] a sandbox\n\nresource "aws_vpc"'),
    ],
)
def test_on_the_line_above_on_the_resource_or_on_the_file(tmp_path: Path, old: str, new: str) -> None:
    report = judged(tmp_path, {"main.tf": ROOT, "network/main.tf": NETWORK.replace(old, new)})
    assert report.findings() == ()
    assert [one.suppressed.reason for one in report.suppressed() if one.suppressed] == ["a sandbox"]
    assert codes(report) == []


def test_at_the_module_call(tmp_path: Path) -> None:
    call = ROOT.replace("{\n", "{ # haanalyzer: ignore[HA101] a sandbox\n", 1)
    report = judged(tmp_path, {"main.tf": call, "network/main.tf": NETWORK})
    assert report.findings() == ()
    assert codes(report) == []


def test_a_comment_for_another_rule_silences_nothing(tmp_path: Path) -> None:
    report = judged(tmp_path, {"main.tf": NETWORK.replace('"eu-west-1a"', '"eu-west-1a" # haanalyzer: ignore[HA102]')})
    assert len(report.findings()) == 1
    assert codes(report) == ["unused-suppression"]


def test_a_word_about_a_rule_that_is_off_is_not_idle(tmp_path: Path) -> None:
    policy = (
        'resource "aws_ebs_snapshot" "main" { # haanalyzer: ignore[HA501] kept for a week\n  volume_id = "vol-1"\n}\n'
    )
    assert codes(judged(tmp_path, {"main.tf": policy}, "default")) == []
    assert codes(judged(tmp_path, {"main.tf": policy}, "all")) == []


def template(metadata: object) -> str:
    subnet = {"VpcId": {"Ref": "Vpc"}, "AvailabilityZone": "eu-west-1a"}
    resources = {
        "Vpc": {"Type": "AWS::EC2::VPC", "Metadata": metadata},
        "A": {"Type": "AWS::EC2::Subnet", "Properties": subnet},
        "B": {"Type": "AWS::EC2::Subnet", "Properties": subnet},
    }
    return json.dumps({"Resources": resources})


def test_in_the_metadata_of_a_resource(tmp_path: Path) -> None:
    said = {"haanalyzer": {"ignore": ["HA101"], "reason": "a sandbox"}}
    report = judged(tmp_path, {"template.json": template(said)})
    assert report.findings() == ()
    assert [one.suppressed.reason for one in report.suppressed() if one.suppressed] == ["a sandbox"]
    assert codes(report) == []


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"ignore": ["HA999"]}, "unused-suppression"),
        ({"ignroe": ["HA101"]}, "misread-suppression"),
        ({"ignore": [1]}, "misread-suppression"),
        (["HA101"], "misread-suppression"),
        ({"ignore": {"Ref": "AWS::Region"}}, "misread-suppression"),
    ],
)
def test_idle_or_misread_metadata_is_said(tmp_path: Path, said: object, code: str) -> None:
    report = judged(tmp_path, {"template.json": template({"haanalyzer": said})})
    assert len(report.findings()) == 1
    assert codes(report) == [code]
