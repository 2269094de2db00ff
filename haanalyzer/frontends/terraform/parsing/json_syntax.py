"""Terraform's JSON syntax, read into the same blocks and attributes as HCL.

Source: Terraform's documentation, "JSON Configuration Syntax", and HCL's ``json/spec.md``. JSON
does not tell a nested block from an attribute. Terraform asks the provider's schema; here, inside of resources,
data sources and providers, a list of nothing but objects is taken for blocks, and one object for a block where the
catalogue has a word that leads through it. Any other object is an attribute: a map, such as ``tags``.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from haanalyzer.catalog.kinds import blocks_of
from haanalyzer.frontends.terraform.parsing.syntax import AttributeSyntax, BlockSyntax, BodySyntax, Notation
from haanalyzer.frontends.tree.loader import load
from haanalyzer.frontends.tree.nodes import ListNode, MapNode, Node
from haanalyzer.source.diagnostic import Diagnostic
from haanalyzer.source.document import Document

CODE = "invalid-json"
_COMMENT = "//"
_CONTENT = "content"


@dataclass(frozen=True, slots=True)
class _Form:
    """What a type of block looks like: its number of labels, and the types of blocks that it always may hold.

    ``is_open`` for blocks that hold what a provider says, ``is_literal`` where no text is interpolated.
    """

    labels: int = 0
    blocks: Mapping[str, _Form] = field(default_factory=dict)
    is_open: bool = False
    is_literal: bool = False


_PLAIN = _Form()
_CONDITIONS = {"precondition": _PLAIN, "postcondition": _PLAIN}
_CONNECTION = {"connection": _PLAIN}
_META = {"lifecycle": _Form(blocks=_CONDITIONS), "provisioner": _Form(1, _CONNECTION), **_CONNECTION}
_NESTED = _Form(is_open=True)
_DYNAMIC = _Form(1, {_CONTENT: _NESTED})
_RESOURCE = _Form(2, _META, is_open=True)
_STATE = {"backend": _Form(1), "cloud": _Form(blocks={"workspaces": _PLAIN}), "required_providers": _PLAIN}
_OF_AWS = ("assume_role", "assume_role_with_web_identity", "default_tags", "endpoints", "ignore_tags")
_TOP = {
    "action": _Form(2, {"config": _PLAIN}),
    "check": _Form(1, {"assert": _PLAIN, "data": _RESOURCE}),
    "data": _RESOURCE,
    "ephemeral": _RESOURCE,
    "import": _PLAIN,
    "language": _PLAIN,
    "locals": _PLAIN,
    "module": _Form(1),
    "moved": _PLAIN,
    "output": _Form(1, _CONDITIONS),
    "provider": _Form(1, dict.fromkeys(_OF_AWS, _PLAIN), is_open=True),
    "removed": _Form(blocks=_META),
    "resource": _RESOURCE,
    "terraform": _Form(blocks={**_STATE, "provider_meta": _Form(1)}),
    "variable": _Form(1, {"validation": _PLAIN}, is_literal=True),
}


class _Property(NamedTuple):
    """A key, by the offset of its quote, with its value."""

    name: str
    start: int
    end: int
    value: Node


def parse_json_body(document: Document) -> tuple[BodySyntax, list[Diagnostic]]:
    """The blocks of a ``.tf.json`` file, and one diagnostic for each part that is not what Terraform expects there."""
    body = BodySyntax()
    if (broken := _broken(document)) is not None:
        return body, [broken]
    root, diagnostics = load(document)
    if root is None:
        return body, diagnostics
    reader = _Reader(document)
    for each in reader.properties(root, "the file"):
        form = _TOP.get(each.name)
        if form is None:
            reader.attribute(body, each, "json")
        else:
            reader.blocks(body, each, form)
    doubles = [each for each in diagnostics if each.place.start not in reader.told_apart]
    return body, [*doubles, *reader.diagnostics]


def _broken(document: Document) -> Diagnostic | None:
    """What is wrong with a text that is YAML at best."""
    try:
        json.loads(document.text)
    except json.JSONDecodeError as error:
        at = min(error.pos, len(document.text))
        return Diagnostic(document.span(at, at), CODE, f"expected JSON: {error.msg[:1].lower()}{error.msg[1:]}")
    except (ValueError, RecursionError):
        pass  # a number of thousands of digits, or too deep: the loader says so with its place
    return None


class _Reader:
    """Reads one document. ``told_apart`` are the places of keys that may well come more than once."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.diagnostics: list[Diagnostic] = []
        self.told_apart: set[tuple[str, int, int]] = set()

    def properties(self, node: Node, what: str) -> Iterator[_Property]:
        """The entries of an object, or of a list of objects one after the other, without comments."""
        for each in node.items if isinstance(node, ListNode) else [node]:
            if not isinstance(each, MapNode):
                self._expected("an object", what, each)
                continue
            for name, (start, end, value) in sorted(
                [*each.repeated, *each.entries.items()], key=lambda entry: entry[1].start
            ):
                self.told_apart.add(self.document.span(start, end).start)
                if name != _COMMENT:
                    yield _Property(name, start, end, value)

    def attribute(self, body: BodySyntax, each: _Property, notation: Notation) -> None:
        """Of an attribute set twice the first one counts, as in HCL."""
        if each.name in body.attributes:
            message = f"`{each.name}` is set twice: expected it once, and the first one counts"
            self.diagnostics.append(Diagnostic(self.document.span(each.start, each.start), CODE, message))
            return
        body.attributes[each.name] = AttributeSyntax(
            self.document, each.name, each.start + 1, each.value.start, each.value.text, notation
        )

    def blocks(self, body: BodySyntax, each: _Property, form: _Form, outer: tuple[str, ...] = ()) -> None:
        """The blocks of one type that a key holds, below as many keys as they have labels.

        ``outer`` is the type of the resource that the key is in, and the blocks on the way from there.
        """
        for labels, header, content in self._labelled(each, form.labels, ()):
            path = _path(outer, each.name, labels, form)
            items = content.items if isinstance(content, ListNode) else [content]
            for number, item in enumerate(items):
                start, end = (header.start, header.end) if number == 0 else (item.start, item.start + 1)
                inner = BodySyntax()
                self._fill(inner, item, form, path)
                body.blocks.append(BlockSyntax(self.document, each.name, labels, start, end, item.end, inner))

    def _labelled(
        self, each: _Property, count: int, labels: tuple[str, ...]
    ) -> Iterator[tuple[tuple[str, ...], _Property, Node]]:
        """The labels, the last key and the content of all that is below so many keys."""
        if count == 0:
            yield labels, each, each.value
            return
        for inner in self.properties(each.value, f"`{each.name}`"):
            yield from self._labelled(inner, count - 1, (*labels, inner.name))

    def _fill(self, body: BodySyntax, node: Node, form: _Form, path: tuple[str, ...]) -> None:
        for each in self.properties(node, "a block"):
            if each.name in form.blocks:
                self.blocks(body, each, form.blocks[each.name], path)
            elif form.is_open and each.name == "dynamic":
                self.blocks(body, each, _DYNAMIC, path)
            elif form.is_open and _is_nested((*path, each.name), each.value):
                self.blocks(body, each, _NESTED, path)
            else:
                self.attribute(body, each, "literal json" if form.is_literal else "json")

    def _expected(self, what: str, where: str, node: Node) -> None:
        place = self.document.span(node.start, node.end).first_line()
        self.diagnostics.append(Diagnostic(place, CODE, f"expected {what} in {where}"))


def _path(outer: tuple[str, ...], type_: str, labels: tuple[str, ...], form: _Form) -> tuple[str, ...]:
    """The path of what is in a block: a resource begins one, a dynamic block is what its label says."""
    if form.is_open and labels:
        return labels[:1]
    if type_ == _CONTENT:
        return outer
    return (*outer, labels[0] if labels else type_)


def _is_nested(path: tuple[str, ...], node: Node) -> bool:
    """Whether what stands at a path, from a type of resource on, is taken for blocks."""
    match node:
        case ListNode(items=items):
            return bool(items) and all(isinstance(item, MapNode) for item in items)
        case MapNode():
            return path[1:] in blocks_of(path[0])
    return False
