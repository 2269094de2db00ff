"""A root module where some of its conditions are settled."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import partial

from haanalyzer.frontends.cases import OpenCases, Settled, facts_of
from haanalyzer.frontends.deployment import Attributes, Declaration, Deployment, Existence
from haanalyzer.source.span import Span
from haanalyzer.values import (
    Choice,
    Known,
    ListValue,
    MapValue,
    Unknown,
    Value,
    assume,
)
from haanalyzer.values.logic import Facts, settle


def with_cases(deployment: Deployment) -> Deployment:
    """The deployment, able to tell what its conditions leave open."""
    return replace(deployment, cases=OpenCases((), partial(_where, deployment)).divide)


def _where(deployment: Deployment, settled: Settled) -> Deployment:
    """The same, where conditions came out so: with the values and the instances that are left."""
    facts = facts_of(settled)
    return replace(
        deployment,
        declarations=tuple(_declarations(deployment, facts)),
        cases=OpenCases(settled, partial(_where, deployment)).divide,
    )


def _declarations(deployment: Deployment, facts: Facts) -> Iterator[Declaration]:
    for each in deployment.declarations:
        existence = _existence(each.existence, facts)
        if existence is not None:
            yield replace(
                each,
                attributes=_Settled(each.attributes, facts),
                region=_settled(each.region, facts),
                existence=existence,
                default_tags=partial(_default_tags, each, facts),
            )


def _default_tags(declaration: Declaration, facts: Facts) -> Value | None:
    tags = declaration.default_tags()
    return None if tags is None else _settled(tags, facts)


def _existence(existence: Existence, facts: Facts) -> Existence | None:
    """Whether an instance is there; None where it surely is not."""
    left = [settle(condition, facts) for condition in existence.conditions]
    if False in left:
        return None
    if not existence.explained:
        return existence
    open_ = [(why, term) for why, term in zip(existence.unless, left, strict=True) if not isinstance(term, bool)]
    return replace(existence, unless=tuple(why for why, _ in open_), conditions=tuple(term for _, term in open_))


class _Settled(Attributes):
    """Attributes as they are where facts hold."""

    def __init__(self, attributes: Attributes, facts: Facts) -> None:
        self._attributes = attributes
        self._facts = facts

    def __getitem__(self, name: str) -> Value:
        return _settled(self._attributes[name], self._facts)

    def __iter__(self) -> Iterator[str]:
        return iter(self._attributes)

    def __len__(self) -> int:
        return len(self._attributes)

    def key_span(self, name: str) -> Span | None:
        return self._attributes.key_span(name)


def _settled(value: Value, facts: Facts) -> Value:
    """What a value is where facts hold."""
    match value:
        case Choice(condition=condition):
            left = settle(condition, facts)
            if isinstance(left, bool):
                branch = value.when_true if left else value.when_false
                return assume(_settled(branch, facts), value.assuming)
            yes, no = (_settled(branch, facts) for branch in (value.when_true, value.when_false))
            return replace(value, condition=left, when_true=yes, when_false=no)
        case ListValue(items=items):
            return replace(value, items=tuple(_settled(item, facts) for item in items))
        case MapValue(entries=entries):
            return replace(value, entries={name: _settled(entry, facts) for name, entry in entries.items()})
        case Unknown(term=term):
            truth = facts.get(term)
            return value if truth is None else Known(data=truth, place=value.place, assuming=value.assuming)
        case _:
            return value
