"""Which files are plans of Terraform."""

from __future__ import annotations

from pathlib import Path

import pytest

from haanalyzer.source.discovery import Discovery, discover
from haanalyzer.source.files import Files

PLAN = '{"format_version": "1.2", "terraform_version": "1.9.0", "planned_values": {"values": {}}}'
STATE = '{"format_version": "1.0", "terraform_version": "1.9.0", "values": {}}'
SORTED = '{"configuration": {"x": "%s"}, "format_version": "1.2", "planned_values": {}, "terraform_version": "1.9.0"}'


def found(base: Path, texts: dict[str, str], *paths: str) -> Discovery:
    for name, text in texts.items():
        (base / name).parent.mkdir(parents=True, exist_ok=True)
        (base / name).write_text(text)
    return discover(paths or ["."], Files(base))


def test_a_plan_that_is_met(tmp_path: Path) -> None:
    discovery = found(tmp_path, {"live/plan.json": PLAN, "live/main.tf": "", "live/other.json": "{}"})
    assert discovery.plans == ("live/plan.json",)
    assert discovery.roots == ("live",)
    assert not discovery.diagnostics


@pytest.mark.parametrize("text", [PLAN, STATE, SORTED % "y", SORTED % ("y" * 100_000)])
def test_a_plan_or_state_that_is_named(tmp_path: Path, text: str) -> None:
    discovery = found(tmp_path, {"any.json": text}, "any.json")
    assert discovery.plans == ("any.json",)
    assert not discovery.diagnostics


def test_a_state_that_is_met_is_left_for_the_configuration(tmp_path: Path) -> None:
    discovery = found(tmp_path, {"state.json": STATE})
    assert discovery.plans == ()
    assert [each.code for each in discovery.diagnostics] == ["terraform-state"]
    assert not any(each.is_error for each in discovery.diagnostics)


def test_what_is_no_plan(tmp_path: Path) -> None:
    discovery = found(tmp_path, {"any.json": '{"format_version": "1.2"}'}, "any.json")
    assert discovery.plans == ()
    assert [each.code for each in discovery.diagnostics] == ["not-a-template"]


def test_a_plan_goes_with_its_folder(tmp_path: Path) -> None:
    discovery = found(tmp_path, {"live/plan.json": PLAN, "live/main.tf": "", "other/plan.json": PLAN})
    assert discovery.only({"live"}).plans == ("live/plan.json",)
    assert discovery.only({"other/plan.json"}).plans == ("other/plan.json",)
