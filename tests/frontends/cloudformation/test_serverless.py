"""What ``AWS::Serverless`` makes: places, names, conditions, and what is told of what it does not take."""

from __future__ import annotations

from pathlib import Path
from textwrap import dedent

import pytest

from haanalyzer.frontends.cloudformation.editing.properties import set_properties
from haanalyzer.frontends.deployment import Deployment
from haanalyzer.source.document import Document
from haanalyzer.source.edit import NotEditableError
from haanalyzer.values import AttributeOf, Known, Unknown, Value
from tests.frontends.cloudformation.stack_templates import deploy, deploy_files

FUNCTION = """
    Transform: AWS::Serverless-2016-10-31
    Resources:
      Orders: {Type: AWS::SQS::Queue}
      Handle:
        Type: AWS::Serverless::Function
        Properties:
          Handler: a.b
          AutoPublishAlias: live
          DeadLetterQueue: {Type: SQS, TargetArn: !GetAtt Orders.Arn}
          Events:
            Order:
              Type: SQS
              Properties: {Queue: !GetAtt Orders.Arn, BatchSize: 5}
"""


def made(deployment: Deployment) -> dict[str, str]:
    return {each.address: each.type for each in deployment.declarations}


def attribute(deployment: Deployment, address: str, name: str) -> Value:
    (found,) = (each for each in deployment.declarations if each.address == address)
    return found.attributes[name]


def test_what_is_made_stands_where_its_key_does() -> None:
    lines = {each.address: each.place.line for each in deploy(FUNCTION).declarations}
    assert lines == {
        "Orders": 4,
        "Handle": 5,
        "HandleRole": 5,
        "HandleVersion": 5,
        "HandleAliaslive": 9,
        "HandleOrder": 12,
    }


def test_attributes_stand_where_they_are_written() -> None:
    (function,) = (each for each in deploy(FUNCTION).declarations if each.address == "Handle")
    place = function.attributes.key_span("DeadLetterConfig")
    assert place is not None
    assert (place.line, place.column) == (10, 7)
    (mapping,) = (each for each in deploy(FUNCTION).declarations if each.address == "HandleOrder")
    size = mapping.attributes["BatchSize"]
    assert (size, size.place.line) == (Known(data=5, place=size.place), 14)


DERIVED = {
    "!Ref Handle.Alias": AttributeOf("HandleAliaslive", "Ref"),
    "!Sub '${Handle.Alias}'": AttributeOf("HandleAliaslive", "Ref"),
    "!Ref Handle.Version": AttributeOf("HandleVersion", "Ref"),
    "!GetAtt Handle.Version.Version": AttributeOf("HandleVersion", "Version"),
    "!GetAtt [Handle.Alias, AliasArn]": AttributeOf("HandleAliaslive", "AliasArn"),
    "!GetAtt Handle.Arn": AttributeOf("Handle", "Arn"),
}


@pytest.mark.parametrize(("written", "term"), DERIVED.items(), ids=DERIVED.keys())
def test_what_is_made_is_referred_to_by_the_one_that_makes_it(written: str, term: AttributeOf) -> None:
    deployment = deploy(f"{FUNCTION}      X: {{Type: AWS::X::Y, Properties: {{V: {written}}}}}\n")
    value = attribute(deployment, "X", "V")
    assert isinstance(value, Unknown)
    assert value.term == term


def test_an_alias_by_a_parameter_is_called_by_what_was_passed() -> None:
    text = FUNCTION.replace("AutoPublishAlias: live", "AutoPublishAlias: !Ref Stage")
    text = text.replace("    Resources:", "    Parameters: {Stage: {Type: String}}\n    Resources:")
    assert "HandleAlias" in made(deploy(text))
    assert "HandleAliasblueDgreen" in made(deploy(text, parameters={"Stage": "blue-green"}))


