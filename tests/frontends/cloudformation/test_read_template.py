from __future__ import annotations

import pytest
from stack_templates import data_of, declared, deploy

from haanalyzer.values import Known, MapValue, Symbol, Unknown


def test_declarations_in_the_order_written() -> None:
    deployment = deploy(
        "Resources:\n  B: {Type: 'AWS::S3::Bucket'}\n  A: {Type: 'AWS::SQS::Queue'}\n", region="eu-west-1"
    )
    assert [(found.address, found.type, found.place[1:]) for found in deployment.declarations] == [
        ("B", "AWS::S3::Bucket", (2, 3, 2, 4)),
        ("A", "AWS::SQS::Queue", (3, 3, 3, 4)),
    ]
    region = deployment.declarations[0].region
    assert isinstance(region, Known)
    assert region.data == "eu-west-1"
    assert deployment.files == ("main.yaml",)


def test_without_a_region_it_is_a_symbol() -> None:
    region = declared(deploy("Resources: {A: {Type: T}}"))["A"].region
    assert isinstance(region, Unknown)
    assert (region.term, region.reason) == (Symbol("AWS::Region"), "no region given")


def test_what_stands_beside_the_properties() -> None:
    text = """\
    Resources:
      A:
        Type: T
        DeletionPolicy: Retain
        DependsOn: [B]
        Properties: {DeletionPolicy: mine}
      B: {Type: T}
    """
    attributes = declared(deploy(text))["A"].attributes
    assert list(attributes) == ["@DeletionPolicy", "@DependsOn", "DeletionPolicy"]
    assert data_of(attributes["@DeletionPolicy"]) == "Retain"
    assert data_of(attributes["DeletionPolicy"]) == "mine"
    assert attributes.key_span("@DependsOn").line == 5
    assert "Missing" not in attributes
    assert attributes.get("Missing") is None
    assert attributes.key_span("Missing") is None


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        ("", "no-resources", 1),
        ("just text", "no-resources", 1),
        ("A: 1\nB: 2", "no-resources", 1),
        ("A: 1\nResources: [x]", "no-resources", 2),
        ("Resources:\n", "no-resources", 1),
        ("Resources:\n  A: [", "invalid-yaml", 2),
        ("Resources:\n  A: 1\n", "invalid-resource", 2),
        ("Resources:\n  A: {Properties: {}}\n", "invalid-resource", 2),
        ("Resources:\n  A: {Type: T, Properties: [1]}\n", "invalid-resource", 2),
        ("Resources:\n  A: {Type: T, Condition: [1]}\n", "invalid-resource", 2),
        ("Resources: {A: {Type: T}}\nMappings: [1]\n", "invalid-section", 2),
        ("Resources: {A: {Type: T}}\nConditions: 3\n", "invalid-section", 2),
    ],
)
def test_a_fault_gives_one_diagnostic(text: str, code: str, line: int) -> None:
    (found,) = deploy(text).diagnostics
    assert (found.code, found.place.line, found.is_error) == (code, line, True)


def test_a_broken_resource_does_not_hide_the_others() -> None:
    assert list(declared(deploy("Resources:\n  A: 1\n  B: {Type: T}\n"))) == ["B"]


LOOP = """\
Transform: AWS::LanguageExtensions
Parameters:
  Names: {Type: CommaDelimitedList, Default: 'a,b-1'}
  Unknown: {Type: CommaDelimitedList}
Resources:
  Fn::ForEach::Topics:
    - Name
    - COLLECTION
    - Topic&{Name}:
        Type: AWS::SNS::Topic
        Properties: {TopicName: !Ref Name, Full: !Sub '${Name}.fifo'}
"""


def test_a_loop_over_known_values_is_unrolled() -> None:
    found = declared(deploy(LOOP.replace("COLLECTION", "[x, y-2]")))
    assert list(found) == ["Topicx", "Topicy2"]
    assert data_of(found["Topicy2"].attributes["TopicName"]) == "y-2"
    assert data_of(found["Topicy2"].attributes["Full"]) == "y-2.fifo"
    assert found["Topicx"].existence.assuming == frozenset()


def test_a_loop_over_a_default_is_an_assumption() -> None:
    found = declared(deploy(LOOP.replace("COLLECTION", "!Ref Names")))
    assert list(found) == ["Topica", "Topicb1"]
    assert [str(taken) for taken in found["Topica"].existence.assuming] == ["Names = a,b-1 (default)"]


def test_a_loop_over_unknown_values_is_opaque() -> None:
    deployment = deploy(LOOP.replace("COLLECTION", "!Ref Unknown"))
    assert [(found.code, found.is_error) for found in deployment.diagnostics] == [("loop-not-read", False)]
    assert [opaque.address for opaque in deployment.opaque] == ["Fn::ForEach::Topics"]


