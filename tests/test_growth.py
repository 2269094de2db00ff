"""Twice the resources take about twice the work, counted in calls: a clock would judge the machine."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import pytest

from haanalyzer.engine import analyze, read_project
from haanalyzer.fixing import fixed
from haanalyzer.frontends.deployment import Inputs
from haanalyzer.graph import ResourceGraph, bounds
from haanalyzer.policy import load_profile, rules
from haanalyzer.rules.kit import Rule
from haanalyzer.source.files import Files
from tests.fixtures import TESTDATA

HEAD = "Resources:\n  Vpc: {Type: AWS::EC2::VPC, Properties: {CidrBlock: 10.0.0.0/8}}\n"
TABLE = "  Table: {Type: AWS::EC2::RouteTable, Properties: {VpcId: !Ref Vpc}}\n"
NAMES = re.compile(r'^(\s*"?(?:\w+_)?(?:name|id|identifier|bucket|family)"?\s*[=:]\s*"[^"]*)"', re.MULTILINE)

Result = TypeVar("Result")


def counted(work: Callable[[], Result]) -> tuple[int, Result]:
    """How many calls it takes, and its result."""
    calls = 0

    def count(_frame: object, event: str, _argument: object) -> None:
        nonlocal calls
        calls += event == "call"

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        result = work()
    finally:
        sys.setprofile(before)
    return calls, result


def calls_to_judge(rule: Rule, copies: int, folder: Path) -> int:
    """What a rule takes over a root that calls its fixtures so often, each time with other names."""
    calls = []
    for situation in ("bad", "undecided"):
        text = (TESTDATA / "rules" / rule.info.slug / f"{situation}.tf").read_text("utf-8")
        for number in range(copies):
            copy = folder / f"{situation}{number}" / "main.tf"
            copy.parent.mkdir(exist_ok=True, parents=True)
            copy.write_text(NAMES.sub(rf'\1-copy{number}"', text), "utf-8")
            calls.append(f'module "{situation}{number}" {{\n  source = "./{situation}{number}"\n}}\n')
    (folder / "main.tf").write_text("".join(calls), "utf-8")
    (deployment,) = read_project(["main.tf"], Files(folder), Inputs()).deployments

    def judge() -> list[object]:
        graph = ResourceGraph(deployment)
        resources = graph.of_kind(*rule.info.kinds)
        return [verdict for each in resources for verdict in rule.check(each, graph, **rule.parameters)]

    taken, verdicts = counted(judge)
    assert len(verdicts) >= 2 * copies
    return taken


@pytest.mark.parametrize("rule", rules(), ids=lambda rule: rule.info.slug)
def test_as_many_more_copies_are_as_much_more_work(rule: Rule, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bounds, "LISTED", 2)
    monkeypatch.setattr(bounds, "NAMED", 2)
    calls_to_judge(rule, 1, tmp_path)
    few, more, many = (calls_to_judge(rule, copies, tmp_path) for copies in (6, 12, 18))
    assert many - more < 1.1 * (more - few)


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


def services_scaled_by_name(number: int) -> str:
    return "Resources:\n" + "".join(
        f"  Service{n}:\n    Type: AWS::ECS::Service\n"
        f"    Properties: {{ServiceName: s{n}, Cluster: main, TaskDefinition: t, DesiredCount: 1}}\n"
        f"  Scaled{n}:\n    Type: AWS::ApplicationAutoScaling::ScalableTarget\n    Properties: {{MinCapacity: 1, "
        f"ResourceId: service/main/s{n}, ScalableDimension: 'ecs:service:DesiredCount', ServiceNamespace: ecs}}\n"
        for n in range(number)
    )


def buckets_and_what_they_hold(number: int) -> str:
    return "Resources:\n" + "".join(
        f"  Bucket{n}:\n    Type: AWS::S3::Bucket\n    Properties:\n      BucketName: b{n}\n"
        "      VersioningConfiguration: {Status: Enabled}\n"
        "      ReplicationConfiguration:\n        Role: r\n"
        f"        Rules: [{{Status: Enabled, Destination: {{Bucket: 'arn:aws:s3:::b{n + 1}'}}}}]\n"
        f"  Queue{n}: {{Type: AWS::SQS::Queue, Properties: {{RedrivePolicy: {{deadLetterTargetArn: x}}}}}}\n"
        f"  Table{n}: {{Type: AWS::DynamoDB::Table, Properties: {{TableName: t{n}, BillingMode: PAY_PER_REQUEST}}}}\n"
        for n in range(number)
    )


def calls_to_analyze(text: str, folder: Path) -> int:
    (folder / "template.yaml").write_text(text, "utf-8")
    profile = load_profile("all")
    calls, report = counted(lambda: analyze(["template.yaml"], folder, Inputs(), profile))
    assert not [each for each in report.diagnostics if each.is_error]
    return calls


@pytest.mark.parametrize(
    "template",
    [
        associations_of_unknown_subnets,
        network_acl_rules_of_one_acl_each,
        services_scaled_by_name,
        buckets_and_what_they_hold,
    ],
)
def test_twice_the_resources_are_twice_the_work(tmp_path: Path, template: Callable[[int], str]) -> None:
    calls_to_analyze(template(2), tmp_path)
    few, many = (calls_to_analyze(template(number), tmp_path) for number in (60, 120))
    assert many < 2.4 * few


def databases(name: str, number: int) -> str:
    if name.endswith(".tf"):
        return "".join(f'resource "aws_db_instance" "d{n}" {{\n  engine = "mysql"\n}}\n' for n in range(number))
    one = "  D{}:\n    Type: AWS::RDS::DBInstance\n    Properties:\n      Engine: mysql\n"
    return "Resources:\n" + "".join(map(one.format, range(number)))


@pytest.mark.parametrize("name", ["main.tf", "template.yaml"])
def test_twice_the_findings_are_twice_the_work_to_fix(tmp_path: Path, name: str) -> None:
    def fix() -> int:
        return fixed(analyze([name], tmp_path, Inputs(), load_profile("all"))).mended

    calls = []
    for number in (2, 20, 40):
        (tmp_path / name).write_text(databases(name, number), "utf-8")
        taken, mended = counted(fix)
        assert mended >= 2 * number
        calls.append(taken)
    assert calls[2] < 2.4 * calls[1]


def calls_to_repeat(elements: int, folder: Path) -> int:
    entries = "\n".join(f'    name{n} = {{ policy = "{n}" }}' for n in range(elements))
    text = (
        f"locals {{\n  tables = {{\n{entries}\n  }}\n}}\n"
        'resource "aws_dynamodb_table" "all" {\n  for_each = local.tables\n  name = each.value.policy\n}\n'
    )
    (folder / "main.tf").write_text(text, "utf-8")
    taken, project = counted(lambda: read_project(["main.tf"], Files(folder), Inputs()))
    (deployment,) = project.deployments
    evaluated, names = counted(lambda: [each.attributes["name"] for each in deployment.declarations])
    assert len(names) == elements
    return taken + evaluated


def test_as_many_more_instances_are_as_much_more_work(tmp_path: Path) -> None:
    calls_to_repeat(1, tmp_path)
    few, more, many = (calls_to_repeat(elements, tmp_path) for elements in (40, 80, 120))
    assert many - more < 1.1 * (more - few)
