"""From the stacks that a configuration names to what is deployed with which inputs."""

from __future__ import annotations

import posixpath
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from haanalyzer.engine.named import Named, NamedTarget, NoSuchStackError
from haanalyzer.frontends.deployment import Inputs, ModulePaths, Target
from haanalyzer.policy.known_names import no_parameter_named
from haanalyzer.policy.stacks import NamedStack, Stacks
from haanalyzer.source.configuration_files import is_configuration, is_unit
from haanalyzer.source.diagnostic import Diagnostic
from haanalyzer.source.document import Document
from haanalyzer.source.files import Files, is_at_or_below, join
from haanalyzer.source.span import Span
from haanalyzer.values import Known, Value

if TYPE_CHECKING:
    from haanalyzer.frontends.cloudformation.parameters.stack_file import StackFile

_CODE = "invalid-stack"


class _WrongStackError(Exception):
    """Keeps a stack from being read; ``diagnostic`` says what and where."""

    def __init__(self, diagnostic: Diagnostic) -> None:
        super().__init__(str(diagnostic))
        self.diagnostic = diagnostic


def _wrong(place: Span, message: str) -> _WrongStackError:
    return _WrongStackError(Diagnostic(place.first_line(), _CODE, message))


def named_stacks(stacks: Stacks, inputs: Inputs, paths: Sequence[str], files: Files) -> Named:
    """What a configuration deploys of what is at or below these paths.

    ``inputs`` are what the user passes: of these, a stack takes the region that it does not say itself, and where
    modules are. NoSuchStackError where none has a name that was chosen.
    """
    reading = _Reading(stacks, inputs, files)
    found = [each for stack in stacks.named for each in reading.targets(stack, paths)]
    _check_chosen(stacks, found)
    targets = tuple(_told_apart(reading.once(found)))
    return Named(targets, tuple(reading.diagnostics), frozenset(reading.unread))


def _check_chosen(stacks: Stacks, found: Iterable[NamedTarget]) -> None:
    known = {each.target.inputs.stack for each in found}
    for name in (not stacks.is_past and stacks.chosen) or ():
        if name not in known:
            there = ", ".join(sorted(filter(None, known))) or "none"
            raise NoSuchStackError(f"no stack is named {name!r} in what is analyzed; there are {there}")


@dataclass(frozen=True, slots=True)
class _Passed:
    """The parameters and tags that a stack is given so far, and the files that they are read from."""

    parameters: dict[str, Value] = field(default_factory=dict)
    tags: dict[str, Value] = field(default_factory=dict)
    files: list[str] = field(default_factory=list)

    def take(self, path: str, found: StackFile) -> None:
        """Take what a file passes; it wins over what was passed before."""
        self.parameters.update(found.parameters)
        self.tags.update(found.tags)
        self.files.append(path)


