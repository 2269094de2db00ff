"""The attributes and nested blocks of a block, evaluated when asked for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from haanalyzer.frontends.deployment import Attributes
from haanalyzer.frontends.terraform.evaluation.bounds import BudgetError, bounded
from haanalyzer.frontends.terraform.evaluation.choices import each_branch, prune, together
from haanalyzer.frontends.terraform.evaluation.comprehension import elements
from haanalyzer.frontends.terraform.evaluation.evaluator import evaluate
from haanalyzer.frontends.terraform.evaluation.scope import Scope
from haanalyzer.frontends.terraform.evaluation.symbolic import (
    KNOWN_AFTER_APPLY,
    EvaluationError,
    blocker_of,
    opaque,
    term_of,
)
from haanalyzer.frontends.terraform.parsing import syntax
from haanalyzer.frontends.terraform.parsing.notations import expression_of, name_in
from haanalyzer.source.span import Span
from haanalyzer.values import Blocker, Call, Choice, ListValue, MapValue, Value

ABOUT_CALL = frozenset({"count", "for_each", "providers", "depends_on", "source", "version"})
_ABOUT_RESOURCE = frozenset({"count", "for_each", "provider", "depends_on"})
_NAMES_NOT_VALUES = frozenset({"ignore_changes", "replace_triggered_by"})
_NOT_AWS_BLOCKS = frozenset({"provisioner", "connection"})


def value_of(attribute: syntax.AttributeSyntax, scope: Scope) -> Value:
    """The value of an attribute; Unknown, with the reason, where Terraform would reject it."""
    here = scope.at(attribute.document, attribute.offset)
    place = attribute.span
    try:
        return evaluated(expression_of(attribute), here)
    except (EvaluationError, BudgetError) as error:
        return here.evaluations.unknown(here.own_term(attribute.name), str(error), place)


def evaluated(expression: syntax.Expression, scope: Scope) -> Value:
    """The value of an expression, of a size that can be looked at. Raises EvaluationError, and BudgetError past it."""
    evaluations = scope.evaluations
    if evaluations.is_idle:
        place = scope.span(expression.start, expression.end)
        term = scope.own_term("expression", expression.start)
        return evaluations.once(
            {}, "", lambda: evaluated(expression, scope), lambda reason: evaluations.unknown(term, reason, place)
        )
    try:
        found = prune(evaluate(expression, scope))
        evaluations.charge_for(found)
        return bounded(found, evaluations.sizes)
    except RecursionError:
        raise evaluations.nested_too_deeply() from None


class BlockAttributes(Attributes):
    """A resource's, data source's or module call's attributes, but for those that tell Terraform itself something."""

    def __init__(
        self, body: syntax.BodySyntax, scope: Scope, about_terraform: frozenset[str] = _ABOUT_RESOURCE
    ) -> None:
        self._scope = scope
        self._attributes = {name: found for name, found in body.attributes.items() if name not in about_terraform}
        self._blocks: dict[str, list[syntax.BlockSyntax]] = {}
        for block in body.blocks:
            type_ = block.made_type
            if type_ not in _NOT_AWS_BLOCKS and type_ not in self._attributes:
                self._blocks.setdefault(type_, []).append(block)
        self._values: dict[str, Value] = {}

    def __getitem__(self, name: str) -> Value:
        return self._scope.evaluations.once(
            self._values, name, lambda: self._evaluate(name), lambda reason: self._unknown(name, reason)
        )

    def _evaluate(self, name: str) -> Value:
        written = self._attributes.get(name)
        return _block_list(self._blocks[name], self._scope) if written is None else value_of(written, self._scope)

    def _unknown(self, name: str, reason: str) -> Value:
        written = self._attributes.get(name)
        if written is None:
            first = self._blocks[name][0]
            here, place = self._scope.at(first.document, first.start), first.header_span
        else:
            here, place = self._scope.at(written.document, written.offset), written.span
        return here.evaluations.unknown(here.own_term(name), reason, place)

    def __iter__(self) -> Iterator[str]:
        yield from self._attributes
        yield from self._blocks

    def __len__(self) -> int:
        return len(self._attributes) + len(self._blocks)

    def __contains__(self, name: object) -> bool:
        return name in self._attributes or name in self._blocks

    def is_block(self, name: str) -> bool:
        return name in self._blocks

    def key_span(self, name: str) -> Span | None:
        if name in self._attributes:
            return self._attributes[name].key_span
        blocks = self._blocks.get(name)
        return blocks[0].header_span if blocks else None


