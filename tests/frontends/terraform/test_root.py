"""Roots to deployments: instances, and what is read of them."""

from __future__ import annotations

from pathlib import Path

import pytest
from reading import addresses, find, read, texts

from haanalyzer.frontends.deployment import Inputs, VariableText
from haanalyzer.frontends.terraform.root import read_root
from haanalyzer.source.files import Files
from haanalyzer.source.span import Span
from haanalyzer.values import (
    Absent,
    Assumption,
    Choice,
    ListValue,
    MapValue,
    Truth,
    Unknown,
    same,
)

SUBNETS = 'resource "aws_subnet" "s" {\n  count = %s\n  az = count.index\n}\n'


GROUP = 'resource "aws_db_subnet_group" "g" {\n  subnet_ids = aws_subnet.s[*].id\n}\n'


CONDITIONS = """
resource "aws_vpc" "v" {
  count = var.web ? 1 : 0
}
module "web" {
  count   = %s
  source  = "./web"
}
"""


@pytest.mark.parametrize(
    ("count", "implied", "implies"),
    [
        ("var.web ? 1 : 0", True, True),
        ("!var.web ? 0 : 1", True, True),
        ("var.web ? 2 : 0", True, True),
        ("var.web ? (var.more ? 2 : 1) : 0", True, True),
        ("var.web && var.more ? 1 : 0", False, False),
        ("var.web ? (var.more ? 1 : 0) : 0", False, True),
        ("var.more ? 1 : (var.web ? 1 : 0)", False, False),
        ("var.web ? 0 : 1", False, False),
        ("var.more ? 1 : 0", False, False),
        ("var.many", False, False),
        ("1", True, False),
    ],
)
def test_what_is_there_on_one_condition(tmp_path: Path, count: str, implied: bool, implies: bool) -> None:
    (tmp_path / "web").mkdir()
    (tmp_path / "web/main.tf").write_text('resource "aws_lb" "b" {\n}\n')
    variables = "".join(f'variable "{name}" {{\n}}\n' for name in ("web", "more", "many"))
    deployment = read(tmp_path, variables + CONDITIONS % count)
    vpc = find(deployment, "aws_vpc.v[0]").existence
    balancer = find(deployment, f"module.web[{'*' if count == 'var.many' else 0}].aws_lb.b").existence
    assert (balancer.follows_from(vpc), vpc.follows_from(balancer)) == (implied, implies)


def test_conditions_of_a_module_and_of_what_is_in_it(tmp_path: Path) -> None:
    (tmp_path / "web").mkdir()
    inside = 'variable "on" {\n}\nresource "aws_lb" "b" {\n  count = %s\n}\n'
    calls = 'variable "web" {\n}\nmodule "web" {\n  source = "./web"\n  count = var.web ? 1 : 0\n  on = var.web\n}\n'
    for count, follows in (("var.on ? 1 : 0", True), ("var.on == 1 ? 1 : 0", False)):
        (tmp_path / "web/main.tf").write_text(inside % count)
        deployment = read(tmp_path, calls + 'resource "aws_vpc" "v" {\n  count = var.web ? 1 : 0\n}\n')
        balancer = find(deployment, "module.web[0].aws_lb.b[0]").existence
        assert not balancer.certain
        assert balancer.follows_from(find(deployment, "aws_vpc.v[0]").existence) is follows


def test_a_known_count(tmp_path: Path) -> None:
    deployment = read(tmp_path, SUBNETS % "2" + GROUP)
    assert addresses(deployment) == ["aws_subnet.s[0]", "aws_subnet.s[1]", "aws_db_subnet_group.g"]
    assert all(found.existence.certain for found in deployment.declarations)
    ids = find(deployment, "aws_db_subnet_group.g").attributes["subnet_ids"]
    assert texts(ids) == ["aws_subnet.s[0].id", "aws_subnet.s[1].id"]
    assert isinstance(ids, ListValue)
    assert ids.open is None
    assert str(find(deployment, "aws_subnet.s[1]").attributes["az"]) == "1"


def test_an_unknown_count(tmp_path: Path) -> None:
    deployment = read(tmp_path, SUBNETS % "var.n" + GROUP + 'variable "n" {}\n')
    assert addresses(deployment) == ["aws_subnet.s[*]", "aws_db_subnet_group.g"]
    existence = find(deployment, "aws_subnet.s[*]").existence
    assert existence.several
    assert [blocker.term for blocker in existence.unless] == ["var.n"]
    assert isinstance(find(deployment, "aws_subnet.s[*]").attributes["az"], Unknown)
    ids = find(deployment, "aws_db_subnet_group.g").attributes["subnet_ids"]
    assert isinstance(ids, ListValue)
    assert ids.items == ()
    assert ids.open


