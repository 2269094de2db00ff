from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from haanalyzer.values import blockers
from tests.frontends.terraform.reading import addresses, find, read

WITHOUT_RESOURCES = """\
terraform {
  required_version = ">= 1.5"
  provider_meta "aws" {
    module_name = "m"
  }
}
moved {
  from = aws_x.old
  to   = aws_x.x
}
import {
  to = aws_x.x
  id = "x-1"
}
removed {
  from = aws_x.gone
  lifecycle {
    destroy = false
  }
}
check "health" {
  data "http" "page" {
    url = "https://${aws_x.x.id}"
  }
  assert {
    condition     = data.http.page.status_code == 200
    error_message = "down"
  }
}
ephemeral "aws_secretsmanager_secret_version" "password" {
  secret_id = "s"
}
action "aws_lambda_invoke" "warm" {
  config {
    function_name = "f"
  }
}
"""


def test_blocks_that_declare_nothing_are_no_noise(tmp_path: Path) -> None:
    files = {"main.tf": 'resource "aws_x" "x" {}\n' + WITHOUT_RESOURCES, "m.tftest.hcl": "run {", "m.tfmock.hcl": "}"}
    deployment = read(tmp_path, files)
    assert addresses(deployment) == ["aws_x.x"]
    assert deployment.diagnostics == ()


def test_what_is_ephemeral_is_known_when_terraform_runs(tmp_path: Path) -> None:
    text = 'resource "aws_x" "x" {\n  a = ephemeral.aws_y.y.text\n  b = ephemeral.aws_y.y.text\n}\n'
    found = find(read(tmp_path, text), "aws_x.x").attributes
    assert found["a"] == replace(found["b"], place=found["a"].place)
    assert [each.reason for each in blockers(found["a"])] == ["decided when Terraform runs"]


def test_blocks_that_terraform_does_not_know_are_said_once(tmp_path: Path) -> None:
    files = {
        "a.tf": "thing {\n}\nthing {\n}\na = 1\n",
        "b.tf": "thing {\n}\n",
        "c.tf.json": '{"a": 1, "thing": [{}, {}]}',
    }
    deployment = read(tmp_path, files)
    assert [(each.code, str(each.place), each.is_error) for each in deployment.diagnostics] == [
        ("unknown-block", "a.tf:1", False),
        ("unknown-block", "a.tf:5", False),
    ]


@pytest.mark.parametrize("name", ["main.tf", "main.tofu"])
def test_a_folder_that_is_called_like_a_file_is_none(tmp_path: Path, name: str) -> None:
    (tmp_path / name).mkdir()
    (tmp_path / f"link-{name}").symlink_to(name)
    deployment = read(tmp_path, {"other.tf": 'resource "aws_x" "x" {}\n'})
    assert (addresses(deployment), deployment.diagnostics) == (["aws_x.x"], ())


def test_a_root_of_symlinked_files(tmp_path: Path) -> None:
    shared = 'module "m" {\n  source = "./m"\n}\nvariable "v" {\n  default = 1\n}\n'
    texts = {"shared/common.tf": shared, "live/m/main.tf": 'resource "aws_x" "x" {}\n'}
    (tmp_path / "live").mkdir()
    (tmp_path / "live/common.tf").symlink_to("../shared/common.tf")
    deployment = read(tmp_path, texts, root="live")
    assert addresses(deployment) == ["module.m.aws_x.x"]
    assert deployment.files == ("live/common.tf", "live/m/main.tf")


def test_locals_of_one_name_are_said(tmp_path: Path) -> None:
    deployment = read(tmp_path, "locals {\n  a = 1\n}\nlocals {\n  a = 2\n}\n")
    assert [(each.code, each.place.line) for each in deployment.diagnostics] == [("duplicate-block", 5)]
