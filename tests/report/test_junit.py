"""JUnit XML as test reporters read it."""

import dataclasses
from xml.etree import ElementTree as ET

from hypothesis import given, settings
from hypothesis import strategies as st
from report_samples import (
    ASSUMED,
    EVERYTHING,
    IGNORED,
    LEFT_OUT,
    ONE_ZONE,
    PASSED,
    STACK,
    UNDECIDED,
    UNREAD,
    VENDOR,
    full_report,
    report,
)

from haanalyzer.report import FORMATS, RenderOptions


def junit(outcome):
    return ET.fromstring(FORMATS["junit"](outcome, RenderOptions()))


def only_case(*judgements, **more):
    (case,) = junit(report(*judgements, **more)).iter("testcase")
    return case


def test_a_suite_for_each_deployment_and_one_for_what_was_not_read():
    root = junit(full_report())
    assert [suite.get("name") for suite in root] == ["../shared", "infra ünit#1", STACK, "not read"]
    assert [each.get("name") for each in junit(report())] == []


def test_the_counts_are_those_of_the_cases():
    root = junit(full_report())
    assert root.attrib == {"name": "haanalyzer", "tests": str(len(EVERYTHING) + 2), "failures": "6", "errors": "1"}
    for suite in root:
        assert suite.get("tests") == str(len(suite))
        for outcome, count in (("failure", "failures"), ("error", "errors"), ("skipped", "skipped")):
            assert suite.get(count) == str(len(suite.findall(f"testcase/{outcome}")))


def test_an_open_failure_fails_with_its_place_and_reasons():
    case = only_case(ASSUMED)
    assert case.attrib == {
        "classname": "HA401 no-standby",
        "name": "Database in stacks/db.yaml",
        "file": STACK,
        "line": "8",
    }
    (failure,) = case
    assert failure.tag == "failure"
    assert failure.attrib == {"type": "warning", "message": "Database has no standby"}
    assert failure.text.splitlines() == [
        "stacks/db.yaml:8:16",
        "assuming: MultiAZ = false (default), stacks/db.yaml:2:36",
        "in: stacks/db.yaml",
        "mend: Set MultiAZ to true",
        "see: haanalyzer explain HA401",
    ]


def test_what_is_not_open_is_skipped_and_says_why():
    assert only_case(UNDECIDED).find("skipped").get("message") == (
        "undecided; lacks: var.subnet_ids: a variable without a default, infra ünit#1/main.tf:1:10"
    )
    assert only_case(IGNORED).find("skipped").get("message") == "ignored: rebuilt in a minute"
    known = dataclasses.replace(ASSUMED, recorded=True)
    assert only_case(known).find("skipped").get("message") == "known: the baseline has it"
    assert len(only_case(PASSED)) == 0


def test_what_was_not_read_is_an_error_and_what_was_left_out_is_skipped():
    error = only_case(diagnostics=(UNREAD,)).find("error")
    assert error.attrib == {"type": "unreadable-file", "message": "cannot read this file: no UTF-8"}
    assert only_case(diagnostics=(LEFT_OUT,)).find("skipped").get("message") == "vendor/vpc is not on disk"


def test_no_two_cases_of_a_class_have_one_name():
    elsewhere = dataclasses.replace(VENDOR, deployment="other")
    cases = junit(report(VENDOR, VENDOR, elsewhere, ONE_ZONE)).iter("testcase")
    names = [(case.get("classname"), case.get("name")) for case in cases]
    assert len(set(names)) == 4


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=12))
def test_any_text_is_valid_xml(text):
    odd = dataclasses.replace(ONE_ZONE, verdict=dataclasses.replace(ONE_ZONE.verdict, message=text, subject=text))
    rendered = FORMATS["junit"](report(odd), RenderOptions())
    assert next(ET.fromstring(rendered.encode("utf-8")).iter("failure")) is not None
