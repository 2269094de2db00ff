"""`completion`: a script by which a shell completes the commands, flags, rules and files of this one."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterable, Iterator, Mapping

from haanalyzer.cli.options import SHOWN, Commands
from haanalyzer.cli.outcome import CLEAN, write

SHELLS = ("bash", "zsh", "fish")

_DESCRIPTION = """\
Prints a script to be read by the shell:

  bash    haanalyzer completion bash > ~/.local/share/bash-completion/completions/haanalyzer
  zsh     haanalyzer completion zsh > "${fpath[1]}/_haanalyzer"
  fish    haanalyzer completion fish > ~/.config/fish/completions/haanalyzer.fish
"""


def add(commands: Commands) -> None:
    """Add the command and its arguments."""
    completion = commands.add_parser("completion", help="print a script that completes words in a shell")
    completion.description = _DESCRIPTION
    completion.formatter_class = argparse.RawDescriptionHelpFormatter
    completion.add_argument("shell", choices=SHELLS, metavar="SHELL", help=", ".join(SHELLS))
    completion.set_defaults(run=run_completion)


def run_completion(options: argparse.Namespace) -> int:
    """Print the script for a shell."""
    import shtab

    parser: argparse.ArgumentParser = options.parser
    for action in _actions(parser):
        metavar = action.metavar if isinstance(action.metavar, str) else ""
        if metavar in _WORDS:
            action.choices = sorted(_WORDS[metavar]())
        elif metavar in _FILES:
            action.complete = shtab.FILE  # type: ignore[attr-defined]  # shtab's way to be told
        elif metavar in _FOLDERS:
            action.complete = shtab.DIRECTORY  # type: ignore[attr-defined]
    write(shtab.complete(parser, options.shell))
    return CLEAN


def _actions(parser: argparse.ArgumentParser) -> Iterator[argparse.Action]:
    """The arguments of a command and of those below it."""
    for action in parser._actions:  # noqa: SLF001 - argparse has no other way to its arguments
        yield action
        if isinstance(action, argparse._SubParsersAction):  # noqa: SLF001
            for below in action.choices.values():
                yield from _actions(below)


def _rule_names() -> Iterable[str]:
    from haanalyzer.policy import rules

    return (name for rule in rules() for name in (rule.info.code, rule.info.slug))


def _profiles() -> Iterable[str]:
    from haanalyzer.policy import profile_names

    return profile_names()


def _formats() -> Iterable[str]:
    from haanalyzer.report import FORMATS

    return FORMATS


def _regions() -> Iterable[str]:
    from haanalyzer.catalog.regions import regions

    return regions()


_WORDS: Mapping[str, Callable[[], Iterable[str]]] = {
    "RULE[,RULE]": _rule_names,
    "CODE|SLUG": _rule_names,
    "PROFILE": _profiles,
    "FORMAT[:FILE]": _formats,
    "REGION": _regions,
    "{undecided,passed}": lambda: SHOWN,
}
"""By the names that the help gives to arguments: what these may be."""

_FILES = frozenset({"FILE", "PATH", "RULESET"})
_FOLDERS = frozenset({"DIR"})
