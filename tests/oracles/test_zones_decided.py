"""The measure of decided zones counts what it says. ``HAANALYZER_CORPUS`` names a folder of repositories to measure."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from haanalyzer.engine import read_project
from haanalyzer.frontends.deployment import Inputs
from haanalyzer.graph import ResourceGraph
from haanalyzer.source.files import Files
from tests.oracles.zones_decided import BY_AWS, PASSED, Tally, count, inputs_are_present, main

CORPUS = os.environ.get("HAANALYZER_CORPUS")
TEMPLATE = """\
Parameters:
  Zones:
    Type: List<AWS::EC2::AvailabilityZone::Name>
  SubnetIds:
    Type: List<AWS::EC2::Subnet::Id>
Resources:
  Named:
    Type: AWS::EC2::Subnet
    Properties:
      AvailabilityZone: eu-west-1a
  ByPosition:
    Type: AWS::EC2::Subnet
    Properties:
      AvailabilityZone: !Select [1, !GetAZs ""]
  OfParameter:
    Type: AWS::EC2::Subnet
    Properties:
      AvailabilityZone: !Select [0, !Ref Zones]
  Anywhere:
    Type: AWS::EC2::Subnet
  Given:
    Type: AWS::AutoScaling::AutoScalingGroup
    Properties:
      VPCZoneIdentifier: !Ref SubnetIds
  Balancer:
    Type: AWS::ElasticLoadBalancingV2::LoadBalancer
    Properties:
      Subnets: [!Ref Named, !Ref ByPosition]
  Unclear:
    Type: AWS::ElasticLoadBalancingV2::LoadBalancer
    Properties:
      Subnets: [!Ref Named, !If [NoSuchCondition, !Ref ByPosition, !Ref OfParameter]]
  Stored:
    Type: AWS::RDS::DBInstance
"""


def tally_of(text: str, folder: Path) -> tuple[Tally, bool]:
    (folder / "it.yaml").write_text(text, "utf-8")
    project = read_project(["."], Files(folder), Inputs())
    (deployment,) = project.deployments
    count(ResourceGraph(deployment), tally := Tally())
    return tally, inputs_are_present(deployment, project.files)


def test_zones_are_decided_by_name_position_or_parameter(tmp_path: Path) -> None:
    tally, is_present = tally_of(TEMPLATE, tmp_path)
    assert not is_present
    assert tally.counts == {
        ("subnet", "decided"): 3,
        ("subnet", "reasoned"): 1,
        ("auto_scaling_group", "reasoned"): 1,
        ("load_balancer", "decided"): 1,
        ("load_balancer", "undecided"): 1,
        ("db_instance", "reasoned"): 1,
    }
    assert tally.reasons[BY_AWS] == 2
    assert tally.reasons[PASSED] == 1
    assert "7 of 8: 87.5 %" in list(tally.lines())


def test_a_default_for_each_parameter_is_every_input(tmp_path: Path) -> None:
    given = TEMPLATE.replace("Name>\n", "Name>\n    Default: a,b\n").replace("Id>\n", "Id>\n    Default: subnet-1\n")
    assert tally_of(given, tmp_path)[1]


@pytest.mark.skipif(not CORPUS, reason="HAANALYZER_CORPUS names no folder of repositories")
def test_nearly_all_zones_of_the_corpus_are_decided(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(path) for path in sorted(Path(CORPUS or "").iterdir())]) == 0
    shares = [line.split(": ")[1] for line in capsys.readouterr().out.splitlines() if " of " in line and "%" in line]
    assert [float(share.removesuffix(" %")) >= 95 for share in shares] == [True, True]
