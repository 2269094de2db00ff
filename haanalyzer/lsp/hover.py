"""Hover: what a finding means, and what the resource or attribute under the cursor is known to be."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from haanalyzer.finding import Fix
from haanalyzer.frontends.deployment import Attributes, Declaration
from haanalyzer.frontends.enclosing import declaration_around
from haanalyzer.graph import Resource, ResourceGraph
from haanalyzer.lsp.words import STANDING, assumed_in_words, code, named_in_words, value_in_words, zones_in_words
from haanalyzer.report.options import rule_page
from haanalyzer.report.words import one_line
from haanalyzer.results import Judgement
from haanalyzer.source.document import Document
from haanalyzer.source.span import Span
from haanalyzer.values import Choice, ListValue, MapValue, Value

_MOST = 3
_MOST_ASSUMED = 8


def pages_of(judgements: Iterable[Judgement]) -> list[str]:
    """What the rules of some findings mean, each once, as Markdown."""
    found: dict[str, str] = {}
    for one in judgements:
        rule, page = one.rule, rule_page(one.rule)
        name = f"{rule.code} {rule.slug}"
        parts = (
            f"**{f'[{name}]({page})' if page else name}** ({rule.title})",
            rule.why,
            f"**How to mend**: {rule.mend}",
            *([f"**Fix**: {_fix_in_words(one.fix)}"] if one.fix else []),
        )
        found.setdefault(rule.code, "\n\n".join(parts))
    return list(found.values())


def _fix_in_words(fix: Fix) -> str:
    return f"{fix.description}, by hand: {fix.obstacle}" if fix.obstacle else fix.description


def facts_at(place: Span, document: Document, graphs: Sequence[ResourceGraph]) -> list[str]:
    """What is known at a place (of no width), as Markdown; nothing where nothing is.

    First of the name or function there, then of the resource or attribute around.
    """
    return [*_by_instance(_of_names(place, document, graphs)), *_by_instance(_of_resources(place, document, graphs))]


def _by_instance(facts: Iterable[tuple[str, str]]) -> list[str]:
    """Facts of addresses, each fact once; with its addresses where there are several facts."""
    found: dict[str, list[str]] = {}
    for fact, address in facts:
        found.setdefault(fact, []).append(address)
    if len(found) == 1:
        return list(found)
    more = [f"and {len(found) - _MOST} more that differ"] if len(found) > _MOST else []
    return [*(f"{_addresses(of)}: {fact}" for fact, of in islice(found.items(), _MOST)), *more]


def _of_names(place: Span, document: Document, graphs: Sequence[ResourceGraph]) -> Iterator[tuple[str, str]]:
    for graph in graphs:
        for named in graph.deployment.values_at(place, document):
            fact = f"{code(named.text)} {named_in_words(named)}{_assumed(named.value)}"
            yield fact, _address(named.address, graph, graphs)


def _of_resources(place: Span, document: Document, graphs: Sequence[ResourceGraph]) -> Iterator[tuple[str, str]]:
    named = declaration_around(place, document)
    for graph in graphs if named else ():
        for declaration in graph.deployment.declarations:
            if declaration.place == named:
                for fact in _facts(place, declaration, graph):
                    yield fact, _address(declaration.address, graph, graphs)


def _address(address: str, graph: ResourceGraph, graphs: Sequence[ResourceGraph]) -> str:
    """An address, with the deployment that it is one of where a file belongs to several."""
    name = graph.deployment.name
    return address if address and len(graphs) == 1 else f"{name}: {address}" if address else name


def _assumed(value: Value) -> str:
    """The defaults that a value rests on, each on a line of its own."""
    found = assumed_in_words(value)
    more = [f"and {len(found) - _MOST_ASSUMED} other defaults"] if len(found) > _MOST_ASSUMED else []
    return "".join(f"  \n{each}" for each in [*(f"assuming {one}" for one in found[:_MOST_ASSUMED]), *more])


def _addresses(addresses: list[str]) -> str:
    more = f" and {len(addresses) - _MOST} more" if len(addresses) > _MOST else ""
    return ", ".join(map(code, addresses[:_MOST])) + more


def _facts(place: Span, declaration: Declaration, graph: ResourceGraph) -> Iterator[str]:
    resource = graph.resources.get(declaration.address)
    if place.line == declaration.place.line and place.column <= declaration.place.end_column:
        if resource is not None:
            yield _about(resource, graph)
        return
    attributes = declaration.shown()
    written = _attribute_at(place, attributes) if attributes else None
    if written is not None:
        yield f"{code(written.path)} is {value_in_words(written.value)}{_assumed(written.value)}"


def _about(resource: Resource, graph: ResourceGraph) -> str:
    lines = [f"{code(resource.type)}: {resource.kind.replace('_', ' ')}"]
    if resource.kind in STANDING and (zones := zones_in_words(resource, graph)):
        lines.append(f"zones: {zones}")
    if resource.existence.unless:
        why = ", ".join(f"{code(each.term)} ({one_line(each.reason)})" for each in resource.existence.unless)
        lines.append(f"{'any number of them, by' if resource.existence.several else 'there or not, by'} {why}")
    lines += (f"assuming {one_line(str(each))}" for each in sorted(resource.existence.assuming))
    return "  \n".join(lines)


@dataclass(frozen=True, slots=True)
class _Written:
    """An attribute, or an entry of a block in one, that is written out: its path, its name's place, and its value."""

    path: str
    key: Span
    value: Value

    def is_at(self, place: Span) -> bool:
        """Whether a place is on the line of the name, or in the value."""
        given = self.value.place
        in_value = given.path == place.path and self.key.line <= given.line <= place.line <= given.end_line
        return self.key.line == place.line or in_value


def _attribute_at(place: Span, attributes: Attributes) -> _Written | None:
    """The innermost attribute around a place: of those that begin before it, the last."""
    keys = ((name, attributes.key_span(name)) for name in attributes)
    before = [(key, name) for name, key in keys if key is not None and _begins_before(key, place)]
    if not before:
        return None
    key, name = max(before)
    outer = _Written(name.removeprefix("@"), key, attributes[name])
    inner = [
        each for each in (outer, *_entries(outer)) if key.start <= each.key.start and _begins_before(each.key, place)
    ]
    found = max(inner, key=lambda each: each.key.start)
    return found if found.is_at(place) else None


def _begins_before(key: Span, place: Span) -> bool:
    return key.path == place.path and key.start <= place.start


def _entries(outer: _Written) -> Iterator[_Written]:
    """The entries of the blocks and maps in a value, at any depth."""
    match outer.value:
        case MapValue(entries=entries, keys=keys):
            for name, value in entries.items():
                if name in keys:
                    inner = _Written(f"{outer.path}.{name}", keys[name], value)
                    yield inner
                    yield from _entries(inner)
        case ListValue(items=items):
            for item in items:
                yield from _entries(replace(outer, value=item))
        case Choice(when_true=when_true, when_false=when_false):
            for branch in (when_true, when_false):
                yield from _entries(replace(outer, value=branch))
        case _:
            return
