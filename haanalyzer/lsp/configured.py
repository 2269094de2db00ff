"""What one folder is held to and analyzed with: its configuration, and over it what the client set."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from haanalyzer.baseline import BaselineError, read_baseline
from haanalyzer.frontends.cloudformation.parameters.files import read_stack_file
from haanalyzer.frontends.cloudformation.parameters.stack_file import StackFile
from haanalyzer.frontends.deployment import Inputs, VariableFile
from haanalyzer.lsp.settings import ClientSettings
from haanalyzer.policy import Overrides, RulesetError, Settings, SettingsError, settings_for
from haanalyzer.policy.stacks import Stacks
from haanalyzer.results import Recorded
from haanalyzer.source.diagnostic import Diagnostic
from haanalyzer.source.files import Files


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with a file of settings; ``path`` is None where no file is to blame."""

    path: Path | None
    diagnostic: Diagnostic | None
    message: str


@dataclass(frozen=True, slots=True)
class Configured:
    """The settings, inputs and baseline of an analysis. What has a problem is as if it were not given."""

    settings: Settings
    inputs: Inputs
    stacks: Stacks | None = None
    baseline: tuple[Recorded, ...] = ()
    problems: tuple[Problem, ...] = ()


def configured(base: Path, client: ClientSettings) -> Configured:
    """Read a folder's configuration and the files that the client's settings name; faults are told, not raised."""
    problems: list[Problem] = []
    passed = _stack_file(base, client.parameters, problems) if client.parameters else StackFile()
    inputs = Inputs(
        region=client.region,
        parameters=passed.parameters,
        parameter_files=(client.parameters,) if client.parameters and passed.parameters else (),
        tags=passed.tags,
        variables=tuple(VariableFile(path) for path in client.var_files if _is_there(base, path, problems)),
    )
    settings = _settings(base, client, problems)
    notes = [Problem(_found(note.place.path, base), note, note.message) for note in settings.notes]
    known = _baseline(settings.baseline, base, problems) if settings.baseline else ()
    return Configured(settings, inputs, settings.stacks(base), known, (*problems, *notes))


def _baseline(path: Path, base: Path, problems: list[Problem]) -> tuple[Recorded, ...]:
    try:
        return read_baseline(path, base)
    except BaselineError as error:
        problems.append(Problem(None, None, str(error)))
        return ()


def _settings(base: Path, client: ClientSettings, problems: list[Problem]) -> Settings:
    """The settings; without the client's profile, and then without any configuration, where they cannot be had."""
    config = base / client.config if client.config else None
    try:
        return settings_for(base, Overrides(profile=client.profile), config=config)
    except SettingsError as error:
        problems += _problems(error, config.parent if config else base)
    try:
        return settings_for(base, config=config)
    except SettingsError:
        return settings_for(base, use_config=False)


def _problems(error: SettingsError, folder: Path) -> list[Problem]:
    cause = error.__cause__
    if not isinstance(cause, RulesetError):
        return [Problem(None, None, str(error))]
    return [Problem(_found(each.place.path, folder), each, str(each)) for each in cause.problems]


def _found(path: str, folder: Path) -> Path | None:
    """The file that a problem names, relative to the folder of its configuration: this one or one above."""
    candidates = (above / path for above in (folder, *folder.parents, Path.cwd()))
    return next((each for each in candidates if each.is_file()), None)


def _is_there(base: Path, path: str, problems: list[Problem]) -> bool:
    if (base / path).is_file():
        return True
    problems.append(Problem(None, None, f"{path}: no such file of variables"))
    return False


def _stack_file(base: Path, path: str, problems: list[Problem]) -> StackFile:
    files = Files(base)
    files.admit(path)
    document = files.read(path)
    found = document if isinstance(document, Diagnostic) else read_stack_file(document)
    if isinstance(found, Diagnostic):
        problems.append(Problem(base / path, found, str(found)))
        return StackFile()
    return found
