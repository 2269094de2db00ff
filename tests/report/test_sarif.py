"""Both logs: valid by two texts of the schema, and true to what no schema checks."""

import dataclasses
import json
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from report_samples import (
    ABOVE,
    ASSUMED,
    DOCUMENTS,
    EVERYTHING,
    IGNORED,
    MAIN,
    MULTILINE,
    ONE_ZONE,
    PASSED,
    SAME_LINE,
    STACK,
    UNDECIDED,
    UNREAD,
    VENDOR,
    full_report,
    report,
)
from sarif_logs import OPTIONS, log, nodes, run_of

from haanalyzer.finding import Severity, Step
from haanalyzer.report import FORMATS, RenderOptions
from haanalyzer.report.line_hash import line_hashes
from haanalyzer.source.span import start_of

LOGS = ["sarif", "sarif-github"]


@pytest.mark.parametrize("form", LOGS)
def test_what_is_in_an_example_has_a_property(form):
    results = run_of(form, dataclasses.replace(ONE_ZONE, of_example=True), ASSUMED)["results"]
    marked = {each["ruleId"]: each["properties"].get("example") for each in results}
    assert marked == {"HA101": True, "HA401": None}


LINK = re.compile(r"(?<!\\)\[((?:[^\[\]\\]|\\.)*)\]\((\d+)\)")


def only_result(form, judgement):
    (found,) = run_of(form, judgement)["results"]
    return found


def link_targets(result):
    return [int(number) for _, number in LINK.findall(result["message"]["text"])]


@pytest.mark.parametrize("form", LOGS)
@pytest.mark.parametrize("options", [OPTIONS, RenderOptions()], ids=["all", "none"])
@pytest.mark.parametrize("outcome", [full_report(), report()], ids=["full", "clean"])
def test_schema(schema_errors, form, options, outcome):
    assert schema_errors(log(form, outcome, options)) == []


def test_the_schema_can_refuse(schema_errors):
    bad = log("sarif")
    bad["runs"][0]["artifacts"][0]["location"]["uri"] = "a b.tf"
    bad["runs"][0]["results"][0]["state"] = "accepted"
    assert len(schema_errors(bad)) == 2


