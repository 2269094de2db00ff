"""moto as an oracle: what it reports of deployed networks is what our graph says of their templates.

It runs where moto is installed. ``HAANALYZER_FUZZ=200`` deploys so many generated templates instead of a few.
"""

from __future__ import annotations

import os
import socket
from importlib.util import find_spec

import pytest
from hypothesis import HealthCheck, given, settings

from tests.generated_vpcs import GeneratedVpc, vpcs

if find_spec("moto") is None:
    pytest.skip("moto is not installed", allow_module_level=True)

from tests.oracles import moto
from tests.oracles.moto_account import Facts, deploy, zones_of
from tests.oracles.moto_answers import Asked, read
from tests.oracles.moto_terms import Account

MANY = int(os.environ.get("HAANALYZER_FUZZ", "0"))


@settings(
    max_examples=MANY or 6,
    derandomize=not MANY,
    deadline=None,
    database=None,
    suppress_health_check=list(HealthCheck),
)
@given(vpcs())
def test_generated_networks_are_as_moto_deploys_them(vpc: GeneratedVpc) -> None:
    report = moto.Report()
    moto.compare(vpc, report)
    assert report.unexplained == []


def subnet(block: str, zone: object) -> dict[str, object]:
    return {
        "Type": "AWS::EC2::Subnet",
        "Properties": {"VpcId": {"Ref": "Vpc"}, "CidrBlock": block, "AvailabilityZone": zone},
    }


def network(**resources: object) -> dict[str, object]:
    vpc = {"Type": "AWS::EC2::VPC", "Properties": {"CidrBlock": "10.0.0.0/16"}}
    return {"Parameters": {"Zone": {"Type": "String"}}, "Resources": {"Vpc": vpc, **resources}}


def generated(told: set[str], **resources: object) -> GeneratedVpc:
    return GeneratedVpc("eu-west-1", True, network(**resources), None, {"Zone": "eu-west-1b"}, told)


SECOND = {"Fn::Select": [1, {"Fn::GetAZs": ""}]}


def test_what_is_known_is_the_same_and_what_is_not_has_a_reason() -> None:
    vpc = generated(set(), A=subnet("10.0.0.0/24", {"Ref": "Zone"}), B=subnet("10.0.1.0/24", SECOND))
    report = moto.Report()
    moto.compare(vpc, report)
    assert report.unexplained == []
    assert report.counts["zones: the same by a term"] == 2
    assert report.counts["way out: the same"] == 2
    vpc = generated({"Zone"}, A=subnet("10.0.0.0/24", {"Ref": "Zone"}))
    moto.compare(vpc, told := moto.Report())
    assert told.counts["zones: the same"] == 1


WRONG: dict[tuple[str, str], object] = {
    ("zones", "A"): frozenset({"eu-west-1a"}),
    ("block", "A"): "10.0.9.0/24",
    ("route table", "A"): "Other",
    ("way out", "A"): "Nat",
    ("part", "A"): "public",
    ("there", "Other"): True,
}


@pytest.mark.parametrize("key", WRONG, ids=" ".join)
def test_what_is_otherwise_is_found(key: tuple[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    def otherwise(vpc: GeneratedVpc) -> Facts:
        return deploy(vpc) | {key: WRONG[key]}

    monkeypatch.setattr(moto, "deploy", otherwise)
    moto.compare(generated({"Zone"}, A=subnet("10.0.0.0/24", SECOND)), report := moto.Report())
    assert len(report.unexplained) == 1
    assert report.unexplained[0].startswith(" ".join(key))


def test_a_reason_that_is_not_in_the_table_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(moto, "table", dict)
    resources = {"A": {"Type": "AWS::EC2::Subnet", "Properties": {"VpcId": {"Ref": "Vpc"}, "CidrBlock": "10.0.0.0/24"}}}
    moto.compare(generated(set(), **resources), report := moto.Report())
    assert report.unexplained == ["zones A: not told, no zone is given, so AWS chooses one"]


def test_nothing_asks_the_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_arguments: object) -> None:
        raise AssertionError("the network was asked")

    for name in ("connect", "connect_ex", "sendto"):
        monkeypatch.setattr(socket.socket, name, refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    vpc = generated(set(), A=subnet("10.0.0.0/24", SECOND))
    assert deploy(vpc)["zones", "A"] == frozenset({"eu-west-1b"})
    answers = Asked(read(vpc), Account(vpc.region, zones_of(vpc.region), vpc.parameters)).answers()
    assert answers["zones", "A"].by_term
