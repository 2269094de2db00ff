"""The texts of new entries of maps and lists, in the style of those that are there."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from haanalyzer.frontends.tree.nodes import Entry, ListNode, MapNode, Node
from haanalyzer.source.document import Document
from haanalyzer.source.edit import Edit, Literal, NotEditableError, Wanted, line_end

_PLAIN = re.compile(r"[A-Za-z](?:[\w./-]*\w)?")
_USUAL, _WIDEST = 2, 8
_WORDS_OF_YAML = frozenset({"true", "false", "yes", "no", "on", "off", "null", "y", "n"})


@dataclass(frozen=True, slots=True)
class Style:
    """How much deeper a block of YAML stands than what holds it."""

    difference: int

    @property
    def step(self) -> str:
        is_indentation = 0 < self.difference <= _WIDEST
        return " " * (self.difference if is_indentation else _USUAL)


def key_of(name: str) -> str:
    """The key of a pair, by its name in brackets; empty for other names."""
    return name[1:-1] if name.startswith("[") else ""


def as_text(value: Literal, *, in_json: bool, quote: str = "") -> str:
    """A literal as it is written, in quotes where what it replaces begins with one."""
    if quote == '"':
        return json.dumps(value if isinstance(value, str) else json.dumps(value), ensure_ascii=False)
    if quote == "'":
        return "'" + (value if isinstance(value, str) else json.dumps(value)).replace("'", "''") + "'"
    is_plain = isinstance(value, str) and _PLAIN.fullmatch(value) and value.lower() not in _WORDS_OF_YAML
    return str(value) if is_plain and not in_json else json.dumps(value, ensure_ascii=False)


def map_extended(parent: MapNode, new: Wanted, style: Style, below: str | None = None) -> Edit:
    """New entries after the last one, or below a certain one."""
    if parent.in_braces:
        layout = _Flow.in_map(parent)
        texts = [f"{layout.key(name)}: {_flow(value, layout, 1)}" for name, value in new.items()]
        return _in_brackets(parent, texts, [entry.value for entry in parent.entries.values()], layout)
    lines = _lines(new, " " * (parent.start_column - 1), style.step)
    return _new_lines(parent.document, _end_of_entries(parent, below), lines)


def block_filled(parent: MapNode, empty: Entry, new: Wanted, style: Style) -> Edit:
    """What comes below a key that has nothing behind it."""
    lines = _lines(new, " " * (parent.start_column - 1) + style.step, style.step)
    return _new_lines(parent.document, empty.end, lines)


def item_appended(pairs: ListNode, new: Wanted) -> Edit:
    """New pairs after the last one."""
    if pairs.in_braces:
        layout = _Flow.in_list(pairs)
        texts = [_pair_in_flow(name, value, layout, 1) for name, value in new.items()]
        return _in_brackets(pairs, texts, pairs.items, layout)
    last = pairs.items[-1]
    indent, dash = " " * (pairs.start_column - 1), f"-{' ' * (pairs.items[0].start_column - pairs.start_column - 1)}"
    lines: list[str] = []
    for name, value in new.items():
        if last.in_braces:
            lines.append(f"{indent}{dash}{_pair_in_flow(name, value, _ON_ONE_LINE, 1)}")
        else:
            lines += _pair(name, value, indent, dash)
    return _new_lines(pairs.document, _end(last), lines)


def _new_lines(document: Document, after: int, lines: Iterable[str]) -> Edit:
    """Lines below the one that holds this offset."""
    at = line_end(document.text, after)
    return Edit(document.span(at, at), "".join(f"{document.line_end}{line}" for line in lines))


def _lines(new: Wanted, indent: str, step: str) -> Iterator[str]:
    for name, value in new.items():
        if not isinstance(value, Mapping):
            if key_of(name):
                yield from _pair(name, value, indent, "- ")
            else:
                yield f"{indent}{name}: {as_text(value, in_json=False)}"
        else:
            yield f"{indent}{name}:"
            yield from _lines(value, f"{indent}{step}", step)


def _pair(name: str, value: Literal | Wanted, indent: str, dash: str) -> list[str]:
    return [
        f"{indent}{dash}Key: {as_text(key_of(name), in_json=False)}",
        f"{indent}{' ' * len(dash)}Value: {as_text(_words(value), in_json=False)}",
    ]


def _words(value: Literal | Wanted) -> str:
    """The values of pairs are texts."""
    return value if isinstance(value, str) else json.dumps(value)


@dataclass(frozen=True, slots=True)
class _Flow:
    """How what stands in brackets is laid out: ``indent`` of its entries on lines of their own, None on one line."""

    indent: str | None
    step: str
    in_json: bool

    @classmethod
    def in_map(cls, parent: MapNode) -> _Flow:
        first = min((entry.start for entry in parent.entries.values()), default=None)
        return cls._of(parent, first, in_json=parent.in_json)

    @classmethod
    def in_list(cls, parent: ListNode) -> _Flow:
        items = [item for item in parent.items if isinstance(item, MapNode)]
        in_json = items[0].in_json if items else parent.document.text.lstrip().startswith("{")
        return cls._of(parent, parent.items[0].start if parent.items else None, in_json=in_json)

    @classmethod
    def _of(cls, parent: Node, first: int | None, *, in_json: bool) -> _Flow:
        text = parent.document.text
        before = "" if first is None else text[parent.start + 1 : first]
        if "\n" not in before:
            return cls(None, "", in_json)
        indent = before.rpartition("\n")[2]
        line = text[text.rfind("\n", 0, parent.start) + 1 : parent.start]
        outer = line[: len(line) - len(line.lstrip())]
        return cls(indent, indent.removeprefix(outer), in_json)

    def brackets(self, texts: list[str], depth: int, around: str = "{}") -> str:
        """Entries in brackets of their own, ``depth`` levels below those of this layout."""
        if self.indent is None:
            return f"{around[0]}{', '.join(texts)}{around[1]}"
        outer = f"\n{self.indent}{self.step * (depth - 1)}"
        return f"{around[0]}{','.join(f'{outer}{self.step}{text}' for text in texts)}{outer}{around[1]}"

    def key(self, name: str) -> str:
        return json.dumps(name) if self.in_json else name


_ON_ONE_LINE = _Flow(None, "", in_json=False)


def _flow(value: Literal | Wanted, layout: _Flow, depth: int) -> str:
    if not isinstance(value, Mapping):
        return as_text(value, in_json=layout.in_json)
    if all(map(key_of, value)):
        return layout.brackets([_pair_in_flow(*each, layout, depth + 1) for each in value.items()], depth, "[]")
    texts = [f"{layout.key(name)}: {_flow(inner, layout, depth + 1)}" for name, inner in value.items()]
    return layout.brackets(texts, depth)


def _pair_in_flow(name: str, value: Literal | Wanted, layout: _Flow, depth: int) -> str:
    key, text = (as_text(each, in_json=layout.in_json) for each in (key_of(name), _words(value)))
    return layout.brackets([f"{layout.key('Key')}: {key}", f"{layout.key('Value')}: {text}"], depth)


def _in_brackets(parent: Node, texts: list[str], values: list[Node], layout: _Flow) -> Edit:
    """New entries in brackets, on lines of their own where the others are."""
    document = parent.document
    texts = [text.replace("\n", document.line_end) for text in texts]
    if not values:
        opening, closing = parent.text[0], parent.text[-1]
        return Edit(parent.place, f"{opening}{', '.join(texts)}{closing}")
    separator = " " if layout.indent is None else f"{document.line_end}{layout.indent}"
    at = max(value.end for value in values)
    return Edit(document.span(at, at), "".join(f",{separator}{text}" for text in texts))


def _end_of_entries(parent: MapNode, below: str | None) -> int:
    own = [entry for entry in parent.entries.values() if parent.start <= entry.start < parent.end]
    last = parent.entries[below] if below in parent.entries else max(own, key=lambda each: each.start, default=None)
    if last is None:
        return parent.end
    return _end(last.value) if last.value.start >= last.end else last.end


def _end(node: Node) -> int:
    """The end of the last thing in a node that is written out: block scalars and maps run on over blank lines."""
    last = _last_in(node)
    end = last.start + len(last.text.rstrip())
    if last.text.startswith(("|", ">")) and "\n" not in node.document.text[end:]:
        raise NotEditableError("the file ends in a text that a further line would change")
    return end


def _last_in(node: Node) -> Node:
    while not node.in_braces:
        match node:
            case MapNode(entries=entries) if entries:
                inner = max(entries.values(), key=lambda each: each.start).value
            case ListNode(items=[*_, inner]):
                pass
            case _:
                break
        if not node.start <= inner.start <= node.end:
            break
        node = inner
    return node
