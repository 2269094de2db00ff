"""Checks that turn on conditions: asked in each case that they leave open, and what is said of them then."""

from __future__ import annotations

from pathlib import Path
from textwrap import dedent, indent

import pytest

from haanalyzer.engine import analyze
from haanalyzer.frontends.deployment import Inputs
from haanalyzer.policy import Standards, load_profile
from haanalyzer.results import Report

PRODUCTION = load_profile("production")
DATABASE = """\
Engine: mysql
DBInstanceClass: db.m5.large
AllocatedStorage: 10
MultiAZ: """


def template(head: str, *databases: tuple[str, str]) -> str:
    """A template with databases: a line before their properties, and what ``MultiAZ`` is."""
    found = dedent(head) + "Resources:\n"
    for number, (line, multi_az) in enumerate(databases):
        found += f"  Db{number}:\n    Type: AWS::RDS::DBInstance\n"
        found += f"    {line}\n" if line else ""
        found += "    Properties:\n" + indent(DATABASE + multi_az, "      ") + "\n"
    return found


def report(folder: Path, text: str, *, name: str = "main.yaml", every_case: bool = False, **passed: str) -> Report:
    (folder / name).write_text(text)
    return analyze(["."], folder, Inputs(parameters=passed), Standards(PRODUCTION, every_case=every_case))


def failures(found: Report) -> list[str]:
    return [one.verdict.message for one in found.findings() if one.rule.code == "HA401"]


def failing_cases(found: Report) -> list[list[str]]:
    """Of each undecided check, the cases in which it fails."""
    return [[each.when for each in one.verdict.failures] for one in found.undecided() if one.rule.code == "HA401"]


ONE_CONDITION = """
Parameters:
  Environment: {Type: String}
Conditions:
  IsProd: !Equals [!Ref Environment, prod]
"""
WITH_DEFAULT = ONE_CONDITION.replace("{Type: String}", "{Type: String, Default: prod}")
NO_STANDBY = "Db0 has no standby in another zone: Multi-AZ is false"


def test_what_fails_in_some_cases_only_is_undecided_and_names_them(tmp_path: Path) -> None:
    found = report(tmp_path, template(ONE_CONDITION, ("", "!If [IsProd, true, false]")))
    assert (failures(found), failing_cases(found)) == ([], [['Environment is not "prod"']])


def test_what_fails_wherever_it_is_names_where_that_is(tmp_path: Path) -> None:
    found = report(tmp_path, template(ONE_CONDITION, ("Condition: IsProd", "false")))
    assert failures(found) == [f'{NO_STANDBY}, when Environment is "prod"']


@pytest.mark.parametrize(
    ("multi_az", "fails"), [("!If [IsProd, 'true', true]", []), ("!If [IsProd, 'false', false]", [NO_STANDBY])]
)
def test_what_holds_in_every_case_holds(multi_az: str, fails: list[str], tmp_path: Path) -> None:
    found = report(tmp_path, template(ONE_CONDITION, ("", multi_az)))
    assert (failures(found), failing_cases(found)) == (fails, [])


def test_what_fails_differently_from_case_to_case_is_told_for_each(tmp_path: Path) -> None:
    text = """\
        Parameters:
          First: {Type: String, AllowedValues: ["yes", "no"]}
        Conditions:
          IsFirst: !Equals [!Ref First, "yes"]
          IsNot: !Not [!Condition IsFirst]
        Resources:
          A:
            Type: AWS::EC2::Subnet
            Condition: IsFirst
            Properties: {VpcId: vpc-1, CidrBlock: 10.0.0.0/24, AvailabilityZone: eu-west-1a}
          B:
            Type: AWS::EC2::Subnet
            Condition: IsNot
            Properties: {VpcId: vpc-1, CidrBlock: 10.0.1.0/24, AvailabilityZone: eu-west-1b}
          Group:
            Type: AWS::AutoScaling::AutoScalingGroup
            Properties: {MinSize: 2, MaxSize: 4, VPCZoneIdentifier: [!If [IsFirst, !Ref A, !Ref B]]}
    """
    (failure,) = [one.verdict for one in report(tmp_path, dedent(text)).findings() if one.rule.code == "HA108"]
    assert failure.message == (
        'Group launches in one zone only: its only subnet is in eu-west-1a, when First is "yes"; '
        'Group launches in one zone only: its only subnet is in eu-west-1b, when First is not "yes"'
    )
    assert failure.when == 'First is "yes" or First is not "yes"'


def test_the_default_case_is_the_one_that_counts(tmp_path: Path) -> None:
    found = report(tmp_path, template(WITH_DEFAULT, ("", "!If [IsProd, true, false]")))
    assert (failures(found), failing_cases(found)) == ([], [])


def test_the_case_that_is_passed_is_the_one_that_counts(tmp_path: Path) -> None:
    found = report(tmp_path, template(WITH_DEFAULT, ("", "!If [IsProd, true, false]")), Environment="dev")
    assert (failures(found), failing_cases(found)) == ([NO_STANDBY], [])


