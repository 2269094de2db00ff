"""Plans in JSON, with the configuration at hand and without."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from plans import Json, attempt, block, change, instance, plan, read
from reading import addresses, find, texts

from haanalyzer.frontends.deployment import Deployment
from haanalyzer.source.diagnostic import Diagnostic
from haanalyzer.values import AttributeOf, Known, ListValue, MapValue, Unknown, Value

VPC = instance("aws_vpc.main", {"cidr_block": "10.0.0.0/16"})
SUBNET = instance("aws_subnet.a", {"availability_zone": "eu-west-1a", "tags": None})
CONFIGURATION: Json = {
    "resources": [
        block("aws_vpc.main", {"cidr_block": {"constant_value": "10.0.0.0/16"}}),
        block(
            "aws_subnet.a",
            {
                "availability_zone": {"references": ["var.zone"]},
                "vpc_id": {"references": ["aws_vpc.main.id", "aws_vpc.main"]},
            },
        ),
    ],
    "variables": {"zone": {}},
}
CHANGES = (change(VPC, {"id": True, "arn": True}), change(SUBNET, {"id": True, "vpc_id": True}))
PLAN = plan({"resources": [VPC, SUBNET]}, CONFIGURATION, *CHANGES, variables={"zone": {"value": "eu-west-1a"}})
SOURCE = """
resource "aws_vpc" "main" {
  cidr_block = "10.0.0.0/16"
}

resource "aws_subnet" "a" {
  availability_zone = var.zone
  vpc_id            = aws_vpc.main.id # the only one
}

variable "zone" {}
"""


def term(value: Value) -> object:
    assert isinstance(value, Unknown), value
    return value.term


def data(value: Value) -> object:
    assert isinstance(value, Known), value
    return value.data


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
