"""Small repositories for tests, and what stands in them."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping
from pathlib import Path

import pytest

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
  billing_mode                = "PAY_PER_REQUEST"
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

    def git(self, *arguments: str, stdin: str = "") -> str:
        done = subprocess.run(
            ["git", *arguments], cwd=self.folder, input=stdin, check=True, capture_output=True, text=True
        )
        return done.stdout.strip()

    def mktree(self, entry: str) -> str:
        """The id of a tree of one entry, whatever that is called."""
        return self.git("mktree", "--missing", stdin=f"{entry}\n")

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
