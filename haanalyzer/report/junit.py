"""JUnit XML, as the test reports of GitLab, Jenkins and Azure read it: a check is a test case, a deployment a suite.

An open failure fails; an undecided, ignored or known one is skipped and says why. What could not be
read is an error in a suite of its own. There are no times in it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import groupby
from xml.etree import ElementTree as ET

from haanalyzer.report.notes import lacks, notes, position, subject
from haanalyzer.report.options import RenderOptions
from haanalyzer.report.words import one_line, ordinals
from haanalyzer.results import Judgement, Report
from haanalyzer.source.diagnostic import Diagnostic

_NO_XML = re.compile("[\ufffe\uffff]")  # besides control characters, which are escaped before


def render(report: Report, _options: RenderOptions) -> str:
    """The report as one document of the shape that Jenkins's ``junit-10.xsd`` describes."""
    judgements = sorted(report.judgements, key=lambda one: one.where)
    suites = [
        _suite(deployment, _cases(list(ours), report))
        for deployment, ours in groupby(judgements, key=lambda one: one.where)
    ]
    if report.diagnostics:
        suites.append(_suite("not read", [_unread(each) for each in report.diagnostics]))
    root = ET.Element("testsuites", {"name": "haanalyzer", **_sums(case for suite in suites for case in suite)})
    root.extend(suites)
    ET.indent(root)
    text = ET.tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{_NO_XML.sub(chr(0xFFFD), text)}\n'


def _suite(name: str, cases: Sequence[ET.Element]) -> ET.Element:
    skipped = sum(case.find("skipped") is not None for case in cases)
    suite = ET.Element("testsuite", {"name": one_line(name), **_sums(cases), "skipped": str(skipped)})
    suite.extend(cases)
    return suite


def _sums(cases: Iterable[ET.Element]) -> dict[str, str]:
    outcomes = [[child.tag for child in case] for case in cases]
    return {
        "tests": str(len(outcomes)),
        "failures": str(sum("failure" in tags for tags in outcomes)),
        "errors": str(sum("error" in tags for tags in outcomes)),
    }


def _cases(judgements: Sequence[Judgement], report: Report) -> list[ET.Element]:
    """A case for each check. Readers take cases of one class and name for the same: no two of them have both."""
    cases = []
    for one, number in zip(judgements, ordinals(each.identity for each in judgements), strict=True):
        again = f" ({number})" if number > 1 else ""
        case = ET.Element(
            "testcase",
            {
                "classname": f"{one.rule.code} {one.rule.slug}",
                "name": f"{subject(one)}{again} in {one_line(one.where)}",
                "file": one_line(one.place.path),
                "line": str(one.place.line),
            },
        )
        case.extend(_outcome(one, report))
        cases.append(case)
    return cases


def _outcome(one: Judgement, report: Report) -> list[ET.Element]:
    """What a case holds: nothing where the check passes."""
    if one.verdict.outcome == "pass":
        return []
    if one.verdict.outcome == "undecided":
        return [_skipped("; ".join(["undecided", *map(str, lacks(one))]))]
    if one.suppressed is not None:
        return [_skipped(one_line(f"ignored: {one.suppressed.reason}" if one.suppressed.reason else "ignored"))]
    if one.recorded:
        return [_skipped("known: the baseline has it")]
    failure = ET.Element("failure", {"type": one.severity.value, "message": one_line(one.verdict.message)})
    failure.text = "\n".join([position(one.place), *map(str, notes(one, report))])
    return [failure]


def _unread(diagnostic: Diagnostic) -> ET.Element:
    place, message = diagnostic.place, one_line(diagnostic.message)
    name = f"{position(place)}: {message}"
    case = ET.Element(
        "testcase",
        {"classname": diagnostic.code, "name": name, "file": one_line(place.path), "line": str(place.line)},
    )
    if diagnostic.is_error:
        case.append(ET.Element("error", {"type": diagnostic.code, "message": message}))
    else:
        case.append(_skipped(message))
    return case


def _skipped(message: str) -> ET.Element:
    return ET.Element("skipped", {"message": message})
