"""Arguments are set as `terraform fmt` would write them, comments kept; what is no literal stays."""

from __future__ import annotations

import textwrap

import pytest

from haanalyzer.catalog.kinds import segments
from haanalyzer.frontends.terraform.edits import set_arguments
from haanalyzer.frontends.terraform.parsing.structure import parse_body
from haanalyzer.source.document import Document
from haanalyzer.source.edit import NotEditableError, edited, wanted


def after(text: str, path: str, value: object) -> str:
    document = Document("main.tf", textwrap.dedent(text).lstrip("\n"))
    body, diagnostics = parse_body(document)
    assert not diagnostics
    place = body.blocks[0].header_span
    changed = edited(document, set_arguments(document, place, wanted([(segments(path), value)])))
    assert not parse_body(Document("main.tf", changed))[1]
    return changed


def test_a_literal_is_replaced_and_what_stands_beside_it_kept() -> None:
    text = """
        resource "aws_db_instance" "orders" {
          engine   = "mysql"
          multi_az = false # cheap
        }
        """
    assert "multi_az = true # cheap\n" in after(text, "multi_az", True)


@pytest.mark.parametrize("written", ["null", "0", '"none"'])
def test_any_literal_is_replaced(written: str) -> None:
    text = f'resource "aws_db_instance" "orders" {{\n  backup_retention_period = {written}\n}}\n'
    assert after(text, "backup_retention_period", 7) == text.replace(written, "7")


def test_a_new_argument_joins_the_first_paragraph_and_its_column() -> None:
    text = """
        resource "aws_db_instance" "orders" {
          engine         = "mysql"
          instance_class = "db.t3.micro" # small

          tags = { Name = "orders" }
        }
        """
    assert after(text, "multi_az", True) == textwrap.dedent(
        """\
        resource "aws_db_instance" "orders" {
          engine         = "mysql"
          instance_class = "db.t3.micro" # small
          multi_az       = true

          tags = { Name = "orders" }
        }
        """
    )


def test_a_longer_name_moves_the_column() -> None:
    text = """
        resource "aws_db_instance" "orders" {
          engine = "mysql"
          port   = 3306
        }
        """
    assert after(text, "deletion_protection", True) == textwrap.dedent(
        """\
        resource "aws_db_instance" "orders" {
          engine              = "mysql"
          port                = 3306
          deletion_protection = true
        }
        """
    )


def test_a_block_that_is_not_there_comes_last() -> None:
    text = """
        resource "aws_dynamodb_table" "orders" {
          name = "orders"

          attribute {
            name = "id"
            type = "S"
          }
        }
        """
    assert after(text, "point_in_time_recovery.enabled", True) == textwrap.dedent(
        """\
        resource "aws_dynamodb_table" "orders" {
          name = "orders"

          attribute {
            name = "id"
            type = "S"
          }

          point_in_time_recovery {
            enabled = true
          }
        }
        """
    )


def test_an_argument_of_a_block_that_is_there() -> None:
    text = 'resource "aws_dynamodb_table" "t" {\n  point_in_time_recovery {\n    enabled = false\n  }\n}\n'
    assert after(text, "point_in_time_recovery.enabled", True) == text.replace("false", "true")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('resource "aws_sqs_queue" "q" {}\n', 'resource "aws_sqs_queue" "q" {\n  visibility = 60\n}\n'),
        (
            'resource "aws_sqs_queue" "q" { name = "q" }\n',
            'resource "aws_sqs_queue" "q" {\n  name       = "q"\n  visibility = 60\n}\n',
        ),
        ('resource "aws_sqs_queue" "q" {\n}\n', 'resource "aws_sqs_queue" "q" {\n  visibility = 60\n}\n'),
        (
            'resource "aws_sqs_queue" "q" {\r\n  name = "q"\r\n}\r\n',
            'resource "aws_sqs_queue" "q" {\r\n  name       = "q"\r\n  visibility = 60\r\n}\r\n',
        ),
    ],
    ids=["empty", "one line", "no arguments", "CRLF"],
)
def test_short_blocks(text: str, expected: str) -> None:
    assert after(text, "visibility", 60) == expected


