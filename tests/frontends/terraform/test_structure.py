"""Files are cut into blocks and attributes; what is broken costs one diagnostic and hides nothing else."""

from __future__ import annotations

import time
from typing import Any

import hcl2
import pytest
from lark import Token, Tree

from haanalyzer.frontends.terraform.parsing.structure import MAX_ERRORS, parse_body
from haanalyzer.frontends.terraform.parsing.syntax import BlockSyntax, BodySyntax
from haanalyzer.source.diagnostic import Diagnostic
from haanalyzer.source.document import Document
from tests.fixtures import TESTDATA

NETWORK = """\
# The network.
terraform { required_version = ">= 1.5" }

variable "zones" { type = list(string) }   // one per line

resource "aws_subnet" "private" {
  count             = length(var.zones) /* all
                      of them */
  availability_zone = var.zones[count.index]

  tags = {
    Name = "private-${var.zones[count.index]}-}{"   # braces in a text
    "a b" = "\\"quoted\\" ${join("-", ["x", "}"])} $${not}"
  }

  dynamic "ingress" {
    for_each = [
      1, # one
      2,
    ]
    content { port = ingress.value }
  }

  timeouts {
  }
  user_data = <<-EOT
    #!/bin/sh
    resource "not" "one" {
    echo "${var.name}"
    }
  EOT
  policy    = <<POLICY
{ "Statement": [
POLICY
  last = 1
}
output "ids" {
  value = [for s in aws_subnet.private : s.id
    if s.id != ""
  ]
}
"""


def read(text: str) -> tuple[BodySyntax, list[Diagnostic]]:
    return parse_body(Document("main.tf", text))


def blocks_of(text: str) -> list[tuple[str, ...]]:
    return [(block.type, *block.labels) for block in read(text)[0].blocks]


def only_message(text: str) -> str:
    (diagnostic,) = read(text)[1]
    assert diagnostic.code == "invalid-hcl"
    assert diagnostic.is_error
    return str(diagnostic)


def values(body: BodySyntax) -> dict[str, str]:
    return {name: attribute.text for name, attribute in body.attributes.items()}


# The oracle: python-hcl2's own reading of whole files, as (name or labels, first line, last line, content).

Outline = list[tuple[Any, ...]]


def outline(body: BodySyntax) -> Outline:
    found: Outline = [(a.name, a.key_span.line) for a in body.attributes.values()]
    for block in body.blocks:
        lines = (block.header_span.line, block.document.position(block.end)[0])
        found.append(((block.type, *block.labels), *lines, outline(block.body)))
    return sorted(found, key=repr)


def oracle_text(node: Tree[Any] | Token) -> str:
    return str(node) if isinstance(node, Token) else "".join(map(oracle_text, node.children))


def oracle_outline(body: Tree[Any]) -> Outline:
    found: Outline = []
    for node in body.children:
        parts = [part for part in node.children if isinstance(part, Tree)]
        if node.data == "attribute":
            found.append((oracle_text(parts[0]), node.meta.line))
        elif node.data == "block":
            names = tuple(oracle_text(part).strip('"') for part in parts if part.data in ("identifier", "string"))
            (content,) = (part for part in parts if part.data == "body")
            found.append((names, node.meta.line, node.meta.end_line, oracle_outline(content)))
    return sorted(found, key=repr)


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_the_outline_is_python_hcl2s(newline: str) -> None:
    text = NETWORK.replace("\n", newline)
    body, diagnostics = read(text)
    assert diagnostics == []
    assert outline(body) == oracle_outline(hcl2.parses_to_tree(text).children[0])


@pytest.mark.parametrize("part", ["graphs", "real", "rules"])
def test_the_outlines_of_our_testdata_are_python_hcl2s(part: str) -> None:
    """What that library reads wrongly is tested in test_hcl2_faults.py, and stands in none of these."""
    paths = sorted((TESTDATA / part).rglob("*.tf"))
    assert paths
    for path in paths:
        text = path.read_text("utf-8")
        body, diagnostics = read(text)
        assert diagnostics == []
        assert outline(body) == oracle_outline(hcl2.parses_to_tree(text).children[0]), path


