"""Ways out and endpoints: what a profile's parameters leave out, and what counts as a workload."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from haanalyzer.analysis.routes.workloads import STANDING
from haanalyzer.catalog.kinds import AttributeWords, kinds
from haanalyzer.engine import analyze
from haanalyzer.frontends.deployment import Inputs
from haanalyzer.policy import load_profile
from tests.fixtures import TESTDATA


@pytest.mark.parametrize("ending", ["yaml", "tf"])
@pytest.mark.parametrize(
    ("code", "situation", "by_default", "in_production"),
    [
        ("HA104", "zone-crossing-nat/bad", ["fail", "pass"], ["fail", "pass"]),
        ("HA104", "zone-crossing-nat/fewer-gateways-than-zones", ["pass", "pass"], ["fail", "pass", "pass"]),
        ("HA104", "zone-crossing-nat/local-zone", ["pass"], ["pass"]),
        ("HA105", "single-way-out/bad", ["fail"], ["fail"]),
        ("HA105", "single-way-out/network-alone", [], ["fail"]),
        ("HA105", "single-way-out/workload-in-one-zone", [], ["fail"]),
        ("HA105", "single-way-out/workload-elsewhere", ["undecided"], ["fail"]),
        ("HA106", "uncovered-endpoint-zone/bad", ["fail"], ["fail"]),
        ("HA106", "uncovered-endpoint-zone/network-alone", [], ["fail"]),
        ("HA206", "uncovered-endpoint-routes/bad", ["fail"], ["fail"]),
        ("HA206", "uncovered-endpoint-routes/network-alone", ["pass"], ["fail"]),
        ("HA206", "uncovered-endpoint-routes/isolated-function", ["fail"], ["fail"]),
    ],
)
def test_what_a_network_alone_does_not_show_is_no_flaw_by_default(
    code: str, situation: str, by_default: list[str], in_production: list[str], ending: str, tmp_path: Path
) -> None:
    fixture = TESTDATA / "rules" / f"{situation}.{ending}"
    (tmp_path / fixture.name).write_text(fixture.read_text("utf-8"), "utf-8")
    assert outcomes(tmp_path, code, "default") == by_default
    assert outcomes(tmp_path, code, "production") == in_production


def outcomes(folder: Path, code: str, name: str) -> list[str]:
    profile = load_profile(name)
    chosen = replace(profile, rules=tuple(rule for rule in profile.rules if rule.info.code == code))
    return sorted(one.verdict.outcome for one in analyze(["."], folder, Inputs(), chosen).judgements)


@pytest.mark.parametrize(("kind", "relation"), STANDING)
def test_a_workload_names_its_subnets_in_the_vocabularys_words(kind: str, relation: str) -> None:
    name, _, inner = relation.partition(".")
    words: AttributeWords = kinds()[kind].attributes[name]
    assert "subnet" in ((words.each or {})[inner] if inner else words).refers


@pytest.mark.parametrize(("situation", "severity"), [("bad", "warning"), ("third-zone", "note")])
def test_an_endpoint_in_two_zones_survives_the_loss_of_one(situation: str, severity: str, tmp_path: Path) -> None:
    fixture = TESTDATA / "rules" / "uncovered-endpoint-zone" / f"{situation}.yaml"
    (tmp_path / fixture.name).write_text(fixture.read_text("utf-8"), "utf-8")
    (finding,) = (
        one for one in analyze(["."], tmp_path, Inputs(), load_profile("all")).findings() if one.rule.code == "HA106"
    )
    assert finding.severity.value == severity
