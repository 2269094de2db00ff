"""Annotations as GitHub's runner parses them."""

import dataclasses
import re

from hypothesis import given, settings
from hypothesis import strategies as st
from report_samples import ABOVE, ASSUMED, IGNORED, MAIN, ONE_ZONE, UNDECIDED, UNREAD, VENDOR, full_report, report

from haanalyzer.report import FORMATS, RenderOptions

COMMAND = re.compile(r"::(error|warning|notice) ([^:]*)::(.*)")


def lines(outcome):
    return FORMATS["github"](outcome, RenderOptions()).splitlines()


def unescaped(text):
    for code, character in (("%3A", ":"), ("%2C", ","), ("%0D", "\r"), ("%0A", "\n"), ("%25", "%")):
        text = text.replace(code, character)
    return text


def commands(outcome):
    """Each annotation as the runner takes it: level, properties, message."""
    found = [COMMAND.fullmatch(line) for line in lines(outcome) if line.startswith("::")]
    assert all(found)
    return [
        (
            level,
            {name: unescaped(value) for name, value in (each.split("=", 1) for each in given.split(","))},
            unescaped(text),
        )
        for level, given, text in (each.groups() for each in found)
    ]


def test_a_finding_is_an_annotation_on_its_line():
    (command,) = commands(report(ONE_ZONE))
    level, properties, message = command
    assert level == "error"
    assert properties == {
        "file": MAIN,
        "line": "4",
        "endLine": "4",
        "col": "16",
        "endColumn": "60",
        "title": "HA101 single-zone-tier",
    }
    assert message.splitlines()[0].startswith('aws_subnet.a["x"] and aws_subnet.a["y"] lie in one zone')
    assert "because: infra ünit#1/main.tf:9:23: zone us-east-1a \\ for both" in message.splitlines()


def test_columns_count_utf16_units():
    failed = dataclasses.replace(UNDECIDED, verdict=dataclasses.replace(UNDECIDED.verdict, outcome="fail", message="m"))
    ((_, properties, _),) = commands(report(failed))
    assert (properties["col"], properties["endColumn"]) == ("12", "20")


def test_a_message_reads_as_it_is():
    odd = dataclasses.replace(ASSUMED, verdict=dataclasses.replace(ASSUMED.verdict, message="50% of a, b: %0A%25"))
    ((_, _, message),) = commands(report(odd))
    assert message.splitlines()[0] == "50% of a, b: %0A%25"


def test_levels_are_githubs():
    assert [level for level, _, _ in commands(report(ONE_ZONE, ASSUMED, VENDOR))] == ["error", "warning", "notice"]


def test_what_was_not_read_is_an_error_and_comes_first():
    outcome = report(ONE_ZONE, diagnostics=(UNREAD,))
    level, properties, message = commands(outcome)[0]
    assert (level, properties["file"]) == ("error", "infra ünit#1/broken 100%.tf")
    assert message == "Not read: cannot read this file: no UTF-8"
    assert "1 part not read" in lines(outcome)[-1]


def test_ignored_known_and_undecided_are_only_counted():
    outcome = report(IGNORED, UNDECIDED, dataclasses.replace(ASSUMED, recorded=True))
    assert len(lines(outcome)) == 1
    assert lines(outcome)[0].startswith("haanalyzer: No flaw found in 2 files; 2 of 3 checks decided; 1 undecided")


def test_a_place_that_github_cannot_name_is_told_in_words():
    ((_, properties, message),) = commands(report(ABOVE))
    assert set(properties) == {"title"}
    assert message.endswith("\nat: ../shared/net.tf:1:11")


def test_ten_of_a_level_and_how_many_more():
    outcome = report(*[ASSUMED] * 25, VENDOR)
    assert [level for level, _, _ in commands(outcome)] == ["warning"] * 10 + ["notice"]
    assert "haanalyzer: 15 more warnings: GitHub shows 10 of a level for each step" in lines(outcome)


@settings(max_examples=100, deadline=None)
@given(
    st.lists(st.sampled_from([*"a:%,=\r\n []", "##[error]", "\ud800", "::set-output name=a::b", "%0A"]), max_size=12)
)
def test_data_never_forms_a_command(parts):
    text = "".join(parts)
    verdict = dataclasses.replace(ONE_ZONE.verdict, message=f"m{text}", part=text)
    blockers = tuple(each._replace(term=f"::error::{text}") for each in UNDECIDED.verdict.blockers)
    undecided = dataclasses.replace(UNDECIDED, verdict=dataclasses.replace(UNDECIDED.verdict, blockers=blockers))
    odd = dataclasses.replace(UNREAD, place=UNREAD.place._replace(path=f"a{text}"), message=f"d{text}")
    outcome = report(dataclasses.replace(ONE_ZONE, verdict=verdict), undecided, diagnostics=(odd,))
    first, second, last = lines(outcome)
    assert first.startswith("::error file=a")
    assert second.startswith("::error file=infra")
    assert last.startswith("haanalyzer: ")
    assert "##[" not in last
    assert [len(properties) for _, properties, _ in commands(outcome)] == [6, 6]


def test_a_message_is_no_longer_than_the_runner_passes_on():
    long = dataclasses.replace(ONE_ZONE, verdict=dataclasses.replace(ONE_ZONE.verdict, message="m" * 9_000))
    ((_, _, message),) = commands(report(long))
    assert len(message) == 4_096


def test_every_format_line_of_a_full_report_is_a_command_or_ours():
    assert all(line.startswith(("::", "haanalyzer: ")) for line in lines(full_report()))
