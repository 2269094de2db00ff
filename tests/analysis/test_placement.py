"""Zones of resources, by their own words and through the subnets they name."""

from __future__ import annotations

from pathlib import Path

import pytest

from haanalyzer.analysis.placement import zones_of
from haanalyzer.analysis.zones import short_name
from haanalyzer.frontends.deployment import Inputs
from haanalyzer.frontends.terraform.root import read_root
from haanalyzer.graph import ResourceGraph
from haanalyzer.source.files import Files

GROUP = """
resource "aws_subnet" "a" {
  availability_zone = "eu-west-1a"
}
resource "aws_db_subnet_group" "g" {
  subnet_ids = [aws_subnet.a.id]
}
"""


def zones(folder: Path, text: str, address: str) -> list[str]:
    (folder / "main.tf").write_text(text, "utf-8")
    graph = ResourceGraph(read_root(".", Files(folder), Inputs()))
    found = zones_of(graph.resources[address], graph)
    assert not found.open
    return [short_name(use.zone) for use in found.sure]


@pytest.mark.parametrize(
    ("written", "zone"), [('"eu-west-1b"', "eu-west-1b"), ('""', "eu-west-1a"), ("null", "eu-west-1a")]
)
def test_an_empty_text_is_no_zone(written: str, zone: str, tmp_path: Path) -> None:
    text = f"""{GROUP}
    resource "aws_db_instance" "d" {{
      db_subnet_group_name = aws_db_subnet_group.g.name
      availability_zone    = {written}
    }}
    """
    assert zones(tmp_path, text, "aws_db_instance.d") == [zone]


def test_a_zone_id_stands_for_an_empty_zone(tmp_path: Path) -> None:
    text = 'resource "aws_subnet" "s" {\n  availability_zone    = ""\n  availability_zone_id = "euw1-az2"\n}\n'
    assert zones(tmp_path, text, "aws_subnet.s") == ["euw1-az2"]


def test_a_subnet_that_two_attributes_name_is_one(tmp_path: Path) -> None:
    text = """
    resource "aws_subnet" "a" {
      availability_zone = "eu-west-1a"
    }
    resource "aws_lb" "l" {
      subnets = [aws_subnet.a.id]
      subnet_mapping {
        subnet_id = aws_subnet.a.id
      }
    }
    """
    assert zones(tmp_path, text, "aws_lb.l") == ["eu-west-1a"]
