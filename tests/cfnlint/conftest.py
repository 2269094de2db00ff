"""cfn-lint as its own programs run it, in this process, with none of the rules that it comes with."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from types import SimpleNamespace

import pytest
from cfnlint.config import ConfigMixIn
from cfnlint.helpers import create_rules
from cfnlint.match import Match
from cfnlint.rules import Rules
from cfnlint.runner import Runner

from haanalyzer.cfnlint.registration import rule_classes

Lint = Callable[..., list[Match]]

DATABASE = """\
Resources:
  Orders:
    Type: AWS::RDS::DBInstance
    DeletionPolicy: Delete
    Properties: {Engine: postgres}
"""
"""HA408, by default a warning, at 4:5, and nothing else."""


class OurRunner(Runner):
    """cfn-lint's runner over our rules alone, made anew as in a process that starts in the current folder."""

    def _get_rules(self) -> None:
        self.rules = Rules()
        for rule in create_rules(SimpleNamespace(**rule_classes())):
            self.rules[rule.id] = rule


@pytest.fixture
def lint(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Lint:
    """What cfn-lint says of a template in an empty folder, with more arguments, and of other files there."""
    monkeypatch.chdir(tmp_path)
    for name in ("AWS_REGION", "AWS_DEFAULT_REGION"):
        monkeypatch.delenv(name, raising=False)

    def run(template: str, *arguments: str, name: str = "template.yaml", also: Sequence[str] = ()) -> list[Match]:
        Path(name).write_text(template, "utf-8")
        return list(OurRunner(ConfigMixIn([*arguments, "--", name, *also])).run())

    return run


def ids(matches: list[Match]) -> list[str]:
    """The ids of matches, in order."""
    return sorted(match.rule.id for match in matches)
