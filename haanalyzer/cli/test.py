"""`test`: hold rules of the user to their fixtures."""

from __future__ import annotations

import argparse
from pathlib import Path

from haanalyzer.cli.options import Commands
from haanalyzer.cli.outcome import CLEAN, FINDINGS, NOTHING, UsageError, write
from haanalyzer.cli.own_rules import own_rules


def add(commands: Commands) -> None:
    """Add the command and its arguments."""
    test = commands.add_parser("test", help="hold rules of your own to fixtures that announce what they find")
    test.add_argument("ruleset", metavar="RULESET", help="a file of rules")
    test.add_argument(
        "--fixtures", metavar="DIR", help="the folder with one folder a rule (default: fixtures, beside the ruleset)"
    )
    test.set_defaults(run=run_test)


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
