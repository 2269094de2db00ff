"""Override files are merged as Terraform merges them: "Override Files" in its documentation."""

from __future__ import annotations

from pathlib import Path

import pytest

from haanalyzer.frontends.terraform.modules.module import ModuleSyntax, read_module
from haanalyzer.source.files import Files
from tests.frontends.terraform.reading import find, read


def module(folder: Path, **texts: str) -> ModuleSyntax:
    for name, text in texts.items():
        (folder / f"{name}.tf").write_text(text)
    return read_module(".", Files(folder))


def attributes(folder: Path, files: dict[str, str]) -> dict[str, str]:
    found = read(folder, files)
    assert found.diagnostics == ()
    return {name: str(value) for name, value in find(found, "aws_x.x").attributes.items()}


@pytest.mark.parametrize("name", ["override.tf", "z_override.tf", "override.tofu", "a_override.tofu"])
def test_arguments_one_by_one_and_blocks_of_a_type_all_together(tmp_path: Path, name: str) -> None:
    main = 'resource "aws_x" "x" {\n  a = 1\n  b = 1\n  inner {\n    c = 1\n  }\n  inner {}\n  other {}\n}\n'
    override = 'resource "aws_x" "x" {\n  b = 2\n  inner {\n    d = 2\n  }\n}\n'
    found = attributes(tmp_path, {"main.tf": main, name: override})
    assert found == {"a": "1", "b": "2", "inner": "[{d = 2}]", "other": "[{}]"}


@pytest.mark.parametrize("name", ["override.tf.json", "z_override.tofu.json"])
def test_and_so_in_json(tmp_path: Path, name: str) -> None:
    main = 'resource "aws_x" "x" {\n  a = 1\n  b = 1\n  inner {\n    c = 1\n  }\n}\n'
    override = '{"resource": {"aws_x": {"x": {"b": 2, "inner": [{"d": "${1 + 1}"}]}}}}'
    assert attributes(tmp_path, {"main.tf": main, name: override}) == {"a": "1", "b": "2", "inner": "[{d = 2}]"}


def test_dynamic_blocks_are_of_the_type_that_they_make(tmp_path: Path) -> None:
    dynamic = '  dynamic "inner" {\n    for_each = [1]\n    content {\n      c = inner.value\n    }\n  }\n'
    main = f'resource "aws_x" "x" {{\n{dynamic}  other {{\n    a = 1\n  }}\n}}\n'
    override = 'resource "aws_x" "x" {\n  inner {}\n}\n'
    assert attributes(tmp_path, {"main.tf": main, "override.tf": override}) == {"other": "[{a = 1}]", "inner": "[{}]"}
    others = {"main.tf": override, "override.tf": f'resource "aws_x" "x" {{\n{dynamic}}}\n'}
    assert attributes(tmp_path, others) == {"inner": "[{c = 1}]"}


def test_lifecycle_argument_by_argument(tmp_path: Path) -> None:
    main = (
        'resource "aws_x" "x" {\n  lifecycle {\n    prevent_destroy = true\n    create_before_destroy = true\n  }\n}\n'
    )
    override = 'resource "aws_x" "x" {\n  lifecycle {\n    prevent_destroy = false\n  }\n}\n'
    found = attributes(tmp_path, {"main.tf": main, "override.tf": override})
    assert found == {"lifecycle": "[{prevent_destroy = false, create_before_destroy = true}]"}


def test_a_lifecycle_where_there_was_none(tmp_path: Path) -> None:
    override = 'resource "aws_x" "x" {\n  lifecycle {\n    prevent_destroy = true\n  }\n}\n'
    found = attributes(tmp_path, {"main.tf": 'resource "aws_x" "x" {}\n', "override.tf": override})
    assert found == {"lifecycle": "[{prevent_destroy = true}]"}


def test_the_last_override_in_the_order_of_names_wins(tmp_path: Path) -> None:
    files = {
        "main.tf": 'locals {\n  v = "main"\n}\nresource "aws_x" "x" {\n  v = local.v\n}\n',
        "b_override.tf": 'locals {\n  v = "b"\n}\n',
        "a_override.tf": 'locals {\n  v = "a"\n}\n',
    }
    assert attributes(tmp_path, files) == {"v": "b"}


def test_variables_modules_and_providers(tmp_path: Path) -> None:
    main = (
        'variable "v" {\n  type = number\n  default = 1\n}\n'
        'module "m" {\n  source = "./far"\n  count = 2\n}\n'
        'provider "aws" {\n  alias = "west"\n  region = "us-west-1"\n}\n'
    )
    overriding = (
        'variable "v" {\n  default = 2\n}\nmodule "m" {\n  source = "./near"\n}\n'
        'provider "aws" {\n  alias = "west"\n  region = "us-west-2"\n}\nprovider "aws" {\n  region = "eu-west-1"\n}\n'
    )
    found = module(tmp_path, main=main, override=overriding)
    assert found.diagnostics == []
    assert {name: each.text for name, each in found.variables["v"].body.attributes.items()} == {
        "type": "number",
        "default": "2",
    }
    assert found.calls["m"].body.attributes["source"].text == '"./near"'
    assert found.calls["m"].body.attributes["count"].text == "2"
    regions = {key: each.body.attributes["region"].text for key, each in found.providers.items()}
    assert regions == {"aws.west": '"us-west-2"', "aws": '"eu-west-1"'}


@pytest.mark.parametrize(
    ("override", "kept"),
    [
        ('backend "local" {}', [("backend", ("local",))]),
        ("cloud {}", [("cloud", ())]),
        ("required_version = 1", [("backend", ("s3",))]),
    ],
)
def test_where_the_state_is_kept(tmp_path: Path, override: str, kept: list[tuple[str, tuple[str, ...]]]) -> None:
    found = module(tmp_path, main='terraform {\n  backend "s3" {}\n}\n', override=f"terraform {{\n  {override}\n}}\n")
    assert [(each.type, each.labels) for each in found.settings.blocks] == kept


def test_required_providers_one_by_one(tmp_path: Path) -> None:
    main = "terraform {\n  required_providers {\n    a = 1\n    b = 1\n  }\n}\n"
    found = module(tmp_path, main=main, override="terraform {\n  required_providers {\n    b = 2\n  }\n}\n")
    (providers,) = found.settings.blocks
    assert {name: each.text for name, each in providers.body.attributes.items()} == {"a": "1", "b": "2"}


@pytest.mark.parametrize(
    "overriding",
    [
        'resource "aws_x" "x" {}\n',
        'variable "v" {}\n',
        "locals {\n  a = 1\n}\n",
        'provider "aws" {\n  alias = "west"\n}\n',
    ],
)
def test_what_overrides_nothing_is_said(tmp_path: Path, overriding: str) -> None:
    found = module(tmp_path, main="", override=overriding)
    assert [(each.code, each.place.path) for each in found.diagnostics] == [("nothing-to-override", "override.tf")]
