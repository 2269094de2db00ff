"""The page in Markdown, read by GitHub's own renderer: data is shown, and never obeyed."""

import dataclasses
import html
import re
from html.parser import HTMLParser

import pytest
from cmarkgfm import github_flavored_markdown_to_html
from cmarkgfm.cmark import Options
from hypothesis import given, settings
from hypothesis import strategies as st
from report_samples import ASSUMED, IGNORED, LEFT_OUT, ONE_ZONE, PASSED, STACK, UNDECIDED, UNREAD, full_report, report

from haanalyzer.finding import Step
from haanalyzer.report import FORMATS, RenderOptions
from haanalyzer.results import Recorded

OUR_TAGS = {
    "h2",
    "h3",
    "p",
    "em",
    "table",
    "thead",
    "tbody",
    "tr",
    "th",
    "td",
    "a",
    "code",
    "pre",
    "details",
    "summary",
}
NASTY = [
    "|",
    "`",
    "```",
    "<b>",
    "</details>",
    "[a](b)",
    "![",
    "@admin",
    "#12",
    "https://evil.example",
    "www.evil.example",
]
NASTY += ["www.evil.example", "\\", "\n", "*", "&lt;", "~~", "::", "$x$"]


class Page(HTMLParser):
    """The tags, links and rows of a rendered page, and its text outside of code blocks."""

    def __init__(self, markdown):
        super().__init__()
        self.tags, self.links, self.prose, self.inside = set(), [], "", []
        rendered = github_flavored_markdown_to_html(markdown, Options.CMARK_OPT_UNSAFE)
        self.feed(rendered)
        rows = re.findall(r"<tr>(.*?)</tr>", rendered, re.DOTALL)
        self.rows = [re.findall(r"<t[dh][^>]*>(.*?)</t[dh]>", row, re.DOTALL) for row in rows]

    def handle_starttag(self, tag, attributes):
        self.tags.add(tag)
        self.inside.append(tag)
        self.links += [value for name, value in attributes if name == "href"]

    def handle_endtag(self, tag):
        assert self.inside.pop() == tag

    def handle_data(self, data):
        if "pre" not in self.inside:
            self.prose += data


def markdown(outcome):
    return FORMATS["markdown"](outcome, RenderOptions())


def saying(text):
    verdict = dataclasses.replace(
        ONE_ZONE.verdict, message=f"m{text}", subject=f"s{text}", evidence=(Step(ONE_ZONE.verdict.at, f"e{text}"),)
    )
    return dataclasses.replace(ONE_ZONE, verdict=verdict, deployment=f"d{text}")


def test_a_table_of_findings_by_file():
    page = markdown(report(ASSUMED))
    assert page.startswith("## haanalyzer: 1 warning\n\n1 warning in 2 files; 1 of 1 check decided.\n\n")
    assert (
        "### <code>stacks/db.yaml</code>\n\n"
        "| line | level | rule | finding |\n"
        "|--:|---|---|---|\n"
        "| 8 | warning | "
        "[HA401 no-standby](<https://github.com/haanalyzer/haanalyzer/blob/main/docs/rules/no-standby.md>) | "
        "Database has no standby |\n\n<details>"
    ) in page
    assert "  assuming: MultiAZ = false (default), stacks/db.yaml:2:36\n" in page


def test_what_is_not_open_is_folded_away():
    gone = (Recorded(ASSUMED.identity, STACK, "Database was small"),)
    outcome = dataclasses.replace(report(PASSED, UNDECIDED, IGNORED, diagnostics=(UNREAD, LEFT_OUT)), gone=gone)
    page = markdown(outcome)
    assert page.startswith("## haanalyzer: no flaw found\n")
    assert "| <code>infra ünit#\u200b1/broken 100%.tf:1:1</code> | cannot read this file: no UTF-8 |" in page
    folded = re.findall(r"<summary>(.*)</summary>\n\n```text\n((?:.*\n)*?)```\n\n</details>", page)
    assert folded == [
        ("No longer found: 1", "HA401 no-standby: Database was small, stacks/db.yaml (Database)\n"),
        (
            "Undecided checks: 1",
            (
                "infra ünit#1/main.tf:3:10: HA101 single-zone-tier, aws_lb.front\n"
                "  lacks: var.subnet_ids: a variable without a default, infra ünit#1/main.tf:1:10\n"
            ),
        ),
        ("Ignored findings: 1", "stacks/db.yaml:4:3: HA401 no-standby, Cache\n  because: rebuilt in a minute\n"),
        ("Left out: 1", "infra ünit#1/main.tf:13:12: vendor/vpc is not on disk\n"),
    ]


def test_a_known_finding_is_no_row():
    known = dataclasses.replace(ASSUMED, recorded=True)
    assert "no-standby" not in markdown(report(known))


@settings(max_examples=80, deadline=None)
@given(st.lists(st.sampled_from([*NASTY, "a", " ", "\x1b", "\ud800", "\u202e"]), max_size=6))
def test_data_is_never_obeyed(parts):
    text = "".join(parts)
    rendered = markdown(report(saying(text)))
    page = Page(rendered)
    assert page.tags <= OUR_TAGS
    assert [link for link in page.links if "/docs/rules/" not in link] == []
    assert [len(row) for row in page.rows] == [4, 4]
    assert not re.search(r"[@#]\w|://|www\.", page.prose)


@pytest.mark.parametrize("text", NASTY)
def test_data_reads_as_it_is(text):
    page = Page(markdown(report(saying(text))))
    shown = html.unescape(page.rows[1][3]).replace("\u200b", "")
    assert shown == f"m{text}".replace("\n", " ").strip()


def test_a_page_too_long_keeps_the_worst_and_says_what_it_lacks():
    long = dataclasses.replace(ASSUMED, verdict=dataclasses.replace(ASSUMED.verdict, message="no standby " * 40))
    page = markdown(report(*[long] * 4_000, ONE_ZONE))
    assert len(page.encode()) <= 1024 * 1024
    assert "| 4 | error |" in page
    kept = page.count("| 8 | warning |")
    assert 1_000 < kept < 4_000
    left_out = f"_Left out, because a page has room for 1 MiB: explanations (4001), findings ({4_000 - kept})._\n"
    assert page.endswith(left_out)


def test_a_page_that_fits_lacks_nothing():
    assert "Left out, because" not in markdown(full_report())
