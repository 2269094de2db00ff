"""`diff`: what a change brings and takes away."""

from __future__ import annotations

import argparse
from collections.abc import Collection, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

from haanalyzer.cli.options import Commands, add_inputs, add_settings, below, inputs_of, settings_of
from haanalyzer.cli.outcome import EXIT_CODES, UsageError
from haanalyzer.cli.progress import shown_progress
from haanalyzer.cli.reporting import add_reporting, exit_code, outputs_of, write_reports
from haanalyzer.cli.revisions import revisions_of

if TYPE_CHECKING:
    from haanalyzer.policy import Settings
    from haanalyzer.results import Report
    from haanalyzer.source.sides import Side
    from haanalyzer.source.text_change import TextChange

REVISIONS = """\
haanalyzer diff                  what is not committed yet
haanalyzer diff main             from main to the work tree
haanalyzer diff main..topic      from one commit to another
haanalyzer diff main...          since the work tree's branch left main
"""
_DESCRIPTION = f"""\
Analyzes a project before and after a change, and reports what the change brings and what it takes away.

{REVISIONS}"""


def add(commands: Commands) -> None:
    """Add the command and its arguments."""
    diff = commands.add_parser("diff", help="say what a change brings and takes away", epilog=EXIT_CODES)
    diff.description = _DESCRIPTION
    diff.formatter_class = argparse.RawDescriptionHelpFormatter
    diff.add_argument("revisions", nargs="?", metavar="BASE[..HEAD]", help="the commits to compare")
    add_inputs(diff)
    add_settings(diff)
    add_reporting(diff)
    diff.set_defaults(run=run_diff, paths=[])


def run_diff(options: argparse.Namespace) -> int:
    """Analyze both sides of the change that the options name, and report it; the exit code is returned."""
    from haanalyzer.source.repository import GitError

    outputs = outputs_of(options)
    try:
        report, settings, is_empty = _outcome(options)
    except GitError as error:
        raise UsageError(str(error)) from error
    write_reports(report, outputs, options, settings)
    return exit_code(report, options, settings, is_empty=is_empty)


def _outcome(options: argparse.Namespace) -> tuple[Report, Settings, bool]:
    """What the change does, the settings that both sides are held to, and whether neither has anything to analyze."""
    from haanalyzer.comparing import compare
    from haanalyzer.source.sides import side
    from haanalyzer.source.text_change import TextChange

    repository, before, after, base, paths = revisions_of([*filter(None, [options.revisions]), *options.paths])
    change = TextChange(repository, before, after, base)
    with ExitStack() as open_sides:
        old, new = (open_sides.enter_context(side(repository, commit, base)) for commit in (before, after))
        settings = _settings(options, new)
        for path in paths:
            if not any((each.base / path).exists() for each in (old, new)):
                raise UsageError(f"{path}: no such file or folder, before the change or after it")
        old_paths = [*paths, *(old_name for old_name, new_name in change.renamed.items() if new_name in paths)]
        then, now = _Analysis(old, old_paths, options, settings), _Analysis(new, paths, options, settings)
        only = None if _passes_any_of(options, base, change.paths) else then.concerned(change) | now.concerned(change)
        report = compare(then.report(only), now.report(only), change)
        return report, settings, then.is_empty and now.is_empty


def _passes_any_of(options: argparse.Namespace, base: Path, changed: Collection[str]) -> bool:
    """Whether the user passes a file that the change changes: it may be meant for anything."""
    passed = [each.text for each in options.variables if each.flag == "var-file"]
    return not set(changed).isdisjoint(below(base, [*passed, *filter(None, [options.parameters])]))


def _settings(options: argparse.Namespace, new: Side) -> Settings:
    """What both sides are held to: the settings of the side after the change."""
    try:
        return settings_of(options, new.base)
    except UsageError as error:
        raise UsageError(new.named(str(error))) from error


class _Analysis:
    """What is to be analyzed of one side: what is there at the paths, with the inputs as they are there."""

    def __init__(self, side: Side, paths: Sequence[str], options: argparse.Namespace, settings: Settings) -> None:
        from haanalyzer.source.discovery import discover

        self._paths = [path for path in paths if (side.base / path).exists()]
        self._files = side.files(settings.exclude)
        self._inputs = inputs_of(_with_inputs_of(side, options), side.base)
        self._standards = settings.standards
        self._found = discover(self._paths, self._files)

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to analyze."""
        return not (self._found.roots or self._found.templates)

    def concerned(self, change: TextChange) -> set[str]:
        """The roots and templates that the change may concern."""
        from haanalyzer.source.concerned import concerned

        return concerned(self._found, change.paths, self._files)

    def report(self, only: Collection[str] | None) -> Report:
        """What is found there, in these roots and templates or in all."""
        from haanalyzer.engine import analyze

        with shown_progress() as progress:
            return analyze(self._paths, self._files, self._inputs, self._standards, progress=progress, only=only)


def _with_inputs_of(side: Side, options: argparse.Namespace) -> argparse.Namespace:
    """The options with the files that are passed as they are on this side."""
    found = argparse.Namespace(**vars(options))
    if options.parameters:
        found.parameters = str(side.counterpart(Path(options.parameters)))
    found.variables = [
        passed._replace(text=str(side.counterpart(Path(passed.text)))) if passed.flag == "var-file" else passed
        for passed in options.variables
    ]
    return found
