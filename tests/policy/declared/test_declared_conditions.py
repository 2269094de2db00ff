"""What conditions on one resource answer, in both dialects and three values."""

from __future__ import annotations

from pathlib import Path

import pytest

from haanalyzer.frontends.deployment import Inputs
from haanalyzer.policy.declared.operators import OPERATORS, STATES
from haanalyzer.source.span import start_of
from haanalyzer.values import Known, Truth, Unknown
from haanalyzer.values.terms import Concat, Symbol
from tests.policy.declared.judging import declared, outcome, verdicts

HERE = start_of("t")


def cloudformation(properties: str, more: str = "") -> str:
    return f"""
Parameters:
  Given: {{Type: String}}
  Much: {{Type: Number}}
  Few: {{Type: Number, MinValue: 1}}
Conditions:
  Yes: !Equals [!Ref Given, a]
Resources:
  It:
    Type: AWS::RDS::DBInstance
    Properties:
      AllocatedStorage: 5
      {properties}
{more}"""


def terraform(arguments: str, more: str = "") -> str:
    return f"""
variable "given" {{
  type     = string
  nullable = false
}}
variable "much" {{
  type = number
}}
resource "aws_db_instance" "it" {{
  {arguments}
}}
{more}"""


# Condition, property, argument, outcome.
ATTRIBUTES = [
    ("{attribute: engine, equals: mysql}", "Engine: mysql", 'engine = "mysql"', "pass"),
    ("{attribute: engine, equals: mysql}", "Engine: postgres", 'engine = "postgres"', "fail"),
    ("{attribute: engine, equals: mysql}", "Engine: !Ref Given", "engine = var.given", "undecided"),
    ("{attribute: engine, equals: mysql}", "", "", "fail"),
    ("{not: {attribute: engine, equals: mysql}}", "", "", "pass"),
    ("{not: {attribute: engine, equals: mysql}}", "Engine: !Ref Given", "engine = var.given", "undecided"),
    ("{attribute: engine, one_of: [mysql, postgres]}", "Engine: postgres", 'engine = "postgres"', "pass"),
    ("{attribute: engine, one_of: [mysql, mariadb]}", "Engine: postgres", 'engine = "postgres"', "fail"),
    ("{attribute: engine, one_of: [mysql]}", "Engine: !Ref Given", "engine = var.given", "undecided"),
    ("{attribute: multi_az, equals: true}", "MultiAZ: true", "multi_az = true", "pass"),
    ("{attribute: multi_az, equals: true}", "MultiAZ: 'true'", 'multi_az = "true"', "pass"),
    ("{attribute: multi_az, equals: true}", "", "", "fail"),
    ("{attribute: multi_az, equals: false}", "", "", "pass"),
    ("{attribute: backup_retention, at_least: 7}", "BackupRetentionPeriod: 7", "backup_retention_period = 7", "pass"),
    (
        "{attribute: backup_retention, at_least: 7}",
        "BackupRetentionPeriod: '6'",
        'backup_retention_period = "6"',
        "fail",
    ),
    (
        "{attribute: backup_retention, at_least: 7}",
        "BackupRetentionPeriod: !Ref Much",
        "backup_retention_period = var.much",
        "undecided",
    ),
    ("{attribute: backup_retention, at_most: 7}", "BackupRetentionPeriod: 7", "backup_retention_period = 7", "pass"),
    ("{attribute: backup_retention, at_most: 6}", "BackupRetentionPeriod: 7", "backup_retention_period = 7", "fail"),
    ("{attribute: backup_retention, more_than: 6}", "BackupRetentionPeriod: 7", "backup_retention_period = 7", "pass"),
    ("{attribute: backup_retention, more_than: 7}", "BackupRetentionPeriod: 7", "backup_retention_period = 7", "fail"),
    ("{attribute: backup_retention, less_than: 8}", "BackupRetentionPeriod: 7", "backup_retention_period = 7", "pass"),
    ("{attribute: backup_retention, less_than: 7}", "BackupRetentionPeriod: 7", "backup_retention_period = 7", "fail"),
    ("{attribute: backup_retention, equals: 7}", "BackupRetentionPeriod: '7'", 'backup_retention_period = "7"', "pass"),
    ("{attribute: port, at_most: 7}", "", "", "fail"),
    ("{attribute: name, starts_with: prod-}", "DBInstanceIdentifier: prod-a", 'identifier = "prod-a"', "pass"),
    ("{attribute: name, starts_with: prod-}", "DBInstanceIdentifier: test-a", 'identifier = "test-a"', "fail"),
    (
        "{attribute: name, starts_with: prod-}",
        "DBInstanceIdentifier: !Sub 'prod-a-${Given}'",
        'identifier = "prod-a-${var.given}"',
        "pass",
    ),
    (
        "{attribute: name, starts_with: prod-}",
        "DBInstanceIdentifier: !Sub 'test-${Given}'",
        'identifier = "test-${var.given}"',
        "fail",
    ),
    (
        "{attribute: name, starts_with: prod-}",
        "DBInstanceIdentifier: !Sub 'pro${Given}'",
        'identifier = "pro${var.given}"',
        "undecided",
    ),
    (
        "{attribute: name, ends_with: -db}",
        "DBInstanceIdentifier: !Sub '${Given}-db'",
        'identifier = "${var.given}-db"',
        "pass",
    ),
    (
        "{attribute: name, ends_with: -db}",
        "DBInstanceIdentifier: !Sub '${Given}-xx'",
        'identifier = "${var.given}-xx"',
        "fail",
    ),
    (
        "{attribute: name, ends_with: -db}",
        "DBInstanceIdentifier: !Sub '${Given}b'",
        'identifier = "${var.given}b"',
        "undecided",
    ),
    (
        "{attribute: name, contains: od}",
        "DBInstanceIdentifier: !Sub '${Given}-prod'",
        'identifier = "${var.given}-prod"',
        "pass",
    ),
    (
        "{attribute: name, contains: od}",
        "DBInstanceIdentifier: !Sub '${Given}-x'",
        'identifier = "${var.given}-x"',
        "undecided",
    ),
    ('{attribute: name, matches: "[a-z]+-[0-9]+"}', "DBInstanceIdentifier: a-1", 'identifier = "a-1"', "pass"),
    ('{attribute: name, matches: "[a-z]+"}', "DBInstanceIdentifier: a-1", 'identifier = "a-1"', "fail"),
    (
        '{attribute: name, matches: "[a-z]+"}',
        "DBInstanceIdentifier: !Sub 'a${Given}'",
        'identifier = "a${var.given}"',
        "undecided",
    ),
    ("{attribute: engine, is: present}", "Engine: mysql", 'engine = "mysql"', "pass"),
    ("{attribute: engine, is: present}", "", "", "fail"),
    ("{attribute: engine, is: present}", "Engine: !Ref Given", "engine = var.given", "pass"),
    ("{attribute: engine, is: absent}", "Engine: !Ref Given", "engine = var.given", "fail"),
    ("{attribute: engine, is: absent}", "", "", "pass"),
    ("{attribute: engine, is: empty}", "Engine: ''", 'engine = ""', "pass"),
    ("{attribute: engine, is: empty}", "Engine: !Ref Given", "engine = var.given", "undecided"),
    ("{attribute: engine, is: empty}", "Engine: mysql", 'engine = "mysql"', "fail"),
    ("{attribute: security_groups, is: empty}", "VPCSecurityGroups: []", "vpc_security_group_ids = []", "pass"),
    ("{attribute: security_groups, is: empty}", "VPCSecurityGroups: [a]", 'vpc_security_group_ids = ["a"]', "fail"),
    (
        "{attribute: security_groups, contains: sg-1}",
        "VPCSecurityGroups: [sg-1]",
        'vpc_security_group_ids = ["sg-1"]',
        "pass",
    ),
    (
        "{attribute: security_groups, contains: sg-2}",
        "VPCSecurityGroups: [sg-1]",
        'vpc_security_group_ids = ["sg-1"]',
        "fail",
    ),
    (
        "{attribute: security_groups, contains: sg-2}",
        "VPCSecurityGroups: [!Ref Given]",
        "vpc_security_group_ids = [var.given]",
        "undecided",
    ),
    (
        "{count: security_groups, at_least: 2}",
        "VPCSecurityGroups: [a, b]",
        'vpc_security_group_ids = ["a", "b"]',
        "pass",
    ),
    (
        "{count: security_groups, at_least: 3}",
        "VPCSecurityGroups: [a, b]",
        'vpc_security_group_ids = ["a", "b"]',
        "fail",
    ),
    ("{count: security_groups, equals: 0}", "", "", "pass"),
    (
        "{count: security_groups, at_least: 1, at_most: 2}",
        "VPCSecurityGroups: [a]",
        'vpc_security_group_ids = ["a"]',
        "pass",
    ),
    ("{attribute: tags.Owner, equals: me}", "Tags: [{Key: Owner, Value: me}]", 'tags = { Owner = "me" }', "pass"),
    ("{attribute: tags.Owner, is: present}", "Tags: [{Key: Name, Value: me}]", 'tags = { Name = "me" }', "fail"),
    (
        "{attribute: tags.Owner, is: present}",
        "Tags: [{Key: !Ref Given, Value: me}]",
        'tags = { (var.given) = "me" }',
        "undecided",
    ),
    (
        "{all: [{attribute: engine, is: present}, {attribute: multi_az, equals: true}]}",
        "Engine: !Ref Given",
        "engine = var.given",
        "fail",
    ),
    (
        "{any: [{attribute: engine, equals: x}, {attribute: multi_az, equals: false}]}",
        "Engine: !Ref Given",
        "engine = var.given",
        "pass",
    ),
    (
        "{any: [{attribute: engine, equals: x}, {attribute: multi_az, equals: true}]}",
        "Engine: !Ref Given",
        "engine = var.given",
        "undecided",
    ),
    (
        "{not: {any: [{attribute: engine, equals: x}, {attribute: multi_az, equals: false}]}}",
        "Engine: !Ref Given",
        "engine = var.given",
        "fail",
    ),
]


