"""The page about cfn-lint is executed: its template gives its output, its configurations are ones."""

from __future__ import annotations

import json
import re
from pathlib import Path

import yaml

from haanalyzer.cfnlint.registration import rule_classes
from tests.cfnlint.conftest import Lint, ids
from tests.fixtures import TESTDATA

PAGE = (TESTDATA.parent / "docs" / "cfn-lint.md").read_text("utf-8")
TEMPLATE, CONFIGURATION, HOOKS = re.findall(r"```yaml\n(.*?)```", PAGE, re.DOTALL)
(OUTPUT,) = re.findall(r"```text\n(.*?)```", PAGE, re.DOTALL)
(SETTINGS,) = re.findall(r"```json\n(.*?)```", PAGE, re.DOTALL)
MODULE = "haanalyzer.cfnlint"


def test_the_template_gives_the_output(lint: Lint) -> None:
    (match,) = lint(TEMPLATE)
    places = (match.linenumber, match.columnnumber, match.linenumberend, match.columnnumberend)
    assert ":".join(map(str, (match.filename, *places, match.rule.id, match.message))) == OUTPUT.strip()


def test_the_configuration_is_taken(lint: Lint) -> None:
    assert yaml.safe_load(CONFIGURATION)["append_rules"] == [MODULE]
    Path(".cfnlintrc").write_text(CONFIGURATION)
    found = ids(lint(TEMPLATE))
    assert {"W9408", "W9401", "I9000"} <= set(found)
    assert "E9000" not in found


def test_what_is_said_of_options_holds(lint: Lint) -> None:
    for option in re.findall(r"`(-[cixm] \S+)`", PAGE):
        assert "E9000" not in ids(lint(TEMPLATE, *option.split())), option
    assert ids(lint(TEMPLATE, "-i", "W9408")) == []


def test_the_other_programs_are_told_of_the_module() -> None:
    (hook,) = yaml.safe_load(HOOKS)["repos"][0]["hooks"]
    assert (hook["args"], hook["additional_dependencies"]) == (["-a", MODULE], ["haanalyzer"])
    assert json.loads(SETTINGS)["cfnLint.appendRules"] == [MODULE]


def test_every_id_on_the_page_is_one() -> None:
    known = rule_classes()
    named = set(re.findall(r"\b[EWI]9\d{3}\b", PAGE))
    assert named
    assert named <= known.keys()
