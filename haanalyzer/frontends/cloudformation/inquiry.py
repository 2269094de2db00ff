"""What stands at a place of a template, in every stack that is made of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise

from haanalyzer.frontends.cloudformation.evaluation.conditions import decide
from haanalyzer.frontends.cloudformation.evaluation.foreach import entries_of
from haanalyzer.frontends.cloudformation.evaluation.functions.references import refer
from haanalyzer.frontends.cloudformation.evaluation.scope import Scope
from haanalyzer.frontends.cloudformation.evaluation.symbolic import AND, EQUALS, NOT, OR, MalformedError, choose
from haanalyzer.frontends.cloudformation.exchange.neighbourhood import Neighbourhood
from haanalyzer.frontends.cloudformation.stacks.stack import Stack
from haanalyzer.frontends.deployment import Attributes, Named, OpaqueModule
from haanalyzer.frontends.tree.nodes import FOR_EACH, ListNode, MapNode, Node, ScalarNode, name_of, plain
from haanalyzer.source.document import Document
from haanalyzer.source.edit import shortened
from haanalyzer.source.span import Span
from haanalyzer.values import Absent, AttributeOf, Symbol, Unknown, Value, assume

_VARIABLE = re.compile(r"\$\{\s*([^!{}\s][^{}]*?)\s*\}")
_ABOUT_CONDITIONS = frozenset({AND, EQUALS, NOT, OR})


class Inquiry:
    """Asks the stacks of a deployment what may be shown of them.

    Where anything is declared with ``NoEcho``, that is asked of a second tree, in which it is unknown.
    """

    def __init__(self, neighbourhood: Neighbourhood) -> None:
        self._neighbourhood = neighbourhood
        self._root = neighbourhood.stack

    def values_at(self, place: Span, document: Document) -> tuple[Named, ...]:
        """The value of the function, or of the parameter, condition or output, whose name is at a place.

        Nothing in a text that is not the one that was read. Never raises.
        """
        at = document.offset(place.line, place.column)
        bounds = self._shown_root.bounds
        unrolled = bounds.unrolled  # what is asked takes nothing from what loops may do
        try:
            return tuple(
                Named(text, address, value)
                for stack in map(self._shown, self._stacks.get(document.path, ()))
                if stack and stack.document.text == document.text
                for text, address, value in _Road.to(at, stack.root).named(stack)
            )
        except MalformedError:
            return ()
        finally:
            bounds.unrolled = unrolled

    def attributes(self, stack: Stack, logical_id: str) -> Attributes | None:
        """What may be shown of a resource of a stack; None where it is not there without what is secret."""
        shown = self._shown(stack)
        return shown.attributes(logical_id) if shown else None

    def _shown(self, stack: Stack) -> Stack | None:
        """The same stack in the tree without secrets."""
        if self._shown_root is self._root:
            return stack
        shown: Stack | OpaqueModule | None = self._shown_root
        for logical_id in stack.prefix.split("/")[:-1]:
            shown = shown.child(logical_id) if isinstance(shown, Stack) else None
        return shown if isinstance(shown, Stack) else None

    @cached_property
    def _shown_root(self) -> Stack:
        return self._neighbourhood.without_secrets().stack

    @cached_property
    def _stacks(self) -> dict[str, list[Stack]]:
        """The stacks by the paths of their templates."""
        found: dict[str, list[Stack]] = {}
        for stack in self._root.with_nested():
            found.setdefault(stack.document.path, []).append(stack)
        return found


@dataclass(frozen=True, slots=True)
class _Road:
    """The nodes from the root to an offset, and the keys or indices between them.

    Where it ends on a key, ``keys`` has one more than there are steps between the nodes.
    """

    at: int
    nodes: list[Node]
    keys: list[str]

    @staticmethod
    def to(at: int, root: MapNode) -> _Road:
        node: Node | None = root
        road = _Road(at, [], [])
        while node is not None:
            road.nodes.append(node)
            node = road._step(node)
        return road

    def _step(self, node: Node) -> Node | None:
        if isinstance(node, MapNode):
            for key, (start, end, value) in node.entries.items():
                if start <= self.at < max(end, value.end if value.start >= start else end):
                    self.keys.append(key)
                    return None if self.at < end else value
        elif isinstance(node, ListNode):
            for index, item in enumerate(node.items):
                if item.start <= self.at < item.end:
                    self.keys.append(str(index))
                    return item
        return None

    @property
    def on_key(self) -> bool:
        return len(self.keys) == len(self.nodes)

    def named(self, stack: Stack) -> Iterator[tuple[str, str, Value]]:
        """The text, address and value of what the road leads to, in one stack."""
        here = stack.prefix.rstrip("/")
        match self.keys:
            case ["Parameters", name, *_]:
                value = stack.parameter(name)
                if value is not None:
                    yield name, here, _with_allowed_values(value, name, stack)
            case ["Outputs", name] | ["Outputs", name, "Value"] if self.on_key:
                for address, scope, entry in self._turns("Outputs", stack):
                    yield name, address, _of_output(stack.output(name, entry.place), entry, scope)
            case ["Conditions", name] if self.on_key:
                for address, scope, entry in self._turns("Conditions", stack):
                    yield name, address, decide(entry, scope)
            case _ if (condition := self._condition(stack)) is not None:
                yield condition, here, stack.condition(condition, self.nodes[-1].place)
            case _:
                yield from self._call(stack)

    def _condition(self, stack: Stack) -> str | None:
        """The name of a condition where it is used: of a resource, in ``Condition:`` or first in an ``Fn::If``."""
        name = None if self.on_key else name_of(self.nodes[-1])
        used = self.keys[-1:] == ["Condition"] or self.keys[-2:] == ["Fn::If", "0"]
        section = stack.section("Conditions")
        return name if name and used and section and name in section.entries else None

    def _call(self, stack: Stack) -> Iterator[tuple[str, str, Value]]:
        """The innermost function around the offset; inside of an ``Fn::Sub`` the variable."""
        depth, call = self._innermost_call()
        found = call.intrinsic() if call else None
        if call is None or found is None:
            return
        function, argument = found
        variable = self._variable(argument) if function == "Fn::Sub" else None
        for address, scope in self._scopes(stack, depth):
            if variable is not None:
                text, value = variable, _of_variable(variable, argument, scope, call.place)
            elif function in _ABOUT_CONDITIONS:
                text, value = shortened(call.text), decide(call, scope)
            else:
                name = name_of(argument) if function == "Ref" else None
                text, value = name or shortened(call.text), scope.evaluate(call)
            if not _restates(value, variable or _referred(function, argument), stack):
                yield text, address, _with_allowed_values(value, text, stack)

    def _innermost_call(self) -> tuple[int, MapNode | None]:
        """The function around the offset, and its index among the nodes."""
        for depth in range(len(self.nodes) - 1, -1, -1):
            node = self.nodes[depth]
            if isinstance(node, MapNode) and node.intrinsic():
                return depth, node
        return 0, None

    def _variable(self, argument: Node) -> str | None:
        """The variable of an ``Fn::Sub`` at the offset."""
        text = argument.items[0] if isinstance(argument, ListNode) and argument.items else argument
        if not isinstance(text, ScalarNode) or self.nodes[-1] is not text:
            return None
        written = text.document.text
        for match in _VARIABLE.finditer(written, text.start, text.end):
            if match.start() <= self.at < match.end():
                return match[1]
        return None

    def _scopes(self, stack: Stack, depth: int) -> Iterator[tuple[str, Scope]]:
        """The scopes that the node at a depth stands in: of the resource or entry, and of the branch of ``Fn::If``."""
        nodes, keys = self.nodes[: depth + 1], self.keys[:depth]
        section = keys[0] if keys else ""
        if section == "Resources":
            inside = {id(node) for node in nodes}
            turns: list[tuple[str, Scope, Node]] = [
                (_address(stack, name, each.scope), each.scope, each.body)
                for name, each in stack.resources.items()
                if id(each.body) in inside
            ]
        elif section in ("Conditions", "Outputs"):
            turns = list(self._turns(section, stack))
        else:
            turns = [(stack.prefix.rstrip("/"), stack.scope, stack.root)]
        for address, scope, body in turns:
            first = next((index for index, node in enumerate(nodes) if node is body), len(nodes))
            if not any(key.startswith(FOR_EACH) for key in keys[first:]):
                yield address, _in_branches(scope, nodes[first:], keys[first:])

    def _turns(self, section: str, stack: Stack) -> Iterator[tuple[str, Scope, Node]]:
        """The entry of a section that the road leads through, once for each turn of a loop around."""
        written = stack.section(section)
        inside = {id(node) for node in self.nodes}
        for name, entry, scope in entries_of(written, stack.scope) if written else ():
            on_key = self.on_key and self.keys == [section, name]
            if scope is not None and (on_key or id(entry.value) in inside):
                yield _address(stack, name, scope), scope, entry.value


def _of_variable(name: str, argument: Node, scope: Scope, place: Span) -> Value:
    """A variable of ``Fn::Sub``: one of its own map, or a name of the template."""
    given = argument.items[1] if isinstance(argument, ListNode) and len(argument.items) > 1 else None
    own = given.get(name) if isinstance(given, MapNode) else None
    return scope.evaluate(own) if own else refer(scope.substitute(name), scope, place)


def _referred(function: str, argument: Node) -> str | None:
    """What ``Ref`` and ``Fn::GetAtt`` refer to, as ``Fn::Sub`` writes it."""
    if function == "Ref":
        return name_of(argument)
    parts = argument.items if isinstance(argument, ListNode) else [argument]
    return ".".join(name_of(part) or "" for part in parts) if function == "Fn::GetAtt" else None


def _restates(value: Value, reference: str | None, stack: Stack) -> bool:
    """Whether a value says no more than the reference: an attribute of a resource that only AWS fills in."""
    if not isinstance(value, Unknown) or not isinstance(value.term, AttributeOf) or reference is None:
        return False
    return str(value.term).removesuffix(".Ref") == stack.prefix + reference


def _address(stack: Stack, name: str, scope: Scope) -> str:
    """A stack's own; in a loop, that of the turn."""
    return stack.prefix + name if scope.bindings else stack.prefix.rstrip("/")