def test_attributes_keep_their_text_and_place() -> None:
    body, _ = read(NETWORK)
    (subnet,) = body.blocks_of("resource")
    count = subnet.body.attributes["count"]
    assert count.text == "length(var.zones)"
    assert (count.span.line, count.span.column, count.span.end_column) == (7, 23, 40)
    assert (count.key_span.line, count.key_span.column, count.key_span.end_column) == (7, 3, 8)
    assert subnet.header_span[1:] == (6, 1, 6, 32)
    assert subnet.document.text[subnet.start : subnet.end].endswith("last = 1\n}")
    assert values(subnet.body)["policy"] == '<<POLICY\n{ "Statement": [\nPOLICY'
    (content,) = subnet.body.blocks_of("dynamic")[0].body.blocks
    assert values(content.body) == {"port": "ingress.value"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a = 1", {"a": "1"}),
        ("a=1\nb =2", {"a": "1", "b": "2"}),
        ("a = b == c ? 1 : 2 # why\n", {"a": "b == c ? 1 : 2"}),
        ("a = b / c // why\n", {"a": "b / c"}),
        ("a = /* what */ 1 /* why */\n", {"a": "1"}),
        ("a /* what */ = 1", {"a": "1"}),
        ("größe = é.b-c\n", {"größe": "é.b-c"}),
        ('a = "x # y // z /* "\nb = 1', {"a": '"x # y // z /* "', "b": "1"}),
        ('a = "${b["k"]}"\nc = 1', {"a": '"${b["k"]}"', "c": "1"}),
        ('a = "%{ if b == "}" }${"{"}%{ endif }"\nc = 1', {"a": '"%{ if b == "}" }${"{"}%{ endif }"', "c": "1"}),
        ('a = "$${"\nb = "%%{"\nc = "$"\n', {"a": '"$${"', "b": '"%%{"', "c": '"$"'}),
        ("a = [ # ]\n1\n]\n", {"a": "[ # ]\n1\n]"}),
        ("a = 1 <2", {"a": "1 <2"}),
        ("a = <<E\nE x\n E\nb = 1", {"a": "<<E\nE x\n E", "b": "1"}),
        ("a = f(<<E\n)\nE\n)\nb = 1", {"a": "f(<<E\n)\nE\n)", "b": "1"}),
    ],
)
def test_attributes(text: str, expected: dict[str, str]) -> None:
    body, diagnostics = read(text)
    assert diagnostics == []
    assert values(body) == expected


def test_blanks_after_a_heredocs_end_marker() -> None:
    body, diagnostics = read("a {\n  x = <<EOT\none\nEOT  \n}\nb {\n  y = <<EOT\ntwo\nEOT\n}\n")
    assert diagnostics == []
    assert [values(block.body) for block in body.blocks] == [{"x": "<<EOT\none\nEOT"}, {"y": "<<EOT\ntwo\nEOT"}]


@pytest.mark.parametrize(
    ("header", "labels"),
    [
        ('resource "a" "b" {}', ("a", "b")),
        ("resource a b {}", ("a", "b")),
        ('resource /* x */ "a" /* y */ b{}', ("a", "b")),
        ("resource {}", ()),
        ("resource { x = 1 }", ()),
        ('resource "a.b-c/$d" {\n}', ("a.b-c/$d",)),
        (r'resource "a\"b" "$${c}" {}', ('a"b', "${c}")),
    ],
)
def test_labels(header: str, labels: tuple[str, ...]) -> None:
    body, diagnostics = read(header)
    assert diagnostics == []
    assert [block.labels for block in body.blocks] == [labels]


def test_of_an_attribute_set_twice_the_first_counts() -> None:
    text = "a {\n  x = 1\n  x = 2\n}\n"
    assert (
        only_message(text) == "main.tf:3:3: `x` is set twice: expected it once, and the first one counts [invalid-hcl]"
    )
    assert values(read(text)[0].blocks[0].body) == {"x": "1"}


def test_a_block_that_is_dropped_says_nothing_else() -> None:
    assert "expected a value for `y`" in only_message("a {\n  x = 1\n  x = 2\n  y =\n}\n")


BROKEN = {
    "unclosed text": ('  x = "one\n', '2:7: this text is not closed: expected `"`'),
    "unclosed interpolation": ('  x = "${one"\n', "2:13: this text is not closed"),
    "unclosed bracket": ("  x = [1, 2\n", "2:7: this `[` is not closed: expected `]` before the next `}`"),
    "wrong bracket": ("  x = (1]\n", "2:7: this `(` is not closed: expected `)` before the next `]`"),
    "bracket too many": ("  x = 1)\n", "2:8: expected no `)` here: nothing is open"),
    "unclosed heredoc": ("  x = <<EOT\n", "2:7: this heredoc is not closed: expected a line `EOT`"),
    "unclosed comment": ("  /* x = 1\n", "2:3: this comment is not closed: expected `*/`"),
    "unclosed comment in a value": ("  x = 1 /* one\n", "2:9: this comment is not closed"),
    "no value": ("  x =\n", "2:6: expected a value for `x`"),
    "no equals sign": ("  x 1\n", "2:5: expected `=`, a label or `{` after `x`"),
    "no name": ("  = 1\n", "2:3: expected an attribute or a block"),
    "template in a label": ('  b "${c}" {}\n', "2:5: expected a label without `${`"),
    "directive in a label": ('  b "$$%{c}" {}\n', "2:5: expected a label without `${`"),
    "escape in a label": ('  b "\\x" {}\n', "2:5: expected no `\\x`"),
    "unclosed block": ("  inner {\n", "1:1: this `resource` block is not closed: expected `}`"),
    "two on a line": ("  inner {} x = 1\n", "2:12: expected a new line after a block"),
    "operator on the next line": ("  x = 1\n  + 2\n", "3:3: expected an attribute or a block"),
}


