"""Expressions to values: known, absent, chosen, unknown with identity."""

from __future__ import annotations

from pathlib import Path

import pytest
from reading import find, read, texts, value

from haanalyzer.frontends.deployment import Inputs
from haanalyzer.values import (
    Absent,
    Choice,
    ItemOf,
    Known,
    ListValue,
    MapValue,
    Symbol,
    Truth,
    Unknown,
    same,
)

UNKNOWN = 'variable "x" {}\nvariable "y" {}\nvariable "on" {\n  type = bool\n}\n'


@pytest.mark.parametrize(
    ("expression", "data"),
    [
        ('"a"', "a"),
        ("1 + 2 * 3", 7),
        ('"${1 + 1}-b"', "2-b"),
        ("true ? 1 : 2", 1),
        ("[1, 2, 3][1]", 2),
        ("{ a = 5 }.a", 5),
        ('{ a = 5 }["a"]', 5),
        ("[for n in [1, 2, 3] : n * 2 if n > 1][0]", 4),
        ("{ for k, v in { a = 1, b = 2 } : v => k }[2]", "b"),
        ('{ for w in ["ax", "ay", "bz"] : substr(w, 0, 1) => w... }.a[1]', "ay"),
        ('try({}.missing, "fallback")', "fallback"),
        ("can({}.missing)", False),
        ("can({ a = 1 }.a)", True),
        ("([{ a = 1 }, { a = 2 }][*].a)[1]", 2),
        ("false && [][0]", False),
        ('"%{for n in [1, 2]}${n},%{endfor}"', "1,2,"),
        ('"%{if true}yes%{else}no%{endif}"', "yes"),
        ('"${[for n in [1, 2] : n][1]}"', 2),
        ('"${true ? [7] : []}"[0]', 7),
        ("max([3, 5, 4]...)", 5),
    ],
)
def test_known_expressions(tmp_path: Path, expression: str, data: object) -> None:
    found = value(tmp_path, expression)
    assert isinstance(found, Known)
    assert found.data == data


def test_null_is_absent(tmp_path: Path) -> None:
    assert isinstance(value(tmp_path, "null"), Absent)


def test_unknowns_keep_their_identity(tmp_path: Path) -> None:
    found = value(tmp_path, "[var.x, var.x, var.y, var.x[0], var.x.name, var.x.name]", UNKNOWN)
    assert isinstance(found, ListValue)
    first, again, other, item, name, name_again = found.items
    assert same(first, again) is Truth.YES
    assert same(first, other) is Truth.MAYBE
    assert isinstance(item, Unknown)
    assert item.term == ItemOf(Symbol("var.x"), 0)
    assert same(name, name_again) is Truth.YES


def test_texts_that_differ_in_a_known_part_differ(tmp_path: Path) -> None:
    found = value(tmp_path, '["${var.x}a", "${var.x}b", "${var.x}a"]', UNKNOWN)
    assert isinstance(found, ListValue)
    assert same(found.items[0], found.items[1]) is Truth.NO
    assert same(found.items[0], found.items[2]) is Truth.YES


def test_an_unknown_condition_is_a_choice(tmp_path: Path) -> None:
    found = value(tmp_path, 'var.on ? "a" : "b"', UNKNOWN)
    assert isinstance(found, Choice)
    assert found.condition == Symbol("var.on")
    assert str(found) == "var.on ? a : b"
    assert found.place.line == 6


def test_a_negated_condition_is_the_same_condition(tmp_path: Path) -> None:
    assert str(value(tmp_path, "var.on ? (!var.on ? 1 : 2) : (var.on ? 3 : 4)", UNKNOWN)) == "var.on ? 2 : 4"


def test_equal_branches_collapse(tmp_path: Path) -> None:
    assert isinstance(value(tmp_path, "var.on ? 1 : 1", UNKNOWN), Known)


def test_a_branch_that_terraform_rejects_is_not_deployed(tmp_path: Path) -> None:
    assert str(value(tmp_path, "(var.on ? [7] : [])[0]", UNKNOWN)) == "7"


