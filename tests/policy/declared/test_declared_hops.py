"""What conditions on related resources, blocks and zones answer, in both dialects and three values."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.policy.declared.judging import declared, outcome, verdicts

KIND = "auto_scaling_group"


def cloudformation(properties: str, policies: str = "") -> str:
    return f"""
Parameters:
  Subnet: {{Type: String}}
  Subnets: {{Type: CommaDelimitedList}}
  Group: {{Type: String}}
  Size: {{Type: String}}
Conditions:
  Yes: !Equals [!Ref Subnet, a]
Resources:
  A: {{Type: AWS::EC2::Subnet, Properties: {{VpcId: v, AvailabilityZone: eu-west-1a, CidrBlock: 10.0.0.0/24}}}}
  B: {{Type: AWS::EC2::Subnet, Properties: {{VpcId: v, AvailabilityZone: eu-west-1b, CidrBlock: 10.0.1.0/24}}}}
  U: {{Type: AWS::EC2::Subnet, Properties: {{VpcId: v, AvailabilityZone: eu-west-1b, CidrBlock: !Ref Subnet}}}}
  It:
    Type: AWS::AutoScaling::AutoScalingGroup
    Properties:
      MinSize: 2
      MaxSize: 4
      {properties}
{policies}"""


def terraform(arguments: str, policies: str = "") -> str:
    return f"""
