"""Each intrinsic function as its page in AWS's template reference says it works, in templates of our own.

https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference.html
"""

from __future__ import annotations

import pytest
from stack_templates import data_of, declared, deploy, value_of

from haanalyzer.frontends.cloudformation.evaluation.functions import FUNCTIONS
from haanalyzer.values import AttributeOf, Call, Concat, ItemOf, Symbol, ZoneList

HEAD = """
Parameters:
  Stage: {Type: String, Default: live}
  Subnets: {Type: CommaDelimitedList, Default: 'subnet-1, subnet-2, subnet-3'}
  Blocks: {Type: CommaDelimitedList}
Mappings:
  Images:
    eu-west-1: {Arm: ami-1, Intel: ami-2}
    us-east-1: {Arm: ami-3, Intel: ami-4}
Conditions:
  Live: !Equals [!Ref Stage, live]
  LiveAbroad: !And [!Condition Live, !Not [!Equals [!Ref AWS::Region, us-east-1]]]
  LiveOrHome: !Or [!Condition Live, !Equals [!Ref AWS::Region, us-east-1]]
Resources:
  Vpc: {Type: 'AWS::EC2::VPC', Properties: {CidrBlock: 10.0.0.0/16}}
  Balancer: {Type: 'AWS::ElasticLoadBalancing::LoadBalancer', Properties: {}}
"""

EXAMPLES = [
    ("Fn::Base64", "{'Fn::Base64': 'yum update'}", "eXVtIHVwZGF0ZQ=="),
    ("Fn::Cidr", "!Select [5, !Cidr [192.168.0.0/24, '6', '5']]", "192.168.0.160/27"),
    ("Fn::Cidr", "!Select [1, !Cidr [!GetAtt Vpc.CidrBlock, 2, 8]]", "10.0.1.0/24"),
    (
        "Fn::Cidr",
        "!Select [0, !Cidr [!Select [0, !GetAtt Vpc.Ipv6CidrBlocks], 1, 64]]",
        ItemOf(Call("Fn::Cidr", (ItemOf(AttributeOf("Vpc", "Ipv6CidrBlocks"), 0), "1", "64")), 0),
    ),
    ("Fn::If", "!If [Live, first, second]", "first"),
    ("Fn::If", "!If [LiveAbroad, first, second]", "first"),
    ("Fn::If", "!If [LiveOrHome, !If [LiveAbroad, abroad, home], off]", "abroad"),
    ("Fn::FindInMap", "!FindInMap [Images, !Ref AWS::Region, Arm]", "ami-1"),
    ("Fn::FindInMap", "!FindInMap [Images, ap-south-1, Arm, {DefaultValue: !Ref Stage}]", "live"),
    ("Fn::FindInMap", "!FindInMap [Images, !Select [0, !Split ['|', 'us-east-1|a']], Intel]", "ami-4"),
    ("Fn::GetAtt", "!GetAtt Balancer.DNSName", AttributeOf("Balancer", "DNSName")),
    ("Fn::GetAtt", "{'Fn::GetAtt': [Balancer, !Join ['', [DNS, Name]]]}", AttributeOf("Balancer", "DNSName")),
    ("Fn::GetAtt", "{'Fn::GetAtt': [Balancer, !Ref Vpc]}", Call("Fn::GetAtt", ("Balancer", AttributeOf("Vpc", "Ref")))),
    ("Fn::GetAZs", "!GetAZs ''", ZoneList("eu-west-1")),
    ("Fn::GetAZs", "{'Fn::GetAZs': }", ZoneList("eu-west-1")),
    ("Fn::GetAZs", "!Select [0, {'Fn::GetAZs': !Ref AWS::Region}]", ItemOf(ZoneList("eu-west-1"), 0)),
    (
        "Fn::GetStackOutput",
        "{'Fn::GetStackOutput': {StackName: net, OutputName: Vpc}}",
        Call("Fn::GetStackOutput", (Call("map", ("OutputName", "Vpc", "StackName", "net")),)),
    ),
    ("Fn::ImportValue", "{'Fn::ImportValue': !Sub '${Stage}-vpc'}", Symbol("import live-vpc")),
    ("Fn::Join", "!Join [':', [a, b, c]]", "a:b:c"),
    ("Fn::Join", "!Join ['', ['arn:', !Ref AWS::Partition, ':s3:::b']]", "arn:aws:s3:::b"),
    ("Fn::Length", "{'Fn::Length': !Ref Subnets}", 3),
    ("Fn::Length", "{'Fn::Length': [1, !Ref Vpc, 3]}", 3),
    ("Fn::Select", "!Select ['1', [apples, grapes, oranges, mangoes]]", "grapes"),
    ("Fn::Select", "!Select [0, !Ref Blocks]", ItemOf(Symbol("Blocks"), 0)),
    ("Fn::Split", "!Split ['|', 'a||c|']", ["a", "", "c", ""]),
    ("Fn::Split", "!Select [2, !Split [',', !Join [',', !Ref Subnets]]]", "subnet-3"),
    ("Fn::Split", "!Split [',', !ImportValue ids]", Call("Fn::Split", (",", Symbol("import ids")))),
    ("Fn::Sub", "!Sub ['www.${Domain}', {Domain: !Ref Stage}]", "www.live"),
    ("Fn::Sub", "!Sub '${AWS::Region}:vpc/${Vpc}'", Concat(("eu-west-1:vpc/", AttributeOf("Vpc", "Ref")))),
    ("Fn::ToJsonString", "{'Fn::ToJsonString': {key1: value1, key2: !Ref Stage}}", '{"key1":"value1","key2":"live"}'),
    ("Fn::ToJsonString", "{'Fn::ToJsonString': [{key1: !Ref AWS::NoValue}, {key2: a}]}", '[{},{"key2":"a"}]'),
    ("Ref", "!Ref Vpc", AttributeOf("Vpc", "Ref")),
]