@pytest.mark.parametrize(("condition", "property_", "argument", "expected"), ATTRIBUTES)
def test_an_attribute(condition: str, property_: str, argument: str, expected: str, tmp_path: Path) -> None:
    assert outcome(f"require: {condition}", cloudformation(property_), tmp_path / "cfn") == expected
    assert outcome(f"require: {condition}", terraform(argument), tmp_path / "tf") == expected


IF = "!If [Yes, {}, {}]"
WHETHER = 'var.given == "a" ? {} : {}'


@pytest.mark.parametrize(
    ("condition", "in_yaml", "in_tf", "expected"),
    [
        ("{attribute: backup_retention, at_least: 2}", ("3", "4"), ("3", "4"), "pass"),
        ("{attribute: backup_retention, at_least: 2}", ("0", "1"), ("0", "1"), "fail"),
        ("{attribute: backup_retention, at_least: 2}", ("1", "2"), ("1", "2"), "undecided"),
        ("{attribute: backup_retention, is: present}", ("1", "2"), ("1", "2"), "pass"),
    ],
)
def test_a_choice_is_judged_branch_by_branch(
    condition: str, in_yaml: tuple[str, str], in_tf: tuple[str, str], expected: str, tmp_path: Path
) -> None:
    template = cloudformation(f"BackupRetentionPeriod: {IF.format(*in_yaml)}")
    root = terraform(f"backup_retention_period = {WHETHER.format(*in_tf)}")
    assert outcome(f"require: {condition}", template, tmp_path / "cfn") == expected
    assert outcome(f"require: {condition}", root, tmp_path / "tf") == expected