def test_try_takes_the_fallback_on_the_branch_that_fails(tmp_path: Path) -> None:
    assert str(value(tmp_path, "try((var.on ? [7] : [])[0], 9)", UNKNOWN)) == "var.on ? 7 : 9"


def test_try_of_what_may_fail_is_unknown(tmp_path: Path) -> None:
    assert isinstance(value(tmp_path, 'try(var.x.name, "fallback")', UNKNOWN), Unknown)


def test_try_of_a_resource_that_is_there_is_sure(tmp_path: Path) -> None:
    found = value(tmp_path, 'try(aws_vpc.v[0].id, "none")', 'resource "aws_vpc" "v" {\n  count = 1\n}\n')
    assert str(found) == "aws_vpc.v[0].id"


def test_for_with_an_unknown_condition_holds_both_lists(tmp_path: Path) -> None:
    assert str(value(tmp_path, "[for n in [1, 2] : n if n == 1 || var.on]", UNKNOWN)) == "var.on ? [1, 2] : [1]"


def test_for_with_many_unknown_conditions_keeps_what_is_certain(tmp_path: Path) -> None:
    found = value(tmp_path, "[for n in [0, 1, 2, 3, 4] : n if n == 2 || var.x[n]]", UNKNOWN)
    assert isinstance(found, ListValue)
    assert found.open
    assert texts(found) == ["2"]


def test_an_unknown_list_has_no_certain_elements(tmp_path: Path) -> None:
    found = value(tmp_path, "[for item in var.x : item.id]", UNKNOWN)
    assert isinstance(found, ListValue)
    assert found.items == ()
    assert found.open
    assert found.open.term == "var.x"


def test_an_object_with_an_unknown_key_is_open(tmp_path: Path) -> None:
    found = value(tmp_path, "{ a = 1, (var.x) = 2 }", UNKNOWN)
    assert isinstance(found, MapValue)
    assert found.open
    assert not isinstance(found.entries["a"], Known), "the unknown key may be a, and override it"


def test_a_value_has_the_place_of_its_literal(tmp_path: Path) -> None:
    deployment = read(
        tmp_path,
        {
            "main.tf": 'resource "aws_subnet" "s" {\n  availability_zone = local.zone\n}\n',
            "locals.tf": 'locals {\n  zone = "eu-west-1a"\n}\n',
        },
    )
    attributes = find(deployment, "aws_subnet.s").attributes
    assert attributes["availability_zone"].place[:3] == ("locals.tf", 2, 10)
    key = attributes.key_span("availability_zone")
    assert key is not None
    assert key[:3] == ("main.tf", 2, 3)
    assert attributes.key_span("cidr_block") is None


def test_what_refers_to_itself_is_unknown(tmp_path: Path) -> None:
    found = value(tmp_path, "local.a", "locals {\n  a = local.b\n  b = local.a\n}\n")
    assert isinstance(found, Unknown)
    assert found.reason == "refers to itself"


def test_what_terraform_rejects_is_unknown_with_its_reason(tmp_path: Path) -> None:
    found = value(tmp_path, "[1][3]")
    assert isinstance(found, Unknown)
    assert "index 3" in found.reason


def test_a_number_without_end_is_no_crash(tmp_path: Path) -> None:
    assert isinstance(value(tmp_path, "slice([1], 0, 1e400)"), Unknown)


def test_what_repeats_itself_stays_small(tmp_path: Path) -> None:
    lines = ["  l0 = [1]", '  t0 = "ab"', "  m0 = var.x"]
    for old in range(40):
        new = old + 1
        lines += [f"  l{new} = [local.l{old}, local.l{old}]", f'  t{new} = "${{local.t{old}}}${{local.t{old}}}"']
        lines += [f"  m{new} = merge(local.m{old}, {{ a = local.m{old} }})"]
    rest = "\n".join([UNKNOWN, "locals {", *lines, "}", ""])
    for name in ("l40", "t40", "m40"):
        assert len(str(value(tmp_path, f"local.{name}", rest))) < 1_000_000


