"""The law: unknowns for literals may leave a verdict undecided, and never turn a pass and a failure into each other."""

from __future__ import annotations

import dataclasses
import re
import tempfile
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from haanalyzer.frontends.terraform.parsing import syntax
from haanalyzer.frontends.terraform.parsing.expressions import parse_expression
from haanalyzer.frontends.terraform.parsing.structure import parse_body
from haanalyzer.results import Report
from haanalyzer.source.document import Document
from tests.fixtures import Fixture, fixtures

ALL = fixtures()
_NAMES = re.compile(r"!(Ref|GetAtt|Sub|Condition)|Fn::(GetAtt|Sub|Transform)|(Ref|Condition|TemplateURL|Location)$")


@dataclasses.dataclass(frozen=True)
class Literal:
    path: str
    start: int
    end: int


def literals_in(texts: Mapping[str, str]) -> list[Literal]:
    return [found for path, text in texts.items() for found in _literals(path, text)]


def _literals(path: str, text: str) -> Iterator[Literal]:
    if not path.endswith(".tf"):
        resources = _entry(yaml.compose(text, Loader=yaml.CSafeLoader), "Resources")
        for _, resource in resources.value:
            properties = _entry(resource, "Properties") if isinstance(resource, yaml.MappingNode) else None
            if properties is not None:
                yield from (Literal(path, start, end) for start, end in _scalars(properties))
        return
    body, _ = parse_body(Document(path, text))
    for block in body.blocks:
        if block.type in ("data", "resource", "module", "locals", "output", "provider", "variable"):
            yield from _in_body(path, block.body)


def _entry(node: Any, name: str) -> Any:
    return next((value for key, value in node.value if key.value == name), None)


def _scalars(node: yaml.Node) -> Iterator[tuple[int, int]]:
    """Values of properties; not the names inside references, nor conditions', mappings' and templates' names."""
    if _NAMES.match(node.tag):
        return
    if isinstance(node, yaml.MappingNode):
        is_event = any(key.value == "Properties" for key, _ in node.value)
        for key, value in node.value:
            read_by_transform = key.value == "SqsSubscription" or (is_event and key.value == "Type")
            if not _NAMES.match(key.value) and not read_by_transform:
                yield from _scalars(value)
    elif isinstance(node, yaml.SequenceNode):
        yield from (
            span for item in node.value[1 if node.tag in ("!If", "!FindInMap") else 0 :] for span in _scalars(item)
        )
    elif node.start_mark.line == node.end_mark.line and node.tag not in ("!ImportValue", "!GetAZs"):
        yield node.start_mark.index, node.end_mark.index


def _in_body(path: str, body: syntax.BodySyntax) -> Iterator[Literal]:
    for attribute in body.attributes.values():
        if attribute.name not in ("source", "version", "type", "provider", "providers"):
            for start, end in _literal_nodes(parse_expression(attribute.text)):
                yield Literal(path, attribute.offset + start, attribute.offset + end)
    for block in body.blocks:
        yield from _in_body(path, block.body)


def _literal_nodes(node: object) -> Iterator[tuple[int, int]]:
    match node:
        case syntax.Literal(value=value):
            if value is not None:
                yield node.start, node.end
        case syntax.Template():
            return
        case syntax.ObjectExpression(items=items):
            for _, value in items:
                yield from _literal_nodes(value)
        case tuple():
            for item in node:
                yield from _literal_nodes(item)
        case _ if dataclasses.is_dataclass(node):
            for each in dataclasses.fields(node):
                yield from _literal_nodes(getattr(node, each.name))


def with_unknowns(given: Mapping[str, str], chosen: list[Literal]) -> dict[str, str]:
    """The texts with something unknown in the place of each literal."""
    texts = dict(given)
    for number, literal in enumerate(sorted(chosen, key=lambda each: -each.start)):
        text = texts[literal.path]
        unknown = f"data.external.law.result.u{number}" if literal.path.endswith(".tf") else f"!ImportValue u{number}"
        texts[literal.path] = text[: literal.start] + unknown + text[literal.end :]
    return texts


def outcomes(report: Report) -> dict[tuple[str, str], set[str]]:
    found: dict[tuple[str, str], set[str]] = {}
    for one in report.judgements:
        found.setdefault((one.rule.code, one.verdict.subject), set()).add(one.verdict.outcome)
    return found


@cache
def baseline(fixture: Fixture) -> dict[tuple[str, str], set[str]]:
    with tempfile.TemporaryDirectory() as folder:
        return outcomes(fixture.analyze_in(Path(folder) / "project"))


def assert_law(fixture: Fixture, chosen: list[Literal]) -> None:
    before = baseline(fixture)
    with tempfile.TemporaryDirectory() as folder:
        texts = with_unknowns(fixture.texts, chosen)
        report = fixture.analyze_in(Path(folder) / "project", texts)
    shown = str([fixture.texts[each.path][each.start : each.end] for each in chosen])
    assert not [str(each) for each in report.diagnostics if each.code == "internal-error"], shown
    assert_unsettled_only(before, outcomes(report), shown)


def assert_unsettled_only(
    before: dict[tuple[str, str], set[str]], after: dict[tuple[str, str], set[str]], shown: str
) -> None:
    """The law, of what rules said before and after what is shown became unknown."""
    undecided_rules = {code for (code, _), found in after.items() if "undecided" in found}
    for key, found in after.items():
        if "fail" in found:
            assert "fail" in before.get(key, set()), f"{key} fails once {shown} are unknown"
    for key, found in before.items():
        if "fail" in found:
            still = after.get(key, set())
            assert still & {"fail", "undecided"} or key[0] in undecided_rules, f"{key} passes once {shown} are unknown"


@pytest.mark.parametrize("fixture", ALL, ids=lambda fixture: fixture.name)
def test_unknowns_decide_nothing(fixture: Fixture) -> None:
    found = literals_in(fixture.texts)
    if not found:
        return

    @settings(max_examples=12, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck), database=None)
    @given(st.lists(st.sampled_from(found), min_size=1, max_size=4, unique=True))
    def holds(chosen: list[Literal]) -> None:
        assert_law(fixture, chosen)

    holds()