@pytest.mark.parametrize(("line", "expected"), BROKEN.values(), ids=BROKEN.keys())
def test_a_broken_block_hides_no_other(line: str, expected: str) -> None:
    text = f'resource "a" "b" {{\n{line}}}\n\nmodule "after" {{\n  y = 1\n}}\nlocals {{ z = 2 }}\n'
    before = 'variable "before" {}\n'
    assert blocks_of(before + text) == [("variable", "before"), ("module", "after"), ("locals",)]
    assert only_message(text).startswith(f"main.tf:{expected}")


MISPLACED = {
    "a {\n  x = 1 }\n": "2:9: expected a new line before `}`",
    "a {\n  x = [\n  1] /* y */ }\n": "3:14: expected a new line before `}`",
    "a {\n  x = 1\n  b {} }\n": "3:8: expected a new line before `}`",
    "a {\n  x = 1\n  b {\n  } }\n": "4:5: expected a new line before `}`",
    "a { x = 1\n}\n": "1:10: expected `}` on the line of the block's `{`",
    "a { x = 1\n  y = 2 }\n": "1:10: expected `}` on the line of the block's `{`",
    "a { b {} }\n": "1:5: expected a block inside another on a line of its own",
    "a { b { c {} } }\n": "1:5: expected a block inside another on a line of its own",
}


@pytest.mark.parametrize(("text", "expected"), MISPLACED.items())
def test_what_stands_on_a_wrong_line_is_said_and_read(text: str, expected: str) -> None:
    assert only_message(text).startswith(f"main.tf:{expected}")
    assert blocks_of(text) == [("a",)]


@pytest.mark.parametrize(
    "text",
    ["a { x = 1 }", "a { /* y */ }", "a { // y\n}", "a { x = [\n1\n] } # y", "a {\n  b { x = 1 } // y\n}", "a {}"],
)
def test_blocks_may_stand_on_one_line(text: str) -> None:
    assert read(text)[1] == []


def test_a_closing_brace_too_many() -> None:
    text = "a {\n}\n}\nb {\n}\n"
    assert only_message(text).startswith("main.tf:3:1: expected an attribute or a block")
    assert blocks_of(text) == [("a",), ("b",)]


def test_variables_file_goes_on_at_the_next_variable() -> None:
    body, diagnostics = read('a = 1\nb = "x\nc = [\n  1]\n')
    assert len(diagnostics) == 1
    assert values(body) == {"a": "1", "c": "[\n  1]"}


def test_a_script_in_a_broken_block_is_not_taken_for_variables() -> None:
    body, diagnostics = read("a {\n  x = (\n  y = <<EOT\nPATH=$HOME\nEOT\n}\nb {\n}\n")
    assert len(diagnostics) == 1
    assert body.attributes == {}
    assert [block.type for block in body.blocks] == ["b"]


def test_many_errors_end_with_a_word_about_it() -> None:
    _, diagnostics = read('a = "\n' * (MAX_ERRORS * 2))
    assert len(diagnostics) == MAX_ERRORS + 1
    assert "the rest of this file was not read" in diagnostics[-1].message


def test_deeply_nested_blocks_are_a_diagnostic() -> None:
    assert "nested at most" in only_message("a {" * 1000 + "}" * 1000)


LARGE = 20_000
HOSTILE = {
    "heredoc": "x = <<EOT\n" + "\n" * LARGE,
    "heredocs": "".join(f"x = <<E{number}\n" for number in range(LARGE)),
    "comment": "/*" + "a\n" * LARGE,
    "comments": "a {\n/*\n" * LARGE,
    "text": 'x = "' + "a" * LARGE * 10,
    "dollars": 'x = "' + "$" * LARGE * 10,
    "interpolations": "x = " + '"${' * LARGE,
    "brackets": "x = " + "[" * LARGE,
    "brackets on lines": "x = [\n" * LARGE,
    "blocks": "a {\n" * LARGE,
    "labels": "a " * LARGE,
    "blanks": "a" + " " * LARGE * 10 + "b",
    "slashes": "x = " + "/ " * LARGE,
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_texts_are_read_in_linear_time(text: str) -> None:
    started = time.process_time()
    parse_body(Document("main.tf", text))
    assert time.process_time() - started < 3


def test_an_empty_file() -> None:
    assert read("") == (BodySyntax(), [])
    assert read("\n# nothing\n") == (BodySyntax(), [])


def test_blocks_of_a_type() -> None:
    body, _ = read("a {}\nb {}\na {}\n")
    found: list[BlockSyntax] = body.blocks_of("a")
    assert [block.start for block in found] == [0, 10]
