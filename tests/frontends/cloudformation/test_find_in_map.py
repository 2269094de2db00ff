from __future__ import annotations

import pytest
from stack_templates import data_of, declared, deploy, value_of

from haanalyzer.values import Call, Choice, Symbol, Unknown, Value

HEAD = """\
Parameters:
  Env: {Type: String}
  Known: {Type: String, AllowedValues: [dev, prod]}
  Stage: {Type: String, AllowedValues: [dev, prod, other]}
  Copies: {Type: String, AllowedValues: [one, two]}
Mappings:
  Sizes:
    dev: {Class: small, Count: 1, Copies: 1}
    prod: {Class: large, Count: 2, Copies: 1}
    test: {Class: small, Count: 1, Copies: 1}
  Pairs:
    dev: {one: a, two: b}
    prod: {one: c, two: d}
  Regions:
    r1: {Ami: ami-1, Same: yes}
    r2: {Ami: ami-2, Same: yes}
    r3: {Ami: ami-3, Same: yes}
    r4: {Ami: ami-4, Same: yes}
    r5: {Ami: ami-5, Same: yes}
"""


def found(*keys: str) -> Value:
    return value_of(f"{{'Fn::FindInMap': [{', '.join(keys)}]}}", HEAD)


def cases(value: Value) -> object:
    """A choice as nested tuples of the text compared with, and both branches."""
    if isinstance(value, Choice):
        assert isinstance(value.condition, Call)
        return value.condition.arguments[1], cases(value.when_true), cases(value.when_false)
    return data_of(value)


@pytest.mark.parametrize(
    ("keys", "expected"),
    [
        (("Sizes", "dev", "Class"), "small"),
        (("Sizes", "!Ref Env", "Copies"), 1),
        (("Regions", "!Ref AWS::Region", "Same"), True),
        (("Sizes", "!Ref Env", "Class"), ("dev", "small", ("prod", "large", "small"))),
        (("Sizes", "!Ref Known", "Class"), ("dev", "small", "large")),
        (("Sizes", "!Ref Known", "Copies", "{DefaultValue: 9}"), 1),
        (("Sizes", "!Ref Env", "Copies", "{DefaultValue: 9}"), ("dev", 1, ("prod", 1, ("test", 1, 9)))),
        (("Sizes", "!Ref Stage", "Class", "{DefaultValue: huge}"), ("dev", "small", ("prod", "large", "huge"))),
        (("Sizes", "prod", "!Ref Env"), ("Class", "large", ("Count", 2, 1))),
        (("Sizes", "nowhere", "Class", "{DefaultValue: !Ref Env}"), Symbol("Env")),
        (("Regions", "!Ref AWS::Region", "Ami"), Call("Fn::FindInMap", ("Regions", Symbol("AWS::Region"), "Ami"))),
        (("Pairs", "!Ref Known", "!Ref Copies"), Call("Fn::FindInMap", ("Pairs", Symbol("Known"), Symbol("Copies")))),
        (("!Select [0, [Sizes]]", "!Join ['', [d, ev]]", "Count"), 1),
    ],
)
def test_an_unknown_key_leaves_the_entries_that_it_may_mean(keys: tuple[str, ...], expected: object) -> None:
    assert cases(found(*keys)) == expected


def test_of_two_allowed_keys_the_condition_is_the_same_as_in_conditions() -> None:
    text = f"{HEAD}Conditions:\n  Prod: !Equals [!Ref Known, prod]\nResources:\n"
    text += "  A: {Type: T, Condition: Prod, Properties: {P: !FindInMap [Sizes, !Ref Known, Class]}}\n"
    text += "  B: {Type: T, Properties: {P: !If [Prod, !FindInMap [Sizes, !Ref Known, Class], none]}}\n"
    resources = declared(deploy(text))
    assert data_of(resources["A"].attributes["P"]) == "large"
    value = resources["B"].attributes["P"]
    assert isinstance(value, Choice)
    assert {data_of(value.when_true), data_of(value.when_false)} == {"large", "none"}


def test_a_key_that_no_allowed_value_is_gives_an_unknown_with_a_reason() -> None:
    value = value_of("!FindInMap [Pairs, !Ref Copies, one]", HEAD)
    assert isinstance(value, Unknown)
    assert value.reason == "Fn::FindInMap expects an entry Pairs / Copies / one in Mappings"
