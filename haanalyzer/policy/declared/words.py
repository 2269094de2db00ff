"""Which words a condition may use: the attributes and relations of what it is about."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from haanalyzer.catalog.kinds import AttributeWords, kinds

_EVERYWHERE = ("region",)


class UnknownWordError(ValueError):
    """A word that is not to be used here; the message says which are."""


@dataclass(frozen=True, slots=True)
class Scope:
    """What a condition is about: a resource of one of these kinds, or a block of a list with these attributes."""

    kinds: tuple[str, ...] = ()
    block: Mapping[str, AttributeWords] | None = None

    def attribute(self, name: str) -> tuple[AttributeWords, ...]:
        """The words of an attribute, of each kind; none for what every resource has. UnknownWordError."""
        if self.block is not None:
            return (_inside(name, self.block, "of these blocks"),)
        if name in _EVERYWHERE and not any(name in kinds()[kind].attributes for kind in self.kinds):
            return ()
        if name.startswith("tags."):
            return ()
        return tuple(_inside(name, kinds()[kind].attributes, f"of {kind}", _EVERYWHERE) for kind in self.kinds)

    def written(self, name: str) -> None:
        """UnknownWordError for what is no attribute of every kind, but of every resource."""
        if not self.attribute(name):
            raise UnknownWordError(f"{name} is no attribute that a change could set")

    def list_of_blocks(self, name: str) -> Scope:
        """The scope inside the blocks of a list."""
        given = self.attribute(name)
        found = [words.each for words in given if words.each]
        if len(found) < max(len(given), 1):
            raise UnknownWordError(f"{name} is no list of blocks; expected {_one_of(self._lists_of_blocks())}")
        shared = {key: words for key, words in found[0].items() if all(key in each for each in found)}
        return Scope(block=shared)

    def related(self, relation: str) -> Scope:
        """The scope of what a relation leads to."""
        found = [words.refers for words in self.attribute(relation)] if self.block is None else []
        if not found or not all(found):
            expected = _one_of(self._relations())
            raise UnknownWordError(f"{relation} names no resources; expected {expected}")
        return Scope(tuple(dict.fromkeys(kind for refers in found for kind in refers)))

    def narrowed(self, names: Iterable[str]) -> Scope:
        """The scope where the resource is of one of these kinds."""
        return Scope(tuple(kind for kind in self.kinds if kind in set(names)) or self.kinds)

    def _lists_of_blocks(self) -> list[str]:
        attributes = self.block or kinds()[self.kinds[0]].attributes
        return [name for name, words in attributes.items() if words.each]

    def _relations(self) -> list[str]:
        return [] if self.block is not None else relations_of_kind(self.kinds[0])


def relations_of_kind(kind: str) -> list[str]:
    """The relations of a kind, those inside blocks included."""
    return _relations(kinds()[kind].attributes, "")


def _relations(attributes: Mapping[str, AttributeWords], prefix: str) -> list[str]:
    found: list[str] = []
    for name, words in attributes.items():
        found += [f"{prefix}{name}"] if words.refers else []
        found += _relations(words.each, f"{prefix}{name}.") if words.each else []
    return found


def check_word(word: str, allowed: Iterable[str], what: str) -> None:
    """UnknownWordError when a word is none of those allowed."""
    known = list(allowed)
    if word not in known:
        raise UnknownWordError(f"{word!r} is no {what}; {suggestion(word, known)}")


def suggestion(word: str, known: Iterable[str]) -> str:
    """Which word was perhaps meant, and which there are."""
    from difflib import get_close_matches

    known = list(known)
    close = get_close_matches(word, known, 1)
    meant = f"did you mean {close[0]!r}? " if close else ""
    return f"{meant}expected {_one_of(known)}"


def _one_of(known: Iterable[str]) -> str:
    words = sorted(known)
    return f"one of {', '.join(words)}" if words else "none here"


def _inside(
    name: str, attributes: Mapping[str, AttributeWords], whose: str, besides: Iterable[str] = ()
) -> AttributeWords:
    first, _, rest = name.partition(".")
    check_word(first, (*attributes, *besides), f"attribute {whose}")
    words = attributes[first]
    if not rest:
        return words
    if not words.each:
        raise UnknownWordError(f"{first!r} {whose} has no blocks, and so no {rest!r}")
    return _inside(rest, words.each, f"of {first}")
