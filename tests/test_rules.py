"""Every rule finds what its fixtures announce, on the line they announce it, and nothing else."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from haanalyzer.policy import rules
from tests.fixtures import TESTDATA, Fixture, fixtures

ALL = fixtures()


@pytest.mark.parametrize("fixture", ALL, ids=lambda fixture: fixture.name)
def test_what_is_announced_is_found_and_nothing_else(fixture: Fixture) -> None:
    assert fixture.surprises() == []


@pytest.mark.parametrize("name", ["nowhere.tf", "nowhere.yaml"])
def test_what_was_not_evaluated_does_not_pass(name: str, tmp_path: Path) -> None:
    fixture = Fixture(TESTDATA / "rules" / "single-zone-load-balancer" / name)
    assert fixture.analyze_in(tmp_path / "project").passes()["HA102"] == 0


@pytest.mark.parametrize("slug", [rule.info.slug for rule in rules()])
def test_each_rule_has_the_three_outcomes_in_both_dialects(slug: str) -> None:
    mine = [fixture for fixture in ALL if fixture.slug == slug]
    for ending in (".yaml", ".tf"):
        of_dialect = {each.situation: each for each in mine if each.path.suffix == ending}
        assert {"bad", "good", "undecided"} <= of_dialect.keys()
        assert of_dialect["bad"].expected()
        assert not of_dialect["good"].expected()
        assert not of_dialect["good"].expected_undecided()
        assert of_dialect["undecided"].expected_undecided()
        assert not of_dialect["undecided"].expected()


def test_every_folder_of_fixtures_belongs_to_a_rule() -> None:
    assert {path.name for path in (TESTDATA / "rules").iterdir()} == {rule.info.slug for rule in rules()}


@pytest.mark.parametrize("slug", [rule.info.slug for rule in rules()])
def test_both_dialects_tell_the_same_story(slug: str) -> None:
    """Pairs named alike find equally much; a story that only one dialect can tell has ``-only`` in its name."""
    by_situation: dict[str, dict[str, Fixture]] = {}
    for fixture in ALL:
        if fixture.slug == slug and fixture.path.is_file() and "-only" not in fixture.path.name:
            by_situation.setdefault(fixture.situation, {})[fixture.path.suffix] = fixture
    for situation, pair in by_situation.items():
        assert pair.keys() == {".yaml", ".tf"}, situation
        counts = [Counter(each[2] for each in fixture.expected()) for fixture in pair.values()]
        assert counts[0] == counts[1], situation
        assert pair[".yaml"].expected_undecided() == pair[".tf"].expected_undecided(), situation
