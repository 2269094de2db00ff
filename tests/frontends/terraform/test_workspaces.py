"""What depends on Terraform's workspace: one of the few entries of a map, and known where the workspace is."""

from __future__ import annotations

from pathlib import Path

import pytest

from haanalyzer.frontends.deployment import Inputs
from haanalyzer.values import Choice, Unknown
from tests.frontends.terraform.reading import addresses, read, value

BY_WORKSPACE = """
locals {
  sizes   = { dev = 1, live = 3 }
  regions = { dev = "eu-west-1", live = "eu-west-1" }
  of = {
    dev  = { zones = ["a"], own = 1 }
    live = { zones = ["a", "b"] }
  }
}
"""
LIVE = Inputs(workspace="live")


@pytest.mark.parametrize(
    ("expression", "known", "otherwise"),
    [
        ("terraform.workspace", "live", "terraform.workspace"),
        ("local.sizes[terraform.workspace]", "3", "==(terraform.workspace, dev) ? 1 : 3"),
        ("local.regions[terraform.workspace]", "eu-west-1", "eu-west-1"),
        ('terraform.workspace == "live" ? 1 : 0', "1", "==(terraform.workspace, live) ? 1 : 0"),
        ("lookup(local.sizes, terraform.workspace)", "3", "==(terraform.workspace, dev) ? 1 : 3"),
        (
            "lookup(local.sizes, terraform.workspace, 7)",
            "3",
            "==(terraform.workspace, dev) ? 1 : ==(terraform.workspace, live) ? 3 : 7",
        ),
        ("length(local.of[terraform.workspace].zones)", "2", "==(terraform.workspace, dev) ? 1 : 2"),
        ('"x-${terraform.workspace}"', "x-live", "x-${terraform.workspace}"),
        # Only one of the entries has it: in any other workspace there is nothing to deploy.
        ("local.of[terraform.workspace].own", "no attribute own", "1"),
        (
            "try(local.sizes[terraform.workspace], 7)",
            "3",
            "==(terraform.workspace, dev) ? 1 : ==(terraform.workspace, live) ? 3 : 7",
        ),
    ],
)
def test_values_by_workspace(tmp_path: Path, expression: str, known: str, otherwise: str) -> None:
    assert said(value(tmp_path, expression, BY_WORKSPACE, LIVE)) == known
    assert said(value(tmp_path, expression, BY_WORKSPACE)) == otherwise


def said(found: object) -> str:
    return found.reason if isinstance(found, Unknown) and found.reason.startswith("no attribute") else str(found)


def test_two_lookups_by_one_key_go_together(tmp_path: Path) -> None:
    found = value(
        tmp_path, '"${local.sizes[terraform.workspace]}/${local.of[terraform.workspace].zones[0]}"', BY_WORKSPACE
    )
    assert str(found) == "==(terraform.workspace, dev) ? 1/a : 3/a"


def test_a_key_that_can_be_only_one_of_the_entries(tmp_path: Path) -> None:
    rest = 'variable "v" {}\nlocals {\n  m = { "a-x" = 1, "b-x" = 2, "a-y" = 3 }\n}\n'
    assert str(value(tmp_path, 'local.m["a-${var.v}"]', rest)) == "==(a-${var.v}, a-x) ? 1 : 3"
    assert isinstance(value(tmp_path, 'local.m["c-${var.v}"]', rest), Unknown)


def test_of_many_entries_it_is_not_said_which(tmp_path: Path) -> None:
    many = ", ".join(f"k{number} = {number}" for number in range(9))
    found = value(tmp_path, "local.m[terraform.workspace]", f"locals {{\n  m = {{ {many} }}\n}}\n")
    assert isinstance(found, Unknown)


def test_instances_of_a_workspace(tmp_path: Path) -> None:
    text = BY_WORKSPACE + 'resource "aws_thing" "it" {\n  count = local.sizes[terraform.workspace]\n}\n'
    assert addresses(read(tmp_path, text, LIVE)) == [f"aws_thing.it[{number}]" for number in range(3)]
    certain = [each.existence.certain for each in read(tmp_path, text).declarations]
    assert certain == [True, False, False]


def test_a_cloud_block_names_its_workspace(tmp_path: Path) -> None:
    def cloud(workspaces: str) -> str:
        return f'terraform {{\n  cloud {{\n    organization = "o"\n    workspaces {{\n{workspaces}\n    }}\n  }}\n}}\n'

    assert str(value(tmp_path, "terraform.workspace", cloud('name = "net"'), LIVE)) == "net"
    assert str(value(tmp_path, "terraform.workspace", cloud('tags = ["net"]'), LIVE)) == "live"


def test_the_same_unknown_workspace_everywhere(tmp_path: Path) -> None:
    assert str(value(tmp_path, "terraform.workspace == terraform.workspace")) == "true"
    assert isinstance(value(tmp_path, 'terraform.workspace == "live"'), Unknown)
    assert isinstance(value(tmp_path, 'terraform.workspace == "live" ? "a" : "b"'), Choice)
