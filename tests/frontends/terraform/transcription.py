"""Writes HCL down in Terraform's JSON syntax, as its documentation says the two correspond."""

from __future__ import annotations

import json

from haanalyzer.catalog.kinds import blocks_of
from haanalyzer.frontends.terraform.parsing import syntax
from haanalyzer.frontends.terraform.parsing.expressions import parse_expression
from haanalyzer.frontends.terraform.parsing.structure import parse_body
from haanalyzer.source.document import Document

_NAMES = frozenset(
    {"alias", "depends_on", "ignore_changes", "iterator", "provider", "providers", "replace_triggered_by", "type"}
)
_TOP_NAMES = {"variable": {"type"}, "module": {"depends_on", "providers"}, "locals": set(), "provider": {"alias"}}


def in_json(text: str) -> str:
    """A file in HCL as one in JSON. Comments are lost."""
    body, diagnostics = parse_body(Document("main.tf", text))
    assert not diagnostics, diagnostics
    top: dict[str, object] = {}
    for block in body.blocks:
        _put(top, block, _body(block.body, block, ()))
    return json.dumps(top, indent=2, ensure_ascii=False)


def _put(into: dict[str, object], block: syntax.BlockSyntax, body: object, *, single: bool = False) -> None:
    """A block under its type and labels; a second one of the same makes them a list."""
    *outer, last = (block.type, *block.labels)
    for name in outer:
        inner = into.setdefault(name, {})
        assert isinstance(inner, dict)
        into = inner
    if single and last not in into:
        into[last] = body
    else:
        known = into.get(last, [])
        into[last] = [*(known if isinstance(known, list) else [known]), body]


def _body(body: syntax.BodySyntax, outermost: syntax.BlockSyntax, path: tuple[str, ...]) -> dict[str, object]:
    names = _NAMES if path else _TOP_NAMES.get(outermost.type, _NAMES - {"type", "alias"})
    found: dict[str, object] = {
        name: _name(attribute.text) if name in names else _value(attribute.text)
        for name, attribute in body.attributes.items()
    }
    for block in body.blocks:
        inner = path if block.type == "content" else (*path, block.made_type)
        known = outermost.type in ("resource", "data") and inner in blocks_of(outermost.labels[0])
        single = block.type in ("lifecycle", "content", "cloud", "dynamic") or known
        _put(found, block, _body(block.body, outermost, inner), single=single)
    return found


def _value(text: str) -> object:
    return _json(parse_expression(text), text)


def _json(node: syntax.Expression, text: str) -> object:
    match node:
        case syntax.Literal(value=str(value)):
            return value.replace("${", "$${").replace("%{", "%%{")
        case syntax.Literal(value=value):
            return value
        case syntax.TupleExpression(items=items):
            return [_json(item, text) for item in items]
        case syntax.ObjectExpression(items=items) if all(isinstance(key, syntax.Literal) for key, _ in items):
            return {str(_json(key, text)): _json(value, text) for key, value in items}
    written = text[node.start : node.end]
    return f"${{{written}\n}}" if "<<" in written else f"${{{written}}}"


def _name(text: str) -> object:
    match node := parse_expression(text):
        case syntax.Literal(value=str(value)):
            return value
        case syntax.TupleExpression(items=items):
            return [text[item.start : item.end] for item in items]
        case syntax.ObjectExpression(items=items):
            return {text[key.start : key.end]: text[value.start : value.end] for key, value in items}
    return text[node.start : node.end]
