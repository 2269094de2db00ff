"""A change is offered only where its condition surely holds."""

from __future__ import annotations

from pathlib import Path

import pytest

from haanalyzer.engine import analyze
from haanalyzer.frontends.deployment import Inputs
from haanalyzer.policy import load_profile

TEMPLATE = """
Parameters:
  Zone: {Type: String}
Resources:
  Orders:
    Type: AWS::RDS::DBInstance
    Properties:
      Engine: mysql
%s
"""


@pytest.mark.parametrize(
    ("zone", "is_offered"),
    [("", True), ("      AvailabilityZone: eu-west-1a", False), ("      AvailabilityZone: !Ref Zone", False)],
)
def test_a_standby_is_offered_where_no_zone_is_chosen(tmp_path: Path, zone: str, is_offered: bool) -> None:
    (tmp_path / "template.yaml").write_text(TEMPLATE % zone)
    report = analyze(["template.yaml"], tmp_path, Inputs(), load_profile("production"))
    (finding,) = (one for one in report.findings() if one.rule.code == "HA401")
    assert (finding.fix is not None) is is_offered
