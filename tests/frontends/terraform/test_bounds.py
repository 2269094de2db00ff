"""What takes more than one analysis may is left unknown, says so, and costs little; the rest is evaluated."""

from __future__ import annotations

import random
from pathlib import Path
from time import process_time

import pytest
from reading import addresses, find, read, value

from haanalyzer.engine import analyze
from haanalyzer.frontends.deployment import Deployment, Inputs
from haanalyzer.frontends.terraform.evaluation.bounds import OUTLINE, WHOLE
from haanalyzer.policy import load_profile
from haanalyzer.report.summary import summary
from haanalyzer.results import Report
from haanalyzer.values import Known, ListValue, Unknown, Value

UNKNOWN = 'data "external" "it" {\n}\n'
DOUBLING = "".join(f'  t{n} = "${{local.t{n + 1}}}${{local.t{n + 1}}}"\n' for n in range(16))
LONG = f'locals {{\n{DOUBLING}  t16 = "xyxyxyxy"\n}}\n'
SECONDS = 20.0
"""What a hostile root may take at most, on a slow and busy machine."""


def past_budget(found: Value) -> bool:
    return isinstance(found, Unknown) and found.reason.endswith("(budget)")


def notes(deployment: Deployment) -> list[str]:
    return [each.message for each in deployment.found_later() if each.code == "past-budget"]


@pytest.mark.parametrize(
    "expression",
    [
        "[for a in range(1000) : [for b in range(1000) : [for c in range(1000) : a]]]",
        '{ for a in range(1000) : a => { for b in range(1000) : b => "x" } }',
        "merge([for a in range(1000) : { for b in range(1000) : b => a }]...)",
        "flatten([for a in range(1000) : [for b in range(100) : range(100)]])",
        "[for a in range(1000) : range(1000) == range(1000)]",
        "[for a in range(1000) : contains(range(1000), a)]",
        "[for a in range(1000) : [for b in range(1000) : a == b ? 1 : 0]]",
        "[for a in range(1000) : data.external.it.result[a] ? range(1000) : range(999)]",
        'setsubtract(range(1000), [for a in range(1000) : "${data.external.it.result[a]}x"])',
        'matchkeys(range(1000), range(1000), [for a in range(1000) : "x${a}"])',
        "setproduct(range(1000), range(1000))",
        'join("", [for a in range(1000) : local.t0])',
        "join(local.t0, range(1000))",
        'replace(local.t0, "x", local.t0)',
        'replace(local.t0, "/x/", local.t0)',
        'indent(1000000, replace(local.t0, "x", "\\n"))',
        'format(replace(local.t0, "xy", "%[1]9999d"), 1)',
        'length(split("", local.t0))',
        'jsondecode("[${replace(local.t0, "xy", "[],[],")}1]")',
        "[for a in range(1000) : sha512(local.t0)]",
    ],
)
def test_what_takes_too_much_is_unknown_and_costs_little(tmp_path: Path, expression: str) -> None:
    started = process_time()
    assert past_budget(value(tmp_path, expression, UNKNOWN + LONG))
    assert process_time() - started < SECONDS


@pytest.mark.parametrize(
    "doubled",
    ["[{0}, {0}]", "{{ a = {0}, b = {0} }}", '"${{{0}}}${{{0}}}"', "concat({0}, {0})", "[jsonencode({0}), {0}]"],
)
def test_what_doubles_with_each_local_comes_to_an_end(tmp_path: Path, doubled: str) -> None:
    locals_ = "".join(f"  a{n} = {doubled.format(f'local.a{n + 1}')}\n" for n in range(40))
    last = '"xxxxxxxx"' if doubled.startswith('"') else '["xxxxxxxx"]'
    started = process_time()
    found = value(tmp_path, "local.a0", f"locals {{\n{locals_}  a40 = {last}\n}}\n")
    assert process_time() - started < SECONDS
    assert "(budget)" in "".join(notes(read(tmp_path, {}))) or not isinstance(found, Known)


def test_a_try_does_not_take_the_budget_for_a_failure(tmp_path: Path) -> None:
    endless = "[for a in range(1000) : [for b in range(1000) : a]]"
    assert past_budget(value(tmp_path, f'try({endless}, "nothing")'))
    assert past_budget(value(tmp_path, f"can({endless})"))


def test_an_entry_is_looked_up_in_a_large_map_at_no_cost(tmp_path: Path) -> None:
    large = 'locals {\n  large = { for a in range(1000) : a => "it" }\n}\n'
    found = value(tmp_path, '[for a in range(1000) : lookup(local.large, a, "")]', large)
    assert isinstance(found, ListValue)
    assert {str(item) for item in found.items} == {"it"}


@pytest.mark.parametrize("endless", ["[for a in range(1000) : range(1000)]", "setproduct(range(1000), range(1000))"])
def test_what_is_beside_it_is_evaluated(tmp_path: Path, endless: str) -> None:
    text = f'resource "aws_thing" "it" {{\n  x = {endless}\n  y = "y"\n}}\n'
    deployment = read(tmp_path, text)
    attributes = find(deployment, "aws_thing.it").attributes
    assert past_budget(attributes["x"])
    assert str(attributes["y"]) == "y"
    assert deployment.outline() is None


