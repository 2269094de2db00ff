"""Files that say what a stack is given: every format of AWS's own tools, each value with its place."""

from __future__ import annotations

import textwrap

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from haanalyzer.frontends.cloudformation.parameters.files import read_stack_file
from haanalyzer.frontends.cloudformation.parameters.stack_file import Passed, StackFile
from haanalyzer.source.diagnostic import Diagnostic
from haanalyzer.source.document import Document
from haanalyzer.values import Known
from haanalyzer.values.data import data_of

SAMCONFIG = """\
version = 0.1

[default.global.parameters]
stack_name = "orders"
region = "eu-west-1"

[default.build.parameters]
template_file = "src/template.yaml"

[default.deploy.parameters]
confirm_changeset = true
parameter_overrides = "Environment=\\"dev\\" Zones='a b' Pattern=a\\\\ b"
tags = "Team=shop Stage=dev"

[prod.global.parameters]
stack_name = "orders-prod"

[prod.deploy.parameters]
template_file = "packaged.yaml"
# Environment is what it is
parameter_overrides = [
  "Environment=prod",
  "ParameterKey=Zones,ParameterValue=\\"a b\\" ParameterKey=Empty,ParameterValue=",
]

[test.deploy.parameters]
stack_name = "orders-test"
parameter_overrides = { Environment = "test", Size = 3 }
"""


def data(passed: Passed) -> dict[str, object]:
    return {name: data_of(value, str) for name, value in passed.items()}


def lines(passed: Passed) -> dict[str, int]:
    return {name: value.place.line for name, value in passed.items()}


def read(text: str, path: str = "p.json", environment: str | None = None) -> StackFile:
    found = read_stack_file(Document(path, textwrap.dedent(text)), environment)
    assert isinstance(found, StackFile), found
    return found


def fault(text: str, path: str = "p.json", environment: str | None = None) -> str:
    found = read_stack_file(Document(path, textwrap.dedent(text)), environment)
    assert isinstance(found, Diagnostic), found
    return str(found)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('[{"ParameterKey": "A", "ParameterValue": "1"}, {"ParameterKey": "B", "UsePreviousValue": true}]', {"A": "1"}),
        ('{"Parameters": {"A": "1", "B": 2}}', {"A": "1", "B": 2}),
        ('{"A": true, "B": ["x", "y"]}', {"A": True, "B": ["x", "y"]}),
        ('["A=1", "B=x=y"]', {"A": "1", "B": "x=y"}),
        ("A: 1\n", {"A": 1}),
        ("{}", {}),
    ],
)
def test_parameters_alone(text: str, expected: dict[str, object]) -> None:
    assert data(read(text).parameters) == expected


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        ('[{"ParameterKey": "A"}]', "invalid-parameters", 1),
        ('["A"]', "invalid-parameters", 1),
        ('{"A":\n {"B": 1}}', "invalid-parameters", 2),
        ("", "invalid-parameters", 1),
        ("3", "invalid-parameters", 1),
        ('{"A": 1', "invalid-json", 1),
        ('{"A": null}', "invalid-parameters", 1),
        ('{"Parameters": {"A": "1"},\n "Tags": "x"}', "invalid-parameters", 2),
        ('{"Parameters": {},\n "Tags": [{"Key": "A"}]}', "invalid-parameters", 2),
        ("template-file-path: [a]\n", "invalid-parameters", 1),
        ("template-file-path: a.yaml\nparameters: 3\n", "invalid-parameters", 2),
    ],
)
def test_a_wrong_file_gives_one_diagnostic(text: str, code: str, line: int) -> None:
    found = read_stack_file(Document("p.json", text))
    assert isinstance(found, Diagnostic)
    assert (found.code, found.place.line) == (code, line)


def test_a_value_is_placed_where_it_is_written() -> None:
    found = read(
        """\
        [
          {"ParameterKey": "Environment",
           "ParameterValue": "prod"},
          {"ParameterKey": "Zones", "ParameterValue": "a,b"}
        ]
        """
    )
    assert lines(found.parameters) == {"Environment": 3, "Zones": 4}
    value = found.parameters["Environment"]
    assert (value.place.path, value.place.column) == ("p.json", 22)


@pytest.mark.parametrize(
    "text",
    [
        '{"Parameters": {"A": "1"}, "Tags": {"Team": "shop"}, "StackPolicy": {"Statement": []}}',
        "Parameters:\n  A: '1'\nTags:\n  Team: shop\n",
        "Parameters: {A: '1'}\nTags: [{Key: Team, Value: shop}]\n",
        "template-file-path: network.yaml\nparameters: {A: '1'}\ntags: {Team: shop}\n",
        "template-file-path: network.yaml\nParameters: {A: '1'}\ntags: {Team: shop}\n",
    ],
)
def test_formats_with_tags(text: str) -> None:
    found = read(text, "stack.yaml")
    assert (data(found.parameters), data(found.tags)) == ({"A": "1"}, {"Team": "shop"})


def test_tags_alone_are_no_parameters() -> None:
    found = read("Tags: {Team: shop}\n", "rain.yaml")
    assert (found.parameters, data(found.tags)) == ({}, {"Team": "shop"})


def test_a_deployment_file_names_its_template() -> None:
    found = read("template-file-path: ./stacks/network.yaml\nparameters:\ntags:\n", "deployment.yaml")
    assert [str(each) for each in found.templates] == ["./stacks/network.yaml"]
    assert found.templates[0].place.line == 1
    assert (found.parameters, found.tags) == ({}, {})