def test_a_count_with_a_minimum(tmp_path: Path) -> None:
    zones = 'data "aws_availability_zones" "z" {}\n'
    deployment = read(tmp_path, SUBNETS % "length(data.aws_availability_zones.z.names)" + GROUP + zones)
    assert addresses(deployment)[:3] == ["aws_subnet.s[0]", "aws_subnet.s[1]", "aws_subnet.s[*]"]
    assert find(deployment, "aws_subnet.s[1]").existence.certain
    ids = find(deployment, "aws_db_subnet_group.g").attributes["subnet_ids"]
    assert isinstance(ids, ListValue)
    assert texts(ids) == ["aws_subnet.s[0].id", "aws_subnet.s[1].id"]
    assert ids.open


def test_a_count_by_an_unknown_condition(tmp_path: Path) -> None:
    text = SUBNETS % "var.on ? 2 : 1" + GROUP + 'variable "on" {}\n'
    deployment = read(tmp_path, text)
    assert find(deployment, "aws_subnet.s[0]").existence.certain
    second = find(deployment, "aws_subnet.s[1]").existence
    assert [blocker.term for blocker in second.unless] == ["var.on"]
    assert not second.several
    ids = find(deployment, "aws_db_subnet_group.g").attributes["subnet_ids"]
    assert isinstance(ids, Choice)
    assert texts(ids.when_true) == ["aws_subnet.s[0].id", "aws_subnet.s[1].id"]
    assert texts(ids.when_false) == ["aws_subnet.s[0].id"]


def test_a_count_that_rests_on_a_default(tmp_path: Path) -> None:
    text = SUBNETS % "var.n" + 'variable "n" {\n  default = 1\n}\n'
    (assumed,) = find(read(tmp_path, text), "aws_subnet.s[0]").existence.assuming
    assert assumed == Assumption("var.n", "1", Span("main.tf", 6, 13, 6, 14))
    passed = read(tmp_path, text, Inputs(variables=(VariableText("n", "1"),)))
    assert find(passed, "aws_subnet.s[0]").existence.assuming == frozenset()


def test_what_certainly_does_not_exist_is_not_declared(tmp_path: Path) -> None:
    assert addresses(read(tmp_path, SUBNETS % "0")) == []


def test_for_each_over_a_map_and_a_set(tmp_path: Path) -> None:
    text = """
    resource "aws_subnet" "m" {
      for_each = { b = "10.0.1.0/24", a = "10.0.0.0/24" }
      cidr = each.value
      name = each.key
    }
    resource "aws_subnet" "s" {
      for_each = toset(["x"])
      name = each.value
    }
    resource "aws_lb" "l" {
      subnets = [for key, subnet in aws_subnet.m : subnet.id]
      one = aws_subnet.m["b"].cidr
      all = values(aws_subnet.m)[*].id
    }
    """
    deployment = read(tmp_path, text)
    assert addresses(deployment) == ['aws_subnet.m["a"]', 'aws_subnet.m["b"]', 'aws_subnet.s["x"]', "aws_lb.l"]
    balancer = find(deployment, "aws_lb.l").attributes
    assert texts(balancer["subnets"]) == ['aws_subnet.m["a"].id', 'aws_subnet.m["b"].id']
    assert texts(balancer["all"]) == ['aws_subnet.m["a"].id', 'aws_subnet.m["b"].id']
    assert str(balancer["one"]) == "10.0.1.0/24"
    assert str(find(deployment, 'aws_subnet.s["x"]').attributes["name"]) == "x"


def test_for_each_over_zones_that_are_not_known(tmp_path: Path) -> None:
    text = """
    data "aws_availability_zones" "z" {}
    locals {
      zones = slice(data.aws_availability_zones.z.names, 0, 2)
    }
    resource "aws_subnet" "m" {
      for_each          = { for index, zone in local.zones : zone => index }
      availability_zone = each.key
      index             = each.value
    }
    resource "aws_subnet" "s" {
      for_each          = toset(local.zones)
      availability_zone = each.value
    }
    resource "aws_lb" "l" {
      listed = [for subnet in aws_subnet.m : subnet.id]
      values = values(aws_subnet.s)[*].id
      first  = aws_subnet.m[local.zones[0]].index
    }
    """
    deployment = read(tmp_path, text, Inputs(region="eu-west-1"))
    subnets = [found for found in deployment.declarations if found.type == "aws_subnet"]
    assert all(found.existence.certain for found in subnets)
    zones = [str(found.attributes["availability_zone"]) for found in subnets]
    assert zones == ["zones of eu-west-1[0]", "zones of eu-west-1[1]"] * 2
    balancer = find(deployment, "aws_lb.l").attributes
    assert texts(balancer["listed"]) == [f"{found.address}.id" for found in subnets[:2]]
    assert texts(balancer["values"]) == [f"{found.address}.id" for found in subnets[2:]]
    assert str(balancer["first"]) == "0"


