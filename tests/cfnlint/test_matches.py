"""Where matches stand and what they say, whatever way the template comes."""

from __future__ import annotations

import gc
import io
import sys
import weakref
from pathlib import Path
from typing import Any

import pytest
from cfnlint.config import ConfigMixIn
from cfnlint.match import Match
from cfnlint.runner import Runner

from haanalyzer.cfnlint import findings, rule
from haanalyzer.cfnlint.ids import id_of
from haanalyzer.cfnlint.places import path_of
from haanalyzer.engine import analyze
from haanalyzer.frontends.deployment import Inputs
from haanalyzer.policy import load_profile
from haanalyzer.results import Report
from haanalyzer.source.document import Document
from tests.cfnlint.conftest import DATABASE, Lint, ids
from tests.fixtures import TESTDATA

NETWORK = (TESTDATA / "real" / "web-shop" / "network.yaml").read_text("utf-8")
PARENT = """\
Resources:
  Orders:
    Type: AWS::CloudFormation::Stack
    Properties:
      TemplateURL: {}
"""
PARAMETER = """\
Parameters:
  Policy: {{Type: String{default}}}
Conditions:
  Kept: !Equals [!Ref Policy, keep]
Resources:
  Orders:
    Type: AWS::RDS::DBInstance
    Condition: Kept
    DeletionPolicy: Delete
    Properties: {{Engine: postgres}}
"""
AURORA = "Resources:\n  Orders:\n    Type: AWS::RDS::DBCluster\n    Properties: {Engine: aurora-mysql}\n"
SERVERLESS = """\
Transform: AWS::Serverless-2016-10-31
Resources:
  Handler:
    Type: AWS::Serverless::Function
    Properties: {CodeUri: s3://code/handler.zip, Handler: index.handler, Runtime: python3.12}
"""
LOOP = """\
Transform: AWS::LanguageExtensions
Resources:
  Fn::ForEach::Databases:
    - Name
    - [Orders, Billing]
    - ${Name}:
        Type: AWS::RDS::DBInstance
        DeletionPolicy: Delete
        Properties: {Engine: postgres}
"""

takes_parameters = pytest.mark.skipif(not hasattr(ConfigMixIn, "parameters"), reason="this cfn-lint takes none")


def places(matches: list[Match]) -> set[tuple[str, int, int, int, int]]:
    return {(one.rule.id, one.linenumber, one.columnnumber, one.linenumberend, one.columnnumberend) for one in matches}


def test_the_same_is_found_at_the_same_places_as_by_our_own_command(lint: Lint) -> None:
    found = lint(NETWORK, "-c", "I")
    report = analyze(["template.yaml"], Path.cwd(), Inputs(), load_profile("default"))
    expected = {(id_of(one.rule.code, one.severity), *one.place[1:]) for one in report.findings()}
    assert {id_ for id_, *_ in expected} == {"W9101", "W9102", "W9108", "W9201"}
    assert {one for one in places(found) if one[0] != "I9000"} == expected


def test_a_match_has_the_path_of_its_key_and_says_why(lint: Lint) -> None:
    (match,) = (one for one in lint(NETWORK) if one.rule.id == "W9201")
    assert match.path == ["Resources", "AllowAnswersIn", "Properties", "PortRange", "From"]
    assert match.message.startswith("HA201 dropped-return-traffic: PublicAcl drops 49% of the ports")
    assert "; because NatGateway is answered at ports 1024–65535 (line 83), AllowEverythingOut lets" in match.message
    assert match.message.endswith("; assuming VpcCidr = 10.20.0.0/16 (default), line 7")


