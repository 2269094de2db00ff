"""The reports that a command writes, and what its exit code says of them."""

from __future__ import annotations

import argparse
import os
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from haanalyzer.cli.outcome import CLEAN, ERROR, FINDINGS, NOTHING, UsageError, write

if TYPE_CHECKING:
    from haanalyzer.results import Report

LEVELS = ("note", "warning", "error", "never")


class Output(NamedTuple):
    """A format, and the file that it goes to; standard output where that is None."""

    format: str
    path: str | None


def add_reporting(parser: argparse.ArgumentParser) -> None:
    """The flags that `outputs_of`, `write_reports` and `exit_code` read."""
    parser.add_argument(
        "--output",
        action="append",
        default=[],
        metavar="FORMAT[:FILE]",
        help="text, json, sarif, sarif-github, github, markdown, gitlab or junit; may be given several times "
        "(default: text)",
    )
    parser.add_argument("--fail-on", default="note", choices=LEVELS, help="the least level that gives exit code 1")
    parser.add_argument(
        "--keep-going", action="store_true", help="let files that cannot be read not change the exit code"
    )
    parser.add_argument("--category", metavar="NAME", help="the category of the SARIF logs")
    parser.add_argument("--verbose", "-v", action="store_true", help="list what is undecided, too")
    parser.add_argument("--color", default="auto", choices=("auto", "always", "never"), help="colour in text")


def outputs_of(options: argparse.Namespace) -> list[Output]:
    """What is to be written, where. UsageError for a format that there is not; ask before any work is done."""
    return [_output(text) for text in options.output or ["text"]]


def _output(text: str) -> Output:
    from haanalyzer.report import FORMATS

    format_, colon, path = text.partition(":")
    if format_ not in FORMATS:
        raise UsageError(f"no output format is named {format_!r}; there are {', '.join(FORMATS)}")
    if colon and not path:
        raise UsageError(f"--output {text} names no file after the colon")
    return Output(format_, path or None)


def write_reports(report: Report, outputs: list[Output], options: argparse.Namespace) -> None:
    """Render the report in each format, and write it. UsageError where that cannot be done."""
    for output in outputs:
        write(_render(report, output, options), output.path)


def _render(report: Report, output: Output, options: argparse.Namespace) -> str:
    from haanalyzer.report import FORMATS, RenderOptions
    from haanalyzer.report.revision import revision_of

    stream = sys.stdout if output.path is None else None
    color = {"always": True, "never": False}.get(options.color)
    if color is None:
        color = stream is not None and stream.isatty() and "NO_COLOR" not in os.environ
    return FORMATS[output.format](
        report,
        RenderOptions(
            color=color,
            width=shutil.get_terminal_size().columns,
            show=frozenset({"undecided"} if options.verbose else ()),
            encoding="utf-8" if stream is None else stream.encoding or "ascii",
            category=options.category,
            revision=revision_of(Path.cwd()) if output.format.startswith("sarif") else None,
        ),
    )


def exit_code(report: Report, options: argparse.Namespace) -> int:
    """0 to 3, the same for every format and command."""
    from haanalyzer.source.diagnostic import INTERNAL_ERROR

    errors = [diagnostic for diagnostic in report.diagnostics if diagnostic.is_error]
    if any(diagnostic.code == INTERNAL_ERROR for diagnostic in errors):
        return ERROR
    least = LEVELS.index(options.fail_on)
    if any(finding.severity.rank >= least for finding in report.findings()):
        return FINDINGS
    if not report.deployments:
        return NOTHING
    return ERROR if errors and not options.keep_going else CLEAN
