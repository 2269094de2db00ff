"""The commands that do not judge: `graph`, `explain`, `rules`, and `test`."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from haanalyzer.cli.options import base_of, below, inputs_of, own_rules
from haanalyzer.cli.outcome import CLEAN, ERROR, FINDINGS, NOTHING, UsageError, write

if TYPE_CHECKING:
    from haanalyzer.finding import RuleInfo


def run_graph(options: argparse.Namespace) -> int:
    """Print the resources and what connects them."""
    from haanalyzer.engine import read_project
    from haanalyzer.graph import ResourceGraph
    from haanalyzer.report.graph_formats import GRAPH_FORMATS

    base = base_of(options.paths)
    project = read_project(below(base, options.paths), base, inputs_of(options, base))
    for diagnostic in project.diagnostics:
        print(diagnostic, file=sys.stderr)
    graphs = [ResourceGraph(deployment) for deployment in project.deployments]
    write(GRAPH_FORMATS[options.format](graphs))
    if any(diagnostic.is_error for diagnostic in project.diagnostics):
        return ERROR
    return CLEAN if graphs else NOTHING


def run_explain(options: argparse.Namespace) -> int:
    """Print the page of a rule."""
    from haanalyzer.policy import rule_named, rules
    from haanalyzer.report.rule_page import rule_page

    everything = (*rules(), *own_rules(options.rulesets))
    rule = rule_named(options.rule, everything)
    if rule is None:
        known = ", ".join(f"{each.info.code} {each.info.slug}" for each in everything)
        raise UsageError(f"no rule is named {options.rule!r}; there are {known}")
    write(rule_page(rule.info))
    return CLEAN


def run_rules(options: argparse.Namespace) -> int:
    """List rules and profiles, or what answers a check of another tool."""
    from haanalyzer.policy import load_profile, profile_names, rules
    from haanalyzer.report.rule_page import rules_json, rules_text

    own = own_rules(options.rulesets)
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


def run_test(options: argparse.Namespace) -> int:
    """Hold rules of the user to their fixtures."""
    from haanalyzer.fixtures import fixtures_in
    from haanalyzer.report.tested_rules import tested_rules

    own = own_rules([options.ruleset])
    folder = Path(options.fixtures or Path(options.ruleset).parent / "fixtures")
    if options.fixtures and not folder.is_dir():
        raise UsageError(f"{folder}: no such folder")
    tested = [
        (
            rule.info,
            folder / rule.info.slug,
            [(fixture, fixture.surprises()) for fixture in fixtures_in(folder / rule.info.slug, own)],
        )
        for rule in own
    ]
    write(tested_rules(tested))
    results = [surprises for _, _, fixtures in tested for _, surprises in fixtures]
    if not results:
        return NOTHING
    return FINDINGS if any(results) else CLEAN
