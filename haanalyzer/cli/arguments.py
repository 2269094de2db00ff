"""The commands and their options."""

from __future__ import annotations

import argparse
import sys
from functools import partial
from typing import NoReturn

from haanalyzer import __version__
from haanalyzer.cli.check import LEVELS, run_check
from haanalyzer.cli.commands import run_explain, run_graph, run_rules, run_test
from haanalyzer.cli.options import Passed
from haanalyzer.cli.outcome import ERROR

_DESCRIPTION = "Says what does not survive the loss of an instance, a zone or a region, before anything is deployed."
_EXIT_CODES = """\
exit codes:
  0  nothing found
  1  findings at or above --fail-on
  2  usage or internal error, or a file that could not be read (see --keep-going)
  3  nothing to analyze, or nothing that could be read
"""


def argument_parser() -> argparse.ArgumentParser:
    """All commands; the chosen one is `run` of the parsed options."""
    parser = _Parser(
        prog="haanalyzer",
        description=_DESCRIPTION,
        epilog=_EXIT_CODES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=f"haanalyzer {__version__}")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    for add in (_add_check, _add_graph, _add_explain, _add_rules, _add_test):
        add(commands)
    return parser


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        self.print_usage(sys.stderr)
        self.exit(ERROR, f"{self.prog}: {message}\n")


def _add_check(commands: argparse._SubParsersAction[_Parser]) -> None:
    check = commands.add_parser("check", help="analyze templates and root modules", epilog=_EXIT_CODES)
    check.formatter_class = argparse.RawDescriptionHelpFormatter
    _add_inputs(check)
    check.add_argument("--profile", metavar="NAME", help="which rules run (see `rules`; default: default)")
    check.add_argument(
        "--profile-by-tag",
        metavar="KEY",
        help="let this tag choose the profile of what bears it, such as Environment = prod",
    )
    check.add_argument(
        "--config", metavar="FILE", help="the configuration (default: haanalyzer.yaml, in the project or above)"
    )
    _add_rulesets(check)
    check.add_argument(
        "--output",
        action="append",
        default=[],
        metavar="FORMAT[:FILE]",
        help="text, json, sarif or sarif-github; may be given several times (default: text)",
    )
    check.add_argument("--fail-on", default="note", choices=LEVELS, help="the least level that gives exit code 1")
    check.add_argument(
        "--keep-going", action="store_true", help="let files that cannot be read not change the exit code"
    )
    check.add_argument("--category", metavar="NAME", help="the category of the SARIF logs")
    check.add_argument("--verbose", "-v", action="store_true", help="list what is undecided, too")
    check.add_argument("--color", default="auto", choices=("auto", "always", "never"), help="colour in text")
    check.add_argument("--fix", action="store_true", help="make the changes that mend findings, then say what is left")
    check.add_argument("--diff", action="store_true", help="with --fix: print the changes instead of making them")
    check.set_defaults(run=run_check)


def _add_graph(commands: argparse._SubParsersAction[_Parser]) -> None:
    graph = commands.add_parser("graph", help="print the resources and what connects them")
    _add_inputs(graph)
    graph.add_argument("--format", default="json", choices=("json", "mermaid", "dot"))
    graph.set_defaults(run=run_graph)


def _add_explain(commands: argparse._SubParsersAction[_Parser]) -> None:
    explain = commands.add_parser("explain", help="say what a rule means and how to mend what it finds")
    explain.add_argument("rule", metavar="CODE|SLUG")
    _add_rulesets(explain)
    explain.set_defaults(run=run_explain)


def _add_rules(commands: argparse._SubParsersAction[_Parser]) -> None:
    rules = commands.add_parser("rules", help="list the rules and profiles")
    rules.add_argument("--format", default="text", choices=("text", "json"))
    rules.add_argument("--like", metavar="CHECK", help="only those that ask what this check of another tool asks")
    _add_rulesets(rules)
    rules.set_defaults(run=run_rules)


def _add_test(commands: argparse._SubParsersAction[_Parser]) -> None:
    test = commands.add_parser("test", help="hold rules of your own to fixtures that announce what they find")
    test.add_argument("ruleset", metavar="RULESET", help="a file of rules")
    test.add_argument(
        "--fixtures", metavar="DIR", help="the folder with one folder a rule (default: fixtures, beside the ruleset)"
    )
    test.set_defaults(run=run_test)


def _add_inputs(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "paths", nargs="*", default=["."], metavar="PATH", help="templates, root modules, or folders of them"
    )
    parser.add_argument("--region", metavar="REGION", help="the region it is deployed to, such as eu-west-1")
    parser.add_argument("--parameters", metavar="FILE", help="CloudFormation parameters, in one of its own JSON shapes")
    terraform = parser.add_argument_group("Terraform variables, of which the later wins")
    for flag, metavar in (("var", "NAME=VALUE"), ("var-file", "FILE")):
        terraform.add_argument(
            f"-{flag}",
            f"--{flag}",
            dest="variables",
            action="append",
            default=[],
            metavar=metavar,
            type=partial(Passed, flag),
        )


def _add_rulesets(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--ruleset",
        dest="rulesets",
        action="append",
        default=[],
        metavar="FILE",
        help="a file of rules of your own, which run besides; may be given several times",
    )
