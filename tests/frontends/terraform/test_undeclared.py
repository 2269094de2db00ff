"""What is referred to and declared nowhere: unknown, with the reason, and the same wherever it is referred to."""

from __future__ import annotations

from pathlib import Path

import pytest

from haanalyzer.values import Truth, Unknown, same
from tests.frontends.terraform.reading import find, read, value


@pytest.mark.parametrize(
    ("expression", "reason"),
    [
        ("var.missing", "no such variable is declared in what was read: it may be generated"),
        ("local.missing", "not declared in what was read"),
        ("module.missing.out", "not declared in what was read"),
        ("data.aws_vpc.missing.id", "not declared in what was read"),
        ("aws_vpc.missing.id", "not declared in what was read"),
        ("aws_vpc.missing[0].id", "not declared in what was read"),
        ("upper(var.missing)", "no such variable is declared in what was read: it may be generated"),
    ],
)
def test_the_reason_says_what_is_missing(tmp_path: Path, expression: str, reason: str) -> None:
    found = value(tmp_path, expression)
    assert isinstance(found, Unknown)
    assert found.reason == reason
    assert same(found, value(tmp_path, expression)) is Truth.YES


def test_an_output_that_a_module_lacks(tmp_path: Path) -> None:
    files = {
        "main.tf": 'module "m" {\n  source = "./m"\n}\nresource "aws_thing" "it" {\n  x = module.m.out\n}\n',
        "m/main.tf": 'output "other" {\n  value = 1\n}\n',
    }
    found = find(read(tmp_path, files), "aws_thing.it").attributes["x"]
    assert isinstance(found, Unknown)
    assert found.reason == "the module has no such output"


def test_a_root_goes_on_without_its_generated_variables(tmp_path: Path) -> None:
    text = """
resource "aws_thing" "it" {
  count = var.many
  name  = "${var.prefix}-a"
}
resource "aws_thing" "other" {
  known = 1
  name  = "${var.prefix}-a"
  least = length([var.prefix, 1])
}
"""
    deployment = read(tmp_path, text)
    assert not deployment.diagnostics
    first, second = (find(deployment, address).attributes for address in ("aws_thing.it[*]", "aws_thing.other"))
    assert same(first["name"], second["name"]) is Truth.YES
    assert str(second["least"]) == "2"