@pytest.mark.parametrize(("expression", "expected"), [(expression, expected) for _, expression, expected in EXAMPLES])
def test_functions_do_what_their_pages_say(expression: str, expected: object) -> None:
    assert data_of(value_of(expression, HEAD, region="eu-west-1")) == expected


def test_every_function_has_an_example() -> None:
    assert FUNCTIONS.keys() <= {function for function, _, _ in EXAMPLES}


def test_for_each_makes_resources_conditions_outputs_and_properties() -> None:
    text = """\
        Parameters:
          Names: {Type: CommaDelimitedList, Default: 'one,two'}
        Mappings: {Sizes: {one: {Of: 1}, two: {Of: 2}}}
        Conditions:
          Fn::ForEach::Conditions: [N, !Ref Names, {'Is${N}': !Equals [!Ref N, one]}]
        Resources:
          Fn::ForEach::Tables:
          - N
          - !Ref Names
          - Table${N}:
              Type: T
              Condition: Is${N}
              Properties:
                Name: !Sub 'table-${N}'
                Size: !FindInMap [Sizes, !Ref N, Of]
                Fn::ForEach::Flags: [F, [a, b.c], {'Flag&{F}': !Join ['-', [!Ref N, !Ref F]]}]
          Fn::ForEach::Nested:
          - A
          - [x, y]
          - Fn::ForEach::Inner:
            - B
            - [!Ref Names, '3']
            - R${A}${B}: {Type: T, Properties: {P: !GetAtt Tableone.Name}}
        Outputs:
          Fn::ForEach::Outputs: [N, !Ref Names, {'Out${N}': {Value: !Ref N}}]
        """
    found = declared(deploy(text))
    assert sorted(found) == ["Rx3", "Rxone", "Rxtwo", "Ry3", "Ryone", "Rytwo", "Tableone"]
    attributes = found["Tableone"].attributes
    assert {name: data_of(value) for name, value in attributes.items()} == {
        "Name": "table-one",
        "Size": 1,
        "Flaga": "one-a",
        "Flagbc": "one-b.c",
    }
    assert data_of(found["Rxone"].attributes["P"]) == "table-one"
    assert {str(taken) for taken in found["Rxone"].existence.assuming} == {"Names = one,two (default)"}
