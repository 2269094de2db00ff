"""What `check` may change in the files: mend findings, or write that they are ignored."""

from __future__ import annotations

import argparse
import sys
from datetime import date
from typing import TYPE_CHECKING

from haanalyzer.cli.outcome import UsageError, write

if TYPE_CHECKING:
    from haanalyzer.cli.analysis import Analysis
    from haanalyzer.fixing import Fixed
    from haanalyzer.results import Report


def add_editing(parser: argparse.ArgumentParser) -> None:
    """The flags that the others of this module read."""
    parser.add_argument("--fix", action="store_true", help="make the changes that mend findings, then say what is left")
    parser.add_argument(
        "--add-ignores",
        metavar="REASON",
        help="write into the files that the findings are ignored, and why",
    )
    parser.add_argument(
        "--until", type=_day, metavar="DATE", help="with --add-ignores: the last day on which they are, as 2027-01-31"
    )
    parser.add_argument(
        "--diff", action="store_true", help="with --fix or --add-ignores: print the changes instead of making them"
    )


def _day(text: str) -> date:
    from haanalyzer.source.suppression import date_of

    found = date_of(text)
    if found is None:
        raise argparse.ArgumentTypeError(f"expected a date such as 2027-01-31, found {text!r}")
    if found < date.today():
        raise argparse.ArgumentTypeError(f"{text} is over")
    return found


def check_editing(options: argparse.Namespace) -> None:
    """UsageError for flags that say nothing together; ask before any work is done."""
    if options.diff and options.fix == (options.add_ignores is not None):
        raise UsageError("--diff shows what --fix or --add-ignores would change: give it and one of these")
    if options.diff and options.output:
        raise UsageError("--diff prints the changes in place of a report: leave out --output")
    if options.until and options.add_ignores is None:
        raise UsageError("--until says how long --add-ignores is for: give both")
    if options.add_ignores is not None:
        _check_reason(options.add_ignores.strip(), options.until)


def _check_reason(reason: str, until: date | None) -> None:
    from haanalyzer.source.suppression import suppression_words

    if not reason:
        raise UsageError("--add-ignores takes the reason, and it is empty")
    try:
        suppression_words(("HA101",), reason, until)
    except ValueError as error:
        raise UsageError(f"--add-ignores: {error}; see --until") from error


def print_differences(report: Report, options: argparse.Namespace, analysis: Analysis) -> None:
    """Print what would be changed."""
    from haanalyzer.fixing import differences, fixed

    changed = fixed(report) if options.fix else _ignored(report, options, analysis)
    lines = list(differences(report, changed))
    if lines:
        write("".join(lines))


def mend(report: Report, analysis: Analysis) -> bool:
    """Make what fixes there are; whether there were any. UsageError where a file cannot be written."""
    from haanalyzer.fixing import fixed

    changed = fixed(report)
    left = f"; {changed.left} more on another run" if changed.left else ""
    return _write("mended", changed, left, analysis)


def ignore(report: Report, options: argparse.Namespace, analysis: Analysis) -> bool:
    """Write that the findings are ignored; whether there were any. UsageError where a file cannot be written."""
    return _write("ignored", _ignored(report, options, analysis), "", analysis)


def _ignored(report: Report, options: argparse.Namespace, analysis: Analysis) -> Fixed:
    """The texts in which the findings are ignored; those that cannot be are said."""
    from haanalyzer.fixing import Fixed
    from haanalyzer.ignoring import ignored

    found = ignored(report, options.add_ignores, options.until, analysis.settings.files(analysis.base))
    for finding, why in found.refused:
        print(f"haanalyzer: {finding.rule.code} at {finding.place} is not ignored: {why}", file=sys.stderr)
    return Fixed(found.texts, found.edits, found.silenced, left=0)


def _write(verb: str, changed: Fixed, more: str, analysis: Analysis) -> bool:
    from haanalyzer import fixing
    from haanalyzer.report.words import counted

    try:
        fixing.write(changed, analysis.base)
    except OSError as error:
        raise UsageError(f"cannot write {error.filename}: {error.strerror}") from error
    done = f"{verb} {counted(changed.mended, 'finding')} in {counted(len(changed.texts), 'file')}"
    print(f"haanalyzer: {done}{more}", file=sys.stderr)
    return bool(changed.texts)
