"""Sets know that they are sets, wherever they were made: their elements are their own keys."""

from __future__ import annotations

from pathlib import Path

import pytest

from haanalyzer.values import Known, MapValue, Unknown
from tests.frontends.terraform.reading import addresses, find, read, texts, value

ZONES = 'data "aws_availability_zones" "it" {}\n'


def keys(folder: Path, collection: str, rest: str = "") -> list[str]:
    return texts(value(folder, f"[for k, v in {collection} : k]", rest))


def test_elements_of_a_set_held_in_a_local_are_their_own_keys(tmp_path: Path) -> None:
    assert keys(tmp_path, "local.names", 'locals { names = toset(["b", "a", "a"]) }') == ["a", "b"]


def test_elements_of_a_variable_that_is_a_set_are_their_own_keys(tmp_path: Path) -> None:
    variable = 'variable "names" {\n  type = set(string)\n  default = ["b", "a"]\n}'
    assert keys(tmp_path, "var.names", variable) == ["a", "b"]


@pytest.mark.parametrize(
    ("collection", "expected"),
    [
        ('setunion(["b"], ["a"])', ["a", "b"]),
        ('setsubtract(["b", "a"], ["a"])', ["b"]),
        ('tolist(toset(["b", "a"]))', ["0", "1"]),
        ('sort(toset(["b", "a"]))', ["0", "1"]),
        ('concat(toset(["b", "a"]))', ["0", "1"]),
        ('[for v in toset(["b"]) : v]', ["0"]),
        ('setproduct(["b"], ["a"])', ["0"]),
        ('setproduct(toset(["b"]), toset(["a"]))', ["[b, a]"]),
        ('fileset(".", "*.tf")', ["main.tf"]),
    ],
)
def test_what_makes_a_set_and_what_makes_a_list(tmp_path: Path, collection: str, expected: list[str]) -> None:
    assert keys(tmp_path, collection) == expected


def test_a_product_with_a_set_is_a_set(tmp_path: Path) -> None:
    found = value(tmp_path, 'length(setproduct(toset(["a"]), [1, 1]))')
    assert isinstance(found, Known)
    assert found.data == 1


def test_zones_in_a_set_are_keyed_by_themselves(tmp_path: Path) -> None:
    rest = f"locals {{ zones = toset(data.aws_availability_zones.it.names) }}\n{ZONES}"
    found = keys(tmp_path, "local.zones", rest)
    assert found
    assert found == texts(value(tmp_path, "[for k, v in local.zones : v]", rest))
    assert all(name.startswith("zones of") for name in found)


def test_for_each_over_a_set_in_a_local(tmp_path: Path) -> None:
    text = """
locals { names = toset(["b", "a"]) }
resource "aws_thing" "it" {
  for_each = local.names
  both     = "${each.key}=${each.value}"
}
"""
    deployment = read(tmp_path, text)
    assert addresses(deployment) == ['aws_thing.it["a"]', 'aws_thing.it["b"]']
    assert str(find(deployment, 'aws_thing.it["a"]').attributes["both"]) == "a=a"


def test_a_dynamic_block_over_a_set_in_a_local(tmp_path: Path) -> None:
    text = """
locals { names = toset(["b", "a"]) }
resource "aws_thing" "it" {
  dynamic "part" {
    for_each = local.names
    content { name = part.key }
  }
}
"""
    parts = find(read(tmp_path, text), "aws_thing.it").attributes["part"]
    assert [str(part.entries["name"]) for part in parts.items if isinstance(part, MapValue)] == ["a", "b"]  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ('toset(["a", "b"]) == toset(["b", "a"])', True),
        ('toset(["a", "b"]) == toset(["b"])', False),
        ('toset(["a"]) != toset(["b"])', True),
        ('toset(["${var.x}-1", "a"]) == toset(["b", "${var.x}-1"])', False),
        ('toset(["${var.x}-1", "${var.y}-1"]) == toset(["${var.y}-1", "${var.x}-1"])', None),
        ('toset(["${var.x}-1", "${var.x}-2"]) == toset(["${var.x}-2", "${var.x}-1"])', None),
        ('toset(["a"]) == ["a"]', None),
        ('toset(["a"]) == ["b"]', False),
        ('toset([1]) == toset(["1"])', None),
    ],
)
def test_sets_are_compared_whatever_their_order(tmp_path: Path, expression: str, expected: bool | None) -> None:
    found = value(tmp_path, expression, 'variable "x" {}\nvariable "y" {}')
    assert isinstance(found, Unknown) if expected is None else isinstance(found, Known) and found.data is expected
