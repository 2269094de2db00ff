"""`check`: analyze, perhaps mend, and report."""

from __future__ import annotations

import argparse
import os
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from haanalyzer.cli.options import Commands, add_inputs, add_settings, base_of, below, inputs_of, settings_of
from haanalyzer.cli.outcome import CLEAN, ERROR, EXIT_CODES, FINDINGS, NOTHING, UsageError, write

if TYPE_CHECKING:
    from haanalyzer.results import Report

LEVELS = ("note", "warning", "error", "never")


def add(commands: Commands) -> None:
    """Add the command and its arguments."""
    check = commands.add_parser("check", help="analyze templates and root modules", epilog=EXIT_CODES)
    check.formatter_class = argparse.RawDescriptionHelpFormatter
    add_inputs(check)
    add_settings(check)
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


def run_check(options: argparse.Namespace) -> int:
    """Analyze what the options name, hold it to their standards, and write the reports; the exit code is returned."""
    from haanalyzer.engine import analyze

    if options.diff and not options.fix:
        raise UsageError("--diff shows what --fix would change: give both")
    outputs = [_output(text) for text in options.output or ["text"]]
    base = base_of(options.paths)
    held_to = settings_of(options, base).standards
    paths, inputs = below(base, options.paths), inputs_of(options, base)
    report = analyze(paths, base, inputs, held_to)
    if options.diff:
        return _print_differences(report, options)
    if options.fix and _fix(report, base):
        report = analyze(paths, base, inputs, held_to)
    for format_, path in outputs:
        write(_render(format_, report, options, to_file=path is not None), path)
    return _exit_code(report, options)


def _print_differences(report: Report, options: argparse.Namespace) -> int:
    from haanalyzer.fixing import differences, fixed

    lines = list(differences(report, fixed(report)))
    if lines:
        write("".join(lines))
    return _exit_code(report, options)


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


def _output(text: str) -> tuple[str, str | None]:
    from haanalyzer.report import FORMATS

    format_, colon, path = text.partition(":")
    if format_ not in FORMATS:
        raise UsageError(f"no output format is named {format_!r}; there are {', '.join(FORMATS)}")
    if colon and not path:
        raise UsageError(f"--output {text} names no file after the colon")
    return format_, path or None


def _render(format_: str, report: Report, options: argparse.Namespace, *, to_file: bool) -> str:
    from haanalyzer.report import FORMATS, RenderOptions
    from haanalyzer.report.revision import revision_of

    stream = None if to_file else sys.stdout
    color = {"always": True, "never": False}.get(options.color)
    if color is None:
        color = stream is not None and stream.isatty() and "NO_COLOR" not in os.environ
    return FORMATS[format_](
        report,
        RenderOptions(
            color=color,
            width=shutil.get_terminal_size().columns,
            verbose=options.verbose,
            encoding="utf-8" if stream is None else stream.encoding or "ascii",
            category=options.category,
            revision=revision_of(Path.cwd()) if format_.startswith("sarif") else None,
        ),
    )


def _exit_code(report: Report, options: argparse.Namespace) -> int:
    errors = [diagnostic for diagnostic in report.diagnostics if diagnostic.is_error]
    if any(diagnostic.code == "internal-error" for diagnostic in errors):
        return ERROR
    least = LEVELS.index(options.fail_on)
    if any(finding.severity.rank >= least for finding in report.findings()):
        return FINDINGS
    if not report.deployments:
        return NOTHING
    return ERROR if errors and not options.keep_going else CLEAN
