"""Properties are set in the style of the template, comments kept; what is no literal stays."""

from __future__ import annotations

import json
import textwrap

import pytest

from haanalyzer.catalog.kinds import segments
from haanalyzer.frontends.cloudformation.edits import set_properties
from haanalyzer.frontends.cloudformation.loader import load
from haanalyzer.frontends.cloudformation.nodes import MapNode, plain
from haanalyzer.source.document import Document
from haanalyzer.source.edit import NotEditableError, edited, wanted

DATABASE = """\
Resources:
  Orders:
    Type: AWS::RDS::DBInstance
    Properties:
      Engine: mysql
      # what it costs
      DBInstanceClass: db.t3.micro # small
"""


def after(text: str, path: str, value: object) -> str:
    document = Document("template.yaml", textwrap.dedent(text).lstrip("\n"))
    root, diagnostics = load(document)
    assert not diagnostics
    assert isinstance(root, MapNode)
    resources = root.get("Resources")
    assert isinstance(resources, MapNode)
    place = resources.key_span(next(iter(resources.entries)))
    assert place
    changed = edited(document, set_properties(document, place, wanted([(segments(path), value)])))
    assert not load(Document("template.yaml", changed))[1]
    return changed


def test_a_literal_is_replaced_and_what_stands_beside_it_kept() -> None:
    text = DATABASE + "      MultiAZ: false # for now\n"
    assert after(text, "MultiAZ", True) == text.replace("false", "true")


@pytest.mark.parametrize(("written", "new"), [('"false"', '"true"'), ("'false'", "'true'"), ("no", "true")])
def test_quotes_stay(written: str, new: str) -> None:
    text = f"{DATABASE}      MultiAZ: {written}\n"
    assert after(text, "MultiAZ", True) == text.replace(written, new)


def test_a_new_property_comes_last() -> None:
    text = DATABASE + "\n  # the next one\n  Other:\n    Type: AWS::SNS::Topic\n"
    expected = text.replace("micro # small\n", "micro # small\n      MultiAZ: true\n")
    assert after(text, "MultiAZ", True) == expected


@pytest.mark.parametrize(
    "last",
    [
        "Tags:\n        - Key: a\n          Value: b",
        "Tags:\n      - Key: a\n        Value: b",
        "Tags: [{Key: a, Value: b}]",
        "Description: |\n        several\n\n        lines",
        "Password: !Sub '{{resolve:x:${y}}}'",
        "Name: !Join ['', [a, b]]",
        "Name:\n        Fn::Join: ['', [a, b]]",
    ],
)
def test_a_new_property_comes_after_whatever_was_last(last: str) -> None:
    text = f"{DATABASE}      {last}\n\n  # the next one\n  Other:\n    Type: AWS::SNS::Topic\n"
    assert after(text, "MultiAZ", True) == text.replace(f"{last}\n", f"{last}\n      MultiAZ: true\n")


def test_properties_that_are_not_there() -> None:
    text = "Resources:\n  Queue:\n    Type: AWS::SQS::Queue\nOutputs: {}\n"
    expected = text.replace("Queue\nOut", "Queue\n    Properties:\n      VisibilityTimeout: 60\nOut")
    assert after(text, "VisibilityTimeout", 60) == expected


def test_a_map_that_is_not_there() -> None:
    text = "Resources:\n  Bucket:\n    Type: AWS::S3::Bucket\n    Properties:\n      BucketName: a\n"
    expected = text + "      VersioningConfiguration:\n        Status: Enabled\n"
    assert after(text.rstrip("\n"), "VersioningConfiguration.Status", "Enabled") == expected.rstrip("\n")


def test_beside_the_properties() -> None:
    assert after(DATABASE, "@DeletionPolicy", "Retain") == DATABASE.replace(
        "DBInstance\n", "DBInstance\n    DeletionPolicy: Retain\n"
    )


def test_lines_end_as_they_did_where_something_is_replaced() -> None:
    text = DATABASE.replace("\n", "\r\n") + "      MultiAZ: false\r\n"
    assert after(text, "MultiAZ", True) == text.replace("false", "true")


@pytest.mark.parametrize("indent", [None, 2, 4])
def test_json(indent: int | None) -> None:
    template = {"Resources": {"Orders": {"Type": "AWS::RDS::DBInstance", "Properties": {"Engine": "mysql"}}}}
    changed = after(json.dumps(template, indent=indent), "MultiAZ", True)
    template["Resources"]["Orders"]["Properties"]["MultiAZ"] = True
    assert changed == json.dumps(template, indent=indent)


def test_json_without_properties() -> None:
    template = {"Resources": {"Q": {"Type": "AWS::SQS::Queue"}}}
    changed = json.loads(after(json.dumps(template, indent=2), "A.B", "c"))
    assert changed["Resources"]["Q"]["Properties"] == {"A": {"B": "c"}}


def test_a_map_in_braces() -> None:
    text = "Resources:\n  Q: {Type: AWS::SQS::Queue, Properties: {}}\n"
    root, _ = load(Document("t.yaml", after(text, "VisibilityTimeout", 60)))
    assert root is not None
    assert plain(root) == {"Resources": {"Q": {"Type": "AWS::SQS::Queue", "Properties": {"VisibilityTimeout": 60}}}}


@pytest.mark.parametrize(
    ("inside", "path", "why"),
    [
        ("MultiAZ: !Ref Standby", "MultiAZ", "`MultiAZ` is `!Ref Standby`"),
        ("MultiAZ: !If [IsProd, true, false]", "MultiAZ", "`MultiAZ` is `!If"),
        ("MultiAZ: {'Fn::If': [IsProd, true, false]}", "MultiAZ", "`MultiAZ` is"),
        ("A: !If [IsProd, {B: 1}, {B: 2}]", "A.B", "it is `!If"),
        ("A: text", "A.B", "`A` is `text`"),
        ("A: &x {C: 1}\n      D: *x", "D.C", "an alias"),
    ],
)
def test_what_is_no_literal_is_left(inside: str, path: str, why: str) -> None:
    with pytest.raises(NotEditableError) as error:
        after(f"{DATABASE}      {inside}\n", path, True)
    assert why in str(error.value)
