from __future__ import annotations

from itertools import islice

import pytest
from stack_templates import data_of, declared, deploy, value_of

from haanalyzer.values import (
    Absent,
    AttributeOf,
    Call,
    Choice,
    Concat,
    ItemOf,
    Known,
    ListValue,
    Symbol,
    Truth,
    Unknown,
    ZoneList,
    same,
    walk,
)

REGION = Symbol("AWS::Region")
HEAD = """
Parameters:
  Zones: {Type: 'List<AWS::EC2::AvailabilityZone::Name>'}
  Env: {Type: String}
  Size: {Type: Number, Default: 3}
Mappings:
  Cidr:
    Vpc: {Main: 10.0.0.0/16, Other: 10.1.0.0/16}
    Alt: {Main: 10.0.0.0/16, Other: 10.2.0.0/16}
  Lists: {L: {Items: [a, b]}}
Conditions:
  IsProd: !Equals [!Ref Env, prod]
  Yes: !Equals [a, a]
Resources:
  Net: {Type: 'AWS::EC2::Subnet', Properties: {AvailabilityZone: !Select [0, !Ref Zones], CidrBlock: 10.0.1.0/24}}
"""


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("!Ref Size", "3"),
        ("!Ref Env", Symbol("Env")),
        ("!Ref Net", AttributeOf("Net", "Ref")),
        ("!Ref Nowhere", Symbol("Nowhere")),
        ("!Ref AWS::StackName", Symbol("AWS::StackName")),
        ("!GetAtt Net.CidrBlock", "10.0.1.0/24"),
        ("!GetAtt Net.AvailabilityZone", ItemOf(Symbol("Zones"), 0)),
        ("!GetAtt Net.SubnetId", AttributeOf("Net", "SubnetId")),
        ("{'Fn::GetAtt': [Net, NetworkAclAssociationId]}", AttributeOf("Net", "NetworkAclAssociationId")),
        ("{'Fn::GetAtt': Net.CidrBlock}", "10.0.1.0/24"),
        ("!Sub 'a-${Size}-${!Literal}'", "a-3-${Literal}"),
        ("!Sub '${AWS::Region}a'", Concat((REGION, "a"))),
        ("!Join ['', [!Ref AWS::Region, a]]", Concat((REGION, "a"))),
        ("!Sub ['${X}-${Net.CidrBlock}-${Size}', {X: !Ref Size}]", "3-10.0.1.0/24-3"),
        ("!Sub ['${Size}', {Size: mine}]", "mine"),
        ("!Sub '${Net}'", AttributeOf("Net", "Ref")),
        ("!Join ['-', [a, !Ref AWS::NoValue, true, 1]]", "a-true-1"),
        ("!Join [',', !Ref Zones]", Call("Fn::Join", (",", Symbol("Zones")))),
        ("!Split [',', !Join [',', !Ref Zones]]", Symbol("Zones")),
        ("!Split ['-', a-b--c]", ["a", "b", "", "c"]),
        ("!Select [1, !Split [',', !Sub 'x,${Net}']]", AttributeOf("Net", "Ref")),
        ("!Split [',', !GetAtt Custom.Subnets]", Call("Fn::Split", (",", AttributeOf("Custom", "Subnets")))),
        ("!Split [',', !Ref Env]", Call("Fn::Split", (",", Symbol("Env")))),
        ("!Select [1, [a, b]]", "b"),
        ("!Select ['1', !Ref Zones]", ItemOf(Symbol("Zones"), 1)),
        ("!Select [1, !GetAZs '']", ItemOf(ZoneList(REGION), 1)),
        ("!GetAZs {Ref: 'AWS::Region'}", ZoneList(REGION)),
        ("!GetAZs eu-west-1", ZoneList("eu-west-1")),
        ("!FindInMap [Cidr, Vpc, Main]", "10.0.0.0/16"),
        ("!FindInMap [Lists, L, Items]", ["a", "b"]),
        ("!FindInMap [Cidr, !Ref Env, Main]", "10.0.0.0/16"),
        ("!FindInMap [Cidr, No, Main, {DefaultValue: x}]", "x"),
        ("!Cidr [10.0.0.0/16, 3, 8]", ["10.0.0.0/24", "10.0.1.0/24", "10.0.2.0/24"]),
        ("!Cidr ['fd00::/56', 2, 64]", ["fd00::/64", "fd00:0:0:1::/64"]),
        (
            "!Select [2, !Cidr [!GetAtt Net.Block, 4, 8]]",
            ItemOf(Call("Fn::Cidr", (AttributeOf("Net", "Block"), "4", "8")), 2),
        ),
        ("!Base64 abc", "YWJj"),
        ("!ImportValue net-id", Symbol("import net-id")),
        ("!ImportValue {'Fn::Sub': '${Env}-id'}", Symbol("import ${Env}-id")),
        ("{'Fn::Length': [a, b]}", 2),
        ("{'Fn::Length': !Ref Zones}", Call("Fn::Length", (Symbol("Zones"),))),
        ("{'Fn::ToJsonString': {A: [1, true]}}", '{"A":[1,true]}'),
        ("!If [Yes, a, b]", "a"),
        ("[a, !Ref AWS::NoValue, b]", ["a", "b"]),
        ("{A: 1, B: !Ref AWS::NoValue}", {"A": 1}),
        ("'{{resolve:ssm:/vpc/id}}'", Symbol("{{resolve:ssm:/vpc/id}}")),
        ("!Sub 'x-{{resolve:ssm:/a}}'", Concat(("x-", Symbol("{{resolve:ssm:/a}}")))),
        ("!Sub 'x-{{resolve:ssm:/${Size}/a}}-y'", Concat(("x-", Symbol("{{resolve:ssm:/3/a}}"), "-y"))),
        ("!Sub '{{resolve:ssm:/${Env}}}'", Call("resolve", (Concat(("{{resolve:ssm:/", Symbol("Env"), "}}")),))),
        ("!Join ['', ['{{resolve:', 'ssm:/a}}']]", Symbol("{{resolve:ssm:/a}}")),
        ("!Sub '{{resolve:${Env}'", Concat(("{{resolve:", Symbol("Env")))),
        ("!Sub '${! Kept } ${ Size }'", "${ Kept } 3"),
        ("!Join [1, [a, b]]", "a1b"),
        ("!Join [!Ref Size, [a, b]]", "a3b"),
        ("!Join [!Ref Env, [!ImportValue a]]", Call("Fn::Join", (Symbol("Env"), Call("list", (Symbol("import a"),))))),
        ("!Split [!Ref Env, !ImportValue a]", Call("Fn::Split", (Symbol("Env"), Symbol("import a")))),
        ("!Split [!Ref Size, a3b]", ["a", "b"]),
        ("{'Fn::ToJsonString': {A: é}}", '{"A":"é"}'),
        ("!Foo [!Ref Env, 1]", Call("Fn::Foo", (Call("list", (Symbol("Env"), "1")),))),
    ],
)
def test_functions(expression: str, expected: object) -> None:
    assert data_of(value_of(expression, HEAD)) == expected


