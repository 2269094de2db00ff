from __future__ import annotations

import pytest
from stack_templates import data_of, declared, deploy

from haanalyzer.frontends.deployment import Existence
from haanalyzer.values import Call, Choice, Known, Symbol

PARAMETERS = """\
Parameters:
  Env: {Type: String}
  Multi: {Type: String, Default: 'true', AllowedValues: ['true', 'false']}
  Other: {Type: String}
"""


def existence_of(condition: str, more: str = "", **inputs: object) -> Existence | None:
    text = f"{PARAMETERS}Conditions:\n  Is It & 1: {condition}\n{more}"
    text += "Resources:\n  A: {Type: T, Condition: 'Is It & 1'}\n"
    found = declared(deploy(text, **inputs)).get("A")
    return found.existence if found else None


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        ("!Equals [a, a]", True),
        ("!Equals [a, b]", False),
        ("!Equals [1, '1']", True),
        ("!Equals [true, 'true']", True),
        ("!Equals [!Ref Env, !Ref Env]", True),
        ("!Equals [!Sub '${Env}-a', !Sub '${Env}-b']", False),
        ("!Equals [!Ref Env, prod]", None),
        ("!Equals [!Ref Env, !Ref Other]", None),
        ("!Not [!Equals [!Ref Multi, 'true']]", False),
        ("!And [!Equals [!Ref Env, prod], !Equals [a, b]]", False),
        ("!And [!Equals [!Ref Env, prod], !Equals [a, a]]", None),
        ("!Or [!Equals [!Ref Env, prod], !Equals [a, a]]", True),
        ("!Or [!Equals [!Ref Env, prod], !Equals [a, b]]", None),
        ("!Condition Named", True),
        ("!Not [!Condition Unnamed]", None),
        ("!Equals [a]", None),
        ("nonsense", None),
    ],
)
def test_conditions_have_three_values(condition: str, expected: bool | None) -> None:
    existence = existence_of(condition, "  Named: !Equals [x, x]\n")
    if expected is False:
        assert existence is None
    else:
        assert existence is not None
        assert existence.certain is bool(expected)


def test_a_decision_rests_on_the_defaults_that_made_it_and_on_no_others() -> None:
    existence = existence_of("!Equals [!Ref Multi, 'true']")
    assert existence is not None
    assert [str(taken) for taken in existence.assuming] == ["Multi = true (default)"]
    mixed = existence_of("!Or [!Equals [!Ref Multi, 'true'], !Equals [!Ref Env, prod]]")
    assert mixed is not None
    assert (mixed.certain, mixed.assuming) == (True, existence.assuming)
    free = existence_of("!Or [!Equals [a, a], !Equals [!Ref Multi, 'true']]")
    assert free is not None
    assert free.assuming == frozenset()
    passed = existence_of("!Equals [!Ref Multi, 'true']", parameters={"Multi": True})
    assert passed is not None
    assert passed.assuming == frozenset()


def test_an_undecided_resource_names_what_blocks_it() -> None:
    existence = existence_of("!Equals [!Ref Env, prod]")
    assert existence is not None
    (blocker,) = existence.unless
    assert blocker.term == "Is It & 1"
    assert blocker.reason == "depends on Env: parameter without default"
    assert blocker.place.line == 8


CORRELATED = f"""\
{PARAMETERS}
Conditions:
  Prod: !Equals [!Ref Env, prod]
  SameProd: !Equals [prod, !Ref Env]
  NotProd: !Not [!Condition Prod]
  Dev: !Equals [!Ref Env, dev]
  Both: !And [!Condition Prod, !Equals [!Ref Other, x]]
  BothTurned: !And [!Equals [!Ref Other, x], !Condition SameProd]
  Neither: !Not [!Or [!Condition Prod, !Equals [!Ref Other, x]]]
Resources:
"""


@pytest.mark.parametrize(
    ("expression", "when_true", "when_false"),
    [
        ("!If [Prod, a, b]", "a", "b"),
        ("!If [NotProd, a, b]", "b", "a"),
        ("!If [Prod, !If [SameProd, a, x], !If [NotProd, b, x]]", "a", "b"),
        ("!If [Prod, !If [Dev, x, a], b]", "a", "b"),
    ],
)
def test_conditions_correlate(expression: str, when_true: str, when_false: str) -> None:
    text = f"{CORRELATED}  A: {{Type: T, Properties: {{P: {expression}}}}}\n"
    value = declared(deploy(text))["A"].attributes["P"]
    assert isinstance(value, Choice)
    assert value.condition == Call("Fn::Equals", (Symbol("Env"), "prod"))
    assert (data_of(value.when_true), data_of(value.when_false)) == (when_true, when_false)


def test_what_is_referred_to_knows_the_branch_too() -> None:
    text = f"{CORRELATED}  A: {{Type: T, Properties: {{P: !If [Prod, a, b]}}}}\n"
    text += "  B: {Type: T, Properties: {P: !If [SameProd, !GetAtt A.P, c]}}\n"
    value = declared(deploy(text))["B"].attributes["P"]
    assert isinstance(value, Choice)
    assert (data_of(value.when_true), data_of(value.when_false)) == ("a", "c")


