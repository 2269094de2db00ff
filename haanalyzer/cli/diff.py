"""`diff`: what a change brings and takes away."""

from __future__ import annotations

import argparse
import signal
import sys
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from haanalyzer.cli.options import Commands, add_inputs, add_settings, below, inputs_of, settings_of, stacks_of
from haanalyzer.cli.outcome import EXIT_CODES, UsageError
from haanalyzer.cli.progress import shown_progress
from haanalyzer.cli.reporting import add_reporting, exit_code, outputs_of, write_reports
from haanalyzer.cli.revisions import revisions_of

if TYPE_CHECKING:
    from haanalyzer.frontends.deployment import Inputs
    from haanalyzer.policy import Settings
    from haanalyzer.policy.stacks import Stacks
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
        with _unwound():
            report, settings, is_empty = _outcome(options)
    except GitError as error:
        raise UsageError(str(error)) from error
    write_reports(report, outputs, options, settings)
    return exit_code(report, options, settings, is_empty=is_empty)


@contextmanager
def _unwound() -> Iterator[None]:
    """Let the signals that would end the program at once first take it out of what it is in."""
    named = [getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name)]
    ending = [each for each in named if signal.getsignal(each) is signal.SIG_DFL]
    for each in ending:
        signal.signal(each, _stop)
    try:
        yield
    finally:
        for each in ending:
            signal.signal(each, signal.SIG_DFL)


def _stop(number: int, _frame: object) -> None:
    sys.exit(128 + number)  # as a shell has it of a program that a signal ended


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
        stacks = stacks_of(options, settings, new.base)
        before_change = stacks and _stacks_before(stacks, settings, old, change)
        now = _Analysis(new, paths, _inputs(new, options), settings, stacks)
        then = _Analysis(old, old_paths, _inputs_before(old, options, base, change), settings, before_change)
        stack_files = stacks.files if stacks else frozenset()
        is_whole = _passes_any_of(options, base, change.paths) or not stack_files.isdisjoint(change.paths)
        only = None if is_whole else then.concerned(change) | now.concerned(change)
        report = compare(then.report(only), now.report(only), change)
        return report, settings, then.is_empty and now.is_empty


def _passes_any_of(options: argparse.Namespace, base: Path, changed: Collection[str]) -> bool:
    """Whether the user passes a file that the change changes: it may be meant for anything."""
    passed = [options.parameters, *(each.text for each in options.variables if each.flag == "var-file")]
    return not set(changed).isdisjoint(below(base, [*filter(None, passed)]))


def _settings(options: argparse.Namespace, new: Side) -> Settings:
    """What both sides are held to: the settings of the side after the change."""
    try:
        return settings_of(options, new.base)
    except UsageError as error:
        raise UsageError(new.named(str(error))) from error


def _stacks_before(now: Stacks, settings: Settings, old: Side, change: TextChange) -> Stacks:
    """What was deployed before the change: what the configuration named then; what it names now, if that was none."""
    from haanalyzer.policy import RulesetError, read_configuration

    renamed = now.renamed(lambda path: change.former.get(path) or path)
    file = next((each.place.path for each in now.named), None)
    if file not in change.paths:
        return renamed
    try:
        configuration = read_configuration(old.base / (change.former.get(file) or file))
    except RulesetError:
        return renamed
    before = replace(settings, configuration=configuration).stacks(old.base)
    return replace(before, chosen=now.chosen, is_past=True) if before else renamed


class _Analysis:
    """What is to be analyzed of one side: what is there at the paths."""

    def __init__(
        self, side: Side, paths: Sequence[str], inputs: Inputs, settings: Settings, stacks: Stacks | None
    ) -> None:
        from haanalyzer.source.discovery import discover

        self._paths = [path for path in paths if (side.base / path).exists()]
        self._files = side.files(settings.exclude)
        self._inputs = inputs
        self._stacks = stacks
        self._standards = settings.standards
        self._found = discover(self._paths, self._files)

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to analyze."""
        return not (self._found.roots or self._found.templates or self._found.plans)

    def concerned(self, change: TextChange) -> set[str]:
        """The roots and templates that the change may concern."""
        from haanalyzer.source.concerned import concerned

        return concerned(self._found, change.paths, self._files)

    def report(self, only: Collection[str] | None) -> Report:
        """What is found there, in these roots and templates or in all."""
        from haanalyzer.engine import NoSuchStackError, analyze

        inputs, standards, stacks = self._inputs, self._standards, self._stacks
        try:
            with shown_progress() as progress:
                return analyze(self._paths, self._files, inputs, standards, progress=progress, only=only, stacks=stacks)
        except NoSuchStackError as error:
            raise UsageError(f"--stack: {error}") from error


def _inputs(side: Side, options: argparse.Namespace) -> Inputs:
    """What the user passes, with files as they are on this side. UsageError for what cannot be read there."""
    try:
        return inputs_of(_passing(options, lambda path: str(side.counterpart(Path(path)))), side.base)
    except UsageError as error:
        raise UsageError(side.named(str(error))) from error


def _inputs_before(old: Side, options: argparse.Namespace, base: Path, change: TextChange) -> Inputs:
    """What the user would have passed before the change: files as they were called, and none that was not there.

    Parameters that could not be read are told to the user, and not passed.
    """

    def former(path: str) -> str | None:
        (name,) = below(base, [path])
        old_name = change.former.get(name, name)
        return None if old_name is None else str(base / old_name)

    passed = _passing(options, former)
    try:
        return _inputs(old, passed)
    except UsageError as error:
        print(f"haanalyzer: {error}: before the change, for which it is not passed", file=sys.stderr)
        return _inputs(old, argparse.Namespace(**{**vars(passed), "parameters": None}))


def _passing(options: argparse.Namespace, called: Callable[[str], str | None]) -> argparse.Namespace:
    """The options with what this makes of the path of each file that is passed, and without those it makes None of."""
    found = argparse.Namespace(**vars(options))
    found.parameters = options.parameters and called(options.parameters)
    found.source = options.source and called(options.source)
    found.variables = []
    for passed in options.variables:
        text = called(passed.text) if passed.flag == "var-file" and passed.text else passed.text
        found.variables += [] if text is None else [passed._replace(text=text)]
    return found