def test_every_case_counts_where_that_is_asked_for(tmp_path: Path) -> None:
    found = report(tmp_path, template(WITH_DEFAULT, ("", "!If [IsProd, true, false]")), every_case=True)
    assert failures(found) == [f'{NO_STANDBY}, when Environment is not "prod"']


def test_what_is_passed_is_the_only_case(tmp_path: Path) -> None:
    text = template(WITH_DEFAULT, ("", "!If [IsProd, true, false]"))
    found = report(tmp_path, text, every_case=True, Environment="prod")
    assert (failures(found), failing_cases(found)) == ([], [])


def test_cases_that_cannot_be_are_not_told_of(tmp_path: Path) -> None:
    """A parameter has one value: with ``prod`` it is not ``dev``, and it is one of those that are allowed."""
    head = """
    Parameters:
      Environment: {Type: String, AllowedValues: [prod, dev]}
    Conditions:
      IsProd: !Equals [!Ref Environment, prod]
      IsDev: !Equals [!Ref Environment, dev]
    """
    found = report(tmp_path, template(head, ("", "!If [IsProd, true, !If [IsDev, true, false]]")))
    assert (failures(found), failing_cases(found)) == ([], [])


def test_a_parameter_with_few_values_has_a_case_for_each(tmp_path: Path) -> None:
    head = """
    Parameters:
      Standby: {Type: String, AllowedValues: ["true", "false"]}
    """
    found = report(tmp_path, template(head, ("", "!Ref Standby")))
    assert (failures(found), failing_cases(found)) == ([], [['Standby is "false"']])


def test_conditions_of_conditions_are_told_by_what_they_compare(tmp_path: Path) -> None:
    head = """
    Parameters:
      Environment: {Type: String}
      Size: {Type: String}
    Conditions:
      "2nd & best": !And [!Equals [!Ref Environment, prod], !Not [!Equals [!Ref Size, small]]]
    """
    found = report(tmp_path, template(head, ("", '!If ["2nd & best", true, false]')))
    assert failing_cases(found) == [['Environment is "prod" and Size is "small"', 'Environment is not "prod"']]


def test_only_conditions_that_matter_are_told_apart(tmp_path: Path) -> None:
    """Conditions of others are no part of a case, however many there are."""
    parameters = "".join(f"  P{number}: {{Type: String}}\n" for number in range(30))
    conditions = "".join(f"  C{number}: !Equals [!Ref P{number}, x]\n" for number in range(30))
    others = [("", f"!If [C{number}, true, false]") for number in range(30)]
    found = report(tmp_path, template(f"Parameters:\n{parameters}Conditions:\n{conditions}", *others))
    assert failing_cases(found) == [[f'P{number} is not "x"'] for number in range(30)]


def test_what_turns_on_more_conditions_than_are_told_apart_is_undecided(tmp_path: Path) -> None:
    parameters = "".join(f"  P{number}: {{Type: String}}\n" for number in range(8))
    conditions = "".join(f"  C{number}: !Equals [!Ref P{number}, x]\n" for number in range(8))
    value = "false"
    for number in range(8):
        value = f"!If [C{number}, true, {value}]"
    found = report(tmp_path, template(f"Parameters:\n{parameters}Conditions:\n{conditions}", ("", value)))
    assert (failures(found), failing_cases(found)) == ([], [[]])


def test_another_resource_that_may_be_there_is_a_case(tmp_path: Path) -> None:
    """A replica in another zone is no standby; that of a cluster makes it one in the case that has it."""
    text = dedent(
        """
        Parameters:
          Second: {Type: String}
        Conditions:
          HasReader: !Equals [!Ref Second, "yes"]
        Resources:
          Cluster:
            Type: AWS::RDS::DBCluster
            Properties: {Engine: aurora-mysql}
          Writer:
            Type: AWS::RDS::DBInstance
            Properties: {Engine: aurora-mysql, DBInstanceClass: db.r6g.large, DBClusterIdentifier: !Ref Cluster}
          Reader:
            Type: AWS::RDS::DBInstance
            Condition: HasReader
            Properties: {Engine: aurora-mysql, DBInstanceClass: db.r6g.large, DBClusterIdentifier: !Ref Cluster}
        """
    )
    found = [one for one in report(tmp_path, text).undecided() if one.rule.slug == "cluster-without-reader"]
    assert [[each.when for each in one.verdict.failures] for one in found] == [['Second is not "yes"']]


TERRAFORM = """
variable "environment" { type = string }
resource "aws_db_instance" "orders" {
  count               = COUNT
  engine              = "mysql"
  instance_class      = "db.m5.large"
  allocated_storage   = 10
  multi_az            = MULTI_AZ
}
"""


def test_terraforms_conditions_are_cases_as_well(tmp_path: Path) -> None:
    text = TERRAFORM.replace("COUNT", "1").replace("MULTI_AZ", 'var.environment == "prod"')
    found = report(tmp_path, text, name="main.tf")
    assert (failures(found), failing_cases(found)) == ([], [['var.environment is not "prod"']])


