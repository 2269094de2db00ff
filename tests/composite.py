"""Runs a composite action as GitHub's runner does: its `run` steps with bash, its `uses` steps only noted down."""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

_EXPRESSION = re.compile(r"\$\{\{(.*?)\}\}", re.DOTALL)
_TOKEN = re.compile(r"'((?:[^']|'')*)'|([A-Za-z_][\w.-]*)(\(\))?|(&&|\|\||!=|==|!|[()])|\s+")
_OPERATORS = {"&&": " and ", "||": " or ", "!": " not "}


@dataclass
class Run:
    """What happened: the steps that were run or used, with what they were given, and what they said."""

    outputs: dict[str, str] = field(default_factory=dict)
    used: dict[str, dict[str, str]] = field(default_factory=dict)
    outcomes: dict[str, str] = field(default_factory=dict)
    log: str = ""
    summary: str = ""

    @property
    def failed(self) -> bool:
        return "failure" in self.outcomes.values()


class Composite:
    """An action in a folder, run with these contexts (``github``, ``runner``) in a workspace."""

    def __init__(self, action: Path, workspace: Path, scratch: Path, github: Mapping[str, Any]) -> None:
        self._text = yaml.safe_load((action / "action.yml").read_text("utf-8"))
        self._workspace = workspace
        self._scratch = scratch
        self._contexts: dict[str, Any] = {
            "github": {**github, "action_path": str(action)},
            "runner": {"os": "Linux", "arch": "X64", "temp": str(scratch)},
        }

    def run(
        self, inputs: Mapping[str, str], given: Mapping[str, Mapping[str, str]], fails: frozenset[str] = frozenset()
    ) -> Run:
        """Run every step whose condition holds.

        ``given`` has the outputs of steps that are not run, by their id; ``fails`` are the used steps that fail.
        """
        defaults = {name: each.get("default", "") for name, each in self._text["inputs"].items()}
        assert inputs.keys() <= defaults.keys()
        steps: dict[str, Any] = {}
        contexts = {**self._contexts, "inputs": {**defaults, **inputs}, "steps": steps}
        run = Run()
        for step in self._text["runs"]["steps"]:
            name = step.get("id", step["name"])
            condition = step.get("if", "success()")
            if not _evaluated(condition, contexts, failed=run.failed) or ("cancelled" not in condition and run.failed):
                steps[name] = {"outcome": "skipped", "outputs": {}}
                continue
            if "uses" in step or name in given:
                run.used[name] = {key: _filled(value, contexts) for key, value in step.get("with", {}).items()}
                outcome, outputs = "failure" if name in fails else "success", dict(given.get(name, {}))
            else:
                outcome, outputs = self._bash(step, contexts, run)
            steps[name] = {"outcome": outcome, "outputs": outputs}
            forgiven = _filled(step.get("continue-on-error", "false"), contexts) == "true"
            run.outcomes[name] = "success" if forgiven else outcome
        run.outputs = {name: _filled(each["value"], contexts) for name, each in self._text["outputs"].items()}
        return run

    def _bash(self, step: Mapping[str, Any], contexts: Mapping[str, Any], run: Run) -> tuple[str, dict[str, str]]:
        assert step["shell"] == "bash"
        assert "${{" not in step["run"], "an input in a script is code"
        output, summary = self._scratch / "output", self._scratch / "summary"
        output.write_text("")
        summary.touch()
        event = self._contexts["github"]
        environment = {
            **os.environ,
            **{key: _filled(value, contexts) for key, value in step.get("env", {}).items()},
            "GITHUB_OUTPUT": str(output),
            "GITHUB_STEP_SUMMARY": str(summary),
            "GITHUB_EVENT_NAME": event["event_name"],
            "GITHUB_SHA": event["sha"],
            "GITHUB_WORKSPACE": str(self._workspace),
            "RUNNER_TEMP": str(self._scratch),
        }
        script = self._scratch / "step.sh"
        script.write_text(step["run"])
        done = subprocess.run(
            ["bash", "--noprofile", "--norc", "-eo", "pipefail", str(script)],
            cwd=self._workspace,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
        run.log += done.stdout + done.stderr
        run.summary = summary.read_text("utf-8")
        pairs = (line.partition("=") for line in output.read_text("utf-8").splitlines())
        return "failure" if done.returncode else "success", {name: value for name, _, value in pairs}


def _filled(text: object, contexts: Mapping[str, Any]) -> str:
    """A text with its expressions evaluated; of booleans, YAML's words."""
    if isinstance(text, bool):
        return str(text).lower()
    return _EXPRESSION.sub(lambda found: _shown(_evaluated(found[1], contexts)), str(text))


def _shown(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _evaluated(expression: str, contexts: Mapping[str, Any], *, failed: bool = False) -> Any:
    """The few operators that the action needs."""
    bare = _EXPRESSION.fullmatch(expression.strip())
    source = ""
    values: list[Any] = []
    for token in _TOKEN.finditer(bare[1] if bare else expression):
        literal, name, call, operator = token.groups()
        if operator:
            source += _OPERATORS.get(operator, operator)
        elif name or literal is not None:
            values.append(
                literal if literal is not None else _status(name, failed) if call else _looked_up(name, contexts)
            )
            source += f"values[{len(values) - 1}]"
    return eval(source, {"values": values})


def _status(name: str, failed: bool) -> bool:
    return {"cancelled": False, "success": not failed, "always": True, "failure": failed}[name]


def _looked_up(name: str, contexts: Mapping[str, Any]) -> Any:
    found: Any = contexts
    for part in name.split("."):
        found = found.get(part, "") if isinstance(found, Mapping) else ""
    return found
