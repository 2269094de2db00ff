"""Twice the resources take about twice the work, counted in calls: a clock would judge the machine."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from haanalyzer.engine import analyze
from haanalyzer.frontends.deployment import Inputs
from haanalyzer.policy import load_profile

HEAD = "Resources:\n  Vpc: {Type: AWS::EC2::VPC, Properties: {CidrBlock: 10.0.0.0/8}}\n"
TABLE = "  Table: {Type: AWS::EC2::RouteTable, Properties: {VpcId: !Ref Vpc}}\n"


def associations_of_unknown_subnets(number: int) -> str:
    parameters = "".join(f"  Id{n}: {{Type: String}}\n" for n in range(number))
    subnets = "".join(
        f"  Subnet{n}: {{Type: AWS::EC2::Subnet, Properties: {{VpcId: !Ref Vpc}}}}\n"
        f"  Routes{n}:\n    Type: AWS::EC2::SubnetRouteTableAssociation\n"
        f"    Properties: {{SubnetId: !Ref Id{n}, RouteTableId: !Ref Table}}\n"
        for n in range(number)
    )
    return f"Parameters:\n{parameters}{HEAD}{TABLE}{subnets}"


def network_acl_rules_of_one_acl_each(number: int) -> str:
    return HEAD + "".join(
        f"  Subnet{n}:\n    Type: AWS::EC2::Subnet\n    Properties: {{VpcId: !Ref Vpc, CidrBlock: 10.0.{n}.0/24}}\n"
        f"  Nat{n}: {{Type: AWS::EC2::NatGateway, Properties: {{SubnetId: !Ref Subnet{n}}}}}\n"
        f"  Acl{n}: {{Type: AWS::EC2::NetworkAcl, Properties: {{VpcId: !Ref Vpc}}}}\n"
        f"  Filter{n}:\n    Type: AWS::EC2::SubnetNetworkAclAssociation\n"
        f"    Properties: {{SubnetId: !Ref Subnet{n}, NetworkAclId: !Ref Acl{n}}}\n"
        f"  Out{n}:\n    Type: AWS::EC2::NetworkAclEntry\n    Properties: {{NetworkAclId: !Ref Acl{n}, RuleNumber: 1, "
        "Egress: true, Protocol: -1, RuleAction: allow, CidrBlock: 10.0.0.0/8}\n"
        for n in range(number)
    )


def calls_to_analyze(text: str, folder: Path) -> int:
    (folder / "template.yaml").write_text(text, "utf-8")
    calls = 0

    def count(_frame: object, event: str, _argument: object) -> None:
        nonlocal calls
        calls += event == "call"

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        report = analyze(["template.yaml"], folder, Inputs(), load_profile("all"))
    finally:
        sys.setprofile(before)
    assert not [each for each in report.diagnostics if each.is_error]
    return calls


@pytest.mark.parametrize("template", [associations_of_unknown_subnets, network_acl_rules_of_one_acl_each])
def test_twice_the_resources_are_twice_the_work(tmp_path: Path, template: Callable[[int], str]) -> None:
    calls_to_analyze(template(2), tmp_path)
    few, many = (calls_to_analyze(template(number), tmp_path) for number in (60, 120))
    assert many < 2.4 * few
