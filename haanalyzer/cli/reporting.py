"""The reports that a command writes, and what its exit code says of them."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from haanalyzer.cli.outcome import CLEAN, ERROR, FINDINGS, NOTHING, UsageError, write
from haanalyzer.cli.screen import COLOR_CHOICES, columns_of, has_color

if TYPE_CHECKING:
    from haanalyzer.policy import Settings
    from haanalyzer.results import Report


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
    parser.add_argument(
        "--keep-going", action="store_true", help="let files that cannot be read not change the exit code"
    )
    parser.add_argument("--category", metavar="NAME", help="the category of the SARIF logs")
    parser.add_argument("--color", default="auto", choices=COLOR_CHOICES, help="colour in text")


def outputs_of(options: argparse.Namespace) -> list[Output]:
    """What is to be written, where. UsageError for what cannot be; ask before any work is done."""
    outputs = [_output(text) for text in options.output or ["text"]]
    paths = [os.path.normpath(output.path) for output in outputs if output.path]
    for path in paths:
        if paths.count(path) > 1:
            raise UsageError(f"--output names {path} twice: one report would overwrite the other")
    return outputs


def _output(text: str) -> Output:
    from haanalyzer.report import FORMATS

    format_, colon, path = text.partition(":")
    if format_ not in FORMATS:
        raise UsageError(f"no output format is named {format_!r}; there are {', '.join(FORMATS)}")
    if colon and not path:
        raise UsageError(f"--output {text} names no file after the colon")
    if path and not Path(path).parent.is_dir():
        raise UsageError(f"--output {text}: there is no folder {Path(path).parent}")
    return Output(format_, path or None)


def write_reports(report: Report, outputs: list[Output], options: argparse.Namespace, settings: Settings) -> None:
    """Render the report in each format, and write it. UsageError where that cannot be done."""
    for output in outputs:
        write(_render(report, output, options, settings), output.path)


def _render(report: Report, output: Output, options: argparse.Namespace, settings: Settings) -> str:
    from haanalyzer.report import FORMATS, RenderOptions
    from haanalyzer.report.revision import revision_of

    stream = sys.stdout if output.path is None else None
    return FORMATS[output.format](
        report,
        RenderOptions(
            color=has_color(stream, options.color),
            width=columns_of(stream, RenderOptions().width),
            show=settings.show,
            encoding="utf-8" if stream is None else stream.encoding or "ascii",
            category=options.category,
            revision=revision_of(Path.cwd()) if output.format.startswith("sarif") else None,
        ),
    )


def exit_code(report: Report, options: argparse.Namespace, settings: Settings, *, is_empty: bool | None = None) -> int:
    """0 to 3, the same for every format and command.

    ``is_empty`` is whether there was nothing to analyze, where the report cannot tell: None takes its word.
    """
    from haanalyzer.source.diagnostic import INTERNAL_ERROR

    errors = [diagnostic for diagnostic in report.diagnostics if diagnostic.is_error]
    if any(diagnostic.code == INTERNAL_ERROR for diagnostic in errors):
        return ERROR
    if any(settings.fails_on(finding.severity) for finding in report.findings()):
        return FINDINGS
    if not report.deployments if is_empty is None else is_empty:
        return NOTHING
    return ERROR if errors and not options.keep_going else CLEAN
