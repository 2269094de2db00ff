"""Regions, zones and other data that roots take from outside."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from reading import find, read, texts

from haanalyzer.frontends.deployment import Inputs, VariableFile, VariableText
from haanalyzer.values import (
    Unknown,
    assumptions,
)


def test_variables_in_terraforms_order(tmp_path: Path) -> None:
    variables = "".join(f'variable "{name}" {{\n  default = "default"\n}}\n' for name in "abcdef")
    body = "".join(f"  {name} = var.{name}\n" for name in "abcdef")
    files = {
        "main.tf": f'{variables}resource "aws_x" "x" {{\n{body}}}\n',
        "terraform.tfvars": "".join(f'{name} = "first"\n' for name in "bcdef"),
        "a.auto.tfvars": "".join(f'{name} = "automatic"\n' for name in "cdef"),
        "b.auto.tfvars.json": json.dumps(dict.fromkeys("def", "json")),
        "given.tfvars": "".join(f'{name} = "file"\n' for name in "ef"),
    }
    inputs = Inputs(variables=(VariableFile("given.tfvars"), VariableText("f", "line")))
    attributes = find(read(tmp_path, files, inputs), "aws_x.x").attributes
    assert [str(attributes[name]) for name in "abcdef"] == ["default", "first", "automatic", "json", "file", "line"]
    assert [place.name for place in assumptions(*attributes.values())] == ["var.a"]
    assert attributes["b"].place[:3] == ("terraform.tfvars", 1, 5)
    assert attributes["d"].place.path == "b.auto.tfvars.json"


def test_a_list_on_the_command_line_is_an_expression(tmp_path: Path) -> None:
    text = 'variable "l" {\n  type = list(string)\n}\nresource "aws_x" "x" {\n  l = var.l\n}\n'
    found = find(read(tmp_path, text, Inputs(variables=(VariableText("l", '["a", "b"]'),))), "aws_x.x").attributes["l"]
    assert texts(found) == ["a", "b"]


def test_a_default_is_an_assumption_on_every_part(tmp_path: Path) -> None:
    text = (
        'variable "m" {\n  default = { a = [1] }\n}\nresource "aws_x" "x" {\n  part = var.m.a[0]\n  none = var.m\n}\n'
    )
    attributes = find(read(tmp_path, text), "aws_x.x").attributes
    (assumed,) = attributes["part"].assuming
    assert str(assumed) == "var.m = {a = [1]} (default)"
    assert attributes["none"].assuming == {assumed}


def test_regions_of_providers(tmp_path: Path) -> None:
    files = {
        "main.tf": """
provider "aws" {
  region = var.region
}
provider "aws" {
  alias  = "west"
  region = "us-west-2"
}
variable "region" {
  default = "eu-west-1"
}
resource "aws_x" "default" {}
resource "aws_x" "west" {
  provider = aws.west
}
resource "aws_x" "own" {
  region = "eu-central-1"
}
module "inherits" {
  source = "./child"
}
module "passed" {
  source = "./child"
  providers = {
    aws      = aws.west
    aws.peer = aws
  }
}
""",
        "child/main.tf": """
