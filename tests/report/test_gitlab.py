"""Code quality as GitLab reads it."""

import dataclasses
import json

from report_samples import ABOVE, ASSUMED, IGNORED, ONE_ZONE, PASSED, UNDECIDED, UNREAD, VENDOR, full_report, report

from haanalyzer.report import FORMATS, RenderOptions


def issues(outcome):
    return json.loads(FORMATS["gitlab"](outcome, RenderOptions()))


def test_an_issue_has_what_gitlab_asks_for():
    (issue,) = issues(report(ASSUMED))
    assert issue.pop("content")["body"].splitlines() == [
        "    HA401 no-standby: Database",
        "    assuming: MultiAZ = false (default), stacks/db.yaml:2:36",
        "    in: stacks/db.yaml",
        "    mend: Set MultiAZ to true",
        "    see: haanalyzer explain HA401",
    ]
    assert issue == {
        "type": "issue",
        "check_name": "HA401",
        "description": "Database has no standby",
        "categories": ["Bug Risk"],
        "severity": "major",
        "fingerprint": ASSUMED.identity.digest,
        "location": {"path": "stacks/db.yaml", "lines": {"begin": 8, "end": 8}},
    }


def test_severities_are_gitlabs():
    assert [each["severity"] for each in issues(report(ONE_ZONE, ASSUMED, VENDOR))] == ["critical", "major", "minor"]


def test_only_what_is_open_and_what_was_not_read_is_an_issue():
    known = dataclasses.replace(ASSUMED, recorded=True)
    (issue,) = issues(report(PASSED, IGNORED, UNDECIDED, known, diagnostics=(UNREAD,)))
    assert issue["check_name"] == "unreadable-file"
    assert issue["location"]["path"] == "infra ünit#1/broken 100%.tf"
    assert issue["description"] == "Not read: cannot read this file: no UTF-8"


def test_fingerprints_differ_and_know_no_lines():
    twice = [each["fingerprint"] for each in issues(report(ASSUMED, ASSUMED, ABOVE, diagnostics=(UNREAD,)))]
    assert len(set(twice)) == 4
    moved = dataclasses.replace(ASSUMED, verdict=dataclasses.replace(ASSUMED.verdict, at=UNREAD.place))
    assert issues(report(moved))[0]["fingerprint"] == twice[0]
    assert [each["fingerprint"] for each in issues(report(ASSUMED, ASSUMED, ABOVE, diagnostics=(UNREAD,)))] == twice


def test_no_data_leaves_the_code_block():
    odd = dataclasses.replace(
        ONE_ZONE, verdict=dataclasses.replace(ONE_ZONE.verdict, subject="a\n\n# b", part="</pre>")
    )
    (issue,) = issues(report(odd))
    assert all(line.startswith("    ") for line in issue["content"]["body"].splitlines())


def test_a_clean_report_is_an_empty_list():
    assert issues(report(PASSED)) == []
    assert len(issues(full_report())) == 7
