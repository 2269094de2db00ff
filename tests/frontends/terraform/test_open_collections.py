"""What may follow the certain elements of a list or map: told apart from what may follow in any other."""

from __future__ import annotations

from pathlib import Path

import pytest
from reading import find, read

from haanalyzer.values import Truth, Unknown, same

VARIABLES = """
variable "list" {
  type = list(string)
}
variable "map" {
  type = map(string)
}
"""


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ('[for each in var.list : "${each}a"][0]', '[for each in var.list : "${each}b"][0]'),
        ('[for each in var.list : each if each != "a"][1]', "var.list[1]"),
        (
            '{ for key, each in var.map : key => "${each}a" }["k"]',
            '{ for key, each in var.map : key => "${each}b" }["k"]',
        ),
        ('{ for each in var.list : each => "a"... }["k"][0]', '{ for each in var.list : each => "b"... }["k"][0]'),
        ('concat(["a"], var.list)[1]', "var.list[1]"),
        ('concat(["a"], var.list)[2]', 'concat(["a", "b"], var.list)[2]'),
        ('{ (var.list[0]) = "a" }["k"]', '{ (var.list[0]) = "b" }["k"]'),
        ('[for each in var.list : "${each}a"][*].id[0]', '[for each in var.list : "${each}b"][*].id[0]'),
        (
            'join(",", [for each in var.list : "${each}a"])',
            'join(",", [for each in var.list : "${each}b"])',
        ),
    ],
)
def test_elements_that_follow_for_one_reason_need_not_be_equal(left: str, right: str, tmp_path: Path) -> None:
    text = f'{VARIABLES}resource "aws_x" "x" {{\n  left  = {left}\n  right = {right}\n}}\n'
    attributes = find(read(tmp_path, text), "aws_x.x").attributes
    assert same(attributes["left"], attributes["right"]) is Truth.MAYBE


def test_the_same_element_of_one_value_is_equal_to_itself(tmp_path: Path) -> None:
    text = f"""{VARIABLES}
    locals {{
      made = [for each in var.list : "${{each}}a"]
    }}
    resource "aws_x" "x" {{
      count = 2
      made  = local.made[1]
      own   = [for each in var.list : "${{each}}${{count.index}}"][0]
    }}
    """
    first, second = (find(read(tmp_path, text), f"aws_x.x[{index}]").attributes for index in range(2))
    assert same(first["made"], second["made"]) is Truth.YES
    assert same(first["own"], second["own"]) is Truth.MAYBE


def test_the_same_call_in_two_modules_makes_two_lists(tmp_path: Path) -> None:
    files = {
        "main.tf": f"""{VARIABLES}
        module "a" {{
          source = "./child"
          list   = var.list
          letter = "a"
        }}
        module "b" {{
          source = "./child"
          list   = var.list
          letter = "b"
        }}
        """,
        "child/main.tf": """
        variable "list" {}
        variable "letter" {}
        resource "aws_x" "x" {
          made = [for each in var.list : "${each}${var.letter}"][0]
        }
        """,
    }
    deployment = read(tmp_path, files)
    made = [find(deployment, f"module.{name}.aws_x.x").attributes["made"] for name in "ab"]
    assert same(*made) is Truth.MAYBE


def test_blocks_of_an_unknown_number_are_their_resources_own(tmp_path: Path) -> None:
    resource = """
    resource "aws_x" "%s" {
      dynamic "block" {
        for_each = var.list
        content {
          name = "${block.value}%s"
        }
      }
    }
    """
    read_back = 'resource "aws_y" "y" {\n  a = aws_x.a.block[0].name\n  b = aws_x.b.block[0].name\n}\n'
    text = VARIABLES + resource % ("a", "a") + resource % ("b", "b") + read_back
    attributes = find(read(tmp_path, text), "aws_y.y").attributes
    assert same(attributes["a"], attributes["b"]) is Truth.MAYBE
    assert same(attributes["a"], attributes["a"]) is Truth.YES


@pytest.mark.parametrize(
    "collected",
    [
        '[for key in ["a", "b", "c", "d", "e"] : key if key == "e" || var.map[key] == "x"]',
        '{ for at, key in [var.map["a"], "b"] : key => at... }["b"]',
    ],
)
def test_what_may_come_before_an_element_leaves_its_place_open(tmp_path: Path, collected: str) -> None:
    text = f'{VARIABLES}\nlocals {{\n  made = {collected}\n}}\nresource "aws_x" "x" {{\n  first = local.made[0]\n}}\n'
    assert isinstance(find(read(tmp_path, text), "aws_x.x").attributes["first"], Unknown)
