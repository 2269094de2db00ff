"""The page about Terraform is executed, and lists the models that there are."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from haanalyzer.catalog.module_models import models
from tests.pages import execute, page

PAGE = page("terraform.md")


def test_the_page_is_true(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    execute(PAGE, tmp_path, monkeypatch, capsys)


def test_every_model_has_its_row() -> None:
    rows = dict(re.findall(r"^\| `([\w./-]+)` \| `([^|]+)` \|$", PAGE, re.MULTILINE))
    releases = {
        module: f"{rows[-1].versions.split(', ')[0]}, {rows[0].versions.split(', ')[-1]}"
        for module, rows in models().items()
        if "//" not in module
    }
    assert rows == releases
