"""What resources of a plan refer to: through modules, by names, by the identifiers of what is there."""

from __future__ import annotations

from pathlib import Path

import pytest
from plans import (
    CHANGES,
    SUBNET,
    VPC,
    Json,
    block,
    change,
    data,
    instance,
    plan,
    read,
    term,
)
from reading import find, texts

from haanalyzer.values import AttributeOf, ListValue, MapValue


def nested(call: Json, resources: list[Json], prefix: str) -> Json:
    child = {"address": prefix, "resources": [{**each, "address": f"{prefix}.{each['address']}"} for each in resources]}
    return plan({"child_modules": [child]}, {"module_calls": {"net": call}})


MODULE = {"resources": [block("aws_subnet.a", {"vpc_id": {"references": ["var.vpc"]}})], "variables": {"vpc": {}}}


@pytest.mark.parametrize("prefix", ["module.net", "module.net[0]", 'module.net["a.b"]'])
def test_a_module_that_is_not_on_disk_is_what_the_plan_says(tmp_path: Path, prefix: str) -> None:
    kind = {"[0]": "count", '["a.b"]': "for_each"}.get(prefix.removeprefix("module.net"))
    call = {"source": "acme/net/aws", "expressions": {}, "module": MODULE}
    if kind:
        call[f"{kind}_expression"] = {"references": ["var.n"]}
    number = f"  {kind} = var.n\n" if kind else ""
    source = f'module "net" {{\n  source = "acme/net/aws"\n{number}}}\nvariable "n" {{}}\n'
    deployment = read(tmp_path, nested(call, [SUBNET], prefix), {"main.tf": source})
    (subnet,) = deployment.declarations
    assert subnet.address == f"{prefix}.aws_subnet.a"
    assert [(call.path, call.line) for call in subnet.calls] == [("main.tf", 1)]
    assert not deployment.opaque
    assert not deployment.diagnostics


def test_a_reference_through_a_variable_and_an_output(tmp_path: Path) -> None:
    subnet = change(SUBNET, {"vpc_id": True})
    call = {"expressions": {"vpc": {"references": ["module.vpc.id", "module.vpc"]}}, "module": MODULE}
    output = {"id": {"expression": {"references": ["aws_vpc.main.id", "aws_vpc.main"]}}}
    made = plan(
        {
            "child_modules": [
                {"address": "module.net", "resources": [{**SUBNET, "address": "module.net.aws_subnet.a"}]},
                {"address": "module.vpc", "resources": [{**VPC, "address": "module.vpc.aws_vpc.main"}]},
            ]
        },
        {
            "module_calls": {
                "net": call,
                "vpc": {"expressions": {}, "module": {"resources": [block("aws_vpc.main", {})], "outputs": output}},
            }
        },
        {**subnet, "address": "module.net.aws_subnet.a"},
    )
    found = find(read(tmp_path, made), "module.net.aws_subnet.a")
    assert term(found.attributes["vpc_id"]) == AttributeOf("module.vpc.aws_vpc.main", "id")


@pytest.mark.parametrize(
    "references",
    [
        ["aws_vpc.main.id", "aws_vpc.main", "aws_vpc.other.id", "aws_vpc.other"],
        ["aws_vpc.main.id", "aws_vpc.main", "local.vpc"],
        ["local.vpc"],
        ["data.aws_vpc.found.id", "data.aws_vpc.found"],
        [],
    ],
)
def test_what_may_be_something_else_names_nothing_for_certain(tmp_path: Path, references: list[str]) -> None:
    expressions = {"vpc_id": {"references": references}} if references else {"vpc_id": {}}
    resources = [block("aws_vpc.main", {}), block("aws_vpc.other", {}), block("aws_subnet.a", expressions)]
    other = instance("aws_vpc.other", {})
    made = plan({"resources": [VPC, other, SUBNET]}, {"resources": resources}, *CHANGES)
    found = find(read(tmp_path, made), "aws_subnet.a")
    assert not isinstance(term(found.attributes["vpc_id"]), AttributeOf)


