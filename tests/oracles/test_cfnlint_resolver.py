"""cfn-lint's resolver as an oracle: where it resolves a property, ours is that value, one of them, or argued.

Where HAANALYZER_CORPUS names a folder of repositories, every template below it is compared, too.
"""

from __future__ import annotations

import os
from pathlib import Path
from textwrap import dedent, indent

import pytest

from haanalyzer.source.document import Document
from haanalyzer.source.files import Files

oracle = pytest.importorskip("tests.oracles.cfnlint_resolver")

CORPUS = os.environ.get("HAANALYZER_CORPUS")
HEAD = """\
AWSTemplateFormatVersion: '2010-09-09'
Transform: AWS::LanguageExtensions
Parameters:
  Stage: {Type: String, Default: test, AllowedValues: [test, prod]}
  Size: {Type: Number, Default: 2}
  Names: {Type: CommaDelimitedList, Default: 'a, b'}
  Enabled: {Type: String, Default: true, AllowedValues: [true, false]}
  Free: {Type: String}
  Zone: {Type: 'AWS::EC2::AvailabilityZone::Name'}
  Path: {Type: 'AWS::SSM::Parameter::Value<String>', Default: /a}
Mappings:
  Sizes:
    test: {Type: small, Zones: [x, y]}
    prod: {Type: large, Zones: [z, y]}
  us-east-1: {One: {Two: 3}}
Conditions:
  IsProd: !Equals [!Ref Stage, prod]
  IsOn: !And [!Equals [!Ref Enabled, true], !Not [!Condition IsProd]]
  IsHere: !Equals [!Ref 'AWS::Region', us-east-1]
"""
SAME = [
    "!Ref Stage",
    "!Ref Size",
    "!Ref Names",
    "!Ref Enabled",
    "!Ref Zone",
    "!Ref AWS::Region",
    "!Ref AWS::Partition",
    "!Select [1, !Ref Names]",
    "!Select ['0', [!Ref Stage, c]]",
    "!Join ['-', !Ref Names]",
    "!Join ['', [a, !Ref Size, true]]",
    "!Split [',', 'a,b, c']",
    "!Select [1, !Split ['-', !Sub 'x-${Stage}']]",
    "!Sub 'x${Stage}-${AWS::URLSuffix}'",
    "!Sub ['${A}${Stage}', {A: !Ref Size}]",
    "!FindInMap [Sizes, !Ref Stage, Type]",
    "!FindInMap [Sizes, test, Zones]",
    "!FindInMap [Sizes, !Ref Stage, !Select [0, [Type, Zones]]]",
    "!FindInMap [!Ref AWS::Region, One, Two]",
    "!FindInMap [Sizes, none, Type, {DefaultValue: other}]",
    "!If [IsProd, a, !If [IsOn, b, !Ref Size]]",
    "!If [IsHere, [a], !Ref AWS::NoValue]",
    "[!If [IsProd, a, !Ref AWS::NoValue], b, !Ref AWS::NoValue, !If [IsOn, c, d]]",
    "{A: !If [IsProd, {B: !Ref Stage}, {C: [!Ref Size]}], D: !Ref AWS::NoValue, E: 2012-10-17, F: yes, G: 0x10}",
    "!Length [a, b, c]",
    "{'Fn::Length': !Ref Names}",
    "!GetAtt Other.Arn",
    "!ImportValue x",
    "!Ref Other",
    "!Base64 x",
    "!Cidr [10.0.0.0/16, 2, 8]",
    "!If [IsProd, !GetAtt Other.Arn, b]",
    "!Ref Path",
    "!Ref Free",
    "{'Fn::ForEach::N': [N, [x, y], {'A${N}': !Sub '${N}-${Stage}'}]}",
]
DIFFERENT = {
    "!Select [0, !GetAZs '']": "zones of a region",
    "!Ref AWS::StackId": "the stack or the account",
    "'{{resolve:ssm:/a}}'": "looked up at deployment",
    "!Rain::Embed a.py": "a function of another tool",
    "!Sub '${!Stage}'": "what is escaped in a Sub",
    "!ToJsonString {a: b}": "blanks in JSON",
}


def report_of(folder: Path, value: str) -> oracle.Report:  # type: ignore[name-defined]
    text = f"{HEAD}Resources:\n  Other: {{Type: Custom::Thing}}\n  It:\n    Type: Custom::Thing\n    Properties:\n"
    (folder / "t.yaml").write_text(f"{text}      Value:\n{indent(dedent(value), '        ')}\n", "utf-8")
    files = Files(folder)
    document = files.read("t.yaml")
    assert isinstance(document, Document)
    report = oracle.Report()
    for given in (False, True):
        oracle.compare(document, files, report, given=given)
    assert report.counts["templates"] == 2
    return report


@pytest.mark.parametrize("value", SAME)
def test_a_value_is_one_that_cfn_lint_resolves(value: str, tmp_path: Path) -> None:
    report = report_of(tmp_path, value)
    assert report.unexplained == []
    assert report.classes == {}


@pytest.mark.parametrize(("value", "name"), DIFFERENT.items())
def test_a_difference_is_of_its_class(value: str, name: str, tmp_path: Path) -> None:
    report = report_of(tmp_path, value)
    assert [each.partition(": ")[2] for each in report.classes] == [name]
    assert report.unexplained == []


@pytest.mark.parametrize(
    ("value", "read"),
    [("a", "b"), ("!Ref Stage", "dev"), ("[a]", "[a, b]"), ("[a, b]", "[a]"), ("{A: b}", "{}"), ("{}", "{A: b}")],
)
def test_a_wrong_value_is_found(value: str, read: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    right = oracle.decode_str
    monkeypatch.setattr(
        oracle, "decode_str", lambda text: right(text.replace(f"        {read}\n", f"        {value}\n"))
    )
    assert [found.kind for found in report_of(tmp_path, read).unexplained] == ["value", "value"]


@pytest.mark.skipif(not CORPUS, reason="HAANALYZER_CORPUS names no folder of repositories")
def test_the_templates_of_the_corpus_have_the_values_that_cfn_lint_resolves() -> None:
    assert oracle.main(str(path) for path in sorted(Path(CORPUS or "").iterdir())) == 0