def test_a_samconfig_is_read_as_sam_does() -> None:
    found = read(SAMCONFIG, "samconfig.toml")
    assert (found.name, found.region) == ("orders", "eu-west-1")
    assert [str(each) for each in found.templates] == ["src/template.yaml"]
    assert data(found.parameters) == {"Environment": "dev", "Zones": "a b", "Pattern": "a b"}
    assert data(found.tags) == {"Team": "shop", "Stage": "dev"}
    assert lines(found.parameters) == {"Environment": 12, "Zones": 12, "Pattern": 12}


def test_another_environment_takes_nothing_from_the_default_one() -> None:
    found = read(SAMCONFIG, "samconfig.toml", "prod")
    assert (found.name, found.region) == ("orders-prod", "")
    assert [str(each) for each in found.templates] == ["packaged.yaml"]
    assert data(found.parameters) == {"Environment": "prod", "Zones": "a b", "Empty": ""}
    assert lines(found.parameters) == {"Environment": 22, "Zones": 23, "Empty": 23}
    place = found.parameters["Zones"].place
    assert SAMCONFIG.splitlines()[22][place.column - 1 : place.end_column - 1] == "Zones"


def test_overrides_may_be_a_table() -> None:
    found = read(SAMCONFIG, "samconfig.toml", "test")
    assert data(found.parameters) == {"Environment": "test", "Size": 3}
    assert [str(each) for each in found.templates] == ["template.yaml", "template.yml", "template.json"]


def test_a_samconfig_in_yaml_says_the_same() -> None:
    text = """\
    version: 0.1
    default:
      deploy:
        parameters:
          stack_name: orders
          template_file: .aws-sam/build/template.yaml
          parameter_overrides:
            - Environment=prod
            - ParameterKey=Zones,ParameterValue='a b'
    """
    found = read(text, "samconfig.yaml")
    assert data(found.parameters) == {"Environment": "prod", "Zones": "a b"}
    assert lines(found.parameters) == {"Environment": 8, "Zones": 9}
    assert [str(each) for each in found.templates][:2] == [".aws-sam/build/template.yaml", "template.yaml"]


@pytest.mark.parametrize(
    ("text", "environment", "said"),
    [
        ("[default\n", None, "samconfig.toml:1:9: expected TOML: "),
        (SAMCONFIG, "live", "samconfig.toml:1:1: expected an environment 'live'; there are default, prod, test"),
        ("[default.deploy.parameters]\nparameter_overrides = 'A B'\n", None, "samconfig.toml:2:1: expected texts such"),
        ("[default.deploy.parameters]\nparameter_overrides = 3\n", None, "samconfig.toml:2:1: expected texts such as"),
        (
            "[default.deploy.parameters]\nparameter_overrides = [3]\n",
            None,
            "samconfig.toml:2:1: expected texts such as",
        ),
        ("[default.deploy.parameters]\nstack_name = 3\n", None, "samconfig.toml:2:1: expected a text"),
        (
            "[default.deploy.parameters.parameter_overrides]\nA = 1979-05-27\n",
            None,
            "samconfig.toml:2:1: expected a text or a number",
        ),
        ("default = 3\n", None, "samconfig.toml:1:1: expected an environment 'default'; there are none"),
        ("[default]\ndeploy = 3\n", None, ""),
    ],
)
def test_what_is_wrong_with_a_samconfig_is_said_with_its_place(text: str, environment: str | None, said: str) -> None:
    if not said:
        assert read(text, "samconfig.toml", environment).parameters == {}
        return
    assert fault(text, "samconfig.toml", environment).startswith(said)


def test_a_secret_is_in_no_message() -> None:
    text = "[default.deploy.parameters]\nparameter_overrides = ['Name=x', 'hunter2']\n"
    assert "hunter2" not in fault(text, "samconfig.toml")


def test_what_stands_between_pairs_is_passed_over_as_sam_does() -> None:
    text = '[default.deploy.parameters]\nparameter_overrides = ["A=one two B={x} --force C=\\"3 4\\" "]\n'
    assert data(read(text, "samconfig.toml").parameters) == {"A": "one", "B": "{x}", "C": "3 4"}


PIECES = (
    *(
        "{",
        "}",
        "[",
        "]",
        ":",
        ",",
        "\n",
        "\n  ",
        "- ",
        '"',
        "'",
        "=",
        "A",
        "B",
        "3",
        "null",
        "true",
        "&a ",
        "*a",
        "<<",
    ),
    *("Parameters", "Tags", "tags", "parameters", "template-file-path", "ParameterKey", "ParameterValue", "Key"),
    *(
        "[default.deploy.parameters]\n",
        "parameter_overrides = ",
        "stack_name",
        "default",
        "deploy",
        "A=b ",
        "1979-05-27",
    ),
)


@settings(deadline=None)
@given(pieces=st.lists(st.sampled_from(PIECES), max_size=25), path=st.sampled_from(["p.json", "p.yaml", "p.toml"]))
def test_any_text_is_read_or_gives_one_diagnostic(pieces: list[str], path: str) -> None:
    assert isinstance(read_stack_file(Document(path, "".join(pieces))), StackFile | Diagnostic)


def test_a_passed_value_is_known() -> None:
    assert isinstance(read('{"A": "1"}').parameters["A"], Known)
