"""A stack among those that it is joined with, each of them entered as a stack of its own beside it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, NamedTuple

from haanalyzer.frontends.cloudformation.exchange.neighbours import ITSELF, Neighbour, Neighbours
from haanalyzer.frontends.cloudformation.stacks.call import Call
from haanalyzer.frontends.cloudformation.stacks.imports import Text, unresolved
from haanalyzer.frontends.cloudformation.stacks.root import root_stack
from haanalyzer.frontends.cloudformation.stacks.session import Session
from haanalyzer.frontends.cloudformation.stacks.stack import Stack
from haanalyzer.frontends.deployment import CERTAIN, Cases, Existence, Inputs, OpaqueModule
from haanalyzer.frontends.tree.nodes import MapNode
from haanalyzer.source.span import Span, start_of
from haanalyzer.values import Absent, Blocker, Value
from haanalyzer.values.logic import Facts

if TYPE_CHECKING:
    from haanalyzer.frontends.cloudformation.exchange.exports import Exported

_LONGEST_CHAIN = 20


class Neighbourhood:
    """A stack, and those beside it.

    ``stack`` is the one that is deployed with these inputs, where some facts are settled. What it imports is
    what its neighbours export, as theirs may be what it exports.
    """

    def __init__(self, root: MapNode, session: Session, inputs: Inputs, neighbours: Neighbours, facts: Facts) -> None:
        self.stack = root_stack(root, session, inputs, Call(facts=facts))
        self._inputs = inputs
        self._neighbours = neighbours
        self._facts = facts
        self._beside = {each.address: each for each in neighbours.entered}
        self._stacks: dict[str, Stack | None] = {ITSELF: self.stack}
        self._exports: dict[str, Mapping[Text, list[Exported]]] = {}
        self._chain = 0
        session.imports = _Imports(self, neighbours.imports)
        for each in neighbours.ambiguous:
            where = " and ".join(map(str, each.exported_at))
            session.report(each.place, "several-exports", f"{each.name} is exported at {where}", is_error=False)

    def without_secrets(self) -> Neighbourhood:
        """The same, where parameters with ``NoEcho`` are unknown; itself where there are none."""
        if not any(each.session.has_secrets for each in (self.stack, *(other for other, _ in self.others()))):
            return self
        session = Session(self.stack.session.files, hides_secrets=True)
        return Neighbourhood(self.stack.root, session, self._inputs, self._neighbours, self._facts)

    def others(self) -> Iterator[tuple[Stack, Neighbour]]:
        """The stacks beside it that could be read."""
        for each in self._neighbours.entered:
            stack = self._stack_at(each.address)
            if stack is not None:
                yield stack, each

    def divided_by(self, cases: Cases) -> Cases:
        """The same cases without those of stacks of which there may be any number: each is in a case of its own."""
        several = tuple(f"{each.address}/" for each in self._neighbours.entered if each.several)

        def is_of_one(blocker: Blocker) -> bool:
            shown = str(blocker.condition or blocker.term)
            return not any(prefix in shown for prefix in several)

        return (lambda blockers: cases(tuple(filter(is_of_one, blockers)))) if several else cases

    def unread(self) -> Iterator[OpaqueModule]:
        """The stacks beside it that are too many to be read, with what they import."""
        for each in self._neighbours.unread:
            place = start_of(each.path)
            imports = {
                str(name): value
                for address, name in each.imports
                if (value := self.exported(address, name, place)) is not None
            }
            yield OpaqueModule(each.address, place, "one of too many stacks that import from each other", imports)

    def exported(self, address: str, name: Text, place: Span) -> Value | None:
        """What one of the stacks exports by a name; None where that cannot be told."""
        from haanalyzer.frontends.cloudformation.exchange.exports import exports_of, value_of  # few stacks are joined

        stack = self._stack_at(address)
        if stack is None or self._chain >= _LONGEST_CHAIN:
            return None
        self._chain += 1
        try:
            if address not in self._exports:
                self._exports[address] = {}  # names that rest on what they name have no value
                self._exports[address] = exports_of(stack)
            value = value_of(self._exports[address].get(name, ()), place)
        finally:
            self._chain -= 1
        return None if isinstance(value, Absent) else value

    def _stack_at(self, address: str) -> Stack | None:
        """A stack by its address, entered when it is first asked for."""
        if address not in self._stacks:
            self._stacks[address] = self._enter(self._beside[address])
        return self._stacks[address]

    def _enter(self, neighbour: Neighbour) -> Stack | None:
        session = self.stack.session.beside()
        root = session.read(neighbour.target.path)
        if root is None:
            return None
        prefix = f"{neighbour.address}/"
        session.imports = _Imports(self, neighbour.imports, prefix if neighbour.elsewhere else "")
        existence = _any_number_of(neighbour) if neighbour.several else CERTAIN
        call = Call(prefix=prefix, existence=existence, facts=self._facts)
        return root_stack(root, session, neighbour.target.inputs, call, with_defaults=not neighbour.several)


def _any_number_of(neighbour: Neighbour) -> Existence:
    place = start_of(neighbour.target.path)
    blocker = Blocker(neighbour.address, place, "there may be any number: no stack is named for the template")
    return Existence(unless=(blocker,), several=True)


class _Imports(NamedTuple):
    """What one of the stacks imports, from whom by name; ``within`` tells unresolved names of another region."""

    neighbourhood: Neighbourhood
    exporters: Mapping[Text, str]
    within: str = ""

    def value_of(self, name: Text, place: Span) -> Value:
        exporter = self.exporters.get(name)
        value = None if exporter is None else self.neighbourhood.exported(exporter, name, place)
        return unresolved(name, place, within=self.within) if value is None else value
