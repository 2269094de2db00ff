"""What the user says to ignore is ignored, and what silences nothing is said."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from haanalyzer.engine import analyze
from haanalyzer.frontends.deployment import Inputs
from haanalyzer.policy import load_profile
from haanalyzer.report import FORMATS, RenderOptions
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


TODAY = date(2027, 1, 31)


def judged(folder: Path, files: dict[str, str], profile: str = "all") -> Report:
    for path, text in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, "utf-8")
    return analyze(["."], folder, Inputs(), load_profile(profile), today=TODAY)


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


@pytest.mark.parametrize("mark", ["ignore[HA101] until 2027-01-31 we move", "ignore[HA101] until 2027-02-01 we move"])
def test_the_last_day_still_counts(tmp_path: Path, mark: str) -> None:
    report = judged(tmp_path, {"main.tf": NETWORK.replace('"eu-west-1a"', f'"eu-west-1a" # haanalyzer: {mark}')})
    (one,) = report.suppressed()
    for format_ in ("json", "sarif"):
        assert f'"until":"{mark.split()[2]}"' in FORMATS[format_](report, RenderOptions()).replace(" ", "")
    assert one.suppressed
    assert (one.suppressed.reason, str(one.suppressed.until)) == ("we move", mark.split()[2])
    assert codes(report) == []


@pytest.mark.parametrize(("names", "profile"), [("HA101", "all"), ("HA101, HA501", "default")])
def test_after_its_last_day_the_finding_is_open_again(tmp_path: Path, names: str, profile: str) -> None:
    text = NETWORK.replace('"eu-west-1a"', f'"eu-west-1a" # haanalyzer: ignore[{names}] until 2027-01-30 we move')
    report = judged(tmp_path, {"main.tf": text}, profile)
    assert [one.rule.code for one in report.findings()] == ["HA101"]
    (diagnostic,) = report.diagnostics
    assert (diagnostic.code, diagnostic.place.line, diagnostic.is_error) == ("expired-suppression", 9, False)
    assert "2027-01-30" in diagnostic.message


def test_one_that_has_ended_hides_no_other_and_one_that_would_silence_nothing_is_idle(tmp_path: Path) -> None:
    text = NETWORK.replace('"eu-west-1a"', '"eu-west-1a" # haanalyzer: ignore[HA101] until 2020-01-01')
    on_resource = text.replace('"main" {', '"main" { # haanalyzer: ignore[HA101]', 1)
    report = judged(tmp_path, {"main.tf": on_resource})
    assert report.findings() == ()
    assert codes(report) == ["expired-suppression"]
    assert codes(judged(tmp_path, {"main.tf": text.replace("HA101", "HA102")})) == ["unused-suppression"]


def test_on_the_resource_that_it_is_shown_in(tmp_path: Path) -> None:
    said = 'resource "aws_subnet" "main" { # haanalyzer: ignore[HA101] a sandbox\n'
    report = judged(tmp_path, {"main.tf": NETWORK.replace('resource "aws_subnet" "main" {\n', said)})
    assert report.findings() == ()
    assert codes(report) == []


def template(metadata: object, *, of: str = "Vpc", whole: object = None) -> str:
    subnet = {"VpcId": {"Ref": "Vpc"}, "AvailabilityZone": "eu-west-1a"}
    resources: dict[str, dict[str, object]] = {
        "Vpc": {"Type": "AWS::EC2::VPC"},
        "A": {"Type": "AWS::EC2::Subnet", "Properties": subnet},
        "B": {"Type": "AWS::EC2::Subnet", "Properties": subnet},
    }
    resources[of]["Metadata"] = metadata
    return json.dumps({"Metadata": whole or {}, "Resources": resources}, indent=2)


def test_in_the_metadata_of_a_resource(tmp_path: Path) -> None:
    said = {"haanalyzer": {"ignore": ["HA101"], "reason": "a sandbox"}}
    report = judged(tmp_path, {"template.json": template(said)})
    assert report.findings() == ()
    assert [one.suppressed.reason for one in report.suppressed() if one.suppressed] == ["a sandbox"]
    assert codes(report) == []


def test_in_the_metadata_of_the_resource_that_it_is_shown_in(tmp_path: Path) -> None:
    shown = judged(tmp_path, {"template.json": template({})}).findings()[0].place.line
    lines = template({}).splitlines()
    name = next(each for each in ("A", "B") if f'"{each}": {{' in "".join(lines[shown - 8 : shown]))
    report = judged(tmp_path, {"template.json": template({"haanalyzer": {"ignore": "HA101"}}, of=name)})
    assert report.findings() == ()
    assert codes(report) == []


@pytest.mark.parametrize("until", ["2027-01-31", "2027-01-30"])
def test_metadata_may_have_an_end_and_several_reasons(tmp_path: Path, until: str) -> None:
    said = {"haanalyzer": [{"ignore": ["HA101"], "until": until, "reason": "we move"}, {"ignore": ["HA999"]}]}
    report = judged(tmp_path, {"template.json": template(said)})
    is_over = until < str(TODAY)
    assert [one.rule.code for one in report.findings()] == ["HA101"] * is_over
    assert sorted(codes(report)) == ["expired-suppression"] * is_over + ["unused-suppression"]


@pytest.mark.parametrize("day", ["2027-01-31", "'2027-01-31'", '"2027-01-31"'])
def test_a_date_in_yaml_may_be_quoted(tmp_path: Path, day: str) -> None:
    text = template({}).replace('"Metadata": {}\n', f'"Metadata": {{haanalyzer: {{ignore: [HA101], until: {day}}}}}\n')
    report = judged(tmp_path, {"template.yaml": text})
    assert [str(one.suppressed.until) for one in report.suppressed() if one.suppressed] == ["2027-01-31"]


def test_in_the_metadata_of_the_template(tmp_path: Path) -> None:
    whole = {"haanalyzer": {"ignore": ["single-zone-tier"], "reason": "a sandbox"}}
    report = judged(tmp_path, {"template.json": template({}, whole=whole)})
    assert report.findings() == ()
    assert codes(report) == []
    whole = {"haanalyzer": {"ignore": ["HA101"], "until": "soon"}}
    assert codes(judged(tmp_path, {"template.json": template({}, whole=whole)})) == ["misread-suppression"]


def test_the_metadata_of_a_nested_stack_holds_for_what_is_in_it(tmp_path: Path) -> None:
    stack = {
        "Type": "AWS::CloudFormation::Stack",
        "Properties": {"TemplateURL": "network.json"},
        "Metadata": {"haanalyzer": {"ignore": ["HA101"]}},
    }
    files = {"network.json": template({}), "root.json": json.dumps({"Resources": {"Network": stack}})}
    report = judged(tmp_path, files)
    assert report.findings() == ()
    assert len(report.suppressed()) == 1
    assert codes(report) == []


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"ignore": ["HA999"]}, "unused-suppression"),
        ({"ignore": ["HA101"], "until": "2027-02-29"}, "misread-suppression"),
        ({"ignore": ["HA101"], "until": 20270131}, "misread-suppression"),
        ({"ignore": ["HA101"], "until": {"Ref": "Day"}}, "misread-suppression"),
        ({"ignore": ["HA101"], "reasons": "a typing error"}, "misread-suppression"),
        ({"ignore": []}, "misread-suppression"),
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
