"""What is read as a plan or a state, and what is said of what is not."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from plans import (
    CONFIGURATION,
    PLAN,
    SUBNET,
    VPC,
    Json,
    attempt,
    data,
    instance,
    plan,
    read,
    term,
)
from reading import addresses, find

from haanalyzer.source.diagnostic import Diagnostic
from haanalyzer.values import AttributeOf


def test_a_state_is_read_like_a_plan_without_a_configuration(tmp_path: Path) -> None:
    vpc = instance("aws_vpc.main", {"id": "vpc-0123456789abcdef0"})
    subnet = instance("aws_subnet.a", {"vpc_id": "vpc-0123456789abcdef0", "availability_zone": "eu-west-1a"})
    state = {"format_version": "1.0", "terraform_version": "1.9.5", "values": {"root_module": {}}}
    state["values"] = {"root_module": {"resources": [vpc, subnet]}}
    deployment = read(tmp_path, state)
    assert addresses(deployment) == ["aws_vpc.main", "aws_subnet.a"]
    found = find(deployment, "aws_subnet.a").attributes
    assert term(found["vpc_id"]) == AttributeOf("aws_vpc.main", "id")
    assert data(found["availability_zone"]) == "eu-west-1a"


BROKEN: list[tuple[Any, str]] = [
    ("{", "invalid-json"),
    ("[" * 100_000, "nested-too-deeply"),
    ("[]", "invalid-plan"),
    ('{"format_version": "2.0", "planned_values": {}}', "invalid-plan"),
    ('{"format_version": 1, "planned_values": {}}', "invalid-plan"),
    ('{"format_version": "1.0"}', "invalid-plan"),
]


@pytest.mark.parametrize(("text", "code"), BROKEN, ids=[code + str(at) for at, (_, code) in enumerate(BROKEN)])
def test_what_is_no_plan_is_one_diagnostic(tmp_path: Path, text: str, code: str) -> None:
    found = attempt(tmp_path, text)
    assert isinstance(found, Diagnostic)
    assert found.code == code


@pytest.mark.parametrize("version", ["0.1", "0.2", "1.0", "1.2", "1.99"])
def test_formats_that_are_read(tmp_path: Path, version: str) -> None:
    assert len(read(tmp_path, {**PLAN, "format_version": version}).declarations) == 2


def test_a_resource_that_is_none_is_told_and_the_rest_read(tmp_path: Path) -> None:
    resources = [VPC, {"address": "aws_x.y"}, {**SUBNET, "index": [1]}, 7]
    deployment = read(tmp_path, plan({"resources": resources}, CONFIGURATION))
    assert addresses(deployment) == ["aws_vpc.main"]
    assert [each.code for each in deployment.diagnostics] == ["invalid-plan"] * 3


@pytest.mark.parametrize(("more", "is_error"), [({"errored": True}, True), ({"deferred_changes": [{}]}, False)])
def test_a_plan_that_is_not_whole_says_so(tmp_path: Path, more: Json, is_error: bool) -> None:
    deployment = read(tmp_path, {**PLAN, **more})
    assert [(each.code, each.is_error) for each in deployment.diagnostics] == [("plan-not-whole", is_error)]
    assert len(deployment.declarations) == 2
