"""Our syntax, and HashiCorp's parser's, in one form that can be compared."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from haanalyzer.frontends.terraform import syntax
from haanalyzer.frontends.terraform.expressions import children, parse_expression
from haanalyzer.frontends.terraform.syntax import BodySyntax, Expression

Json = Any
"""What JSON holds."""
Shape = tuple[object, ...]
"""A node's kind, then what it says and its operands. Literal text is left out, and so are brackets."""

_OPERATORS = {
    "add": "+", "subtract": "-", "multiply": "*", "divide": "/", "modulo": "%", "equal": "==", "notEqual": "!=",
    "lessThan": "<", "lessThanOrEqual": "<=", "greaterThan": ">", "greaterThanOrEqual": ">=",
    "logicalAnd": "&&", "logicalOr": "||", "logicalNot": "!", "negate": "-",
}  # fmt: skip
_TEXT: Shape = ("text",)


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


def our_shape(node: Expression) -> Shape:
    match node:
        case syntax.Literal(value=str()):
            return _TEXT
        case syntax.Literal(value=None):
            return ("literal", "null")
        case syntax.Literal(value=bool(value)):
            return ("literal", str(value).lower())
        case syntax.Literal(value=value):
            return ("literal", Decimal(str(value)))
        case syntax.Template(parts=parts):
            return _template(our_shape(part) for part in parts if not isinstance(part, str))
        case syntax.Variable(name=name):
            return ("name", name)
        case syntax.SplatElement():
            return ("element",)
        case syntax.GetAttribute(of=of, name=name):
            return ("step", our_shape(of), name)
        case syntax.Index(of=of, key=syntax.Literal(value=str(key))):
            return ("step", our_shape(of), f'"{key}"')
        case syntax.Index(of=of, key=syntax.Literal(value=int(key))):
            return ("step", our_shape(of), str(key))
        case syntax.Index(of=of, key=key):
            return ("index", our_shape(of), our_shape(key))
        case syntax.Splat(of=of, each=each):
            return ("splat", our_shape(of), our_shape(each))
        case syntax.FunctionCall(name=name, arguments=arguments, expand_last=expand):
            return ("call", name, expand, *map(our_shape, arguments))
        case syntax.Conditional(condition=condition, when_true=one, when_false=other):
            return ("conditional", our_shape(condition), our_shape(one), our_shape(other))
        case syntax.Unary(operator=operator, operand=operand):
            return (operator, our_shape(operand))
        case syntax.Binary(operator=operator, left=left, right=right):
            return (operator, our_shape(left), our_shape(right))
        case syntax.TupleExpression(items=items):
            return ("tuple", *map(our_shape, items))
        case syntax.ObjectExpression(items=items):
            return ("object", *((_our_key(key), our_shape(value)) for key, value in items))
        case syntax.ForExpression():
            parts = (node.collection, *filter(None, (node.key,)), node.value, *filter(None, (node.condition,)))
            return ("for", node.key_name or "", node.value_name, node.group, *map(our_shape, parts))
    return ("invalid",)


def _our_key(key: Expression) -> Shape:
    return _TEXT if isinstance(key, syntax.Literal) else our_shape(key)


def their_shape(node: Mapping[str, Json]) -> Shape:
    """As `our_shape`, of a tree of ``getExpressionAst``."""
    meta, children = node["meta"] if "meta" in node else {}, node["children"]
    shapes = [their_shape(child) for child in children]
    match node["type"]:
        case "":
            return shapes[0] if shapes else ("element",)
        case "literalValue":
            return _their_literal(meta)
        case "template":
            return _template(shapes)
        case "templateWrap" | "templateJoin":
            return shapes[0]
        case "scopeTraversal":
            first, *rest = meta["traversal"]
            return _steps(("name", first["segment"]), rest)
        case "relativeTraversal":
            return _steps(shapes[0], meta["traversal"])
        case "index":
            return ("index", *shapes)
        case "splat":
            return ("splat", *shapes)
        case "function":
            return ("call", meta["name"], meta["expandedFinalArgument"] in (True, "true"), *shapes)
        case "conditional":
            return ("conditional", *shapes)
        case "unaryOp" | "binaryOp":
            return (_OPERATORS[meta["operator"]], *shapes)
        case "tuple":
            return ("tuple", *shapes)
        case "object":
            keys = [_TEXT if shape == ("element",) else shape for shape in shapes[::2]]
            return ("object", *zip(map(_their_key, keys), shapes[1::2], strict=True))
        case "for":
            return ("for", meta["keyVar"], meta["valVar"], meta["groupedValue"] in (True, "true"), *shapes)
    return ("unheard of", node["type"])


def _their_key(key: Shape) -> Shape:
    return _TEXT if key[0] == "literal" else key


def _their_literal(meta: Mapping[str, Json]) -> Shape:
    if meta["type"] == "string":
        return _TEXT
    return ("literal", Decimal(meta["value"]) if meta["type"] == "number" else meta["value"])


def _template(parts: Iterable[Shape]) -> Shape:
    shapes = [shape for shape in parts if shape != _TEXT]
    return ("template", *shapes) if shapes else _TEXT


def _steps(shape: Shape, traversal: list[Mapping[str, Json]]) -> Shape:
    for each in traversal:
        shape = ("step", shape, each["segment"])
    return shape
