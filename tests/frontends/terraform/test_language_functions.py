"""The functions of the language: ours are all of those, and no others.

``language_functions.csv`` has the first release of Terraform and of OpenTofu that registers each, taken from the
function tables at every release tag of both; nothing where it has no such function.
"""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from haanalyzer.frontends.terraform.functions import implementations
from haanalyzer.values import Known, Scalar, Truth, Unknown, Value, same
from tests.frontends.terraform.reading import find, read, value

_TABLE = Path(__file__).with_name("language_functions.csv")
_OF_THE_EVALUATOR = {"can", "templatefile", "templatestring", "try"}

_LAST = {"terraform": (1, 12), "opentofu": (1, 10)}


def table() -> list[dict[str, str]]:
    with _TABLE.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def release(written: str) -> tuple[int, ...]:
    return tuple(map(int, written.split(".")))


def known(found: Value) -> Scalar:
    assert isinstance(found, Known)
    return found.data


def test_every_function_of_the_language_is_here_and_nothing_else() -> None:
    assert implementations().keys() | _OF_THE_EVALUATOR == {row["function"] for row in table()}


def test_the_table_is_of_releases_that_are_claimed() -> None:
    rows = table()
    assert [row["function"] for row in rows] == sorted({row["function"] for row in rows})
    for row in rows:
        within = [row[tool] and release(row[tool])[:2] <= last for tool, last in _LAST.items()]
        assert any(within), row


@pytest.mark.parametrize("name", ["upper", "try", "can", "templatefile"])
def test_the_namespace_of_the_language_may_be_written(tmp_path: Path, name: str) -> None:
    (tmp_path / "it.tftpl").write_text("${x}")
    arguments = {"upper": '"x"', "try": '[][0], "X"', "can": '"X"', "templatefile": '"it.tftpl", { x = "X" }'}[name]
    assert known(value(tmp_path, f"core::{name}({arguments})")) in ("X", True)


def test_a_function_of_a_provider_is_unknown(tmp_path: Path) -> None:
    found = value(tmp_path, 'provider::aws::arn_parse("arn:aws:s3:::b").service')
    assert isinstance(found, Unknown)


@pytest.mark.parametrize("name", ["uuid", "timestamp"])
def test_each_call_that_hangs_on_chance_or_time_has_a_result_of_its_own(tmp_path: Path, name: str) -> None:
    text = f"""
locals {{ once = {name}() }}
resource "aws_thing" "it" {{
  count = 2
  own   = {name}()
  other = {name}()
  kept  = local.once
}}
"""
    deployment = read(tmp_path, text)
    first, second = (find(deployment, f"aws_thing.it[{index}]").attributes for index in (0, 1))
    assert same(first["own"], second["own"]) is Truth.MAYBE
    assert same(first["own"], first["other"]) is Truth.MAYBE
    assert same(first["kept"], second["kept"]) is Truth.YES


def test_the_time_of_the_plan_is_one(tmp_path: Path) -> None:
    assert known(value(tmp_path, "plantimestamp() == plantimestamp()")) is True
