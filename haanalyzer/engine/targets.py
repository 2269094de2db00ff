"""What is deployed: what a configuration names as stacks, each with its inputs, and whatever else was found, once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from haanalyzer.frontends.cloudformation.assembly.deployment import inputs_of
from haanalyzer.frontends.deployment import Inputs, ModulePaths, Parameters, Target
from haanalyzer.policy.stacks import NamedStack, Stacks
from haanalyzer.source.configuration_files import is_configuration, is_unit
from haanalyzer.source.diagnostic import Diagnostic
from haanalyzer.source.files import Files, is_at_or_below
from haanalyzer.source.span import Span
from haanalyzer.values import Known, Scalar, Value

if TYPE_CHECKING:
    from haanalyzer.source.discovery import Discovery


class NoSuchStackError(ValueError):
    """No stack has a name that was chosen; the message says which there are."""


@dataclass(frozen=True, slots=True)
class NamedTarget:
    """What a configuration deploys as a stack, where it says so, and whether that is a root module."""

    target: Target
    place: Span
    is_root: bool


@dataclass(frozen=True, slots=True)
class Named:
    """The stacks of a configuration that are in a run, and what is wrong with them."""

    targets: tuple[NamedTarget, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()

    @property
    def paths(self) -> tuple[str, ...]:
        """The templates and the folders of root modules that are deployed so."""
        return tuple(dict.fromkeys(each.target.path for each in self.targets))


def named_stacks(stacks: Stacks, inputs: Inputs, paths: Sequence[str], files: Files) -> Named:
    """What a configuration deploys of what is at or below these paths.

    ``inputs`` are what the user passes: of these, a stack takes the region that it does not say itself, and where
    modules are. NoSuchStackError where none has a name that was chosen.
    """
    if not stacks.named:
        return Named()
    reading = _Reading(stacks, inputs, paths, files)
    found = [target for stack in stacks.named for target in reading.targets(stack)]
    _check_chosen(stacks, found)
    return Named(tuple(_told_apart(reading.once(found))), tuple(reading.diagnostics))


def _check_chosen(stacks: Stacks, found: Iterable[NamedTarget]) -> None:
    known = {each.target.inputs.stack for each in found}
    for name in stacks.chosen or ():
        if name not in known:
            there = ", ".join(sorted(filter(None, known))) or "none"
            raise NoSuchStackError(f"no stack is named {name!r} in what is analyzed; there are {there}")


@dataclass(slots=True)
class _Reading:
    """From what a configuration says of stacks to what is deployed with which inputs."""

    stacks: Stacks
    inputs: Inputs
    paths: Sequence[str]
    files: Files
    diagnostics: list[Diagnostic] = field(default_factory=list)

    def targets(self, stack: NamedStack) -> Iterator[NamedTarget]:
        """What an entry deploys, once for each of its regions."""
        read = self._template if stack.made == "template" else self._root
        if not any(is_at_or_below(stack.path, each) for each in self.paths):
            return
        inputs = read(stack)
        for region in stack.regions or (self.inputs.region,):
            if inputs is not None:
                target = Target(stack.path, replace(inputs, region=region), stack.profile, inputs.stack)
                yield NamedTarget(target, stack.place, stack.made == "root")

    def _template(self, stack: NamedStack) -> Inputs | None:
        if not self.files.is_file(stack.path):
            self._wrong(stack.place, f"expected a template, there is no file {stack.path}")
            return None
        parameters: dict[str, Value | Scalar | list[Scalar]] = {}
        for given in stack.parameters:
            parameters |= self._parameters(given) if isinstance(given, Known) else given
        return Inputs(
            parameters=parameters,
            parameter_files=tuple(str(each) for each in stack.parameters if isinstance(each, Known)),
            tags=stack.tags,
            stack=stack.name,
            account=stack.account,
        )

    def _parameters(self, file: Known) -> Parameters:
        """What a file passes; nothing, and why, where it cannot be read."""
        from haanalyzer.frontends.cloudformation.parameters.files import read_parameters

        document = self.files.read(str(file))
        found = document if isinstance(document, Diagnostic) else document.once(read_parameters)
        if not isinstance(found, Diagnostic):
            return found
        self.diagnostics.append(found if found.code != "no-such-file" else replace(found, place=file.place))
        return {}

    def _root(self, stack: NamedStack) -> Inputs | None:
        if not any(is_configuration(name) or is_unit(name) for name in self.files.file_names_in(stack.path)):
            self._wrong(stack.place, f"expected a root module, there is no Terraform file in {stack.path}")
            return None
        return Inputs(
            variables=stack.variables,
            modules=_modules(stack.module_paths, self.inputs.modules),
            workspace=stack.workspace,
            stack=stack.name,
            account=stack.account,
        )

    def once(self, found: Iterable[NamedTarget]) -> Iterator[NamedTarget]:
        """The same without a second stack of one name in one account and region, which cannot be."""
        first: dict[tuple[str | None, ...], NamedTarget] = {}
        for each in found:
            inputs = each.target.inputs
            key = (each.target.path if each.is_root else None, inputs.stack, inputs.account, inputs.region)
            if first.setdefault(key, each) is each:
                yield each
            else:
                where = ", ".join(filter(None, (inputs.account, inputs.region))) or "the same place"
                said = f"{inputs.stack} is deployed to {where} at {first[key].place}, too"
                self._wrong(each.place, f"expected another name, account or region: {said}")

    def _wrong(self, place: Span, message: str) -> None:
        self.diagnostics.append(Diagnostic(place, "invalid-stack", message))


def _modules(given: Iterable[str], passed: ModulePaths) -> ModulePaths:
    """Where modules are: as a stack says, and after that as the user does."""
    pairs = [each.rpartition("=")[::2] for each in given]
    named = {name.strip(): folder for name, folder in pairs if name.strip()}
    searched = tuple(folder for name, folder in pairs if not name.strip())
    return ModulePaths({**passed.named, **named}, (*searched, *passed.folders))


def _told_apart(found: Iterable[NamedTarget]) -> Iterator[NamedTarget]:
    """The same, with account and region in the names of those that share one."""
    found = list(found)
    shared = Counter((each.target.path, each.target.stack) for each in found)
    for each in found:
        target = each.target
        if shared[target.path, target.stack] > 1:
            words = (target.stack, target.inputs.account, target.inputs.region)
            target = replace(target, stack=", ".join(filter(None, words)))
        yield replace(each, target=target)


@dataclass(frozen=True, slots=True)
class Deployed:
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


def targets_of(found: Discovery, inputs: Inputs, named: Named, files: Files) -> Deployed:
    """The templates and roots that were found, as often as stacks deploy them, or once where none does.

    What a cloud assembly says of its templates counts where the configuration says nothing.
    """
    by_real: dict[tuple[str, bool], list[Target]] = {}
    for each in named.targets:
        by_real.setdefault((files.real(each.target.path), each.is_root), []).append(each.target)

    assembled: dict[str, list[Inputs]] = {}
    for stack in found.stacks:
        assembled.setdefault(stack.template, []).append(inputs_of(stack.artifact, inputs))

    def otherwise(path: str) -> Iterator[Target]:
        several = assembled.get(path, [inputs])
        yield from (Target(path, each, stack=each.stack if len(several) > 1 else None) for each in several)

    def targets(paths: Iterable[str], *, are_roots: bool) -> Iterator[Target]:
        for path in paths:
            deployed = by_real.get((files.real(path), are_roots)) if by_real else None
            yield from (replace(each, path=path) for each in deployed) if deployed else otherwise(path)

    return Deployed(tuple(targets(found.templates, are_roots=False)), tuple(targets(found.roots, are_roots=True)))
