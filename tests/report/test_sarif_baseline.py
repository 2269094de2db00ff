"""How results of the full log compare with a baseline."""

import dataclasses

from report_samples import (
    ASSUMED,
    IGNORED,
    ONE_ZONE,
    PASSED,
    STACK,
    VENDOR,
    report,
)
from sarif_logs import log, nodes

from haanalyzer.results import Recorded


def against_a_baseline(*judgements, gone=()):
    outcome = dataclasses.replace(report(*judgements), gone=tuple(gone))
    return log("sarif", outcome)["runs"][0]["results"]


def recorded(judgement):
    return Recorded(judgement.identity, judgement.place.path, judgement.verdict.message)


def test_without_a_baseline_nothing_is_said_of_it():
    assert not any("baselineState" in node for node in nodes(log("sarif")))


def test_with_a_baseline_every_result_says_how_it_compares(schema_errors):
    known = dataclasses.replace(ASSUMED, recorded=True)
    outcome = dataclasses.replace(report(known, ONE_ZONE, PASSED, IGNORED), gone=(recorded(IGNORED), recorded(VENDOR)))
    full = log("sarif", outcome)
    assert schema_errors(full) == []
    results = full["runs"][0]["results"]
    assert [each["baselineState"] for each in results] == ["unchanged", "new", "new", "updated", "absent"]
    assert all("suppressions" in each for each in results)
    assert not any("baselineState" in node for node in nodes(log("sarif-github", outcome)))


def test_what_is_gone_is_absent_where_it_was():
    (result,) = against_a_baseline(gone=[recorded(VENDOR)])
    assert (result["ruleId"], result["ruleIndex"], result["level"]) == ("HA201", 1, "note")
    assert result["message"]["text"] == "module.vpc.aws_nat_gateway.one[0] serves three zones."
    assert result["partialFingerprints"] == {"haFinding/v1": VENDOR.identity.digest}
    where = result["locations"][0]["physicalLocation"]
    assert where["artifactLocation"]["uri"] == "infra%20%C3%BCnit%231/main.tf"
    assert where["region"]["startLine"] == 1


def test_of_several_with_one_identity_as_many_are_absent_as_are_gone():
    states = [each["baselineState"] for each in against_a_baseline(PASSED, gone=[recorded(PASSED)] * 3)]
    assert states == ["updated", "absent", "absent"]


def test_a_gone_finding_of_a_rule_that_is_off_has_no_index():
    identity = ASSUMED.identity._replace(code="HA999")
    (result,) = against_a_baseline(gone=[Recorded(identity, STACK, "gone")])
    assert "ruleIndex" not in result
    assert result["level"] == "warning"
