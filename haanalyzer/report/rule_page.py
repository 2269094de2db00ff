"""A rule's page, and the list of rules: rendered from the rules themselves."""

from __future__ import annotations

import json
from collections.abc import Sequence

from haanalyzer.catalog.peers import PeerCheck
from haanalyzer.finding import RuleInfo
from haanalyzer.policy import Profile


def rule_page(info: RuleInfo) -> str:
    """What `explain` prints: title, why, how to mend, references."""
    parts = (
        f"{info.code} {info.slug} ({info.severity.value})",
        f"{info.title}.",
        info.why,
        f"How to mend\n\n{info.mend}",
        *(["See also\n\n" + "\n".join(info.references)] if info.references else []),
    )
    return "\n\n".join(parts) + "\n"


def rules_text(profiles: Sequence[Profile]) -> str:
    """A table of rules, then the profiles with what each holds."""
    everything = {rule.info.code: rule.info for profile in profiles for rule in profile.rules}
    widest = max(len(info.slug) for info in everything.values())
    rows = [f"{code}  {info.slug:<{widest}}  {info.title}" for code, info in sorted(everything.items())]
    lines = [
        f"{profile.name}: {profile.title.lower()}\n  "
        + ", ".join(f"{rule.info.code} {profile.severities[rule.info.code].value}" for rule in profile.rules)
        for profile in profiles
    ]
    return "\n".join((*rows, "", "Profiles", "", *lines)) + "\n"


def rules_like(checks: Sequence[PeerCheck], rules: Sequence[RuleInfo]) -> str:
    """What some questions of other tools are, and which rules answer them."""
    lines = []
    for check in checks:
        mine = [f"  {rule.code} {rule.slug}: {rule.title}" for rule in rules if check.name in rule.like]
        lines += [f"{check.name} ({check.service})", *(mine or ["  no rule answers it"])]
        lines += [f"  asked by {tool}: {theirs}" for tool, theirs in check.of_code + check.of_accounts]
    return "\n".join(lines) + "\n"


def rules_json(profiles: Sequence[Profile]) -> str:
    """Every rule with its prose, kinds and parameters, and its severity and the reason for it in each profile."""
    everything = {rule.info.code: rule for profile in profiles for rule in profile.rules}
    rows = [
        {
            "code": code,
            "slug": rule.info.slug,
            "title": rule.info.title,
            "why": rule.info.why,
            "mend": rule.info.mend,
            "references": rule.info.references,
            "kinds": rule.info.kinds,
            "parameters": dict(rule.parameters),
            "profiles": {
                profile.name: {"severity": profile.severities[code].value, "reason": profile.reasons[code]}
                for profile in profiles
                if code in profile.severities
            },
        }
        for code, rule in sorted(everything.items())
    ]
    return json.dumps(rows, indent=1) + "\n"
