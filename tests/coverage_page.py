"""The page that says which systems, and which checks of other tools, the rules cover."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from haanalyzer.catalog.kinds import dialect_of, kinds
from haanalyzer.catalog.peers import PeerCheck, peer_checks
from haanalyzer.catalog.systems import systems
from haanalyzer.finding import RuleInfo

_HEAD = """# Coverage

What haanalyzer knows, as its catalogue and its rules have it. This page is generated.

"""
_SHOWN = ("checkov", "cdk-nag", "aws-config", "aws-security-hub")


def coverage_page(rules: Iterable[RuleInfo]) -> str:
    """Systems by language and rules; then the questions of other tools that a template can answer, by our rules."""
    found = list(rules)
    return f"{_HEAD}{_systems(found)}\n{_peers(found)}"


def _systems(rules: list[RuleInfo]) -> str:
    rows = [
        "## Systems\n",
        "A language is named where the resources of a system are modelled in it.\n",
        "| system | languages | rules |",
        "|---|---|---|",
    ]
    for name, modelled in systems().items():
        types = [type_ for kind in modelled for type_ in kinds()[kind].types]
        languages = sorted({dialect_of(type_) for type_ in types})
        names = {"cloudformation": "CloudFormation", "terraform": "Terraform"}
        mine = (rule for rule in rules if name in rule.systems)
        rows.append(f"| {name} | {', '.join(names[each] for each in languages)} | {_links(mine)} |")
    return "\n".join(rows) + "\n"


def _peers(rules: list[RuleInfo]) -> str:
    static = [check for check in peer_checks().values() if check.is_static]
    answered = [check for check in static if any(check.name in rule.like for rule in rules)]
    rows = [
        "## Checks of other tools\n",
        f"Of {len(static)} questions about availability that other tools ask and that a template can answer,",
        f"{len(answered)} are answered by a rule. `haanalyzer rules --like CHECK` looks one up.\n",
        f"| question | service | {' | '.join(_SHOWN)} | rules |",
        f"|---|---|{'---|' * len(_SHOWN)}---|",
    ]
    for check in static:
        theirs = " | ".join(", ".join(_checks_of(check, tool)) for tool in _SHOWN)
        mine = (rule for rule in rules if check.name in rule.like)
        rows.append(f"| {check.name} | {check.service} | {theirs} | {_links(mine)} |")
    return "\n".join(rows) + "\n"


def _checks_of(check: PeerCheck, tool: str) -> Iterator[str]:
    return (theirs for who, theirs in check.of_code + check.of_accounts if who == tool)


def _links(rules: Iterable[RuleInfo]) -> str:
    return ", ".join(f"[{rule.code}](rules/{rule.slug}.md)" for rule in rules)
