"""Generated documentation is up to date, and nothing is left over of rules that are gone."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.documentation import ROOT, pages

PAGES = pages()


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_page_is_what_the_rules_and_fixtures_say(path: Path) -> None:
    assert path.read_text("utf-8") == PAGES[path], "run: python -m tests.documentation"


def test_no_page_without_a_rule() -> None:
    assert set((ROOT / "docs" / "rules").iterdir()) <= PAGES.keys()
