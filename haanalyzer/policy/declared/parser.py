"""Conditions out of data that has the schema's shape; words are held to the catalogue."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any as Data

from haanalyzer.catalog.kinds import kinds
from haanalyzer.policy.declared.conditions import All, Any, Bounds, Compare, Is, KindIs, Not, ZoneCount
from haanalyzer.policy.declared.entry import Path
from haanalyzer.policy.declared.hops import Count, Every, Items, NamedBy, Quantifier, Related, Some
from haanalyzer.policy.declared.operands import Attribute, Literal, Operand, Parameter, Times
from haanalyzer.policy.declared.operators import BOUNDS, OPERATORS
from haanalyzer.policy.declared.scene import Condition
from haanalyzer.policy.declared.words import Scope, UnknownWordError, check_word, relations_of_kind


@dataclass(slots=True)
class Parser:
    """Reads the conditions of one rule. What is wrong is collected, each with the path that leads to it."""

    subject: Scope
    parameters: Mapping[str, Data]
    problems: list[tuple[Path, str]] = field(default_factory=list)

    def condition(self, data: Data, path: Path, scope: Scope) -> Condition:
        """A condition about what is in this scope; one that always holds where its words are wrong."""
        form = next(form for form in FORMS if form in data)
        try:
            return FORMS[form](self, data, path, scope)
        except UnknownWordError as error:
            self.problems.append(((*path, form), str(error)))
            return All()

    def operand(self, data: Data, path: Path, scope: Scope) -> Operand:
        """A literal, or what a parameter or another attribute is, perhaps so many times."""
        if not isinstance(data, dict):
            return Literal(data)
        found: Operand
        if "parameter" in data:
            self.word(
                data["parameter"], (*path, "parameter"), lambda word: check_word(word, self.parameters, "parameter")
            )
            found = Parameter(data["parameter"])
        elif "subject" in data:
            self.word(data["subject"], (*path, "subject"), self.subject.attribute)
            found = Attribute(data["subject"], of_subject=True)
        else:
            self.word(data["attribute"], (*path, "attribute"), scope.attribute)
            found = Attribute(data["attribute"])
        return Times(found, data["times"]) if "times" in data else found

    def word(self, word: str, path: Path, check: Callable[[str], object]) -> None:
        """Note it when a word is not to be used here."""
        try:
            check(word)
        except UnknownWordError as error:
            self.problems.append((path, str(error)))


def _all(parser: Parser, data: Data, path: Path, scope: Scope) -> Condition:
    narrow = scope
    for part in data["all"]:
        if "kind" in part and "related" not in part:
            narrow = narrow.narrowed(_listed(part["kind"]))
    parts = (
        parser.condition(part, (*path, "all", index), scope if "kind" in part else narrow)
        for index, part in enumerate(data["all"])
    )
    return All(tuple(parts))


def _any(parser: Parser, data: Data, path: Path, scope: Scope) -> Condition:
    return Any(tuple(parser.condition(part, (*path, "any", at), scope) for at, part in enumerate(data["any"])))


def _not(parser: Parser, data: Data, path: Path, scope: Scope) -> Condition:
    return Not(parser.condition(data["not"], (*path, "not"), scope))


def _attribute(parser: Parser, data: Data, path: Path, scope: Scope) -> Condition:
    name = data["attribute"]
    scope.attribute(name)
    if "is" in data:
        return Is(name, data["is"])
    operator = next(word for word in OPERATORS if word in data)
    given = data[operator]
    listed = list(enumerate(given)) if isinstance(given, list) else []
    operands = [parser.operand(each, (*path, operator, at), scope) for at, each in listed]
    operands += [] if isinstance(given, list) else [parser.operand(given, (*path, operator), scope)]
    if operator == "matches":
        _check_patterns(parser, operands, (*path, operator))
    return Compare(name, operator, tuple(operands))


def _check_patterns(parser: Parser, operands: list[Operand], path: Path) -> None:
    for operand in operands:
        pattern = operand.data if isinstance(operand, Literal) else None
        if isinstance(operand, Parameter):
            pattern = parser.parameters.get(operand.name)
        try:
            re.compile(str(pattern))
        except re.error as error:
            parser.problems.append((path, f"{pattern!r} is no regular expression: {error}"))


def _related(parser: Parser, data: Data, path: Path, scope: Scope) -> Condition:
    relation = data["related"]
    if scope.block is not None:
        raise UnknownWordError("related is asked of a resource, not of a block; ask it beside `items`")
    if isinstance(relation, str):
        return Related(relation, _quantifier(parser, data, path, scope, scope.related(relation)))
    kind, by = relation["kind"], relation["by"]
    check_word(kind, kinds(), "kind")
    check_word(by, relations_of_kind(kind), f"relation of {kind}")
    return NamedBy(kind, by, _quantifier(parser, data, path, scope, Scope((kind,))))


def _items(parser: Parser, data: Data, path: Path, scope: Scope) -> Condition:
    return Items(data["items"], _quantifier(parser, data, path, scope, scope.list_of_blocks(data["items"])))


def _quantifier(parser: Parser, data: Data, path: Path, scope: Scope, of_each: Scope) -> Quantifier:
    if "some" in data:
        return Some(parser.condition(data["some"], (*path, "some"), of_each))
    if "every" in data:
        return Every(parser.condition(data["every"], (*path, "every"), of_each))
    if "count" not in data:
        return Some()
    where = data["count"].get("where")
    inner = (*path, "count")
    condition = None if where is None else parser.condition(where, (*inner, "where"), of_each)
    return Count(_bounds(parser, data["count"], inner, scope), condition)


def _count(parser: Parser, data: Data, path: Path, scope: Scope) -> Condition:
    name = data["count"]
    for words in scope.attribute(name):
        if not words.plural:
            raise UnknownWordError(f"{name} is one value, not a list that could be counted")
    return Items(name, Count(_bounds(parser, data, path, scope)))


def _zones(parser: Parser, data: Data, path: Path, scope: Scope) -> Condition:
    if scope.block is not None:
        raise UnknownWordError("zones are asked of a resource, not of a block")
    return ZoneCount(_bounds(parser, data["zones"], (*path, "zones"), scope))


def _kind(_parser: Parser, data: Data, _: Path, scope: Scope) -> Condition:
    names = _listed(data["kind"])
    for name in names:
        check_word(name, scope.kinds, "kind that it may be")
    return KindIs(tuple(names))


def _bounds(parser: Parser, data: Data, path: Path, scope: Scope) -> Bounds:
    return Bounds(tuple((word, parser.operand(data[word], (*path, word), scope)) for word in BOUNDS if word in data))


def _listed(data: str | list[str]) -> list[str]:
    return data if isinstance(data, list) else [data]


FORMS: Mapping[str, Callable[[Parser, Data, Path, Scope], Condition]] = {
    "all": _all,
    "any": _any,
    "not": _not,
    "attribute": _attribute,
    "related": _related,
    "items": _items,
    "zones": _zones,
    "count": _count,
    "kind": _kind,
}
"""The forms of a condition, by the word that tells them; `count` stands after those that may hold one."""
