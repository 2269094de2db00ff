"""Both logs held to Microsoft's multitool: its rules, its fingerprints, its matching of results.

Runs where HAANALYZER_SARIF_TOOLS names a folder in which
``npm install --no-save @microsoft/sarif-multitool-linux`` was run.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from haanalyzer.baseline import against, record
from haanalyzer.engine import analyze
from haanalyzer.frontends.deployment import Inputs
from haanalyzer.policy import Overrides, settings_for
from haanalyzer.report import FORMATS, RenderOptions, Revision
from haanalyzer.results import Report
from tests.fixtures import TESTDATA

TOOLS = os.environ.get("HAANALYZER_SARIF_TOOLS")
pytestmark = pytest.mark.skipif(not TOOLS, reason="HAANALYZER_SARIF_TOOLS names no folder")

PROGRAM = Path(TOOLS or "") / "node_modules/@microsoft/sarif-multitool-linux/Sarif.Multitool"
OPTIONS = RenderOptions(category="all", revision=Revision("https://example.com/infra", "0" * 40, "main"))
REAL = sorted((TESTDATA / "real").iterdir())
BAD = sorted((TESTDATA / "rules").glob("*/bad.*"))
Log = dict[str, Any]


def multitool(*arguments: str | Path) -> None:
    PROGRAM.chmod(0o755)  # npm does not run the package's own script that does
    environment = {**os.environ, "DOTNET_SYSTEM_GLOBALIZATION_INVARIANT": "1"}
    done = subprocess.run([PROGRAM, *arguments], env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout


def read(path: Path) -> Log:
    log: Log = json.loads(path.read_text("utf-8-sig"))
    return log


def report_on(base: Path) -> Report:
    standards = settings_for(base, Overrides(profile="all"), use_config=False).standards
    return analyze(["."], base, Inputs(), standards)


def logs(report: Report, folder: Path) -> Iterable[Path]:
    """The files of both logs."""
    for format_ in ("sarif", "sarif-github"):
        path = folder / f"{format_}.sarif"
        path.write_text(FORMATS[format_](report, OPTIONS), "utf-8")
        yield path


def objections(log: Path) -> list[tuple[str, Any]]:
    """What the multitool has against a log; its exit code does not tell."""
    out = log.with_suffix(".validated")
    rules = Path(__file__).with_name("multitool.xml")
    choice = ("--rule-kind", "Sarif;Ghas", "--config", rules, "--level", "Error;Warning;Note")
    multitool("validate", log, *choice, "--log", "ForceOverwrite", "--output", out)
    (run,) = read(out)["runs"]
    assert run["invocations"][0]["executionSuccessful"]
    failed = (each for each in run.get("results", []) if each.get("kind", "fail") == "fail")
    return [(each["ruleId"], each["message"].get("arguments")) for each in failed]


@pytest.mark.parametrize("project", REAL, ids=lambda path: path.name)
def test_a_real_project_gives_no_objection(project: Path, tmp_path: Path) -> None:
    for log in logs(report_on(project), tmp_path):
        assert objections(log) == []


@pytest.mark.parametrize("first", range(0, len(BAD), 20), ids=lambda first: BAD[first].parent.name)
def test_bad_fixtures_give_no_objection(first: int, tmp_path: Path) -> None:
    for path in BAD[first : first + 20]:
        target = tmp_path / "all" / path.parent.name / path.suffix[1:] / path.name
        target.parent.mkdir(parents=True)
        shutil.copy(path, target)
    report = report_on(tmp_path / "all")
    assert len(report.findings()) >= 20
    for log in logs(report, tmp_path):
        assert objections(log) == []


@pytest.mark.parametrize("project", REAL, ids=lambda path: path.name)
def test_the_line_hash_is_the_one_it_computes(project: Path, tmp_path: Path) -> None:
    for path in logs(report_on(project), tmp_path):
        log = read(path)
        (run,) = log["runs"]
        ours = [each["partialFingerprints"].pop("primaryLocationLineHash") for each in run["results"]]
        run["originalUriBaseIds"]["%SRCROOT%"] = {"uri": f"{project.as_uri()}/"}
        path.write_text(json.dumps(log), "utf-8")
        out = path.with_suffix(".rewritten")
        insert = ("--insert", "RollingHashPartialFingerprints")
        multitool("rewrite", path, "--output", out, "--log", "ForceOverwrite", *insert)
        theirs = [each["partialFingerprints"]["primaryLocationLineHash"] for each in read(out)["runs"][0]["results"]]
        assert ours == theirs


def lines_above(text: str) -> str:
    return "# A line above.\n" * 7 + text


def another_name(text: str) -> str:
    return text.replace("LoadBalancer", "FrontDoor")


def an_earlier_zone(text: str) -> str:
    return text.replace("!Select [0, !GetAZs", "!Select [1, !GetAZs", 1)


def one_resource_less(text: str) -> str:
    start = text.index("  LoadBalancer:\n")
    return text[:start] + text[text.index("\n\n", start) + 2 :]


@pytest.mark.parametrize("edit", [lines_above, another_name, an_earlier_zone, one_resource_less])
def test_what_is_new_and_gone_is_what_it_matches(edit: Callable[[str], str], tmp_path: Path) -> None:
    project = tmp_path / "project"
    shutil.copytree(TESTDATA / "real" / "web-shop", project)
    before = failures_on(project)
    template = project / "network.yaml"
    template.write_text(edit(template.read_text("utf-8")), "utf-8")
    after = failures_on(project)
    old, new, out = (tmp_path / name for name in ("old.sarif", "new.sarif", "matched.sarif"))
    for path, report in ((old, before), (new, after)):
        path.write_text(FORMATS["sarif"](report, OPTIONS), "utf-8")
    multitool("match-results-forward", new, "-r", old, "-o", out, "--log", "ForceOverwrite")
    compared = against(after, record(before))
    ours = next(iter(logs(compared, tmp_path)))
    assert objections(ours) == []
    assert states(read(ours)) == states(read(out))


def failures_on(base: Path) -> Report:
    """What a baseline compares: that a check fails which passed before is new, and to the multitool the same result."""
    report = report_on(base)
    return replace(report, judgements=tuple(one for one in report.judgements if one.verdict.outcome == "fail"))


def states(log: Log) -> list[tuple[str, str]]:
    """Each failure with its state; that a result stands elsewhere (``updated``) is no difference."""
    return sorted(
        (each["partialFingerprints"]["haFinding/v1"], each["baselineState"].replace("updated", "unchanged"))
        for each in log["runs"][0]["results"]
    )
