"""Which construct made a resource, and whether the CDK needs it for itself."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from stack_templates import declared, deploy_files

from haanalyzer.frontends.deployment import Deployment

ID = "0123456789abcdef0123456789abcdef"


def deploy(folder: Path, metadata: object) -> Deployment:
    content = {"Resources": {"Handler": {"Type": "AWS::Lambda::Function", "Metadata": metadata}}}
    return deploy_files(folder, {"main.json": json.dumps(content, indent=1)}, "main.json")


@pytest.mark.parametrize(
    "path",
    [
        "Shop/Custom::S3AutoDeleteObjectsCustomResourceProvider/Handler",
        f"Shop/LogRetention{ID}/Resource",
        f"Shop/BucketNotificationsHandler{ID}/Resource",
        f"Shop/AWS{ID}/Resource",
        f"Shop/Custom::CDKBucketDeployment{ID.upper()}0123abcd/Resource",
        "Live/Shop/Seeding/framework-isComplete/Resource",
        "Shop/Seeding/waiter-state-machine/Resource",
        "Shop/Cluster/Servers/DrainECSHook/Function/Resource",
        "Shop/@aws-cdk--aws-dynamodb.ReplicaProvider/OnEventHandler/Resource",
    ],
)
def test_what_the_cdk_makes_for_itself_is_known_by_its_path(tmp_path: Path, path: str) -> None:
    deployment = deploy(tmp_path, {"aws:cdk:path": path})
    origin = deployment.origin_of(declared(deployment)["Handler"].place)
    assert origin is not None
    assert origin.of_framework
    assert origin.construct == path


@pytest.mark.parametrize(
    "path",
    [
        "Shop/Handler/Resource",
        "Shop/Custom/Resource",
        "Shop/AWSHandler/Resource",
        "Shop/LogRetention/Resource",
        f"Shop/SingletonLambda{ID}/Resource",
        "Shop/my-framework-onEvent/Resource",
    ],
)
def test_what_a_program_asks_for_is_its_own(tmp_path: Path, path: str) -> None:
    deployment = deploy(tmp_path, {"aws:cdk:path": path})
    origin = deployment.origin_of(declared(deployment)["Handler"].place)
    assert origin is not None
    assert not origin.of_framework


@pytest.mark.parametrize(
    "metadata", [{}, {"aws:cdk:path": {"Ref": "Path"}}, {"aws:cdk:path": ["Shop"]}, "aws:cdk:path"]
)
def test_where_no_construct_is_named_there_is_none(tmp_path: Path, metadata: object) -> None:
    deployment = deploy(tmp_path, metadata)
    assert deployment.origin_of(declared(deployment)["Handler"].place) is None


def test_a_place_between_resources_was_made_by_none(tmp_path: Path) -> None:
    deployment = deploy(tmp_path, {"aws:cdk:path": "Shop/Handler"})
    place = declared(deployment)["Handler"].place
    assert deployment.origin_of(place._replace(line=1, column=1)) is None
