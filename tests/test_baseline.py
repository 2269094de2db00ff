from __future__ import annotations

from pathlib import Path

from haanalyzer.baseline import against, record
from haanalyzer.engine import analyze
from haanalyzer.frontends.deployment import Inputs
from haanalyzer.policy import load_profile
from haanalyzer.results import Report

TABLE = """\
  {name}:
    Type: AWS::DynamoDB::Table
    DeletionPolicy: Delete
    Properties:
      BillingMode: PAY_PER_REQUEST
      AttributeDefinitions: [{{AttributeName: id, AttributeType: S}}]
      KeySchema: [{{AttributeName: id, KeyType: HASH}}]
"""


def report_on(folder: Path, *names: str, head: str = "") -> Report:
    text = f"{head}Resources:\n" + "".join(TABLE.format(name=name) for name in names)
    (folder / "tables.yaml").write_text(text, encoding="utf-8")
    return analyze(["."], folder, Inputs(), load_profile("production"))


def test_only_what_was_not_there_before_is_a_finding(tmp_path: Path) -> None:
    before = report_on(tmp_path, "Orders")
    after = against(report_on(tmp_path, "Orders", "Invoices", head="# moved\n\n"), record(before))
    assert before.findings()
    assert {one.verdict.subject for one in after.findings()} == {"Invoices"}
    assert {one.verdict.subject for one in after.recorded()} == {"Orders"}
    assert after.gone == ()


def test_what_is_no_more_is_gone(tmp_path: Path) -> None:
    before = record(report_on(tmp_path, "Orders", "Invoices"))
    after = against(report_on(tmp_path, "Orders"), before)
    assert after.findings() == ()
    assert after.gone == tuple(each for each in before if each.identity.subject == "Invoices")
    assert after.gone
