"""`haanalyzer diff` over changes of what is deployed: the stacks that the configuration names."""

from __future__ import annotations

from textwrap import dedent

import pytest

from tests.repositories import Repo, repo
from tests.test_checks_across_stacks import CLUSTER, NAMED, SERVICE
from tests.test_diff import diff, names

__all__ = ["repo"]

DATABASE = """\
Parameters: {Standby: {Type: String, AllowedValues: ["true", "false"]}}
Resources:
  Database:
    Type: AWS::RDS::DBInstance
    Properties: {Engine: postgres, DBInstanceClass: db.t3.micro, AllocatedStorage: "20", MultiAZ: !Ref Standby}
"""
LIVE = 'stacks:\n  - {name: live, template: database.yaml, parameters: {Standby: "%s"}}\n'
TEST = '  - {name: test, template: database.yaml, parameters: {Standby: "false"}}\n'
NO_STANDBY = ("HA401", "Database")
PREFIX = "Parameters: {Prefix: {Type: String}}\n"


def test_what_a_stack_is_now_given_otherwise_is_a_change(repo: Repo) -> None:
    repo.commit({"database.yaml": DATABASE, "haanalyzer.yaml": LIVE % "true"})
    repo.write({"haanalyzer.yaml": LIVE % "false"})
    assert NO_STANDBY in names(diff(code=1)["findings"])
    repo.commit({"haanalyzer.yaml": LIVE % "false"})
    repo.write({"haanalyzer.yaml": LIVE % "true"})
    assert NO_STANDBY in names(diff()["gone"])


@pytest.mark.parametrize("chosen", [(), ("--stack", "test")])
def test_a_stack_that_is_added_brings_its_flaws(repo: Repo, chosen: tuple[str, ...]) -> None:
    repo.commit({"database.yaml": DATABASE, "haanalyzer.yaml": LIVE % "true"})
    repo.write({"haanalyzer.yaml": LIVE % "true" + TEST})
    found = diff(*chosen, code=1)["findings"]
    assert NO_STANDBY in names(found)
    assert {one["stack"] for one in found} == {"test"}


def test_naming_what_was_deployed_all_along_brings_nothing(repo: Repo) -> None:
    repo.commit({"database.yaml": DATABASE})
    repo.write({"haanalyzer.yaml": LIVE % "false"})
    report = diff()
    assert (report["findings"], report["gone"]) == ([], [])


def test_what_was_no_configuration_says_nothing_of_before(repo: Repo) -> None:
    repo.commit({"database.yaml": DATABASE, "haanalyzer.yaml": "stacks: [3]\n"})
    repo.write({"haanalyzer.yaml": LIVE % "false"})
    assert diff()["findings"] == []


def test_a_renamed_template_is_the_same_stack(repo: Repo) -> None:
    repo.commit({"database.yaml": DATABASE, "haanalyzer.yaml": LIVE % "false"})
    (repo.folder / "data").mkdir()
    repo.git("mv", "database.yaml", "data/base.yaml")
    repo.write({"haanalyzer.yaml": (LIVE % "false").replace("database", "data/base")})
    report = diff()
    assert (report["findings"], report["gone"]) == ([], [])


def test_a_flaw_that_another_stack_adds_is_not_gone_once_nobody_can_tell_what_they_add(repo: Repo) -> None:
    texts = {"cluster.yaml": CLUSTER, "one.yaml": SERVICE, "two.yaml": SERVICE, "haanalyzer.yaml": dedent(NAMED)}
    repo.commit(texts)
    repo.write({"cluster.yaml": CLUSTER.replace("${AWS::StackName}:Listener", "${Prefix}:Listener") + PREFIX})
    report = diff()
    assert ("HA102", "Balancer") not in names(report["gone"])
