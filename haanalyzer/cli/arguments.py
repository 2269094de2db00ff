"""The parser of the command line; each command adds its own part."""

from __future__ import annotations

import argparse
import sys
from argparse import Namespace
from collections.abc import Sequence
from typing import NoReturn

from haanalyzer import __version__
from haanalyzer.cli import baseline, check, completion, diff, explain, graph, init, lsp, rules, schema, test
from haanalyzer.cli.outcome import ERROR, EXIT_CODES

COMMANDS = (check, baseline, diff, graph, explain, rules, test, lsp, init, schema, completion)
"""The modules of the commands, in the order of the help; each has ``add(commands)``."""

_DESCRIPTION = "Says what does not survive the loss of an instance, a zone or a region, before anything is deployed."


def argument_parser() -> argparse.ArgumentParser:
    """All commands; the chosen one is `run` of the parsed options, and ``parser`` this."""
    parser: argparse.ArgumentParser = _Parser(
        prog="haanalyzer",
        description=_DESCRIPTION,
        epilog=EXIT_CODES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=f"haanalyzer {__version__}")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    for command in COMMANDS:
        command.add(commands)
    parser.set_defaults(parser=parser)
    return parser


class _Parser(argparse.ArgumentParser):
    def parse_args(self, args: Sequence[str] | None = None, namespace: Namespace | None = None) -> Namespace:  # type: ignore[override]
        """Options and paths in any order: argparse takes the paths of one stretch only."""
        options, rest = self.parse_known_args(args, namespace)
        if rest and ("paths" not in options or any(word.startswith("-") for word in rest)):
            self.error(f"unrecognized arguments: {' '.join(rest)}")
        if rest:
            options.paths = [*options.paths, *rest]
        return options

    def error(self, message: str) -> NoReturn:
        self.print_usage(sys.stderr)
        self.exit(ERROR, f"{self.prog}: {message}\n")
