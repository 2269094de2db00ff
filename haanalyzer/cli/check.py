"""`check`: analyze, perhaps mend or ignore, and report."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from haanalyzer.cli.analysis import Analysis
from haanalyzer.cli.baseline import against_baseline, configured
from haanalyzer.cli.editing import add_editing, check_editing, ignore, mend, print_differences
from haanalyzer.cli.only_changed import OnlyChanged
from haanalyzer.cli.options import Commands, add_inputs, add_settings
from haanalyzer.cli.outcome import CLEAN, EXIT_CODES, NOTHING
from haanalyzer.cli.reporting import add_reporting, exit_code, outputs_of, write_reports

if TYPE_CHECKING:
    from haanalyzer.results import Report


def add(commands: Commands) -> None:
    """Add the command and its arguments."""
    check = commands.add_parser("check", help="analyze templates and root modules", epilog=EXIT_CODES)
    check.formatter_class = argparse.RawDescriptionHelpFormatter
    add_inputs(check)
    add_settings(check)
    add_reporting(check)
    check.add_argument(
        "--only-changed",
        action="store_true",
        help="analyze the current folder, and report what concerns the files that are given as paths",
    )
    check.add_argument(
        "--baseline", type=Path, metavar="FILE", help="report only what this file has not (see `baseline`)"
    )
    add_editing(check)
    check.set_defaults(run=run_check)


def run_check(options: argparse.Namespace) -> int:
    """Analyze what the options name, hold it to their standards, and write the reports; the exit code is returned."""
    check_editing(options)
    outputs = outputs_of(options)
    analysis = (OnlyChanged if options.only_changed else Analysis)(options)
    report = _report(options, analysis)
    if options.diff:
        print_differences(report, options, analysis)
    else:
        if options.fix and mend(report, analysis):
            report = _report(options, analysis)
        if options.add_ignores is not None and ignore(report, options, analysis):
            report = _report(options, analysis)
        write_reports(report, outputs, options, analysis.settings)
    code = exit_code(report, options, analysis.settings)
    nothing_meant = options.only_changed and not any(each.is_error for each in report.diagnostics)
    return CLEAN if code == NOTHING and nothing_meant else code


def _report(options: argparse.Namespace, analysis: Analysis) -> Report:
    """What there is now, beyond the baseline if there is one."""
    report = analysis.report()
    file: Path | None = options.baseline or configured(analysis)
    return analysis.about(against_baseline(report, file, analysis) if file else report)
