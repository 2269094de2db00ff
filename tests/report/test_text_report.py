"""The report for terminals."""

import dataclasses
import re

import pytest
from report_samples import (
    ASSUMED,
    DOCUMENTS,
    IGNORED,
    LEFT_OUT,
    MAIN,
    MULTILINE,
    ONE_ZONE,
    PASSED,
    STACK,
    UNDECIDED,
    UNREAD,
    VENDOR,
    full_report,
    report,
)

from haanalyzer.finding import Verdict
from haanalyzer.report import FORMATS, RenderOptions
from haanalyzer.report.terminal import columns
from haanalyzer.source.document import Document

PLAIN = RenderOptions()


def text(outcome, **options):
    return FORMATS["text"](outcome, RenderOptions(**options))


def frame(rendered):
    """The code line and the caret line of the first finding."""
    lines = rendered.splitlines()
    at = next(number for number, line in enumerate(lines) if re.fullmatch(r" *\|", line))
    return lines[at + 1], lines[at + 2]


def with_text(judgement, code, marked):
    document = Document(STACK, code)
    start = code.index(marked)
    verdict = dataclasses.replace(judgement.verdict, at=document.span(start, start + len(marked)))
    return dataclasses.replace(
        report(dataclasses.replace(judgement, verdict=verdict)), documents={**DOCUMENTS, STACK: document}
    )


def test_a_finding_with_its_frame_and_reasons():
    outcome = dataclasses.replace(report(ASSUMED), deployments=(STACK,), files=(STACK,))
    assert text(outcome) == (
        "warning[HA401] no-standby: Database has no standby\n"
        " --> stacks/db.yaml:8:16 (Database)\n"
        "  |\n"
        "8 |       MultiAZ: !Ref MultiAZ\n"
        "  |                ^^^^^^^^^^^^\n"
        "  = assuming: MultiAZ = false (default), stacks/db.yaml:2:36\n"
        "  = mend: Set MultiAZ to true\n"
        "  = see: haanalyzer explain HA401\n"
        "\n"
        "1 warning in 1 file; 1 of 1 check decided\n"
    )


def test_what_was_not_read_comes_first():
    lines = text(report(ASSUMED, diagnostics=(UNREAD, LEFT_OUT))).splitlines()
    assert lines[0] == ("not read[unreadable-file] infra ünit#1/broken 100%.tf:1:1: cannot read this file: no UTF-8")
    assert lines[1] == "left out[module-not-found] infra ünit#1/main.tf:13:12: vendor/vpc is not on disk"
    assert lines[-1] == "1 warning in 2 files; 1 of 1 check decided; 1 part not read"


def test_findings_in_examples_come_last_under_a_heading():
    example = dataclasses.replace(ONE_ZONE, of_example=True)
    lines = text(report(example, ASSUMED)).splitlines()
    heading = lines.index("In examples and tests:")
    assert [line for line in lines[:heading] if line.startswith("warning[")] == [
        "warning[HA401] no-standby: Database has no standby"
    ]
    assert [line.split(":")[0] for line in lines[heading:] if "[HA101]" in line] == [
        f"{ONE_ZONE.severity.value}[HA101] {ONE_ZONE.rule.slug}"
    ]
    assert lines[-1].startswith("1 error, 1 warning in 2 files, 1 of them in examples and tests; ")


def test_no_heading_without_findings_in_examples():
    assert "examples" not in text(report(ASSUMED, dataclasses.replace(PASSED, of_example=True)))


def test_evidence_and_the_way_into_fetched_code():
    rendered = text(report(ONE_ZONE, VENDOR))
    assert "= because: infra ünit#1/main.tf:9:23: zone us-east-1a \\ for both" in rendered
    assert " --> infra ünit#1/main.tf:12:1 (module.vpc.aws_nat_gateway.one[0])" not in rendered.splitlines()[1]
    assert "= at: infra ünit#1/.terraform/modules/vpc/main.tf:1:11, which this call leads to" in rendered


def test_undecided_is_one_line_and_a_list_when_asked():
    undecided = [UNDECIDED] * 3
    other = dataclasses.replace(
        UNDECIDED,
        verdict=dataclasses.replace(
            UNDECIDED.verdict, blockers=(UNDECIDED.verdict.blockers[0]._replace(term="var.other"),)
        ),
    )
    outcome = report(PASSED, *undecided, other)
    assert text(outcome) == (
        "No flaw found in 2 files; 1 of 5 checks decided; "
        "4 undecided, 3 of them for `var.subnet_ids` (infra ünit#1/main.tf:1)\n"
    )
    assert text(outcome, show=frozenset({"undecided"})).splitlines()[:2] == [
        "undecided[HA101] single-zone-tier: aws_lb.front, infra ünit#1/main.tf:3:10",
        "  = lacks: var.subnet_ids: a variable without a default, infra ünit#1/main.tf:1:10",
    ]
    assert text(report(*undecided)).endswith("3 undecided, all of them for `var.subnet_ids` (infra ünit#1/main.tf:1)\n")