def test_an_instance_that_may_be_there_names_its_case_in_terraform(tmp_path: Path) -> None:
    text = TERRAFORM.replace("COUNT", 'var.environment == "prod" ? 1 : 0').replace("MULTI_AZ", "false")
    (failure,) = failures(report(tmp_path, text, name="main.tf"))
    assert failure.endswith('Multi-AZ is false, when var.environment is "prod"')


TIERS = """
Parameters:
  Environment: {Type: String, AllowedValues: [prod, dev]}
Conditions:
  IsProd: !Equals [!Ref Environment, prod]
Resources:
  Vpc:
    Type: AWS::EC2::VPC
    Properties: {CidrBlock: 10.0.0.0/16}
  Gateway:
    Type: AWS::EC2::InternetGateway
  Attached:
    Type: AWS::EC2::VPCGatewayAttachment
    Properties: {VpcId: !Ref Vpc, InternetGatewayId: !Ref Gateway}
  Table:
    Type: AWS::EC2::RouteTable
    Properties: {VpcId: !Ref Vpc}
  Out:
    Type: AWS::EC2::Route
    Properties: {RouteTableId: !Ref Table, DestinationCidrBlock: 0.0.0.0/0, GatewayId: !Ref Gateway}
  Open:
    Type: AWS::EC2::Subnet
    Properties: {VpcId: !Ref Vpc, CidrBlock: 10.0.0.0/24, AvailabilityZone: eu-west-1a}
  OpenTable:
    Type: AWS::EC2::SubnetRouteTableAssociation
    Condition: IsProd
    Properties: {SubnetId: !Ref Open, RouteTableId: !Ref Table}
  Shut:
    Type: AWS::EC2::Subnet
    Properties: {VpcId: !Ref Vpc, CidrBlock: 10.0.1.0/24, AvailabilityZone: eu-west-1b}
"""


def test_each_part_of_a_subject_is_followed_through_the_cases_by_itself(tmp_path: Path) -> None:
    """The public tier is there in one case only; what is said of the other one there is not said of it."""
    found = [one.verdict for one in report(tmp_path, TIERS).judgements if one.rule.code == "HA101"]
    assert sorted((each.part, each.outcome, [one.when for one in each.failures]) for each in found) == [
        ("isolated", "undecided", ['Environment is "prod"']),
        ("public", "undecided", ['Environment is "prod"']),
    ]


def test_what_is_equal_to_an_equal_is_no_case_of_its_own(tmp_path: Path) -> None:
    head = """
    Parameters:
      First: {Type: String}
      Second: {Type: String}
    Conditions:
      AreOne: !Equals [!Ref First, !Ref Second]
      IsFirst: !Equals [!Ref First, prod]
      IsSecond: !Equals [!Ref Second, prod]
    """
    value = "!If [AreOne, !If [IsFirst, !If [IsSecond, true, false], true], true]"
    found = report(tmp_path, template(head, ("", value)))
    assert (failures(found), failing_cases(found)) == ([], [])


def test_the_words_of_a_case_leave_out_only_what_follows_from_the_rest(tmp_path: Path) -> None:
    head = """
    Parameters:
      First: {Type: String}
      Second: {Type: String}
    Conditions:
      AreOne: !Equals [!Ref First, !Ref Second]
      IsFirst: !Equals [!Ref First, prod]
    """
    found = report(tmp_path, template(head, ("", "!If [AreOne, !If [IsFirst, true, false], true]")))
    assert failing_cases(found) == [['First is Second and First is not "prod"']]


@pytest.mark.parametrize(
    ("condition", "words"),
    [
        ("var.replicas > 2", ["2 < var.replicas is false"]),
        ("var.replicas == 2", ["var.replicas is not 2"]),
        ("var.standby == true", ["var.standby is not true"]),
        ("var.environment == null", ["var.environment is not null"]),
        ('contains(["prod", "dev"], var.environment)', ['contains(["prod", "dev"], var.environment) is false']),
    ],
)
def test_cases_are_told_in_the_words_of_their_language(condition: str, words: list[str], tmp_path: Path) -> None:
    variables = 'variable "replicas" {\n  type = number\n}\nvariable "standby" {\n  type = bool\n}\n'
    text = variables + TERRAFORM.replace("COUNT", "1").replace("MULTI_AZ", f"{condition} ? true : false")
    assert failing_cases(report(tmp_path, text, name="main.tf")) == [words]


def test_what_one_branch_has_is_not_passed_where_no_case_has_it_by_its_address(tmp_path: Path) -> None:
    """The blocks of two branches are two, and each is the first in its own case."""
    text = dedent(
        """
        Parameters:
          Tier: {Type: String}
        Conditions:
          IsSmall: !Equals [!Ref Tier, small]
        Resources:
          Dead: {Type: AWS::SQS::Queue}
          Queue:
            Type: AWS::SQS::Queue
            Properties:
              RedrivePolicy: !If
                - IsSmall
                - {deadLetterTargetArn: !GetAtt Dead.Arn, maxReceiveCount: 5}
                - {deadLetterTargetArn: !GetAtt Dead.Arn, maxReceiveCount: 1}
        """
    )
    assert "hasty-dead-letters" in [one.rule.slug for one in report(tmp_path, text).undecided()]
