"""Stacks of one run that import from each other: a NAT gateway for each zone, each a stack of its own."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from haanalyzer.engine import Workspace, analyze
from haanalyzer.frontends.deployment import Inputs
from haanalyzer.policy import load_profile, settings_for
from haanalyzer.policy.stacks import Stacks
from haanalyzer.report import FORMATS, RenderOptions
from haanalyzer.results import Report
from tests.test_law import assert_unsettled_only

PROJECT = Path(__file__).parent.parent / "testdata" / "real" / "nat-per-zone"
NAT_B = """\
  - name: nat-b
    template: nat.yaml
    parameters: {NetworkStack: network, Zone: B}
"""
ABOUT_NAT = ("HA104", "HA105")
PRODUCTION = load_profile("production")


@pytest.fixture
def project(tmp_path: Path) -> Path:
    folder = tmp_path / "project"
    shutil.copytree(PROJECT, folder)
    return folder


def report_on(project: Path) -> Report:
    """What the production profile says of what the project's configuration deploys, or of its templates without one."""
    return analyze(["."], project, Inputs(), PRODUCTION, stacks=stacks_of(project))


def stacks_of(project: Path) -> Stacks | None:
    return settings_for(project).stacks(project)


def outcomes(report: Report, *codes: str) -> dict[tuple[str, str, str], str]:
    """Outcomes by rule, stack and subject, with the part."""
    return {
        (one.rule.code, one.stack or one.deployment, " ".join(filter(None, one.verdict.key))): one.verdict.outcome
        for one in report.judgements
        if one.rule.code in codes
    }


def change(file: Path, old: str, new: str) -> None:
    text = file.read_text()
    assert old in text
    file.write_text(text.replace(old, new))


def test_a_gateway_for_each_zone_passes(project: Path) -> None:
    assert outcomes(report_on(project), *ABOUT_NAT) == {
        ("HA104", "network", "SubnetAPrivate"): "pass",
        ("HA104", "network", "SubnetBPrivate"): "pass",
        ("HA105", "nat-a", "Gateway"): "pass",
        ("HA105", "nat-b", "Gateway"): "pass",
    }


def test_one_gateway_that_serves_both_zones_fails(project: Path) -> None:
    change(project / "haanalyzer.yaml", NAT_B, "")
    change(project / "haanalyzer.yaml", "Zone: A}", "Zone: A, AlsoServes: B}")
    report = report_on(project)
    (found,) = (one for one in report.findings() if one.rule.code in ABOUT_NAT)
    assert found.identity[:3] == ("HA105", found.identity.deployment, "Gateway")
    assert "first and second zones" in found.verdict.message
    assert {step.place.path for step in found.verdict.evidence} == {"nat.yaml", "network.yaml", "service.yaml"}
    for name, render in FORMATS.items():
        assert "HA105" in render(report, RenderOptions()), name


def test_without_the_file_it_is_undecided(project: Path) -> None:
    (project / "haanalyzer.yaml").unlink()
    assert outcomes(report_on(project), *ABOUT_NAT) == {
        ("HA104", "network.yaml", "SubnetAPrivate"): "undecided",
        ("HA104", "network.yaml", "SubnetBPrivate"): "undecided",
        ("HA105", "nat.yaml", "Gateway"): "undecided",
    }


def test_a_zone_without_any_gateway_is_no_matter_of_nat_but_of_a_tier_in_one_zone(project: Path) -> None:
    """Nothing in the second zone ever gets out, lost or not: the gateway is the way out of one zone only."""
    change(project / "haanalyzer.yaml", NAT_B, "")
    report = report_on(project)
    assert outcomes(report, *ABOUT_NAT) == {
        ("HA104", "network", "SubnetAPrivate"): "pass",
        ("HA105", "nat-a", "Gateway"): "pass",
    }
    assert outcomes(report, "HA101") == {
        ("HA101", "network", "Vpc public"): "pass",
        ("HA101", "network", "Vpc private"): "fail",
        ("HA101", "network", "Vpc isolated"): "fail",
    }


