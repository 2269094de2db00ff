"""Declarations times catalogue: the resources of a deployment. The only reader of both."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from haanalyzer.catalog.kinds import inline_types, kind_of
from haanalyzer.frontends.deployment import Attributes, Declaration, Existence
from haanalyzer.graph.json_text import in_json
from haanalyzer.graph.resource import Body, Resource, step
from haanalyzer.source.span import Span
from haanalyzer.values import Absent, Blocker, Choice, ListValue, MapValue, Symbol, Unknown, Value, undecided_condition


class _KeySpans(Mapping[str, Span]):
    """The places of a declaration's attributes, asked for one at a time."""

    def __init__(self, attributes: Attributes) -> None:
        self._attributes = attributes

    def __getitem__(self, name: str) -> Span:
        span = self._attributes.key_span(name)
        if span is None:
            raise KeyError(name)
        return span

    def __iter__(self) -> Iterator[str]:
        return iter(self._attributes)

    def __len__(self) -> int:
        return len(self._attributes)


def resources_of(declaration: Declaration) -> Iterator[Resource]:
    """The resource that a declaration makes, then those that its blocks declare; none of an unknown type."""
    kind = kind_of(declaration.type)
    if kind is None:
        return
    attributes = declaration.attributes
    owner = Resource(
        address=declaration.address,
        kind=kind,
        type_=declaration.type,
        body=Body(
            MapValue(entries=attributes, keys=_KeySpans(attributes), place=declaration.place),
            declaration.place,
            default_tags=declaration.default_tags,
        ),
        region=declaration.region,
        existence=declaration.existence,
        calls=declaration.calls,
        borrowed=declaration.borrowed,
    )
    yield owner
    for inline in inline_types(declaration.type):
        name, *inner = inline.block.split(".")
        written = attributes.get(name, Absent(place=declaration.place))
        for segment in inner:
            written = step(written, segment)
        for index, (block, existence) in enumerate(_blocks(written, declaration.existence)):
            suffix = "*" if existence.several else str(index)
            yield Resource(
                address=f"{declaration.address}.{inline.block}[{suffix}]",
                kind=inline.kind,
                type_=inline.type,
                body=Body(block, block.place, parent=owner),
                region=declaration.region,
                existence=existence,
                calls=declaration.calls,
                borrowed=declaration.borrowed,
            )


def _blocks(written: Value, owner: Existence) -> Iterator[tuple[Value, Existence]]:
    """The blocks that are there, and one that stands for those that may be."""
    match written:
        case Absent():
            return
        case MapValue():
            yield written, owner
        case ListValue(items=items, open=more):
            for item in items:
                yield from _blocks(item, owner)
            if more:
                yield _anything(more), _maybe(owner, more, several=True)
        case Choice():
            blocker = undecided_condition(written)
            for branch in (written.when_true, written.when_false):
                for block, existence in _blocks(branch, owner):
                    yield block, _maybe(existence, blocker, several=existence.several)
        case _ if isinstance(decoded := in_json(written), MapValue | ListValue):
            yield from _blocks(decoded, owner)
        case _:
            blocker = Blocker(str(written), written.place, getattr(written, "reason", "not a block"))
            yield _anything(blocker), _maybe(owner, blocker, several=True)


def _anything(blocker: Blocker) -> Unknown:
    return Unknown(term=Symbol(f"{blocker.term}[*]"), reason=blocker.reason, place=blocker.place)


def _maybe(owner: Existence, blocker: Blocker, *, several: bool) -> Existence:
    return Existence(unless=(*owner.unless, blocker), assuming=owner.assuming, several=several)
