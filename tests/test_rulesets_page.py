"""The page about rules of one's own is executed: its rules compile and find what they say."""

from __future__ import annotations

import re
from pathlib import Path

from haanalyzer.engine import analyze
from haanalyzer.frontends.deployment import Inputs
from haanalyzer.policy import load_profile, own_rules
from haanalyzer.policy.declared.reader import schema
from tests.fixtures import TESTDATA

PAGE = (TESTDATA.parent / "docs" / "rulesets.md").read_text("utf-8")
(RULES,) = re.findall(r"```yaml\n(.*?)```", PAGE, re.DOTALL)
TEMPLATE = """
Resources:
  Orders:
    Type: AWS::RDS::DBInstance
    Properties:
      Engine: mysql
      BackupRetentionPeriod: 7
      Tags: [{Key: Environment, Value: prod}]
  Toy:
    Type: AWS::RDS::DBInstance
    Properties: {Engine: mysql, BackupRetentionPeriod: 7}
"""


def test_the_example_finds_what_it_says(tmp_path: Path) -> None:
    (tmp_path / "acme.yaml").write_text(RULES)
    (tmp_path / "template.yaml").write_text(TEMPLATE)
    own = own_rules(["acme.yaml"], tmp_path)
    assert [rule.info.code for rule in own] == ["ACME001", "ACME002"]
    report = analyze(["template.yaml"], tmp_path, Inputs(), load_profile("default", own))
    messages = [one.verdict.message for one in report.findings() if one.rule.code == "ACME001"]
    assert messages == ["Orders keeps backups for 7 days, and we promised 14"]


def test_every_word_of_a_rule_is_on_the_page() -> None:
    words = {*schema()["$defs"]["rule"]["properties"]} - {"systems", "like"}
    assert [word for word in sorted(words) if f"`{word}`" not in PAGE] == []