def test_events_of_a_loop_are_made_in_every_turn() -> None:
    deployment = deploy("""
        Transform: [AWS::LanguageExtensions, AWS::Serverless-2016-10-31]
        Resources:
          Fn::ForEach::Functions:
            - Name
            - [Read, Write]
            - ${Name}Table:
                Type: AWS::Serverless::Function
                Properties:
                  Handler: !Sub ${Name}.run
                  Events:
                    ${Name}Daily: {Type: Schedule, Properties: {Schedule: rate(1 day)}}
    """)
    assert {"ReadTable", "ReadTableReadDaily", "WriteTable", "WriteTableWriteDaily"} <= made(deployment).keys()
    handler = attribute(deployment, "WriteTable", "Handler")
    assert isinstance(handler, Known)
    assert handler.data == "Write.run"


def test_an_api_is_there_wherever_one_of_its_events_is() -> None:
    text = """
        Transform: AWS::Serverless-2016-10-31
        Parameters: {A: {Type: String}, B: {Type: String}}
        Conditions: {A: !Equals [!Ref A, "1"], B: !Equals [!Ref B, "1"]}
        Resources:
          F:
            Type: AWS::Serverless::Function
            Condition: A
            Properties: {Events: {Get: {Type: Api, Properties: {Path: /, Method: get}}}}
          G:
            Type: AWS::Serverless::Function
            Condition: B
            Properties: {Events: {Get: {Type: Api, Properties: {Path: /g, Method: get}}}}
    """
    assert "ServerlessRestApiProdStage" in made(deploy(text, parameters={"A": "0", "B": "1"}))
    assert "ServerlessRestApi" not in made(deploy(text, parameters={"A": "0", "B": "0"}))
    (api,) = (each for each in deploy(text).declarations if each.address == "ServerlessRestApi")
    assert [str(each) for each in api.existence.conditions] == ["Fn::Or(Fn::Equals(A, 1), Fn::Equals(B, 1))"]


def test_a_condition_may_be_the_first_to_ask_for_the_resources() -> None:
    deployment = deploy("""
        Transform: AWS::Serverless-2016-10-31
        Conditions: {Odd: !Equals [!Ref Nothing, ""]}
        Resources:
          F:
            Type: AWS::Serverless::Function
            Properties: {Role: !If [Odd, r, !Ref AWS::NoValue]}
    """)
    assert "FRole" in made(deployment)


REJECTED = {
    "Events: !Ref E": "expected the Events of F to be a map",
    "Events: {A: !Ref E}": "expected the event A of F to be a map with a Type",
    "Events: {A: {Type: SQS, Properties: !Ref E}}": "expected the Properties of the event A of F to be a map",
    "Events: {A: {Type: SQS}}": "expected the event A of F to have a Queue",
    "Events: {A: {Type: S3, Properties: {Bucket: b}}}": (
        "expected the Bucket of the event A to be a Ref to one of this template"
    ),
    "Events: {A: {Type: SNS, Properties: {Topic: t, SqsSubscription: !Ref E}}}": (
        "expected SqsSubscription of the event A to be true, false or a queue"
    ),
    "DeadLetterQueue: d": "expected the DeadLetterQueue of F to have a Type and a TargetArn",
    "EventInvokeConfig: {DestinationConfig: {OnFailure: {Type: !Ref E}}}": "expected OnFailure to be a map with a Type",
}


@pytest.mark.parametrize(("properties", "message"), REJECTED.items(), ids=REJECTED.keys())
def test_what_cannot_be_made_is_told(properties: str, message: str) -> None:
    deployment = deploy(f"""
        Transform: AWS::Serverless-2016-10-31
        Resources:
          F:
            Type: AWS::Serverless::Function
            Properties: {{{properties}}}
    """)
    assert [(each.message, each.is_error) for each in deployment.diagnostics] == [(message, True)]


@pytest.mark.parametrize(
    ("section", "message"),
    [
        ("[Timeout]", "expected Globals to be a map"),
        ("{Functions: {Timeout: 900}}", "expected a serverless type in Globals, found 'Functions'"),
        ("{Function: [Timeout]}", "expected Function in Globals to be a map of properties"),
        ("{Function: !Ref All}", "expected Function in Globals to be a map of properties"),
    ],
)
def test_what_is_not_said_for_all_is_told(section: str, message: str) -> None:
    deployment = deploy(f"""
        Transform: AWS::Serverless-2016-10-31
        Globals: {section}
        Resources:
          F: {{Type: AWS::Serverless::Function}}
    """)
    assert [(each.message, each.place.line) for each in deployment.diagnostics] == [(message, 3)]


