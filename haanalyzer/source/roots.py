"""Which Terraform modules are deployed in themselves, and which are parts of these."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import NamedTuple

from haanalyzer.source.configuration_files import TERRAGRUNT, is_configuration
from haanalyzer.source.document import Document
from haanalyzer.source.files import Files, join
from haanalyzer.source.references import keeps_own_state, local_folder, local_modules, unit_modules

EXAMPLES = frozenset({"example", "examples", "fixtures", "test", "testing", "tests"})
"""The folders that hold what shows or tests a module.

Source: Terraform's documentation, "Standard Module Structure" (``examples``) and "Tests" (``tests``); the others are
what repositories call the same.
"""

_STAGES = frozenset({"test", "testing"})
"""Those of them that are names of stages, too."""


class Modules(NamedTuple):
    """Module folders: ``roots``, what is ``called`` by these and is none itself, and which roots are ``examples``."""

    roots: tuple[str, ...]
    called: tuple[str, ...]
    examples: frozenset[str]


class _Facts(NamedTuple):
    """What the files of a folder say: the folders that are called, by real path, and whether it is deployed."""

    calls: set[str]
    has_state: bool
    has_values: bool


def divided(
    modules: Mapping[str, str], units: Mapping[str, str], given: Collection[str], named: Collection[str], files: Files
) -> Modules:
    """Divide module folders, by real path, into roots and what these call.

    ``given`` are the real paths of those that are roots because the user says so, ``named`` all paths that the
    user named. A root is an example where the way to it from what the user named leads through a folder of
    `EXAMPLES`, unless it keeps its state somewhere or stands beside other stages: ``environments/test``.
    The folders of Terragrunt's ``units``, by real path, are roots in the place of the modules that they deploy.
    """
    facts = {real: _facts(folder, modules, files) for real, folder in modules.items()}
    deployed = {real: _deployed_by(folder, modules, files) for real, folder in units.items()}
    calls = {real: each.calls - {real} for real, each in facts.items()}
    for real, its_modules in deployed.items():
        calls[real] = (calls.get(real, set()) | (its_modules or set())) - {real}
    roots = {*given, *(real for real, each in facts.items() if each.has_state or each.has_values)}
    roots |= {real for real, its_modules in deployed.items() if its_modules is not None or real in modules}
    modules = {**{real: units[real] for real in roots & units.keys()}, **modules}
    roots |= modules.keys() - set().union(*calls.values())
    reached = _reachable(roots, calls)
    for real in sorted(modules, key=modules.__getitem__):
        if real not in reached:
            roots.add(real)
            reached |= _reachable({real}, calls)
    return Modules(
        tuple(sorted(modules[real] for real in roots)),
        tuple(sorted(modules[real] for real in modules.keys() - roots)),
        _examples(
            {modules[real] for real in roots},
            {modules[real] for real in roots if real in given or (real in facts and facts[real].has_state)},
            named,
        ),
    )


def planned_examples(plans: Iterable[str], modules: Modules, named: Collection[str]) -> frozenset[str]:
    """The plans that lie in examples, or on the way of one, and were not named by the user."""
    folders = {plan: join(plan, "..") for plan in plans if plan not in named}
    found = modules.examples | _examples({*folders.values()} - {*modules.roots}, (), named)
    return frozenset(plan for plan, folder in folders.items() if folder in found)


def _examples(roots: Collection[str], deployed: Collection[str], named: Collection[str]) -> frozenset[str]:
    """The examples among roots. A root ``test`` beside one of another name is a stage as much as that one."""
    ways = {root: _way_to(root, named) for root in roots}
    stages = {tuple(way[:-1]) for root, way in ways.items() if way and EXAMPLES.isdisjoint(way) and len(way) > 1}
    return frozenset(
        root
        for root, way in ways.items()
        if root not in deployed
        and not EXAMPLES.isdisjoint(way)
        and not (way[-1] in _STAGES and EXAMPLES.isdisjoint(way[:-1]) and tuple(way[:-1]) in stages)
    )


def called_folders(document: Document) -> tuple[str, ...]:
    """The folders, relative to its own or absolute, that the module calls of a file name."""
    return tuple(filter(None, map(local_folder, local_modules(document.text))))


def deployed_folders(document: Document) -> tuple[str, ...] | None:
    """The folders, relative to its own, whose modules a Terragrunt configuration deploys; None for no unit's."""
    return unit_modules(document.text)


def has_state(document: Document) -> bool:
    """Whether a file says where the module's state is kept."""
    return keeps_own_state(document.text)


def _facts(folder: str, modules: Collection[str], files: Files) -> _Facts:
    names = files.names_in(folder)
    read = (files.read(join(folder, name)) for name in names if is_configuration(name))
    known = [document for document in read if isinstance(document, Document)]
    called = (path for document in known for path in document.once(called_folders))
    return _Facts(
        {files.real(join(folder, path)) for path in called} & set(modules),
        any(document.once(has_state) for document in known),
        any(name == "terraform.tfvars" or name.endswith(".auto.tfvars") for name in names),
    )


def _deployed_by(folder: str, modules: Collection[str], files: Files) -> set[str] | None:
    """The modules that the unit of a folder deploys, by real path; None where none is a unit's."""
    document = files.read(join(folder, TERRAGRUNT))
    named = document.once(deployed_folders) if isinstance(document, Document) else None
    return None if named is None else {files.real(join(folder, path)) for path in named} & set(modules)


def _way_to(folder: str, named: Iterable[str]) -> list[str]:
    """The folders on the way from what the user named, the nearest of them."""
    ways = [folder.removeprefix(f"{each}/") for each in named if folder.startswith(f"{each}/")]
    if folder in named:
        return []
    return min(ways, key=len, default=folder).split("/")


def _reachable(starts: Iterable[str], calls: Mapping[str, set[str]]) -> set[str]:
    reached: set[str] = set()
    pending = list(starts)
    while pending:
        current = pending.pop()
        if current not in reached:
            reached.add(current)
            pending += calls[current]
    return reached
