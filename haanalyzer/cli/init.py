"""`init`: write a configuration to start from, after a look at what is there."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from haanalyzer.cli.options import Commands
from haanalyzer.cli.outcome import CLEAN, UsageError, write

if TYPE_CHECKING:
    from haanalyzer.cli.first_look import FirstLook


def add(commands: Commands) -> None:
    """Add the command and its arguments."""
    init = commands.add_parser("init", help="write a configuration to start from")
    init.add_argument("folder", nargs="?", default=".", metavar="DIR", help="where (default: the current folder)")
    init.add_argument("--profile", metavar="PROFILE", help="the profile to write down (default: default)")
    init.set_defaults(run=run_init)


def run_init(options: argparse.Namespace) -> int:
    """Look at a folder and write its configuration; UsageError where there is one."""
    from haanalyzer.cli.first_look import first_look
    from haanalyzer.cli.starting_configuration import starting_configuration
    from haanalyzer.policy import ProfileError, load_profile

    folder = Path(options.folder)
    if not folder.is_dir():
        raise UsageError(f"{folder}: no such folder")
    path = _free_place(folder)
    try:
        profile = load_profile(options.profile or "default").name
    except ProfileError as error:
        raise UsageError(str(error)) from error
    look = first_look(folder)
    try:
        with path.open("x", encoding="utf-8") as file:
            file.write(starting_configuration(look, profile))
    except OSError as error:
        raise UsageError(f"cannot write {path}: {error.strerror}") from error
    write(f"{path} is written; {_words(look, profile)}")
    return CLEAN


def _free_place(folder: Path) -> Path:
    """Where the configuration of a folder goes. UsageError where it has one; one above it is mentioned."""
    from haanalyzer.policy import RulesetError, find_configuration
    from haanalyzer.policy.configuration import NAME

    try:
        found = find_configuration(folder.resolve())
    except RulesetError as error:
        raise UsageError(str(error)) from error
    if found and found.parent == folder.resolve():
        raise UsageError(f"{folder / found.name} is this folder's configuration; nothing is written")
    if found:
        print(f"haanalyzer: {found} counts for this folder no more", file=sys.stderr)
    return folder / NAME


def _words(look: FirstLook, profile: str) -> str:
    from haanalyzer.cli.starting_configuration import what_there_is
    from haanalyzer.report.words import counted

    unread = f"; {counted(look.unread, 'part')} not read: see haanalyzer check" if look.unread else ""
    return (
        f"the profile {profile} finds {counted(look.found[profile].total(), 'flaw')} in {what_there_is(look)}{unread}"
    )