@pytest.mark.parametrize(
    ("inside", "path", "why"),
    [
        ("multi_az = var.multi_az", "multi_az", "`multi_az` is `var.multi_az`"),
        ("multi_az = !false", "multi_az", "`multi_az` is `!false`"),
        ('engine = "my${var.x}"', "engine", "`engine` is"),
        ("engine = <<-E\n    mysql\n  E", "engine", "`engine` is"),
        ('dynamic "recovery" {\n    for_each = []\n    content {}\n  }', "recovery.enabled", "made by a dynamic block"),
        ("recovery = []", "recovery.enabled", "`recovery` is `[]`".replace("[", r"\[")),
        ("rule {\n  }\n  rule {\n  }", "rule.enabled", "there are 2 `rule` blocks"),
    ],
)
def test_what_is_no_literal_is_left(inside: str, path: str, why: str) -> None:
    with pytest.raises(NotEditableError, match=why.replace("$", r"\$")):
        after(f'resource "aws_x" "y" {{\n  {inside}\n}}\n', path, True)


def test_texts_are_escaped() -> None:
    text = 'resource "aws_x" "y" {\n  name = "a"\n}\n'
    assert after(text, "name", 'b"${c}') == text.replace('"a"', '"b\\"$${c}"')


def test_two_new_arguments_and_a_block_with_two() -> None:
    text = 'resource "aws_ecs_service" "s" {\n  name = "s"\n}\n'
    document = Document("main.tf", text)
    settings = [(("breaker", "on"), True), (("breaker", "rollback"), True), (("count_of",), 2), (("size",), 3)]
    edits = set_arguments(document, parse_body(document)[0].blocks[0].header_span, wanted(settings))
    assert edited(document, edits) == textwrap.dedent(
        """\
        resource "aws_ecs_service" "s" {
          name     = "s"
          count_of = 2
          size     = 3

          breaker {
            on       = true
            rollback = true
          }
        }
        """
    )


def test_arguments_about_the_resource_are_a_paragraph_of_their_own() -> None:
    text = 'resource "aws_x" "y" {\n  count = 2\n\n  tags = {\n    a = "b"\n  }\n  name = "y"\n}\n'
    assert after(text, "size", 1) == text.replace('name = "y"\n', 'name = "y"\n  size = 1\n')


def test_a_block_that_begins_with_a_meta_argument_alone() -> None:
    text = 'resource "aws_x" "y" {\n  count = 2\n}\n'
    assert after(text, "multi_az", True) == text.replace("count = 2", "count    = 2\n  multi_az = true")


def test_a_heredoc_below_moves_its_equals_sign_too() -> None:
    text = 'resource "aws_x" "y" {\n  name   = "y"\n  policy = <<-E\n    text\n  E\n}\n'
    assert after(text, "multi_az", True) == (
        'resource "aws_x" "y" {\n  name     = "y"\n  multi_az = true\n  policy   = <<-E\n    text\n  E\n}\n'
    )


@pytest.mark.parametrize("indent", ["    ", "\t", ""])
def test_arguments_are_indented_as_those_that_are_there(indent: str) -> None:
    text = f'resource "aws_x" "y" {{\n{indent}size = 1\n}}\n'
    assert after(text, "name", "n") == text.replace("size = 1\n", f'size = 1\n{indent}name = "n"\n')


def test_a_key_of_a_json_text_that_is_encoded_in_place() -> None:
    text = (
        'resource "aws_sqs_queue" "q" {\n  redrive_policy = jsonencode({\n'
        "    deadLetterTargetArn = aws_sqs_queue.d.arn\n    maxReceiveCount     = 1 # hasty\n  })\n}\n"
    )
    assert after(text, "redrive_policy.maxReceiveCount", 5) == text.replace("= 1 #", "= 5 #")


@pytest.mark.parametrize(
    "written", ["", "redrive_policy = var.policy", "redrive_policy = jsonencode({ maxReceiveCount = var.n })"]
)
def test_a_key_of_a_json_text_that_is_not_written_here(written: str) -> None:
    with pytest.raises(NotEditableError, match="redrive_policy"):
        after(f'resource "aws_sqs_queue" "q" {{\n  {written}\n}}\n', "redrive_policy.maxReceiveCount", 5)


def test_long_expressions_are_cut_in_what_is_said() -> None:
    with pytest.raises(NotEditableError, match=r"`size` is `max\(1.{55}…`$"):
        after(f'resource "aws_x" "y" {{\n  size = max({", ".join(map(str, range(1, 60)))})\n}}\n', "size", 5)
