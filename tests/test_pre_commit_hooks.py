"""The hooks that pre-commit installs."""

from __future__ import annotations

import re

import pytest
import yaml

from haanalyzer.cli.arguments import argument_parser
from haanalyzer.source.configuration_files import ENDINGS
from haanalyzer.source.recognition import TEMPLATE_ENDINGS
from tests.fixtures import TESTDATA

HOOKS = {each["id"]: each for each in yaml.safe_load((TESTDATA.parent / ".pre-commit-hooks.yaml").read_text("utf-8"))}


@pytest.mark.parametrize("hook", HOOKS.values(), ids=HOOKS)
def test_a_hook_is_told_of_all_files_that_declare_something(hook: dict[str, str]) -> None:
    for ending in (*TEMPLATE_ENDINGS, *ENDINGS, ".tfvars", ".TEMPLATE"):
        assert re.search(hook["files"], f"stacks/network{ending}")
    assert not re.search(hook["files"], "README.md")
    assert not {"types", "types_or"} & hook.keys()


@pytest.mark.parametrize("hook", HOOKS.values(), ids=HOOKS)
def test_a_hook_runs_a_command_that_there_is(hook: dict[str, str]) -> None:
    program, *arguments = hook["entry"].split()
    options = argument_parser().parse_args([*arguments, "--profile", "production", "main.tf"])
    assert program == "haanalyzer"
    assert (options.only_changed, options.paths) == (True, ["main.tf"])
    assert options.fix is (hook["id"] == "haanalyzer-fix")
