"""`rules`: what there is, and what answers the check of another tool."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from typing import TYPE_CHECKING

from haanalyzer.cli.options import Commands
from haanalyzer.cli.outcome import CLEAN, NOTHING, UsageError, write
from haanalyzer.cli.own_rules import add_rulesets, rules_here

if TYPE_CHECKING:
    from haanalyzer.finding import RuleInfo


def add(commands: Commands) -> None:
    """Add the command and its arguments."""
    rules = commands.add_parser("rules", help="list the rules and profiles")
    rules.add_argument("--format", default="text", choices=("text", "json"))
    rules.add_argument("--like", metavar="CHECK", help="only those that ask what this check of another tool asks")
    add_rulesets(rules)
    rules.set_defaults(run=run_rules)


def run_rules(options: argparse.Namespace) -> int:
    """List rules and profiles, or what answers a check of another tool."""
    from haanalyzer.policy import load_profile, profile_names, rules
    from haanalyzer.report.rule_page import rules_json, rules_text

    own = rules_here(options.rulesets)
    if options.like:
        return _rules_like(options.like, [rule.info for rule in (*rules(), *own)])
    profiles = [load_profile(name, own) for name in profile_names()]
    write(rules_json(profiles) if options.format == "json" else rules_text(profiles))
    return CLEAN


def _rules_like(name: str, known: Sequence[RuleInfo]) -> int:
    from haanalyzer.catalog.peers import checks_like
    from haanalyzer.report.rule_page import rules_like

    checks = checks_like(name)
    if not checks:
        raise UsageError(f"no check is known by the name {name!r}, such as CKV_AWS_157 or RDS.5")
    write(rules_like(checks, known))
    return CLEAN if any(check.name in rule.like for check in checks for rule in known) else NOTHING