variable "subnet" {{
  type = string
}}
variable "subnets" {{
  type = list(string)
}}
variable "group" {{
  type = string
}}
variable "size" {{
  type = number
}}
resource "aws_subnet" "a" {{
  vpc_id            = "v"
  availability_zone = "eu-west-1a"
  cidr_block        = "10.0.0.0/24"
}}
resource "aws_subnet" "b" {{
  vpc_id            = "v"
  availability_zone = "eu-west-1b"
  cidr_block        = "10.0.1.0/24"
}}
resource "aws_subnet" "u" {{
  vpc_id            = "v"
  availability_zone = "eu-west-1b"
  cidr_block        = var.subnet
}}
resource "aws_autoscaling_group" "it" {{
  min_size = 2
  max_size = 4
  {arguments}
}}
{policies}"""


NOWHERE = ("", "")
IN_A = ("VPCZoneIdentifier: [!Ref A]", "vpc_zone_identifier = [aws_subnet.a.id]")
IN_AB = ("VPCZoneIdentifier: [!Ref A, !Ref B]", "vpc_zone_identifier = [aws_subnet.a.id, aws_subnet.b.id]")
IN_AU = ("VPCZoneIdentifier: [!Ref A, !Ref U]", "vpc_zone_identifier = [aws_subnet.a.id, aws_subnet.u.id]")
IN_A_OR_B = (
    "VPCZoneIdentifier: [!If [Yes, !Ref A, !Ref B]]",
    'vpc_zone_identifier = [var.subnet == "a" ? aws_subnet.a.id : aws_subnet.b.id]',
)
ELSEWHERE = ("VPCZoneIdentifier: [subnet-1]", 'vpc_zone_identifier = ["subnet-1"]')
TWO_ELSEWHERE = ("VPCZoneIdentifier: [subnet-1, subnet-2]", 'vpc_zone_identifier = ["subnet-1", "subnet-2"]')
TWICE = ("VPCZoneIdentifier: [subnet-1, subnet-1]", 'vpc_zone_identifier = ["subnet-1", "subnet-1"]')
GIVEN = ("VPCZoneIdentifier: [!Ref A, !Ref Subnet]", "vpc_zone_identifier = [aws_subnet.a.id, var.subnet]")
ALL_GIVEN = ("VPCZoneIdentifier: !Ref Subnets", "vpc_zone_identifier = var.subnets")

IS_A = "{attribute: zone, equals: eu-west-1a}"
NAMED = "{attribute: zone, starts_with: eu-west-1}"
CIDR = "{attribute: cidr, is: present}"
SMALL = "{attribute: cidr, ends_with: /24}"


@pytest.mark.parametrize(
    ("condition", "placed", "expected"),
    [
        ("{related: subnets}", NOWHERE, "fail"),
        ("{related: subnets}", IN_A, "pass"),
        ("{related: subnets}", ELSEWHERE, "pass"),
        ("{related: subnets}", IN_A_OR_B, "pass"),
        ("{related: subnets}", ALL_GIVEN, "undecided"),
        (f"{{related: subnets, some: {IS_A}}}", NOWHERE, "fail"),
        (f"{{related: subnets, some: {IS_A}}}", IN_AB, "pass"),
        (f"{{related: subnets, some: {IS_A}}}", IN_A_OR_B, "undecided"),
        (f"{{related: subnets, some: {IS_A}}}", ELSEWHERE, "undecided"),
        (f"{{related: subnets, some: {IS_A}}}", GIVEN, "pass"),
        (f"{{related: subnets, some: {IS_A}}}", ALL_GIVEN, "undecided"),
        (f"{{related: subnets, some: {{not: {NAMED}}}}}", IN_AB, "fail"),
        (f"{{related: subnets, some: {{not: {NAMED}}}}}", GIVEN, "undecided"),
        (f"{{related: subnets, every: {NAMED}}}", NOWHERE, "pass"),
        (f"{{related: subnets, every: {NAMED}}}", IN_AB, "pass"),
        (f"{{related: subnets, every: {NAMED}}}", IN_A_OR_B, "pass"),
        (f"{{related: subnets, every: {IS_A}}}", IN_AB, "fail"),
        (f"{{related: subnets, every: {IS_A}}}", IN_A_OR_B, "undecided"),
        (f"{{related: subnets, every: {NAMED}}}", GIVEN, "undecided"),
        (f"{{related: subnets, every: {{not: {NAMED}}}}}", GIVEN, "fail"),
        (f"{{related: subnets, every: {NAMED}}}", ALL_GIVEN, "undecided"),
        (f"{{related: subnets, every: {SMALL}}}", IN_AU, "undecided"),
        (f"{{related: subnets, some: {SMALL}}}", IN_AU, "pass"),
        ("{related: subnets, count: {at_least: 2}}", IN_AB, "pass"),
        ("{related: subnets, count: {at_least: 2}}", IN_A, "fail"),
        ("{related: subnets, count: {at_least: 2}}", TWO_ELSEWHERE, "pass"),
        ("{related: subnets, count: {at_least: 2}}", TWICE, "fail"),
        ("{related: subnets, count: {at_least: 1}}", GIVEN, "pass"),
        ("{related: subnets, count: {at_least: 2}}", GIVEN, "undecided"),
        ("{related: subnets, count: {at_most: 2}}", IN_A_OR_B, "pass"),
        ("{related: subnets, count: {at_most: 2}}", ALL_GIVEN, "undecided"),
        (f"{{related: subnets, count: {{at_least: 2, where: {IS_A}}}}}", IN_AB, "fail"),
        (f"{{related: subnets, count: {{equals: 1, where: {IS_A}}}}}", IN_AB, "pass"),
        (f"{{related: subnets, count: {{equals: 2, where: {SMALL}}}}}", IN_AU, "undecided"),
        ("{related: subnets, count: {equals: {attribute: min_size}}}", IN_AB, "pass"),
        ("{related: subnets, every: {any: [{kind: subnet}, {attribute: zone, is: absent}]}}", IN_AB, "pass"),
        ("{related: subnets, some: {attribute: cidr, equals: {subject: min_size}}}", IN_AB, "fail"),
        ("{zones: {at_least: 2}}", IN_AB, "pass"),
        ("{zones: {at_least: 2}}", IN_A, "fail"),
        ("{zones: {at_most: 1}}", IN_A, "pass"),
        ("{zones: {at_most: 1}}", IN_AB, "fail"),
        ("{zones: {at_least: 2}}", NOWHERE, "undecided"),
        ("{zones: {at_least: 2}}", ALL_GIVEN, "undecided"),
    ],
)
def test_what_a_resource_names(condition: str, placed: tuple[str, str], expected: str, tmp_path: Path) -> None:
    rule = f"require: {condition}"
    assert outcome(rule, cloudformation(placed[0]), tmp_path / "cfn", KIND) == expected
    assert outcome(rule, terraform(placed[1]), tmp_path / "tf", KIND) == expected


def policy(name: str, group: tuple[str, str], type_: tuple[str, str], condition: str = "") -> tuple[str, str]:
    in_yaml = f"""
  {name}:
    Type: AWS::AutoScaling::ScalingPolicy
    {condition}
    Properties: {{AutoScalingGroupName: {group[0]}, PolicyType: {type_[0]}}}"""
    count = 'count = var.group == "x" ? 1 : 0' if condition else ""
    in_tf = f"""
