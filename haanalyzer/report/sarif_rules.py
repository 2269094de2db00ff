"""The tool and its rules, as SARIF describes them."""

from __future__ import annotations

import sarif_om as om

from haanalyzer import __version__
from haanalyzer.finding import OUR_LETTERS, RuleInfo, Severity
from haanalyzer.report.options import HOME, rule_page
from haanalyzer.report.words import one_line, sentence, shortened
from haanalyzer.results import Report

_LONGEST_DESCRIPTION = 1024
_MOST_TAGS = 10  # GitHub refuses more than 20 and shows 10
_PROBLEM = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "recommendation"}
_GROUPS = {
    "1": "placement",
    "2": "traffic",
    "3": "capacity",
    "4": "data",
    "5": "another-region",
    "6": "asynchronous-work",
    "7": "operations",
    "9": "architecture",
}


def tool(report: Report) -> om.Tool:
    """The analyzer with all enabled rules, whether they found something or not."""
    rules = [_descriptor(rule, report.severities.get(rule.code, rule.severity)) for rule in report.rules]
    return om.Tool(
        driver=om.ToolComponent(
            name="haanalyzer",
            semantic_version=__version__,
            information_uri=HOME,
            rules=rules,
        )
    )


def _descriptor(rule: RuleInfo, severity: Severity) -> om.ReportingDescriptor:
    return om.ReportingDescriptor(
        id=rule.code,
        name=_pascal_case(rule.slug),
        short_description=om.MultiformatMessageString(text=shortened(sentence(rule.title), _LONGEST_DESCRIPTION)),
        full_description=om.MultiformatMessageString(text=shortened(sentence(rule.why), _LONGEST_DESCRIPTION)),
        help=om.MultiformatMessageString(text=_help_text(rule), markdown=_help_markdown(rule)),
        help_uri=rule_page(rule),
        default_configuration=om.ReportingConfiguration(level=severity.value),
        properties={
            "slug": rule.slug,
            "tags": _tags(rule),
            "precision": "high",
            "problem.severity": _PROBLEM[severity],
        },
    )


def _pascal_case(slug: str) -> str:
    """A slug as SARIF's names are written: ``SingleZoneTier``."""
    return "".join(word[:1].upper() + word[1:] for word in slug.split("-"))


def _tags(rule: RuleInfo) -> list[str]:
    group = _GROUPS.get(rule.code.removeprefix(OUR_LETTERS)[:1])
    tags = ["aws", "high-availability", *([group] if group else []), *sorted(rule.kinds)]
    return tags[:_MOST_TAGS]


def _help_text(rule: RuleInfo) -> str:
    text = f"{sentence(rule.why)} To mend it: {sentence(rule.mend)}"
    return text + (f" See {', '.join(map(one_line, rule.references))}." if rule.references else "")


def _help_markdown(rule: RuleInfo) -> str:
    parts = [f"# {one_line(rule.title)}", rule.why.strip(), "## How to mend", rule.mend.strip()]
    if rule.references:
        parts += ["## References", "\n".join(f"- <{one_line(url)}>" for url in rule.references)]
    return "\n\n".join(parts) + "\n"