def test_a_list_of_references_is_open_in_a_plan_alone(tmp_path: Path) -> None:
    group = instance("aws_db_subnet_group.g", {"name": "g"})
    two = ["aws_subnet.a.id", "aws_subnet.a", "aws_subnet.b.id", "aws_subnet.b"]
    resources = [block("aws_subnet.a", {}), block("aws_subnet.b", {})]
    made = plan(
        {"resources": [SUBNET, instance("aws_subnet.b", {}), group]},
        {"resources": [*resources, block("aws_db_subnet_group.g", {"subnet_ids": {"references": two}})]},
        change(group, {"subnet_ids": True}),
    )
    found = find(read(tmp_path, made), "aws_db_subnet_group.g").attributes["subnet_ids"]
    assert texts(found) == ["aws_subnet.a.id", "aws_subnet.b.id"]
    assert isinstance(found, ListValue)
    assert found.open


def test_identifiers_of_what_is_there_name_it(tmp_path: Path) -> None:
    vpc = instance("aws_vpc.main", {"id": "vpc-0123456789abcdef0", "arn": "arn:aws:ec2:::vpc/x"})
    subnet = instance("aws_subnet.a", {"vpc_id": "vpc-0123456789abcdef0", "ipv6_native": False})
    other = instance("aws_subnet.b", {"vpc_id": "vpc-0fedcba9876543210"})
    expressions = {"vpc_id": {"references": ["local.vpc"]}}
    resources = [block("aws_vpc.main", {}), block("aws_subnet.a", expressions), block("aws_subnet.b", expressions)]
    deployment = read(tmp_path, plan({"resources": [vpc, subnet, other]}, {"resources": resources}))
    assert term(find(deployment, "aws_subnet.a").attributes["vpc_id"]) == AttributeOf("aws_vpc.main", "id")
    assert data(find(deployment, "aws_subnet.b").attributes["vpc_id"]) == "vpc-0fedcba9876543210"


def test_an_identifier_of_several_is_nobodys(tmp_path: Path) -> None:
    table = instance("aws_route_table.a", {"id": "rtb-0123456789abcdef0"})
    default = instance("aws_default_route_table.a", {"id": "rtb-0123456789abcdef0"})
    route = instance("aws_route.a", {"route_table_id": "rtb-0123456789abcdef0"})
    resources = [block(each["address"], {}) for each in (table, default)]
    resources.append(block("aws_route.a", {"route_table_id": {"references": ["local.table"]}}))
    deployment = read(tmp_path, plan({"resources": [table, default, route]}, {"resources": resources}))
    assert not isinstance(term(find(deployment, "aws_route.a").attributes["route_table_id"]), AttributeOf)


def test_blocks_of_a_set_keep_what_each_refers_to(tmp_path: Path) -> None:
    rules = [{"from_port": 443, "security_groups": None}, {"from_port": 80, "security_groups": None}]
    group = instance("aws_security_group.g", {"ingress": rules})
    unknown = {"ingress": [{"security_groups": True}, {"security_groups": True}]}
    resources = [block(f"aws_security_group.{name}", {}) for name in "gab"]
    others = [instance(f"aws_security_group.{name}", {}) for name in "ab"]
    made = plan({"resources": [group, *others]}, {"resources": resources}, change(group, unknown))
    rule = "  ingress {\n    from_port = %s\n    security_groups = [aws_security_group.%s.id]\n  }\n"
    text = 'resource "aws_security_group" "g" {\n' + rule % (80, "a") + rule % (443, "b") + "}\n"
    text += "".join(f'resource "aws_security_group" "{name}" {{}}\n' for name in "ab")
    found = find(read(tmp_path, made, {"main.tf": text}), "aws_security_group.g").attributes["ingress"]
    assert isinstance(found, ListValue)
    pairs = {}
    for item in found.items:
        assert isinstance(item, MapValue)
        pairs[str(item.get("from_port"))] = texts(item.get("security_groups"))
    assert pairs == {"80": ["aws_security_group.a.id"], "443": ["aws_security_group.b.id"]}
