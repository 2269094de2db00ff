"""What the options of a command mean: places to read, inputs, and the settings to judge them by."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from haanalyzer.cli.outcome import UsageError
from haanalyzer.cli.own_rules import add_rulesets

if TYPE_CHECKING:
    from haanalyzer.frontends.cloudformation.parameters.stack_file import StackFile
    from haanalyzer.frontends.deployment import Inputs, ModulePaths, VariableFile, VariableText
    from haanalyzer.policy import Settings
    from haanalyzer.policy.stacks import Stacks


LEVELS = ("note", "warning", "error")
NEVER = "never"
SHOWN = ("undecided", "passed")

Commands: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"  # noqa: SLF001 - argparse has no other name for it
"""Where a command adds its parser."""


def add_inputs(parser: argparse.ArgumentParser) -> None:
    """The paths, and the flags that `inputs_of` reads."""
    parser.add_argument(
        "paths", nargs="*", default=["."], metavar="PATH", help="templates, root modules, or folders of them"
    )
    parser.add_argument(
        "--stack",
        dest="stacks",
        action="append",
        metavar="NAME",
        help="analyze only the stack of this name in haanalyzer.yaml; may be given several times",
    )
    parser.add_argument("--region", metavar="REGION", help="the region it is deployed to, such as eu-west-1")
    parser.add_argument("--parameters", metavar="FILE", help="CloudFormation parameters, in any format of AWS's")
    terraform = parser.add_argument_group("Terraform variables, of which the later wins")
    for flag, metavar in (("var", "NAME=VALUE"), ("var-file", "FILE")):
        terraform.add_argument(
            f"-{flag}",
            f"--{flag}",
            dest="variables",
            action="append",
            default=[],
            metavar=metavar,
            type=partial(Passed, flag),
        )
    parser.add_argument(
        "--workspace", metavar="NAME", help="Terraform's workspace (default: not known), such as default or live"
    )
    parser.add_argument(
        "--module-path",
        dest="module_paths",
        action="append",
        default=[],
        metavar="[NAME=]DIR",
        help="where a Terraform module is that is not installed, by its source or the path of its call, "
        "or a folder that holds such modules; may be given several times",
    )
    parser.add_argument(
        "--source",
        metavar="DIR",
        help="the root module that the plans in JSON were made of (default: the folder that each plan lies in)",
    )


def add_settings(parser: argparse.ArgumentParser) -> None:
    """The flags that `settings_of` reads; they take precedence over the configuration."""
    group = parser.add_argument_group("settings, which take precedence over those of haanalyzer.yaml")
    source = group.add_mutually_exclusive_group()
    source.add_argument(
        "--config",
        metavar="FILE",
        help="the configuration (default: haanalyzer.yaml, or [tool.haanalyzer] in pyproject.toml, here or above)",
    )
    source.add_argument("--no-config", action="store_true", help="read no configuration")
    group.add_argument("--profile", metavar="PROFILE", help="which rules run (see `rules`; default: default)")
    group.add_argument(
        "--profile-by-tag",
        metavar="KEY",
        help="let this tag choose the profile of what bears it, such as Environment = prod",
    )
    add_rulesets(group)
    _add_rule_names(group, "--select", "the rules that run, in place of the profile's: codes, slugs, HA1, 'single-*'")
    _add_rule_names(group, "--ignore", "rules that do not run, named likewise")
    group.add_argument("--min-level", choices=LEVELS, help="the least level that is reported and counted")
    group.add_argument(
        "--every-case", action="store_true", help="failures count in any case that conditions leave open"
    )
    group.add_argument(
        "--fail-on", choices=(*LEVELS, NEVER), help="the least level that gives exit code 1 (default: note)"
    )
    group.add_argument(
        "--show",
        action="extend",
        type=_shown,
        default=[],
        metavar="{undecided,passed}",
        help="list these, too; several with commas between",
    )
    group.add_argument(
        "--verbose", "-v", dest="show", action="append_const", const="undecided", help="the same as --show undecided"
    )
    group.add_argument(
        "--exclude",
        action="append",
        default=[],
        metavar="GLOB",
        help="files or folders to leave out, as .gitignore would name them; may be given several times",
    )


def _add_rule_names(group: argparse._ArgumentGroup, flag: str, meaning: str) -> None:
    meaning += "; several with commas between"
    group.add_argument(flag, action="extend", type=_listed, metavar="RULE[,RULE]", help=meaning)


def _listed(text: str) -> list[str]:
    words = [word.strip() for word in text.split(",") if word.strip()]
    if not words:
        raise argparse.ArgumentTypeError("expected names with commas between")
    return words


def _shown(text: str) -> list[str]:
    words = _listed(text)
    for word in words:
        if word not in SHOWN:
            raise argparse.ArgumentTypeError(f"expected {' or '.join(SHOWN)}, found {word!r}")
    return words


def base_of(paths: Sequence[str]) -> Path:
    """What findings name files relative to: the current folder, or what holds the paths when all lie elsewhere."""
    for path in paths:
        if not path or not _exists(path):
            raise UsageError(f"{path or repr(path)}: no such file or folder")
    here = Path.cwd().resolve()
    real = [Path(path).resolve() for path in paths]
    if any(path.is_relative_to(here) for path in real):
        return here
    return Path(os.path.commonpath([path if path.is_dir() else path.parent for path in real]))


def _exists(path: str) -> bool:
    try:
        return Path(path).exists()
    except OSError as error:
        raise UsageError(f"{path}: {error.strerror}") from error


def below(base: Path, paths: Sequence[str]) -> list[str]:
    """Paths as the user gives them, relative to the base, with forward slashes."""
    return [os.path.relpath(path, base).replace(os.sep, "/") for path in paths]


class Passed(NamedTuple):
    """A variable option: ``var`` or ``var-file``, and what was given for it."""

    flag: str
    text: str


def inputs_of(options: argparse.Namespace, base: Path) -> Inputs:
    """What the user passes: region, parameters, variables. UsageError for what cannot be read."""
    from haanalyzer.frontends.deployment import Inputs

    passed = None if options.parameters is None else _stack_file(options.parameters, base)
    return Inputs(
        region=options.region,
        parameters=passed.parameters if passed else {},
        parameter_files=tuple(below(base, [options.parameters])) if passed else (),
        tags=passed.tags if passed else {},
        variables=tuple(_variable(passed, base) for passed in options.variables),
        modules=_module_paths(options.module_paths, base),
        workspace=options.workspace,
        source=None if options.source is None else _folders([options.source], base)[0],
    )


def _folders(paths: Sequence[str], base: Path) -> list[str]:
    for path in paths:
        if not path or not Path(path).is_dir():
            raise UsageError(f"{path or '(empty)'}: no such folder")
    return below(base, paths)


def _module_paths(given: Sequence[str], base: Path) -> ModulePaths:
    from haanalyzer.frontends.deployment import ModulePaths

    pairs = [each.rpartition("=")[::2] for each in given]
    folders = _folders([folder for _, folder in pairs], base)
    named = {name.strip(): path for (name, _), path in zip(pairs, folders, strict=True) if name.strip()}
    searched = tuple(path for (name, _), path in zip(pairs, folders, strict=True) if not name.strip())
    return ModulePaths(named, searched)


def _variable(passed: Passed, base: Path) -> VariableFile | VariableText:
    from haanalyzer.frontends.deployment import VariableFile, VariableText

    if passed.flag == "var":
        name, equals, value = passed.text.partition("=")
        if not equals:
            raise UsageError(f"-var takes NAME=VALUE, not {passed.text!r}")
        return VariableText(name.strip(), value)
    if not Path(passed.text).is_file():
        raise UsageError(f"{passed.text}: no such file")
    (path,) = below(base, [passed.text])
    return VariableFile(path)


def _stack_file(path: str, base: Path) -> StackFile:
    from haanalyzer.frontends.cloudformation.parameters.files import read_stack_file
    from haanalyzer.source.diagnostic import Diagnostic
    from haanalyzer.source.files import Files

    files = Files(base)
    (named,) = below(base, [path or "."])
    files.admit(named)
    document = files.read(named)
    found = document if isinstance(document, Diagnostic) else read_stack_file(document)
    if isinstance(found, Diagnostic):
        raise UsageError(str(found))
    return found


def settings_of(options: argparse.Namespace, base: Path) -> Settings:
    """What the configuration and the flags say; what does not count is told to the user.

    UsageError with all that is wrong with them.
    """
    from haanalyzer.policy import Overrides, SettingsError, settings_for

    overrides = Overrides(
        profile=options.profile,
        tag=options.profile_by_tag,
        rulesets=options.rulesets,
        select=options.select,
        ignore=options.ignore or (),
        min_level=options.min_level,
        every_case=options.every_case,
        fail_on=options.fail_on,
        show=options.show,
        exclude=options.exclude,
    )
    try:
        settings = settings_for(
            base,
            overrides,
            config=None if options.config is None else Path(options.config),
            use_config=not options.no_config,
            within=[path if path.is_dir() else path.parent for path in map(Path.resolve, map(Path, options.paths))],
        )
    except SettingsError as error:
        raise UsageError(str(error)) from error
    for note in settings.notes:
        print(note, file=sys.stderr)
    return settings


def stacks_of(options: argparse.Namespace, settings: Settings, base: Path) -> Stacks | None:
    """The stacks that the configuration names, with those that the user chose; None where there are none."""
    stacks = settings.stacks(base)
    if options.stacks is None:
        return stacks
    from haanalyzer.policy.stacks import Stacks

    return replace(stacks or Stacks(), chosen=frozenset(options.stacks))