def test_one_note_says_where_and_how_many(tmp_path: Path) -> None:
    endless = "[for a in range(1000) : range(1000)]"
    text = f'resource "aws_thing" "it" {{\n  x = {endless}\n  y = {endless}\n}}\n'
    deployment = read(tmp_path, text)
    for name in ("y", "x"):
        assert past_budget(find(deployment, "aws_thing.it").attributes[name])
    (note,) = [each for each in deployment.found_later() if each.code == "past-budget"]
    assert str(note.place) == "main.tf:2"
    assert note.message == "left unknown, as is 1 other value: takes more than 50,000 steps to evaluate (budget)"
    assert not note.is_error


CHAIN = "".join(f'  a{n} = "${{local.a{n + 1}}}"\n' for n in range(700)) + '  a700 = "end"\n'


@pytest.mark.parametrize("first", ["a0", "a350", "a700"])
def test_a_long_chain_is_the_same_from_either_end(tmp_path: Path, first: str) -> None:
    text = f'resource "aws_thing" "it" {{\n  x = local.{first}\n  y = local.a0\n}}\nlocals {{\n{CHAIN}}}\n'
    attributes = find(read(tmp_path, text), "aws_thing.it").attributes
    assert [str(attributes[name]) for name in ("x", "y")] == ["end", "end"]


LOOPS = 'a = [local.b]\n  b = [local.c]\n  c = [local.a, local.d]\n  d = "d"\n  e = [local.b, local.e]\n  f = local.c'


def test_a_loop_is_the_same_wherever_it_is_entered(tmp_path: Path) -> None:
    names = list("abcdef")
    asked = "".join(f"  {name} = local.{name}\n" for name in names)
    seen = set()
    for turn in range(12):
        random.Random(turn).shuffle(names)
        deployment = read(tmp_path, f'resource "aws_thing" "it" {{\n{asked}}}\nlocals {{\n  {LOOPS}\n}}\n')
        attributes = find(deployment, "aws_thing.it").attributes
        found = {name: attributes[name] for name in names}
        seen.add(tuple(str(found[name]) for name in sorted(found)))
    assert seen == {("local.a", "local.b", "local.c", "d", "local.e", "local.c")}


def test_a_million_instances_are_one_unknown_number(tmp_path: Path) -> None:
    many = 'resource "aws_subnet" "many" {\n  count = 1000000\n}\nresource "aws_subnet" "two" {\n  count = 2\n}\n'
    deployment = read(tmp_path, many)
    assert addresses(deployment) == ["aws_subnet.many[*]", "aws_subnet.two[0]", "aws_subnet.two[1]"]
    assert [each.existence.certain for each in deployment.declarations] == [False, True, True]


BLOCKS = {
    "a": 'resource "aws_subnet" "a" {\n  count = 6000\n}\n',
    "b": 'resource "aws_subnet" "b" {\n  count = 6000\n}\n',
    "c": 'resource "aws_subnet" "c" {\n  cidr_block = "10.0.0.0/24"\n}\n',
}


@pytest.mark.parametrize("order", ["abc", "cba", "bca"])
def test_too_many_instances_leave_the_same_whatever_comes_first(tmp_path: Path, order: str) -> None:
    deployment = read(tmp_path, "".join(BLOCKS[name] for name in order))
    assert sorted(addresses(deployment)) == ["aws_subnet.a[*]", "aws_subnet.b[*]", "aws_subnet.c"]
    assert str(find(deployment, "aws_subnet.c").attributes["cidr_block"]) == "10.0.0.0/24"
    (note,) = notes(deployment)
    assert "repetitions and modules are left unknown (budget)" in note


def checked(folder: Path, text: str) -> Report:
    (folder / "main.tf").write_text(text, "utf-8")
    return analyze(["."], folder, Inputs(), load_profile("all"))


def test_values_asked_for_by_rules_count_too(tmp_path: Path) -> None:
    """Each is cheap enough, all of them are not: what the rules heard is forgotten, and asked again of less."""
    text = (
        'resource "aws_db_instance" "many" {\n  count = 2000\n'
        "  multi_az = length([for a in range(900) : a + count.index]) > 3\n}\n"
        'resource "aws_db_instance" "one" {\n  multi_az = false\n}\n'
    )
    started = process_time()
    report = checked(tmp_path, text)
    assert process_time() - started < SECONDS
    (note,) = [each for each in report.diagnostics if each.code == "past-budget"]
    assert "repetitions" in note.message
    subjects = {one.verdict.subject for one in report.judgements}
    assert subjects == {"aws_db_instance.many[*]", "aws_db_instance.one"}


def test_the_coverage_line_says_so(tmp_path: Path) -> None:
    text = 'resource "aws_db_instance" "it" {\n  multi_az = length([for a in range(1000) : range(1000)]) > 3\n}\n'
    assert "past the budget" in summary(checked(tmp_path, text), "`")


def test_limits_leave_room() -> None:
    """The largest public roots that were measured take 86,000 steps, the largest of their values 16,000."""
    assert WHOLE.steps_of_a_root > 4 * 86_000
    assert WHOLE.steps_of_a_value > 3 * 16_000
    assert OUTLINE.steps_of_a_value < WHOLE.steps_of_a_value
