"""Edits that set one property of a resource, written as the rest of the template is."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence

from haanalyzer.frontends.cloudformation.loader import load
from haanalyzer.frontends.cloudformation.nodes import ListNode, MapNode, Node, ScalarNode
from haanalyzer.source.document import Document
from haanalyzer.source.edit import Edit, NotEditableError
from haanalyzer.source.span import Span
from haanalyzer.values import Scalar

_PLAIN = re.compile(r"[A-Za-z][\w-]*")
_WORDS_OF_YAML = frozenset({"true", "false", "yes", "no", "on", "off", "null", "y", "n"})
_STEP = 2


def set_property(document: Document, resource: Span, path: Sequence[str], value: Scalar) -> list[Edit]:
    """The edit that gives a property a value.

    ``resource`` is the place of the logical id, ``path`` leads through maps to the
    property; ``@DeletionPolicy`` stands beside the properties. NotEditableError where the
    property is no literal, or is written elsewhere.
    """
    parent = _resource_at(document, resource)
    rest = [path[0][1:]] if path[0].startswith("@") else ["Properties", *path]
    while True:
        name, *inner = rest
        if parent.intrinsic():
            raise NotEditableError(f"it is `{_written(parent)}`")
        entry = parent.entries.get(name)
        if entry is None:
            return [_inserted(parent, rest, value)]
        child = entry.value
        if not parent.start <= entry.start < entry.end <= child.start:
            raise NotEditableError(f"`{name}` is an alias of what is written elsewhere")
        if not inner:
            return [_replaced(name, child, value)]
        if not isinstance(child, MapNode):
            raise NotEditableError(f"`{name}` is `{_written(child)}`")
        parent, rest = child, inner


def _resource_at(document: Document, resource: Span) -> MapNode:
    root, _ = load(document)
    resources = root.get("Resources") if isinstance(root, MapNode) else None
    entries = resources.entries.items() if isinstance(resources, MapNode) else ()
    for name, entry in entries:
        if isinstance(entry.value, MapNode) and document.span(entry.start, entry.end).first_line() == resource:
            if name.startswith("Fn::"):
                break
            return entry.value
    raise NotEditableError("it is made by a loop or macro")


def _written(node: Node) -> str:
    return " ".join(node.document.text[node.start : node.end].split())


def _replaced(name: str, node: Node, value: Scalar) -> Edit:
    if not isinstance(node, ScalarNode) or "\n" in _text(node):
        raise NotEditableError(f"`{name}` is `{_written(node)}`")
    quote = _text(node)[:1]
    return Edit(node.place, _quoted(value, quote) if quote in ("'", '"') else _scalar(value, in_json=False))


def _text(node: Node) -> str:
    return node.document.text[node.start : node.end]


def _quoted(value: Scalar, quote: str) -> str:
    plain = value if isinstance(value, str) else json.dumps(value)
    return json.dumps(plain, ensure_ascii=False) if quote == '"' else "'" + plain.replace("'", "''") + "'"


def _scalar(value: Scalar, *, in_json: bool) -> str:
    is_plain = isinstance(value, str) and _PLAIN.fullmatch(value) and value.lower() not in _WORDS_OF_YAML
    return str(value) if is_plain and not in_json else json.dumps(value, ensure_ascii=False)


def _inserted(parent: MapNode, path: Sequence[str], value: Scalar) -> Edit:
    if _text(parent)[:1] == "{":
        return _in_braces(parent, path, value)
    return _on_lines(parent, path, value)


def _in_braces(parent: MapNode, path: Sequence[str], value: Scalar) -> Edit:
    """A new entry of a JSON object, or of a YAML map in braces, on a line of its own where the others are."""
    text = parent.document.text
    entries = sorted(parent.entries.values())
    in_json = not entries or text[entries[0].start] == '"'
    keys = [json.dumps(key) if in_json else key for key in path]
    new = _scalar(value, in_json=in_json)
    for key in reversed(keys[1:]):
        new = f"{{{key}: {new}}}"
    new = f"{keys[0]}: {new}"
    if not entries:
        return Edit(parent.place, f"{{{new}}}")
    before = text[parent.start + 1 : entries[0].start]
    separator = f"{parent.document.line_end}{before.rpartition(chr(10))[2]}" if "\n" in before else " "
    at = entries[-1].value.end
    return Edit(parent.document.span(at, at), f",{separator}{new}")


def _on_lines(parent: MapNode, path: Sequence[str], value: Scalar) -> Edit:
    """New lines after the last entry; what stands beside the properties comes below the resource's type."""
    document = parent.document
    entries = sorted(parent.entries.values())
    beside = "Type" in parent.entries and path[0] != "Properties"
    last = parent.entries["Type"] if beside else entries[-1]
    at = _line_end(document.text, _end(last.value))
    column = document.position(entries[0].start)[1] - 1
    *outer, name = path
    lines = [f"{' ' * (column + _STEP * depth)}{key}:" for depth, key in enumerate(outer)]
    lines.append(f"{' ' * (column + _STEP * len(outer))}{name}: {_scalar(value, in_json=False)}")
    return Edit(document.span(at, at), "".join(f"{document.line_end}{line}" for line in lines))


def _end(node: Node) -> int:
    """The end of the last thing in a node that is written out: block scalars and maps run on over blank lines."""
    text = node.document.text
    while text[node.start : node.start + 1] not in ("{", "["):
        match node:
            case MapNode(entries=entries) if entries:
                inner = max(entries.values()).value
            case ListNode(items=[*_, inner]):
                pass
            case _:
                break
        if not node.start <= inner.start <= node.end:
            break
        node = inner
    return node.start + len(text[node.start : node.end].rstrip())


def _line_end(text: str, at: int) -> int:
    """The end of the line, a comment after the entry included."""
    end = text.find("\n", at)
    end = len(text) if end < 0 else end
    return end - 1 if text[at:end].endswith("\r") else end