def test_for_each_over_texts_that_begin_with_what_the_subnets_are_for(tmp_path: Path) -> None:
    text = """
    data "aws_availability_zones" "z" {}
    locals {
      zones = slice(data.aws_availability_zones.z.names, 0, 2)
      keys  = flatten([for zone in local.zones : [for use in ["web", "db"] : "${use}/${zone}"]])
    }
    resource "aws_subnet" "s" {
      for_each          = toset(local.keys)
      availability_zone = split("/", each.key)[1]
      use               = split("/", each.key)[0]
    }
    """
    subnets = read(tmp_path, text, Inputs(region="eu-west-1")).declarations
    assert all(found.existence.certain for found in subnets)
    placed = [(str(found.attributes["use"]), str(found.attributes["availability_zone"])) for found in subnets]
    zones = ["zones of eu-west-1[0]", "zones of eu-west-1[1]"]
    assert placed == [(use, zone) for use in ("db", "web") for zone in zones]


def test_keys_that_may_be_equal_are_no_instances(tmp_path: Path) -> None:
    text = """
    variable "x" {}
    variable "y" {}
    resource "aws_subnet" "s" {
      for_each = { (var.x) = 1, (var.y) = 2 }
    }
    resource "aws_subnet" "letters" {
      for_each = { for letter in ["b", "a"] : "${var.x}${letter}" => letter }
      letter   = each.value
    }
    """
    deployment = read(tmp_path, text)
    assert addresses(deployment) == [
        "aws_subnet.s[*]",
        'aws_subnet.letters["${${var.x}a}"]',
        'aws_subnet.letters["${${var.x}b}"]',
    ]
    assert [str(found.attributes["letter"]) for found in deployment.declarations[1:]] == ["a", "b"]


def test_an_unknown_for_each(tmp_path: Path) -> None:
    text = """
    variable "m" {}
    resource "aws_subnet" "s" {
      for_each = merge({ a = 1 }, var.m)
      name = each.key
    }
    resource "aws_lb" "l" {
      subnets = [for key, subnet in aws_subnet.s : subnet.id]
    }
    """
    deployment = read(tmp_path, text)
    assert addresses(deployment) == ['aws_subnet.s["a"]', "aws_subnet.s[*]", "aws_lb.l"]
    assert find(deployment, 'aws_subnet.s["a"]').existence.certain
    subnets = find(deployment, "aws_lb.l").attributes["subnets"]
    assert isinstance(subnets, ListValue)
    assert texts(subnets) == ['aws_subnet.s["a"].id']
    assert subnets.open


def test_one_of_what_may_not_exist(tmp_path: Path) -> None:
    text = """
    variable "on" {}
    resource "aws_vpc" "v" {
      count = var.on ? 1 : 0
    }
    resource "aws_x" "x" {
      index = aws_vpc.v[0].id
      one   = one(aws_vpc.v[*].id)
      try   = try(aws_vpc.v[0].id, "none")
    }
    """
    attributes = find(read(tmp_path, text), "aws_x.x").attributes
    assert str(attributes["index"]) == "aws_vpc.v[0].id"
    assert str(attributes["one"]) == "var.on ? aws_vpc.v[0].id : nothing"
    assert str(attributes["try"]) == "var.on ? aws_vpc.v[0].id : none"


def test_a_written_attribute_is_the_reference_a_computed_one_a_term(tmp_path: Path) -> None:
    text = """
    resource "aws_vpc" "v" {
      cidr_block = "10.0.0.0/16"
      owner      = null
      block {
        size = 1
      }
    }
    resource "aws_x" "x" {
      cidr  = aws_vpc.v.cidr_block
      owner = aws_vpc.v.owner
      size  = aws_vpc.v.block[0].size
      more  = aws_vpc.v.block[0].more
    }
    """
    attributes = find(read(tmp_path, text), "aws_x.x").attributes
    assert str(attributes["cidr"]) == "10.0.0.0/16"
    assert str(attributes["owner"]) == "aws_vpc.v.owner"
    assert str(attributes["size"]) == "1"
    assert isinstance(attributes["more"], Unknown)


