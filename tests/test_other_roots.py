"""Several roots in one run: what one reads of another is known, and each answers for its own."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from haanalyzer.cli import main
from haanalyzer.engine import Workspace, analyze
from haanalyzer.frontends.deployment import Inputs
from haanalyzer.policy import load_profile
from haanalyzer.report import FORMATS, RenderOptions
from haanalyzer.results import Report
from haanalyzer.source.files import Files

EVERYTHING = load_profile("all")
NETWORK = """\
resource "aws_vpc" "main" {{
  cidr_block = "10.0.0.0/16"
}}
resource "aws_subnet" "a" {{
  vpc_id            = aws_vpc.main.id
  cidr_block        = "10.0.0.0/24"
  availability_zone = "eu-west-1a"
}}
resource "aws_subnet" "b" {{
  vpc_id            = aws_vpc.main.id
  cidr_block        = "10.0.1.0/24"
  availability_zone = "eu-west-1{zone}"
}}
output "subnets" {{
  value = [aws_subnet.a.id, aws_subnet.b.id]
}}
output "vpc" {{
  value = aws_vpc.main.id
}}
"""
STATE = """\
data "terraform_remote_state" "network" {
  backend = "local"
  config = {
    path = "../network/terraform.tfstate"
  }
}
"""
GROUP = f"""\
{STATE}
resource "aws_autoscaling_group" "web" {{
  min_size            = 2
  max_size            = 4
  vpc_zone_identifier = data.terraform_remote_state.network.outputs.subnets
}}
"""


def write(folder: Path, texts: Mapping[str, str]) -> None:
    for name, text in texts.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")


def of_rule(code: str, report: Report) -> dict[str, str]:
    return {one.verdict.subject: one.verdict.outcome for one in report.judgements if one.rule.code == code}


def words(report: Report) -> str:
    return FORMATS["json"](report, RenderOptions())


@pytest.mark.parametrize(("zone", "outcome"), [("a", "fail"), ("b", "pass")])
def test_the_zones_of_another_roots_subnets_are_known(tmp_path: Path, zone: str, outcome: str) -> None:
    write(tmp_path, {"network/main.tf": NETWORK.format(zone=zone), "app/main.tf": GROUP})
    assert of_rule("HA108", analyze(["."], tmp_path, Inputs(), EVERYTHING)) == {"aws_autoscaling_group.web": outcome}
    alone = analyze(["app"], tmp_path, Inputs(), EVERYTHING)
    assert of_rule("HA108", alone) == {"aws_autoscaling_group.web": "undecided"}


def test_each_root_answers_for_its_own_resources_only(tmp_path: Path) -> None:
    write(tmp_path, {"network/main.tf": NETWORK.format(zone="b"), "app/main.tf": GROUP})
    together = analyze(["."], tmp_path, Inputs(), EVERYTHING)
    network = analyze(["network"], tmp_path, Inputs(), EVERYTHING)
    app = analyze(["app"], tmp_path, Inputs(), EVERYTHING)
    checks = {one.identity for one in together.judgements}
    assert checks == {one.identity for one in (*network.judgements, *app.judgements)}
    assert not any("root[" in one.verdict.subject for one in together.judgements)
    assert of_rule("HA101", together) == {"aws_vpc.main": "pass"}


def test_subnets_in_another_roots_vpc_are_still_asked_about(tmp_path: Path) -> None:
    subnets = "".join(
        f"""\