def test_passed_checks_are_listed_by_resource_when_asked():
    part = dataclasses.replace(PASSED, verdict=dataclasses.replace(PASSED.verdict, part="a\nb"))
    outcome = report(PASSED, part, UNDECIDED)
    assert text(outcome, show=frozenset({"passed"})).splitlines()[:3] == [
        'passed: aws_subnet.a["x"], infra ünit#1/main.tf:7:10, in infra ünit#1',
        f"  = holds: {PASSED.rule.code} {PASSED.rule.slug}, {PASSED.rule.code} {PASSED.rule.slug} (a b)",
        "",
    ]
    assert "passed" not in text(outcome)
    assert "passed" not in text(report(UNDECIDED), show=frozenset({"passed"}))


@pytest.mark.parametrize(
    ("outcome", "summary"),
    [
        (report(), "No flaw found in 2 files; nothing to check"),
        (report(PASSED), "No flaw found in 2 files; 1 of 1 check decided"),
        (report(PASSED, IGNORED), "No flaw found in 2 files; 2 of 2 checks decided; 1 ignored"),
        (report(diagnostics=(UNREAD,)), "No flaw found in 2 files; nothing to check; 1 part not read"),
        (
            full_report(),
            (
                "2 errors, 2 warnings, 2 notes in 2 files; 8 of 9 checks decided; 1 undecided for `var.subnet_ids` "
                "(infra ünit#1/main.tf:1); 1 ignored; 1 part not read"
            ),
        ),
    ],
)
def test_summary(outcome, summary):
    assert text(outcome).splitlines()[-1] == summary


@pytest.mark.parametrize(
    ("code", "marked"),
    [
        ("a: 🐘🐘 x", "x"),
        ("\t\tname: x", "x"),
        ("漢字: 漢字", "漢字"),
        ("a: e\u0301e\u0301 x", "x"),
        ("a\x1b[31m: x", "x"),
        ('"' + "y" * 500 + '": "x"' + "z" * 500, '"x"'),
        ('"' + "漢" * 300 + '": "x" ' + "🐘" * 300, '"x"'),
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "latin-1", "ascii"])
def test_carets_stand_below_what_is_meant(code, marked, encoding):
    rendered = text(with_text(ASSUMED, code, marked), encoding=encoding)
    assert rendered.encode(encoding).decode(encoding) == rendered
    line, carets = frame(rendered)
    assert "\x1b" not in line
    assert "\\t" not in line
    before = carets.index("^")
    at = next(number for number in range(len(line)) if columns(line[:number]) == before)
    assert line[at:].lstrip("\u0301").startswith(marked.encode(encoding, "backslashreplace").decode(encoding))
    if encoding == "utf-8":
        assert columns(line) <= 100
        assert carets.count("^") == columns(marked)


@pytest.mark.parametrize(("shown", "taken"), [("abc", 3), ("漢字", 4), ("🐘", 2), ("e\u0301", 1), ("a\u200db", 2)])
def test_columns_of_a_terminal(shown, taken):
    assert columns(shown) == taken


def test_a_mark_wider_than_the_terminal_is_cut():
    line, carets = frame(text(with_text(ASSUMED, "a: " + "x" * 900 + " b", "x" * 900), width=60))
    assert columns(line) <= 60
    assert columns(carets) <= 60


def test_a_span_of_several_lines_shows_its_first():
    line, carets = frame(text(report(MULTILINE)))
    assert line.endswith('"a 🐘 database"')
    assert carets.count("^") == columns('"a 🐘 database"')


def test_prose_is_wrapped_to_the_width():
    lines = text(report(ONE_ZONE), width=60).splitlines()
    at = next(number for number, line in enumerate(lines) if "= mend:" in line)
    assert lines[at : at + 2] == [
        "  = mend: Spread the subnets over at least two Availability",
        "          Zones, each with a route of its own",
    ]


def test_colour_only_where_asked():
    assert "\x1b" not in text(full_report())
    coloured = text(full_report(), color=True)
    assert "\x1b[1;31merror[HA101]\x1b[0m" in coloured
    assert re.sub(r"\x1b\[[\d;]*m", "", coloured) == text(full_report())


@pytest.mark.parametrize("encoding", ["utf-8", "ascii", "cp1252", "cp437", "no-such-encoding"])
def test_every_encoding_can_print_it(encoding):
    rendered = text(report(ONE_ZONE, PASSED), encoding=encoding)
    rendered.encode("ascii" if encoding == "no-such-encoding" else encoding)
    assert "single-zone-tier" in rendered


def test_a_finding_without_its_text_has_no_frame():
    outcome = dataclasses.replace(report(ASSUMED), documents={})
    assert "\n  |" not in text(outcome)
    assert " --> stacks/db.yaml:8:16 (Database)\n  = assuming" in text(outcome)


def test_a_finding_needs_nothing_but_a_message():
    bare = Verdict(outcome="fail", subject="s", at=DOCUMENTS[MAIN].span(0, 0), message="two\nlines")
    rendered = text(report(dataclasses.replace(ONE_ZONE, verdict=bare)))
    assert rendered.startswith("error[HA101] single-zone-tier: two lines\n --> infra ünit#1/main.tf:1:1 (s)\n")
