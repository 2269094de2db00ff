"""Template text to nodes. YAML and JSON go the same road: libyaml's events."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

import yaml
from yaml.constructor import SafeConstructor
from yaml.reader import Reader

from haanalyzer.frontends.tree.duplicates import duplicates
from haanalyzer.frontends.tree.json_reader import JsonError, read_json
from haanalyzer.frontends.tree.nodes import Entry, ListNode, MapNode, Node, ScalarNode
from haanalyzer.source.diagnostic import Diagnostic
from haanalyzer.source.document import Document

MAX_DEPTH = 100
MAX_EXPANDED_NODES = 250_000

_YAML_TAG = "tag:yaml.org,2002:"
_MERGE = f"{_YAML_TAG}merge"
_UNPREFIXED = frozenset({"Ref", "Condition"})
# A node's tag and anchor, in either order, up to what they decorate.
_DECORATION = re.compile(r"(?:[!&]\S*\s*)+")
_CONSTRUCTOR = SafeConstructor()
_CONSTRUCT = {
    f"{_YAML_TAG}int": _CONSTRUCTOR.construct_yaml_int,
    f"{_YAML_TAG}float": _CONSTRUCTOR.construct_yaml_float,
    f"{_YAML_TAG}bool": _CONSTRUCTOR.construct_yaml_bool,
    f"{_YAML_TAG}null": _CONSTRUCTOR.construct_yaml_null,
}


def load(document: Document) -> tuple[Node | None, list[Diagnostic]]:
    """The tree of the first document in a text that is not empty, and what is wrong with it.

    Short tags (``!Ref``) appear in their long form, aliases and merges resolved. Of
    duplicate keys the last one counts. A text that cannot be read gives None and
    exactly one diagnostic; an empty one gives None and none. A further document is
    said not to be read: CloudFormation refuses a file of several.
    """
    composer = _Composer(document)
    try:
        return composer.compose(), composer.diagnostics
    except _UnreadableError as error:
        unreadable = error
    except (yaml.YAMLError, UnicodeEncodeError) as error:
        unreadable = _syntax_error(document, error)
    if not document.text.lstrip().startswith(("{", "[")) or unreadable.code != "invalid-yaml":
        return None, [unreadable.diagnostic(document)]
    try:
        # YAML forbids some of what JSON allows: tabs, surrogate pairs.
        return read_json(document, MAX_DEPTH)
    except JsonError as error:
        return None, [_UnreadableError(error.code, str(error), error.offset).diagnostic(document)]


class _UnreadableError(Exception):
    def __init__(self, code: str, message: str, offset: int) -> None:
        super().__init__(message)
        self.code = code
        self.offset = offset

    def diagnostic(self, document: Document) -> Diagnostic:
        return Diagnostic(document.span(self.offset, self.offset), self.code, str(self))


def _syntax_error(document: Document, error: yaml.YAMLError | UnicodeEncodeError) -> _UnreadableError:
    problem = str(getattr(error, "problem", None) or error).split("\n", 1)[0]
    mark = getattr(error, "problem_mark", None)
    opening = getattr(error, "context_mark", None)
    offset = min(mark.index, len(document.text)) if mark else 0
    unprintable = Reader.NON_PRINTABLE.search(document.text)
    if mark is None and unprintable:
        offset = unprintable.start()
        message = f"expected printable characters, found {unprintable.group()!a}"
    elif document.text.startswith("\t", offset):
        message = "expected spaces for indentation, found a tab"
    elif problem.startswith("did not find expected "):
        message = f"expected {problem.removeprefix('did not find expected ')}"
        context = getattr(error, "context", None)
        message += f" {context}" if context else ""
    elif problem == "found unexpected end of stream" and opening:
        offset, message = opening.index, "expected a closing quote for this one"
    else:
        message = _EXPECTED.get(problem, f"expected YAML: {problem}")
    return _UnreadableError("invalid-yaml", message, offset)


_EXPECTED = {
    "mapping values are not allowed in this context": "expected no ': ' within an unquoted text",
    "found character that cannot start any token": "expected quotes around a text that begins with this character",
    "could not find expected ':'": "expected ':' after the key",
}


@dataclass(slots=True)
class _Frame:
    """A list or map whose end has not been read; ``children`` of a map are keys and values in turn."""

    is_map: bool
    start: int
    tag: str | None
    anchor: str | None
    children: list[Node] = field(default_factory=list)
    keys: list[str | None] = field(default_factory=list)
    size: int = 1
    height: int = 1


@dataclass(frozen=True, slots=True)
class _Anchored:
    node: Node
    size: int
    height: int


class _Composer:
    """Builds nodes from events, without recursion, and counts what aliases would expand to."""

    def __init__(self, document: Document) -> None:
        self.diagnostics: list[Diagnostic] = []
        self._document = document
        self._text = document.text
        self._frames: list[_Frame] = []
        self._anchors: dict[str, _Anchored] = {}
        self._root: Node | None = None
        self._aliased = False

    def compose(self) -> Node | None:
        loader = yaml.CSafeLoader(self._text)
        try:
            while self._is_empty and loader.check_event():
                self._read_document(loader)
            if loader.check_event(yaml.DocumentStartEvent):
                start, end = _offsets(loader.peek_event())
                message = "expected one document in a file; only the first one is read"
                self._complain("several-documents", message, start, end)
        finally:
            loader.dispose()
        return None if self._is_empty else self._root

    @property
    def _is_empty(self) -> bool:
        """Whether nothing has been read yet, but for documents that hold nothing."""
        return self._root is None or (isinstance(self._root, ScalarNode) and self._root.data is None)

    def _read_document(self, loader: yaml.CSafeLoader) -> None:
        while loader.check_event():
            match event := loader.get_event():
                case yaml.ScalarEvent():
                    self._scalar(event, loader)
                case yaml.MappingStartEvent() | yaml.SequenceStartEvent():
                    self._open(event)
                case yaml.MappingEndEvent() | yaml.SequenceEndEvent():
                    self._close(event)
                case yaml.AliasEvent():
                    self._alias(event)
                case yaml.DocumentEndEvent() | yaml.StreamEndEvent():
                    break

    def _scalar(self, event: yaml.ScalarEvent, loader: yaml.CSafeLoader) -> None:
        start, end = _offsets(event)
        if event.style in ("|", ">"):
            end = start + len(self._text[start:end].rstrip())
        tag, text = event.tag, event.value
        short = _short_tag(tag)
        if short and tag:
            inner = ScalarNode(self._document, self._undecorated(start, end), end, text)
            node: Node = self._call(short, tag, start, end, _get_att(inner) if short == "Fn::GetAtt" else inner)
        else:
            tag = _resolve(loader, text, event.implicit) if tag is None else tag
            node = ScalarNode(self._document, start, end, _typed(tag, text))
        is_merge = tag == _MERGE
        self._attach(node, 1, 1, event.anchor, key=None if is_merge else text)

    def _open(self, event: yaml.MappingStartEvent | yaml.SequenceStartEvent) -> None:
        start, _ = _offsets(event)
        if len(self._frames) >= MAX_DEPTH:
            raise _too_deep(start)
        is_map = isinstance(event, yaml.MappingStartEvent)
        self._frames.append(_Frame(is_map, start, event.tag, event.anchor))

    def _close(self, event: yaml.MappingEndEvent | yaml.SequenceEndEvent) -> None:
        frame = self._frames.pop()
        # A flow collection ends with its bracket, a block collection where its last child does.
        closing, end = _offsets(event)
        if closing == end:
            end = max((child.end for child in frame.children), default=frame.start)
        short = _short_tag(frame.tag)
        start = self._undecorated(frame.start, end) if short else frame.start
        node: Node = (
            MapNode(self._document, start, end, *self._entries(frame))
            if frame.is_map
            else ListNode(self._document, start, end, frame.children)
        )
        if short and frame.tag:
            node = self._call(short, frame.tag, frame.start, end, node)
        self._attach(node, frame.size, frame.height, frame.anchor, key=None)

    def _alias(self, event: yaml.AliasEvent) -> None:
        start, _ = _offsets(event)
        target = self._anchors.get(event.anchor or "")
        if target is None:
            message = f"expected an anchor &{event.anchor} before the alias *{event.anchor}"
            raise _UnreadableError("invalid-yaml", message, start)
        self._aliased = True
        self._attach(target.node, target.size, target.height, None, key=None)

    def _attach(self, node: Node, size: int, height: int, anchor: str | None, key: str | None) -> None:
        if anchor is not None:
            self._anchors[anchor] = _Anchored(node, size, height)
        if not self._frames:
            self._root = node
            return
        frame = self._frames[-1]
        frame.size += size
        frame.height = max(frame.height, height + 1)
        if self._aliased and frame.size > MAX_EXPANDED_NODES:
            message = f"expected at most {MAX_EXPANDED_NODES} nodes once aliases are expanded"
            raise _UnreadableError("too-many-aliases", message, frame.start)
        if len(self._frames) + height > MAX_DEPTH + 1:
            raise _too_deep(node.start)
        if frame.is_map and len(frame.children) % 2 == 0:
            frame.keys.append(key)
        frame.children.append(node)

    def _entries(self, frame: _Frame) -> tuple[dict[str, Entry], tuple[tuple[str, Entry], ...]]:
        """The entries by key, and those whose key comes again."""
        own: dict[str, Entry] = {}
        merged: dict[str, Entry] = {}
        repeated: list[tuple[str, Entry]] = []
        children = iter(frame.children)
        for text, key, value in zip(frame.keys, children, children, strict=True):
            if isinstance(key, ScalarNode) and key.data == "<<" and text is None:
                merged |= self._merge(value)
            elif not isinstance(key, ScalarNode) or key.data is None:
                self._complain("invalid-key", "expected a text as key; this entry is not read", key.start, key.end)
            else:
                name = text if text is not None else str(key.data)
                if name in own:
                    repeated.append((name, own[name]))
                own[name] = Entry(key.start, key.end, value)
        if repeated:
            self.diagnostics += duplicates(self._document, own, repeated)
        return (merged | own if merged else own), tuple(repeated)

    def _merge(self, value: Node) -> dict[str, Entry]:
        merged: dict[str, Entry] = {}
        for source in reversed(value.items if isinstance(value, ListNode) else [value]):
            if isinstance(source, MapNode):
                merged |= source.entries
            else:
                message = "expected a map, or a list of maps, to merge; this one is not read"
                self._complain("invalid-merge", message, source.start, source.end)
        return merged

    def _call(self, name: str, tag: str, start: int, end: int, argument: Node) -> MapNode:
        at = max(self._text.find(tag, start, end), start)
        return MapNode(self._document, start, end, {name: Entry(at, at + len(tag), argument)})

    def _undecorated(self, start: int, end: int) -> int:
        decoration = _DECORATION.match(self._text, start, end)
        return decoration.end() if decoration else start

    def _complain(self, code: str, message: str, start: int, end: int) -> None:
        place = self._document.span(start, end).first_line()
        self.diagnostics.append(Diagnostic(place, code, message))


def _offsets(event: yaml.Event | None) -> tuple[int, int]:
    start, end = (event.start_mark, event.end_mark) if event else (None, None)
    return (start.index if start else 0), (end.index if end else 0)


def _resolve(loader: yaml.CSafeLoader, text: str, implicit: tuple[bool, bool]) -> str:
    tag: str = loader.resolve(yaml.ScalarNode, text, implicit)  # type: ignore[no-untyped-call]
    return tag


def _too_deep(offset: int) -> _UnreadableError:
    return _UnreadableError("nested-too-deeply", f"expected at most {MAX_DEPTH} levels of nesting", offset)


def _short_tag(tag: str | None) -> str | None:
    """The long form of a short tag: ``Fn::Sub`` for ``!Sub``."""
    if tag is None or len(tag) < 2 or not tag.startswith("!"):
        return None
    name = tag[1:]
    return name if name in _UNPREFIXED else f"Fn::{name}"


def _get_att(node: ScalarNode) -> Node:
    """``A.B.C`` as the list of a resource and its attribute."""
    text = str(node.data)
    resource, dot, attribute = text.partition(".")
    middle = node.start + len(resource)
    if not node.document.text.startswith(text, node.start):  # quoted, folded or escaped
        first, second = (node.start, node.end), (node.start, node.end)
    else:
        first, second = (node.start, middle), (middle + 1, node.end)
    items: list[Node] = [ScalarNode(node.document, *first, resource)]
    if dot:
        items.append(ScalarNode(node.document, *second, attribute))
    return ListNode(node.document, node.start, node.end, items)


def _typed(tag: str | None, text: str) -> str | bool | int | float | None:
    """A scalar by YAML 1.1's rules; what claims a type that it does not have stays text."""
    construct = _CONSTRUCT.get(tag) if tag else None
    if tag is None or construct is None:
        return text
    try:
        return construct(yaml.ScalarNode(tag, text))
    except (ValueError, KeyError, IndexError):
        return text
