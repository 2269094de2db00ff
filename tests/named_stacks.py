"""A project with a template that two stacks of its configuration deploy, and what a run says of it."""

from __future__ import annotations

import json
import textwrap
from pathlib import Path

import pytest

from haanalyzer.cli import main

DATABASE = """\
Parameters:
  MultiAZ: {Type: String, Default: "false"}
  Environment: {Type: String}
Resources:
  Database:
    Type: AWS::RDS::DBInstance
    DeletionPolicy: Snapshot
    UpdateReplacePolicy: Snapshot
    Properties:
      Engine: mysql
      DBInstanceClass: db.t3.micro
      DBInstanceIdentifier: !Sub "${AWS::StackName}-${AWS::AccountId}-${Environment}"
      AllocatedStorage: "20"
      MultiAZ: !Ref MultiAZ
"""
STACKS = """\
stacks:
  - name: shop-production
    template: database.yaml
    parameters: parameters/production.json
    account: "123456789012"
    profile: production
  - name: shop-development
    template: database.yaml
    parameters: {Environment: dev}
"""
PRODUCTION = """\
[
  {"ParameterKey": "Environment", "ParameterValue": "prod"},
  {"ParameterKey": "MultiAZ", "ParameterValue": "false"}
]
"""
ROOT = """\
variable "multi_az" { type = bool }
variable "zones" {
  type    = list(string)
  default = []
}
resource "aws_db_instance" "main" {
  identifier              = terraform.workspace
  engine                  = "mysql"
  instance_class          = "db.t3.micro"
  allocated_storage       = 20
  multi_az                = var.multi_az
  backup_retention_period = 7
}
"""


def lay_out(folder: Path) -> None:
    write(folder, {"database.yaml": DATABASE, "parameters/production.json": PRODUCTION, "haanalyzer.yaml": STACKS})
    (folder / ".git").mkdir()


def write(folder: Path, texts: dict[str, str]) -> None:
    for name, text in texts.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(textwrap.dedent(text), "utf-8")


def checked(capsys: pytest.CaptureFixture[str], *arguments: str, code: int | None = None) -> dict:
    capsys.readouterr()
    found = main(["check", "--output", "json", "--show", "passed", *arguments])
    assert code is None or found == code
    return json.loads(capsys.readouterr().out)


def verdicts(report: dict, rule: str = "HA401") -> dict[str, str]:
    """What a rule says, by stack."""
    return {
        one["stack"]: outcome
        for outcome in ("findings", "undecided", "passed")
        for one in report[outcome]
        if one["rule"] == rule
    }


def said(report: dict) -> list[str]:
    return [f"{each['place']['path']}:{each['place']['line']}: {each['message']}" for each in report["diagnostics"]]
