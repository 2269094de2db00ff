"""`check`: analyze, perhaps mend, and report."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from haanalyzer.cli.options import Commands, add_inputs, add_settings, base_of, below, inputs_of, settings_of
from haanalyzer.cli.outcome import EXIT_CODES, UsageError, write
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
    check.add_argument("--fix", action="store_true", help="make the changes that mend findings, then say what is left")
    check.add_argument("--diff", action="store_true", help="with --fix: print the changes instead of making them")
    check.set_defaults(run=run_check)


def run_check(options: argparse.Namespace) -> int:
    """Analyze what the options name, hold it to their standards, and write the reports; the exit code is returned."""
    from haanalyzer.cli.progress import shown_progress
    from haanalyzer.engine import analyze

    if options.diff and not options.fix:
        raise UsageError("--diff shows what --fix would change: give both")
    outputs = outputs_of(options)
    base = base_of(options.paths)
    settings = settings_of(options, base)
    paths, inputs = below(base, options.paths), inputs_of(options, base)

    def analyzed() -> Report:
        with shown_progress() as progress:
            return analyze(paths, settings.files(base), inputs, settings.standards, progress=progress)

    report = analyzed()
    if options.diff:
        _print_differences(report)
        return exit_code(report, options, settings)
    if options.fix and _fix(report, base):
        report = analyzed()
    write_reports(report, outputs, options, settings)
    return exit_code(report, options, settings)


def _print_differences(report: Report) -> None:
    from haanalyzer.fixing import differences, fixed

    lines = list(differences(report, fixed(report)))
    if lines:
        write("".join(lines))


def _fix(report: Report, base: Path) -> bool:
    """Make what fixes there are; whether there were any."""
    from haanalyzer import fixing
    from haanalyzer.report.words import counted

    changed = fixing.fixed(report)
    try:
        fixing.write(changed, base)
    except OSError as error:
        raise UsageError(f"cannot write {error.filename}: {error.strerror}") from error
    made = f"{counted(changed.mended, 'finding')} in {counted(len(changed.texts), 'file')}"
    left = f"; {changed.left} more on another run" if changed.left else ""
    print(f"haanalyzer: mended {made}{left}", file=sys.stderr)
    return bool(changed.texts)
