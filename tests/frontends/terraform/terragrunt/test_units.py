"""Terragrunt's units: the module that each deploys, with what it passes to it."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

import pytest

from haanalyzer.engine import analyze, read_project
from haanalyzer.frontends.deployment import Deployment, Inputs, VariableText
from haanalyzer.frontends.terraform.root import read_root
from haanalyzer.frontends.terraform.states.kept import stores_of
from haanalyzer.policy import load_profile
from haanalyzer.source.discovery import discover
from haanalyzer.source.files import Files
from haanalyzer.values import Unknown, Value
from tests.frontends.terraform.reading import find

MODULE = """
variable "x" {
  default = "default"
}
variable "y" {
  default = null
}
resource "aws_thing" "it" {
  x = var.x
  y = var.y
}
output "out" {
  value = aws_thing.it.id
}
"""
SOURCE = 'terraform {\n  source = "../../modules//vpc"\n}\n'
UNIT = "live/vpc/terragrunt.hcl"


def write(folder: Path, texts: Mapping[str, str]) -> None:
    for name, text in {"modules/vpc/main.tf": MODULE, **texts}.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")


def unit(folder: Path, texts: Mapping[str, str], inputs: Inputs | None = None, root: str = "live/vpc") -> Deployment:
    write(folder, texts)
    files = Files(folder)
    found = discover(["."], files)
    return read_root(root, files, inputs or Inputs(), cache(lambda: stores_of(found.roots, files)))


def x(deployment: Deployment) -> Value:
    return find(deployment, "aws_thing.it").attributes["x"]


def test_a_unit_is_a_root_and_its_module_is_called(tmp_path: Path) -> None:
    write(tmp_path, {UNIT: SOURCE, "live/terragrunt.hcl": 'remote_state {\n  backend = "s3"\n}\n'})
    found = discover(["."], Files(tmp_path))
    assert found.roots == ("live/vpc",)
    assert found.called == ("modules/vpc",)
    (deployment,) = read_project(["."], Files(tmp_path), Inputs()).deployments
    assert deployment.path == "live/vpc"
    assert deployment.files == ("modules/vpc/main.tf", "live/vpc/terragrunt.hcl")


def test_a_unit_beside_its_module(tmp_path: Path) -> None:
    texts = {"live/vpc/main.tf": MODULE, UNIT: 'inputs = {\n  x = "passed"\n}\n'}
    assert str(x(unit(tmp_path, texts))) == "passed"
    assert discover(["."], Files(tmp_path)).roots == ("live/vpc", "modules/vpc")


def test_a_unit_that_is_named(tmp_path: Path) -> None:
    write(tmp_path, {UNIT: SOURCE})
    assert discover([UNIT], Files(tmp_path)).roots == ("live/vpc",)


@pytest.mark.parametrize(
    ("text", "passed"),
    [
        ('inputs = {\n  x = "passed"\n}\n', "passed"),
        ('locals {\n  a = "b"\n  c = "${local.a}-c"\n}\ninputs = {\n  x = local.c\n}\n', "b-c"),
        ('inputs = merge({ x = "first" }, { x = upper("second") })\n', "SECOND"),
        ("inputs = {\n  x = basename(get_terragrunt_dir())\n}\n", "vpc"),
        ('include "env" {\n  path = "../env.hcl"\n}\ninputs = {\n  x = include.env.locals.stage\n}\n', "env"),
        ('include {\n  path = "../env.hcl"\n}\ninputs = {\n  x = include.locals.stage\n}\n', "env"),
        ("inputs = {}\n", "default"),
        ("", "default"),
    ],
)
def test_inputs_are_passed(tmp_path: Path, text: str, passed: str) -> None:
    texts = {UNIT: SOURCE + text, "live/env.hcl": 'locals {\n  stage = "env"\n}\n'}
    assert str(x(unit(tmp_path, texts))) == passed


def test_what_is_passed_by_a_unit_is_no_assumption(tmp_path: Path) -> None:
    assert not x(unit(tmp_path, {UNIT: SOURCE + 'inputs = {\n  x = "passed"\n}\n'})).assuming
    assert [each.name for each in x(unit(tmp_path, {UNIT: SOURCE})).assuming] == ["var.x"]


def test_files_of_values_and_the_command_line_win(tmp_path: Path) -> None:
    texts = {UNIT: SOURCE + 'inputs = {\n  x = "unit"\n}\n'}
    assert str(x(unit(tmp_path, texts, Inputs(variables=(VariableText("x", "line"),))))) == "line"
    assert str(x(unit(tmp_path, {**texts, "live/vpc/terraform.tfvars": 'x = "file"\n'}))) == "file"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ('inputs = {\n  x = get_env("X")\n}\n', "get_env is decided when it is deployed"),
        (
            'dependency "d" {\n  config_path = "../d"\n}\ninputs = {\n  x = dependency.d.outputs.x\n}\n',
            "put out by another unit",
        ),
        ("inputs = {\n  x = include.root.inputs.x\n}\n", "include.root is known to Terragrunt only"),
        ("include {\n  path = find_in_parent_folders()\n}\n", "may be passed by what is included"),
        ("inputs = merge(local.unknown, {})\n", "local.unknown is known to Terragrunt only"),
    ],
)
def test_what_only_terragrunt_knows_is_unknown_with_that_reason(tmp_path: Path, text: str, reason: str) -> None:
    found = x(unit(tmp_path, {UNIT: SOURCE + text}))
    assert isinstance(found, Unknown)
    assert found.reason == reason


PARENT = 'locals {\n  stage = "live"\n}\ninputs = {\n  x = "parent"\n  y = path_relative_to_include()\n}\n'
INCLUDE = 'include "root" {\n  path = find_in_parent_folders("root.hcl")\n}\n'


@pytest.mark.parametrize(
    ("include", "own", "expected"),
    [
        (INCLUDE, "", ("parent", "vpc")),
        (INCLUDE, 'inputs = {\n  x = "own"\n}\n', ("own", "vpc")),
        ('include {\n  path = "../root.hcl"\n}\n', "", ("parent", "vpc")),
        ('include {\n  path = "${dirname(find_in_parent_folders("root.hcl"))}/root.hcl"\n}\n', "", ("parent", "vpc")),
        (INCLUDE.replace("}\n", '  merge_strategy = "no_merge"\n}\n'), "", ("default", "nothing")),
    ],
)
def test_what_is_included_passes_too(tmp_path: Path, include: str, own: str, expected: tuple[str, str]) -> None:
    found = unit(tmp_path, {UNIT: SOURCE + include + own, "live/root.hcl": PARENT})
    thing = find(found, "aws_thing.it").attributes
    assert (str(thing["x"]), str(thing["y"])) == expected
    assert "live/root.hcl" in found.files


def test_what_is_merged_deeply_is_unknown(tmp_path: Path) -> None:
    include = INCLUDE.replace("}\n", '  merge_strategy = "deep"\n}\n')
    found = unit(tmp_path, {UNIT: SOURCE + include + "inputs = {\n  y = { b = 1 }\n}\n", "live/root.hcl": PARENT})
    assert isinstance(find(found, "aws_thing.it").attributes["y"], Unknown)


def test_another_configuration_is_read(tmp_path: Path) -> None:
    text = 'locals {\n  env = read_terragrunt_config(find_in_parent_folders("env.hcl"))\n}\n'
    text += "inputs = {\n  x = local.env.locals.stage\n}\n"
    found = unit(tmp_path, {UNIT: SOURCE + text, "live/env.hcl": 'locals {\n  stage = "live"\n}\n'})
    assert str(x(found)) == "live"
    assert "live/env.hcl" in found.files


def test_configurations_that_read_each_other_end(tmp_path: Path) -> None:
    text = 'locals {\n  other = read_terragrunt_config("../other.hcl")\n  x = local.x\n}\n'
    texts = {UNIT: SOURCE + text + "inputs = {\n  x = local.other.locals.it\n  y = local.x\n}\n"}
    texts["live/other.hcl"] = 'locals {\n  it = read_terragrunt_config("vpc/terragrunt.hcl").inputs.x\n}\n'
    assert isinstance(x(unit(tmp_path, texts)), Unknown)


@pytest.mark.parametrize(
    "source",
    [
        "git::https://example.org/modules.git//vpc?ref=v1",
        "tfr:///terraform-aws-modules/vpc/aws?version=5.0.0",
        "../gone",
    ],
)
def test_a_module_that_is_not_on_disk_is_one_note(tmp_path: Path, source: str) -> None:
    found = unit(tmp_path, {UNIT: f'terraform {{\n  source = "{source}"\n}}\n' + INCLUDE})
    (note,) = found.diagnostics
    assert not note.is_error
    assert note.message.startswith(f"this unit is read in part: its source, {source}, is not on disk")
    assert "`include` root names no file that is found" in note.message
    assert found.declarations == ()


def test_a_source_that_an_included_configuration_tells(tmp_path: Path) -> None:
    common = 'locals {\n  base = "../../modules"\n}\ninputs = {\n  x = "common"\n}\n'
    own = 'include "common" {\n  path = "../common.hcl"\n  expose = true\n}\n'
    own += 'terraform {\n  source = "${include.common.locals.base}//vpc"\n}\n'
    assert str(x(unit(tmp_path, {UNIT: own, "live/common.hcl": common}))) == "common"


def test_a_source_that_is_not_known_is_one_note(tmp_path: Path) -> None:
    (note,) = unit(tmp_path, {UNIT: 'terraform {\n  source = get_env("S")\n}\n'}).diagnostics
    assert note.message == "this unit is read in part: its source is not known: what that declares is missing"


def test_a_broken_unit_is_one_diagnostic(tmp_path: Path) -> None:
    found = unit(tmp_path, {UNIT: SOURCE + "inputs = {\n"})
    assert [each.is_error for each in found.diagnostics] == [True]


def test_files_that_a_unit_writes(tmp_path: Path) -> None:
    provider = 'provider "aws" {\n  region = "${local.r}"\n}\n'
    generate = f'generate "p" {{\n  path = "p.tf"\n  contents = <<EOF\n{provider}EOF\n}}\n'
    found = unit(tmp_path, {UNIT: SOURCE + 'locals {\n  r = "eu-west-3"\n}\n' + generate})
    assert str(find(found, "aws_thing.it").region) == "eu-west-3"


def test_files_beside_a_unit_are_copied_into_its_module(tmp_path: Path) -> None:
    found = unit(tmp_path, {UNIT: SOURCE, "live/vpc/more.tf": 'resource "aws_thing" "more" {}\n'})
    assert [each.address for each in found.declarations] == ["aws_thing.it", "aws_thing.more"]
    assert "live/vpc/more.tf" in found.files


def test_what_another_unit_puts_out(tmp_path: Path) -> None:
    dependent = (
        SOURCE + 'dependency "d" {\n  config_path = "../vpc"\n}\ninputs = {\n  x = dependency.d.outputs.out\n}\n'
    )
    found = unit(tmp_path, {UNIT: SOURCE, "live/app/terragrunt.hcl": dependent}, root="live/app")
    assert str(x(found)) == 'root["../vpc"].aws_thing.it.id'
    assert [each.borrowed for each in found.declarations] == [False, True]


def test_units_that_depend_on_each_other_end(tmp_path: Path) -> None:
    def of(other: str) -> str:
        return (
            SOURCE
            + f'dependency "d" {{\n  config_path = "../{other}"\n}}\ninputs = {{\n  x = dependency.d.outputs.out\n}}\n'
        )

    found = unit(tmp_path, {UNIT: of("app"), "live/app/terragrunt.hcl": of("vpc")})
    assert str(x(found)) == 'root["../app"].aws_thing.it.id'


def test_the_state_of_a_unit_is_known(tmp_path: Path) -> None:
    config = '  config = {\n    bucket = "b"\n    key = "%s"\n  }\n}\n'
    kept = 'remote_state {\n  backend = "s3"\n' + config % "${path_relative_to_include()}/s"
    reader = 'data "terraform_remote_state" "n" {\n  backend = "s3"\n' + config % "vpc/s"
    reader += 'resource "aws_thing" "it" {\n  x = data.terraform_remote_state.n.outputs.out\n}\n'
    texts = {UNIT: SOURCE + INCLUDE, "live/root.hcl": kept, "app/main.tf": reader}
    assert str(x(unit(tmp_path, texts, root="app"))) == 'root["../live/vpc"].aws_thing.it.id'


def test_each_unit_has_findings_of_its_own(tmp_path: Path) -> None:
    module = 'variable "zones" {}\nresource "aws_autoscaling_group" "g" {\n  min_size = 2\n  max_size = 3\n'
    module += "  availability_zones = var.zones\n}\n"
    texts = {
        f"{name}/terragrunt.hcl": 'terraform {\n  source = "../group"\n}\n' + f"inputs = {{\n  zones = {zones}\n}}\n"
        for name, zones in {"one": '["eu-west-1a"]', "two": '["eu-west-1a", "eu-west-1b"]'}.items()
    }
    write(tmp_path, {"group/main.tf": module, **texts})
    report = analyze(["."], tmp_path, Inputs(), load_profile("default"))
    outcomes = {one.deployment: one.verdict.outcome for one in report.judgements if one.rule.code == "HA108"}
    assert outcomes == {"one": "fail", "two": "pass"}


def extra(settings: str, more: str = "") -> str:
    return f'terraform {{\n  extra_arguments "e" {{\n    commands = ["plan"]\n{settings}\n  }}\n{more}\n}}\n'


@pytest.mark.parametrize(
    "settings",
    [
        'required_var_files = ["${get_parent_terragrunt_dir()}/common.tfvars"]',
        'optional_var_files = ["none.tfvars", "${get_terragrunt_dir()}/../common.tfvars"]',
        'arguments = ["-var-file=${get_parent_terragrunt_dir()}/common.tfvars"]',
        'arguments = ["-lock=false", "-var", "x=common"]',
        'arguments = ["-var x=common"]',
    ],
)
def test_variables_that_a_unit_sets_on_the_command_line_win(tmp_path: Path, settings: str) -> None:
    texts = {
        UNIT: 'include {\n  path = find_in_parent_folders()\n}\ninputs = {\n  x = "own"\n}\n' + SOURCE,
        "live/terragrunt.hcl": extra(settings),
        "live/common.tfvars": 'x = "common"\n',
    }
    assert str(x(unit(tmp_path, texts))) == "common"
    user = Inputs(variables=(VariableText("x", "user's"),))
    assert str(x(unit(tmp_path, texts, user))) == "user's"


@pytest.mark.parametrize(
    "settings",
    [
        'required_var_files = ["../../../elsewhere.tfvars"]',
        'arguments = get_env("ARGUMENTS")',
        'env_vars = {\n  TF_VAR_x = "env"\n}',
        "env_vars = local.nothing",
    ],
)
def test_what_a_command_line_may_set_is_unknown(tmp_path: Path, settings: str) -> None:
    text = 'inputs = {\n  x = "own"\n}\n' + extra(settings, '  source = "../../modules//vpc"')
    assert isinstance(x(unit(tmp_path, {UNIT: text})), Unknown)


def test_arguments_of_other_commands_set_nothing(tmp_path: Path) -> None:
    settings = 'arguments = ["-var", "x=extra"]'
    text = 'inputs = {\n  x = "own"\n}\n' + extra(settings, '  source = "../../modules//vpc"').replace("plan", "init")
    assert str(x(unit(tmp_path, {UNIT: text}))) == "own"


@pytest.mark.parametrize("setting", ['if_exists = "skip"', "disable = true"])
def test_a_file_that_a_unit_does_not_write_is_the_modules(tmp_path: Path, setting: str) -> None:
    written = f'generate "main" {{\n  path = "main.tf"\n  contents = "# nothing"\n  {setting}\n}}\n'
    assert str(x(unit(tmp_path, {UNIT: SOURCE + written}))) == "default"


def test_files_beside_what_units_include_are_not_written_twice(tmp_path: Path) -> None:
    texts = {
        UNIT: 'include {\n  path = find_in_parent_folders()\n}\ninputs = {\n  x = "own"\n}\n' + SOURCE,
        "live/terragrunt.hcl": 'remote_state {\n  backend = "s3"\n  config = {\n    bucket = "b"\n'
        '    key = "${path_relative_to_include()}/state"\n  }\n}\n'
        'generate "more" {\n  path = "more.tf"\n  if_exists = "overwrite"\n  contents = file("variables.tf")\n}\n',
        "live/variables.tf": 'variable "more" {\n}\n',
    }
    write(tmp_path, texts)
    report = analyze(["."], tmp_path, Inputs(), load_profile("all"))
    assert [each for each in report.diagnostics if each.is_error] == []