def test_loops_within_loops_and_within_properties() -> None:
    text = """\
    Resources:
      Fn::ForEach::Outer:
        - A
        - [x, y]
        - Fn::ForEach::Inner:
            - B
            - [1, 2]
            - 'R${A}${B}': {Type: T, Properties: {P: {'Fn::ForEach::Tags': [K, [p, q], {'${K}${A}': !Ref B}]}}}
    """
    found = declared(deploy(text))
    assert list(found) == ["Rx1", "Rx2", "Ry1", "Ry2"]
    assert data_of(found["Ry2"].attributes["P"]) == {"py": 2, "qy": 2}


def test_an_unknown_loop_leaves_a_map_open() -> None:
    text = """\
    Parameters: {L: {Type: CommaDelimitedList}}
    Resources:
      A:
        Type: T
        Properties:
          P: {Q: 1, 'Fn::ForEach::X': [K, !Ref L, {'${K}': 1}]}
          Fn::ForEach::Y: [K, !Ref L, {'${K}': 1}]
    """
    attributes = declared(deploy(text))["A"].attributes
    inner = attributes["P"]
    assert isinstance(inner, MapValue)
    assert inner.open
    assert list(attributes) == ["P"]
    assert isinstance(attributes.get("Other"), Unknown)


def test_loops_that_multiply_end() -> None:
    inner = "{'R${A}': {Type: T}}"
    for name in "ABCDEF":
        inner = f"{{'Fn::ForEach::{name}': [{name}, [1, 2, 3, 4, 5, 6, 7, 8, 9, 10], {inner}]}}"
    deployment = deploy(f"Resources: {inner}\n")
    assert {found.code for found in deployment.diagnostics} == {"loop-not-read"}


@pytest.mark.parametrize(
    ("transform", "opaque"),
    [
        ("AWS::Serverless-2016-10-31", []),
        ("[AWS::LanguageExtensions, AWS::Serverless-2016-10-31]", []),
        ("Mine", ["Transform Mine"]),
        ("[AWS::LanguageExtensions, {Name: AWS::Include, Parameters: {Location: s3://x}}]", ["Transform AWS::Include"]),
    ],
)
def test_macros_may_add_anything(transform: str, opaque: list[str]) -> None:
    deployment = deploy(f"Transform: {transform}\nResources: {{A: {{Type: T}}}}\n")
    assert [module.address for module in deployment.opaque] == opaque
    assert [found.code for found in deployment.diagnostics] == ["macro-not-read"] * len(opaque)
    assert list(declared(deployment)) == ["A"]


def test_a_macro_among_resources_and_properties() -> None:
    text = """\
    Resources:
      Fn::Transform: {Name: AWS::Include, Parameters: {Location: s3://x}}
      A: {Type: T, Properties: {P: 1, 'Fn::Transform': {Name: Mine}}}
    """
    deployment = deploy(text)
    assert [module.address for module in deployment.opaque] == ["Fn::Transform"]
    attributes = declared(deployment)["A"].attributes
    assert data_of(attributes["P"]) == 1
    assert isinstance(attributes.get("Q"), Unknown)


def test_globals_of_serverless_templates() -> None:
    text = """\
    Transform: AWS::Serverless-2016-10-31
    Globals:
      Function: {Timeout: 3, VpcConfig: {SubnetIds: [a], SecurityGroupIds: [s]}}
    Resources:
      F: {Type: 'AWS::Serverless::Function', Properties: {Timeout: 9, VpcConfig: {SubnetIds: [b]}}}
      Q: {Type: 'AWS::SQS::Queue', Properties: {}}
    """
    found = declared(deploy(text))
    assert data_of(found["F"].attributes["Timeout"]) == 9
    assert data_of(found["F"].attributes["VpcConfig"]) == {"SubnetIds": ["a", "b"], "SecurityGroupIds": ["s"]}
    assert list(found["Q"].attributes) == []


def test_the_usual_network_with_zones_from_a_parameter() -> None:
    text = """\
    Parameters:
      AvailabilityZones: {Type: 'List<AWS::EC2::AvailabilityZone::Name>'}
      NumberOfAZs: {Type: String, Default: '2', AllowedValues: ['2', '3']}
    Conditions:
      Third: !Equals [!Ref NumberOfAZs, '3']
    Resources:
      One: {Type: 'AWS::EC2::Subnet', Properties: {AvailabilityZone: !Select ['0', !Ref AvailabilityZones]}}
      Two: {Type: 'AWS::EC2::Subnet', Properties: {AvailabilityZone: !Select ['1', !Ref AvailabilityZones]}}
      Three: {Type: 'AWS::EC2::Subnet', Condition: Third, Properties: {}}
    """
    assert list(declared(deploy(text))) == ["One", "Two"]
    found = declared(deploy(text, parameters={"NumberOfAZs": 3}))
    assert str(found["Two"].attributes["AvailabilityZone"]) == "AvailabilityZones[1]"
    assert found["Three"].existence.certain
