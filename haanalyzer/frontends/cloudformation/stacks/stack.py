"""A stack: one use of a template, with its parameters, conditions, resources and nested stacks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING

from haanalyzer.frontends.cloudformation.evaluation.attributes import ResourceAttributes
from haanalyzer.frontends.cloudformation.evaluation.bounds import Bounds
from haanalyzer.frontends.cloudformation.evaluation.conditions import decide
from haanalyzer.frontends.cloudformation.evaluation.foreach import Unrolled, entries_of
from haanalyzer.frontends.cloudformation.evaluation.intrinsics import evaluate
from haanalyzer.frontends.cloudformation.evaluation.scope import Decision, Scope
from haanalyzer.frontends.cloudformation.parameters.domains import ANYTHING, Domain
from haanalyzer.frontends.cloudformation.parameters.pseudo import SAME_IN_EVERY_STACK, pseudo_parameter
from haanalyzer.frontends.cloudformation.parameters.rules import under_rules
from haanalyzer.frontends.cloudformation.parameters.values import Given, is_secret, parameter_value
from haanalyzer.frontends.cloudformation.serverless.transform import transformed
from haanalyzer.frontends.cloudformation.stacks.call import Call
from haanalyzer.frontends.cloudformation.stacks.imports import Text
from haanalyzer.frontends.cloudformation.stacks.resource import STACK_TYPES, Resource, read_resource
from haanalyzer.frontends.cloudformation.stacks.sections import Sections
from haanalyzer.frontends.cloudformation.stacks.session import Session
from haanalyzer.frontends.deployment import OpaqueModule
from haanalyzer.frontends.tree.nodes import MapNode, Node
from haanalyzer.source.document import Document
from haanalyzer.source.span import Span
from haanalyzer.values import ItemOf, Known, Symbol, Term, Unknown, Value

if TYPE_CHECKING:
    from haanalyzer.frontends.cloudformation.stacks.nested import Child
    from haanalyzer.frontends.cloudformation.stacks.outputs import Output


class Stack:
    """Reads its template's sections when they are asked for, each thing once."""

    def __init__(
        self,
        root: MapNode,
        session: Session,
        region: Known | Unknown,
        passed: Mapping[str, Value],
        call: Call,
    ) -> None:
        self.root = root
        self.session = session
        self.region = region
        self.passed = passed
        self.call = call
        self._scope: Scope | None = None
        self._sections = Sections(root, session)
        self._parameters: dict[str, Value] = {}
        self._conditions: dict[str, Decision] = {}
        self._written_conditions: dict[str, Unrolled] | None = None
        self._deciding: set[str] = set()
        self._written_resources: dict[str, Unrolled] | None = None
        self._resources: dict[str, Resource] | None = None
        self._made_conditions: Mapping[str, Unrolled] = {}
        self._referable: Mapping[str, str] = {}
        self.unread: list[Unrolled] = []
        """Entries of ``Resources`` that only the deployment makes; filled when the resources are read."""
        self._attributes: dict[str, ResourceAttributes] = {}
        self._children: dict[str, Stack | OpaqueModule] = {}
        self._outputs: dict[str, Value] = {}

    evaluate = staticmethod(evaluate)

    @property
    def bounds(self) -> Bounds:
        return self.session.bounds

    @property
    def document(self) -> Document:
        return self.root.document

    @property
    def prefix(self) -> str:
        """What stands before a logical id in an address."""
        return self.call.prefix

    @property
    def chain(self) -> tuple[str, ...]:
        return self.call.chain

    @property
    def is_root(self) -> bool:
        return not self.call.places

    @cached_property
    def _given(self) -> Given:
        session = self.session
        return Given(self.passed, self.prefix, self.is_root, session.hides_secrets, session.domains, session.report)

    @property
    def scope(self) -> Scope:
        """That of the whole template, in which its rules are kept."""
        if self._scope is None:
            self._scope = Scope(self, self.call.facts)  # which is that of the rules themselves
            self._scope = under_rules(self.section("Rules"), self._scope, self._given)
        return self._scope

    def pseudo_parameter(self, name: str, place: Span) -> Value:
        """What ``Ref`` gives for a pseudo parameter."""
        return self.call.named.get(name) or pseudo_parameter(name, self.region, self.prefix, place)

    def imported(self, name: Text, place: Span) -> Value:
        """What another stack exports by a name."""
        return (self.call.imports or self.session.imports).value_of(name, place)

    def with_nested(self) -> Iterator[Stack]:
        """The stack itself and those nested in it that are on disk."""
        yield self
        for logical_id, resource in self.resources.items():
            child = self.child(logical_id) if resource.existence is not None else None
            if isinstance(child, Stack):
                yield from child.with_nested()

    def section(self, name: str) -> MapNode | None:
        """A section of the template, such as ``Mappings``; None when it is missing, empty or no map."""
        return self._sections.named(name)

    def snippet(self, call: Node) -> MapNode | None:
        """What a call of ``Fn::Transform`` includes; None where only the deployment knows."""
        return self._sections.snippet(call)

    def parameter(self, name: str) -> Value | None:
        """The value of a parameter; None when there is no such parameter."""
        if name not in self._parameters:
            value = self._parameter(name, self._given)
            if value is None:
                return None
            self._parameters[name] = value
        return self._parameters[name]

    def _parameter(self, name: str, given: Given) -> Value | None:
        section = self.section("Parameters")
        declaration = section.get(name) if section else None
        if section is None or declaration is None:
            return None
        return parameter_value(name, declaration, given, section.key_span(name) or declaration.place)

    @cached_property
    def secrets(self) -> Mapping[str, Value]:
        """What stands for parameters with ``NoEcho`` that something is given for."""
        section = self.section("Parameters")
        names = [name for name, entry in section.entries.items() if is_secret(entry.value)] if section else []
        given = [name for name in names if not isinstance(self.parameter(name), Unknown)]
        hiding = replace(self._given, hides_secrets=True)
        return {name: value for name in given if (value := self._parameter(name, hiding)) is not None}

    def domain(self, term: Term) -> Domain:
        """What a term may be that stands for a parameter, or an element of one."""
        return self.session.domains.get(term.container if isinstance(term, ItemOf) else term, ANYTHING)

    @property
    def _condition_entries(self) -> dict[str, Unrolled]:
        if self._written_conditions is None:
            self._written_conditions = {}  # a loop over what rests on conditions sees none
            section = self.section("Conditions")
            entries = entries_of(section, self.scope) if section else ()
            self._written_conditions.update((entry.name, entry) for entry in entries)
        return self._written_conditions

    def condition(self, name: str, place: Span) -> Decision:
        """Whether a named condition holds."""
        if name in self._conditions:
            return self._conditions[name]
        found = self._condition_entries.get(name) or self._made_conditions.get(name)
        if found is None or found.scope is None:
            return Unknown(term=Symbol(f"condition {self.prefix}{name}"), reason="no such condition", place=place)
        if name in self._deciding:
            self.session.report(found.entry.value.place, "cyclic-condition", f"expected no cycle, {name} needs itself")
            return Unknown(term=Symbol(f"condition {self.prefix}{name}"), reason="refers to itself", place=place)
        self._deciding.add(name)
        decision = decide(found.entry.value, found.scope)
        self._deciding.discard(name)
        self._conditions[name] = decision
        return decision

    def check(self) -> None:
        """Look at what is otherwise read only when asked for, so that what is wrong with it is said."""
        for name in ("Parameters", "Mappings", "Conditions", "Outputs"):
            self.section(name)
        declared = self.section("Parameters")
        for name in declared.entries if declared else ():
            self.parameter(name)
        for name, entry in self._condition_entries.items():
            self.condition(name, entry.entry.value.place)

    @property
    def _resource_entries(self) -> Mapping[str, Unrolled]:
        if self._written_resources is None:
            self._written_resources = {}  # a loop over what refers to resources sees none
            section = self.section("Resources")
            made = transformed(entries_of(section, self.scope) if section else (), self.root, self.session.report)
            self._made_conditions, self._referable = made.conditions, made.referable
            for entry in made.entries:
                if entry.scope is None:
                    self.unread.append(entry)
                else:
                    self._written_resources[entry.name] = entry
        return self._written_resources

    @property
    def resources(self) -> Mapping[str, Resource]:
        """The resources by logical id, loops unrolled; the certainly missing ones too."""
        if self._resources is None:
            self._resources = {}  # a condition that looks into resources sees none
            for name, entry in self._resource_entries.items():
                assert entry.scope is not None
                if resource := read_resource(entry, entry.scope, self.call.existence, self.session):
                    self._resources[name] = resource
        return self._resources

    def declares(self, logical_id: str) -> bool:
        return logical_id in self._resource_entries

    def derived(self, name: str) -> str:
        return self._referable.get(name, name) if self._resource_entries else name

    def attributes(self, logical_id: str) -> ResourceAttributes | None:
        """A resource's attributes; None when it is not declared."""
        if logical_id not in self._attributes:
            resource = self.resources.get(logical_id)
            if resource is None:
                return None
            attributes = ResourceAttributes(resource.body, resource.properties, resource.scope)
            self._attributes[logical_id] = attributes
        return self._attributes[logical_id]

    def child(self, logical_id: str) -> Stack | OpaqueModule | None:
        """The stack that a resource nests, or why it cannot be read; None for other resources."""
        resource = self.resources.get(logical_id)
        if resource is None or resource.type not in STACK_TYPES:
            return None
        if logical_id not in self._children:
            from haanalyzer.frontends.cloudformation.stacks.nested import open_child  # most templates nest none

            child = open_child(self, resource)
            self._children[logical_id] = child if isinstance(child, OpaqueModule) else self._nest(child, resource)
        return self._children[logical_id]

    def output_of(self, logical_id: str, name: str, place: Span) -> Value | None:
        """An output of a nested stack; None for other resources."""
        child = self.child(logical_id)
        if isinstance(child, Stack):
            return child.output(name, place)
        if child is None:
            return None
        symbol = Symbol(f"{self.prefix}{logical_id}.Outputs.{name}")
        return Unknown(term=symbol, reason=child.reason, place=place)

    @cached_property
    def outputs(self) -> Mapping[str, Output]:
        """The outputs by name."""
        from haanalyzer.frontends.cloudformation.stacks.outputs import outputs_in  # which only other stacks ask for

        section = self.section("Outputs")
        return {each.name: each for each in outputs_in(section, self.scope)} if section else {}

    def output(self, name: str, place: Span) -> Value:
        """The value of an output, as it is where it is put out."""
        if name not in self._outputs:
            unknown = Unknown(term=Symbol(f"{self.prefix}Outputs.{name}"), reason="no such output", place=place)
            found = self.outputs.get(name)
            self._outputs[name] = replace(unknown, reason="refers to itself")
            if found is None or found.value is None:
                self._outputs[name] = unknown
            elif found.certainly_missing:
                reason = "its condition does not hold"
                self._outputs[name] = replace(unknown, reason=reason, assuming=found.decision.assuming)
            else:
                self._outputs[name] = found.evaluate(found.value)
        return self._outputs[name]

    def _nest(self, child: Child, resource: Resource) -> Stack:
        """A child stack of this one, made by a resource."""
        call = Call(
            prefix=f"{self.prefix}{resource.logical_id}/",
            places=(*self.call.places, resource.place),
            chain=child.chain,
            existence=resource.existence or self.call.existence,
            facts=resource.scope.facts,
            named={name: value for name, value in self.call.named.items() if name in SAME_IN_EVERY_STACK},
            imports=self.call.imports,
        )
        return Stack(child.root, self.session, self.region, child.passed, call)
