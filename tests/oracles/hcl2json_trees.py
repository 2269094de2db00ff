"""Our syntax trees, and those of HashiCorp's parser, in one form that can be compared."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from typing import Any

from haanalyzer.frontends.terraform.parsing import syntax
from haanalyzer.frontends.terraform.parsing.syntax import Expression

Tree = Mapping[str, Any]
"""A node of ``getExpressionAst``: its ``type``, ``meta`` and ``children``."""
Shape = tuple[object, ...]
"""A node's kind, then what it says and its operands. Literal text is left out, and so are brackets."""

_OPERATORS = {
    "add": "+", "subtract": "-", "multiply": "*", "divide": "/", "modulo": "%", "equal": "==", "notEqual": "!=",
    "lessThan": "<", "lessThanOrEqual": "<=", "greaterThan": ">", "greaterThanOrEqual": ">=",
    "logicalAnd": "&&", "logicalOr": "||", "logicalNot": "!", "negate": "-",
}  # fmt: skip
_TEXT: Shape = ("text",)
_ELEMENT: Shape = ("element",)


def our_shape(node: Expression) -> Shape:
    return _OURS[type(node)](node)


def _literal(node: syntax.Literal) -> Shape:
    match node.value:
        case str():
            return _TEXT
        case None | bool():
            return ("literal", {None: "null", True: "true", False: "false"}[node.value])
    return ("literal", Decimal(str(node.value)))


def _index(node: syntax.Index) -> Shape:
    """What is taken by a literal is a step, as a name is."""
    match node.key:
        case syntax.Literal(value=str(key)):
            return ("step", our_shape(node.of), f'"{key}"')
        case syntax.Literal(value=int(key)):
            return ("step", our_shape(node.of), str(key))
    return ("index", our_shape(node.of), our_shape(node.key))


def _for(node: syntax.ForExpression) -> Shape:
    parts = [part for part in (node.collection, node.key, node.value, node.condition) if part is not None]
    return ("for", node.key_name or "", node.value_name, node.group, *map(our_shape, parts))


def _key(key: Expression) -> Shape:
    return _TEXT if isinstance(key, syntax.Literal) else our_shape(key)


def _template(shapes: Iterable[Shape]) -> Shape:
    parts = [shape for shape in shapes if shape != _TEXT]
    return ("template", *parts) if parts else _TEXT


_OURS: dict[type[Expression], Callable[[Any], Shape]] = {
    syntax.Literal: _literal,
    syntax.Template: lambda node: _template(our_shape(part) for part in node.parts if not isinstance(part, str)),
    syntax.Variable: lambda node: ("name", node.name),
    syntax.SplatElement: lambda _: _ELEMENT,
    syntax.GetAttribute: lambda node: ("step", our_shape(node.of), node.name),
    syntax.Index: _index,
    syntax.Splat: lambda node: ("splat", our_shape(node.of), our_shape(node.each)),
    syntax.FunctionCall: lambda node: ("call", node.name, node.expand_last, *map(our_shape, node.arguments)),
    syntax.Conditional: lambda node: (
        "conditional",
        *map(our_shape, (node.condition, node.when_true, node.when_false)),
    ),
    syntax.Unary: lambda node: (node.operator, our_shape(node.operand)),
    syntax.Binary: lambda node: (node.operator, our_shape(node.left), our_shape(node.right)),
    syntax.TupleExpression: lambda node: ("tuple", *map(our_shape, node.items)),
    syntax.ObjectExpression: lambda node: ("object", *((_key(key), our_shape(value)) for key, value in node.items)),
    syntax.ForExpression: _for,
    syntax.Invalid: lambda _: ("invalid",),
}


def their_shape(node: Tree) -> Shape:
    """As `our_shape`, of HashiCorp's."""
    shapes = [their_shape(child) for child in node["children"]]
    return _THEIRS[node["type"]](node.get("meta", {}), shapes)


def _their_literal(meta: Tree, _: list[Shape]) -> Shape:
    match meta["type"]:
        case "string":
            return _TEXT
        case "number":
            return ("literal", Decimal(meta["value"]))
    return ("literal", meta["value"])


def _their_traversal(meta: Tree, shapes: list[Shape]) -> Shape:
    """A traversal of a name, or of what another expression gives."""
    segments = [step["segment"] for step in meta["traversal"]]
    shape = shapes[0] if shapes else ("name", segments.pop(0))
    for segment in segments:
        shape = ("step", shape, segment)
    return shape


def _their_object(_: Tree, shapes: list[Shape]) -> Shape:
    keys = [_TEXT if key == _ELEMENT or key[0] == "literal" else key for key in shapes[::2]]
    return ("object", *zip(keys, shapes[1::2], strict=True))


def _flag(value: object) -> bool:
    return value in (True, "true")


_Reader = Callable[[Tree, list[Shape]], Shape]
_THEIRS: dict[str, _Reader] = {
    "": lambda _, shapes: shapes[0] if shapes else _ELEMENT,
    "literalValue": _their_literal,
    "template": lambda _, shapes: _template(shapes),
    "scopeTraversal": _their_traversal,
    "relativeTraversal": _their_traversal,
    "function": lambda meta, shapes: ("call", meta["name"], _flag(meta["expandedFinalArgument"]), *shapes),
    "object": _their_object,
    "for": lambda meta, shapes: ("for", meta["keyVar"], meta["valVar"], _flag(meta["groupedValue"]), *shapes),
    **dict.fromkeys(("templateWrap", "templateJoin"), lambda _, shapes: shapes[0]),
    **dict.fromkeys(("unaryOp", "binaryOp"), lambda meta, shapes: (_OPERATORS[meta["operator"]], *shapes)),
    "index": lambda _, shapes: ("index", *shapes),
    "splat": lambda _, shapes: ("splat", *shapes),
    "conditional": lambda _, shapes: ("conditional", *shapes),
    "tuple": lambda _, shapes: ("tuple", *shapes),
}
