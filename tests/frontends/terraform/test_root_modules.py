"""Modules that roots call: read, absent, and calling each other."""

from __future__ import annotations

import json
from pathlib import Path

from reading import addresses, find, read, texts

from haanalyzer.values import (
    Known,
    Symbol,
    Unknown,
    assumptions,
)


def test_a_module_with_count_and_for_each_inside_each_other(tmp_path: Path) -> None:
    files = {
        "main.tf": 'module "a" {\n  source = "./a"\n  count  = 1\n  names  = ["x"]\n}\n'
        'output "ids" {\n  value = module.a[0].ids\n}\nresource "aws_lb" "l" {\n  ids = module.a[0].ids\n}\n',
        "a/main.tf": 'variable "names" {}\nmodule "b" {\n  source = "../b"\n  for_each = toset(var.names)\n'
        '  name = each.key\n}\noutput "ids" {\n  value = [for b in module.b : b.id]\n}\n',
        "b/main.tf": 'variable "name" {}\nresource "aws_subnet" "c" {\n  count = 2\n'
        '  name = "${var.name}${count.index}"\n}\n'
        'output "id" {\n  value = aws_subnet.c[1].id\n}\n',
    }
    deployment = read(tmp_path, files)
    address = 'module.a[0].module.b["x"].aws_subnet.c[1]'
    assert address in addresses(deployment)
    subnet = find(deployment, address)
    assert str(subnet.attributes["name"]) == "x1"
    assert [(place.path, place.line) for place in subnet.calls] == [("main.tf", 1), ("a/main.tf", 2)]
    assert texts(find(deployment, "aws_lb.l").attributes["ids"]) == [f"{address}.id"]
    assert deployment.files == ("main.tf", "a/main.tf", "b/main.tf")


def test_a_childs_default_is_no_assumption_and_counts_where_nothing_is_passed(tmp_path: Path) -> None:
    child = (
        'variable "n" {\n  type = number\n  default = 3\n  nullable = false\n}\n'
        'resource "aws_x" "x" {\n  n = var.n\n}\n'
    )
    root = (
        'module "none" {\n  source = "./c"\n}\nmodule "null" {\n  source = "./c"\n  n = null\n}\n'
        'module "one" {\n  source = "./c"\n  n = "1"\n}\n'
    )
    deployment = read(tmp_path, {"main.tf": root, "c/main.tf": child})
    found = {name: find(deployment, f"module.{name}.aws_x.x").attributes["n"] for name in ("none", "null", "one")}
    assert {name: str(value) for name, value in found.items()} == {"none": "3", "null": "3", "one": "1"}
    assert not assumptions(*found.values())
    assert isinstance(found["one"], Known)
    assert found["one"].data == 1


def test_a_module_that_is_not_on_disk_is_opaque(tmp_path: Path) -> None:
    text = """
    module "vpc" {
      source = "acme/vpc/aws"
      name   = "n"
    }
    resource "aws_lb" "l" {
      subnets = module.vpc.public_subnets
    }
    """
    deployment = read(tmp_path, text)
    assert [found.address for found in deployment.opaque] == ["module.vpc"]
    assert str(deployment.opaque[0].arguments["name"]) == "n"
    subnets = find(deployment, "aws_lb.l").attributes["subnets"]
    assert isinstance(subnets, Unknown)
    assert subnets.term == Symbol("module.vpc.public_subnets")
    assert [(found.code, found.is_error) for found in deployment.diagnostics] == [("module-not-read", False)]


def test_an_installed_module_is_read(tmp_path: Path) -> None:
    listing = {"Modules": [{"Key": "", "Dir": "."}, {"Key": "vpc", "Dir": ".terraform/modules/vpc"}]}
    files = {
        "main.tf": 'module "vpc" {\n  source = "terraform-aws-modules/vpc/aws"\n}\n',
        ".terraform/modules/modules.json": json.dumps(listing),
        ".terraform/modules/vpc/main.tf": 'resource "aws_vpc" "this" {}\n',
    }
    deployment = read(tmp_path, files)
    assert addresses(deployment) == ["module.vpc.aws_vpc.this"]
    assert deployment.opaque == ()


def test_a_module_that_calls_itself_is_opaque(tmp_path: Path) -> None:
    deployment = read(tmp_path, 'module "again" {\n  source = "./."\n  count = 2\n}\nresource "aws_x" "x" {}\n')
    assert addresses(deployment) == ["aws_x.x"]
    assert {found.reason for found in deployment.opaque} == {"the module calls itself"}
    assert len(deployment.diagnostics) == 1


def test_modules_that_call_two_each_come_to_an_end(tmp_path: Path) -> None:
    calls = 'module "{name}" {{\n  source = "../{below}"\n}}\n'
    levels = 30
    files = {
        f"level{n}/main.tf": "".join(calls.format(name=name, below=f"level{n + 1}") for name in "ab")
        for n in range(levels)
    }
    files[f"level{levels}/main.tf"] = 'resource "aws_thing" "it" {\n}\n'
    deployment = read(tmp_path, files, root="level0")
    assert [each.address for each in deployment.opaque] == ["module.a", "module.b"]
    assert all(each.reason.endswith("(budget)") for each in deployment.opaque)
    assert [each.code for each in (*deployment.diagnostics, *deployment.found_later())] == ["past-budget"]