def on_one_condition(port: tuple[int, int], retention: tuple[int, int]) -> tuple[str, str]:
    properties = f"Port: {IF.format(*port)}\n      BackupRetentionPeriod: {IF.format(*retention)}"
    arguments = f"port = {WHETHER.format(*port)}\n  backup_retention_period = {WHETHER.format(*retention)}"
    return cloudformation(properties), terraform(arguments)


@pytest.mark.parametrize(
    ("retention", "expected"), [((9, 0), "pass"), ((0, 9), "undecided"), ((9, 9), "pass"), ((0, 0), "undecided")]
)
def test_values_on_one_condition_are_told_apart_world_by_world(
    retention: tuple[int, int], expected: str, tmp_path: Path
) -> None:
    either = "require: {any: [{attribute: port, equals: 2}, {attribute: backup_retention, at_least: 7}]}"
    whenever = """
        when: {attribute: port, equals: 1}
        require: {attribute: backup_retention, at_least: 7}
    """
    for index, template in enumerate(on_one_condition((1, 2), retention)):
        assert outcome(either, template, tmp_path / f"either{index}") == expected
        assert outcome(whenever, template, tmp_path / f"whenever{index}") == expected


@pytest.mark.parametrize(
    ("operand", "expected"),
    [
        ("{attribute: port}", "pass"),
        ("{parameter: fewest}", "pass"),
        ("{parameter: fewest, times: 3}", "pass"),
        ("{parameter: fewest, times: 4}", "fail"),
        ("{attribute: port, times: 2.5}", "fail"),
        ("{attribute: promotion_tier}", "fail"),
        ("{attribute: engine}", "undecided"),
        ("{attribute: zone}", "undecided"),
    ],
)
def test_operands(operand: str, expected: str, tmp_path: Path) -> None:
    rule = f"parameters: {{fewest: 2}}\nrequire: {{attribute: backup_retention, at_least: {operand}}}"
    template = cloudformation("{BackupRetentionPeriod: 6, Port: 3, PromotionTier: 7, Engine: !Ref Given}")
    template = template.replace("AllocatedStorage: 5\n      {", "{")
    assert outcome(rule, template, tmp_path) == expected


