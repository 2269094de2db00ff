"""Properties are set in the style of the template, comments kept; what is no literal stays."""

from __future__ import annotations

import json
import textwrap

import pytest

from haanalyzer.catalog.kinds import segments
from haanalyzer.frontends.cloudformation.editing.properties import set_properties
from haanalyzer.frontends.tree.loader import load
from haanalyzer.frontends.tree.nodes import MapNode, plain
from haanalyzer.source.document import Document
from haanalyzer.source.edit import NotEditableError, edited, wanted
from haanalyzer.source.span import Span

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
        ("A: &x {C: 1}\n      D: *x", "A.C", "`A` has an anchor"),
        ("A: &x 1\n      D: *x", "A", "`A` has an anchor"),
        ("A: &x {C: 1}\n      B:\n        <<: *x\n        D: 2", "B.C", "`C` is merged from"),
        ("A: [{Key: !Ref K, Value: 1}]", "A[k]", "the list has `{Key: !Ref K, Value: 1}` in it"),
        ("A: !If [IsProd, [{Key: k, Value: 1}], !Ref 'AWS::NoValue']", "A[k]", "`A` is `!If"),
        ("A: |\n        several\n        lines", "A", "`A` is `| several lines`"),
    ],
)
def test_what_is_no_literal_is_left(inside: str, path: str, why: str) -> None:
    with pytest.raises(NotEditableError) as error:
        after(f"{DATABASE}      {inside}\n", path, True)
    assert why in str(error.value)


ATTRIBUTES = "LoadBalancerAttributes[cross_zone.enabled]"


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("", 'LoadBalancerAttributes:\n        - Key: cross_zone.enabled\n          Value: "true"\n'),
        (
            "LoadBalancerAttributes:\n      -   Key: a # one\n          Value: b\n",
            (
                "LoadBalancerAttributes:\n      -   Key: a # one\n          Value: b\n"
                '      -   Key: cross_zone.enabled\n          Value: "true"\n'
            ),
        ),
        (
            "LoadBalancerAttributes:\n        - {Key: a, Value: b} # one\n",
            (
                "LoadBalancerAttributes:\n        - {Key: a, Value: b} # one\n"
                '        - {Key: cross_zone.enabled, Value: "true"}\n'
            ),
        ),
        ("LoadBalancerAttributes: []\n", 'LoadBalancerAttributes: [{Key: cross_zone.enabled, Value: "true"}]\n'),
        (
            "LoadBalancerAttributes: [{Key: a, Value: b}]\n",
            'LoadBalancerAttributes: [{Key: a, Value: b}, {Key: cross_zone.enabled, Value: "true"}]\n',
        ),
        (
            "LoadBalancerAttributes:\n        - Key: cross_zone.enabled\n          Value: 'false' # cheap\n",
            "LoadBalancerAttributes:\n        - Key: cross_zone.enabled\n          Value: 'true' # cheap\n",
        ),
        (
            "LoadBalancerAttributes:\n        - Value: false\n          Key: cross_zone.enabled\n",
            "LoadBalancerAttributes:\n        - Value: true\n          Key: cross_zone.enabled\n",
        ),
    ],
    ids=["no list", "lines", "braces", "empty", "brackets", "there", "there, not in quotes"],
)
def test_the_value_of_a_key_in_a_list_of_pairs(written: str, expected: str) -> None:
    text = f"{DATABASE}      {written}" if written else DATABASE
    assert after(text, ATTRIBUTES, True) == f"{DATABASE}      {expected}"


def test_pairs_in_json() -> None:
    template = {"Resources": {"B": {"Type": "AWS::X::Y", "Properties": {"LoadBalancerAttributes": []}}}}
    pairs = template["Resources"]["B"]["Properties"]["LoadBalancerAttributes"]  # type: ignore[index]
    pairs.append({"Key": "a", "Value": "b"})
    changed = after(json.dumps(template, indent=2), ATTRIBUTES, True)
    pairs.append({"Key": "cross_zone.enabled", "Value": "true"})
    assert changed == json.dumps(template, indent=2)


def test_new_blocks_of_json_stand_on_lines_as_the_others_do() -> None:
    template = {"Resources": {"B": {"Type": "AWS::X::Y", "Properties": {"A": "b"}}}}
    changed = after(json.dumps(template, indent="\t"), "C.D.E", "f")
    template["Resources"]["B"]["Properties"]["C"] = {"D": {"E": "f"}}  # type: ignore[index]
    assert changed == json.dumps(template, indent="\t")


def test_a_text_takes_quotes_in_json() -> None:
    template = {"Resources": {"B": {"Type": "AWS::X::Y", "Properties": {"A": 1}}}}
    assert '"A": "Enabled"' in after(json.dumps(template), "A", "Enabled")


@pytest.mark.parametrize(
    ("text", "path", "expected"),
    [
        ("      A: # nothing\n", "A", "      A: true # nothing\n"),
        ("      A: # nothing\n      B: c\n", "A.D", "      A: # nothing\n        D: true\n      B: c\n"),
        ("      A: *size\n", "B", "      A: *size\n      B: true\n"),
    ],
)
def test_keys_with_nothing_behind_them_and_aliases(text: str, path: str, expected: str) -> None:
    start = DATABASE.replace("Engine: ", "Engine: &size ")
    assert after(start + text, path, True) == start + expected


def test_blocks_are_indented_as_deep_as_the_resource() -> None:
    text = "Resources:\n    B:\n        Type: AWS::S3::Bucket\n"
    expected = f"{text}        Properties:\n            A:\n                B: true\n"
    assert after(text, "A.B", True) == expected


def test_what_belongs_together_is_written_together() -> None:
    document = Document("t.yaml", DATABASE)
    (edit,) = set_properties(
        document, Span("t.yaml", 2, 3, 2, 9), wanted([(("A", "B"), 1), (("A", "C"), "d"), (("E",), False)])
    )
    assert edit.text == "\n      A:\n        B: 1\n        C: d\n      E: false"


def test_changes_that_disagree_are_not_made() -> None:
    with pytest.raises(NotEditableError, match="two changes of `A` disagree"):
        wanted([(("A",), 1), (("A",), 2)])
    with pytest.raises(NotEditableError, match="two changes of `A` disagree"):
        wanted([(("A",), 1), (("A", "B"), 2)])


@pytest.mark.parametrize("end", ["", "\n"])
def test_a_text_at_the_end_of_the_file_stays_as_it_is(end: str) -> None:
    text = f"{DATABASE}      Note: |\n        words{end}"
    if end:
        assert after(text, "MultiAZ", True) == f"{text}      MultiAZ: true\n"
    else:
        with pytest.raises(NotEditableError, match="a further line would change"):
            after(text, "MultiAZ", True)
