"""What is a flaw of queues for everybody, and what only in production."""

from __future__ import annotations

from pathlib import Path

import pytest

from haanalyzer.engine import analyze
from haanalyzer.frontends.deployment import Inputs
from haanalyzer.policy import load_profile

TEMPLATE = """\
Resources:
  Orders:
    Type: AWS::SQS::Queue
    Properties:
      VisibilityTimeout: {visibility}
      RedrivePolicy:
        deadLetterTargetArn: !GetAtt Unhandled.Arn
        maxReceiveCount: 5
  Unhandled:
    Type: AWS::SQS::Queue
    Properties:
      MessageRetentionPeriod: {retention}
  Handle:
    Type: AWS::Lambda::Function
    Properties:
      Timeout: 60
  Mapping:
    Type: AWS::Lambda::EventSourceMapping
    Properties:
      EventSourceArn: !GetAtt Orders.Arn
      FunctionName: !Ref Handle
"""


def found(folder: Path, profile: str, visibility: int, retention: int) -> set[tuple[str, str]]:
    text = TEMPLATE.format(visibility=visibility, retention=retention)
    (folder / "queues.yaml").write_text(text, encoding="utf-8")
    report = analyze(["queues.yaml"], folder, Inputs(), load_profile(profile))
    return {(finding.rule.code, finding.severity.value) for finding in report.findings()}


@pytest.mark.parametrize(
    ("visibility", "retention", "default", "production"),
    [
        (360, 1209600, set(), set()),
        (60, 345600, set(), {("HA601", "note"), ("HA603", "note")}),
        (59, 345599, {("HA601", "error"), ("HA603", "warning")}, {("HA601", "error"), ("HA603", "warning")}),
    ],
)
def test_advice_is_for_production(
    tmp_path: Path, visibility: int, retention: int, default: set[object], production: set[object]
) -> None:
    assert found(tmp_path, "default", visibility, retention) == default
    assert found(tmp_path, "production", visibility, retention) == production
