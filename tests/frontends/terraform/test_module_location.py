"""Modules that are not installed: by path, in a search folder, by model."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest

from haanalyzer.catalog.module_models import models
from haanalyzer.engine import analyze
from haanalyzer.engine.reading import admit_inputs
from haanalyzer.frontends.deployment import Deployment, Inputs, ModulePaths
from haanalyzer.frontends.terraform.root import read_root
from haanalyzer.frontends.terraform.session import Session
from haanalyzer.policy.profiles import load_profile
from haanalyzer.report.summary import coverage_words
from haanalyzer.source.files import Files
from haanalyzer.source.span import start_of
from haanalyzer.values import Known

_TABLE = "terraform-aws-modules/dynamodb-table/aws"


def _read(root: Path, source: str, more: str = "", modules: ModulePaths | None = None) -> Deployment:
    root.mkdir(exist_ok=True)
    root.joinpath("main.tf").write_text(f'module "orders" {{\n  source = "{source}"\n{more}\n}}\n', "utf-8")
    files = Files(root)
    inputs = Inputs(modules=modules or ModulePaths())
    admit_inputs(inputs, files)
    return read_root(".", files, inputs)


def _addresses(deployment: Deployment) -> list[str]:
    return [each.address for each in deployment.declarations]


def _module(folder: Path, name: str = "mine") -> Path:
    folder.mkdir(parents=True)
    folder.joinpath("main.tf").write_text(f'resource "aws_vpc" "{name}" {{\n}}\n', "utf-8")
    return folder


@pytest.mark.parametrize(
    "form", ["{}/modules/mine", "file://{}/modules/mine", "git::file://{}/modules//mine", "{}/modules//mine"]
)
def test_a_module_that_an_absolute_path_or_url_names(tmp_path: Path, form: str) -> None:
    _module(tmp_path / "modules" / "mine")
    (tmp_path / "modules" / ".git").mkdir()
    root = tmp_path / "modules" / "root"
    assert _addresses(_read(root, form.format(tmp_path))) == ["module.orders.aws_vpc.mine"]


def test_an_absolute_path_leads_nowhere_that_is_not_analyzed(tmp_path: Path) -> None:
    _module(tmp_path / "elsewhere" / "mine")
    deployment = _read(tmp_path / "root", f"{tmp_path}/elsewhere/mine")
    assert [each.address for each in deployment.opaque] == ["module.orders"]


@pytest.mark.parametrize("name", ["orders", "acme/table/aws"])
def test_a_module_is_where_the_user_says(tmp_path: Path, name: str) -> None:
    paths = ModulePaths({name: str(_module(tmp_path / "elsewhere"))})
    assert _addresses(_read(tmp_path / "root", "acme/table/aws", modules=paths)) == ["module.orders.aws_vpc.mine"]


def test_a_folder_of_a_package_that_the_user_names(tmp_path: Path) -> None:
    _module(tmp_path / "elsewhere" / "modules" / "small")
    paths = ModulePaths({"acme/table/aws": str(tmp_path / "elsewhere")})
    deployment = _read(tmp_path / "root", "acme/table/aws//modules/small", modules=paths)
    assert _addresses(deployment) == ["module.orders.aws_vpc.mine"]


@pytest.mark.parametrize(
    ("source", "folder"),
    [
        ("acme/table/aws", "acme/table/aws"),
        ("acme/table/aws", "terraform-aws-table"),
        ("acme/table/aws", "acme/terraform-aws-table"),
        ("git::https://git.example.com/acme/network.git?ref=v1", "network"),
        ("git@git.example.com:acme/network.git", "acme/network"),
    ],
)
def test_a_search_folder_is_laid_out_as_people_do(tmp_path: Path, source: str, folder: str) -> None:
    _module(tmp_path / "modules" / folder)
    deployment = _read(tmp_path / "root", source, modules=ModulePaths(folders=(str(tmp_path / "modules"),)))
    assert _addresses(deployment) == ["module.orders.aws_vpc.mine"]


def test_what_is_installed_comes_before_a_model(tmp_path: Path) -> None:
    installed = tmp_path / "root" / ".terraform" / "modules"
    _module(installed / "orders")
    installed.joinpath("modules.json").write_text(
        '{"Modules": [{"Key": "orders", "Dir": ".terraform/modules/orders"}]}', "utf-8"
    )
    deployment = _read(tmp_path / "root", _TABLE)
    assert _addresses(deployment) == ["module.orders.aws_vpc.mine"]
    assert deployment.diagnostics == ()


def test_a_model_stands_at_its_call(tmp_path: Path) -> None:
    deployment = _read(tmp_path / "root", _TABLE, '  version = "~> 5.0"\n  name = "orders"')
    (table,) = deployment.declarations
    assert table.address == "module.orders.aws_dynamodb_table.this[0]"
    assert table.place.start == ("main.tf", 1, 1)
    assert {table.attributes[name].place.path for name in table.attributes} == {"main.tf"}
    assert table.attributes["name"].place.line == 4
    assert table.attributes["hash_key"].place.line == 1
    assert deployment.files == ("main.tf",)
    assert [found.code for found in deployment.diagnostics] == ["module-modelled"]
    assert deployment.opaque == ()


def test_one_model_stands_for_several_folders(tmp_path: Path) -> None:
    def ports(folder: str) -> list[object]:
        source = f"terraform-aws-modules/security-group/aws//modules/{folder}"
        read = _read(tmp_path / folder, source, '  version = "~> 5.0"\n  name = "x"\n  vpc_id = "vpc-1"')
        rules = [
            each for each in read.declarations if each.address.endswith("aws_security_group_rule.ingress_rules[0]")
        ]
        return [value.data for each in rules if isinstance(value := each.attributes["from_port"], Known)]

    assert ports("postgresql") == [5432]
    assert ports("http-80") == [80]
    assert ports("no-such-folder") == []


@pytest.mark.parametrize(
    ("source", "version"),
    [
        (_TABLE, '  version = "1.2.2"'),
        (_TABLE, '  version = "99.0.0"'),
        (f"{_TABLE}//modules/other", ""),
        ("git::https://github.com/terraform-aws-modules/terraform-aws-dynamodb-table.git?ref=main", ""),
        ("acme/dynamodb-table/aws", ""),
    ],
)
def test_a_model_does_not_speak_for_other_releases(tmp_path: Path, source: str, version: str) -> None:
    deployment = _read(tmp_path / "root", source, version)
    assert deployment.declarations == ()
    assert [found.code for found in deployment.diagnostics] == ["module-not-read"]


def test_models_of_one_module_do_not_overlap() -> None:
    from haanalyzer.frontends.terraform.modules.versions import versions

    for rows in models().values():
        ranges = [versions(row.versions) for row in rows]
        assert None not in ranges
        for newer, older in pairwise(ranges):
            assert newer is not None
            assert older is not None
            assert older.end is not None
            assert older.end <= newer.first


@pytest.mark.parametrize(("source", "waits"), [("acme/network/aws", True), ("./network", False)])
def test_the_coverage_says_what_waits_for_terraform_init(tmp_path: Path, source: str, waits: bool) -> None:
    text = f"""
