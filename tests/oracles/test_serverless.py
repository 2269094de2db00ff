"""AWS's own transform as an oracle: the same resources of serverless templates, with the same attributes.

Where HAANALYZER_CORPUS names a folder of repositories, every serverless template below it is compared, too.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from haanalyzer.frontends.cloudformation.template import read_template
from haanalyzer.frontends.deployment import Inputs
from haanalyzer.frontends.tree.loader import load
from haanalyzer.frontends.tree.nodes import plain
from haanalyzer.source.document import Document
from haanalyzer.source.files import Files
from tests.fixtures import TESTDATA

pytest.importorskip("samtranslator")
from tests.oracles.differences import Difference, read_table
from tests.oracles.serverless import TABLE, Report, compare, differences, templates, translated

CORPUS = os.environ.get("HAANALYZER_CORPUS")
HERE = Path(__file__).parent


def report_of(text: str) -> Report:
    report = Report()
    compare(Document("template.yaml", text), report)
    return report


def test_templates_of_ours_are_transformed_as_aws_does() -> None:
    report = Report()
    for document in templates([HERE / "serverless_templates", TESTDATA / "rules"]):
        compare(document, report)
    assert [str(each) for each in report.unexplained] == []
    assert report.counts["rejected by AWS"] == 0
    assert report.counts["templates"] >= 17
    assert report.counts["resources the same"] > 150
    assert report.counts["attributes the same"] > 500


FUNCTION = """
Resources:
  F:
    Type: AWS::Serverless::Function
    Properties: {Handler: h, Runtime: python3.13, InlineCode: x, Timeout: 9, EVENTS}
"""


def test_what_only_aws_rejects_is_noticed() -> None:
    assert report_of(FUNCTION.replace("EVENTS", "Events: {A: {Type: !Ref A}}")).counts == {"rejected by AWS": 1}
    report = report_of(FUNCTION.replace("EVENTS", "PackageType: Odd"))
    assert report.counts == {"rejected by AWS": 1, "rejected by AWS only": 1}


def test_a_difference_is_noticed() -> None:
    document = Document("template.yaml", FUNCTION.replace(", EVENTS", ""))
    ours = read_template(document, Inputs(), Files(HERE))
    theirs = translated(plain(document.once(load)[0]))
    assert list(differences("", ours, theirs, Report())) == []
    theirs["Resources"]["F"]["Properties"]["Timeout"] = 10
    del theirs["Resources"]["FRole"]
    assert sorted(differences("", ours, theirs, Report())) == [
        Difference("only ours", "", "AWS::IAM::Role FRole"),
        Difference("value", "", "AWS::Lambda::Function timeout: ours '9', theirs '10'"),
    ]


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
