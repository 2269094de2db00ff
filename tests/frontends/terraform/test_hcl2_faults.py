"""Each known fault of python-hcl2, shown on it where that is quick, and our reading without the fault."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import hcl2
import pytest
from lark import Tree

from haanalyzer.frontends.terraform.parsing.expressions import parse_expression
from haanalyzer.frontends.terraform.parsing.structure import parse_body
from haanalyzer.frontends.terraform.parsing.syntax import (
    Binary,
    GetAttribute,
    Index,
    Invalid,
    Literal,
    Splat,
    Template,
    Variable,
)
from haanalyzer.source.document import Document

ROOT = Path(__file__).parents[3]


def test_blanks_after_a_heredocs_end_marker_swallow_no_resource() -> None:
    text = 'resource "a" "b" {\n  x = <<EOT\none\nEOT  \n}\nresource "c" "d" {\n  y = <<EOT\ntwo\nEOT\n}\n'
    assert [*hcl2.loads(text)["resource"][0]] == ['"a"']
    assert len(hcl2.loads(text)["resource"]) == 1
    body, diagnostics = parse_body(Document("main.tf", text))
    assert diagnostics == []
    assert [block.labels for block in body.blocks] == [("a", "b"), ("c", "d")]
    assert parse_expression(body.blocks[0].body.attributes["x"].text) == Literal(start=0, end=13, value="one\n")


def test_an_index_after_an_attribute_splat_is_of_its_result() -> None:
    (splat,) = hcl2.parses_to_tree("x = a.*.b[0]\n").find_data("attr_splat")
    assert [part.data for part in splat.children if isinstance(part, Tree)] == ["get_attr", "braces_index"]
    found = parse_expression("a.*.b[0]")
    assert isinstance(found, Index)
    assert isinstance(found.of, Splat)
    assert isinstance(found.of.each, GetAttribute)


def test_a_binary_operation_ends_with_its_last_operand() -> None:
    text = "(1 + 2) * 3\n\n# why\n"
    ends = {node.meta.end_pos for node in hcl2.parses_to_tree(f"x = {text}y = 1\n").find_data("binary_op")}
    assert len("x = (1 + 2) * 3") not in ends
    found = parse_expression(text)
    assert isinstance(found, Binary)
    assert text[: found.end] == "(1 + 2) * 3"


def test_templates_in_heredocs_are_read() -> None:
    assert hcl2.loads("x = <<E\n${ = }\nE\n") == {"x": '"<<E\n${ = }\nE"'}
    found = parse_expression("<<E\na ${b}\n%{ if c }d%{ endif }\nE")
    assert isinstance(found, Template)
    assert [type(part).__name__ for part in found.parts] == ["str", "Variable", "str", "Conditional", "str"]
    assert found.parts[1] == Variable(start=8, end=9, name="b")
    assert isinstance(parse_expression("<<E\n${ = }\nE"), Invalid)


@pytest.mark.parametrize("unterminated", ["x = <<EOT\n" + "\n" * 40_000, "x = f(<<EOT\n" + "EOT x\n" * 40_000])
def test_a_heredoc_without_an_end_takes_linear_time(unterminated: str) -> None:
    started = time.process_time()
    _, diagnostics = parse_body(Document("main.tf", unterminated))
    assert isinstance(parse_expression(unterminated.removeprefix("x = ")), Invalid)
    assert time.process_time() - started < 2
    assert "this heredoc is not closed" in diagnostics[0].message


@pytest.mark.parametrize("text", [" + ".join(["a"] * 2_000), '"${' * 200 + "x" + '}"' * 200, "[" * 2_000 + "]" * 2_000])
def test_deep_nesting_is_said_and_overflows_no_stack(text: str) -> None:
    with pytest.raises(RecursionError):
        hcl2.loads(f"x = {text}\n")
    found = parse_expression(text)
    assert isinstance(found, Invalid)
    assert "nested at most" in found.message


_WRITES = """
import sys
written = []
def hook(event, arguments):
    if event == "open" and isinstance(arguments[1], str) and set(arguments[1]) & set("wax+"):
        written.append(arguments[0])
sys.addaudithook(hook)
from haanalyzer.frontends.terraform.parsing.expressions import parse_in_full
import time
started = time.process_time()
assert parse_in_full("a + 1").operator == "+"
print(written, "hcl2" in sys.modules, time.process_time() - started < 1)
"""


def test_no_grammar_is_compiled_or_kept_beside_the_library(tmp_path: Path) -> None:
    environment = {**os.environ, "XDG_CACHE_HOME": str(tmp_path)}
    command = [sys.executable, "-B", "-c", _WRITES]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=True)
    assert done.stdout == "[] False True\n"
