"""Instances of modules: the names their expressions see, and what they declare."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial

from haanalyzer.frontends.deployment import CERTAIN, Existence, OpaqueModule
from haanalyzer.frontends.terraform.evaluation.attributes import ABOUT_CALL, BlockAttributes, value_of
from haanalyzer.frontends.terraform.evaluation.evaluations import EXHAUSTED
from haanalyzer.frontends.terraform.evaluation.registry import Registry
from haanalyzer.frontends.terraform.evaluation.scope import Scope
from haanalyzer.frontends.terraform.evaluation.symbolic import KNOWN_AFTER_APPLY, SENSITIVE
from haanalyzer.frontends.terraform.expansion import InstanceKey, repetition_of, within
from haanalyzer.frontends.terraform.functions.request import FunctionContext
from haanalyzer.frontends.terraform.modules.called import Entered, called_module
from haanalyzer.frontends.terraform.modules.location import Missing
from haanalyzer.frontends.terraform.modules.module import ModuleSyntax
from haanalyzer.frontends.terraform.parsing import syntax
from haanalyzer.frontends.terraform.providers import ProviderConfiguration, passed_providers
from haanalyzer.frontends.terraform.resources import Data, Resource
from haanalyzer.frontends.terraform.session import Session
from haanalyzer.frontends.terraform.states.remote_state import OUTPUTS, RemoteState
from haanalyzer.frontends.terraform.variables import Passed, is_sensitive, variable_value
from haanalyzer.source.diagnostic import Diagnostic
from haanalyzer.source.document import Document
from haanalyzer.source.span import Span, start_of
from haanalyzer.values import Known, Symbol, Unknown, Value, assumptions

_UNDECLARED = {
    "output": "the module has no such output",
    "var": "no such variable is declared in what was read: it may be generated",
}


class Unread:
    """An instance of a module that is not on disk: each output is an unknown of its own."""

    def __init__(self, opaque: OpaqueModule) -> None:
        self.opaque = opaque

    def attribute(self, name: str, place: Span) -> Value:
        term = Symbol(f"{self.opaque.address}.{name}")
        return Unknown(term=term, reason=self.opaque.reason, place=place, maybe_absent=True)


@dataclass(frozen=True, slots=True)
class Instances:
    """All instances of one block, with their keys; ``value`` is what a reference to the block is."""

    value: Value
    members: tuple[Resource | Module | Unread, ...]
    keys: tuple[InstanceKey, ...] = ()


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a module instance comes from; the root has no ``caller``."""

    address: str = ""
    existence: Existence = CERTAIN
    call: syntax.BlockSyntax | None = None
    caller: Module | None = None


