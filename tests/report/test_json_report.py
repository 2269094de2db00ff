"""The report for scripts."""

import json

from report_samples import ASSUMED, IGNORED, PASSED, UNDECIDED, VENDOR, full_report, report

from haanalyzer.report import FORMATS, RenderOptions


def written(outcome):
    return json.loads(FORMATS["json"](outcome, RenderOptions()))


def test_the_members_of_version_1():
    content = written(full_report())
    assert content["schema"] == "haanalyzer-report/v1"
    assert list(content) == [
        "schema",
        "profile",
        "deployments",
        "files",
        "rules",
        "findings",
        "suppressed",
        "undecided",
        "diagnostics",
        "coverage",
    ]
    assert [len(content[each]) for each in ("findings", "suppressed", "undecided", "diagnostics")] == [6, 1, 1, 2]
    assert [(each["code"], each["passed"]) for each in content["rules"]] == [("HA101", 0), ("HA201", 1), ("HA401", 0)]


def test_a_finding():
    (found,) = written(report(ASSUMED))["findings"]
    place = {"path": "stacks/db.yaml", "line": 8, "column": 16, "end_line": 8, "end_column": 28}
    assert found == {
        "rule": "HA401",
        "slug": "no-standby",
        "deployment": "stacks/db.yaml",
        "stack": "",
        "example": False,
        "subject": "Database",
        "part": "",
        "severity": "warning",
        "message": "Database has no standby",
        "when": None,
        "place": place,
        "at": place,
        "calls": [],
        "program": [],
        "construct": None,
        "evidence": [],
        "fix": None,
        "assuming": [
            {
                "name": "MultiAZ",
                "value": "false",
                "place": {"path": "stacks/db.yaml", "line": 2, "column": 36, "end_line": 2, "end_column": 43},
            }
        ],
    }


def test_place_is_the_users_and_at_the_rules():
    (found,) = written(report(VENDOR))["findings"]
    assert found["place"]["path"].endswith("#1/main.tf")
    assert found["at"]["path"].endswith("/.terraform/modules/vpc/main.tf")
    assert len(found["calls"]) == 2


def test_passed_checks_when_asked():
    options = RenderOptions(show=frozenset({"passed"}))
    (passed,) = json.loads(FORMATS["json"](report(PASSED, UNDECIDED), options))["passed"]
    assert (passed["rule"], passed["subject"]) == (PASSED.rule.code, PASSED.verdict.subject)
    assert passed["place"]["line"] == PASSED.place.line
    assert "passed" not in written(report(PASSED))


def test_suppressed_and_undecided_say_why():
    content = written(report(IGNORED, UNDECIDED))
    assert content["findings"] == []
    assert content["suppressed"][0]["suppression"]["reason"] == "rebuilt in a minute"
    assert content["undecided"][0]["blockers"][0]["term"] == "var.subnet_ids"
    assert content["coverage"]["blockers"][0]["checks"] == 1
    assert (content["coverage"]["checks"], content["coverage"]["decided"]) == (2, 1)