def test_types_that_nobody_knows_may_make_anything() -> None:
    deployment = deploy("""
        Transform: AWS::Serverless-2016-10-31
        Resources:
          F: {Type: AWS::Serverless::Function, Properties: {Events: {A: {Type: Newer}}}}
          G: {Type: AWS::Serverless::Newer}
    """)
    assert [(each.address, each.reaches_everything) for each in deployment.opaque] == [("FA", True), ("G", True)]
    assert [(each.place.line, each.is_error) for each in deployment.diagnostics] == [(4, False), (5, False)]
    assert "F" in made(deployment)


def test_properties_that_a_macro_makes_may_make_anything() -> None:
    deployment = deploy("""
        Transform: AWS::Serverless-2016-10-31
        Resources:
          F:
            Type: AWS::Serverless::Function
            Properties:
              Timeout: 9
              Fn::Transform: {Name: Own}
          G:
            Type: AWS::Serverless::Function
            Properties: !If [C, {Timeout: 9}, {Timeout: 8}]
    """)
    assert [each.reaches_everything for each in deployment.opaque] == [True]
    assert isinstance(attribute(deployment, "F", "VpcConfig"), Unknown)
    assert [each.message for each in deployment.diagnostics if each.is_error] == [
        "expected the Properties of G to be a map"
    ]


def test_what_is_included_is_part_of_the_properties(tmp_path: Path) -> None:
    template = """
        Transform: AWS::Serverless-2016-10-31
        Resources:
          Q: {Type: AWS::SQS::Queue}
          F:
            Type: AWS::Serverless::Function
            Properties:
              Fn::Transform: {Name: AWS::Include, Parameters: {Location: events.yaml}}
    """
    events = "Handler: a.b\nTimeout: 9\nEvents:\n  A:\n    Type: SQS\n    Properties: {Queue: !GetAtt Q.Arn}\n"
    deployment = deploy_files(tmp_path, {"main.yaml": template, "events.yaml": events})
    assert (deployment.opaque, deployment.diagnostics) == ((), ())
    (mapping,) = (each for each in deployment.declarations if each.type == "AWS::Lambda::EventSourceMapping")
    assert str(mapping.place) == "events.yaml:4"
    assert str(mapping.attributes["EventSourceArn"]) == "Q.Arn"
    assert str(attribute(deployment, "F", "Timeout")) == "9"


def test_a_name_that_is_taken_is_told() -> None:
    deployment = deploy(f"{FUNCTION}      HandleOrder: {{Type: AWS::SNS::Topic}}\n")
    assert made(deployment)["HandleOrder"] == "AWS::SNS::Topic"
    assert [each.message for each in deployment.diagnostics] == [
        "expected another logical id than HandleOrder, which the transform makes"
    ]


def test_a_bucket_that_a_function_makes_notifications_of_cannot_be_seen_through() -> None:
    deployment = deploy("""
        Transform: AWS::Serverless-2016-10-31
        Resources:
          B:
            Type: AWS::S3::Bucket
            Properties: {NotificationConfiguration: !If [C, {}, {}]}
          F:
            Type: AWS::Serverless::Function
            Properties: {Events: {A: {Type: S3, Properties: {Bucket: !Ref B, Events: e}}}}
    """)
    assert [each.message for each in deployment.diagnostics if each.is_error] == [
        "expected B to have a map of notifications that events can be added to"
    ]


TABLE = dedent("""\
    Transform: AWS::Serverless-2016-10-31
    Resources:
      Orders:
        Type: AWS::Serverless::SimpleTable
        Properties:
          TableName: orders
""")


def test_a_property_is_set_where_the_serverless_type_has_it() -> None:
    document = Document("main.yaml", TABLE)
    place = deploy(TABLE).declarations[0].place
    (edit,) = set_properties(
        document, place, {"PointInTimeRecoverySpecification": {"PointInTimeRecoveryEnabled": True}}
    )
    assert "PointInTimeRecoveryEnabled: true" in edit.text
    with pytest.raises(NotEditableError, match="AWS::Serverless::SimpleTable has no `DeletionProtectionEnabled`"):
        set_properties(document, place, {"DeletionProtectionEnabled": True})
