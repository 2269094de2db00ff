"""The facade: one deployment's resources and relations, asked in plain questions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, TypeVar, cast

from haanalyzer.catalog.kinds import kind_of
from haanalyzer.frontends.deployment import Declaration, Deployment
from haanalyzer.graph.bounds import few, listed
from haanalyzer.graph.build import resources_of
from haanalyzer.graph.links import NO_LINKS, Links, all_links, either_links
from haanalyzer.graph.names import Names
from haanalyzer.graph.relations import IDENTIFIERS, Relation, relations_of, unresolved
from haanalyzer.graph.resource import Resource
from haanalyzer.values import (
    Absent,
    Assumption,
    AttributeOf,
    Blocker,
    Choice,
    ListValue,
    Scalar,
    Term,
    Unknown,
    Value,
    identity_of,
    undecided_condition,
    walk,
)

if TYPE_CHECKING:
    import networkx


@dataclass(frozen=True, slots=True)
class Edge:
    """``source`` names ``target`` in its attribute ``relation``, ``always`` when it does so wherever it is there."""

    source: Resource
    relation: str
    target: Resource
    always: bool

    @property
    def certain(self) -> bool:
        """Whether it does so in every deployment."""
        return self.always and self.source.existence.certain

    @property
    def implied(self) -> bool:
        """Whether it does so in every deployment in which the target is there."""
        return self.always and self.source.existence.follows_from(self.target.existence)


_Answer = TypeVar("_Answer")


@dataclass(frozen=True, slots=True)
class _Unsure:
    """Resources that may name any of a kind in one relation, and what keeps that from being told."""

    sources: tuple[Resource, ...]
    open: tuple[Blocker, ...]

    @classmethod
    def of(cls, sources: Iterable[Resource], causes: Iterable[Blocker]) -> _Unsure:
        found, more = listed(sources)
        return cls(found, (*few(causes), *more))


_NOBODY = _Unsure((), ())


class ResourceGraph:
    """The resources of one deployment.

    Every answer tells what must hold from what may: a relation whose other end is
    not resolved is never "not connected". ``asked`` collects the kinds that questions
    were about, so that whoever clears it can tell what an argument rests on.
    """

    def __init__(self, deployment: Deployment) -> None:
        self.deployment = deployment
        self.asked: set[str] = set()
        self._of_kinds: dict[tuple[str, ...], tuple[Resource, ...]] = {}
        self._answers: dict[tuple[object, Resource], tuple[object, frozenset[str]]] = {}
        self.declarations: dict[str, Declaration] = {each.address: each for each in deployment.declarations}
        self.resources: dict[str, Resource] = {
            resource.address: resource
            for declaration in deployment.declarations
            for resource in resources_of(declaration)
        }

    def of_kind(self, *kinds: str) -> tuple[Resource, ...]:
        """Every resource of these kinds, those that only may exist included, in order of declaration."""
        self.asked.update(kinds)
        if kinds not in self._of_kinds:
            self._of_kinds[kinds] = tuple(resource for kind in kinds for resource in self._by_kind[kind])
        return self._of_kinds[kinds]

    def targets(self, source: Resource, relation: str) -> Links:
        """What a resource names in an attribute (``subnets``) or inside its blocks (``actions.target_group``)."""
        return self._links[source.address].get(relation, NO_LINKS)

    def sources(self, target: Resource, kind: str, relation: str) -> Links:
        """The resources of a kind that name this one in an attribute; ``must`` do so wherever this one is there."""
        self.asked.add(kind)
        edges = self._edges_to.get((target.address, kind, relation), ())
        unsure = self._unsure.get((kind, relation), _NOBODY)
        around = self.opaque_around(target)
        if not (edges or unsure.sources or around or self._unread):
            return NO_LINKS
        found = dict.fromkeys(edge.source for edge in edges)
        several = [blocker for source in found if source.existence.several for blocker in source.existence.unless]
        return Links(
            must=tuple(dict.fromkeys(edge.source for edge in edges if edge.implied)),
            may=tuple(found | dict.fromkeys(unsure.sources)) if found else unsure.sources,
            open=tuple(dict.fromkeys((*unsure.open, *several, *around, *self._unread))),
        )

    def once(self, question: Callable[[Resource, ResourceGraph], _Answer], resource: Resource) -> _Answer:
        """The answer of a pure question about a resource, worked out once; what it asked for counts every time."""
        if (question, resource) not in self._answers:
            outer, self.asked = self.asked, set()
            try:
                self._answers[question, resource] = question(resource, self), frozenset(self.asked)
            finally:
                self.asked = outer
        answer, asked = self._answers[question, resource]
        self.asked |= asked
        return cast("_Answer", answer)

    def left_out(self, kinds: Iterable[str]) -> frozenset[Assumption]:
        """The defaults that keep further resources of these kinds from being there."""
        wanted = set(kinds)
        resting = (
            each.assuming
            for each in self.deployment.left_out
            if (kind := kind_of(each.type)) is not None and kind.name in wanted
        )
        return frozenset[Assumption]().union(*resting)

    def resource_named(self, value: Value, kind: str) -> Resource | None:
        """The declared resource of a kind that a value surely names, None for any other value."""
        match value:
            case Unknown(term=AttributeOf(address=address)):
                resource = self.resources.get(address)
                return resource if resource is not None and resource.kind == kind else None
        return None

    def namesakes(self, resource: Resource, relation: str) -> tuple[Resource, ...]:
        """The resources of the same kind that name the very same one, itself included, in order of declaration."""
        term = identity_of(resource[relation])
        return (resource,) if term is None else tuple(self._by_term[resource.kind, relation, term])

    def opaque_around(self, resource: Resource) -> tuple[Blocker, ...]:
        """The unread modules and stacks that are given this resource, and may therefore add to it."""
        return self._opaque_by_argument.get(resource.address, ())

    def edges(self) -> Iterator[Edge]:
        """Every relation between declared resources."""
        for resource in self.resources.values():
            for relation, links in self._links[resource.address].items():
                for target in links.may:
                    yield Edge(resource, relation, target, target in links.must)

    @cached_property
    def borrowed(self) -> tuple[str, ...]:
        """The addresses of what other deployments declare."""
        return tuple(each.address for each in self.deployment.declarations if each.borrowed)

    @cached_property
    def network(self) -> networkx.MultiDiGraph[str]:
        """As a networkx graph of addresses: ``resource`` on nodes, ``relation`` and ``certain`` on edges."""
        import networkx

        network: networkx.MultiDiGraph[str] = networkx.MultiDiGraph()
        for address, resource in self.resources.items():
            network.add_node(address, resource=resource)
        for edge in self.edges():
            network.add_edge(edge.source.address, edge.target.address, relation=edge.relation, certain=edge.certain)
        return network

    @cached_property
    def _unread(self) -> tuple[Blocker, ...]:
        """What could not be read of the deployment: it may declare anything."""
        wrong = (each for each in self.deployment.diagnostics if each.is_error and each.hides)
        macros = (module.blocker for module in self.deployment.opaque if module.reaches_everything)
        return (*few(Blocker(each.code, each.place, each.message) for each in wrong), *macros)

    @cached_property
    def _by_kind(self) -> defaultdict[str, list[Resource]]:
        found: defaultdict[str, list[Resource]] = defaultdict(list)
        for resource in self.resources.values():
            found[resource.kind].append(resource)
        return found

    @cached_property
    def _by_term(self) -> defaultdict[tuple[str, str, Term | Scalar], list[Resource]]:
        """The resources that name one by a term or a literal, by kind, relation and that."""
        found: defaultdict[tuple[str, str, Term | Scalar], list[Resource]] = defaultdict(list)
        for resource in self.resources.values():
            for name, words in resource.words.items():
                term = identity_of(resource[name]) if words.refers and not words.plural else None
                if term is not None:
                    found[resource.kind, name, term].append(resource)
        return found

    @cached_property
    def _names(self) -> Names:
        return Names(self.resources.values())

    @cached_property
    def _links(self) -> dict[str, dict[str, Links]]:
        return {
            address: {found.path: self._resolve(found.value, found) for found in relations_of(resource)}
            for address, resource in self.resources.items()
        }

    @cached_property
    def _edges_to(self) -> defaultdict[tuple[str, str, str], list[Edge]]:
        """Edges by the address they lead to, the kind they come from, and their relation."""
        found: defaultdict[tuple[str, str, str], list[Edge]] = defaultdict(list)
        for edge in self.edges():
            found[edge.target.address, edge.source.kind, edge.relation].append(edge)
        return found

    @cached_property
    def _unsure(self) -> dict[tuple[str, str], _Unsure]:
        """The resources that may name more than can be told, by kind and relation."""
        found: defaultdict[tuple[str, str], dict[Resource, None]] = defaultdict(dict)
        causes: defaultdict[tuple[str, str], dict[Blocker, None]] = defaultdict(dict)
        for resource in self.resources.values():
            for relation, links in self._links[resource.address].items():
                if unknown := links.blockers:
                    found[resource.kind, relation][resource] = None
                    causes[resource.kind, relation].update(dict.fromkeys(unknown))
        return {key: _Unsure.of(sources, causes[key]) for key, sources in found.items()}

    @cached_property
    def _opaque_by_argument(self) -> dict[str, tuple[Blocker, ...]]:
        found: defaultdict[str, dict[Blocker, None]] = defaultdict(dict)
        for module in self.deployment.opaque:
            for argument in module.arguments.values():
                for part in walk(argument):
                    if isinstance(part, Unknown) and isinstance(part.term, AttributeOf):
                        found[part.term.address][module.blocker] = None
        return {address: tuple(found_here) for address, found_here in found.items()}

    def _resolve(self, value: Value, relation: Relation) -> Links:
        match value:
            case Absent():
                return NO_LINKS
            case ListValue(items=items, open=more):
                merged = all_links(self._resolve(item, replace(relation, plural=False)) for item in items)
                return replace(merged, open=(*merged.open, more)) if more else merged
            case Choice():
                when_true, when_false = (self._resolve(v, relation) for v in (value.when_true, value.when_false))
                return either_links(when_true, when_false, undecided_condition(value))
            case Unknown(term=AttributeOf(address=address, name=name)) if address in self.declarations:
                resource = self.resources.get(address)
                if resource is not None and resource.kind in relation.refers:
                    return Links(must=(resource,), may=(resource,))
                if name in IDENTIFIERS:
                    return Links(others=(address,))
        named = self._names.named(value, relation.refers, relation.source.region) if relation.words.by_name else None
        return named or unresolved(value, relation)