@dataclass(slots=True)
class _Reading:
    """Reads what entries of a configuration name."""

    stacks: Stacks
    inputs: Inputs
    files: Files
    diagnostics: list[Diagnostic] = field(default_factory=list)
    unread: set[str] = field(default_factory=set)

    def targets(self, stack: NamedStack, paths: Sequence[str]) -> Iterator[NamedTarget]:
        """What an entry deploys of what is at or below these paths, once for each of its regions."""

        def is_in_run(path: str) -> bool:
            return any(is_at_or_below(path, each) for each in paths)

        is_described = stack.made in ("samconfig", "deployment_file")
        if not is_described and not is_in_run(stack.path):
            return
        try:
            target = self._described(stack) if is_described else self._direct(stack)
        except _WrongStackError as error:
            self.diagnostics.append(error.diagnostic)
            self.unread.add(stack.path)
            return
        if not is_in_run(target.path):
            return
        for region in stack.regions or (target.inputs.region or self.inputs.region,):
            each = replace(target, inputs=replace(target.inputs, region=region))
            yield NamedTarget(each, stack.place, stack.made == "root")

    def _direct(self, stack: NamedStack) -> Target:
        """What is deployed of a template or root that the configuration names itself."""
        if stack.made == "root":
            return self._root(stack)
        if not self.files.is_file(stack.path):
            raise _wrong(stack.place, f"expected a template, there is no file {stack.path}")
        passed = _Passed()
        for given in stack.parameters:
            if isinstance(given, Known):
                passed.take(str(given), self._stack_file(str(given), given.place))
            else:
                passed.parameters.update(given)
        passed.tags.update(stack.tags)
        return self._template(stack, stack.path, stack.name, passed)

    def _root(self, stack: NamedStack) -> Target:
        if not any(is_configuration(name) or is_unit(name) for name in self.files.file_names_in(stack.path)):
            raise _wrong(stack.place, f"expected a root module, there is no Terraform file in {stack.path}")
        inputs = Inputs(
            variables=stack.variables,
            modules=_modules(stack.module_paths, self.inputs.modules),
            workspace=stack.workspace,
            stack=stack.name,
            account=stack.account,
        )
        return Target(stack.path, inputs, stack.profile, stack.name)

    def _described(self, stack: NamedStack) -> Target:
        """What is deployed as a file of AWS's own says."""
        from haanalyzer.frontends.cloudformation.parameters.files import TEMPLATE_PATH

        found = self._stack_file(stack.path, stack.place, stack.environment)
        if not found.templates:
            raise _wrong(stack.place, f"expected a stack deployment file, {stack.path} has no {TEMPLATE_PATH}")
        if not (name := stack.name or found.name or _stem(stack)):
            raise _wrong(stack.place, f"expected name, too: {stack.path} has no stack_name")
        path = self._first(found.templates, stack)
        if path is None:
            named = found.templates[0]
            raise _wrong(named.place, f"expected a template, there is no file {named}")
        passed = _Passed()
        passed.take(stack.path, found)
        target = self._template(stack, path, name, passed)
        return replace(target, inputs=replace(target.inputs, region=found.region or None))

    def _first(self, written: Iterable[Known], stack: NamedStack) -> str | None:
        """The first template that there is: Git sync's paths begin at the repository's top, SAM's beside the file."""
        beside = posixpath.dirname(stack.path)
        top = self.stacks.top
        folders = (beside,) if stack.made == "samconfig" or top is None else (top, beside)
        here = self.files.real(".")
        for named in (join(folder, str(each)) for each in written for folder in folders):
            path = posixpath.relpath(join(here, named), here)
            if self.files.is_file(path) and (top is None or self._is_inside(path, top)):
                return path
        return None

    def _is_inside(self, path: str, top: str) -> bool:
        """Whether a file is really one of the repository."""
        return is_at_or_below(self.files.real(path), self.files.real(top))

    def _stack_file(self, path: str, named: Span, environment: str | None = None) -> StackFile:
        """What a file says of a stack."""
        from haanalyzer.frontends.cloudformation.parameters.files import read_stack_file

        document = self.files.read(path)
        if not isinstance(document, Document):
            raise _wrong(named, f"expected a file, {path}: {document.message}")
        found = read_stack_file(document, environment)
        if isinstance(found, Diagnostic):
            raise _WrongStackError(found)
        return found

    def _template(self, stack: NamedStack, path: str, name: str, passed: _Passed) -> Target:
        self.diagnostics += _undeclared(passed, path, stack, self.files)
        inputs = Inputs(
            parameters=passed.parameters,
            parameter_files=tuple(passed.files),
            tags=passed.tags,
            stack=name,
            account=stack.account,
        )
        return Target(path, inputs, stack.profile, name)

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
                wrong = _wrong(each.place, f"expected another name, account or region: {said}")
                self.diagnostics.append(wrong.diagnostic)


def _stem(stack: NamedStack) -> str:
    """What a stack deployment file is called, for it does not name its stack."""
    return posixpath.splitext(posixpath.basename(stack.path))[0] if stack.made == "deployment_file" else ""


def _undeclared(passed: _Passed, template: str, stack: NamedStack, files: Files) -> Iterator[Diagnostic]:
    """What is passed and the template does not declare: an error where that is all the configuration's.

    Files may be shared by several templates; `aws cloudformation deploy` and `sam deploy` leave out what one has not.
    """
    from haanalyzer.frontends.tree.loader import load
    from haanalyzer.frontends.tree.nodes import MapNode

    document = files.read(template)
    root = document.once(load)[0] if isinstance(document, Document) else None
    if not isinstance(root, MapNode):
        return
    section = root.get("Parameters")
    declared = list(section.entries) if isinstance(section, MapNode) else []
    for name, value in passed.parameters.items():
        if name not in declared:
            message = no_parameter_named(name, template, declared)
            is_error = value.place.path == stack.place.path
            yield Diagnostic(value.place.first_line(), "undeclared-parameter", message, is_error, hides=False)


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
        yield each._replace(target=target)
