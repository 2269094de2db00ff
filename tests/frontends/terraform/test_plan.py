"""Plans in JSON, with the configuration at hand and without."""

from __future__ import annotations

from pathlib import Path

import pytest
from plans import (
    CHANGES,
    CONFIGURATION,
    PLAN,
    SOURCE,
    SUBNET,
    VPC,
    block,
    change,
    data,
    instance,
    plan,
    read,
    term,
)
from reading import addresses, find, texts

from haanalyzer.frontends.deployment import Deployment
from haanalyzer.values import AttributeOf, ListValue, MapValue


@pytest.fixture(params=[{"main.tf": SOURCE}, {}], ids=["with its source", "alone"])
def deployment(request: pytest.FixtureRequest, tmp_path: Path) -> Deployment:
    return read(tmp_path, PLAN, request.param)


def test_values_are_the_plans_and_references_the_configurations(deployment: Deployment) -> None:
    assert addresses(deployment) == ["aws_vpc.main", "aws_subnet.a"]
    subnet = find(deployment, "aws_subnet.a")
    assert data(subnet.attributes["availability_zone"]) == "eu-west-1a"
    assert term(subnet.attributes["vpc_id"]) == AttributeOf("aws_vpc.main", "id")
    assert "tags" not in subnet.attributes
    assert not deployment.diagnostics


def test_places_with_the_source_are_the_sources(tmp_path: Path) -> None:
    deployment = read(tmp_path, PLAN, {"main.tf": SOURCE})
    subnet = find(deployment, "aws_subnet.a")
    assert (deployment.path, subnet.place.path, subnet.place.line) == (".", "main.tf", 6)
    place = subnet.attributes.key_span("availability_zone")
    assert place is not None
    assert place.line == 7
    assert deployment.files == ("main.tf", "plan.json")


def test_places_without_a_source_are_the_plans(tmp_path: Path) -> None:
    deployment = read(tmp_path, PLAN)
    lines = (tmp_path / "plan.json").read_text().splitlines()
    subnet = find(deployment, "aws_subnet.a")
    assert deployment.path == "plan.json"
    assert lines[subnet.place.line - 1].strip() == '"address": "aws_subnet.a",'
    place = subnet.attributes.key_span("availability_zone")
    assert place is not None
    assert lines[place.line - 1][place.column - 1 :].startswith('"availability_zone": "eu-west-1a"')


def test_what_is_deleted_is_not_there(tmp_path: Path) -> None:
    old = instance("aws_subnet.old", {"availability_zone": "eu-west-1b"})
    made = plan({"resources": [VPC, SUBNET]}, CONFIGURATION, *CHANGES, change(old, {}, ("delete",)))
    assert addresses(read(tmp_path, made)) == ["aws_vpc.main", "aws_subnet.a"]


@pytest.mark.parametrize(
    ("written", "keys"),
    [("count = var.n", [0, 1]), ("for_each = var.n", ["a", "b c"])],
    ids=["count", "for_each"],
)
@pytest.mark.parametrize("has_source", [True, False])
def test_instances_are_the_plans(tmp_path: Path, written: str, keys: list[int | str], has_source: bool) -> None:
    members = [instance("aws_subnet.s", {}, index=key) for key in keys]
    expression = {f"{written.split()[0]}_expression": {"references": ["var.n"]}}
    made = plan(
        {"resources": members}, {"resources": [block("aws_subnet.s", {}, **expression)], "variables": {"n": {}}}
    )
    source = {"main.tf": f'resource "aws_subnet" "s" {{\n  {written}\n}}\nvariable "n" {{}}\n'}
    deployment = read(tmp_path, made, source if has_source else None)
    assert addresses(deployment) == [each["address"] for each in members]
    assert all(each.existence.certain for each in deployment.declarations)


def test_a_target_leaves_instances_out(tmp_path: Path) -> None:
    made = plan(
        {"resources": [instance("aws_subnet.s", {}, index=2)]},
        {"resources": [block("aws_subnet.s", {}, count_expression={"constant_value": 3}), block("aws_vpc.main", {})]},
    )
    source = 'resource "aws_subnet" "s" {\n  count = 3\n}\nresource "aws_vpc" "main" {}\n'
    assert addresses(read(tmp_path, made, {"main.tf": source})) == ["aws_subnet.s[2]"]