terraform {
  required_providers {
    aws = {
      source                = "hashicorp/aws"
      configuration_aliases = [aws.peer]
    }
  }
}
data "aws_region" "here" {}
resource "aws_x" "x" {
  zone = "${data.aws_region.here.name}a"
}
resource "aws_x" "peer" {
  provider = aws.peer
}
""",
    }
    deployment = read(tmp_path, files)
    regions = {found.address: str(found.region) for found in deployment.declarations}
    assert regions == {
        "aws_x.default": "eu-west-1",
        "aws_x.west": "us-west-2",
        "aws_x.own": "eu-central-1",
        "module.inherits.aws_x.x": "eu-west-1",
        "module.inherits.aws_x.peer": "region of provider.aws.peer",
        "module.passed.aws_x.x": "us-west-2",
        "module.passed.aws_x.peer": "eu-west-1",
    }
    assert [taken.name for taken in find(deployment, "aws_x.default").region.assuming] == ["var.region"]
    assert str(find(deployment, "module.passed.aws_x.x").attributes["zone"]) == "us-west-2a"


def test_a_region_that_nobody_configured(tmp_path: Path) -> None:
    text = 'resource "aws_x" "x" {}\nresource "aws_x" "y" {}\n'
    first, second = read(tmp_path, text).declarations
    assert first.region == second.region
    assert isinstance(first.region, Unknown)
    assert str(read(tmp_path, text, Inputs(region="eu-west-1")).declarations[0].region) == "eu-west-1"


def test_a_region_that_is_passed_stands_for_an_unknown_one(tmp_path: Path) -> None:
    text = 'provider "aws" {\n  region = var.region\n}\nvariable "region" {}\nresource "aws_x" "x" {}\n'
    assert str(read(tmp_path, text).declarations[0].region) == "var.region"
    assert str(read(tmp_path, text, Inputs(region="eu-west-1")).declarations[0].region) == "eu-west-1"


def test_zone_lists_of_one_region_are_one_list_unless_zones_are_left_out(tmp_path: Path) -> None:
    text = """
    data "aws_availability_zones" "all" {
      state = "available"
      filter {
        name   = "opt-in-status"
        values = ["opt-in-not-required"]
      }
    }
    data "aws_availability_zones" "again" {}
    data "aws_availability_zones" "some" {
      exclude_names = ["eu-west-1a"]
    }
    resource "aws_x" "x" {
      all   = data.aws_availability_zones.all.names[0]
      again = data.aws_availability_zones.again.names[0]
      some  = data.aws_availability_zones.some.names[0]
      id    = data.aws_availability_zones.all.zone_ids[0]
    }
    """
    attributes = find(read(tmp_path, text, Inputs(region="eu-west-1")), "aws_x.x").attributes
    assert str(attributes["all"]) == str(attributes["again"]) == "zones of eu-west-1[0]"
    assert str(attributes["some"]) == "data.aws_availability_zones.some.names[0]"
    assert attributes["id"] != attributes["all"]


def test_what_leaves_no_zone_out_of_a_list_of_zones(tmp_path: Path) -> None:
    text = """
    variable "wanted" {
      type    = list(string)
      default = null
    }
    data "aws_region" "here" {}
    data "aws_availability_zones" "all" {
      all_availability_zones = false
      exclude_names          = []
      filter {
        name   = "region-name"
        values = [data.aws_region.here.name]
      }
      dynamic "filter" {
        for_each = var.wanted == null ? [] : [1]
        content {
          name   = "zone-name"
          values = var.wanted
        }
      }
      lifecycle {
        postcondition {
          condition     = length(self.names) > 1
          error_message = "Too few zones."
        }
      }
    }
    data "aws_availability_zones" "elsewhere" {
      filter {
        name   = "region-name"
        values = ["eu-central-1"]
      }
    }
    resource "aws_x" "x" {
      all       = data.aws_availability_zones.all.names
      elsewhere = data.aws_availability_zones.elsewhere.names
    }
    """
    attributes = find(read(tmp_path, text, Inputs(region="eu-west-1")), "aws_x.x").attributes
    assert str(attributes["all"]) == "zones of eu-west-1"
    assert str(attributes["elsewhere"]) == "data.aws_availability_zones.elsewhere.names"


@pytest.mark.parametrize(
    ("wanted", "listed"),
    [
        ('["eu-west-1c", "eu-west-1a"]', "[eu-west-1a, eu-west-1c]"),
        ('["eu-west-1a", "eu-west-1z"]', "data.aws_availability_zones.some.names"),
        ('["eu-west-1a", var.other]', "data.aws_availability_zones.some.names"),
        ("[]", "data.aws_availability_zones.some.names"),
    ],
)
def test_a_filter_may_name_the_zones(tmp_path: Path, wanted: str, listed: str) -> None:
    text = f"""
    variable "other" {{}}
    data "aws_availability_zones" "some" {{
      filter {{
        name   = "zone-name"
        values = {wanted}
      }}
    }}
    resource "aws_x" "x" {{
      names = data.aws_availability_zones.some.names
      ids   = data.aws_availability_zones.some.zone_ids
    }}
    """
    attributes = find(read(tmp_path, text, Inputs(region="eu-west-1")), "aws_x.x").attributes
    assert str(attributes["names"]) == listed
    assert str(attributes["ids"]) == "data.aws_availability_zones.some.zone_ids"


def test_other_data_sources_are_symbols_by_their_path(tmp_path: Path) -> None:
    text = """
    data "terraform_remote_state" "net" {}
    data "aws_subnets" "s" {
      count = 1
    }
    resource "aws_x" "x" {
      ids  = data.aws_subnets.s[0].ids
      deep = data.terraform_remote_state.net.outputs.vpc["id"]
    }
    """
    attributes = find(read(tmp_path, text), "aws_x.x").attributes
    assert str(attributes["ids"]) == "data.aws_subnets.s[0].ids"
    assert str(attributes["deep"]) == "data.terraform_remote_state.net.outputs['vpc']['id']"


def test_a_declared_resource_that_is_looked_up_by_its_id(tmp_path: Path) -> None:
    text = """
    variable "other" {}
    resource "aws_subnet" "s" {
      availability_zone = "eu-west-1a"
      tags              = { Name = "s" }
    }
    data "aws_subnet" "declared" {
      id = aws_subnet.s.id
    }
    data "aws_subnet" "either" {
      id = var.other == "x" ? aws_subnet.s.id : var.other
    }
    data "aws_vpc" "of_another_type" {
      id = aws_subnet.s.id
    }
    resource "aws_x" "x" {
      zone   = data.aws_subnet.declared.availability_zone
      vpc    = data.aws_subnet.declared.vpc_id
      tags   = data.aws_subnet.declared.tags
      either = data.aws_subnet.either.availability_zone
      other  = data.aws_vpc.of_another_type.availability_zone
    }
    """
    attributes = find(read(tmp_path, text), "aws_x.x").attributes
    assert str(attributes["zone"]) == "eu-west-1a"
    assert str(attributes["vpc"]) == "aws_subnet.s.vpc_id"
    assert str(attributes["tags"]) == "data.aws_subnet.declared.tags"
    assert str(attributes["either"]) == "==(var.other, x) ? eu-west-1a : data.aws_subnet.either.availability_zone"
    assert str(attributes["other"]) == "data.aws_vpc.of_another_type.availability_zone"
