"""The page about configuration is executed: its examples are read, its commands parsed, its errors brought about."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from haanalyzer.cli import main
from haanalyzer.cli.arguments import argument_parser
from haanalyzer.frontends.cloudformation.parameters.files import read_stack_file
from haanalyzer.frontends.cloudformation.parameters.stack_file import StackFile
from haanalyzer.policy import profile_names, read_configuration, settings_for
from haanalyzer.policy.declared.reader import schema
from haanalyzer.source.document import Document
from tests.fixtures import TESTDATA

DOCS = TESTDATA.parent / "docs"
PAGE = (DOCS / "configuration.md").read_text("utf-8")
RULESET = re.findall(r"```yaml\n(.*?)```", (DOCS / "rulesets.md").read_text("utf-8"), re.DOTALL)[0]
PROPERTIES = schema()["$defs"]["configuration"]["properties"]


def blocks(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", PAGE, re.DOTALL)


def rows() -> dict[str, str]:
    """The flag of each setting in the table."""
    return dict(re.findall(r"^\| `(\w+)` \| (?:`(--[\w-]+)`)? ?\|", PAGE, re.MULTILINE))


def test_both_examples_are_one_configuration(tmp_path: Path) -> None:
    (in_yaml, _), (in_toml,) = blocks("yaml"), blocks("toml")
    (tmp_path / "acme.yaml").write_text(RULESET)
    (tmp_path / "haanalyzer.yaml").write_text(in_yaml)
    (tmp_path / "pyproject.toml").write_text(in_toml)
    assert read_configuration(tmp_path / "haanalyzer.yaml") == read_configuration(tmp_path / "pyproject.toml")
    held_to = settings_for(tmp_path).standards
    assert held_to.tag == "Environment"
    assert not [code for code in held_to.severities if code.startswith("HA7") or code in ("HA419", "HA301")]
    parameters = {rule.info.code: rule.parameters for rule in held_to.profile.rules}
    assert parameters["ACME001"] == {"fewest_days": 30}


def test_every_setting_is_in_the_table_and_in_the_example() -> None:
    assert rows().keys() == PROPERTIES.keys()
    example, _ = blocks("yaml")
    assert [key for key in PROPERTIES if not re.search(rf"^{key}:", example, re.MULTILINE)] == ["select"]


def test_the_stacks_of_the_example_are_read(tmp_path: Path) -> None:
    (tmp_path / "haanalyzer.yaml").write_text(blocks("yaml")[1])
    stacks = settings_for(tmp_path).stacks(tmp_path).named
    assert [each.made for each in stacks] == ["template", "template", "samconfig", "deployment_file", "root"]
    assert [each.name for each in stacks] == ["network-production", "network-development", "", "", "live"]


def test_every_word_of_a_stack_is_in_the_section() -> None:
    section = PAGE.partition("## Stacks")[2].partition("## In editors")[0]
    assert [word for word in schema()["$defs"]["stack"]["properties"] if f"`{word}`" not in section] == []


def test_every_format_of_parameters_is_read() -> None:
    rows = re.findall(r"^\| (`.*`) .*\| .* \|$", PAGE.partition("### Files of AWS's own")[2], re.MULTILINE)
    formats = [each for row in rows[:3] for each in re.findall(r"`([^`]*)`", row)]
    assert len(formats) == 4
    for text in formats:
        found = read_stack_file(Document("parameters.json", text))
        assert isinstance(found, StackFile)
        assert {name: str(value) for name, value in found.parameters.items()} == {"Environment": "prod"}


def test_every_word_of_a_setting_is_on_the_page() -> None:
    words = {word for key in ("min_level", "fail_on") for word in PROPERTIES[key]["enum"]}
    words |= {*PROPERTIES["show"]["items"]["enum"], *profile_names()}
    words |= {*schema()["$defs"]["adjustment"]["properties"]["severity"]["enum"]}
    assert [word for word in sorted(words) if f"`{word}`" not in PAGE] == []


def test_every_flag_is_one_of_check(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["check", "--help"])
    known = set(re.findall(r"--[\w-]+", capsys.readouterr().out)) | {"--help"}
    assert set(re.findall(r"(?<![\w-])--[a-z][\w-]+", PAGE)) <= known


@pytest.mark.parametrize("command", [line for block in blocks("sh") for line in block.splitlines()])
def test_every_command_is_one(command: str) -> None:
    program, *arguments = shlex.split(command.partition(" > ")[0])
    assert program == "haanalyzer"
    assert callable(argument_parser().parse_args(arguments).run)


def test_the_error_is_said_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (message,) = blocks("text")
    (tmp_path / "haanalyzer.yaml").write_text("profile: default\nfail_on: error\nmin_levle: note\n")
    monkeypatch.chdir(tmp_path)
    assert main(["check"]) == 2
    assert message.partition("…")[0] in capsys.readouterr().err
