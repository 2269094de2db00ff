"""tfparse as an oracle: the same instances, and the same values where both know them.

It runs where tfparse is installed. Where HAANALYZER_CORPUS names a folder of repositories, every root module in it is
compared, too.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import pytest

from haanalyzer.source.files import Files
from haanalyzer.source.span import start_of
from haanalyzer.values import Absent, Known, ListValue, MapValue, Symbol, Unknown, Value
from tests.fixtures import TESTDATA
from tests.oracles.causes import CAUSES
from tests.oracles.tfparse import Report, compare, compare_root, main, module_folders, table
from tests.oracles.tfparse_classes import CLASSES
from tests.oracles.tfparse_process import NotEvaluatedError, Tfparse
from tests.oracles.tfparse_roots import Root
from tests.oracles.tfparse_values import compared

if find_spec("tfparse") is None:
    pytest.skip("tfparse is not installed", allow_module_level=True)

CORPUS = os.environ.get("HAANALYZER_CORPUS")
PLACE = start_of("main.tf")


@pytest.fixture(scope="module")
def tfparse() -> Iterator[Tfparse]:
    with Tfparse() as process:
        yield process


def report_of(folder: Path, text: str, tfparse: Tfparse, **other: str) -> Report:
    for name, content in {"main": text, **other}.items():
        path = folder / f"{name.replace('__', '/')}.tf"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, "utf-8")
    report = Report()
    compare_root(Root(folder, ".", Files(folder), tfparse), report)
    return report


def test_the_roots_of_our_testdata_are_read_as_tfparse_does(tmp_path: Path, tfparse: Tfparse) -> None:
    """Of the fixtures of rules, each file is a root of its own."""
    for path in sorted((TESTDATA / "rules").glob("*/*.tf")):
        folder = tmp_path / path.parent.name / path.stem
        folder.mkdir(parents=True)
        shutil.copy(path, folder / "main.tf")
    for path in (*(TESTDATA / "graphs").iterdir(), *(TESTDATA / "real").iterdir()):
        shutil.copytree(path, tmp_path / path.parent.name / path.name)
    report = Report()
    compare(tmp_path, tfparse, report)
    assert [str(found) for found in report.unexplained] == []
    assert report.counts["roots"] > 700
    assert report.counts["instances the same"] > 4_000
    assert report.counts["equal"] > 9_000


def test_the_table_has_every_class_and_no_other() -> None:
    rows = table()
    assert [row["class"] for row in rows] == [*CLASSES, *CAUSES]
    assert all(row["fault"] in ("tfparse", "nobody") and row["why"] and row["recognised"] for row in rows)


SAME = """
variable "zones" {
  default = ["eu-west-1a", "eu-west-1b"]
}
resource "aws_subnet" "s" {
  for_each          = toset(var.zones)
  availability_zone = each.key
  cidr_block        = cidrsubnet("10.0.0.0/16", 8, index(var.zones, each.key))
  dynamic "b" {
    for_each = [1, 2]
    content {
      n = b.value
    }
  }
}
"""


def test_what_is_the_same_is_counted(tmp_path: Path, tfparse: Tfparse) -> None:
    report = report_of(tmp_path, SAME, tfparse)
    assert report.counts == {"roots": 1, "instances the same": 2, "equal": 8}
    assert not report.classes
    assert report.unexplained == []


DIFFERENT = {
    "only ours: perhaps there": 'variable "n" {}\nresource "aws_x" "x" {\n  count = var.n == 1 ? 2 : 1\n}\n',
    "value: dynamic before another block": (
        'resource "aws_x" "x" {\n  dynamic "b" {\n    for_each = [1, 2]\n    content {\n      n = b.value\n    }\n  }\n'
        "  lifecycle {\n    prevent_destroy = true\n  }\n}\n"
    ),
    "value: the region is that of the provider": (
        'provider "aws" {\n  region = "eu-west-1"\n}\ndata "aws_region" "r" {}\n'
        'resource "aws_x" "x" {\n  v = "${data.aws_region.r.name}a"\n}\n'
    ),
    "value: null in place of the unknown, in JSON": (
        'provider "aws" {\n  region = "eu-west-1"\n}\ndata "aws_region" "r" {}\n'
        'resource "aws_x" "x" {\n  v = jsonencode({ r = ["${data.aws_region.r.region}a"] })\n}\n'
    ),
    "order: the order of a set of objects": (
        'resource "aws_x" "x" {\n  dynamic "b" {\n'
        '    for_each = toset([{ n = ["n"] }, { n = ["b", "c"] }, { n = ["c"] }])\n'
        "    content {\n      n = b.value.n\n    }\n  }\n}\n"
    ),
}


OVER_OUTPUT = """
locals {
  names = distinct(flatten([module.m.names, ["c"]]))
}
module "m" {
  source = "./m"
}
resource "aws_x" "x" {
  for_each = toset(local.names)
}
"""
MERGED = """
data "aws_y" "y" {}
module "m" {
  source = "./m"
  tags   = merge(data.aws_y.y.tags, { Name = "all" })
}
"""
MODULES = {
    "only ours: expanded before a module is evaluated": (OVER_OUTPUT, 'output "names" {\n  value = ["a", "b"]\n}\n'),
    "value: merged with the unknown": (
        MERGED,
        'variable "tags" {}\nresource "aws_x" "x" {\n  tags = merge({ Name = "own" }, var.tags)\n}\n',
    ),
}


@pytest.mark.parametrize(("name", "texts"), MODULES.items(), ids=MODULES.keys())
def test_a_difference_in_modules_is_of_its_class(
    name: str, texts: tuple[str, str], tmp_path: Path, tfparse: Tfparse
) -> None:
    report = report_of(tmp_path, texts[0], tfparse, m__main=texts[1])
    assert [*report.classes] == [name]
    assert report.unexplained == []


def test_what_we_give_up_is_not_perhaps_there(tmp_path: Path, tfparse: Tfparse) -> None:
    text = 'resource "aws_x" "x" {\n  for_each = toset(regexall("\\\\p{Lu}", "aB"))\n}\n'
    report = report_of(tmp_path, text, tfparse)
    assert sorted(found.address for found in report.unexplained) == ['aws_x.x["B"]', "aws_x.x[*]"]


def test_the_workspace_is_the_same_for_both(tmp_path: Path, tfparse: Tfparse) -> None:
    text = (
        'resource "aws_x" "x" {\n  count = terraform.workspace == "a-live" ? 2 : 1\n  v     = terraform.workspace\n}\n'
    )
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "main.tf").write_text(text, "utf-8")
    report = Report()
    compare(tmp_path, tfparse, report, "{}-live")
    assert report.counts == {"roots": 1, "instances the same": 2, "equal": 2}
    assert report.unexplained == []


def test_of_what_terragrunt_deploys_the_module_is_read(tmp_path: Path) -> None:
    for path, text in {
        "modules/m/main.tf": SAME,
        "live/terragrunt.hcl": 'terraform {\n  source = "../modules/m"\n}\n',
    }.items():
        (tmp_path / path).parent.mkdir(parents=True)
        (tmp_path / path).write_text(text, "utf-8")
    assert module_folders(Files(tmp_path)) == ["modules/m"]


@pytest.mark.parametrize(("name", "text"), DIFFERENT.items(), ids=DIFFERENT.keys())
def test_a_difference_is_of_its_class(name: str, text: str, tmp_path: Path, tfparse: Tfparse) -> None:
    report = report_of(tmp_path, text, tfparse)
    assert [*report.classes] == [name]
    assert report.unexplained == []


def test_what_a_value_rests_on_is_followed_through_modules(tmp_path: Path, tfparse: Tfparse) -> None:
    root = (
        'data "aws_y" "y" {}\nlocals {\n  tags = { a = data.aws_y.y.b, c = "d" }\n}\n'
        'module "m" {\n  source = "./m"\n  tags   = local.tags\n}\n'
    )
    module = (
        'variable "tags" {\n  type = map(string)\n}\nresource "aws_x" "x" {\n  v = merge({ e = "f" }, var.tags)\n}\n'
    )
    report = report_of(tmp_path, root, tfparse, m__main=module)
    assert report.classes == {"value: a data source": 2}
    assert report.unexplained == []


def test_what_is_of_no_class_is_left(tmp_path: Path, tfparse: Tfparse, monkeypatch: pytest.MonkeyPatch) -> None:
    read = tfparse.read

    def wrong(*arguments: object) -> object:
        blocks = read(*arguments)  # type: ignore[arg-type]
        blocks["aws_subnet"][0]["cidr_block"] = "10.0.9.0/24"  # type: ignore[index]
        blocks["aws_subnet"][1]["__tfmeta"]["path"] = "aws_subnet.other"  # type: ignore[index]
        return blocks

    monkeypatch.setattr(tfparse, "read", wrong)
    report = report_of(tmp_path, SAME, tfparse)
    assert [(found.kind, found.attribute) for found in report.unexplained] == [
        ("only tfparse's", ""),
        ("value", "cidr_block"),
        ("only ours", ""),
    ]


def known(data: str | bool | float) -> Known:
    return Known(data=data, place=PLACE)


UNKNOWN = Unknown(term=Symbol("x"), reason="", place=PLACE)
ID = "0a1b2c3d-0000-4000-8000-000000000000"


@pytest.mark.parametrize(
    ("ours", "theirs", "outcomes"),
    [
        (known(1), 1, ["equal"]),
        (known(1), True, ["differs"]),
        (known("1"), 1, ["differs"]),
        (known("a"), "b", ["differs"]),
        (known("a"), None, ["unknown to tfparse"]),
        (known("a"), f"{ID}-x", ["unknown to tfparse"]),
        (known("a"), {"__attribute__": "var.a"}, ["unknown to tfparse"]),
        (known("a-b"), "${...}-b", ["unknown to tfparse"]),
        (known("a-b"), "${...}-c", ["differs"]),
        (UNKNOWN, "a", ["unknown to us"]),
        (UNKNOWN, None, ["unknown to both"]),
        (Absent(place=PLACE), None, ["unknown to both"]),
        (ListValue(items=(known(1), UNKNOWN), place=PLACE), [2, 3], ["differs", "unknown to us"]),
        (ListValue(items=(known(1),), place=PLACE), [1, 2], ["differs"]),
        (ListValue(items=(), place=PLACE), [], ["equal"]),
        (MapValue(entries={"a": known(1)}, keys={}, place=PLACE), {"a": 1, "b": 2}, ["equal", "differs"]),
        (MapValue(entries={"a": known(1)}, keys={}, place=PLACE), {}, ["differs"]),
    ],
)
def test_values_are_compared_leaf_by_leaf(ours: Value, theirs: object, outcomes: list[str]) -> None:
    assert [leaf.outcome for leaf in compared(ours, theirs, frozenset({ID}), "x")] == outcomes


def test_a_broken_root_says_why_nothing_is_compared(tmp_path: Path, tfparse: Tfparse) -> None:
    with pytest.raises(NotEvaluatedError, match="Invalid expression"):
        report_of(tmp_path, 'resource "a" "b" {\n  x = =\n}\n', tfparse)
    assert report_of(tmp_path, SAME, tfparse).counts["roots"] == 1


@pytest.mark.skipif(not CORPUS, reason="HAANALYZER_CORPUS names no folder of repositories")
def test_the_roots_of_the_corpus_are_read_as_tfparse_does() -> None:
    folders = [str(path) for path in sorted(Path(CORPUS or "").iterdir())]
    assert main(["--workspace", "{}-production", *folders]) == 0
