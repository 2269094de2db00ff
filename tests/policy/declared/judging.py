"""Holds small templates to a rule written inline."""

from __future__ import annotations

import textwrap
from pathlib import Path

from haanalyzer.engine import analyze
from haanalyzer.finding import Verdict
from haanalyzer.frontends.deployment import Inputs
from haanalyzer.policy import Profile
from haanalyzer.policy.declared.reader import read_rules
from haanalyzer.rules.kit import Rule
from haanalyzer.source.document import Document

_RULE = """\
rules:
  - code: ACME001
    slug: acme-rule
    title: Something is wrong
    kinds: [{kind}]
    severity: warning
    message: "{message}"
    why: Because it is so.
    how_to_mend: Change it.
"""


def declared(conditions: str, kind: str = "db_instance", message: str = "{address} is wrong") -> Rule:
    """The rule with these conditions: ``require: …``, perhaps more keys, one a line."""
    text = _RULE.format(kind=kind, message=message) + textwrap.indent(textwrap.dedent(conditions).strip(), "    ")
    (rule,) = read_rules(Document("acme.yaml", f"{text}\n"))
    return rule


def verdicts(rule: Rule, template: str, folder: Path, inputs: Inputs | None = None) -> dict[str, Verdict]:
    """What the rule says of each resource of a template or root module, by address."""
    name = "main.tf" if "resource " in template else "template.yaml"
    folder.mkdir(exist_ok=True)
    (folder / name).write_text(textwrap.dedent(template), "utf-8")
    profile = Profile("acme", "Ours", (rule,), {rule.info.code: rule.info.severity}, {})
    report = analyze([name if name == "template.yaml" else "."], folder, inputs or Inputs(), profile)
    assert [str(each) for each in report.diagnostics if each.is_error] == []
    return {one.verdict.subject: one.verdict for one in report.judgements}


def outcome(conditions: str, template: str, folder: Path, kind: str = "db_instance") -> str:
    """What the rule says of the resource ``it``, or ``It``: pass, fail, undecided, or none."""
    found = verdicts(declared(conditions, kind), template, folder)
    said = [verdict.outcome for address, verdict in found.items() if address.rpartition(".")[2].lower() == "it"]
    assert len(said) < 2
    return said[0] if said else "none"
