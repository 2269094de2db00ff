"""Keeps values and terms of a size that can be walked, whatever a template repeats in itself."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from haanalyzer.frontends.terraform.symbolic import EvaluationError
from haanalyzer.values import Blocker, Choice, Known, ListValue, MapValue, Symbol, Term, Unknown, Value

MOST_PARTS = 50_000
LONGEST_TEXT = 1_000_000
LARGEST_TERM = 48
LONGEST_NAME = 200


def bounded(value: Value) -> Value:
    """The same value with every large term in it abbreviated; equal terms stay equal.

    Raises EvaluationError for a value that is too large to be looked at.
    """
    return _Bounding().value(value)


class _Bounding:
    def __init__(self) -> None:
        self._left = MOST_PARTS

    def value(self, value: Value) -> Value:
        self._left -= 1
        if self._left < 0:
            raise EvaluationError(f"more than {MOST_PARTS} values in one")
        match value:
            case Known(data=str(text)) if len(text) > LONGEST_TEXT:
                raise EvaluationError(f"a text of more than {LONGEST_TEXT} characters")
            case Unknown(term=term):
                short = bounded_term(term)
                return value if short is term else replace(value, term=short)
            case ListValue(items=items, open=more, rest=rest):
                parts = tuple(map(self.value, items))
                known_by, known_as = _bounded_blocker(more), rest and bounded_term(rest)
                unchanged = known_by is more and known_as is rest and all(map(_is, parts, items))
                return value if unchanged else replace(value, items=parts, open=known_by, rest=known_as)
            case MapValue(entries=entries, open=more, rest=rest):
                named = {key: self.value(entry) for key, entry in entries.items()}
                known_by, known_as = _bounded_blocker(more), rest and bounded_term(rest)
                unchanged = known_by is more and known_as is rest and all(map(_is, named.values(), entries.values()))
                return value if unchanged else replace(value, entries=named, open=known_by, rest=known_as)
            case Choice(condition=condition, when_true=when_true, when_false=when_false):
                branches = self.value(when_true), self.value(when_false)
                short = bounded_term(condition)
                if short is condition and branches[0] is when_true and branches[1] is when_false:
                    return value
                return replace(value, condition=short, when_true=branches[0], when_false=branches[1])
        return value


def bounded_term(term: Term) -> Term:
    """A term that is not too large, or a symbol that stands for it: the same one for equal terms."""
    for count, _ in enumerate(_nodes(term)):
        if count >= LARGEST_TERM:
            return Symbol(_abbreviated(str(term), repr(term)))
    return term


def _nodes(term: Term) -> Iterator[object]:
    stack: list[object] = [term]
    while stack:
        node = stack.pop()
        yield node
        if isinstance(node, tuple):
            stack += node
        elif isinstance(node, Term):
            stack += [getattr(node, slot) for slot in node.__slots__]


def _bounded_blocker(blocker: Blocker | None) -> Blocker | None:
    if blocker is None or len(blocker.term) <= LONGEST_NAME:
        return blocker
    return blocker._replace(term=_abbreviated(blocker.term, blocker.term))


def _abbreviated(text: str, identity: str) -> str:
    import hashlib  # seldom needed, and slow to load

    digest = hashlib.sha256(identity.encode("utf-8", "surrogatepass")).hexdigest()
    return f"{text[:48]}… #{digest[:12]}"


def _is(left: object, right: object) -> bool:
    return left is right
