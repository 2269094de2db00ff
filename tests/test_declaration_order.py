"""Where a Terraform block is written, and in which file, changes no verdict.

It may change whom a verdict on several resources is said of: that is the one declared first.
"""

from __future__ import annotations

import random
import tempfile
from collections import Counter
from pathlib import Path

import pytest

from haanalyzer.frontends.terraform.parsing.structure import parse_body
from haanalyzer.results import Report
from haanalyzer.source.document import Document
from tests.fixtures import Fixture, fixtures

IN_TERRAFORM = [each for each in fixtures() if all(name.endswith(".tf") for name in each.texts)]


def scattered(texts: dict[str, str], turn: int) -> dict[str, str]:
    """The same blocks by other files: each in one of its own, or all in one in another order."""
    chance = random.Random(turn)
    found: dict[str, str] = {}
    for name, text in texts.items():
        body, _ = parse_body(Document(name, text))
        blocks = [text[block.start : block.end] for block in body.blocks]
        chance.shuffle(blocks)
        if turn % 2:
            found[name] = "\n".join(blocks) + "\n"
        else:
            folder = name.rpartition("/")[0]
            paths = [f"{folder}/" * bool(folder) + f"part{number}.tf" for number in range(len(blocks))]
            found.update({path: f"{block}\n" for path, block in zip(paths, blocks, strict=True)})
    return found


def verdicts(report: Report) -> Counter[tuple[str, str, str]]:
    return Counter((one.rule.code, one.severity.value, one.verdict.outcome) for one in report.judgements)


def analyzed(fixture: Fixture, texts: dict[str, str]) -> Counter[tuple[str, str, str]]:
    with tempfile.TemporaryDirectory() as folder:
        return verdicts(fixture.analyze_in(Path(folder) / "project", texts))


@pytest.mark.parametrize("fixture", IN_TERRAFORM, ids=lambda fixture: fixture.name)
def test_blocks_may_stand_in_any_order(fixture: Fixture) -> None:
    texts = dict(fixture.texts)
    before = analyzed(fixture, texts)
    for turn in (1, 2):
        assert analyzed(fixture, scattered(texts, turn)) == before


def test_there_is_much_to_compare() -> None:
    assert sum(bool(analyzed(each, dict(each.texts))) for each in IN_TERRAFORM[::10]) > len(IN_TERRAFORM) / 20