@pytest.mark.parametrize(
    "expression",
    [
        "!Select [5, [a]]",
        "!Select [-1, !Ref Zones]",
        "!Select [a, [b]]",
        "!Join x",
        "!Join [',', !Ref Net, x]",
        "!Sub {a: b}",
        "!Sub '${.B}'",
        "!GetAZs [1]",
        "!Cidr [nonsense, 1, 8]",
        "!Cidr [10.0.0.0/24, 300, 4]",
        "!Cidr [10.0.0.0/24, 2, -1]",
        "!FindInMap [Cidr, No, Main]",
        "!FindInMap [Cidr, Vpc]",
        "!If [Yes, a]",
        "!If [[a], b, c]",
        "!GetAtt Net",
        "!Split ['', a]",
        "!Transform {Name: Mine}",
    ],
)
def test_what_cannot_be_evaluated_is_unknown_with_a_reason(expression: str) -> None:
    value = value_of(expression, HEAD)
    assert isinstance(value, Unknown)
    assert value.reason
    assert value.maybe_absent


def test_a_given_region_is_known_everywhere() -> None:
    assert data_of(value_of("!Sub '${AWS::Region}.${AWS::URLSuffix}.${AWS::Partition}'", region="cn-north-1")) == (
        "cn-north-1.amazonaws.com.cn.aws-cn"
    )
    assert data_of(value_of("!Select [0, !GetAZs '']", region="eu-west-1")) == ItemOf(ZoneList("eu-west-1"), 0)


def test_two_zones_of_one_list_differ_and_so_do_two_letters() -> None:
    assert same(value_of("!Select [0, !GetAZs '']"), value_of("!Select [1, !GetAZs {Ref: 'AWS::Region'}]")) is Truth.NO
    assert same(value_of("!Sub '${AWS::Region}a'"), value_of("!Sub '${AWS::Region}b'")) is Truth.NO


def test_the_number_of_zones_is_known_from_below() -> None:
    value = value_of("{'Fn::Length': !GetAZs us-east-1}")
    assert isinstance(value, Unknown)
    assert value.minimum is not None
    assert value.minimum >= 3