@pytest.mark.parametrize(
    ("condition", "expression", "expected"),
    [
        ("Prod", "!If [SameProd, a, b]", "a"),
        ("NotProd", "!If [Prod, a, b]", "b"),
        ("Both", "!If [Prod, a, b]", "a"),
        ("Both", "!If [BothTurned, a, b]", "a"),
        ("Neither", "!If [Prod, a, b]", "b"),
        ("Prod", "!If [Dev, a, b]", "b"),
        ("Prod", "!If [Neither, a, b]", "b"),
    ],
)
def test_a_resource_knows_that_its_own_condition_holds(condition: str, expression: str, expected: str) -> None:
    text = f"{CORRELATED}  A: {{Type: T, Condition: {condition}, Properties: {{P: {expression}}}}}\n"
    value = declared(deploy(text))["A"].attributes["P"]
    assert isinstance(value, Known)
    assert value.data == expected


def test_what_another_condition_leaves_open_stays_open() -> None:
    text = f"{CORRELATED}  A: {{Type: T, Condition: NotProd, Properties: {{P: !If [Dev, a, b]}}}}\n"
    assert isinstance(declared(deploy(text))["A"].attributes["P"], Choice)


def test_a_choice_carries_what_decided_its_other_half() -> None:
    text = f"{PARAMETERS}Conditions:\n  M: !Equals [!Ref Multi, 'true']\n"
    text += "Resources:\n  A: {Type: T, Properties: {P: !If [M, 1, 2]}}\n"
    value = declared(deploy(text))["A"].attributes["P"]
    assert data_of(value) == 1
    assert [str(taken) for taken in value.assuming] == ["Multi = true (default)"]


def test_cyclic_conditions_are_undecided_and_said_once() -> None:
    text = "Conditions:\n  A: !Not [!Condition B]\n  B: !Condition A\nResources:\n  R: {Type: T, Condition: A}\n"
    deployment = deploy(text)
    assert [found.code for found in deployment.diagnostics] == ["cyclic-condition"]
    assert not declared(deployment)["R"].existence.certain


def test_a_condition_on_what_is_no_parameter_is_no_cycle() -> None:
    text = "Conditions:\n  A: !Equals [!Ref Nowhere, x]\nResources:\n  R: {Type: T, Condition: A}\n"
    deployment = deploy(text)
    assert deployment.diagnostics == ()
    (blocker,) = declared(deployment)["R"].existence.unless
    assert blocker.reason == "depends on Nowhere: not declared in this template"


def test_a_loop_over_what_rests_on_the_conditions_it_makes_ends() -> None:
    loop = "  Fn::ForEach::L: [L, !If [B, [x], [y]], {'B${L}': !Equals [a, a]}]\n"
    text = f"Conditions:\n{loop}Resources:\n  R: {{Type: T, Condition: Bx}}\n"
    assert not declared(deploy(text))["R"].existence.certain


def test_conditions_that_multiply_end() -> None:
    lines = "".join(
        f"  C{at}: !And [!Or [!Condition C{at - 1}, !Condition D{at - 1}], !Not [!Condition D{at - 1}]]\n"
        f"  D{at}: !Or [!And [!Condition C{at - 1}, !Condition D{at - 1}], !Not [!Condition C{at - 1}]]\n"
        for at in range(1, 40)
    )
    text = f"{PARAMETERS}Conditions:\n  C0: !Equals [!Ref Env, x]\n  D0: !Equals [!Ref Other, x]\n{lines}"
    text += "Resources:\n  R: {Type: T, Condition: C39}\n"
    assert not declared(deploy(text))["R"].existence.certain


@pytest.mark.parametrize(
    ("properties", "expected"),
    [
        ("!If [Prod, {P: a, Q: 1}, {P: b}]", ("a", "b")),
        ("!If [Prod, {P: a}, !Ref AWS::NoValue]", ("a", None)),
        ("!If [Prod, {P: !If [SameProd, a, x]}, !If [Dev, {P: b}, {P: b}]]", ("a", "b")),
    ],
)
def test_a_condition_may_choose_all_properties(properties: str, expected: tuple[str, str | None]) -> None:
    text = f"{CORRELATED}  A: {{Type: T, DeletionPolicy: Retain, Properties: {properties}}}\n"
    attributes = declared(deploy(text))["A"].attributes
    value = attributes["P"]
    assert isinstance(value, Choice)
    assert (data_of(value.when_true), getattr(value.when_false, "data", None)) == expected
    assert list(attributes)[:2] == ["@DeletionPolicy", "P"]
    place = attributes.key_span("P")
    assert place is not None
    assert place.line == len(text.splitlines())
    assert "R" not in attributes
    with pytest.raises(KeyError):
        attributes["R"]


def test_no_properties_are_none() -> None:
    text = f"{CORRELATED}  A: {{Type: T, Properties: !Ref AWS::NoValue}}\n"
    assert dict(declared(deploy(text))["A"].attributes) == {}


def test_properties_that_a_condition_of_themselves_chooses_end() -> None:
    text = f"{CORRELATED}  A: {{Type: T, Properties: !If [Prod, {{P: !GetAtt A.P}}, {{P: !GetAtt A.Q}}]}}\n"
    assert isinstance(declared(deploy(text))["A"].attributes["P"], Choice)