def _in_branches(scope: Scope, nodes: list[Node], keys: list[str]) -> Scope:
    """The scope where the road leads through branches of ``Fn::If``."""
    for depth, (key, index) in enumerate(pairwise(keys)):
        branches = nodes[depth + 1]
        if key == "Fn::If" and index in ("1", "2") and isinstance(branches, ListNode):
            name = name_of(branches.items[0])
            decision = scope.condition(scope.substitute(name), branches.place) if name else None
            if isinstance(decision, Unknown):
                scope = scope.where(decision.term, index == "1")
    return scope


def _of_output(value: Value, entry: Node, scope: Scope) -> Value:
    """An output's value, where it is one on a condition."""
    name = name_of(entry.get("Condition")) if isinstance(entry, MapNode) else None
    if name is None:
        return value
    decision = scope.condition(scope.substitute(name), entry.place)
    if isinstance(decision, Unknown):
        return choose(decision, value, Absent(place=entry.place), entry.place)
    return assume(value if decision.data else Absent(place=entry.place), decision.assuming)


def _with_allowed_values(value: Value, name: str, stack: Stack) -> Value:
    """The value of a parameter, where it is not known with what it may be."""
    section = stack.section("Parameters")
    declared = section.get(name) if section else None
    allowed = declared.get("AllowedValues") if isinstance(declared, MapNode) else None
    is_own = isinstance(value, Unknown) and value.term == Symbol(stack.prefix + name)
    if not isinstance(value, Unknown) or not is_own or not isinstance(allowed, ListNode):
        return value
    choices = ", ".join(str(plain(item)) for item in allowed.items)
    return replace(value, reason=f"{value.reason}; allowed are {shortened(choices)}")
