"""A resource in our words, whatever dialect declared it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from haanalyzer.catalog.kinds import AttributeWords, Kind, dialect_of, segments
from haanalyzer.frontends.deployment import Existence
from haanalyzer.graph import pairs
from haanalyzer.graph.json_text import in_json
from haanalyzer.graph.tags import as_tags, with_defaults
from haanalyzer.source.span import Span
from haanalyzer.values import (
    Absent,
    AttributeOf,
    Blocker,
    Call,
    Choice,
    Concat,
    ItemOf,
    Known,
    ListValue,
    MapValue,
    Scalar,
    Unknown,
    Value,
    assume,
)


@dataclass(frozen=True, slots=True)
class Body:
    """Where attributes are read from: a resource's own, or a block's inside one (then ``parent`` is that resource)."""

    attributes: Value
    place: Span
    parent: Resource | None = None
    default_tags: Callable[[], Value | None] = lambda: None


class Resource:
    """A node of the graph: one instance of a resource of a kind that the catalogue knows.

    ``resource["zone"]`` is the value of an attribute in the catalogue's words; what
    is not written has AWS's default, or is Absent. ``name`` is what people call it.
    One that is ``borrowed`` is another deployment's.
    """

    def __init__(
        self,
        *,
        address: str,
        kind: Kind,
        type_: str,
        body: Body,
        region: Value,
        existence: Existence,
        calls: tuple[Span, ...],
        borrowed: bool = False,
    ) -> None:
        self.address = address
        self.kind = kind.name
        self.type = type_
        self.place = body.place
        self.region = region
        self.existence = existence
        self.calls = calls
        self.borrowed = borrowed
        self.words: Mapping[str, AttributeWords] = kind.attributes
        self._body = body
        self._read: dict[str, Value] = {}

    def __repr__(self) -> str:
        return f"<{self.kind} {self.address}>"

    def __getitem__(self, name: str) -> Value:
        """The value of an attribute. KeyError for a word the catalogue has not."""
        if name not in self._read:
            self._read[name] = self._attribute(self.words[name])
        return self._read[name]

    @property
    def owner(self) -> Resource:
        """The resource whose block this one is; itself where it is no block."""
        return self._body.parent or self

    @property
    def tags(self) -> Value:
        """The tags as a map from key to value, those that its provider gives it included."""
        written = (step(self._body.attributes, word) for word in ("Tags", "tags", "tag"))
        own = next((value for value in written if not isinstance(value, Absent)), Absent(place=self.place))
        defaults = self._body.default_tags()
        return as_tags(own) if defaults is None else with_defaults(as_tags(own), as_tags(defaults))

    def written_as(self, name: str) -> str:
        """What the author of this resource calls an attribute; our own name where its type has no word for it."""
        first, _, rest = name.partition(".")
        word = self.words[first].word(self.type) if first in self.words else None
        if word is None or word == ".." or word.startswith("="):
            return name
        return f"{word}.{rest}" if rest else word

    def place_of(self, name: str) -> Span:
        """The line that gives an attribute its value; the resource's own line when nothing does."""
        word = self.words[name].word(self.type)
        if word is None or word == ".." or word.startswith("="):
            return self.place
        place = self.place
        value = self._body.attributes
        for segment in segments(word):
            if segment.startswith("["):
                return pairs.place_of(value, segment[1:-1]) or place
            value = _sole(value)
            if not isinstance(value, MapValue) or segment not in value.entries:
                break
            place = value.keys.get(segment, place)
            value = value.entries[segment]
        return place

    def _attribute(self, words: AttributeWords) -> Value:
        word = words.word(self.type)
        if word is None:
            return Absent(place=self.place)
        if word.startswith("="):
            return Known(data=word == "=true", place=self.place)
        if word == "..":
            parent = self._body.parent
            assert parent is not None, f"{self.type} is no block"
            return Unknown(term=AttributeOf(parent.address, "id"), reason="known after deployment", place=self.place)
        return in_our_words(words, self.type, self._body.attributes, self.place)