def test_a_network_alone_is_as_closed_as_ever(project: Path) -> None:
    (project / "haanalyzer.yaml").unlink()
    (project / "nat.yaml").unlink()
    assert outcomes(report_on(project), *ABOUT_NAT) == {}
    assert outcomes(report_on(project), "HA101")["HA101", "network.yaml", "Vpc isolated"] == "pass"


def test_a_look_again_is_as_a_first_one(project: Path) -> None:
    workspace = Workspace(project, Inputs(), stacks=stacks_of(project))
    edits = [
        ("network.yaml", "!Select [1, !GetAZs", "!Select [0, !GetAZs"),
        ("network.yaml", '-TableBPrivate"}', '-TableOfB"}'),
        ("network.yaml", '-TableOfB"}', '-TableBPrivate"}'),
        ("nat.yaml", "${NetworkStack}-Table", "elsewhere-Table"),
        ("nat.yaml", "elsewhere-Table", "${NetworkStack}-Table"),
        ("service.yaml", "-SubnetsPrivate", "-SubnetsOfOthers"),
    ]
    workspace.analyze(PRODUCTION, {})
    seen = set()
    for name, old, new in edits:
        change(project / name, old, new)
        again = FORMATS["json"](workspace.analyze(PRODUCTION, {}), RenderOptions())
        assert again == FORMATS["json"](report_on(project), RenderOptions()), (name, new)
        seen.add(again)
    assert len(seen) == 4  # two of the edits take one back


def test_only_those_that_trade_with_a_stack_are_read_again(project: Path) -> None:
    (project / "apart.yaml").write_text("Resources: {Queue: {Type: 'AWS::SQS::Queue'}}\n")
    workspace = Workspace(project, Inputs(), stacks=stacks_of(project))
    workspace.analyze(PRODUCTION, {})
    before = {name: workspace.graphs_of(name) for name in ("apart.yaml", "network.yaml", "nat.yaml")}
    change(project / "service.yaml", 'MaxSize: "4"', 'MaxSize: "6"')
    workspace.analyze(PRODUCTION, {})
    assert workspace.graphs_of("apart.yaml") == before["apart.yaml"]
    assert workspace.graphs_of("network.yaml") != before["network.yaml"]
    assert workspace.graphs_of("nat.yaml") != before["nat.yaml"]


@pytest.mark.parametrize("changed", ["", "Zone: A}", "one for both", "only one"])
@pytest.mark.parametrize("unknown", ["NetworkStack: network, ", "Zone: A(, )?", "Zone: B", "everything"])
def test_knowing_less_of_what_is_passed_decides_nothing(project: Path, changed: str, unknown: str) -> None:
    """The law: what is not known may leave a verdict undecided, and never turns pass and failure into each other."""
    file = project / "haanalyzer.yaml"
    if changed == "one for both":
        change(file, "Zone: A}", "Zone: A, AlsoServes: B}")
    elif changed == "Zone: A}":
        change(file, "Zone: B}", "Zone: A}")
    if changed in ("one for both", "only one"):
        file.write_text(re.sub(r"  - name: nat-b\n.*\n.*\n", "", file.read_text()))
    known = by_template(report_on(project))
    if unknown == "everything":
        file.unlink()
    else:
        file.write_text(re.sub(unknown, "", file.read_text()))
    assert_unsettled_only(known, by_template(report_on(project)), unknown)


def by_template(report: Report) -> dict[tuple[str, str], set[str]]:
    """The outcomes of each check of each template, whatever stack it is asked of."""
    found: dict[tuple[str, str], set[str]] = {}
    for one in report.judgements:
        found.setdefault((one.rule.code, f"{one.deployment} {one.verdict.subject}"), set()).add(one.verdict.outcome)
    return found


def test_the_order_of_stacks_says_nothing(project: Path) -> None:
    before = by_template(report_on(project))
    file = project / "haanalyzer.yaml"
    head, *stacks = re.split(r"(?m)^(?=  - name)", file.read_text())
    file.write_text(head + "".join(reversed(stacks)))
    assert by_template(report_on(project)) == before