def test_parameters_may_be_lists(tmp_path: Path) -> None:
    rule = "parameters: {engines: [mysql, postgres]}\nrequire: {attribute: engine, one_of: {parameter: engines}}"
    assert outcome(rule, cloudformation("Engine: postgres"), tmp_path / "1") == "pass"
    assert outcome(rule, cloudformation("Engine: oracle"), tmp_path / "2") == "fail"


@pytest.mark.parametrize(
    ("engine", "multi_az", "expected"),
    [
        ("mysql", "true", "pass"),
        ("mysql", "false", "fail"),
        ("mysql", "!Ref Given", "undecided"),
        ("other", "true", "none"),
        ("other", "false", "none"),
        ("other", "!Ref Given", "none"),
        ("!Ref Given", "true", "pass"),
        ("!Ref Given", "false", "undecided"),
        ("!Ref Given", "!Ref Given", "undecided"),
    ],
)
def test_who_is_meant_and_what_is_required(engine: str, multi_az: str, expected: str, tmp_path: Path) -> None:
    rule = "when: {attribute: engine, equals: mysql}\nrequire: {attribute: multi_az, equals: true}"
    template = cloudformation(f"Engine: {engine}\n      MultiAZ: {multi_az}")
    assert outcome(rule, template, tmp_path) == expected


def test_region(tmp_path: Path) -> None:
    rule = declared("require: {attribute: region, starts_with: eu-}")
    template = cloudformation("")
    for region, expected in (("eu-west-1", "pass"), ("us-east-1", "fail"), (None, "undecided")):
        found = verdicts(rule, template, tmp_path, Inputs(region=region))
        assert [each.outcome for each in found.values()] == [expected]


def test_a_verdict_says_what_it_rests_on(tmp_path: Path) -> None:
    rule = declared(
        """
        when: {attribute: engine, equals: mysql}
        require: {all: [{attribute: multi_az, equals: true}, {attribute: backup_retention, at_least: 7}]}
        at: engine
        mend: {multi_az: true}
        """,
        message="{address} ({kind}) has {multi_az} and {backup_retention} of {engine} in {zones}",
    )
    template = """
        Parameters:
          Engine: {Type: String, Default: mysql}
        Resources:
          It:
            Type: AWS::RDS::DBInstance
            Properties:
              Engine: !Ref Engine
              MultiAZ: false
              BackupRetentionPeriod: 9
        """
    verdict = verdicts(rule, template, tmp_path)["It"]
    assert verdict.outcome == "fail"
    assert verdict.message == "It (db instance) has false and 9 of mysql in no zone"
    assert verdict.at.line == 8
    assert [(step.place.line, step.text) for step in verdict.evidence] == [(9, "MultiAZ is false")]
    assert {each.name for each in verdict.assuming} == {"Engine"}
    assert [(each.attribute, each.value) for each in verdict.changes] == [("multi_az", True)]


def test_blockers_are_those_that_block(tmp_path: Path) -> None:
    rule = declared(
        """
        when: {attribute: engine, one_of: [mysql]}
        require: {any: [{attribute: multi_az, equals: true}, {attribute: name, equals: x}]}
        """
    )
    template = cloudformation("Engine: mysql\n      MultiAZ: !Ref Given\n      DBInstanceIdentifier: y")
    assert [blocker.term for blocker in verdicts(rule, template, tmp_path)["It"].blockers] == ["Given"]


@pytest.mark.parametrize("operator", sorted({*OPERATORS} - {"one_of"}))
def test_what_is_unknown_satisfies_no_operator_and_breaks_none(operator: str) -> None:
    unknown = Unknown(term=Symbol("x"), reason="", place=HERE, maybe_absent=True)
    assert OPERATORS[operator](unknown, Known(data=5, place=HERE)) is Truth.MAYBE


def test_a_least_number_decides_as_far_as_it_goes() -> None:
    some = Unknown(term=Symbol("x"), reason="", place=HERE, minimum=3)
    answers = {word: OPERATORS[word](some, Known(data=2, place=HERE)) for word in ("at_least", "at_most", "equals")}
    assert answers == {"at_least": Truth.YES, "at_most": Truth.NO, "equals": Truth.NO}
    assert OPERATORS["at_most"](some, Known(data=3, place=HERE)) is Truth.MAYBE


def test_versions_are_no_numbers() -> None:
    assert OPERATORS["equals"](Known(data="5.10", place=HERE), Known(data="5.1", place=HERE)) is Truth.NO


def test_a_text_of_two_unknown_parts_may_be_empty() -> None:
    parts = Concat((Symbol("a"), Symbol("b")))
    assert STATES["empty"](Unknown(term=parts, reason="", place=HERE)) is Truth.MAYBE
    assert STATES["empty"](Unknown(term=Concat(("-", Symbol("b"))), reason="", place=HERE)) is Truth.NO
