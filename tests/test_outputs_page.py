"""The page about outputs: its formats, files and commands are those that there are."""

from __future__ import annotations

import re
import shlex

import pytest
import yaml

from haanalyzer.cli.arguments import argument_parser
from haanalyzer.cli.reporting import outputs_of
from haanalyzer.report import FORMATS
from tests.fixtures import TESTDATA

PAGE = (TESTDATA.parent / "docs" / "outputs.md").read_text("utf-8")
BLOCKS = re.findall(r"```(\w+)\n(.*?)```", PAGE, re.DOTALL)
COMMANDS = re.findall(r"\bhaanalyzer (check [^\n'>]*)", "".join(text for _, text in BLOCKS))
FILES = [yaml.safe_load(text) for language, text in BLOCKS if language == "yaml"]


def test_every_format_has_its_row() -> None:
    assert re.findall(r"^\| `([\w-]+)` \|", PAGE, re.MULTILINE) == list(FORMATS)


@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_is_one_that_there_is(command: str) -> None:
    assert outputs_of(argument_parser().parse_args(shlex.split(command)))


def test_the_files_name_what_there_is() -> None:
    gitlab, pre_commit = FILES
    written = re.findall(r"--output \w+:(\S+)", gitlab["haanalyzer"]["script"][1])
    assert set(gitlab["haanalyzer"]["artifacts"]["reports"].values()) == set(written)
    hooks = {each["id"] for each in yaml.safe_load((TESTDATA.parent / ".pre-commit-hooks.yaml").read_text("utf-8"))}
    (repository,) = pre_commit["repos"]
    for hook in repository["hooks"]:
        assert hook["id"] in hooks
        argument_parser().parse_args(["check", "--only-changed", *hook["args"], "main.tf"])
