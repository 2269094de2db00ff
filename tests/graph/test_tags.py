"""Tags are one map, whoever writes them and wherever."""

from __future__ import annotations

from pathlib import Path

import pytest

from haanalyzer.engine import read_project
from haanalyzer.frontends.deployment import Inputs
from haanalyzer.graph import ResourceGraph
from haanalyzer.source.files import Files
from haanalyzer.values import Known, MapValue, Unknown, Value

TERRAFORM = """
provider "aws" {
  default_tags {
    tags = %s
  }
}

resource "aws_ebs_volume" "data" {
  availability_zone = "eu-west-1a"
%s
}
"""
TEMPLATE = """
Resources:
  data:
    Type: AWS::EC2::Volume
    Properties:
      AvailabilityZone: eu-west-1a
%s
"""


def tags(folder: Path, name: str, text: str) -> Value:
    (folder / name).write_text(text)
    project = read_project(["."], Files(folder), Inputs())
    assert not [each for each in project.diagnostics if each.is_error]
    (volume,) = ResourceGraph(project.deployments[0]).of_kind("volume")
    return volume.tags


@pytest.mark.parametrize(
    ("defaults", "own", "team"),
    [
        ('{ Team = "a" }', "", "a"),
        ('{ Team = "a" }', '  tags = { Team = "b" }', "b"),
        ('{ Team = "a" }', '  tags = { Name = "x" }', "a"),
        ("{}", '  tags = { Team = "b" }', "b"),
    ],
)
def test_tags_of_the_provider_and_its_own(tmp_path: Path, defaults: str, own: str, team: str) -> None:
    found = tags(tmp_path, "main.tf", TERRAFORM % (defaults, own))
    assert isinstance(found, MapValue)
    value = found.get("Team")
    assert isinstance(value, Known)
    assert value.data == team


def test_default_tags_that_are_not_known_may_be_any(tmp_path: Path) -> None:
    found = tags(tmp_path, "main.tf", TERRAFORM % ("data.external.x.result", '  tags = { Team = "b" }'))
    assert isinstance(found, MapValue)
    assert isinstance(found.get("Other"), Unknown)
    assert isinstance(found.get("Team"), Known)


def test_own_tags_that_are_not_known_may_take_the_place_of_any_default(tmp_path: Path) -> None:
    own = '  tags = merge(data.external.x.result, { Name = "x" })'
    found = tags(tmp_path, "main.tf", TERRAFORM % ('{ Team = "a" }', own))
    assert isinstance(found, MapValue)
    assert isinstance(found.get("Team"), Unknown)
    assert isinstance(found.get("Name"), Known)


@pytest.mark.parametrize(
    ("own", "team"),
    [
        ("", "shop"),
        ("      Tags: [{Key: Team, Value: own}]", "own"),
        ("      Tags: [{Key: !ImportValue x, Value: own}]", None),
    ],
)
def test_tags_of_the_stack_are_tags_of_its_resources(tmp_path: Path, own: str, team: str | None) -> None:
    (tmp_path / "template.yaml").write_text(TEMPLATE % own)
    project = read_project(["."], Files(tmp_path), Inputs(tags={"Team": "shop"}))
    (volume,) = ResourceGraph(project.deployments[0]).of_kind("volume")
    assert isinstance(volume.tags, MapValue)
    value = volume.tags.get("Team")
    assert (value.data if isinstance(value, Known) else None) == team


@pytest.mark.parametrize(
    "written", ["      Tags: [{Key: Team, Value: a}]", "      Tags:\n        - Key: Team\n          Value: a", ""]
)
def test_tags_of_a_template(tmp_path: Path, written: str) -> None:
    found = tags(tmp_path, "template.yaml", TEMPLATE % written)
    assert isinstance(found, MapValue)
    assert {key: str(value) for key, value in found.entries.items()} == ({"Team": "a"} if written else {})


def test_a_key_that_is_not_known_may_be_any(tmp_path: Path) -> None:
    found = tags(tmp_path, "template.yaml", TEMPLATE % "      Tags: [{Key: !ImportValue x, Value: a}]")
    assert isinstance(found, MapValue)
    assert isinstance(found.get("Team"), Unknown)
