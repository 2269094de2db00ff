"""`diff`: what a change brings and takes away."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from contextlib import ExitStack
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from haanalyzer.cli.options import Commands, add_inputs, add_settings, base_of, below, inputs_of, settings_of
from haanalyzer.cli.outcome import CLEAN, EXIT_CODES, NOTHING, UsageError
from haanalyzer.cli.reporting import add_reporting, exit_code, outputs_of, write_reports

if TYPE_CHECKING:
    from haanalyzer.comparing import TextChange
    from haanalyzer.policy import Settings
    from haanalyzer.results import Report
    from haanalyzer.source.repository import Repository
    from haanalyzer.source.sides import Side

_DESCRIPTION = """\
Analyzes a project before and after a change, and reports what the change brings and what it takes away.

  haanalyzer diff                  what is not committed yet
  haanalyzer diff main             from main to the work tree
  haanalyzer diff main..topic      from one commit to another
  haanalyzer diff main...          since the work tree's branch left main
"""


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
        before, after, settings = _reports(options)
    except GitError as error:
        raise UsageError(str(error)) from error
    write_reports(after, outputs, options, settings)
    code = exit_code(after, options, settings)
    return CLEAN if code == NOTHING and before.deployments else code


def _reports(options: argparse.Namespace) -> tuple[Report, Report, Settings]:
    """What there is before the change, and after it with what it brings; and the settings of both."""
    from haanalyzer.comparing import compare
    from haanalyzer.source.repository import Repository
    from haanalyzer.source.sides import side

    words = [*filter(None, [options.revisions]), *options.paths]
    existing = [word for word in words if Path(word).exists()]
    base = base_of(existing or ["."])
    repository = Repository(_folder(existing[0]) if existing else base)
    revisions = words.pop(0) if words and _names_commits(words[0], repository) else ""
    before, after = _commits(revisions, repository)
    change = _text_change(repository, before, after, base)
    with ExitStack() as open_sides:
        old, new = (open_sides.enter_context(side(repository, commit, base)) for commit in (before, after))
        settings = _settings(options, new)
        paths = below(base, words or ["."])
        for path in paths:
            if not any((each.base / path).exists() for each in (old, new)):
                raise UsageError(f"{path}: no such file or folder, before the change or after it")
        old_paths = [*paths, *(old_name for old_name, new_name in change.renamed.items() if new_name in paths)]
        report = _report(old, old_paths, options, settings)
        return report, compare(report, _report(new, paths, options, settings), change), settings


def _folder(path: str) -> Path:
    return Path(path) if Path(path).is_dir() else Path(path).parent


def _names_commits(word: str, repository: Repository) -> bool:
    """Whether the first word on the command line is no path."""
    if word in (".", "..") or word.startswith(("./", "../", "/")):
        return False
    if not Path(word).exists():
        return True
    if repository.has_commit(word):
        raise UsageError(f"{word} is a path and a commit: write ./{word} for the path, {word}.. for the commit")
    return False


def _commits(revisions: str, repository: Repository) -> tuple[str, str | None]:
    """The commits before and after; None stands for the work tree."""
    before, _, after = revisions.partition("..")
    if after.startswith("."):
        return repository.merge_base(before or "HEAD", after[1:] or "HEAD"), _commit(after[1:], repository)
    return repository.commit(before or "HEAD"), _commit(after, repository)


def _commit(name: str, repository: Repository) -> str | None:
    return repository.commit(name) if name else None


def _text_change(repository: Repository, before: str, after: str | None, base: Path) -> TextChange:
    """What git says of the change, files named as the reports do."""
    from haanalyzer.comparing import TextChange

    def name(path: str) -> str:
        return os.path.relpath(repository.top / path, base).replace(os.sep, "/")

    changes = {name(each.after): each for each in repository.changes(before, after) if each.after is not None}

    @cache
    def touched(path: str) -> Sequence[range]:
        change = changes.get(path)
        if change is None:
            return ()
        if change.before is None:
            return (range(1, sys.maxsize),)
        return repository.touched_lines(change, before, after)

    renamed = {name(each.before): path for path, each in changes.items() if each.before not in (None, each.after)}
    return TextChange(renamed, touched)


def _settings(options: argparse.Namespace, new: Side) -> Settings:
    """What both sides are held to: the settings of the side after the change."""
    try:
        return settings_of(options, new.base)
    except UsageError as error:
        raise UsageError(new.named(str(error))) from error


def _report(side: Side, paths: Sequence[str], options: argparse.Namespace, settings: Settings) -> Report:
    from haanalyzer.engine import analyze

    theirs = argparse.Namespace(**vars(options))
    if options.parameters:
        theirs.parameters = str(side.counterpart(Path(options.parameters)))
    theirs.variables = [
        passed._replace(text=str(side.counterpart(Path(passed.text)))) if passed.flag == "var-file" else passed
        for passed in options.variables
    ]
    there = [path for path in paths if (side.base / path).exists()]
    return analyze(there, side.files(settings.exclude), inputs_of(theirs, side.base), settings.standards)
