"""`explain`: what a rule means."""

from __future__ import annotations

import argparse

from haanalyzer.cli.options import Commands
from haanalyzer.cli.outcome import CLEAN, UsageError, write
from haanalyzer.cli.own_rules import add_rulesets, own_rules, rules_here


def add(commands: Commands) -> None:
    """Add the command and its arguments."""
    explain = commands.add_parser("explain", help="say what a rule means and how to mend what it finds")
    explain.add_argument("rule", metavar="CODE|SLUG", help="a rule's name")
    add_rulesets(explain)
    explain.set_defaults(run=run_explain)


def run_explain(options: argparse.Namespace) -> int:
    """Print the page of a rule."""
    from haanalyzer.policy import no_rule_named, rule_named, rules
    from haanalyzer.report.rule_page import rule_page

    known = (*rules(), *own_rules(options.rulesets))
    rule = rule_named(options.rule, known)
    if rule is None:
        known = (*rules(), *rules_here(options.rulesets))
        rule = rule_named(options.rule, known)
    if rule is None:
        raise UsageError(no_rule_named(options.rule, known))
    write(rule_page(rule.info))
    return CLEAN
