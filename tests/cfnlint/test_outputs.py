"""cfn-lint's own command and formats, in a process as users start it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest
from cfnlint.config import ConfigMixIn
from cfnlint.match import Match

from tests.cfnlint.conftest import DATABASE, Lint, OurRunner

MAIN = "from cfnlint.runner import main; main()"
PAGE = "https://github.com/haanalyzer/haanalyzer/blob/main/docs/rules/data-deleted-with-stack.md"
OF_NO_TYPE = "  Toy: {Type: AWS::RDS::Toy}\n"
"""E3006 of cfn-lint's own."""
MESSAGE = "HA408 data-deleted-with-stack: Orders leaves nothing behind when it is deleted: no final snapshot is made"


def test_the_command_finds_our_rules_besides_its_own(tmp_path: Path) -> None:
    (tmp_path / "template.yaml").write_text(DATABASE + OF_NO_TYPE)
    (tmp_path / ".cfnlintrc").write_text("append_rules: [haanalyzer.cfnlint]\n")
    command = [
        sys.executable,
        "-c",
        "from cfnlint.runner import main; main()",
        "--format",
        "json",
        "--",
        "template.yaml",
    ]
    environment = {"PYTHONPATH": str(Path(__file__).parents[2]), "HOME": str(tmp_path)}
    run = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, timeout=120)
    assert (run.returncode & 4, run.stderr) == (4, "")
    found = json.loads(run.stdout)
    assert {one["Rule"]["Id"] for one in found} == {"W9408", "E3006"}
    ours = [one for one in found if one["Rule"]["Id"] == "W9408"]
    assert [one["Location"]["Start"] for one in ours] == [{"LineNumber": 4, "ColumnNumber": 5}]
    assert [one["Location"]["End"] for one in ours] == [{"LineNumber": 4, "ColumnNumber": 19}]
    assert [(one["Message"], one["Level"], one["Rule"]["Source"]) for one in ours] == [(MESSAGE, "Warning", PAGE)]


def written(format_: str) -> str:
    """What cfn-lint prints of template.yaml in a format."""
    runner = OurRunner(ConfigMixIn(["--format", format_, "--", "template.yaml"]))
    matches: list[Match] = list(runner.run())
    return str(runner.formatter.print_matches(matches, runner.rules, config=runner.config))


def test_sarif_has_our_texts_and_pages(lint: Lint) -> None:
    lint(DATABASE)
    (run,) = json.loads(written("sarif"))["runs"]
    (rule,) = run["tool"]["driver"]["rules"]
    assert (rule["id"], rule["helpUri"]) == ("W9408", PAGE)
    assert "is deleted with its stack" in rule["shortDescription"]["text"]
    assert "How to mend:" in rule["fullDescription"]["text"]
    (result,) = run["results"]
    assert (result["ruleId"], result["message"]["text"]) == ("W9408", MESSAGE)
    assert result["locations"][0]["physicalLocation"]["region"] == {
        "startLine": 4,
        "startColumn": 5,
        "endLine": 4,
        "endColumn": 19,
    }


def test_junit_passes_no_rule_that_did_not_run(lint: Lint) -> None:
    lint(DATABASE)
    cases = {case.get("name", "")[:5]: case for case in ElementTree.fromstring(written("junit")).iter("testcase")}
    assert cases["W9408"].find("failure") is not None
    assert cases["W9408"].get("url") == PAGE
    assert list(cases["W9102"]) == []
    for id_ in ("E9408", "W9401", "E9401", "I9401"):
        assert cases[id_].find("skipped") is not None, id_


@pytest.mark.parametrize("format_", ["parseable", "pretty"])
def test_a_match_is_one_line(lint: Lint, format_: str) -> None:
    lint(DATABASE)
    assert [line for line in written(format_).splitlines() if MESSAGE in line]