@pytest.mark.parametrize("form", LOGS)
def test_invariants_of_every_result(form):
    run = log(form)["runs"][0]
    assert run["columnKind"] == "utf16CodeUnits"
    for result in run["results"]:
        assert run["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == result["ruleId"]
        assert (result["kind"] == "fail") == (result["level"] != "none")
        assert "rank" not in result or result["kind"] == "fail"
        assert "fingerprints" not in result
        ids = [each["id"] for each in result.get("relatedLocations", [])]
        assert len(ids) == len(set(ids))
        assert set(link_targets(result)) <= set(ids)
        assert result["message"]["text"].endswith(".")
        assert result["message"]["text"].count("](") == len(link_targets(result))
        (primary,) = result["locations"]
        region = primary["physicalLocation"]["region"]
        assert region["startLine"] == region["endLine"]
        assert region["startColumn"] < region["endColumn"]


@pytest.mark.parametrize("form", LOGS)
def test_same_on_every_machine(form):
    text = FORMATS[form](full_report(), OPTIONS)
    assert text == FORMATS[form](full_report(), OPTIONS)
    assert "Utc" not in text
    for node in nodes(json.loads(text)):
        uri = node.get("uri", "")
        assert not re.match(r"[a-z]+:|/|\.\.", uri)
        assert set(node.get("originalUriBaseIds", {}).get("%SRCROOT%", {})) <= {"description"}


@pytest.mark.parametrize("form", LOGS)
def test_regions_mark_the_text_in_utf16(form):
    texts = {"infra%20%C3%BCnit%231/main.tf": DOCUMENTS[MAIN], "stacks/db.yaml": DOCUMENTS[STACK]}
    seen = 0
    for node in nodes(log(form)):
        document = texts.get(node.get("artifactLocation", {}).get("uri"))
        if document and "snippet" in node.get("region", {}):
            region = node["region"]
            units = document.line(region["startLine"]).encode("utf-16-le")
            marked = units[2 * region["startColumn"] - 2 : 2 * region["endColumn"] - 2].decode("utf-16-le")
            assert marked == region["snippet"]["text"]
            seen += 1
    assert seen > 5


def test_a_column_behind_an_emoji_counts_it_twice():
    region = only_result("sarif", UNDECIDED)["locations"][0]["physicalLocation"]["region"]
    assert (region["startColumn"], region["endColumn"]) == (12, 20)


def test_the_full_log_holds_every_outcome():
    results = log("sarif")["runs"][0]["results"]
    assert [each["kind"] for each in results] == ["fail"] * 7 + ["open", "pass"]
    assert [each["level"] for each in results][:5] == ["error", "error", "warning", "warning", "note"]


def test_suppressions_are_on_all_results_or_none():
    results = log("sarif")["runs"][0]["results"]
    assert [len(each["suppressions"]) for each in results] == [int(one is IGNORED) for one in EVERYTHING]
    (suppression,) = results[EVERYTHING.index(IGNORED)]["suppressions"]
    assert suppression["status"] == "accepted"
    assert suppression["justification"] == "rebuilt in a minute"
    assert not any("suppressions" in each for each in run_of("sarif", ONE_ZONE, PASSED)["results"])


def test_limits_of_related_locations_and_steps():
    steps = tuple(Step(ONE_ZONE.verdict.at, f"step {number}") for number in range(1_200))
    result = only_result(
        "sarif-github", dataclasses.replace(ONE_ZONE, verdict=dataclasses.replace(ONE_ZONE.verdict, evidence=steps))
    )
    assert len(result["relatedLocations"]) == 1_000
    assert len(result["codeFlows"][0]["threadFlows"][0]["locations"]) == 100
    assert result["message"]["text"].endswith("[step 9](10); and 1190 more.")


@pytest.mark.parametrize("form", LOGS)
def test_a_finding_in_fetched_code_stands_at_the_call(form):
    result = only_result(form, VENDOR)
    where = result["locations"][0]["physicalLocation"]
    assert where["artifactLocation"]["uri"] == "infra%20%C3%BCnit%231/main.tf"
    assert where["region"]["snippet"]["text"] == 'module "vpc"'
    (target,) = link_targets(result)
    related = {each["id"]: each["physicalLocation"] for each in result["relatedLocations"]}
    assert related[target]["artifactLocation"]["uri"].endswith("/.terraform/modules/vpc/main.tf")
    assert related[target]["region"]["snippet"]["text"] == "aws_nat_gateway"


def test_a_file_above_the_base_has_a_base_of_its_own():
    full = only_result("sarif", ABOVE)["locations"][0]["physicalLocation"]["artifactLocation"]
    assert full == {"uri": "shared/net.tf", "uriBaseId": "%SRCROOT_PARENT%"}
    evidence = only_result("sarif-github", ONE_ZONE)
    assert len(evidence["relatedLocations"]) == 2
    assert "; the shared network says nothing else." in evidence["message"]["text"]


@pytest.mark.parametrize(
    ("path", "uri"), [("/srv/a b.tf", "file:///srv/a%20b.tf"), ("C:/infra/a.tf", "file:///C%3A/infra/a.tf")]
)
def test_an_absolute_path_is_no_path_below_a_base(path, uri):
    outside = dataclasses.replace(ABOVE, verdict=dataclasses.replace(ABOVE.verdict, at=start_of(path)))
    assert only_result("sarif", outside)["locations"][0]["physicalLocation"]["artifactLocation"] == {"uri": uri}
    assert run_of("sarif-github", outside)["results"] == []


def test_a_span_of_several_lines_marks_its_first():
    region = only_result("sarif-github", MULTILINE)["locations"][0]["physicalLocation"]["region"]
    assert region["startLine"] == region["endLine"] == 7
    assert region["snippet"]["text"] == '"a 🐘 database"'


def test_evidence_is_linked_and_is_the_code_flow():
    result = only_result("sarif", ONE_ZONE)
    assert link_targets(result) == [1, 2, 3]
    flow = [each["location"] for each in result["codeFlows"][0]["threadFlows"][0]["locations"]]
    assert [each["message"]["text"] for each in flow][1] == "zone us-east-1a \\ for both"
    assert [each["physicalLocation"]["region"]["startLine"] for each in flow] == [4, 9, 2]


def test_assumptions_and_blockers_are_said():
    assert only_result("sarif", ASSUMED)["message"]["text"] == (
        "Database has no standby. Assuming: 'MultiAZ = false' ([default](1))."
    )
    assert only_result("sarif", UNDECIDED)["message"]["text"] == (
        "'HA101 single-zone-tier' cannot be decided for 'aws_lb.front'. "
        "'var.subnet_ids' is not known: [a variable without a default](1)."
    )


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet=[*"a[](1)\\ \n\x1b`", "\ud800", "\u202e"], max_size=20))
def test_data_never_forms_a_link(text):
    verdict = dataclasses.replace(
        ONE_ZONE.verdict, message=f"m{text}", subject=text, evidence=(Step(ONE_ZONE.verdict.at, f"s{text}"),)
    )
    for form in LOGS:
        rendered = FORMATS[form](report(dataclasses.replace(ONE_ZONE, verdict=verdict)), OPTIONS)
        rendered.encode("utf-8")
        message = json.loads(rendered)["runs"][0]["results"][0]["message"]["text"]
        assert message.count("](") == 1
        assert message.endswith("](1).")


