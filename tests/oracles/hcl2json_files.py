"""Our syntax as hcl2json writes a file: literals as JSON, other expressions as ``${text}``."""

from __future__ import annotations

import json
import re
from typing import Any

from haanalyzer.frontends.terraform.parsing import syntax
from haanalyzer.frontends.terraform.parsing.expressions import children, parse_expression
from haanalyzer.frontends.terraform.parsing.syntax import BodySyntax, Expression

Json = Any
"""What JSON holds."""


def body_json(body: BodySyntax) -> dict[str, Json]:
    """A body as hcl2json writes it: attributes by name, blocks by type and labels in lists."""
    found: dict[str, Json] = {}
    for block in body.blocks:
        inner = found
        for label in (block.type, *block.labels[:-1]) if block.labels else ():
            inner = inner.setdefault(label, {})
        inner.setdefault(block.labels[-1] if block.labels else block.type, []).append(body_json(block.body))
    for name, attribute in body.attributes.items():
        found[name] = _value_json(parse_expression(attribute.text), attribute.text)
    return found


def _value_json(node: Expression, text: str) -> Json:
    if text.startswith("(", node.start):
        return _wrapped(node, text)
    match node:
        case syntax.Literal(value=str(value)):
            return _escaped(value)
        case syntax.Literal(value=value):
            return value
        case syntax.TupleExpression(items=items):
            return [_value_json(item, text) for item in items]
        case syntax.ObjectExpression(items=items):
            return {_key(key, text): _value_json(value, text) for key, value in items}
        case syntax.Template(parts=parts):
            return "".join(_escaped(part) if isinstance(part, str) else _part(part, text) for part in parts)
        case syntax.Unary(operator="-", operand=syntax.Literal(value=int() | float() as number)):
            return -number
    return _wrapped(node, text)


def _part(node: Expression, text: str) -> str:
    """What is interpolated; a conditional comes as a directive, whichever it was written as."""
    match node:
        case syntax.Conditional(condition=condition, when_true=one, when_false=other):
            otherwise = _part(other, text)
            middle = f"%{{else}}{otherwise}" if otherwise else ""
            return f"%{{if {text[condition.start : condition.end]}}}{_part(one, text)}{middle}%{{endif}}"
        case syntax.Literal() | syntax.Template():
            found = _value_json(node, text)
            return found if isinstance(found, str) else _wrapped(node, text)
        case syntax.ForExpression() if text.startswith("%{", node.start):
            names = ", ".join(filter(None, (node.key_name, node.value_name)))
            collection = text[node.collection.start : node.collection.end]
            return f"%{{for {names} in {collection}}}{_part(node.value, text)}%{{endfor}}"
    return _wrapped(node, text)


def _escaped(text: str) -> str:
    """A text as a template writes it."""
    return text.replace("${", "$${").replace("%{", "%%{")


def _key(node: Expression, text: str) -> str:
    if isinstance(node, syntax.Literal | syntax.Template):
        found = _value_json(node, text)
        return found if isinstance(found, str) else json.dumps(found)
    if _is_traversal(node) and not text.startswith(("(", '"'), node.start):
        return text[node.start : node.end]
    return _part(node, text)


def _is_traversal(node: Expression) -> bool:
    """Whether this is a name and what is known to be taken from it."""
    while isinstance(node, syntax.GetAttribute | syntax.Index):
        if isinstance(node, syntax.Index) and not isinstance(node.key, syntax.Literal):
            return False
        node = node.of
    return isinstance(node, syntax.Variable)


def _wrapped(node: Expression, text: str) -> str:
    source = text[node.start : node.end]
    if source.startswith('"${') and all(child.start > node.start for child in children(node)):
        return f"${{{_STRIPPED.sub('', source)}}}"
    return f"${{{source}}}"


_STRIPPED = re.compile(r'^"\$\{~?\s*|\s*~?\}"$')
