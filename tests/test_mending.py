"""What is offered as a fix: edits where a literal is written, and else the place that a value comes from."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from haanalyzer.engine import analyze
from haanalyzer.finding import Fix
from haanalyzer.fixing import fixed
from haanalyzer.frontends.deployment import Inputs, VariableText
from haanalyzer.policy import load_profile
from haanalyzer.results import Report

NOTHING = Inputs()
ORDERS_TF = 'resource "aws_db_instance" "orders" {{\n  engine   = "mysql"\n  multi_az = {}\n}}\n'
ORDERS = (
    "Resources:\n  Orders:\n    Type: AWS::RDS::DBInstance\n    Properties:\n      Engine: mysql\n      MultiAZ: {}\n"
)
STANDBY = "Parameters:\n  Standby:\n    Type: String\n"
CALL = 'module "{0}" {{\n  source  = "./db"\n  standby = {1}\n}}\n'
VARIABLE = 'variable "standby" {}\n'


def report_on(
    folder: Path, texts: dict[str, str], path: str = ".", inputs: Inputs = NOTHING, code: str = "HA401"
) -> Report:
    for name, text in texts.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    profile = load_profile("all")
    return analyze(
        [path], folder, inputs, replace(profile, rules=tuple(one for one in profile.rules if one.info.code == code))
    )


def fixes(report: Report) -> list[Fix]:
    assert not [str(each) for each in report.diagnostics if each.is_error]
    found = [one.fix for one in report.findings()]
    assert found
    return [fix for fix in found if fix is not None]


@pytest.mark.parametrize(
    ("texts", "obstacle"),
    [
        (
            {"main.tf": ORDERS_TF.format("var.standby") + 'variable "standby" {\n  default = false\n}\n'},
            "`multi_az` is `var.standby`, where var.standby = false (default), main.tf:6",
        ),
        (
            {"main.tf": ORDERS_TF.format("var.standby") + VARIABLE, "terraform.tfvars": "\nstandby = false\n"},
            "`multi_az` is `var.standby`, given at terraform.tfvars:2",
        ),
        (
            {"main.tf": ORDERS_TF.format("local.standby") + "locals {\n  standby = false\n}\n"},
            "`multi_az` is `local.standby`, given at main.tf:6",
        ),
        (
            {
                "main.tf": ORDERS_TF.format('var.stage == "live" ? true : false')
                + 'variable "stage" {\n  default = "trial"\n}\n'
            },
            '`multi_az` is `var.stage == "live" ? true : false`, where var.stage = trial (default), main.tf:6',
        ),
        (
            {"main.tf": CALL.format("a", "false"), "db/main.tf": ORDERS_TF.format("var.standby") + VARIABLE},
            "`multi_az` is `var.standby`, given at main.tf:3",
        ),
        (
            {
                "main.tf": CALL.format("a", "true") + CALL.format("b", "false"),
                "db/main.tf": ORDERS_TF.format("var.standby") + VARIABLE,
            },
            "`multi_az` is `var.standby`, given at main.tf:7",
        ),
        (
            {
                "main.tf": 'module "a" {\n  source = "./db"\n}\n',
                "db/main.tf": ORDERS_TF.format("var.standby") + 'variable "standby" {\n  default = null\n}\n',
            },
            "`multi_az` is `var.standby`",
        ),
        (
            {"main.tf": ORDERS_TF.format("each.value\n  for_each = { a = false, b = true }")},
            "`multi_az` is `each.value`, given at main.tf:4",
        ),
        (
            {
                "main.tf": ORDERS_TF.format("true"),
                "late_override.tf": 'resource "aws_db_instance" "orders" {\n  multi_az = false\n}\n',
            },
            "`multi_az` is given at late_override.tf:2",
        ),
        (
            {
                "main.tf": 'module "db" {\n  source = "example/db/aws"\n}\n',
                ".terraform/modules/modules.json": json.dumps(
                    {"Modules": [{"Key": "db", "Source": "example/db/aws", "Dir": ".terraform/modules/db"}]}
                ),
                ".terraform/modules/db/main.tf": ORDERS_TF.format("false"),
            },
            "it is written in .terraform/modules/db/main.tf, which was fetched",
        ),
    ],
    ids=[
        "default",
        "tfvars",
        "local",
        "conditional",
        "argument",
        "called twice",
        "null",
        "each value",
        "override",
        "fetched",
    ],
)
def test_terraform_that_gives_a_value_elsewhere_is_left(tmp_path: Path, texts: dict[str, str], obstacle: str) -> None:
    (fix,) = fixes(report_on(tmp_path, texts))
    assert (fix.description, fix.edits, fix.obstacle) == ("set `multi_az` to `true`", (), obstacle)


@pytest.mark.parametrize(
    ("texts", "obstacle"),
    [
        (
            {"t.yaml": ORDERS.format("!Ref Standby") + STANDBY + "    Default: 'false'\n"},
            "`MultiAZ` is `!Ref Standby`, where Standby = false (default), t.yaml:10",
        ),
        (
            {
                "t.yaml": ORDERS.format("!If [IsLive, true, false]")
                + "Parameters:\n  Stage:\n    Type: String\n    Default: trial\n"
                + "Conditions:\n  IsLive: !Equals [!Ref Stage, live]\n"
            },
            "`MultiAZ` is `!If [IsLive, true, false]`, where Stage = trial (default), t.yaml:10",
        ),
        (
            {"t.yaml": ORDERS.format("!FindInMap [M, A, S]") + "Mappings:\n  M:\n    A:\n      S: false\n"},
            "`MultiAZ` is `!FindInMap [M, A, S]`, given at t.yaml:10",
        ),
        (
            {
                "t.yaml": "Resources:\n  Db:\n    Type: AWS::CloudFormation::Stack\n    Properties:\n"
                "      TemplateURL: db.yaml\n      Parameters:\n        Standby: 'false'\n",
                "db.yaml": ORDERS.format("!Ref Standby") + STANDBY,
            },
            "`MultiAZ` is `!Ref Standby`, given at t.yaml:7",
        ),
        (
            {
                "t.yaml": json.dumps(
                    {
                        "Parameters": {"Standby": {"Type": "String", "Default": "false"}},
                        "Resources": {
                            "Orders": {
                                "Type": "AWS::RDS::DBInstance",
                                "Properties": {"Engine": "mysql", "MultiAZ": {"Ref": "Standby"}},
                            }
                        },
                    },
                    indent=2,
                )
            },
            '`MultiAZ` is `{ "Ref": "Standby" }`, where Standby = false (default), t.yaml:5',
        ),
        (
            {
                "t.yaml": "Transform: AWS::LanguageExtensions\nResources:\n  Fn::ForEach::Each:\n    - Name\n"
                "    - [A]\n"
                "    - ${Name}Orders:\n        Type: AWS::RDS::DBInstance\n        Properties:\n"
                "          Engine: mysql\n          MultiAZ: false\n"
            },
            "it is made by a loop or macro",
        ),
        (
            {
                "t.yaml": "Resources:\n  Orders:\n    Type: AWS::RDS::DBInstance\n    Properties: &all\n"
                "      Engine: mysql\n  Alarm:\n    Type: AWS::CloudWatch::Alarm\n    Metadata: *all\n"
            },
            "`Properties` has an anchor, so it may be written here for others, too",
        ),
    ],
    ids=["default", "condition", "mapping", "nested", "JSON", "loop", "anchor"],
)
def test_cloudformation_that_gives_a_value_elsewhere_is_left(
    tmp_path: Path, texts: dict[str, str], obstacle: str
) -> None:
    (fix,) = fixes(report_on(tmp_path, texts, "t.yaml"))
    assert (fix.description, fix.edits, fix.obstacle) == ("set `MultiAZ` to `true`", (), obstacle)


def test_what_was_passed_has_no_place(tmp_path: Path) -> None:
    texts = {"t.yaml": ORDERS.format("!Ref Standby") + STANDBY}
    (fix,) = fixes(report_on(tmp_path, texts, "t.yaml", Inputs(parameters={"Standby": "false"})))
    assert fix.obstacle == "`MultiAZ` is `!Ref Standby`, which was passed"
    texts = {"main.tf": ORDERS_TF.format("var.standby") + VARIABLE}
    inputs = Inputs(variables=(VariableText("standby", "false"),))
    (fix,) = fixes(report_on(tmp_path / "tf", texts, inputs=inputs))
    assert fix.obstacle == "`multi_az` is `var.standby`, given at main.tf:5"


def test_what_a_serverless_resource_makes_is_left_to_it(tmp_path: Path) -> None:
    text = (
        "Transform: AWS::Serverless-2016-10-31\nResources:\n  Topic: {Type: AWS::SNS::Topic}\n"
        "  Handle:\n    Type: AWS::Serverless::Function\n    Properties:\n      Timeout: 60\n      Events:\n"
        "        Order: {Type: SNS, Properties: {Topic: !Ref Topic, SqsSubscription: true}}\n"
    )
    (fix,) = fixes(report_on(tmp_path, {"t.yaml": text}, "t.yaml", code="HA601"))
    assert fix.obstacle == "Handle makes it, which is an AWS::Serverless::Function"


def test_globals_are_meant_for_all(tmp_path: Path) -> None:
    text = (
        "Transform: AWS::Serverless-2016-10-31\nGlobals:\n  SimpleTable:\n    PointInTimeRecoverySpecification:\n"
        "      PointInTimeRecoveryEnabled: false\nResources:\n  Orders:\n    Type: AWS::Serverless::SimpleTable\n"
    )
    (fix,) = fixes(report_on(tmp_path, {"t.yaml": text}, "t.yaml", code="HA417"))
    assert fix.obstacle == "`PointInTimeRecoveryEnabled` is given for all in Globals, t.yaml:5"


@pytest.mark.parametrize(
    ("path", "texts"),
    [
        (".", {"main.tf": ORDERS_TF.format("false\n  count    = 3")}),
        (
            ".",
            {
                "main.tf": 'module "a" {\n  source = "./db"\n}\nmodule "b" {\n  source = "./db"\n}\n',
                "db/main.tf": ORDERS_TF.format("false"),
            },
        ),
        (
            "t.yaml",
            {
                "t.yaml": "Resources:\n"
                + "".join(
                    f"  {name}:\n    Type: AWS::CloudFormation::Stack\n    Properties:\n      TemplateURL: db.yaml\n"
                    for name in "AB"
                ),
                "db.yaml": ORDERS.format("false"),
            },
        ),
    ],
    ids=["count", "modules", "nested stacks"],
)
def test_instances_that_are_written_once_are_mended_once(tmp_path: Path, path: str, texts: dict[str, str]) -> None:
    report = report_on(tmp_path, texts, path)
    found = fixes(report)
    assert len(found) > 1
    assert len({fix.edits for fix in found}) == 1
    ((changed, text),) = fixed(report).texts.items()
    assert text == texts[changed].replace("false", "true")
    assert fixed(report).mended == len(found)


def test_a_link_out_of_the_base_is_not_followed_to_edit(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    (tmp_path / "shared.tf").write_text(ORDERS_TF.format("false"))
    (tmp_path / "root").mkdir()
    (tmp_path / "root" / "main.tf").symlink_to("../shared.tf")
    (fix,) = fixes(report_on(tmp_path / "root", {}))
    assert fix.obstacle == "it is written in main.tf, outside what is analyzed"


def test_files_above_the_base_are_left(tmp_path: Path) -> None:
    texts = {"main.tf": 'module "db" {\n  source = "../db"\n}\n', "../db/main.tf": ORDERS_TF.format("false")}
    (tmp_path / "root").mkdir()
    (fix,) = fixes(report_on(tmp_path / "root", texts))
    assert fix.obstacle == "it is written in ../db/main.tf, outside what is analyzed"


def test_a_boolean_argument_takes_no_word_of_the_other_dialect(tmp_path: Path) -> None:
    text = ORDERS_TF.format("true\n  skip_final_snapshot = true")
    (fix,) = fixes(report_on(tmp_path, {"main.tf": text}, code="HA408"))
    assert fix.description == "set `skip_final_snapshot` to `false`"
    assert [edit.text for edit in fix.edits] == ["false"]
    (fix,) = fixes(
        report_on(
            tmp_path / "other",
            {"t.yaml": ORDERS.format("true").replace("Pr", "DeletionPolicy: Delete\n    Pr", 1)},
            "t.yaml",
            code="HA408",
        )
    )
    assert fix.description == "set `DeletionPolicy` to `Snapshot`"


def test_terraforms_json_is_not_edited(tmp_path: Path) -> None:
    text = '{"resource": {"aws_db_instance": {"orders": {"engine": "mysql", "multi_az": false}}}}'
    (fix,) = fixes(report_on(tmp_path, {"main.tf.json": text}))
    assert (fix.edits, fix.obstacle) == ((), "it is written in JSON, as tools do")
