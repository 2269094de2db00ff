"""What the options of a command mean: places to read, inputs, and the settings to judge them by."""

from __future__ import annotations

import argparse
import os
from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from haanalyzer.cli.outcome import UsageError

if TYPE_CHECKING:
    from haanalyzer.frontends.deployment import Inputs, VariableFile, VariableText
    from haanalyzer.policy import Settings
    from haanalyzer.rules.kit import Rule
    from haanalyzer.values import Scalar


Commands: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"  # noqa: SLF001 - argparse has no other name for it
"""Where a command adds its parser."""


def add_inputs(parser: argparse.ArgumentParser) -> None:
    """The paths, and the flags that `inputs_of` reads."""
    parser.add_argument(
        "paths", nargs="*", default=["."], metavar="PATH", help="templates, root modules, or folders of them"
    )
    parser.add_argument("--region", metavar="REGION", help="the region it is deployed to, such as eu-west-1")
    parser.add_argument("--parameters", metavar="FILE", help="CloudFormation parameters, in one of its own JSON shapes")
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


def add_settings(parser: argparse.ArgumentParser) -> None:
    """The flags that `settings_of` reads."""
    parser.add_argument("--profile", metavar="NAME", help="which rules run (see `rules`; default: default)")
    parser.add_argument(
        "--profile-by-tag",
        metavar="KEY",
        help="let this tag choose the profile of what bears it, such as Environment = prod",
    )
    parser.add_argument(
        "--config", metavar="FILE", help="the configuration (default: haanalyzer.yaml, in the project or above)"
    )
    add_rulesets(parser)


def add_rulesets(parser: argparse.ArgumentParser) -> None:
    """The flag that names the user's own rules."""
    parser.add_argument(
        "--ruleset",
        dest="rulesets",
        action="append",
        default=[],
        metavar="FILE",
        help="a file of rules of your own, which run besides; may be given several times",
    )


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

    return Inputs(
        region=options.region,
        parameters=_parameters(options.parameters) if options.parameters else {},
        variables=tuple(_variable(passed, base) for passed in options.variables),
    )


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


def _parameters(path: str) -> Mapping[str, Scalar | list[Scalar]]:
    from haanalyzer.frontends.cloudformation.parameters import read_parameters
    from haanalyzer.source.diagnostic import Diagnostic
    from haanalyzer.source.files import Files

    files = Files(Path.cwd())
    files.admit(path)
    document = files.read(path)
    found = document if isinstance(document, Diagnostic) else read_parameters(document)
    if isinstance(found, Diagnostic):
        raise UsageError(str(found))
    return found


def settings_of(options: argparse.Namespace, base: Path) -> Settings:
    """What the configuration and the flags say. UsageError with all that is wrong with them."""
    from haanalyzer.policy import SettingsError, settings_for

    try:
        return settings_for(
            base,
            config=Path(options.config) if options.config else None,
            profile=options.profile,
            tag=options.profile_by_tag,
            rulesets=options.rulesets,
        )
    except SettingsError as error:
        raise UsageError(str(error)) from error


def own_rules(paths: Sequence[str]) -> tuple[Rule, ...]:
    """The rules of the user's own files. UsageError with all that is wrong with them."""
    if not paths:
        return ()
    from haanalyzer.policy import RulesetError, own_rules

    try:
        return own_rules(paths, Path.cwd())
    except RulesetError as error:
        raise UsageError(str(error)) from error
