"""Templates that no stack is named for: what they import by names with unknown parts, they may add to or not."""

from __future__ import annotations

from pathlib import Path

import pytest
from joined import NETWORK, SUBNET, Stack, attribute, deploy

from haanalyzer.frontends.cloudformation.exchange.trade import may_be_equal
from haanalyzer.frontends.deployment import Deployment
from haanalyzer.values import AttributeOf, Concat, Symbol

BOTH = {"network.yaml": NETWORK, "subnet.yaml": SUBNET}


def borrowed(deployment: Deployment) -> list[str]:
    return [each.address for each in deployment.declarations if each.borrowed]


def test_whoever_may_import_may_be_there_any_number_of_times(tmp_path: Path) -> None:
    network, app = deploy(tmp_path, BOTH)
    (subnet,) = (each for each in network.declarations if each.borrowed)
    assert subnet.address == 'stack["subnet.yaml"][*]/Subnet'
    assert subnet.existence.several
    assert not subnet.existence.certain
    assert borrowed(app) == []


def test_resources_on_a_condition_are_there_any_number_of_times_too(tmp_path: Path) -> None:
    head = "Parameters: {Network: {Type: String}, Size: {Type: String}}\nConditions: {C: !Equals [!Ref Size, a]}\n"
    conditional = head + SUBNET.partition("\n")[2]
    conditional = conditional.replace("'AWS::EC2::Subnet',", "'AWS::EC2::Subnet', Condition: C,")
    network, _ = deploy(tmp_path, {"network.yaml": NETWORK, "subnet.yaml": conditional})
    (subnet,) = (each for each in network.declarations if each.borrowed)
    assert subnet.existence.several
    assert len(subnet.existence.unless) == 2


def test_a_template_that_imports_by_known_names_is_deployed_once(tmp_path: Path) -> None:
    templates = {"network.yaml": NETWORK.replace("${AWS::StackName}", "net"), "subnet.yaml": SUBNET}
    literal = {**templates, "subnet.yaml": SUBNET.replace("${Network}", "net")}
    network, app = deploy(tmp_path, literal)
    (subnet,) = (each for each in network.declarations if each.borrowed)
    assert subnet.address == 'stack["subnet.yaml"]/Subnet'
    assert subnet.existence.certain
    assert attribute(app, "Subnet", "VpcId").term == AttributeOf('stack["network.yaml"]/Vpc', "Ref")


def test_a_named_stack_is_deployed_once_whatever_it_imports(tmp_path: Path) -> None:
    network, _ = deploy(tmp_path, BOTH, Stack("network.yaml", "net"), Stack("subnet.yaml", "app"))
    (subnet,) = (each for each in network.declarations if each.borrowed)
    assert subnet.existence.certain
    assert str(subnet.attributes["VpcId"]) == 'import ${stack["app"]/Network}-Vpc'


def test_further_stacks_of_a_template_may_add_to_what_one_of_them_imports(tmp_path: Path) -> None:
    partly = f"{SUBNET}  Route: {{Type: 'AWS::EC2::Route', Properties: {{RouteTableId: !ImportValue net-Table}}}}\n"
    templates = {"network.yaml": NETWORK.replace("${AWS::StackName}", "net"), "subnet.yaml": partly}
    _, app = deploy(tmp_path, templates)
    assert [each for each in borrowed(app) if each.startswith('stack["subnet.yaml"]')] == [
        'stack["subnet.yaml"][*]/Subnet',
        'stack["subnet.yaml"][*]/Route',
    ]


def test_a_template_with_one_known_export_is_deployed_once_in_a_region(tmp_path: Path) -> None:
    exporting = f"{SUBNET}Outputs: {{O: {{Value: !Ref Subnet, Export: {{Name: the-subnet}}}}}}\n"
    network, _ = deploy(tmp_path, {"network.yaml": NETWORK, "subnet.yaml": exporting})
    (subnet,) = (each for each in network.declarations if each.borrowed)
    assert not subnet.existence.several


def test_whoever_imports_other_names_adds_nothing(tmp_path: Path) -> None:
    others = SUBNET.replace("-Vpc", "-Cluster")
    network, _ = deploy(tmp_path, {"network.yaml": NETWORK, "others.yaml": others})
    assert borrowed(network) == []


def test_a_template_that_another_one_nests_is_no_stack_of_its_own(tmp_path: Path) -> None:
    nesting = "Resources: {N: {Type: 'AWS::CloudFormation::Stack', Properties: {TemplateURL: subnet.yaml}}}"
    network, *_ = deploy(tmp_path, {**BOTH, "main.yaml": nesting})
    assert borrowed(network) == ['stack["main.yaml"][*]/N/Subnet']


