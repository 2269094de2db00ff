from __future__ import annotations

import pytest
from stack_templates import data_of, declared, deploy

from haanalyzer.frontends.deployment import Deployment
from haanalyzer.values import Symbol

PARAMETERS = """\
Parameters:
  Env: {Type: String}
  Size: {Type: String, AllowedValues: [small, medium, large]}
  Stage: {Type: String, Default: dev}
  Names: {Type: CommaDelimitedList}
"""


def deploy_with(rule: str, condition: str, **inputs: object) -> Deployment:
    text = f"{PARAMETERS}Rules:\n  Sized: {rule}\nConditions:\n  It: {condition}\n"
    text += "Resources:\n  A: {Type: T, Condition: It}\n  B: {Type: T, Properties: {Env: !Ref Env, Size: !Ref Size}}\n"
    return deploy(text, **inputs)


def decided(rule: str, condition: str, **inputs: object) -> bool | None:
    """Whether a condition holds under a rule; None where it is undecided."""
    found = declared(deploy_with(rule, condition, **inputs)).get("A")
    if found is None:
        return False
    return True if found.existence.certain else None


def asserted(assertion: str, condition: str = "") -> str:
    applies = f"RuleCondition: {condition}, " if condition else ""
    return f"{{{applies}Assertions: [{{Assert: {assertion}, AssertDescription: why}}]}}"


@pytest.mark.parametrize(
    ("rule", "condition", "expected"),
    [
        (asserted("{'Fn::Contains': [[a, b], !Ref Env]}"), "!Equals [!Ref Env, c]", False),
        (asserted("{'Fn::Contains': [[a, b], !Ref Env]}"), "!Equals [!Ref Env, a]", None),
        (asserted("{'Fn::Contains': [[a], !Ref Env]}"), "!Equals [!Ref Env, a]", True),
        (asserted("{'Fn::Contains': [[small, large], !Ref Size]}"), "!Equals [!Ref Size, medium]", False),
        (asserted("{'Fn::Contains': [[a, !Ref Stage], !Ref Env]}"), "!Equals [!Ref Env, c]", None),
        (asserted("!Not [!Equals [!Ref Env, '']]"), "!Equals [!Ref Env, '']", False),
        (asserted("!Or [!Equals [!Ref Env, a], !Equals [!Ref Env, b]]"), "!Equals [!Ref Env, c]", False),
        (asserted("!And [!Equals [!Ref Env, a], !Equals [!Ref Size, small]]"), "!Equals [!Ref Size, large]", False),
        (asserted("{'Fn::EachMemberIn': [[!Ref Env], [a, b]]}"), "!Equals [!Ref Env, c]", False),
        (asserted("{'Fn::EachMemberIn': [[!Ref Env, !Ref Size], [a, small]]}"), "!Equals [!Ref Env, c]", False),
        (asserted("{'Fn::EachMemberEquals': [[!Ref Env, !Ref Size], small]}"), "!Equals [!Ref Env, c]", False),
        (asserted("{'Fn::EachMemberEquals': [[!Ref Env], a]}"), "!Equals [!Ref Env, a]", True),
        (asserted("{'Fn::EachMemberIn': [!Ref Names, [a, b]]}"), "!Equals [!Ref Env, c]", None),
        (asserted("{'Fn::Contains': [{'Fn::RefAll': 'AWS::EC2::VPC::Id'}, !Ref Env]}"), "!Equals [!Ref Env, c]", None),
        (asserted("!Equals [{'Fn::ValueOf': [Env, Tags.Team]}, x]"), "!Equals [!Ref Env, c]", None),
        (asserted("!Equals [!Ref Env, a]", "!Equals [x, x]"), "!Equals [!Ref Env, a]", True),
        (asserted("!Equals [!Ref Env, a]", "!Equals [x, y]"), "!Equals [!Ref Env, a]", None),
        (asserted("!Equals [!Ref Env, a]", "!Equals [!Ref Size, small]"), "!Equals [!Ref Env, a]", None),
        (asserted("!Equals [!Ref Env, a]", "!Equals [!Ref Stage, dev]"), "!Equals [!Ref Env, a]", None),
        ("{Assertions: nonsense}", "!Equals [!Ref Env, a]", None),
        ("[nonsense]", "!Equals [!Ref Env, a]", None),
        (asserted("{'Fn::Contains': [a]}"), "!Equals [!Ref Env, a]", None),
    ],
)
def test_what_a_rule_asserts_of_a_parameter_settles_conditions(
    rule: str, condition: str, expected: bool | None
) -> None:
    assert decided(rule, condition) is expected


def test_a_parameter_that_a_rule_leaves_one_value_has_it() -> None:
    rule = asserted("!And [!Equals [!Ref Env, a], !Not [!Or [!Equals [!Ref Size, small], !Equals [!Ref Size, large]]]]")
    attributes = declared(deploy_with(rule, "!Equals [x, x]"))["B"].attributes
    assert (data_of(attributes["Env"]), data_of(attributes["Size"])) == ("a", "medium")


def test_a_rule_that_refers_to_a_condition_ends() -> None:
    assert decided(asserted("{Condition: It}"), "!Equals [!Ref Env, a]") is not False


def test_a_default_narrows_nothing() -> None:
    rule = asserted("!Equals [!Ref Env, !Ref Stage]")
    attributes = declared(deploy_with(rule, "!Equals [x, x]"))["B"].attributes
    assert data_of(attributes["Env"]) == Symbol("Env")


@pytest.mark.parametrize(
    ("passed", "expected"),
    [
        ({"Env": "prod", "Size": "small"}, [(7, "expected the rule Sized to be kept: why", True)]),
        ({"Env": "prod", "Size": "large"}, []),
        ({"Env": "dev", "Size": "small"}, []),
        ({"Size": "small"}, []),
    ],
)
def test_a_rule_that_is_not_kept_is_told(passed: dict[str, str], expected: object) -> None:
    rule = asserted("!Equals [!Ref Size, large]", "!Equals [!Ref Env, prod]")
    deployment = deploy_with(rule, "!Equals [x, x]", parameters=passed)
    assert [(said.place.line, said.message, said.is_error) for said in deployment.diagnostics] == expected


@pytest.mark.parametrize(
    "rule",
    [
        "{Assertions: [{Assert: !Equals [!Ref Stage, prod]}]}",
        "{RuleCondition: !Equals [!Ref Stage, dev], Assertions: [{Assert: !Equals [a, b]}]}",
    ],
)
def test_of_a_rule_that_defaults_break_nothing_is_said(rule: str) -> None:
    assert deploy_with(rule, "!Equals [x, x]").diagnostics == ()
    (said,) = deploy_with(rule, "!Equals [x, x]", parameters={"Stage": "dev"}).diagnostics
    assert (said.code, said.is_error) == ("rule-not-kept", True)
    assert said.message == "expected the rule Sized to be kept: its assertion does not hold"