@pytest.mark.parametrize("has_source", [True, False])
def test_data_sources_were_read(tmp_path: Path, has_source: bool) -> None:
    zones = instance("data.aws_availability_zones.z", {"names": ["eu-west-1a", "eu-west-1b"]}, mode="data")
    expression = {"references": ["data.aws_availability_zones.z.names[1]", "data.aws_availability_zones.z.names"]}
    made = plan(
        {"resources": [VPC]},
        {"resources": [block("aws_vpc.main", {"x": expression}), block("data.aws_availability_zones.z", {})]},
        change(VPC, {}),
        prior_state={"values": {"root_module": {"resources": [zones]}}},
    )
    source = 'data "aws_availability_zones" "z" {}\nresource "aws_vpc" "main" {\n  %s\n}\n'
    text = source % "x = data.aws_availability_zones.z.names"
    deployment = read(tmp_path, made, {"main.tf": text} if has_source else None)
    found = find(deployment, "aws_vpc.main").attributes["x"]
    assert texts(found) == ["eu-west-1a", "eu-west-1b"] if has_source else "eu-west-1b" in str(found)


def test_a_secret_is_never_shown(tmp_path: Path) -> None:
    database = instance("aws_db_instance.d", {"password": "hunter2", "engine": "mysql"})
    secret = change(database, {}, sensitive={"password": True})
    resources = [block("aws_db_instance.d", {"password": {"references": ["var.p"]}, "engine": {}})]
    made = plan({"resources": [database]}, {"resources": resources, "variables": {"p": {"sensitive": True}}}, secret)
    for source in ({}, {"main.tf": 'resource "aws_db_instance" "d" {\n  password = var.p\n}\nvariable "p" {}\n'}):
        shown = find(read(tmp_path, made, source), "aws_db_instance.d").shown()
        assert shown is not None
        assert "hunter2" not in str([str(shown[name]) for name in shown])
        assert str(shown["engine"]) == "mysql"


@pytest.mark.parametrize("actions", [("create",), ("no-op",)])
def test_a_plan_has_no_record_of_dynamic_blocks(tmp_path: Path, actions: tuple[str, ...]) -> None:
    table = instance("aws_route_table.t", {"route": [{"cidr_block": "0.0.0.0/0", "nat_gateway_id": ""}]})
    planned = change(table, {"route": [{"gateway_id": True}], "propagating_vgws": True}, actions)
    deployment = read(tmp_path, plan({"resources": [table]}, {"resources": [block("aws_route_table.t", {})]}, planned))
    attributes = find(deployment, "aws_route_table.t").attributes
    assert [*attributes] == ["route"]
    routes = attributes["route"]
    assert isinstance(routes, ListValue)
    (route,) = routes.items
    assert isinstance(route, MapValue)
    assert [*route.entries] == ["cidr_block", "gateway_id"]
    assert data(route.entries["cidr_block"]) == "0.0.0.0/0"
    term(route.entries["gateway_id"])


def test_blocks_that_may_be_of_what_is_deleted_are_not_counted_on(tmp_path: Path) -> None:
    table = instance("aws_route_table.t", {"route": [{"cidr_block": "0.0.0.0/0", "gateway_id": "igw-0123abcd"}]})
    gone = change(instance("aws_route.r", {}), {}, ("delete",))
    deployment = read(tmp_path, plan({"resources": [table]}, {"resources": [block("aws_route_table.t", {})]}, gone))
    routes = find(deployment, "aws_route_table.t").attributes["route"]
    assert isinstance(routes, ListValue)
    assert routes.items == ()
    assert routes.open


def test_what_is_unknown_of_a_plan_without_a_configuration_is_not_absent(tmp_path: Path) -> None:
    database = instance("aws_db_instance.d", {"engine": "mysql"})
    made = plan({"resources": [database]}, {}, change(database, {"id": True, "multi_az": True, "tags": {}}))
    del made["configuration"]
    attributes = find(read(tmp_path, made), "aws_db_instance.d").attributes
    assert [*attributes] == ["engine", "multi_az"]
    term(attributes["multi_az"])


def test_regions_are_those_of_the_provider(tmp_path: Path) -> None:
    providers = {
        "aws": {"name": "aws", "expressions": {"region": {"constant_value": "eu-west-1"}}},
        "aws.us": {"name": "aws", "alias": "us", "expressions": {"region": {"constant_value": "us-east-1"}}},
    }
    resources = [block("aws_vpc.main", {}), block("aws_subnet.a", {})]
    resources[1]["provider_config_key"] = "aws.us"
    made = plan({"resources": [VPC, SUBNET]}, {"resources": resources})
    made["configuration"]["provider_config"] = providers
    deployment = read(tmp_path, made)
    assert [data(each.region) for each in deployment.declarations] == ["eu-west-1", "us-east-1"]
