from __future__ import annotations

from textwrap import dedent

import pytest

from haanalyzer.frontends.cloudformation.parameters.domains import Domain, declared_domain
from haanalyzer.frontends.tree.loader import load
from haanalyzer.frontends.tree.nodes import MapNode
from haanalyzer.source.document import Document


def template(text: str) -> MapNode:
    root, diagnostics = load(Document("main.yaml", dedent(text)))
    assert isinstance(root, MapNode)
    assert not diagnostics
    return root


def domain(declaration: str) -> Domain:
    return declared_domain(template(declaration))


@pytest.mark.parametrize(
    ("declaration", "expected"),
    [
        ("{Type: String, AllowedValues: [dev, prod, dev]}", ("dev", "prod")),
        ("{Type: String, AllowedValues: [true, false]}", ("true", "false")),
        ("{Type: Number, AllowedValues: [2, 3]}", ("2", "3")),
        ("{Type: String, AllowedValues: []}", None),
        ("{Type: String, AllowedValues: [{Ref: A}]}", None),
        ("{Type: String}", None),
        ("{Type: 'AWS::SSM::Parameter::Value<String>', AllowedValues: [/a, /b]}", None),
    ],
)
def test_the_texts_that_a_parameter_may_be(declaration: str, expected: object) -> None:
    assert domain(declaration).texts == expected


@pytest.mark.parametrize(
    ("declaration", "allowed", "forbidden"),
    [
        ("{AllowedValues: [dev, prod]}", ["dev"], ["test", ""]),
        ("{AllowedValues: [yes, 'no']}", ["yes", "true", "no"], ["false"]),
        ("{Type: Number, AllowedValues: [1, 2]}", ["1", "2.0"], ["3", "x"]),
        ("{AllowedPattern: .+}", ["a"], [""]),
        ("{AllowedPattern: '^[a-z]+'}", ["abc"], ["abc1"]),
        ("{AllowedPattern: '[a-z&&[^b]]'}", ["anything"], []),
        ("{AllowedPattern: '\\Qa.b\\E'}", ["anything"], []),
        ("{AllowedPattern: '('}", ["anything"], []),
        ("{AllowedPattern: '[a-z--c]|[a||b]|[a~~b]'}", ["anything"], []),
        ("{AllowedPattern: '\\v\\0101'}", ["anything"], []),
        ("{MinLength: 1, MaxLength: '3'}", ["a", "abc"], ["", "abcd"]),
        ("{Type: Number, MinValue: 2, MaxValue: 4}", ["2", "4", "3.5"], ["1", "5", "x"]),
        ("{Type: CommaDelimitedList, AllowedValues: [a, b]}", ["a"], ["c"]),
    ],
)
def test_what_is_allowed(declaration: str, allowed: list[str], forbidden: list[str]) -> None:
    found = domain(declaration)
    assert [text for text in allowed if not found.allows(text)] == []
    assert [text for text in forbidden if found.allows(text)] == []


@pytest.mark.parametrize(
    ("pattern", "text", "expected"),
    [
        ("([a-z]+-)*[a-z]+", "a-b-c", True),
        ("([a-z]+-)*[a-z]+", "a-b-", False),
        ("(a+)+b", "a" * 8, False),
        ("(a+)+b", "a" * 40, True),
        ("[a-z]+", "a" * 400 + "1", False),
        ("[a-z]+", "a" * 1_000 + "1", True),
        ("(a+)+(", "a", True),
    ],
)
def test_patterns_that_may_be_slow_are_asked_of_short_texts(pattern: str, text: str, expected: bool) -> None:
    assert domain(f"{{AllowedPattern: '{pattern}'}}").allows(text) is expected


@pytest.mark.parametrize(
    ("declaration", "expected"),
    [
        ("{Type: Number, MinValue: 2}", 2),
        ("{Type: Number, AllowedValues: [4, 2, 3]}", 2),
        ("{Type: String, AllowedValues: ['2', '3']}", 2),
        ("{Type: Number, AllowedValues: [1, 2], MinValue: 2}", 2),
        ("{Type: Number, MinValue: 0.5}", None),
        ("{Type: String, MinValue: 2}", None),
        ("{Type: String, AllowedValues: ['2', many]}", None),
        ("{Type: Number}", None),
    ],
)
def test_what_a_number_is_at_least(declaration: str, expected: object) -> None:
    assert domain(declaration).minimum == expected


@pytest.mark.parametrize(
    ("declaration", "expected"),
    [
        ("{AllowedValues: [dev, prod]}", "dev or prod"),
        ("{AllowedPattern: a+}", "what matches a+"),
        ("{Type: Number, MinValue: 2, MaxValue: 4}", "at least 2 and at most 4"),
        ("{MinLength: 1}", "at least 1 characters"),
        ("{Type: Number}", "a number"),
    ],
)
def test_what_is_allowed_is_said(declaration: str, expected: str) -> None:
    assert str(domain(declaration)) == expected