def test_a_deep_chain_of_locals_is_no_crash(tmp_path: Path) -> None:
    chain = "".join(f"  l{n + 1} = [local.l{n}]\n" for n in range(3000))
    value(tmp_path, "local.l3000", f"locals {{\n  l0 = 1\n{chain}}}\n")


def test_nested_blocks_are_lists_of_maps(tmp_path: Path) -> None:
    text = """
    variable "rules" {}
    resource "aws_security_group" "g" {
      ingress {
        from_port = 1
      }
      dynamic "ingress" {
        for_each = [22, 80]
        iterator = port
        content {
          from_port = port.value
          to_port   = port.key
        }
      }
      dynamic "egress" {
        for_each = var.rules
        content {
          from_port = egress.value
        }
      }
    }
    """
    attributes = find(read(tmp_path, text), "aws_security_group.g").attributes
    ingress, egress = attributes["ingress"], attributes["egress"]
    assert isinstance(ingress, ListValue)
    assert [str(item) for item in ingress.items] == [
        "{from_port = 1}",
        "{from_port = 22, to_port = 0}",
        "{from_port = 80, to_port = 1}",
    ]
    assert ingress.open is None
    assert isinstance(egress, ListValue)
    assert egress.open
    assert egress.items == ()


def test_blocks_after_an_unknown_number_of_them_leave_the_list_open(tmp_path: Path) -> None:
    dynamic = 'dynamic "rule" {\n  for_each = var.x\n  content {}\n}\nrule {\n  port = 1\n}\n'
    deployment = read(tmp_path, f'resource "aws_x" "x" {{\n{dynamic}}}\n{UNKNOWN}')
    rules = find(deployment, "aws_x.x").attributes["rule"]
    assert isinstance(rules, ListValue)
    assert rules.open
    assert [str(item) for item in rules.items] == ["{port = 1}"]


def test_the_elements_of_a_set_are_their_own_keys(tmp_path: Path) -> None:
    assert texts(value(tmp_path, '[for key, item in toset(["b", "a"]) : "${key}${item}"]')) == ["aa", "bb"]
    text = """
    resource "aws_x" "x" {
      dynamic "rule" {
        for_each = toset([{ port = 1 }])
        content {
          port = rule.key.port
        }
      }
      lifecycle {
        prevent_destroy = true
        ignore_changes  = [rule]
      }
    }
    """
    attributes = find(read(tmp_path, text), "aws_x.x").attributes
    assert str(attributes["rule"]) == "[{port = 1}]"
    assert str(attributes["lifecycle"]) == "[{prevent_destroy = true}]"


def test_terraforms_own_arguments_are_no_attributes(tmp_path: Path) -> None:
    text = 'resource "aws_x" "y" {\n  count = 1\n  provider = aws.a\n  depends_on = []\n  size = 1\n}\n'
    assert list(find(read(tmp_path, text), "aws_x.y[0]").attributes) == ["size"]


def test_invalid_syntax_blocks_only_its_own_attribute(tmp_path: Path) -> None:
    text = 'resource "aws_x" "y" {\n  bad  = 1 +\n  size = 1\n}\nresource "aws_x" "z" {}\n'
    deployment = read(tmp_path, text)
    assert "aws_x.z" in [found.address for found in deployment.declarations]


@pytest.mark.parametrize("region", ["eu-west-1", "us-west-1", None])
def test_zone_lists_have_as_many_items_as_every_account_has(tmp_path: Path, region: str | None) -> None:
    rest = 'data "aws_availability_zones" "all" {}\n'
    found = value(tmp_path, "[for z in data.aws_availability_zones.all.names : z]", rest, Inputs(region=region))
    assert isinstance(found, ListValue)
    assert len(found.items) == {"eu-west-1": 3}.get(str(region), 2)
    assert found.open
    assert same(found.items[0], found.items[1]) is Truth.NO