def test_what_is_not_decided_names_the_part_and_abridges_the_term():
    blocker = UNDECIDED.verdict.blockers[0]._replace(term="length(" * 40)
    verdict = dataclasses.replace(UNDECIDED.verdict, part="public subnets", blockers=(blocker,))
    message = only_result("sarif", dataclasses.replace(UNDECIDED, verdict=verdict))["message"]["text"]
    assert " for 'aws_lb.front' ('public subnets'). 'length(length(" in message
    assert len(message) < 220


def test_fingerprints():
    result = only_result("sarif", ONE_ZONE)["partialFingerprints"]
    assert result["primaryLocationLineHash"] == line_hashes(DOCUMENTS[MAIN].text)[3]
    moved = dataclasses.replace(ONE_ZONE, verdict=dataclasses.replace(ONE_ZONE.verdict, at=SAME_LINE.verdict.at))
    elsewhere = dataclasses.replace(ONE_ZONE, deployment="other")
    assert only_result("sarif", moved)["partialFingerprints"]["haFinding/v1"] == result["haFinding/v1"]
    assert only_result("sarif", elsewhere)["partialFingerprints"]["haFinding/v1"] != result["haFinding/v1"]


def test_all_enabled_rules_are_described_by_the_profile():
    outcome = dataclasses.replace(report(), severities={"HA101": Severity.NOTE})
    rules = log("sarif-github", outcome)["runs"][0]["tool"]["driver"]["rules"]
    assert [(each["id"], each["name"]) for each in rules] == [
        ("HA101", "SingleZoneTier"),
        ("HA201", "SingleZoneEgress"),
        ("HA401", "NoStandby"),
    ]
    assert rules[0]["defaultConfiguration"]["level"] == "note"
    assert rules[0]["properties"]["problem.severity"] == "recommendation"
    assert rules[0]["properties"]["tags"] == ["aws", "high-availability", "placement", "db_instance", "subnet"]
    assert rules[2]["defaultConfiguration"]["level"] == "warning"
    assert all(each["helpUri"].endswith(f"/{each['properties']['slug']}.md") for each in rules)
    assert all(each["help"]["markdown"] and each["help"]["text"] for each in rules)


def test_an_explicit_warning_is_written():
    assert only_result("sarif", ASSUMED)["level"] == "warning"


def test_notifications_tell_what_was_not_read_and_what_was_covered():
    (invocation,) = log("sarif")["runs"][0]["invocations"]
    assert invocation["executionSuccessful"] is True
    told = [(each["level"], each["message"]["text"]) for each in invocation["toolExecutionNotifications"]]
    assert told == [
        ("error", "cannot read this file: no UTF-8."),
        ("note", "vendor/vpc is not on disk."),
        ("note", "8 of 9 checks decided; 1 undecided for 'var.subnet_ids' (infra ünit#1/main.tf:1)."),
    ]
    where = invocation["toolExecutionNotifications"][0]["locations"][0]["physicalLocation"]["artifactLocation"]
    assert where["uri"] == "infra%20%C3%BCnit%231/broken%20100%25.tf"


def test_the_category_is_the_users():
    assert log("sarif-github")["runs"][0]["automationDetails"] == {"id": "prod/"}
    assert "automationDetails" not in log("sarif-github", options=RenderOptions())["runs"][0]


def test_a_finding_without_its_text_has_a_bare_region():
    outcome = dataclasses.replace(report(ASSUMED, diagnostics=(UNREAD,)), documents={})
    result = log("sarif-github", outcome)["runs"][0]["results"][0]
    assert result["locations"][0]["physicalLocation"]["region"] == {
        "startLine": 8,
        "startColumn": 16,
        "endLine": 8,
        "endColumn": 28,
    }
    assert set(result["partialFingerprints"]) == {"haFinding/v1"}
