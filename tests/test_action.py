"""The GitHub action, run without GitHub: its scripts for real, on the layouts that projects have."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.composite import Composite, Run
from tests.repositories import MODULE, ROOT, TABLE, Repo, repo

__all__ = ["repo"]

TOP = Path(__file__).parents[1]
BAD_TEMPLATE = TOP / "testdata" / "rules" / "single-zone-tier" / "bad.yaml"

pytestmark = pytest.mark.skipif(shutil.which("bash") is None, reason="the action's scripts are for bash")

Act = Callable[..., Run]


@pytest.fixture
def act(repo: Repo, tmp_path_factory: pytest.TempPathFactory) -> Act:
    """Runs the action in the repository, as installed in this environment."""
    bin_folder = tmp_path_factory.mktemp("bin")
    for name, words in (("python", ""), ("haanalyzer", "-P -m haanalyzer ")):
        (bin_folder / name).write_text(f'#!/bin/sh\nPYTHONPATH="{TOP}" exec "{sys.executable}" {words}"$@"\n')
        (bin_folder / name).chmod(0o755)

    def act(event: str = "push", base: str = "", fails: frozenset[str] = frozenset(), **inputs: str) -> Run:
        pull_request = {"base": {"sha": base}} if base else {}
        github = {
            "event_name": event,
            "sha": repo.git("rev-parse", "HEAD"),
            "event": {"pull_request": pull_request},
        }
        scratch = tmp_path_factory.mktemp("temp")
        action = Composite(TOP, repo.folder, scratch, github)
        return action.run(
            {name.replace("_", "-"): value for name, value in inputs.items()},
            {"install": {"bin": str(bin_folder)}},
            fails,
        )

    return act


def results(run: Run) -> list[dict[str, Any]]:
    return json.loads(Path(run.outputs["sarif-file"]).read_text("utf-8"))["runs"][0]["results"]


def places(run: Run) -> set[tuple[str, str]]:
    return {
        (each["ruleId"], each["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]) for each in results(run)
    }


def test_one_root_is_uploaded_and_fails_the_job_after_that(repo: Repo, act: Act) -> None:
    repo.commit({"main.tf": TABLE.format(name="orders", recovery="")})
    run = act(profile="production")
    assert ("HA417", "main.tf") in places(run)
    assert run.used["upload"] == {
        "sarif_file": run.outputs["sarif-file"],
        "checkout_path": str(repo.folder),
        "category": "",
    }
    assert run.outputs["exit-code"] == "1"
    assert run.outputs["findings"] == str(len(results(run)))
    assert list(run.outcomes)[-2:] == ["upload", "Pass or fail"]
    assert run.failed
    assert "HA417" in run.summary
    assert not act(profile="production", fail_on="error").failed


def test_of_a_monorepo_each_job_has_its_part_and_its_category(repo: Repo, act: Act) -> None:
    repo.commit(
        {
            "teams/a/main.tf": TABLE.format(name="orders", recovery=""),
            "teams/b/live/main.tf": TABLE.format(name="bills", recovery=""),
            "teams/b/network.yaml": BAD_TEMPLATE.read_text("utf-8"),
        }
    )
    run = act(working_directory="teams/b", paths="live\nnetwork.yaml\n", category="b", profile="production")
    assert {path for _, path in places(run)} == {"teams/b/live/main.tf", "teams/b/network.yaml"}
    assert run.used["upload"]["category"] == "b"
    log = json.loads(Path(run.outputs["sarif-file"]).read_text("utf-8"))
    assert log["runs"][0]["automationDetails"]["id"] == "b/"


def test_where_there_is_nothing_to_analyze_the_log_is_empty_and_the_job_fails(repo: Repo, act: Act) -> None:
    repo.commit({"README.md": "nothing\n"})
    run = act()
    assert (run.outputs["exit-code"], run.outputs["findings"], run.failed) == ("3", "0", True)
    assert "upload" in run.used


def test_a_pull_request_shows_what_it_brings(repo: Repo, act: Act) -> None:
    repo.commit(
        {"modules/network/main.tf": MODULE, "live/main.tf": ROOT, "old/main.tf": TABLE.format(name="old", recovery="")}
    )
    repo.git("checkout", "--quiet", "-b", "topic")
    repo.commit({"modules/network/main.tf": MODULE.replace('"eu-west-1b"', '"eu-west-1a"')})
    repo.git("checkout", "--quiet", "main")
    base = repo.commit({"elsewhere/main.tf": TABLE.format(name="new_on_main", recovery="")})
    repo.git("merge", "--quiet", "--no-ff", "topic", "-m", "Merge")
    run = act(event="pull_request", base=base, profile="production")
    assert "HA108" in {rule for rule, _ in places(run)}
    assert {path for _, path in places(run)} == {"modules/network/main.tf"}
    whole = act(event="pull_request", base=base, profile="production", changed_only="false")
    assert {path for _, path in places(whole)} > {"old/main.tf", "elsewhere/main.tf"}


def test_a_pull_request_without_the_parents_of_its_merge_says_what_to_fetch(repo: Repo, act: Act) -> None:
    base = repo.commit({"main.tf": TABLE.format(name="orders", recovery="")})
    head = repo.commit({"main.tf": TABLE.format(name="bills", recovery="")})
    (repo.folder / ".git" / "shallow").write_text(f"{head}\n")
    repo.git("-c", "gc.reflogExpire=now", "-c", "gc.reflogExpireUnreachable=now", "gc", "--quiet", "--prune=now")
    run = act(event="pull_request", base=base)
    assert run.outputs["exit-code"] == "2"
    assert "fetch-depth: 2" in run.log
    assert run.failed
    assert "upload" not in run.used


def test_findings_are_annotations_only_where_nothing_is_uploaded(repo: Repo, act: Act) -> None:
    repo.commit({"main.tf": TABLE.format(name="orders", recovery="")})
    inputs = {"profile": "production", "fail_on": "never"}
    assert "::warning file=main.tf" not in act(**inputs).log
    assert "::warning file=main.tf" in act(**inputs, upload="never").log
    refused = act(**inputs, fails=frozenset({"upload"}))
    assert "::warning file=main.tf" in refused.log
    assert not refused.failed
    assert act(**inputs, upload="always", fails=frozenset({"upload"})).failed


def test_lines_of_the_project_command_nothing(repo: Repo, act: Act) -> None:
    hostile = "::error::owned %0A $(touch owned) `touch owned`"
    repo.commit({"main.tf": TABLE.format(name="orders", recovery="").replace("orders", hostile)})
    run = act(profile="production", paths=f"main.tf\n{hostile}", category='"; touch owned; "')
    before, _, rest = run.log.partition("::stop-commands::")
    token = rest.partition("\n")[0]
    assert len(token) == 32
    assert rest.count(f"::{token}::") == 1
    assert "::error" not in before
    assert not (repo.folder / "owned").exists()


def test_a_link_to_somewhere_else_is_no_working_directory(
    repo: Repo, act: Act, tmp_path_factory: pytest.TempPathFactory
) -> None:
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    (elsewhere / "main.tf").write_text(TABLE.format(name="orders", recovery=""))
    (repo.folder / "teams").symlink_to(elsewhere)
    repo.commit({"main.tf": ""})
    run = act(working_directory="teams")
    assert "the input 'working-directory' leads outside of the workspace" in run.log
    assert run.failed
    assert "upload" not in run.used


SHADOWS = ("haanalyzer/__init__", "json", "pip/__main__", "secrets", "sitecustomize", "subprocess", "venv/__main__")


def test_modules_of_the_project_are_not_imported(
    repo: Repo, act: Act, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    owned = tmp_path_factory.mktemp("owned") / "owned"
    shadow = f"open({str(owned)!r}, 'w')\nraise SystemExit(99)\n"
    repo.commit({f"{name}.py": shadow for name in SHADOWS} | {"main.tf": TABLE.format(name="orders", recovery="")})
    assert act(profile="production").outputs["exit-code"] == "1"
    given = {"PYTHON": sys.executable, "ACTION_PATH": str(TOP), "HA_VERSION": "1", "PIP_NO_INDEX": "1"}
    for name, value in {**given, "RUNNER_TEMP": str(tmp_path_factory.mktemp("temp"))}.items():
        monkeypatch.setenv(name, value)
    script = str(TOP / ".github" / "action" / "install.sh")
    done = subprocess.run(["bash", script], capture_output=True, text=True, check=False)
    assert "No matching distribution found for haanalyzer==1" in done.stderr
    assert not owned.exists()


@pytest.mark.parametrize(
    ("name", "value"), [("version", "1.0; touch owned"), ("version", "-r"), ("upload", "yes"), ("changed_only", "TRUE")]
)
def test_inputs_that_are_no_values_are_refused(repo: Repo, act: Act, name: str, value: str) -> None:
    repo.commit({"main.tf": TABLE.format(name="orders", recovery="")})
    run = act(**{name: value})
    assert run.failed
    assert f"the input '{name.replace('_', '-')}' is not" in run.log
    assert "run" not in run.outcomes


@pytest.mark.parametrize(
    "command",
    [
        ["zizmor", "--no-online-audits", "--persona=pedantic", "--collect=all", "--quiet", "action.yml"],
        ["check-jsonschema", "--builtin-schema", "vendor.github-actions", "action.yml"],
        ["shellcheck", *sorted(str(each.relative_to(TOP)) for each in (TOP / ".github" / "action").glob("*.sh"))],
    ],
    ids=lambda command: command[0],
)
def test_linters_of_actions_find_nothing(command: list[str]) -> None:
    program = shutil.which(command[0], path=os.pathsep.join((str(Path(sys.executable).parent), os.environ["PATH"])))
    if program is None:
        pytest.skip(f"{command[0]} is not installed")
    done = subprocess.run([program, *command[1:]], cwd=TOP, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