resource "aws_autoscaling_policy" "{name}" {{
  {count}
  name                   = "{name}"
  autoscaling_group_name = {group[1]}
  policy_type            = {type_[1]}
}}"""
    return in_yaml, in_tf


MINE = ("!Ref It", "aws_autoscaling_group.it.name")
SOMEBODYS = ("!Ref Group", "var.group")
TRACKING = ("TargetTrackingScaling", '"TargetTrackingScaling"')
SIMPLE = ("SimpleScaling", '"SimpleScaling"')

NOTHING = ("", "")
TRACKED = policy("one", MINE, TRACKING)
SIMPLY = policy("one", MINE, SIMPLE)
BOTH = tuple(map("".join, zip(TRACKED, policy("two", MINE, SIMPLE), strict=True)))
PERHAPS = policy("one", SOMEBODYS, TRACKING)
CONDITIONAL = policy("one", MINE, TRACKING, "Condition: Yes")

BY_POLICY = "{kind: scaling_policy, by: auto_scaling_group}"
TRACKS = "{attribute: type, equals: TargetTrackingScaling}"


@pytest.mark.parametrize(
    ("condition", "policies", "expected"),
    [
        (f"{{related: {BY_POLICY}}}", NOTHING, "fail"),
        (f"{{related: {BY_POLICY}}}", SIMPLY, "pass"),
        (f"{{related: {BY_POLICY}}}", PERHAPS, "undecided"),
        (f"{{related: {BY_POLICY}}}", CONDITIONAL, "undecided"),
        (f"{{not: {{related: {BY_POLICY}}}}}", NOTHING, "pass"),
        (f"{{related: {BY_POLICY}, some: {TRACKS}}}", BOTH, "pass"),
        (f"{{related: {BY_POLICY}, some: {TRACKS}}}", SIMPLY, "fail"),
        (f"{{related: {BY_POLICY}, some: {TRACKS}}}", PERHAPS, "undecided"),
        (f"{{related: {BY_POLICY}, every: {TRACKS}}}", BOTH, "fail"),
        (f"{{related: {BY_POLICY}, every: {TRACKS}}}", TRACKED, "pass"),
        (f"{{related: {BY_POLICY}, every: {TRACKS}}}", NOTHING, "pass"),
        (f"{{related: {BY_POLICY}, every: {TRACKS}}}", CONDITIONAL, "pass"),
        (f"{{related: {BY_POLICY}, every: {{not: {TRACKS}}}}}", CONDITIONAL, "undecided"),
        (f"{{related: {BY_POLICY}, count: {{at_most: 1}}}}", BOTH, "fail"),
        (f"{{related: {BY_POLICY}, count: {{at_most: 1}}}}", CONDITIONAL, "pass"),
        (f"{{related: {BY_POLICY}, count: {{at_least: 1}}}}", CONDITIONAL, "undecided"),
    ],
)
def test_what_names_a_resource(condition: str, policies: tuple[str, str], expected: str, tmp_path: Path) -> None:
    rule = f"require: {condition}"
    assert outcome(rule, cloudformation("", policies[0]), tmp_path / "cfn", KIND) == expected
    assert outcome(rule, terraform("", policies[1]), tmp_path / "tf", KIND) == expected


def listener(actions: tuple[str, str]) -> tuple[str, str]:
    in_yaml = f"""
Parameters:
  Given: {{Type: String}}
Resources:
  G: {{Type: AWS::ElasticLoadBalancingV2::TargetGroup, Properties: {{Port: 80}}}}
  It:
    Type: AWS::ElasticLoadBalancingV2::Listener
    Properties:
      LoadBalancerArn: arn
      DefaultActions: {actions[0]}"""
    in_tf = f"""
