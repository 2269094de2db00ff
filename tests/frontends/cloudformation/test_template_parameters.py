from __future__ import annotations

import pytest
from stack_templates import data_of, value_of

from haanalyzer.values import ItemOf, ListValue, Symbol, Unknown, Value


def parameter(declaration: str, expression: str = "!Ref X", **passed: object) -> Value:
    return value_of(expression, f"Parameters:\n  X: {declaration}", parameters=passed)


@pytest.mark.parametrize(
    ("declaration", "expected"),
    [
        ("{Type: String, Default: a}", "a"),
        ("{Type: String, Default: true}", "true"),
        ("{Type: String, Default: 1}", "1"),
        ("{Type: Number, Default: '02'}", "02"),
        ("{Type: Number, Default: 1.5}", "1.5"),
        ("{Type: CommaDelimitedList, Default: 'a, b ,c'}", ["a", "b", "c"]),
        ("{Type: 'List<Number>', Default: '1,2'}", ["1", "2"]),
        ("{Type: 'List<AWS::EC2::Subnet::Id>', Default: 'subnet-1,subnet-2'}", ["subnet-1", "subnet-2"]),
        ("{Type: 'AWS::EC2::VPC::Id', Default: ''}", ""),
        ("{Type: String}", Symbol("X")),
        ("{Type: String, AllowedValues: [only]}", "only"),
        ("{Type: String, AllowedValues: [a, b]}", Symbol("X")),
        ("{Type: 'AWS::SSM::Parameter::Value<String>', Default: /a/b}", Symbol("X")),
        ("nonsense", Symbol("X")),
    ],
)
def test_parameters_are_typed(declaration: str, expected: object) -> None:
    assert data_of(parameter(declaration)) == expected


def test_a_default_is_an_assumption_with_its_place() -> None:
    value = parameter("{Type: CommaDelimitedList, Default: 'a,b'}")
    (taken,) = value.assuming
    assert (taken.name, taken.value, taken.place.line, taken.place.column) == ("X", "a,b", 2, 42)
    assert isinstance(value, ListValue)
    assert all(item.assuming == value.assuming for item in value.items)


@pytest.mark.parametrize(
    ("declaration", "given", "expected"),
    [
        ("{Type: String, Default: a}", "b", "b"),
        ("{Type: String}", True, "true"),
        ("{Type: Number}", "3", "3"),
        ("{Type: CommaDelimitedList}", "a,b", ["a", "b"]),
        ("{Type: CommaDelimitedList}", ["a", "b"], ["a", "b"]),
        ("{Type: String}", ["a", 1], "a,1"),
        ("{Type: 'AWS::SSM::Parameter::Value<String>'}", "/a", Symbol("X")),
    ],
)
def test_what_is_passed_is_known(declaration: str, given: object, expected: object) -> None:
    value = parameter(declaration, X=given)
    assert data_of(value) == expected
    assert value.assuming == frozenset()


def test_elements_of_an_unknown_list_have_names() -> None:
    value = parameter("{Type: 'List<AWS::EC2::Subnet::Id>'}", "!Select [1, !Ref X]")
    assert isinstance(value, Unknown)
    assert value.term == ItemOf(Symbol("X"), 1)
    assert value.reason == "parameter without default"
