"""The page about living with findings is executed, as if today were one day in January 2027."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from haanalyzer.cli import editing
from haanalyzer.policy import suppressions
from tests.pages import Block, execute, page

_TODAY = "2027-01-15"


def set_today(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    class Day(datetime.date):
        @classmethod
        def today(cls) -> Day:
            return cls.fromisoformat(text)

    for module in (suppressions, editing):
        monkeypatch.setattr(module, "date", Day)


def test_the_page_is_true(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    def before(block: Block) -> None:
        set_today(monkeypatch, block.name if block.word == "today" else _TODAY)

    execute(page("living-with-it.md"), tmp_path, monkeypatch, capsys, before)
