"""The user's own rules, as flags and the configuration name them."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from haanalyzer.cli.outcome import UsageError

if TYPE_CHECKING:
    from haanalyzer.rules.kit import Rule


def add_rulesets(parser: argparse._ActionsContainer) -> None:
    """The flag that names the user's own rules."""
    parser.add_argument(
        "--ruleset",
        dest="rulesets",
        action="append",
        default=[],
        metavar="FILE",
        help="a file of rules of your own, which run besides; may be given several times",
    )


def rules_here(paths: Sequence[str]) -> tuple[Rule, ...]:
    """The user's own rules: those that the current folder's configuration names, and those of these files.

    UsageError with all that is wrong with them.
    """
    from haanalyzer.policy import RulesetError, find_configuration, read_configuration

    try:
        path = find_configuration(Path.cwd())
        configured = read_configuration(path).rulesets if path else ()
    except RulesetError as error:
        raise UsageError(str(error)) from error
    return own_rules([*configured, *paths])


def own_rules(paths: Sequence[str]) -> tuple[Rule, ...]:
    """The rules of the user's own files. UsageError with all that is wrong with them."""
    if not paths:
        return ()
    from haanalyzer.policy import RulesetError, own_rules

    try:
        return own_rules(paths, Path.cwd())
    except RulesetError as error:
        raise UsageError(str(error)) from error
