"""The pages, passages and expected outputs that are made from the rules, their fixtures and the tool's real output.

``python -m tests.documentation`` writes them; `test_documentation` fails when they are out of date.
"""

from __future__ import annotations

import json
import re
import tempfile
from collections.abc import Iterable
from pathlib import Path

from haanalyzer.catalog.peers import peer_checks
from haanalyzer.engine import analyze
from haanalyzer.finding import RuleInfo
from haanalyzer.frontends.deployment import Inputs
from haanalyzer.policy import load_profile, profile_names, rules, settings_for
from haanalyzer.policy.editor_schema import configuration_schema
from haanalyzer.report import FORMATS, RenderOptions
from haanalyzer.results import Report
from haanalyzer.rules.kit import Rule
from tests.coverage_page import coverage_page
from tests.fixtures import TESTDATA, Fixture
from tests.kinds_page import kinds_page

ROOT = TESTDATA.parent
_ANNOTATION = re.compile(
    r"[ \t]*(?:#|//) (?:expect|undecided|assuming): .*$|^# (?:region|parameter): .*\n", re.MULTILINE
)
_GROUPS = {
    "1": "Placement: what stands where",
    "2": "Traffic: what reaches what",
    "3": "Capacity: what is left",
    "4": "Data: what is kept",
    "5": "Another region",
    "6": "Asynchronous work",
    "7": "Operations",
    "9": "Whole architectures",
}
_LANGUAGES = {".yaml": ("CloudFormation", "yaml"), ".tf": ("Terraform", "hcl")}


def pages() -> dict[Path, str]:
    """Every generated file with the text it must have."""
    found = {ROOT / "docs" / "rules" / f"{rule.info.slug}.md": _rule_page(rule) for rule in rules()}
    found[ROOT / "docs" / "rules" / "README.md"] = _index()
    found[ROOT / "docs" / "kinds.md"] = kinds_page()
    found[ROOT / "docs" / "coverage.md"] = coverage_page(rule.info for rule in rules())
    found[ROOT / "docs" / "configuration.schema.json"] = json.dumps(configuration_schema(), indent=1) + "\n"
    found[ROOT / "README.md"] = _readme((ROOT / "README.md").read_text("utf-8"))
    for project in sorted((TESTDATA / "real").iterdir()):
        stacks = settings_for(project).stacks(project)
        found[project / "expected.txt"] = _text(analyze(["."], project, Inputs(), load_profile("all"), stacks=stacks))
    return found


def _rule_page(rule: Rule) -> str:
    info = rule.info
    examples = "\n".join(_example(info.slug, ending) for ending in _LANGUAGES)
    references = "\n".join(f"- <{url}>" for url in info.references)
    return (
        f"# {info.code} {info.slug}\n\n{info.title}.\n\n{info.why}\n\n{examples}\n"
        f"## How to mend\n\n{info.mend}\n\n## Profiles\n\n{_profiles(rule)}\n\n{_likes(info)}"
        f"## See also\n\n{references}\n"
    )


def _likes(info: RuleInfo) -> str:
    """The checks of other tools that read code which ask the same."""
    theirs = dict.fromkeys(f"{tool} {check}" for name in info.like for tool, check in peer_checks()[name].of_code)
    return f"## Checks of other tools that ask the same\n\n{', '.join(theirs)}\n\n" if theirs else ""


def _example(slug: str, ending: str) -> str:
    title, language = _LANGUAGES[ending]
    fixture = Fixture(TESTDATA / "rules" / slug / f"bad{ending}")
    text = _ANNOTATION.sub("", next(iter(fixture.texts.values())))
    with tempfile.TemporaryDirectory() as folder:
        output = _text(fixture.analyze_in(Path(folder) / "project", {fixture.path.name: text}))
    return f"## In {title}\n\n```{language}\n{text}```\n\n```text\n{output}```\n"


def _profiles(rule: Rule) -> str:
    rows = ["| profile | severity | parameters | reason |", "|---|---|---|---|"]
    for name in profile_names():
        profile = load_profile(name)
        if rule.info.code in profile.severities:
            code = rule.info.code
            parameters = next(each.parameters for each in profile.rules if each.info.code == code)
            shown = ", ".join(f"`{key}: {str(value).lower()}`" for key, value in parameters.items())
            rows.append(f"| {name} | {profile.severities[code].value} | {shown} | {profile.reasons[code]} |")
    return "\n".join(rows)


def _table(folder: str, among: Iterable[Rule]) -> str:
    default = load_profile("default").severities
    rows = ["| code | rule | finds | by default |", "|---|---|---|---|"]
    for rule in among:
        info = rule.info
        severity = default[info.code].value if info.code in default else "off"
        rows.append(f"| {info.code} | [{info.slug}]({folder}{info.slug}.md) | {info.title} | {severity} |")
    return "\n".join(rows) + "\n"


def _index() -> str:
    """All rules, grouped by what fails."""
    parts = ["# Rules\n\nGrouped by what fails. This page is generated, as are those that it leads to.\n"]
    for digit, group in _GROUPS.items():
        members = [rule for rule in rules() if rule.info.code.startswith(f"HA{digit}")]
        parts += [f"## {group}\n\n{_table('', members)}"] if members else []
    return "\n".join(parts)


def _readme(text: str) -> str:
    with_rules = re.sub(
        r"(<!-- rules -->\n).*(<!-- /rules -->)",
        lambda match: f"{match[1]}\n{_table('docs/rules/', load_profile('default').rules)}\n{match[2]}",
        text,
        flags=re.DOTALL,
    )
    return re.sub(
        r"(<!-- output: check (\S+) -->\n```text\n).*?(```)",
        lambda match: f"{match[1]}{_text(analyze([match[2]], ROOT, Inputs(), load_profile('default')))}{match[3]}",
        with_rules,
        flags=re.DOTALL,
    )


def _text(report: Report) -> str:
    return FORMATS["text"](report, RenderOptions(width=100))


if __name__ == "__main__":
    for path, text in pages().items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
