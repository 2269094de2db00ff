"""Which plans are of the configuration at hand, and where that is."""

from __future__ import annotations

from pathlib import Path

import pytest
from plans import (
    PLAN,
    SOURCE,
    VPC,
    Json,
    attempt,
    block,
    change,
    data,
    instance,
    plan,
    read,
    term,
)
from reading import find

from haanalyzer.frontends.deployment import Deployment
from haanalyzer.source.diagnostic import Diagnostic


@pytest.mark.parametrize(
    "changed",
    ["10.0.0.0/16|10.1.0.0/16", 'resource "aws_vpc" "main"|resource "aws_vpc" "other"', 'var.zone|"eu-west-1c"'],
)
def test_a_plan_of_an_earlier_configuration(tmp_path: Path, changed: str) -> None:
    text = SOURCE.replace(*changed.split("|"))
    named = attempt(tmp_path, PLAN, {"main.tf": text})
    assert isinstance(named, Deployment)
    assert (named.path, named.files) == ("plan.json", ("plan.json",))
    assert [each.code for each in named.diagnostics] == ["plan-of-other-source"]
    met = attempt(tmp_path, PLAN, is_named=False)
    assert isinstance(met, Diagnostic)
    assert not met.is_error


@pytest.mark.parametrize(
    ("written", "recorded"),
    [("15.0", 15), ("1.5e1", 15), ("0.50", 0.5), ('"$${a}"', "${a}"), ("<<-EOT\n    a\n  EOT", "a\n"), ("null", None)],
)
def test_a_literal_in_other_words_is_the_same(tmp_path: Path, written: str, recorded: object) -> None:
    database = instance("aws_db_instance.d", {})
    configuration: Json = {"resources": [block("aws_db_instance.d", {"iops": {"constant_value": recorded}})]}
    source = f'resource "aws_db_instance" "d" {{\n  iops = {written}\n}}\n'
    assert not read(tmp_path, plan({"resources": [database]}, configuration), {"main.tf": source}).diagnostics


SIZES: Json = {"constant_value": 2}


@pytest.mark.parametrize(
    ("written", "differs"),
    [
        ("scaling_config {\n    min_size = 2\n  }", None),
        ("scaling_config {\n    min_size = var.least\n  }", "scaling_config.min_size"),
        ("scaling_config {\n    min_size = 1\n  }", "scaling_config.min_size"),
        ("", "scaling_config"),
        ('dynamic "scaling_config" {\n    for_each = var.sizes\n    content {}\n  }', None),
    ],
)
def test_literals_in_nested_blocks_tell_plans_from_configurations(
    tmp_path: Path, written: str, differs: str | None
) -> None:
    nodes = instance("aws_eks_node_group.n", {"scaling_config": [{"min_size": 2}]})
    configuration: Json = {"resources": [block("aws_eks_node_group.n", {"scaling_config": [{"min_size": SIZES}]})]}
    source = f'resource "aws_eks_node_group" "n" {{\n  {written}\n}}\n'
    found = attempt(tmp_path, plan({"resources": [nodes]}, configuration), {"main.tf": source}, is_named=False)
    assert isinstance(found, Diagnostic) == (differs is not None)
    if isinstance(found, Diagnostic):
        assert f"aws_eks_node_group.n.{differs} differs" in found.message


def test_the_path_of_a_module_that_is_in_no_folder(tmp_path: Path) -> None:
    function = instance("aws_lambda_function.f", {})
    configuration: Json = {"resources": [block("aws_lambda_function.f", {"filename": {"references": ["path.module"]}})]}
    planned = change(function, {"filename": True})
    term(
        find(
            read(tmp_path, plan({"resources": [function]}, configuration, planned)), "aws_lambda_function.f"
        ).attributes["filename"]
    )


def test_a_provider_in_quotes_is_the_same_provider(tmp_path: Path) -> None:
    vpc = block("aws_vpc.main", {}, provider_config_key="aws.west")
    source = 'provider "aws" {\n  alias  = "west"\n  region = "us-west-2"\n}\n'
    source += 'resource "aws_vpc" "main" {\n  provider = "aws.west"\n}\n'
    deployment = read(tmp_path, plan({"resources": [VPC]}, {"resources": [vpc]}), {"main.tf": source})
    assert not deployment.diagnostics
    assert data(deployment.declarations[0].region) == "us-west-2"


def test_the_folder_of_the_source_may_be_named(tmp_path: Path) -> None:
    deployment = read(tmp_path, PLAN, {"live/main.tf": SOURCE}, source="live")
    assert (deployment.path, deployment.declarations[0].place.path) == ("live", "live/main.tf")
    empty = read(tmp_path, PLAN, {"other/x.txt": ""}, source="other")
    assert [each.message for each in empty.diagnostics] == ["no configuration is in other"]