def in_our_words(words: AttributeWords, type_: str, attributes: Value, place: Span) -> Value:
    """Read one attribute out of a block: follow its word, translate what is inside, fill in the default."""
    word = words.word(type_)
    if word is None:
        return Absent(place=place)
    value = attributes
    for segment in segments(word):
        value = _follow(value, segment)
    if words.translation:
        value = _translated(words.translation, value)
    default = words.defaults.get(dialect_of(type_))
    if default is not None:
        value = _or_default(value, Known(data=default, place=place))
    return _each(words.each, type_, value) if words.each else value


def _follow(value: Value, segment: str) -> Value:
    if segment == "*":
        return pairs.entries_of(value)
    return pairs.value_of(value, segment[1:-1]) if segment.startswith("[") else step(value, segment)


def step(value: Value, key: str) -> Value:
    """An entry of a map, of the only block in a list of blocks, or of whatever a choice may be."""
    value = _sole(value)
    match value:
        case MapValue():
            return assume(value.get(key), value.assuming)
        case Choice():
            return _branchwise(value, lambda branch: step(branch, key))
        case Unknown(term=term, reason=reason, place=place):
            decoded = in_json(value)
            if isinstance(decoded, MapValue):
                return step(decoded, key)
            return Unknown(term=ItemOf(term, key), reason=reason, place=place, maybe_absent=True)
        case ListValue(items=items, place=place):
            if not items and value.open is None:
                return Absent(place=place)
            reason = "one of several blocks" if items else "an unknown number of blocks"
            blocker = value.open or Blocker(key, place, reason)
            term = ItemOf(ItemOf(_symbolic(blocker), "each"), key)
            return Unknown(term=term, reason=reason, place=place, maybe_absent=True)
        case Known(place=place):
            decoded = in_json(value)
            if isinstance(decoded, MapValue):
                return step(decoded, key)
            return Unknown(
                term=ItemOf(_symbolic(Blocker(str(value), place, "")), key), reason="not a block", place=place
            )
        case Absent():
            return value


def _translated(translation: Mapping[Scalar, Scalar], value: Value) -> Value:
    """Our word for a provider's; one that the vocabulary has no word for is left as it is."""
    match value:
        case Choice():
            return _branchwise(value, lambda branch: _translated(translation, branch))
        case Known(data=data) if data in translation:
            return replace(value, data=translation[data])
        case Unknown(term=Concat() as term):  # what a provider's word begins with says nothing of ours
            return replace(value, term=Call("in our words", (term,)))
        case _:
            return value


def _symbolic(blocker: Blocker) -> AttributeOf:
    return AttributeOf(f"{blocker.place}:{blocker.place.column}", blocker.term)


def _sole(value: Value) -> Value:
    """The block itself where it is the only one of its list."""
    if isinstance(value, ListValue) and value.open is None and len(value.items) == 1:
        return assume(value.items[0], value.assuming)
    return value


def _branchwise(value: Choice, change: Callable[[Value], Value]) -> Value:
    return Choice(
        condition=value.condition,
        reason=value.reason,
        when_true=change(value.when_true),
        when_false=change(value.when_false),
        place=value.place,
        assuming=value.assuming,
    )


def _or_default(value: Value, default: Known) -> Value:
    match value:
        case Absent():
            return assume(default, value.assuming)
        case Choice():
            return _branchwise(value, lambda branch: _or_default(branch, default))
        case _:
            return value


def _each(each: Mapping[str, AttributeWords], type_: str, value: Value) -> Value:
    match value:
        case Choice():
            return _branchwise(value, lambda branch: _each(each, type_, branch))
        case ListValue(items=items):
            translated = tuple(_record(each, type_, item) for item in items)
            return ListValue(items=translated, open=value.open, place=value.place, assuming=value.assuming)
        case MapValue():
            return ListValue(items=(_record(each, type_, value),), place=value.place)
        case _:
            return value


def _record(each: Mapping[str, AttributeWords], type_: str, block: Value) -> Value:
    match block:
        case Choice():
            return _branchwise(block, lambda branch: _record(each, type_, branch))
        case MapValue():
            entries = {name: in_our_words(words, type_, block, block.place) for name, words in each.items()}
            return MapValue(
                entries=entries,
                keys={name: value.place for name, value in entries.items()},
                place=block.place,
                assuming=block.assuming,
            )
        case _:
            return block