module "network" {{
  source = "{source}"
}}

resource "aws_db_instance" "orders" {{
  engine   = "mysql"
  multi_az = module.network.multi_az
}}
"""
    tmp_path.joinpath("main.tf").write_text(text, "utf-8")
    report = analyze(["."], tmp_path, Inputs(), load_profile("all"))
    assert report.undecided()
    assert coverage_words(report, "`").endswith("; 1 waits for `terraform init`") is waits


@pytest.mark.parametrize("version", ["var.release", '"~> ${var.release}"', '"latest"'])
def test_a_version_that_is_not_known_is_no_models(tmp_path: Path, version: str) -> None:
    more = f'  version = {version}\n}}\nvariable "release" {{\n  default = "4.0.0"'
    deployment = _read(tmp_path / "root", _TABLE, more)
    assert [each.address for each in deployment.opaque] == ["module.orders"]


def test_each_file_of_a_model_is_a_text_of_its_own(tmp_path: Path) -> None:
    model = models()["terraform-aws-modules/vpc/aws"][0]
    module = Session(".", Files(tmp_path), Inputs()).modelled(model, start_of("main.tf"))
    declared = (*module.resources.values(), *module.variables.values())
    assert len({block.document.path for block in declared}) > 2


@pytest.mark.parametrize("source", ["./empty", "acme/table/aws"])
def test_a_folder_without_a_terraform_file_is_no_module(tmp_path: Path, source: str) -> None:
    for folder in ("root/empty", "modules/terraform-aws-table"):
        (tmp_path / folder).mkdir(parents=True)
        (tmp_path / folder / "README.md").write_text("not checked out", "utf-8")
    deployment = _read(tmp_path / "root", source, modules=ModulePaths(folders=(str(tmp_path / "modules"),)))
    (opaque,) = deployment.opaque
    assert opaque.reason.endswith("has no Terraform file")
