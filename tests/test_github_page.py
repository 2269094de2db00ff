"""The page about GitHub is held to the action, and its workflows to their linters."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from haanalyzer.cli.diff import REVISIONS

TOP = Path(__file__).parents[1]
PAGE = (TOP / "docs" / "github.md").read_text("utf-8")
ACTION = yaml.safe_load((TOP / "action.yml").read_text("utf-8"))
WORKFLOWS = re.findall(r"```yaml\n# \.github/workflows/(\S+)\n(.*?)```", PAGE, re.DOTALL)
OUR_RELEASES_HAVE_TAGS = "rules: {unpinned-uses: {config: {policies: {'haanalyzer/*': ref-pin, '*': hash-pin}}}}\n"


def test_every_input_is_on_the_page_with_its_default() -> None:
    rows = dict(re.findall(r"^\| `([\w-]+)` \| (?:`([^`]*)`)? ?\| ", PAGE, re.MULTILINE))
    assert {name: rows.get(name) for name in ACTION["inputs"]} == {
        name: each["default"] for name, each in ACTION["inputs"].items()
    }


def test_every_output_is_on_the_page() -> None:
    assert [name for name in ACTION["outputs"] if f"\n| `{name}` | " not in PAGE] == []


def test_the_page_has_the_words_of_the_command() -> None:
    assert f"```text\n{REVISIONS}```" in PAGE


def test_the_workflows_give_inputs_that_there_are() -> None:
    given = [
        step["with"]
        for _, text in WORKFLOWS
        for job in yaml.safe_load(text)["jobs"].values()
        for step in job["steps"]
        if step["uses"].startswith("haanalyzer/")
    ]
    assert len(given) == len(WORKFLOWS) == 2
    assert all(inputs.keys() <= ACTION["inputs"].keys() for inputs in given)


@pytest.mark.parametrize(
    "command",
    [
        ["zizmor", "--no-online-audits", "--persona=pedantic", "--collect=all", "--quiet", "--config=zizmor.yml"],
        ["check-jsonschema", "--builtin-schema", "vendor.github-workflows"],
    ],
    ids=lambda command: command[0],
)
def test_linters_of_workflows_find_nothing(tmp_path: Path, command: list[str]) -> None:
    folder = os.pathsep.join((str(Path(sys.executable).parent), os.environ["PATH"]))
    program = shutil.which(command[0], path=folder)
    if program is None:
        pytest.skip(f"{command[0]} is not installed")
    (tmp_path / "zizmor.yml").write_text(OUR_RELEASES_HAVE_TAGS, "utf-8")
    for name, text in WORKFLOWS:
        (tmp_path / name).write_text(text, "utf-8")
    names = [name for name, _ in WORKFLOWS]
    done = subprocess.run([program, *command[1:], *names], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
