"""Nested stacks: the template that a resource names, and what is passed to the stack in it."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping
from typing import NamedTuple, Protocol

from haanalyzer.frontends.cloudformation.evaluation.symbolic import blocker_of
from haanalyzer.frontends.cloudformation.stacks.location import NotHere, locate
from haanalyzer.frontends.cloudformation.stacks.resource import STACK_TYPES, Resource
from haanalyzer.frontends.cloudformation.stacks.session import Session
from haanalyzer.frontends.deployment import Attributes, OpaqueModule
from haanalyzer.frontends.tree.nodes import MapNode
from haanalyzer.source.document import Document
from haanalyzer.source.files import join
from haanalyzer.source.span import Span
from haanalyzer.values import Absent, Known, MapValue, Value

_ASSET = "aws:asset:path"
MAX_LEVELS = 12
MAX_STACKS = 500


class Parent(Protocol):
    """What a stack tells of itself to those nested in it. ``chain`` are the templates above it, outermost first."""

    @property
    def prefix(self) -> str: ...

    @property
    def session(self) -> Session: ...

    @property
    def document(self) -> Document: ...

    @property
    def chain(self) -> tuple[str, ...]: ...

    def attributes(self, logical_id: str) -> Attributes | None: ...


class Child(NamedTuple):
    """A template to nest, what is passed to it, and the templates above it."""

    root: MapNode
    passed: Mapping[str, Value]
    chain: tuple[str, ...]


def open_child(parent: Parent, resource: Resource) -> Child | OpaqueModule:
    """The stack that a resource nests, or the opaque module that stands for it, with one diagnostic."""
    url = _property(parent, resource, STACK_TYPES[resource.type])
    session = parent.session
    path = _asset_of(parent, resource) or locate(url, parent.document.path, session.files)
    if isinstance(path, NotHere):
        reason = path.reason
    else:
        chain = (*parent.chain, session.files.real(parent.document.path))
        root = session.read(path)
        if session.files.real(path) in chain:
            reason = f"{path} nests itself"
        elif len(chain) >= MAX_LEVELS:
            reason = f"stacks are nested more than {MAX_LEVELS} deep"
        elif session.stacks >= MAX_STACKS:
            reason = f"more than {MAX_STACKS} stacks are nested"
        elif root is None:  # which is said where it stands
            return _opaque(parent, resource, f"{path} could not be read as a template")
        else:
            session.stacks += 1
            return Child(root, _Passed(parent, resource), chain)
    session.report(_place_of_url(parent, resource), "nested-stack-not-read", reason, is_error=False)
    return _opaque(parent, resource, reason)


def _opaque(parent: Parent, resource: Resource, reason: str) -> OpaqueModule:
    address = parent.prefix + resource.logical_id
    return OpaqueModule(address, resource.place, reason, _arguments(parent, resource))


def _property(parent: Parent, resource: Resource, name: str) -> Value:
    attributes = parent.attributes(resource.logical_id)
    return attributes.get(name, Absent(place=resource.place)) if attributes else Absent(place=resource.place)


def _asset_of(parent: Parent, resource: Resource) -> str | None:
    """The file that tools note beside a URL which names it by its content only, as the CDK does."""
    noted = _property(parent, resource, "@Metadata")
    asset = noted.get(_ASSET) if isinstance(noted, MapValue) else None
    if not isinstance(asset, Known):
        return None
    path = join(posixpath.dirname(parent.document.path), str(asset))
    return path if parent.session.files.is_file(path) else None


def _place_of_url(parent: Parent, resource: Resource) -> Span:
    attributes = parent.attributes(resource.logical_id)
    return (attributes.key_span(STACK_TYPES[resource.type]) if attributes else None) or resource.place


def _arguments(parent: Parent, resource: Resource) -> Mapping[str, Value]:
    match _property(parent, resource, "Parameters"):
        case MapValue(entries=entries, open=None):
            return entries
        case Absent():
            return {}
        case passed:
            return {"Parameters": passed}


class _Passed(Mapping[str, Value]):
    """What a stack resource passes, evaluated when the child first asks."""

    def __init__(self, parent: Parent, resource: Resource) -> None:
        self._parent = parent
        self._resource = resource

    def __getitem__(self, name: str) -> Value:
        passed = _property(self._parent, self._resource, "Parameters")
        match passed:
            case MapValue():
                value = passed.get(name)
            case Absent():
                raise KeyError(name)
            case _:
                inner = MapValue(entries={}, keys={}, open=blocker_of(passed), place=passed.place)
                value = inner.get(name)
        if isinstance(value, Absent):
            raise KeyError(name)
        return value

    def __iter__(self) -> Iterator[str]:
        passed = _property(self._parent, self._resource, "Parameters")
        return iter(passed.entries if isinstance(passed, MapValue) else ())

    def __len__(self) -> int:
        return sum(1 for _ in self)
