"""What the options of a command mean: places to read, inputs, and the standards to hold them to."""

from __future__ import annotations

import argparse
import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from haanalyzer.cli.outcome import UsageError

if TYPE_CHECKING:
    from haanalyzer.frontends.deployment import Inputs, VariableFile, VariableText
    from haanalyzer.policy import Configuration, Standards
    from haanalyzer.rules.kit import Rule
    from haanalyzer.values import Scalar


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


def standards_of(options: argparse.Namespace, base: Path) -> Standards:
    """What the configuration and the flags hold resources to."""
    from haanalyzer.policy import ProfileError, standards

    configuration = _configuration(options.config, base)
    own = own_rules([*configuration.rulesets, *options.rulesets])
    try:
        return standards(configuration, profile=options.profile, tag=options.profile_by_tag, own=own)
    except ProfileError as error:
        raise UsageError(str(error)) from error


def _configuration(given: str | None, base: Path) -> Configuration:
    from haanalyzer.policy import Configuration, RulesetError, find_configuration, read_configuration

    path = find_configuration(base) if given is None else Path(given)
    if path is None:
        return Configuration()
    try:
        return read_configuration(path.resolve())
    except RulesetError as error:
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
