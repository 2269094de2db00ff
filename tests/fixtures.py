"""The fixtures of the built-in rules: ``testdata/rules/<slug>/``, as `haanalyzer.fixtures` describes them."""

from __future__ import annotations

from pathlib import Path

from haanalyzer.fixtures import Fixture, fixtures_in

__all__ = ["TESTDATA", "Fixture", "fixtures"]

TESTDATA = Path(__file__).parents[1] / "testdata"


def fixtures() -> list[Fixture]:
    return [fixture for folder in sorted((TESTDATA / "rules").iterdir()) for fixture in fixtures_in(folder)]