def test_a_long_chain_is_cut_short_and_says_so(lint: Lint, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("haanalyzer.cfnlint.messages.MOST_STEPS", 1)
    (match,) = (one for one in lint(NETWORK) if one.rule.id == "W9108")
    assert match.message.endswith("because PrivateSubnetA is in the first zone of the region (line 44), and 1 more")


def test_a_path_leads_through_lists_and_short_forms() -> None:
    text = "A:\n  - {B: !Sub [x, {C: d}]}\nE: f\n"
    document = Document("template.yaml", text)

    def path_at(word: str) -> list[str | int]:
        at = text.index(word)
        return path_of(document.span(at, at + 1), document)

    assert path_at("A") == ["A"]
    assert path_at("d}") == ["A", 0, "B", "Fn::Sub", 1, "C"]
    assert path_at("f\n") == ["E"]


def test_what_the_deployment_decides_is_a_note_where_that_is_to_be_said(lint: Lint) -> None:
    assert ids(lint(AURORA)) == []
    database = next(one for one in lint(AURORA, "-c", "I9000") if "AWS::Region" in one.message)
    assert (database.rule.id, database.linenumber) == ("I9000", 1)
    assert database.message == "1 check undecided for `AWS::Region`: no region given"


def test_a_failure_names_the_case_that_it_is_one_in(lint: Lint) -> None:
    (match,) = lint(PARAMETER.format(default=""))
    assert (match.rule.id, match.message.endswith('when Policy is "keep"')) == ("W9408", True)


def test_what_stands_in_a_nested_template_is_at_the_stack(lint: Lint) -> None:
    Path("orders.yaml").write_text(DATABASE)
    (match,) = lint(PARENT.format("orders.yaml"))
    assert (match.rule.id, match.filename, match.linenumber, match.columnnumber) == ("W9408", "template.yaml", 2, 3)
    assert match.path == ["Resources", "Orders"]
    assert "; found at orders.yaml:4" in match.message


def test_a_nested_template_that_is_linted_as_well_has_its_own_match(lint: Lint) -> None:
    Path("orders.yaml").write_text(DATABASE)
    Path("template.yaml").write_text(PARENT.format("orders.yaml"))
    found = lint(DATABASE, name="orders.yaml", also=["template.yaml"])
    assert [(one.filename, one.linenumber) for one in found] == [("orders.yaml", 4), ("template.yaml", 2)]


def test_a_piped_template_has_the_same_matches(lint: Lint, monkeypatch: pytest.MonkeyPatch) -> None:
    as_file = lint(NETWORK)
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(NETWORK.encode())))
    piped = list(Runner(ConfigMixIn(["-a", "haanalyzer.cfnlint"])).run())
    assert places(piped) == places(as_file)
    assert {one.message for one in piped} == {one.message for one in as_file}


def test_the_template_is_read_as_it_was_before_cfn_lint_transformed_it(lint: Lint) -> None:
    assert places(lint(LOOP)) == {("W9408", 8, 9, 8, 23)}
    named = [one for one in lint(SERVERLESS, "-c", "I9") if one.rule.id != "I9000"]
    assert all(one.linenumber == 3 for one in named)


def test_a_single_region_is_known_unless_it_is_the_one_that_nobody_chose(lint: Lint) -> None:
    assert ids(lint(AURORA, "--regions", "us-west-1")) == ["W9103"]
    assert ids(lint(AURORA, "--regions", "us-west-1", "us-west-2")) == []
    assert ids(lint(AURORA)) == []


@takes_parameters
def test_parameters_that_are_given_are_known(lint: Lint) -> None:
    unknown, default = PARAMETER.format(default=""), PARAMETER.format(default=", Default: keep")
    (in_one_case,) = lint(unknown)
    assert in_one_case.message.endswith('when Policy is "keep"')
    (assumed,) = lint(default)
    assert assumed.message.endswith("; assuming Policy = keep (default), line 2")
    (given,) = lint(unknown, "--parameters", "Policy=keep")
    assert given.message.endswith("no final snapshot is made")
    assert ids(lint(default, "--parameters", "Policy=drop")) == []


@takes_parameters
def test_every_set_of_parameters_is_analyzed_and_no_finding_is_said_twice(lint: Lint) -> None:
    template = PARAMETER.format(default="")
    sets = "--parameters", "Policy=drop", "--parameters", "Policy=keep", "--parameters", "Policy=keep"
    assert ids(lint(template, *sets)) == ["W9408"]


def test_what_could_not_be_read_is_said(lint: Lint) -> None:
    Path("orders.yaml").write_text("Resources: [")
    (match,) = lint(PARENT.format("orders.yaml"))
    assert match.rule.id == "E9000"
    assert match.message.startswith("orders.yaml:1: expected")


def test_a_fault_of_ours_is_said_once(lint: Lint, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise LookupError("a fault\nof ours")

    monkeypatch.setattr(findings, "analyze", fail)
    (match,) = lint(DATABASE)
    assert match.rule.id == "E9000"
    assert match.message == "internal error: LookupError: a fault of ours; please report it"


def test_a_template_is_analyzed_once_and_forgotten_with_it(lint: Lint, monkeypatch: pytest.MonkeyPatch) -> None:
    analyzed = []

    def counting(paths: list[str], *rest: Any) -> Report:
        analyzed.extend(paths)
        return analyze(paths, *rest)

    monkeypatch.setattr(findings, "analyze", counting)
    Path("kept.yaml").write_text(DATABASE.replace("Delete", "Retain"))
    before = weakref.WeakSet(rule._lintings)  # cfn-lint's own rules may hold a template of another test
    lint(DATABASE, also=["kept.yaml"])
    assert sorted(analyzed) == ["kept.yaml", "template.yaml"]
    gc.collect()
    assert set(rule._lintings) <= set(before)


def test_several_templates_do_not_mix(lint: Lint) -> None:
    Path("kept.yaml").write_text(DATABASE.replace("Delete", "Retain"))
    found = lint(DATABASE, also=["kept.yaml"])
    assert [one.filename for one in found] == ["template.yaml"]
