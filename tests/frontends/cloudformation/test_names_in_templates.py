"""What names and functions of a template are, asked by their place."""

from textwrap import dedent

import pytest

from haanalyzer.source.document import Document
from haanalyzer.values import Absent, Choice, Unknown
from tests.frontends.cloudformation.stack_templates import declared, deploy, deploy_files

TEMPLATE = """\
Transform: AWS::LanguageExtensions
Parameters:
  Stage: {Type: String, Default: dev, AllowedValues: [dev, prod]}
  Zone: {Type: String, AllowedValues: [a, b]}
  Password: {Type: String, NoEcho: true, Default: hunter2}
Mappings: {Sizes: {dev: {S: small}, prod: {S: large}}}
Conditions:
  IsProd: !Equals [!Ref Stage, prod]
  InA: !Equals [!Ref Zone, a]
Resources:
  Topic:
    Type: AWS::SNS::Topic
    Condition: InA
    Properties:
      TopicName: !FindInMap [Sizes, !Ref Stage, S]
      DisplayName: !Sub "x-${ Stage }-${Topic.Arn}-${!Literal}"
      Own: !Sub ["${Key}-b", {Key: !Ref Stage}]
      Branch: !If [IsProd, !Sub "${Stage}!", one]
      Inside: !If [InA, !If [InA, yes, no], never]
      Itself: !Ref Topic
      Secret: !Sub "db://${Password}"
      Long:
        Fn::Select:
          - 0
          - [first, second]
  Fn::ForEach::Loop:
    - Name
    - [A, B]
    - T${Name}:
        Type: AWS::SNS::Topic
        Properties: {TopicName: !Sub "t-${Name}"}
Outputs:
  Always:
    Value: !Join ["-", [!Ref Stage, z]]
  Nested: {Value: !If [InA, !If [InA, inner, other], none]}
  Never: {Condition: IsProd, Value: 1}
  Sometimes: {Condition: InA, Value: 1}
"""

CHILD = """\
Parameters: {P: {Type: String}}
Resources: {A: {Type: "AWS::SNS::Topic"}}
Outputs: {C: {Value: !Sub "${P}-c"}}
"""


def shown(value):
    match value:
        case Unknown():
            return value.reason
        case Absent():
            return "nothing"
        case Choice():
            return f"{shown(value.when_true)} or {shown(value.when_false)}"
    return str(value)


def asked(deployment, text, marked, path="main.yaml"):
    document = Document(path, dedent(text))
    at = document.text.index(marked)
    return [
        (named.text, named.address, shown(named.value))
        for named in deployment.values_at(document.span(at, at), document)
    ]


@pytest.mark.parametrize(
    ("marked", "text", "value"),
    [
        ("Stage: {", "Stage", "dev"),
        ("Zone: {", "Zone", "parameter without default; allowed are a, b"),
        ("Password: {", "Password", "NoEcho, and not shown"),
        ("IsProd: ", "IsProd", "false"),
        ("InA: ", "InA", "depends on Zone: parameter without default"),
        ("!Equals [!Ref Zone", "!Equals [!Ref Zone, a]", "depends on Zone: parameter without default"),
        ("InA\n", "InA", "depends on Zone: parameter without default"),
        ("!FindInMap", "!FindInMap [Sizes, !Ref Stage, S]", "small"),
        ("Stage, S]", "Stage", "dev"),
        ("Stage }", "Stage", "dev"),
        ("Key}", "Key", "dev"),
        ("IsProd, !Sub", "IsProd", "false"),
        ("!If [IsProd", '!If [IsProd, !Sub "${Stage}!", one]', "one"),
        ("Stage}!", "Stage", "dev"),
        ("!If [InA, yes", "!If [InA, yes, no]", "true"),
        ("Fn::Select", "Fn::Select: - 0 - [first, second]", "first"),
        ("Password}", "Password", "NoEcho, and not shown"),
        ('!Sub "db', '!Sub "db://${Password}"', "NoEcho, and not shown"),
        ("Always", "Always", "dev-z"),
        ("!Join", '!Join ["-", [!Ref Stage, z]]', "dev-z"),
        ("!If [InA, inner", "!If [InA, inner, other]", "inner"),
        ("Never", "Never", "nothing"),
        ("Sometimes", "Sometimes", "1 or nothing"),
    ],
)
def test_what_is_under_the_cursor_is_answered(marked, text, value):
    assert asked(deploy(TEMPLATE), TEMPLATE, marked) == [(text, "", value)]


