"""The models of public modules: what they may say, and that they say the same as the modules themselves."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from haanalyzer.catalog.kinds import kind_of
from haanalyzer.catalog.module_models import ModuleModel, models
from haanalyzer.frontends.deployment import Inputs
from haanalyzer.frontends.terraform.modules.module import module_of
from haanalyzer.frontends.terraform.modules.versions import versions
from haanalyzer.frontends.terraform.root import read_root
from haanalyzer.graph import ResourceGraph
from haanalyzer.source.document import Document
from haanalyzer.source.files import Files
from tests.fixtures import TESTDATA
from tests.module_models import differences

MODELS = [model for rows in models().values() for model in rows]
ROOTS = sorted((TESTDATA / "modules").iterdir())
MODULES = os.environ.get("HAANALYZER_MODULES")


@pytest.mark.parametrize("model", MODELS, ids=lambda model: f"{model.module} {model.versions}")
def test_a_model_is_terraform_about_what_rules_know(model: ModuleModel) -> None:
    module = module_of({file: Document(file, text) for file, text in model.texts.items()})
    assert module.diagnostics == []
    assert bool(module.resources or module.calls) is (model.files != ("nothing.tf",))
    written = "".join(model.texts.values())
    others = [f"{type_}.{name}" for type_, name in module.resources if kind_of(type_) is None]
    assert [other for other in others if other not in written] == [], "no value rests on these"


@pytest.mark.parametrize("model", MODELS, ids=lambda model: f"{model.module} {model.versions}")
def test_the_releases_it_was_read_from_are_among_those_it_stands_for(model: ModuleModel) -> None:
    range_ = versions(model.versions)
    assert range_ is not None
    read = [versions(release) for release in model.read]
    assert read
    assert all(release is not None and range_.meets(release) for release in read)


@pytest.mark.parametrize("root", ROOTS, ids=lambda root: root.name)
def test_nothing_is_missing_without_the_modules(root: Path) -> None:
    deployment = read_root(".", Files(root), Inputs())
    assert {diagnostic.code for diagnostic in deployment.diagnostics} == {"module-modelled"}
    assert deployment.opaque == ()
    assert deployment.declarations


@pytest.mark.skipif(MODULES is None, reason="HAANALYZER_MODULES names no folder with the public modules")
@pytest.mark.parametrize("root", ROOTS, ids=lambda root: root.name)
def test_a_model_says_the_same_as_the_module(root: Path) -> None:
    assert MODULES is not None
    assert list(differences(root, Path(MODULES))) == []


def test_subnets_are_in_the_vpc_that_the_call_makes_whatever_blocks_it_adds(tmp_path: Path) -> None:
    (tmp_path / "main.tf").write_text(
        'variable "more" {\n}\nmodule "x" {\n  source                = "terraform-aws-modules/vpc/aws"\n'
        '  secondary_cidr_blocks = var.more\n  public_subnets        = ["10.0.0.0/24"]\n}\n',
        encoding="utf-8",
    )
    (subnet,) = ResourceGraph(read_root(".", Files(tmp_path), Inputs())).of_kind("subnet")
    assert str(subnet["vpc"]) == "module.x.aws_vpc.this[0].id"


def test_rules_of_a_listener_are_known_whatever_is_in_them(tmp_path: Path) -> None:
    (tmp_path / "main.tf").write_text(
        'resource "aws_thing" "it" {\n}\nmodule "x" {\n  source    = "terraform-aws-modules/alb/aws"\n'
        "  listeners = { a = { rules = { b = {\n"
        "    actions = [{ fixed_response = { content_type = aws_thing.it.type[0].name } }]\n  } } } }\n}\n",
        encoding="utf-8",
    )
    found = {each.address for each in read_root(".", Files(tmp_path), Inputs()).declarations}
    assert 'module.x.aws_lb_listener_rule.this["a/b"]' in found
