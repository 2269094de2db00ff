"""AWS's own transform as an oracle: the same resources of serverless templates, with the same attributes.

Where HAANALYZER_CORPUS names a folder of repositories, every serverless template below it is compared, too.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from haanalyzer.source.document import Document
from tests.fixtures import TESTDATA

pytest.importorskip("samtranslator")
from tests.oracles.differences import read_table  # noqa: E402 - behind what skips the module
from tests.oracles.serverless import TABLE, Report, compare, templates  # noqa: E402

CORPUS = os.environ.get("HAANALYZER_CORPUS")
HERE = Path(__file__).parent


def report_of(text: str) -> Report:
    report = Report()
    compare(Document("template.yaml", text), report)
    return report


def test_templates_of_ours_are_transformed_as_aws_does() -> None:
    report = Report()
    for document in templates([HERE / "serverless", TESTDATA / "rules"]):
        compare(document, report)
    assert [str(each) for each in report.unexplained] == []
    assert report.counts["rejected by AWS"] == 0
    assert report.counts["templates"] >= 20
    assert report.counts["resources the same"] > 150
    assert report.counts["attributes the same"] > 500


DIFFERENT = {
    "only ours": """
Resources:
  F:
    Type: AWS::Serverless::Function
    Properties:
      {Handler: h, Runtime: python3.13, InlineCode: x, Events: {A: {Type: Nothing, Properties: {}}}}
""",
    "value": """
Resources:
  F:
    Type: AWS::Serverless::Function
    Properties:
      {Handler: h, Runtime: python3.13, InlineCode: x}
""",
}


def test_what_one_side_rejects_is_noticed() -> None:
    report = report_of(DIFFERENT["only ours"])
    assert report.counts["rejected by AWS"] == 1
    assert report.counts["rejected by AWS only"] == 0


def test_every_row_of_the_table_argues() -> None:
    rows = read_table(TABLE)
    assert len({row["class"] for row in rows}) == len(rows)
    assert all(row["why"] and row["fault"] in ("nobody", "aws-sam-translator") for row in rows)


@pytest.mark.skipif(CORPUS is None, reason="HAANALYZER_CORPUS names no folder of repositories")
def test_public_templates_are_transformed_as_aws_does() -> None:
    report = Report()
    for document in templates([Path(str(CORPUS))]):
        compare(document, report)
    assert [str(each) for each in report.unexplained] == []
    assert report.counts["templates"] > 400
