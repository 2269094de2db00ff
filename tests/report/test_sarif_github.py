"""GitHub's log: what it shows, and its limits."""

import dataclasses
import gzip
import json

from report_samples import (
    ABOVE,
    ASSUMED,
    DOCUMENTS,
    IGNORED,
    MULTILINE,
    ONE_ZONE,
    PASSED,
    UNDECIDED,
    VENDOR,
    report,
)
from sarif_logs import OPTIONS, log, nodes, run_of

from haanalyzer.finding import Step
from haanalyzer.report import FORMATS
from haanalyzer.source.document import Document


def test_github_is_told_open_findings_only():
    run = run_of("sarif-github", IGNORED, UNDECIDED, PASSED, ABOVE)
    assert run["results"] == []
    notes = [each["message"]["text"] for each in run["invocations"][0]["toolExecutionNotifications"]]
    assert notes[0].startswith("1 finding in files outside the analyzed folder cannot be shown")
    assert not any("suppressions" in node for node in nodes(log("sarif-github")))


def test_github_gets_one_result_per_rule_and_line():
    results = log("sarif-github")["runs"][0]["results"]
    keys = [
        (each["ruleId"], where["artifactLocation"]["uri"], where["region"]["startLine"])
        for each in results
        for where in [each["locations"][0]["physicalLocation"]]
    ]
    assert len(keys) == len(set(keys))
    assert r"Likewise: [aws_db_subnet_group.main\[1\] lies in one zone](3)." in results[0]["message"]["text"]
    assert [each["fullyQualifiedName"] for each in results[0]["locations"][0]["logicalLocations"]] == [
        "aws_db_subnet_group.main",
        "aws_db_subnet_group.main[1]",
    ]


def test_a_module_that_two_deployments_share_is_one_result():
    again = dataclasses.replace(ASSUMED, deployment="stacks/other.yaml")
    (result,) = run_of("sarif-github", ASSUMED, again)["results"]
    assert "Likewise: [in stacks/other.yaml](2)." in result["message"]["text"]


def test_github_gets_the_worst_when_there_are_too_many():
    text = "x\n" * 5_002
    document = Document("big.tf", text)
    notes = [
        dataclasses.replace(VENDOR, verdict=dataclasses.replace(VENDOR.verdict, at=document.span(2 * n, 2 * n + 1)))
        for n in range(5_001)
    ]
    outcome = dataclasses.replace(report(*notes, ONE_ZONE), documents={**DOCUMENTS, "big.tf": document})
    run = log("sarif-github", outcome)["runs"][0]
    assert len(run["results"]) == 5_000
    assert run["results"][0]["ruleId"] == "HA101"
    told = [each["message"]["text"] for each in run["invocations"][0]["toolExecutionNotifications"]]
    assert told[0] == "GitHub shows 5000 results: the 2 least severe are left out."


def test_github_gets_what_stands_for_the_most_first():
    again = dataclasses.replace(ASSUMED, deployment="stacks/other.yaml")
    results = run_of("sarif-github", MULTILINE, ASSUMED, again, ONE_ZONE)["results"]
    assert [(each["ruleId"], each["locations"][0]["physicalLocation"]["region"]["startLine"]) for each in results] == [
        ("HA101", 4),
        ("HA401", 8),
        ("HA401", 7),
    ]


def test_a_log_too_large_for_github_loses_its_code_flows_and_then_the_least_severe(monkeypatch):
    text = "".join(f"{n * 7919 % 9973:x}\n" for n in range(400))
    document = Document("big.tf", text)
    places = [document.span(start, start + 1) for start in document.line_starts[:400]]
    verdicts = [dataclasses.replace(VENDOR.verdict, at=at, evidence=(Step(at, f"at {at}"),)) for at in places]
    notes = [dataclasses.replace(VENDOR, verdict=verdict) for verdict in verdicts]
    outcome = dataclasses.replace(report(*notes, ONE_ZONE), documents={**DOCUMENTS, "big.tf": document})

    def limited_to(size):
        monkeypatch.setattr("haanalyzer.report.sarif_github._MOST_BYTES", size)
        rendered = FORMATS["sarif-github"](outcome, OPTIONS)
        assert len(gzip.compress(rendered.encode())) <= size
        run = json.loads(rendered)["runs"][0]
        told = [each["message"]["text"] for each in run["invocations"][0]["toolExecutionNotifications"]]
        return run["results"], told

    whole = len(gzip.compress(FORMATS["sarif-github"](outcome, OPTIONS).encode()))
    results, told = limited_to(whole)
    assert len(results) == 401
    assert "codeFlows" in results[0]
    results, told = limited_to(whole - 1)
    assert len(results) == 401
    assert not any("codeFlows" in each for each in results)
    assert told[0].startswith("The code flows are left out")
    results, told = limited_to(whole // 2)
    assert 0 < len(results) < 401
    assert results[0]["ruleId"] == "HA101"
    assert told[0] == f"GitHub shows {len(results)} results: the {401 - len(results)} least severe are left out."
