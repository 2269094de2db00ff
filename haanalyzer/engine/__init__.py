"""The one road from paths to a report; every door enters here."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from haanalyzer.engine.exchange import Exchanges
from haanalyzer.engine.named import NoSuchStackError
from haanalyzer.engine.reading import Given, admit_inputs, readings, stores_of
from haanalyzer.engine.targets import named_in, targets_of, unused_inputs
from haanalyzer.engine.workspace import Progress, Workspace
from haanalyzer.frontends.deployment import Deployment, Inputs
from haanalyzer.policy import Profile, Standards
from haanalyzer.results import Report
from haanalyzer.source.diagnostic import Diagnostic
from haanalyzer.source.discovery import discover
from haanalyzer.source.files import Files

if TYPE_CHECKING:
    from haanalyzer.policy.stacks import Stacks

__all__ = ["NoSuchStackError", "Progress", "Project", "Workspace", "analyze", "read_project"]


@dataclass(frozen=True, slots=True)
class Project:
    """Everything that was read: the deployments, and what is wrong with the rest."""

    deployments: tuple[Deployment, ...]
    diagnostics: tuple[Diagnostic, ...]
    files: Files


def read_project(paths: Sequence[str], files: Files, inputs: Inputs, stacks: Stacks | None = None) -> Project:
    """Find and read every template and root module at or below the paths, which are relative to the files' base."""
    admit_inputs(inputs, files)
    named = named_in(stacks, inputs, paths, files)
    found = discover(paths, files, named.paths)
    stores = cache(lambda: stores_of(found, files))
    deployed = targets_of(found, inputs, named, files)
    exchanges = Exchanges(files)
    given = Given(files, stores, lambda target: exchanges.neighbours_of(target, deployed.templates))
    chosen = deployed.chosen(stacks.chosen if stacks else None)
    read = list(readings(found, chosen, inputs, lambda reader, target: reader(target, given)))
    deployments = sorted((each.deployment for each in read if each.deployment), key=lambda one: (one.name, one.dialect))
    said = (diagnostic for each in read for diagnostic in each.diagnostics)
    diagnostics = {*found.diagnostics, *named.diagnostics, *unused_inputs(chosen, inputs, named), *said}
    return Project(tuple(deployments), tuple(sorted(diagnostics)), files)


def analyze(
    paths: Sequence[str],
    base: Path | Files,
    inputs: Inputs,
    held_to: Profile | Standards,
    *,
    today: date | None = None,
    progress: Progress | None = None,
    only: Collection[str] | None = None,
    stacks: Stacks | None = None,
) -> Report:
    """Read what is at the paths and hold it to a profile's rules, or to several profiles' by tag and stack.

    The paths are relative to ``base``, a folder, or the files of one with unsaved buffers. ``today`` is the
    day that suppressions end by, None for the day of the clock. ``progress`` is told how far it is.
    ``only`` are the roots and templates to analyze, of those that are found; None means all. ``stacks`` are what
    the configuration says is deployed of them.
    """
    return Workspace(base, inputs, paths, stacks).report(held_to, today=today, progress=progress, only=only)
