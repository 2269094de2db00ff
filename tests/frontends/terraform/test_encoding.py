"""Texts in JSON of data that is partly unknown: what the graph reads is what was written."""

from __future__ import annotations

from pathlib import Path

import pytest

from haanalyzer.graph.json_text import in_json
from haanalyzer.values import Call, Choice, Concat, MapValue, Symbol, Truth, Unknown, Value, same
from tests.frontends.terraform.reading import value

REST = 'resource "aws_sqs_queue" "failed" {}\nvariable "n" {}\nvariable "many" { type = list(string) }\n'


def read(folder: Path, expression: str) -> Value:
    return value(folder, expression, REST)


def written(found: Value) -> str:
    """A decoded value as Terraform would write it, unknown parts by their terms."""
    return str(in_json(found))


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        (
            "jsonencode({ maxReceiveCount = 5, deadLetterTargetArn = aws_sqs_queue.failed.arn })",
            "{deadLetterTargetArn = aws_sqs_queue.failed.arn, maxReceiveCount = 5}",
        ),
        ("jsonencode([var.n, { a = [null, true, var.n] }])", "[var.n, {a = [nothing, true, var.n]}]"),
        ('jsonencode({ name = "x-${var.n}", b = "<" })', "{b = <, name = x-${var.n}}"),
        ('jsonencode({ s = toset(["b", "a"]), n = var.n })', "{n = var.n, s = [a, b]}"),
        ('"{\\"arn\\": \\"${aws_sqs_queue.failed.arn}\\"}"', "{arn = aws_sqs_queue.failed.arn}"),
        ('"[${jsonencode({ a = var.n })}, 1]"', "[{a = var.n}, 1]"),
        ('<<-EOF\n    {\n      "n": ${var.n},\n      "m": 1\n    }\n  EOF\n', "{n = jsondecode(var.n), m = 1}"),
    ],
)
def test_unknown_parts_stand_in_their_places(tmp_path: Path, expression: str, expected: str) -> None:
    assert written(read(tmp_path, expression)) == expected


def test_keys_are_sorted_and_terms_equal(tmp_path: Path) -> None:
    found = read(tmp_path, "jsonencode({ b = var.n, a = 1 })")
    assert isinstance(found, Unknown)
    assert found.term == Concat(('{"a":1,"b":', Call("jsonencode", (Symbol("var.n"),)), "}"))
    assert same(found, read(tmp_path, "jsonencode({ a = 1, b = var.n })")) is Truth.YES
    assert same(found, read(tmp_path, "jsonencode({ a = 2, b = var.n })")) is Truth.NO
    assert same(found, read(tmp_path, "jsonencode({ a = 1, b = var.many })")) is Truth.MAYBE


@pytest.mark.parametrize(
    "expression",
    [
        "jsonencode(var.n)",
        "jsonencode({ for k in var.many : k => 1 })",
        'jsonencode(concat(var.many, ["a"]))',
        'jsonencode({ a = 1, b = concat(["a"], var.many) })',
        'jsonencode({ "${var.n}" = 1 })',
        'jsonencode(toset([var.n, "a"]))',
    ],
)
def test_what_has_no_certain_shape_is_wholly_unknown(tmp_path: Path, expression: str) -> None:
    found = read(tmp_path, expression)
    assert isinstance(found, Unknown)
    assert in_json(found) is found


def test_a_choice_inside_is_a_choice_of_texts(tmp_path: Path) -> None:
    found = read(tmp_path, 'jsonencode({ a = var.n == "x" ? 1 : 2, b = var.n })')
    assert isinstance(found, Choice)
    for branch, number in ((found.when_true, "1"), (found.when_false, "2")):
        decoded = in_json(branch)
        assert isinstance(decoded, MapValue)
        assert str(decoded.get("a")) == number