def _block_list(blocks: list[syntax.BlockSyntax], scope: Scope) -> Value:
    """Blocks of one type, in the order written, as a list of maps."""
    place = blocks[0].header_span
    parts = [_dynamic(block, scope) if block.type == "dynamic" else _single(block, scope) for block in blocks]
    return together(parts, lambda lists: _concatenated(lists, place))


def _single(block: syntax.BlockSyntax, scope: Scope) -> Value:
    return ListValue(items=(_map(block, block.body, scope),), place=block.header_span)


def _concatenated(lists: list[Value], place: Span) -> Value:
    if len(lists) == 1:
        return lists[0]
    items: list[Value] = []
    more = None
    for part in lists:
        if isinstance(part, ListValue):
            items += part.items
            more = more or part.open
        else:
            more = more or blocker_of(part)
    taken = frozenset(assumption for part in lists for assumption in part.assuming)
    rest = Call("blocks", tuple(map(term_of, lists))) if more else None
    return ListValue(items=tuple(items), open=more, rest=rest, place=place, assuming=taken)


def _map(block: syntax.BlockSyntax, body: syntax.BodySyntax, scope: Scope) -> MapValue:
    written = {name: found for name, found in body.attributes.items() if name not in _NAMES_NOT_VALUES}
    entries = {name: value_of(attribute, scope) for name, attribute in written.items()}
    keys = {name: attribute.key_span for name, attribute in written.items()}
    nested: dict[str, list[syntax.BlockSyntax]] = {}
    for inner in body.blocks:
        nested.setdefault(inner.made_type, []).append(inner)
    for type_, inner_blocks in nested.items():
        entries[type_] = _block_list(inner_blocks, scope)
        keys[type_] = inner_blocks[0].header_span
    return MapValue(entries=entries, keys=keys, place=block.header_span)


def _dynamic(block: syntax.BlockSyntax, scope: Scope) -> Value:
    """``dynamic "type" { for_each iterator content {} }`` as a list, open where its number is unknown."""
    place = block.header_span
    contents = block.body.blocks_of("content")
    for_each = block.body.attributes.get("for_each")
    if not contents or for_each is None:
        found = opaque("dynamic", [], place)
        return ListValue(items=(), open=blocker_of(found), place=place)
    name = name_in(block.body.attributes.get("iterator")) or block.made_type

    def expand(collection: Value) -> Value:
        pairs, more = elements(collection, scope)
        scope.evaluations.charge(len(pairs))
        items = tuple(
            _map(block, contents[0].body, scope.naming({name: _iteration(key, value, place)})) for key, value in pairs
        )
        return ListValue(items=items, open=more, rest=own, place=place)

    own = scope.at(block.document, block.start).own_term(block.made_type)
    collection = value_of(for_each, scope)
    try:
        return each_branch(collection, expand)
    except EvaluationError:
        return ListValue(items=(), open=blocker_of(collection), rest=own, place=place)
    except BudgetError as error:
        cut = scope.evaluations.unknown(scope.own_term(name), str(error), place)
        return ListValue(items=(), open=blocker_of(cut), rest=own, place=place)


def _iteration(key: Value, value: Value, place: Span) -> Value:
    return MapValue(entries={"key": key, "value": value}, keys={}, place=place)


def opened(value: Value, path: str, place: Span) -> Value:
    """Nested blocks as a reference sees them: with attributes that only AWS fills in."""
    match value:
        case MapValue(entries=entries):
            inner = {name: opened(entry, f"{path}.{name}", place) for name, entry in entries.items()}
            return replace(value, entries=inner, open=value.open or Blocker(path, place, KNOWN_AFTER_APPLY))
        case ListValue(items=items):
            return replace(value, items=tuple(opened(item, f"{path}[{at}]", place) for at, item in enumerate(items)))
        case Choice(when_true=when_true, when_false=when_false):
            branches = opened(when_true, path, place), opened(when_false, path, place)
            return replace(value, when_true=branches[0], when_false=branches[1])
    return value
