"""What templates do with parameters of which only some values are allowed."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stack_templates import data_of, declared, deploy, deploy_files, value_of

from haanalyzer.frontends.deployment import Deployment
from haanalyzer.values import Call, Choice, Symbol, Unknown

PARAMETERS = """\
Parameters:
  Env: {Type: String, AllowedValues: [dev, test, prod]}
  Multi: {Type: String, AllowedValues: [true, false]}
  Other: {Type: String, AllowedValues: [large, small]}
  Name: {Type: String, AllowedPattern: .+}
  Count: {Type: Number, MinValue: 2}
  Anything: {Type: String}
  Zones: {Type: CommaDelimitedList, AllowedValues: [a, b]}
"""


def decided(condition: str, more: str = "", **inputs: object) -> bool | None:
    """Whether a condition holds; None where it is undecided."""
    text = f"{PARAMETERS}Conditions:\n  It: {condition}\n{more}Resources:\n  A: {{Type: T, Condition: It}}\n"
    found = declared(deploy(text, **inputs)).get("A")
    if found is None:
        return False
    return True if found.existence.certain else None


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        ("!Equals [!Ref Env, prd]", False),
        ("!Equals [!Ref Env, prod]", None),
        ("!Equals [staging, !Ref Env]", False),
        ("!Not [!Equals [!Ref Name, '']]", True),
        ("!Equals [!Ref Name, x]", None),
        ("!Equals [!Ref Count, 1]", False),
        ("!Equals [!Ref Count, '2']", None),
        ("!Equals [!Ref Env, !Ref Other]", False),
        ("!Equals [!Ref Env, !Ref Anything]", None),
        ("!Equals [!Select [0, !Ref Zones], c]", False),
        ("!Equals [!Select [0, !Ref Zones], a]", None),
        ("!Equals [!Ref Multi, yes]", None),
    ],
)
def test_a_comparison_with_what_is_not_allowed_is_false(condition: str, expected: bool | None) -> None:
    assert decided(condition) is expected


def test_of_two_allowed_values_the_one_is_what_the_other_is_not() -> None:
    text = f"{PARAMETERS}Conditions:\n  On: !Equals [!Ref Multi, true]\n  Off: !Equals [!Ref Multi, false]\n"
    text += "Resources:\n  A: {Type: T, Condition: On, Properties: {P: !If [Off, a, b]}}\n"
    text += "  B: {Type: T, Properties: {P: !If [Off, !If [On, a, b], !If [On, c, d]]}}\n"
    resources = declared(deploy(text))
    assert data_of(resources["A"].attributes["P"]) == "b"
    value = resources["B"].attributes["P"]
    assert isinstance(value, Choice)
    assert (data_of(value.when_true), data_of(value.when_false)) == ("c", "b")


def test_a_number_without_default_is_at_least_what_is_allowed() -> None:
    value = value_of("!Ref Count", PARAMETERS)
    assert isinstance(value, Unknown)
    assert value.minimum == 2


@pytest.mark.parametrize(
    ("passed", "condition", "expected"),
    [
        ("!If [C, '', x]", "!Equals [!Ref P, '']", True),
        ("!If [C, x, '']", "!Equals [!Ref P, '']", False),
        ("!If [C, x, y]", "!Equals [!Ref P, z]", None),
    ],
)
def test_comparing_a_choice_hangs_on_its_condition(
    tmp_path: Path, passed: str, condition: str, expected: bool | None
) -> None:
    files = {
        "main.yaml": f"""\
            Parameters: {{Q: {{Type: String}}}}
            Conditions: {{C: !Equals [!Ref Q, q]}}
            Resources:
              S:
                Type: AWS::CloudFormation::Stack
                Properties: {{TemplateURL: child.yaml, Parameters: {{P: {passed}}}}}
            """,
        "child.yaml": f"""\
            Parameters: {{P: {{Type: String}}}}
            Conditions: {{D: {condition}}}
            Resources: {{R: {{Type: T, Condition: D}}}}
            """,
    }
    found = declared(deploy_files(tmp_path, files)).get("S/R")
    is_on = Call("Fn::Equals", (Symbol("Q"), "q"))
    if expected is None:
        assert found is None
    else:
        assert found is not None
        assert found.existence.conditions == ((is_on,) if expected else (Call("Fn::Not", (is_on,)),))


def notices(deployment: Deployment) -> list[tuple[int, str, bool]]:
    return [(found.place.line, found.message, found.is_error) for found in deployment.diagnostics]


def said_of(declaration: str, **passed: object) -> list[tuple[int, str, bool]]:
    text = f"Parameters:\n  P: {declaration}\nResources:\n  R: {{Type: T, Properties: {{A: !Ref P, B: !Ref P}}}}\n"
    return notices(deploy(text, parameters=passed))


def test_a_default_that_is_not_allowed_is_told_once_and_taken() -> None:
    declaration = "{Type: String, AllowedValues: [dev, prod], Default: tset}"
    assert said_of(declaration) == [(2, "expected P to be dev or prod, found tset", False)]
    assert data_of(value_of("!Ref P", f"Parameters:\n  P: {declaration}")) == "tset"


def test_what_is_passed_and_not_allowed_is_an_error_and_taken() -> None:
    declaration = "{Type: CommaDelimitedList, AllowedValues: [a, b]}"
    assert said_of(declaration, P="a,c") == [(1, "expected P to be a or b, found [a, c]", True)]
    assert said_of(declaration, P="a,b") == []


def test_what_a_nested_stack_is_given_and_does_not_allow_is_told_with_its_name(tmp_path: Path) -> None:
    files = {
        "main.yaml": """
            Parameters:
              P: {Type: String, AllowedValues: [a, b], Default: a}
            Resources:
              S:
                Type: AWS::CloudFormation::Stack
                Properties: {TemplateURL: nested.yaml, Parameters: {P: !Ref P}}
            """,
        "nested.yaml": """
            Parameters:
              P: {Type: String, AllowedValues: [b, c]}
              Q: {Type: String, AllowedValues: [b, c], Default: a}
            Resources: {R: {Type: T, Properties: {A: !Ref P, B: !Ref Q}}}
            """,
    }
    said = [(found.place.path, found.message) for found in deploy_files(tmp_path, files).diagnostics]
    assert said == [
        ("main.yaml", "expected P of S to be b or c, found a"),
        ("nested.yaml", "expected Q to be b or c, found a"),
    ]


def test_a_secret_that_is_not_allowed_stays_one() -> None:
    said = said_of("{Type: String, NoEcho: true, MinLength: 8, Default: hidden}")
    assert [message for _, message, _ in said] == [
        "expected P to be at least 8 characters, found what is given for this NoEcho parameter"
    ]


@pytest.mark.parametrize(
    "declaration",
    [
        "{Type: String, AllowedValues: [yes, no], Default: 'yes'}",
        "{Type: String, AllowedValues: ['true', 'false'], Default: true}",
        "{Type: Number, AllowedValues: [1, 2], Default: '1'}",
        "{Type: CommaDelimitedList, AllowedValues: [a], Default: ''}",
        "{Type: 'AWS::SSM::Parameter::Value<String>', AllowedPattern: x, Default: /a}",
        "{Type: String, AllowedPattern: '[a-z]+', Default: abc}",
    ],
)
def test_nothing_is_said_of_what_is_allowed(declaration: str) -> None:
    assert said_of(declaration) == []


COMPARED = st.sampled_from(["dev", "test", "prod", "staging"])
FORMULAS = st.recursive(
    COMPARED.map(lambda text: f"!Equals [!Ref Env, {text}]"),
    lambda inner: st.one_of(
        inner.map(lambda one: f"!Not [{one}]"),
        st.tuples(inner, inner).map(lambda both: f"!And [{both[0]}, {both[1]}]"),
        st.tuples(inner, inner).map(lambda both: f"!Or [{both[0]}, {both[1]}]"),
    ),
    max_leaves=5,
)


@given(FORMULAS)
def test_what_is_decided_without_the_value_holds_for_every_allowed_one(formula: str) -> None:
    without = decided(formula)
    outcomes = {decided(formula, parameters={"Env": text}) for text in ("dev", "test", "prod")}
    assert None not in outcomes
    assert without is None or outcomes == {without}
