"""cfn-lint's decoder as an oracle: it accepts the same texts, and reads the same data from the same places.

Where HAANALYZER_CORPUS names a folder of repositories, every template below it is compared, too.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from haanalyzer.source.diagnostic import Diagnostic
from haanalyzer.source.document import Document
from haanalyzer.source.files import Files
from tests.fixtures import TESTDATA

oracle = pytest.importorskip("tests.oracles.cfnlint_decoder")
from tests.oracles.differences import explained, read_table  # noqa: E402 - behind what skips the module

CORPUS = os.environ.get("HAANALYZER_CORPUS")

SAME = [
    "a: 1\na: 2\n",
    "? [a]\n: 1\n",
    "~: a\n",
    "a: 1\n---\nb: 1\n",
    "",
    "# x\n",
    "[a, b]\n",
    "a\n",
    "a: - b\n",
    "a: !Ref {a: b}\n",
    "a: !Ref\n",
    "a: !GetAZs\nb: 1\n",
    "a: !If []\n",
    "a: !Fn::Sub x\n",
    "a: {!Ref b: c}\n",
    "a: 1:30\nb: 1_000\nc: 0o17\nd: .5\ne: 1e3\n",
    "f: 1.e+3\ng: -0x1F\nh: 190:20:30.15\ni: 08\nj: 0b1_0\nk: +.inf\nl: .NaN\n",
    "a: 12:30:45\nb: 1:60\nc: 0:0\nd: 0.10\ne: 010\nf: 00\ng: -0\n",
    "a: Off\nb: oFF\nc: N\nd: 'on'\n",
    "a: |\n  x\nb: >-\n  x\n  y\n\n  z\n",
    "a: 'x\n  y'\nb: \"x\\\n  y\"\n",
    'a: "\\x41\\U0001F600\\_\\N"\n',
    "a: &a {b: 1}\nc: *a\n",
    "a: &a !Ref x\nc: *a\n",
    "a: !Ref &a x\nc: *a\n",
    "a: !Sub &a\n  - x\n  - {y: z}\nc: *a\n",
    "&k key: v\n*k : w\n",
    "a: {b, c: }\n",
    "%YAML 1.1\n---\na: 1\n",
    "a: !<tag:yaml.org,2002:str> 1\n",
    "a: !<!Ref> x\n",
    '{"a": 1, "a": 2}',
    '{\t"a": 1, "a": 2}',
    '{"a": "\\/"}',
    '{"a": 1e400}',
    '{"a": 1.0}',
    '{"a":"b","c":"d"}',
    '{"a": NaN}',
    '{\t"a": {"b": [1, "x"]}}',
    '{"a": tru}',
    '{"a": "x\ty"}',
    "{'a': 1}",
    '{"a": 1,}',
    "[1,]",
    '"<<": {"b": 1}\na: 2\n',
    "---\n...\n",
    "a: b\r\nc: d\r\n",
    "a: b\rc: d\r",
    "a: b\n\tc\n",
    "- a\n-\tb\n",
    "a: '\U0001f600'\nb: {c: '\U0001f600', d: e}\n",
    "a: 1\n...\n# x\n",
    "a: !Ref b # c\n",
    "a: !Join\n- ','\n- [x, y]\n",
    "a: !Select [ 0 , !GetAZs '' ]\n",
    "a:\n- !If [x, y, !Ref 'AWS::NoValue']\n",
    "a:\n  - &b\n    c: 1\n  - <<: *b\n    d: 2\n",
]
DIFFERENT = {
    "a: 2010-09-09\nb: 2001-12-14 21:59:43.10 -5\n": "a date stays text",
    "a: !GetAtt A\nb: !GetAtt A.B.C\nd: !GetAtt [A, B]\n": "where the argument of a short GetAtt begins",
    "012: b\nyes: d\n2010-09-09: e\n": "a key that is no text",
    "---\n---\na: 1\n": "documents before and behind an empty one",
    "x: &x {b: 1}\ny:\n  <<: *x\n  a: 2\n  a: 3\n": "a key twice beside a merge",
    "x: &x {a: 1}\ny:\n  <<: *x\n  a: 2\n": "the first of several equal keys",
    "<<: {b: 1}\n<<: {b: 2}\n": "the first of several equal keys",
    'a: "b\u2028c"\nd: e\n': "a line that only YAML ends",
    "a: =\n": "what claims a type that it does not have",
    "a: !!int x\n": "what claims a type that it does not have",
    "a: !!binary aGk=\n": "a type of YAML's own",
    "a: ! 12\n": "a number with the tag that makes it a text",
    '{"a": "\\ud83d\\ude00"}': "surrogates in JSON",
}


def classes(text: str) -> list[str | None]:
    rows = read_table(oracle.TABLE)
    found = [explained(each, rows) for each in oracle.differences(Document("t.yaml", text))]
    return [row["class"] if row else None for row in found]


@pytest.mark.parametrize("text", SAME)
def test_small_texts_are_read_as_cfn_lint_does(text: str) -> None:
    assert list(oracle.differences(Document("t.yaml", text))) == []


@pytest.mark.parametrize(("text", "name"), DIFFERENT.items())
def test_a_difference_is_of_its_class(text: str, name: str) -> None:
    found = classes(text)
    assert name in found
    assert None not in found


def test_every_template_of_the_testdata_is_read_as_cfn_lint_does() -> None:
    files, rows = Files(TESTDATA), read_table(oracle.TABLE)
    paths = [path for ending in ("yaml", "json") for path in sorted(TESTDATA.rglob(f"*.{ending}"))]
    read = [files.read(path.relative_to(TESTDATA).as_posix()) for path in paths]
    documents = [each for each in read if not isinstance(each, Diagnostic)]
    assert len(documents) > len(paths) * 0.9
    assert [found for each in documents for found in oracle.differences(each) if not explained(found, rows)] == []


@pytest.mark.parametrize(
    ("read", "kind"),
    [
        ("a: 2\n", "data"),
        (" a: 1\n", "place"),
        ("b: 1\n", "data"),
        ("a: '1'\n", "data"),
        ("a: [\n", "accepted by them"),
    ],
)
def test_a_wrong_reading_is_found(read: str, kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    wrong = oracle.load(Document("t.yaml", read))
    monkeypatch.setattr(oracle, "load", lambda _: wrong)
    assert kind in [found.kind for found in oracle.differences(Document("t.yaml", "a: 1\n"))]


def test_what_cfn_lint_refuses_and_we_do_not_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    wrong = oracle.load(Document("t.yaml", "a: 1\n"))
    monkeypatch.setattr(oracle, "load", lambda _: wrong)
    assert [found.kind for found in oracle.differences(Document("t.yaml", "a: [\n"))] == ["accepted by us"]


@pytest.mark.skipif(not CORPUS, reason="HAANALYZER_CORPUS names no folder of repositories")
def test_the_templates_of_the_corpus_are_read_as_cfn_lint_does() -> None:
    assert oracle.main(str(path) for path in sorted(Path(CORPUS or "").iterdir())) == 0
