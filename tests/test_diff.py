"""`haanalyzer diff`: what a change brings and takes away, over real commits of small repositories."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from haanalyzer.cli import main

MODULE = """\
variable "zones" {
  default = ["eu-west-1a", "eu-west-1b"]
}

resource "aws_vpc" "main" {
  cidr_block = "10.0.0.0/16"
}

resource "aws_subnet" "private" {
  count             = 2
  vpc_id            = aws_vpc.main.id
  cidr_block        = cidrsubnet(aws_vpc.main.cidr_block, 4, count.index)
  availability_zone = var.zones[count.index]
}

output "subnets" {
  value = aws_subnet.private[*].id
}
"""
ROOT = """\
module "network" {
  source = "../modules/network"
}

resource "aws_autoscaling_group" "web" {
  min_size            = 2
  max_size            = 4
  vpc_zone_identifier = module.network.subnets
}
"""
TABLE = """\
resource "aws_dynamodb_table" "{name}" {{
  name                        = "{name}"
  hash_key                    = "id"
  deletion_protection_enabled = true
  {recovery}
}}
"""
RECOVERY = "point_in_time_recovery {\n    enabled = true\n  }"


class Repo:
    """A repository in a folder, which is the current one."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.git("init", "--quiet", "--initial-branch=main")
        self.git("config", "user.name", "Someone")
        self.git("config", "user.email", "someone@example.com")

    def git(self, *arguments: str) -> str:
        done = subprocess.run(["git", *arguments], cwd=self.folder, check=True, capture_output=True, text=True)
        return done.stdout.strip()

    def write(self, files: Mapping[str, str]) -> None:
        for path, text in files.items():
            (self.folder / path).parent.mkdir(parents=True, exist_ok=True)
            (self.folder / path).write_text(text, "utf-8")

    def commit(self, files: Mapping[str, str]) -> str:
        """Write the files and commit everything; the commit's id is returned."""
        self.write(files)
        self.git("add", "--all")
        self.git("commit", "--quiet", "--message", "A change", "--allow-empty")
        return self.git("rev-parse", "HEAD")


@pytest.fixture
def repo(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Repo:
    for name in os.environ:
        if name.startswith("GIT_"):
            monkeypatch.delenv(name)
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    monkeypatch.chdir(tmp_path)
    return Repo(tmp_path)


def diff(*arguments: str, code: int = 0) -> Any:
    """The report of ``haanalyzer diff`` as JSON; it must exit with this code."""
    assert main(["diff", *arguments, "--output", "json:.git/report.json", "--profile", "production"]) == code
    return json.loads(Path(".git/report.json").read_text("utf-8"))


def names(found: list[dict[str, Any]]) -> set[tuple[str, str]]:
    return {(one["rule"], one["subject"]) for one in found}


def test_only_what_the_change_brings_is_a_finding(repo: Repo) -> None:
    repo.commit({"main.tf": TABLE.format(name="orders", recovery="")})
    repo.write(
        {"main.tf": "# moved\n\n" + TABLE.format(name="orders", recovery="") + TABLE.format(name="bills", recovery="")}
    )
    report = diff(code=1)
    assert {subject for _, subject in names(report["findings"])} == {"aws_dynamodb_table.bills"}
    assert report["gone"] == []


def test_what_the_change_mends_is_taken_away(repo: Repo, capsys: pytest.CaptureFixture[str]) -> None:
    first = repo.commit({"main.tf": TABLE.format(name="orders", recovery="")})
    repo.commit({"main.tf": TABLE.format(name="orders", recovery=RECOVERY)})
    report = diff(f"{first}..HEAD")
    assert report["findings"] == []
    assert names(report["gone"]) == {("HA417", "aws_dynamodb_table.orders")}
    assert main(["diff", first, "--profile", "production"]) == 0
    assert "Brings no flaw, takes away 1" in capsys.readouterr().out


def test_what_a_module_costs_another_file_is_shown_where_the_module_changed(repo: Repo) -> None:
    repo.commit({"modules/network/main.tf": MODULE, "live/main.tf": ROOT})
    one_zone = MODULE.replace('"eu-west-1b"', '"eu-west-1a"')
    repo.write({"modules/network/main.tf": one_zone})
    report = diff("live", code=1)
    (found,) = [one for one in report["findings"] if one["rule"] == "HA108"]
    assert found["at"]["path"] == "live/main.tf"
    assert (found["place"]["path"], found["place"]["line"]) == ("modules/network/main.tf", 2)