class Module:
    """One instance of a module. Everything is evaluated when asked for, once."""

    def __init__(self, session: Session, declared: ModuleSyntax, passed: Passed, origin: Origin) -> None:
        self.session = session
        self.declared = declared
        self.origin = origin
        self.context = FunctionContext(
            session.files, session.folder, hides_secrets=session.hides_secrets, evaluations=session.evaluations
        )
        self._prefix = f"{origin.address}." if origin.address else ""
        self._passed = passed
        self._values: dict[tuple[str, str], Value] = {}
        self._instances: dict[str, Instances] = {}
        self._providers: dict[str, ProviderConfiguration] = {}

    @property
    def address(self) -> str:
        """The module's own address; empty for the root."""
        return self.origin.address

    @property
    def registry(self) -> Registry:
        return self.session.registry

    @property
    def calls(self) -> tuple[Span, ...]:
        """The headers of the module calls that lead here, outermost first."""
        spans = (module.origin.call.header_span for module in self.lineage() if module.origin.call)
        return tuple(dict.fromkeys(spans))

    def lineage(self) -> list[Module]:
        """The root, the modules below it, and this one."""
        found, module = [self], self
        while module.origin.caller is not None:
            module = module.origin.caller
            found.append(module)
        return found[::-1]

    def _way(self) -> list[Entered]:
        """How a call in this module is reached."""
        return [
            Entered(module.declared, module.origin.call.labels[0] if module.origin.call else None)
            for module in self.lineage()
        ]

    def scope(self, document: Document, names: Mapping[str, Value] | None = None) -> Scope:
        """Where an expression of this module stands."""
        return Scope(self, document, names=names or {})

    def reference(self, root: str, name: str, place: Span) -> Value:
        """``root.name`` as an expression of this module means it. Raises EvaluationError."""
        match root:
            case "var":
                return self._once(root, name, place, self._variable)
            case "local":
                return self._once(root, name, place, self._local)
            case "module" if name in self.declared.calls:
                return self.modules(name).value
            case "path":
                return self._path(name, place)
            case "terraform" if name == "workspace":
                return self._workspace(place)
            case "ephemeral" | "self" | "terraform":
                return Unknown(term=Symbol(f"{root}.{name}"), reason="decided when Terraform runs", place=place)
        if (root, name) in self.declared.resources:
            return self.resources(root, name).value
        return self._undeclared(f"{root}.{name}", place)

    def data(self, type_: str, name: str, place: Span) -> Value:
        """``data.type.name``."""
        if (type_, name) in self.declared.data:
            return self.data_sources(type_, name).value
        return self._undeclared(f"data.{type_}.{name}", place)

    def attribute(self, name: str, place: Span) -> Value:
        """An output."""
        return self._once("output", name, place, self._output)

    def resources(self, type_: str, name: str) -> Instances:
        """The instances of a resource block."""
        block = self.declared.resources[type_, name]
        address = f"{self._prefix}{type_}.{name}"
        return self._expanded(block, address, self._resource(Resource, block, address))

    def data_sources(self, type_: str, name: str) -> Instances:
        """The instances of a data block."""
        block = self.declared.data[type_, name]
        address = f"{self._prefix}data.{type_}.{name}"
        kind = partial(RemoteState, self.session.states) if type_ in OUTPUTS else Data
        return self._expanded(block, address, self._resource(kind, block, address))

    def modules(self, name: str) -> Instances:
        """The instances of a module call, read or unread."""
        block = self.declared.calls[name]
        address = f"{self._prefix}module.{name}"
        return self._expanded(block, address, lambda key: self._enter(block, f"{address}{key.suffix}", key))

    def walk(self) -> Iterator[tuple[Module, Resource | Unread]]:
        """Every resource and unread module of this module and those it calls, each with the module it is in."""
        for type_, name in self.declared.resources:
            for member in self.resources(type_, name).members:
                if isinstance(member, Resource):
                    yield self, member
        for name in self.declared.calls:
            for member in self.modules(name).members:
                if isinstance(member, Module):
                    yield from member.walk()
                elif isinstance(member, Unread):
                    yield self, member

    def provider(self, key: str) -> ProviderConfiguration:
        """The configuration that ``key`` (``aws``, ``aws.west``) means here: its own, one passed, or its caller's."""
        if key not in self._providers:
            self._providers[key] = self._find_provider(key)
        return self._providers[key]

    def _find_provider(self, key: str) -> ProviderConfiguration:
        block = self.declared.providers.get(key)
        caller, call = self.origin.caller, self.origin.call
        if block is None and caller is not None and call is not None:
            return caller.provider(passed_providers(call).get(key, key))
        place = block.header_span if block else self._first_place()
        return ProviderConfiguration(
            name=f"{self._prefix}provider.{key}",
            place=place,
            body=block.body if block else None,
            scope=self.scope(block.document if block else Document(place.path, "")),
            fallback=self.session.inputs.region if key.split(".")[0] == "aws" else None,
        )

    def _first_place(self) -> Span:
        return start_of(self.declared.files[0] if self.declared.files else self.declared.folder)

    def _once(self, kind: str, name: str, place: Span, compute: Callable[[str], Value | None]) -> Value:
        """A named value, computed once."""

        def computed() -> Value:
            found = self._hidden(kind, name) or compute(name)
            return self._undeclared(f"{kind}.{name}", place) if found is None else found

        def instead(reason: str) -> Value:
            return self.session.evaluations.unknown(Symbol(f"{self._prefix}{kind}.{name}"), reason, place)

        return self.session.evaluations.once(self._values, (kind, name), computed, instead)

    def _hidden(self, kind: str, name: str) -> Value | None:
        """What stands for a secret that is not to be shown."""
        table = {"var": self.declared.variables, "output": self.declared.outputs}.get(kind, {})
        if not self.session.hides_secrets or name not in table or not is_sensitive(table[name]):
            return None
        place = table[name].header_span.first_line()
        return Unknown(term=Symbol(f"{self._prefix}{kind}.{name}"), reason=SENSITIVE, place=place, maybe_absent=True)

    def _undeclared(self, name: str, place: Span) -> Value:
        term = Symbol(f"{self._prefix}{name}")
        reason = _UNDECLARED.get(name.split(".")[0], "not declared in what was read")
        return Unknown(term=term, reason=reason, place=place, maybe_absent=True)

    def _variable(self, name: str) -> Value | None:
        block = self.declared.variables.get(name)
        if block is None:
            return None
        is_root = self.origin.caller is None
        return variable_value(block, self._passed(block), self.scope(block.document), self._prefix, is_root=is_root)

    def _local(self, name: str) -> Value | None:
        attribute = self.declared.locals.get(name)
        return value_of(attribute, self.scope(attribute.document)) if attribute else None

    def _output(self, name: str) -> Value | None:
        block = self.declared.outputs.get(name)
        attribute = block.body.attributes.get("value") if block else None
        return value_of(attribute, self.scope(attribute.document)) if attribute else None

    def _path(self, name: str, place: Span) -> Value:
        match name:
            case "module" if self.declared.folder:
                return Known(data=self.session.relative(self.declared.folder), place=place)
            case "root":
                return Known(data=".", place=place)
        return Unknown(term=Symbol(f"path.{name}"), reason="decided when Terraform runs", place=place)

    def _workspace(self, place: Span) -> Value:
        match self.session.workspace:
            case str(name):
                return Known(data=name, place=place)
            case term:
                return Unknown(term=term, reason="no workspace was passed", place=place)

    def _resource(
        self, kind: Callable[..., Resource], block: syntax.BlockSyntax, address: str
    ) -> Callable[[InstanceKey], Resource]:
        def make(key: InstanceKey) -> Resource:
            existence = within(self.origin.existence, key.existence)
            scope = self.scope(block.document, key.names)
            return kind(block, f"{address}{key.suffix}", existence, scope, self.provider, self.session.overlay)

        return make

    def _expanded(
        self, block: syntax.BlockSyntax, address: str, make: Callable[[InstanceKey], Resource | Module | Unread]
    ) -> Instances:
        """The instances of a block, made once."""
        evaluations = self.session.evaluations

        def instead(reason: str) -> Instances:
            place = block.header_span.first_line()
            return Instances(evaluations.unknown(Symbol(address), f"its number {reason}", place), ())

        return evaluations.once(self._instances, address, lambda: self._expand(block, address, make), instead)

    def _expand(
        self, block: syntax.BlockSyntax, address: str, make: Callable[[InstanceKey], Resource | Module | Unread]
    ) -> Instances:
        place = block.header_span.first_line()

        def entity(suffix: str) -> Unknown:
            return Unknown(term=Symbol(f"{address}{suffix}"), reason=KNOWN_AFTER_APPLY, place=place)

        written = {
            kind: (value_of(found, self.scope(found.document)), found.span)
            for kind in ("count", "for_each")
            if (found := block.body.attributes.get(kind)) is not None
        }
        most = self.session.evaluations.limits.instances_of_a_block
        repetition = repetition_of(written, address, place, most, self.registry)
        overlay = self.session.overlay
        repetition = overlay.repetition(repetition, block, most) if overlay else repetition
        keys = [key for key in repetition.instances() if not overlay or overlay.has(address, key.suffix, block)]
        if repetition.value is not None or self.origin.caller is not None:
            self.session.take(len(keys))
        if not keys and repetition.value is not None:
            self.session.leave_out(self._types_in(block), assumptions(repetition.value))
        members = tuple(make(key) for key in keys)
        self.registry.entities.update(
            {f"{address}{key.suffix}": member for key, member in zip(keys, members, strict=True)}
        )
        return Instances(repetition.refer(entity), members, tuple(keys))

    def _types_in(self, block: syntax.BlockSyntax) -> set[str]:
        """The types of resources that a block makes: its own, or those of the module it calls."""
        if block.type == "resource":
            return {block.labels[0]}
        called = called_module(block, self.session, self._way()) if block.type == "module" else None
        return {type_ for type_, _ in called.resources} if isinstance(called, ModuleSyntax) else set()

    def _enter(self, block: syntax.BlockSyntax, address: str, key: InstanceKey) -> Module | Unread:
        """A module instance, or why its content cannot be read."""
        place = block.header_span.first_line()
        scope = self.scope(block.document, key.names)
        called = called_module(block, self.session, self._way())
        if not isinstance(called, Missing) and not self.session.enter():
            called = Missing(EXHAUSTED)
        if isinstance(called, Missing):
            message = (
                f"{'.'.join(('module', *block.labels))}: {called.reason}; what it declares is missing from the analysis"
            )
            if called.reason != EXHAUSTED:  # said once, of the whole root
                self.session.report([Diagnostic(place, "module-not-read", message, is_error=False)])
            return Unread(OpaqueModule(address, place, called.reason, BlockAttributes(block.body, scope, ABOUT_CALL)))

        def passed(variable: syntax.BlockSyntax) -> Value | None:
            attribute = block.body.attributes.get(variable.labels[0])
            return value_of(attribute, scope) if attribute else None

        origin = Origin(address, within(self.origin.existence, key.existence), block, self)
        return Module(self.session, called, passed, origin)
