"""The page about living with findings is executed: each file is written, each command run, each output compared."""

from __future__ import annotations

import datetime
import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from haanalyzer.cli import editing, main
from haanalyzer.policy import suppressions
from tests.fixtures import TESTDATA

PAGE = (TESTDATA.parent / "docs" / "living-with-it.md").read_text("utf-8")
_BLOCK = re.compile(r"(?:<!-- (?P<word>\w+): (?P<name>\S+) -->\n)?```(?P<language>\w+)\n(?P<text>.*?)```", re.DOTALL)
_TODAY = "2027-01-15"


class Block(NamedTuple):
    """A block of the page: what is said of it, and its text."""

    word: str | None
    name: str
    language: str
    text: str


def blocks() -> Iterator[Block]:
    for match in _BLOCK.finditer(PAGE):
        yield Block(match["word"], match["name"] or "", match["language"], match["text"])


def set_today(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    class Day(datetime.date):
        @classmethod
        def today(cls) -> Day:
            return cls.fromisoformat(text)

    for module in (suppressions, editing):
        monkeypatch.setattr(module, "date", Day)


def test_the_page_is_true(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / ".git").mkdir()
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "100")
    commands = 0
    for block in blocks():
        if block.language == "console":
            set_today(monkeypatch, block.name if block.word == "today" else _TODAY)
            prompt, _, expected = block.text.partition("\n")
            main(shlex.split(prompt.removeprefix("$ haanalyzer ")))
            out, err = capsys.readouterr()
            assert err + out == expected, prompt
            commands += 1
        elif block.word == "file":
            Path(block.name).parent.mkdir(exist_ok=True)
            Path(block.name).write_text(block.text)
        else:
            assert block.word == "is"
            assert Path(block.name).read_text() == block.text
    assert commands == PAGE.count("$ haanalyzer")