def test_more_instances_than_are_told_apart(tmp_path: Path) -> None:
    deployment = read(tmp_path, SUBNETS % "1000000000")
    assert addresses(deployment) == ["aws_subnet.s[*]"]
    assert deployment.declarations[0].existence.several


def test_what_tells_terraform_something_is_no_attribute(tmp_path: Path) -> None:
    text = (
        'resource "aws_x" "x" {\n  count = 1\n  depends_on = []\n  provider = aws.y\n  source = "a"\n'
        '  version = "1"\n}\n'
        'module "m" {\n  source = "far"\n  version = "2"\n  depends_on = []\n  providers = {}\n  provider = "b"\n}\n'
    )
    deployment = read(tmp_path, text)
    assert [*find(deployment, "aws_x.x[0]").attributes] == ["source", "version"]
    assert [*deployment.opaque[0].arguments] == ["provider"]


def test_what_is_not_read_is_said(tmp_path: Path) -> None:
    files = {
        "main.tf": 'resource "aws_x" "x" {}\nresource "aws_x" "x" {}\nresource "one_label" {}\n',
        "more.tf.json": "{",
        "broken.tf": 'resource "aws_y" "y" {\n  a = (\n}\n',
        "terraform.tfvars.json": "[",
    }
    deployment = read(tmp_path, files)
    assert addresses(deployment) == ["aws_x.x"]
    codes = sorted(found.code for found in deployment.diagnostics)
    assert codes == ["duplicate-block", "invalid-hcl", "invalid-hcl", "invalid-json", "invalid-json"]


def test_order_of_files_changes_nothing(tmp_path: Path) -> None:
    one = 'resource "aws_x" "x" {\n  v = var.v\n  w = local.w\n}\n'
    two = 'variable "v" {\n  default = [1]\n}\nlocals {\n  w = length(var.v)\n}\n'
    first = read(tmp_path / "first", {"a.tf": one, "b.tf": two})
    second = read(tmp_path / "second", {"a.tf": two, "b.tf": one})
    assert [str(found.attributes["w"]) for found in (*first.declarations, *second.declarations)] == ["1", "1"]


@pytest.mark.parametrize("folder", ["nowhere", "."])
def test_a_folder_without_files_is_an_empty_deployment(tmp_path: Path, folder: str) -> None:
    assert read(tmp_path, {}, root=folder).declarations == ()


def test_a_null_count_and_map_values(tmp_path: Path) -> None:
    deployment = read(tmp_path, 'resource "aws_x" "x" {\n  count = null\n  m = { a = null }\n}\n')
    found = find(deployment, "aws_x.x").attributes["m"]
    assert isinstance(found, MapValue)
    assert isinstance(found.entries["a"], Absent)


def test_what_cannot_be_evaluated_is_another_unknown_in_each_instance(tmp_path: Path) -> None:
    (tmp_path / "main.tf").write_text(
        'resource "aws_subnet" "a" {\n  count = 2\n  availability_zone = element([], count.index)\n}\n', "utf-8"
    )
    first, second = read_root(".", Files(tmp_path), Inputs()).declarations
    assert same(first.attributes["availability_zone"], second.attributes["availability_zone"]) is Truth.MAYBE


def test_an_expression_that_cannot_be_parsed_is_said_once_it_is_asked_for(tmp_path: Path) -> None:
    (tmp_path / "main.tf").write_text('resource "aws_vpc" "a" {\n  cidr_block = = 3\n}\n', "utf-8")
    deployment = read_root(".", Files(tmp_path), Inputs())
    assert isinstance(deployment.declarations[0].attributes["cidr_block"], Unknown)
    assert [(each.code, each.place.line) for each in deployment.found_later()] == [("invalid-hcl", 2)]


def test_a_block_may_be_an_object_to_its_provider(tmp_path: Path) -> None:
    text = """
    resource "aws_x" "x" {
      timeouts {
        create = "5m"
      }
    }
    resource "aws_y" "y" {
      direct = aws_x.x.timeouts.create
      tried  = try(aws_x.x.timeouts.create, "1m")
      listed = aws_x.x.timeouts[0].create
    }
    """
    attributes = find(read(tmp_path, text), "aws_y.y").attributes
    assert isinstance(attributes["direct"], Unknown)
    assert isinstance(attributes["tried"], Unknown)
    assert str(attributes["listed"]) == "5m"
