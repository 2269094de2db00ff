"""What is deployed: what a configuration names as stacks, each with its inputs, and whatever else was found, once."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from haanalyzer.engine.named import Named
from haanalyzer.frontends.deployment import Inputs, Target
from haanalyzer.source.diagnostic import Diagnostic
from haanalyzer.source.files import Files

if TYPE_CHECKING:
    from haanalyzer.policy.stacks import Stacks
    from haanalyzer.source.discovery import Discovery


class Deployed(NamedTuple):
    """What is deployed of what was found: templates and root modules, each as often as it is."""

    templates: tuple[Target, ...]
    roots: tuple[Target, ...]

    def chosen(self, names: Collection[str] | None) -> Deployed:
        """The same without what is no stack of these names; None means all."""
        if names is None:
            return self
        return Deployed(
            tuple(each for each in self.templates if each.inputs.stack in names),
            tuple(each for each in self.roots if each.inputs.stack in names),
        )


def named_in(stacks: Stacks | None, inputs: Inputs, paths: Sequence[str], files: Files) -> Named:
    """What a configuration deploys of what is at or below these paths; see `named_stacks`."""
    if stacks is None:
        return Named()
    from haanalyzer.engine.named_stacks import named_stacks

    return named_stacks(stacks, inputs, paths, files)


def targets_of(found: Discovery, inputs: Inputs, named: Named, files: Files) -> Deployed:
    """The templates and roots that were found, as often as stacks deploy them, or once where none does.

    What a cloud assembly says of its templates counts where the configuration says nothing.
    """
    by_real: dict[tuple[str, bool], list[Target]] = {}
    for each in named.targets:
        by_real.setdefault((files.real(each.target.path), each.is_root), []).append(each.target)

    assembled = _assembled(found, inputs) if found.stacks else {}

    def otherwise(path: str) -> Iterator[Target]:
        several = assembled.get(path, [inputs])
        yield from (Target(path, each, stack=each.stack if len(several) > 1 else None) for each in several)

    def targets(paths: Iterable[str], *, are_roots: bool) -> Iterator[Target]:
        for path in paths:
            deployed = by_real.get((files.real(path), are_roots)) if by_real else None
            if not deployed and path in named.unread:
                continue
            yield from (replace(each, path=path) for each in deployed) if deployed else otherwise(path)

    return Deployed(tuple(targets(found.templates, are_roots=False)), tuple(targets(found.roots, are_roots=True)))


def _assembled(found: Discovery, inputs: Inputs) -> dict[str, list[Inputs]]:
    """What the stacks of cloud assemblies are deployed with, by their templates."""
    from haanalyzer.frontends.cloudformation.assembly.deployment import inputs_of

    assembled: dict[str, list[Inputs]] = {}
    for stack in found.stacks:
        assembled.setdefault(stack.template, []).append(inputs_of(stack.artifact, inputs))
    return assembled


def unused_inputs(deployed: Deployed, inputs: Inputs, named: Named) -> Iterator[Diagnostic]:
    """What is said of what the user passes where all that could take it are stacks, which have inputs of their own."""
    if not named.targets:
        return
    for passed, takers, what in (
        (inputs.parameters, deployed.templates, "parameters are for templates"),
        (inputs.variables or inputs.workspace, deployed.roots, "variables and a workspace are for roots"),
    ):
        if passed and takers and all(each.stack is not None for each in takers):
            message = f"what is passed is not used: {what} that no stack names, and here is none; see stacks"
            yield Diagnostic(named.targets[0].place.first_line(), "unused-inputs", message)
