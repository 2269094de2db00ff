"""HashiCorp's own parser as an oracle: it accepts the same files, and reads the same blocks and expressions.

It runs where HAANALYZER_HCL2JSON names a folder in which ``npm install --no-save @cdktf/hcl2json`` was run; what it
says of small texts is kept in ``hcl_texts.jsonl`` and tested everywhere. Where HAANALYZER_CORPUS names a folder,
every ``*.tf`` below it is compared, too.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from haanalyzer.source.diagnostic import Diagnostic
from haanalyzer.source.document import Document
from haanalyzer.source.files import Files
from tests.fixtures import TESTDATA
from tests.oracles import hcl2json as oracle
from tests.oracles.differences import Difference, explained, read_table
from tests.oracles.hcl2json import TABLE, differences, main, problems
from tests.oracles.hcl2json_process import Hcl2json, missing

CORPUS = os.environ.get("HAANALYZER_CORPUS")
LINES = Path(__file__).with_name("hcl_texts.jsonl").read_text("utf-8").splitlines()
TEXTS = [(verdict, text) for verdict, text in map(json.loads, LINES)]
needs_node = pytest.mark.skipif(bool(missing()), reason=missing())


@pytest.fixture(scope="module")
def hcl2json() -> Iterator[Hcl2json]:
    with Hcl2json() as process:
        yield process


def unexplained(documents: Iterator[Document], hcl2json: Hcl2json) -> list[Difference]:
    rows = read_table(TABLE)
    return [found for each in documents for found in differences(each, hcl2json) if not explained(found, rows)]


@pytest.mark.parametrize(("verdict", "text"), TEXTS)
def test_small_texts_are_accepted_as_hashicorps_parser_does(verdict: str, text: str) -> None:
    found = problems(Document("main.tf", text))
    if found and verdict == "accepted":
        assert explained(Difference("accepted by them", "main.tf", found[0]), read_table(TABLE))
    else:
        assert bool(found) is (verdict == "rejected")


@needs_node
def test_small_texts_are_read_as_hashicorps_parser_does(hcl2json: Hcl2json) -> None:
    documents = (Document("main.tf", text) for _, text in TEXTS)
    assert unexplained(documents, hcl2json) == []


@needs_node
def test_every_file_of_the_testdata_is_read_as_hashicorps_parser_does(hcl2json: Hcl2json) -> None:
    files = Files(TESTDATA)
    found = [files.read(path.relative_to(TESTDATA).as_posix()) for path in sorted(TESTDATA.rglob("*.tf"))]
    documents = [each for each in found if not isinstance(each, Diagnostic)]
    assert len(documents) > len(found) * 0.9
    assert unexplained(iter(documents), hcl2json) == []


@needs_node
@pytest.mark.parametrize(
    ("read", "kind"),
    [("a {\n}\n", "blocks"), ("b {\n", "accepted by them"), ("b {\n  x = 1 + 2 * y\n}\n", "blocks")],
)
def test_a_wrong_reading_is_found(read: str, kind: str, hcl2json: Hcl2json, monkeypatch: pytest.MonkeyPatch) -> None:
    wrong = oracle.parse_body(Document("main.tf", read))
    monkeypatch.setattr(oracle, "parse_body", lambda _: wrong)
    assert kind in [found.kind for found in differences(Document("main.tf", "b {\n}\n"), hcl2json)]


@needs_node
def test_a_wrong_tree_is_found(hcl2json: Hcl2json, monkeypatch: pytest.MonkeyPatch) -> None:
    wrong = oracle.parse_expression("(a + b) * c")
    monkeypatch.setattr(oracle, "parse_expression", lambda _: wrong)
    found = [each.kind for each in differences(Document("main.tf", "x = a + b * c\n"), hcl2json)]
    assert found == ["expression"]


@needs_node
@pytest.mark.skipif(not CORPUS, reason="HAANALYZER_CORPUS names no folder of repositories")
def test_every_file_of_the_corpus_is_read_as_hashicorps_parser_does() -> None:
    assert main(str(path) for path in sorted(Path(CORPUS or "").iterdir())) == 0
