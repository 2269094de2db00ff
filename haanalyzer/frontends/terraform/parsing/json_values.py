"""Values in Terraform's JSON syntax as expressions: objects, lists, and texts that are templates."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import fields, replace
from functools import lru_cache
from typing import Any
from typing import Literal as OneOf

from haanalyzer.frontends.terraform.parsing.expressions import parse_expression, parse_template
from haanalyzer.frontends.terraform.parsing.syntax import (
    Expression,
    Invalid,
    Literal,
    ObjectExpression,
    TupleExpression,
)
from haanalyzer.frontends.tree.json_reader import JsonError, read_json
from haanalyzer.frontends.tree.loader import MAX_DEPTH
from haanalyzer.frontends.tree.nodes import ListNode, MapNode, Node, ScalarNode
from haanalyzer.source.document import Document

TextIs = OneOf["template", "literal", "expression"]
"""What a text stands for: a template, just itself, or an expression such as the name of a provider."""

_Place = Callable[[int], int]


@lru_cache(maxsize=50_000)
def parse_json_value(text: str, text_is: TextIs) -> Expression:
    """The syntax of one JSON value; places count from the start of ``text``. Never raises."""
    try:
        node, _ = read_json(Document("", text), MAX_DEPTH)
    except JsonError as error:
        return Invalid(start=0, end=len(text), message=str(error))
    return _expression(node, text_is)


def _expression(node: Node, text_is: TextIs) -> Expression:
    match node:
        case MapNode(entries=entries):
            items = tuple(
                (_text(name, node.document.text, entry.start, entry.end, text_is), _expression(entry.value, text_is))
                for name, entry in entries.items()
            )
            return ObjectExpression(start=node.start, end=node.end, items=items)
        case ListNode(items=nodes):
            parts = tuple(_expression(item, text_is) for item in nodes)
            return TupleExpression(start=node.start, end=node.end, items=parts)
        case ScalarNode():
            if node.text.startswith('"'):
                return _text(str(node.data), node.document.text, node.start, node.end, text_is)
            return Literal(start=node.start, end=node.end, value=json.loads(node.text))


def _text(value: str, document: str, start: int, end: int, text_is: TextIs) -> Expression:
    """What a text of these characters means, that is written between two offsets, quotes included."""
    written = document[start:end]
    if text_is == "literal":
        return Literal(start=start, end=end, value=value)
    inner = parse_template(value) if text_is == "template" or "${" in value else parse_expression(value)
    if isinstance(inner, Literal | Invalid):
        return replace(inner, start=start, end=end)
    offsets = _offsets(written) if "\\" in written else None

    def place(at: int) -> int:
        return start + (at + 1 if offsets is None else offsets[min(at, len(offsets) - 1)])

    return replace(_moved(inner, place), start=start, end=end)


def _offsets(written: str) -> list[int]:
    """Where each character of a JSON text, and its end, stands in the text as written."""
    found, at = [], 1
    while at < len(written) - 1:
        found.append(at)
        if written[at] != "\\":
            at += 1
        elif written[at + 1] != "u":
            at += 2
        else:
            is_pair = written[at + 2 : at + 4].lower() in ("d8", "d9", "da", "db") and written[at + 6] == "\\"
            at += 12 if is_pair else 6
    return [*found, at]


def _moved(node: Expression, place: _Place) -> Expression:
    """The same expression at other offsets."""
    inner: dict[str, Any] = {each.name: _moved_part(getattr(node, each.name), place) for each in fields(node)}
    return replace(node, **{**inner, "start": place(node.start), "end": place(node.end)})


def _moved_part(part: object, place: _Place) -> object:
    if isinstance(part, tuple):
        return tuple(_moved_part(each, place) for each in part)
    return _moved(part, place) if isinstance(part, Expression) else part