def test_each_turn_of_a_loop_answers():
    found = asked(deploy(TEMPLATE), TEMPLATE, 'Name}"}')
    assert found == [("Name", "TA", "A"), ("Name", "TB", "B")]


@pytest.mark.parametrize("marked", ["Topic.Arn", "Ref Topic", "Mappings", "Sizes: {dev", "Type: AWS", "Properties"])
def test_what_says_no_more_than_the_text_is_not_answered(marked):
    answers = asked(deploy(TEMPLATE), TEMPLATE, marked)
    assert answers == []


def test_each_stack_of_a_template_answers(tmp_path):
    main = """\
    Parameters: {Stage: {Type: String, Default: dev}}
    Resources:
      One:
        Type: AWS::CloudFormation::Stack
        Properties: {TemplateURL: child.yaml, Parameters: {P: !Ref Stage}}
      Two:
        Type: AWS::CloudFormation::Stack
        Properties: {TemplateURL: child.yaml, Parameters: {P: two}}
    Outputs: {O: {Value: !GetAtt One.Outputs.C}}
    """
    deployment = deploy_files(tmp_path, {"main.yaml": main, "child.yaml": CHILD})
    assert asked(deployment, main, "!GetAtt") == [("!GetAtt One.Outputs.C", "", "dev-c")]
    assert asked(deployment, CHILD, "P: {", "child.yaml") == [("P", "One", "dev"), ("P", "Two", "two")]
    assert asked(deployment, CHILD, "C: {", "child.yaml") == [("C", "One", "dev-c"), ("C", "Two", "two-c")]


def test_a_secret_stays_one_in_a_nested_stack_and_in_what_is_passed(tmp_path):
    main = """\
    Parameters: {Password: {Type: String, NoEcho: "true"}}
    Resources:
      One:
        Type: AWS::CloudFormation::Stack
        Properties: {TemplateURL: child.yaml, Parameters: {P: !Ref Password}}
      It:
        Type: AWS::RDS::DBInstance
        Properties: {MasterUserPassword: !Ref Password, MasterUsername: admin}
    """
    files = {"main.yaml": main, "child.yaml": CHILD}
    deployment = deploy_files(tmp_path, files, parameters={"Password": "hunter2"})
    assert asked(deployment, CHILD, "P}", "child.yaml") == [("P", "One", "NoEcho, and not shown")]
    declaration = declared(deployment)["It"]
    attributes = declaration.shown()
    assert shown(attributes["MasterUserPassword"]) == "NoEcho, and not shown"
    assert shown(attributes["MasterUsername"]) == "admin"
    assert shown(declaration.attributes["MasterUserPassword"]) == "NoEcho, and not shown"


def test_a_default_that_is_secret_is_assumed_without_saying_it():
    conditional = TEMPLATE.replace("InA: !Equals [!Ref Zone, a]", "InA: !Equals [!Ref Password, hunter2]")
    existence = declared(deploy(conditional))["Topic"].existence
    assert [str(each) for each in existence.assuming] == ["Password = (NoEcho) (default)"]


def test_asking_takes_nothing_from_the_loops():
    turns = ", ".join(f"N{number}" for number in range(100))
    template = f"""\
    Transform: AWS::LanguageExtensions
    Resources: {{Topic: {{Type: "AWS::SNS::Topic"}}}}
    Outputs:
      Fn::ForEach::Loop:
        - Name
        - [{turns}]
        - Out${{Name}}: {{Value: !Ref Name}}
    """
    deployment = deploy(template)
    for _ in range(110):
        found = asked(deployment, template, "!Ref Name")
    assert found[-1] == ("Name", "OutN99", "N99")


def test_another_text_than_the_one_that_was_read_is_not_answered():
    assert asked(deploy(TEMPLATE), f"# more\n{TEMPLATE}", "Stage: {") == []