def test_an_undecided_condition_leaves_a_choice() -> None:
    value = value_of("!If [IsProd, a, b]", HEAD)
    assert isinstance(value, Choice)
    assert value.condition == Call("Fn::Equals", (Symbol("Env"), "prod"))
    assert (data_of(value.when_true), data_of(value.when_false)) == ("a", "b")


def test_choices_on_one_condition_go_together() -> None:
    value = value_of("!Sub ['${A}${B}', {A: !If [IsProd, a, b], B: !If [IsProd, c, d]}]", HEAD)
    assert isinstance(value, Choice)
    assert (data_of(value.when_true), data_of(value.when_false)) == ("ac", "bd")


def test_equal_branches_are_no_choice() -> None:
    assert data_of(value_of("!If [IsProd, a, a]", HEAD)) == "a"


def test_an_element_that_may_vanish_makes_a_choice_of_lists() -> None:
    value = value_of("[a, !If [IsProd, b, !Ref AWS::NoValue], c]", HEAD)
    assert isinstance(value, Choice)
    assert (data_of(value.when_true), data_of(value.when_false)) == (["a", "b", "c"], ["a", "c"])


def test_too_many_vanishing_elements_leave_the_list_open() -> None:
    names = [f"C{at}" for at in range(6)]
    head = "Parameters: {A: {Type: String}}\nConditions:\n"
    head += "".join(f"  {name}: !Equals [!Ref A, {name}]\n" for name in names)
    options = ", ".join(f"!If [{name}, {name}, !Ref AWS::NoValue]" for name in names)
    value = value_of(f"[first, {options}, last]", head)
    assert isinstance(value, ListValue)
    assert data_of(value) == ["first", "last"]
    assert value.open


def test_a_property_may_be_absent() -> None:
    value = value_of("!If [IsProd, !Ref AWS::NoValue, 1]", HEAD)
    assert isinstance(value, Choice)
    assert isinstance(value.when_true, Absent)


def test_values_stand_where_their_literal_is() -> None:
    text = """\
    Parameters:
      Size: {Type: Number, Default: 3}
    Resources:
      A: {Type: T, Properties: {P: !Ref Size, Q: {R: [x]}}}
    """
    attributes = declared(deploy(text))["A"].attributes
    assert attributes["P"].place[1:] == (2, 33, 2, 34)
    assert attributes.key_span("P")[1:] == (4, 29, 4, 30)
    inner = attributes["Q"]
    assert inner.keys["R"][1:] == (4, 47, 4, 48)
    assert inner.entries["R"].items[0].place[1:] == (4, 51, 4, 52)


def test_a_list_outlives_its_way_through_text_only_where_no_part_may_hold_a_comma() -> None:
    sure = value_of("!Split [',', !Sub '${Net},${Net.OtherId}, ${AWS::AccountId}']", HEAD)
    unsure = value_of("!Split [',', !Sub '${Net},${Env},${Net}']", HEAD)
    assert data_of(sure) == [AttributeOf("Net", "Ref"), AttributeOf("Net", "OtherId"), Symbol("AWS::AccountId")]
    assert isinstance(sure, ListValue)
    assert sure.open is None
    assert data_of(unsure) == [AttributeOf("Net", "Ref")]
    assert isinstance(unsure, ListValue)
    assert unsure.open


def test_properties_that_need_each_other_are_unknown() -> None:
    text = """\
    Resources:
      A: {Type: T, Properties: {P: !GetAtt B.P}}
      B: {Type: T, Properties: {P: !GetAtt A.P}}
    """
    value = declared(deploy(text))["A"].attributes["P"]
    assert isinstance(value, Unknown)
    assert value.reason == "refers to itself"


@pytest.mark.parametrize("step", ["!Join ['', [{0}, {0}]]", "!Cidr [{0}, {0}, 3]", "[{0}, {0}]"])
def test_references_that_double_end(step: str) -> None:
    lines = ["  R0: {Type: T, Properties: {P: !Ref X}}"]
    lines += [f"  R{at}: {{Type: T, Properties: {{P: {step.format(f'!GetAtt R{at - 1}.P')}}}}}" for at in range(1, 60)]
    found = declared(deploy("Resources:\n" + "\n".join(lines)))
    for at in range(60):
        assert sum(1 for _ in islice(walk(found[f"R{at}"].attributes["P"]), 50_000)) < 50_000


def test_known_scalars_keep_their_type() -> None:
    assert [type(item.data) for item in value_of("[1, 1.5, true, x]").items if isinstance(item, Known)] == [
        int,
        float,
        bool,
        str,
    ]
