"""The page about CloudFormation is executed."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.pages import execute, page


def test_the_page_is_true(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    execute(page("cloudformation.md"), tmp_path, monkeypatch, capsys)