resource "aws_subnet" "{name}" {{
  vpc_id            = data.terraform_remote_state.network.outputs.vpc
  cidr_block        = "10.0.{number}.0/24"
  availability_zone = "eu-west-1{name}"
}}
"""
        for number, name in enumerate("ab")
    )
    write(tmp_path, {"network/main.tf": NETWORK.format(zone="b"), "app/main.tf": STATE + subnets})
    together, alone = (of_rule("HA101", analyze([path], tmp_path, Inputs(), EVERYTHING)) for path in (".", "app"))
    assert together["aws_subnet.a"] == "pass"
    assert alone["aws_subnet.a"] == "undecided"


def test_evidence_in_another_roots_file_is_shown(tmp_path: Path) -> None:
    write(tmp_path, {"network/main.tf": NETWORK.format(zone="a"), "app/main.tf": GROUP})
    report = analyze(["."], tmp_path, Inputs(), EVERYTHING, only=["app"])
    (found,) = (one for one in report.findings() if one.rule.code == "HA108")
    assert {step.place.path for step in found.verdict.evidence} == {"network/main.tf"}
    assert "network/main.tf" in report.documents
    assert report.files == ("app/main.tf",)
    for name, render in FORMATS.items():
        assert "HA108" in render(report, RenderOptions()), name


def test_what_cannot_be_read_of_another_root_leaves_checks_undecided(tmp_path: Path) -> None:
    broken = NETWORK.format(zone="a") + 'resource "aws_subnet" "c" {\n'
    write(tmp_path, {"network/main.tf": broken, "app/main.tf": GROUP})
    report = analyze(["."], tmp_path, Inputs(), EVERYTHING)
    assert len([each for each in report.diagnostics if each.is_error]) == 1


def test_a_workspace_that_looks_again_follows_the_other_root(tmp_path: Path) -> None:
    write(tmp_path, {"network/main.tf": NETWORK.format(zone="a"), "app/main.tf": GROUP})
    workspace = Workspace(tmp_path, Inputs())
    workspace.analyze(EVERYTHING, {})
    kept_elsewhere = 'terraform {\n  backend "local" {\n    path = "elsewhere"\n  }\n}\n'
    overlays: list[dict[str, str]] = [
        {"network/main.tf": NETWORK.format(zone="b")},
        {"network/main.tf": NETWORK.format(zone="b") + kept_elsewhere},
        {"network/main.tf": NETWORK.format(zone="b"), "network/backend.tf": kept_elsewhere},
        {},
        {"app/main.tf": GROUP.replace("../network", "../third"), "third/main.tf": NETWORK.format(zone="c")},
        {"third/main.tf": kept_elsewhere.replace("elsewhere", "../network/terraform.tfstate")},
        {},
    ]
    for overlay in overlays:
        report = workspace.analyze(EVERYTHING, overlay, ())
        assert words(report) == words(analyze(["."], Files(tmp_path, overlay), Inputs(), EVERYTHING))


def test_a_root_is_not_read_again_for_what_it_does_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from haanalyzer.frontends.terraform import root

    read: list[str] = []
    original = root.read_root

    def noted(folder: str, *given: Any) -> object:
        read.append(folder)
        return original(folder, *given)

    monkeypatch.setattr(root, "read_root", noted)
    third = NETWORK.format(zone="c")
    write(tmp_path, {"network/main.tf": NETWORK.format(zone="a"), "app/main.tf": GROUP, "third/main.tf": third})
    workspace = Workspace(tmp_path, Inputs())
    workspace.analyze(EVERYTHING, {})
    read.clear()
    workspace.analyze(EVERYTHING, {"third/main.tf": third + "\n"}, ())
    assert read == ["third"]
    read.clear()
    workspace.analyze(EVERYTHING, {"third/main.tf": third + "\n", "network/main.tf": NETWORK.format(zone="b")}, ())
    assert read == ["app", "network"]


def test_the_graph_shows_what_is_borrowed_with_its_zones(tmp_path: Path) -> None:
    from haanalyzer.engine import read_project
    from haanalyzer.graph import ResourceGraph
    from haanalyzer.report.graph_formats import graph_json

    write(tmp_path, {"network/main.tf": NETWORK.format(zone="a"), "app/main.tf": GROUP})
    project = read_project(["."], Files(tmp_path), Inputs())
    (app, _) = project.deployments
    shown = json.loads(graph_json([ResourceGraph(app)]))
    zones = {each["address"]: each["zones"] for each in shown["resources"]}
    assert zones["aws_autoscaling_group.web"] == ["eu-west-1a"]


def test_the_command_line_takes_a_workspace(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = """\
locals {
  zones = { live = ["eu-west-1a", "eu-west-1b"], test = ["eu-west-1a"] }
}
resource "aws_autoscaling_group" "web" {
  min_size           = 2
  max_size           = 4
  availability_zones = local.zones[terraform.workspace]
}
"""
    write(tmp_path, {"main.tf": text})
    for workspace, code in (("live", 0), ("test", 1)):
        assert main(["check", str(tmp_path), "--select", "HA108", "--workspace", workspace]) == code
    capsys.readouterr()
    assert main(["check", str(tmp_path), "--select", "HA108"]) == 0
    assert "1 undecided for `==(terraform.workspace, live)`" in capsys.readouterr().out
