"""`baseline`: keep the findings that are there, and report only those that come."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from haanalyzer.cli.analysis import Analysis
from haanalyzer.cli.options import Commands, add_inputs, add_settings
from haanalyzer.cli.outcome import EXIT_CODES, UsageError, write
from haanalyzer.cli.reporting import add_reporting, exit_code, outputs_of, write_reports

if TYPE_CHECKING:
    from haanalyzer.results import Recorded, Report

_FILE_HELP = "the baseline (default: the configuration's, or haanalyzer-baseline.json, here or above)"


def add(commands: Commands) -> None:
    """Add the command and its arguments."""
    baseline = commands.add_parser("baseline", help="keep the findings that are there, and report only those that come")
    actions = baseline.add_subparsers(title="actions", metavar="ACTION", required=True)
    writing = actions.add_parser("write", help="write the findings that are there to the baseline")
    checking = actions.add_parser("check", help="report what the baseline has not, and what of it is gone")
    checking.add_argument("--prune", action="store_true", help="take what is gone out of the baseline")
    for action, run in ((writing, run_write), (checking, run_check)):
        action.epilog, action.formatter_class = EXIT_CODES, argparse.RawDescriptionHelpFormatter
        action.add_argument("--file", type=Path, metavar="FILE", help=_FILE_HELP)
        add_inputs(action)
        add_settings(action)
        add_reporting(action)
        action.set_defaults(run=run)


def run_write(options: argparse.Namespace) -> int:
    """Write the findings to the baseline, beside what it has of places not looked at; the exit code is returned."""
    from haanalyzer.baseline import against, beyond, record, renewed

    outputs = outputs_of(options) if options.output else []
    analysis = Analysis(options)
    file = _file(options, analysis)
    known = known_in(file, analysis) if file.exists() else ()
    report = analysis.report()
    found, compared = record(report), beyond(report, known, analysis.paths)
    for diagnostic in report.diagnostics:
        if diagnostic.is_error:
            print(f"haanalyzer: {diagnostic}", file=sys.stderr)
    if report.deployments:
        records = renewed(report, known, analysis.paths)
        _write(file, records, analysis)
        words = f"{len(found)} recorded, {len(compared.findings())} of them new; {len(compared.gone or ())} gone"
        kept = f"; {more} kept that were not looked at" if (more := len(records) - len(found)) else ""
        print(f"haanalyzer: {file}: {words}{kept}", file=sys.stderr)
    write_reports(compared, outputs, options, analysis.settings)
    return exit_code(against(report, found), options, analysis.settings)


def run_check(options: argparse.Namespace) -> int:
    """Report what the baseline has not, and what of it is gone; the exit code is returned."""
    from haanalyzer.baseline import without

    outputs = outputs_of(options)
    analysis = Analysis(options)
    file = _file(options, analysis)
    report = against_baseline(analysis.report(), file, analysis)
    if options.prune and report.gone:
        _write(file, without(known_in(file, analysis), report.gone), analysis)
        print(f"haanalyzer: {file}: {len(report.gone)} taken out", file=sys.stderr)
    write_reports(report, outputs, options, analysis.settings)
    return exit_code(report, options, analysis.settings)


def against_baseline(report: Report, file: Path, analysis: Analysis) -> Report:
    """What a report brings beyond a baseline. UsageError where the file is none."""
    from haanalyzer.baseline import beyond

    return analysis.about(beyond(report, known_in(file, analysis), analysis.paths))


def known_in(file: Path, analysis: Analysis) -> tuple[Recorded, ...]:
    """The findings that a baseline has. UsageError where the file is none."""
    from haanalyzer.baseline import BaselineError, read_baseline

    if not file.exists():
        raise UsageError(f"{file}: no such file or folder; `haanalyzer baseline write` makes a baseline")
    try:
        return read_baseline(file, analysis.base)
    except BaselineError as error:
        raise UsageError(str(error)) from error


def configured(analysis: Analysis) -> Path | None:
    """The baseline that the configuration names, as seen from the current folder."""
    named = analysis.settings.baseline
    return Path(os.path.relpath(named)) if named else None


def _file(options: argparse.Namespace, analysis: Analysis) -> Path:
    """The baseline that is named, by option or configuration, or the nearest one here or above in the repository."""
    from haanalyzer.baseline import FILE_NAME
    from haanalyzer.source.upwards import upwards

    named: Path | None = options.file or configured(analysis)
    there = (folder / FILE_NAME for folder in upwards(analysis.base) if (folder / FILE_NAME).is_file())
    return named or Path(os.path.relpath(next(there, analysis.base / FILE_NAME)))


def _write(file: Path, records: Iterable[Recorded], analysis: Analysis) -> None:
    from haanalyzer.baseline import baseline_text

    write(baseline_text(records, analysis.base, file.parent), str(file))