variable "given" {{
  type = string
}}
variable "several" {{
  type = set(string)
}}
resource "aws_lb_target_group" "g" {{
  port = 80
}}
resource "aws_lb_listener" "it" {{
  load_balancer_arn = "arn"
  {actions[1]}
}}"""
    return in_yaml, in_tf


FORWARDS = (
    "[{Type: forward, TargetGroupArn: !Ref G}]",
    "default_action {\n target_group_arn = aws_lb_target_group.g.arn\n}",
)
ELSE = ("[{Type: forward, TargetGroupArn: arn:x}]", 'default_action {\n target_group_arn = "arn:x"\n}')
UNKNOWN = ("[{Type: forward, TargetGroupArn: !Ref Given}]", "default_action {\n target_group_arn = var.given\n}")
NONE = ("[]", "")
TWO = (
    "[{TargetGroupArn: arn:x}, {TargetGroupArn: arn:y}]",
    'default_action {\n target_group_arn = "arn:x"\n}\n default_action {\n target_group_arn = "arn:y"\n}',
)
MANY = (
    "!Ref Given",
    "dynamic default_action {\n for_each = var.several\n content {\n target_group_arn = default_action.value\n}\n}",
)
IS_X = "{attribute: target_group, equals: arn:x}"


@pytest.mark.parametrize(
    ("condition", "actions", "expected"),
    [
        ("{items: actions}", NONE, "fail"),
        ("{items: actions}", TWO, "pass"),
        ("{items: actions}", MANY, "undecided"),
        (f"{{items: actions, some: {IS_X}}}", TWO, "pass"),
        (f"{{items: actions, every: {IS_X}}}", TWO, "fail"),
        (f"{{items: actions, every: {IS_X}}}", NONE, "pass"),
        (f"{{items: actions, every: {IS_X}}}", UNKNOWN, "undecided"),
        (f"{{items: actions, every: {IS_X}}}", MANY, "undecided"),
        (f"{{items: actions, count: {{at_most: 1, where: {IS_X}}}}}", TWO, "pass"),
        (f"{{items: actions, count: {{at_least: 2, where: {IS_X}}}}}", TWO, "fail"),
        ("{items: actions, some: {items: forward}}", TWO, "fail"),
        ("{attribute: actions.target_group, equals: arn:x}", ELSE, "pass"),
        ("{attribute: actions.target_group, equals: arn:x}", TWO, "undecided"),
        ("{related: actions.target_group, some: {attribute: port, equals: 80}}", FORWARDS, "pass"),
        ("{related: actions.target_group, some: {attribute: port, equals: 81}}", FORWARDS, "fail"),
        ("{related: actions.target_group, some: {attribute: port, equals: 80}}", UNKNOWN, "undecided"),
    ],
)
def test_blocks(condition: str, actions: tuple[str, str], expected: str, tmp_path: Path) -> None:
    in_yaml, in_tf = listener(actions)
    assert outcome(f"require: {condition}", in_yaml, tmp_path / "cfn", "listener") == expected
    assert outcome(f"require: {condition}", in_tf, tmp_path / "tf", "listener") == expected


def test_a_hop_gives_its_evidence(tmp_path: Path) -> None:
    rule = declared(f"require: {{related: subnets, every: {IS_A}}}", KIND)
    verdict = verdicts(rule, terraform(IN_AB[1]), tmp_path)["aws_autoscaling_group.it"]
    assert [step.text for step in verdict.evidence] == [
        "aws_autoscaling_group.it names aws_subnet.b in subnets",
        "availability_zone of aws_subnet.b is eu-west-1b",
    ]
    assert verdict.at == verdict.evidence[0].place


def test_what_is_not_set_is_said(tmp_path: Path) -> None:
    zone = "{attribute: zone_id, is: present}"
    rule = declared(f"require: {{related: subnets, some: {zone}}}", KIND)
    found = verdicts(rule, terraform(IN_AB[1]), tmp_path)["aws_autoscaling_group.it"]
    assert "availability_zone_id of aws_subnet.b is not set" in [step.text for step in found.evidence]


def test_a_list_is_no_evidence_by_itself(tmp_path: Path) -> None:
    rule = declared("require: {attribute: actions, is: empty}", "listener")
    _, in_tf = listener(TWO)
    found = verdicts(rule, in_tf, tmp_path)["aws_lb_listener.it"]
    assert (found.outcome, found.evidence) == ("fail", ())


def test_a_block_gives_its_line(tmp_path: Path) -> None:
    rule = declared(f"require: {{items: actions, every: {IS_X}}}", "listener")
    _, in_tf = listener(TWO)
    found = verdicts(rule, in_tf, tmp_path)["aws_lb_listener.it"]
    assert in_tf.splitlines()[found.at.line - 1].strip() == 'target_group_arn = "arn:y"'


def test_zones_give_their_steps(tmp_path: Path) -> None:
    rule = declared("require: {zones: {at_least: 2}}", KIND, "{address} is in {zones}")
    verdict = verdicts(rule, cloudformation(IN_A[0]), tmp_path)["It"]
    assert verdict.message == "It is in eu-west-1a"
    assert verdict.evidence