def test_stacks_too_many_to_be_read_may_add_to_what_they_import(tmp_path: Path) -> None:
    stacks = [Stack("subnet.yaml", f"app-{number:03}", {"Network": "net"}) for number in range(70)]
    network, *apps = deploy(tmp_path, BOTH, Stack("network.yaml", "net"), *stacks)
    read, unread = borrowed(network), network.opaque
    assert len(read) + len(unread) == 70
    assert unread
    for module in unread:
        assert [value.term for value in module.arguments.values()] == [AttributeOf("Vpc", "Ref")]
    assert 'stack["net"]/Vpc' in borrowed(apps[-1])
    named = {module.address for module in unread} | {address.removesuffix("/Subnet") for address in read}
    assert named == {f'stack["{stack.name}"]' for stack in stacks}


A, B = Symbol("A"), Symbol("B")


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        ("a", "a", True),
        ("a", "b", False),
        (Concat((A, "-Vpc")), "net-Vpc", True),
        (Concat((A, "-Vpc")), "net-Vpcs", False),
        (Concat((A, "-Vpc")), "-Vpc", True),
        (Concat((A, "-Vpc")), Concat((A, "-Vpc")), True),
        (Concat((A, "-Vpc")), Concat((B, "-Subnet")), False),
        (Concat((A, "-Subnet", B)), Concat((A, "-Subnet", B, "Public")), True),
        (Concat(("a-", A)), Concat(("b-", B)), False),
        (Concat(("a-", A)), Concat(("a", B)), True),
        (Concat((A, "-Subnet", B, "Public")), "net-SubnetAPublic", True),
        (Concat((A, "-Subnet", B, "Public")), "net-TableAPublic", False),
        (A, Concat((B, "-Vpc")), True),
        (Concat((A, ".+")), "net-Vpc", False),
    ],
)
def test_names_that_may_be_one(left: object, right: object, expected: bool) -> None:
    assert may_be_equal(left, right) is expected  # type: ignore[arg-type]
    assert may_be_equal(right, left) is expected  # type: ignore[arg-type]


def test_a_default_is_no_more_than_one_of_the_values_that_may_be_passed(tmp_path: Path) -> None:
    """Of the network only the second zone's table is exported, and the default is the first zone."""
    network = NETWORK.replace("-Table", "-TableB")
    nat = """\
    Parameters: {Network: {Type: String}, Zone: {Type: String, Default: A, AllowedValues: [A, B]}}
    Resources:
      WayOut: {Type: 'AWS::EC2::Route', Properties: {RouteTableId: !ImportValue {'Fn::Sub': '${Network}-Table${Zone}'}}}
    """
    first, own = deploy(tmp_path, {"network.yaml": network, "nat.yaml": nat})
    assert borrowed(first) == ['stack["nat.yaml"][*]/WayOut']
    assert str(attribute(own, "WayOut", "RouteTableId")) == "import ${Network}-TableA"


def test_one_of_any_number_is_joined_by_its_defaults(tmp_path: Path) -> None:
    route = "  Route: {Type: T, Properties: {P: !ImportValue {'Fn::Sub': '${Other}-Table'}}}\n"
    templates = {"network.yaml": NETWORK.replace("${AWS::StackName}", "net"), "subnet.yaml": SUBNET + route}
    parameters = "Parameters: {Network: {Type: String, Default: net}, Other: {Type: String}}"
    templates["subnet.yaml"] = templates["subnet.yaml"].replace("Parameters: {Network: {Type: String}}", parameters)
    network, app = deploy(tmp_path, templates)
    assert attribute(app, "Subnet", "VpcId").term == AttributeOf('stack["network.yaml"]/Vpc', "Ref")
    assert borrowed(network) == ['stack["subnet.yaml"][*]/Subnet', 'stack["subnet.yaml"][*]/Route']
    assert 'import ${stack["subnet.yaml"][*]/Network}' in str(network.declarations[-2].attributes["VpcId"])


def test_of_a_template_in_two_notations_each_sees_those_in_its_own(tmp_path: Path) -> None:
    network = NETWORK.replace("${AWS::StackName}", "net")
    subnet = SUBNET.replace("${Network}", "net")
    templates = {"network.json": network, "network.yaml": network, "subnet.json": subnet, "subnet.yaml": subnet}
    in_json, in_yaml, app_in_json, app_in_yaml = deploy(tmp_path, templates)
    assert borrowed(in_json) == ['stack["subnet.json"]/Subnet']
    assert borrowed(in_yaml) == ['stack["subnet.yaml"]/Subnet']
    assert attribute(app_in_json, "Subnet", "VpcId").term == AttributeOf('stack["network.json"]/Vpc', "Ref")
    assert attribute(app_in_yaml, "Subnet", "VpcId").term == AttributeOf('stack["network.yaml"]/Vpc', "Ref")
    assert app_in_json.diagnostics == ()
