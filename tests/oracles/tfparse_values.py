"""A value of ours beside one of tfparse's, leaf by leaf."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from haanalyzer.values import Absent, Choice, Known, ListValue, MapValue, Scalar, Unknown, Value, alternatives

_ID = re.compile(r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}")
_EXPRESSION = re.compile(r"\$\{[^{}]*\}")
_OWN = frozenset({"__tfmeta", "id"})


class Comparison(NamedTuple):
    """What became of one leaf.

    ``equal``, ``unknown to us``, ``unknown to tfparse``, ``unknown to both`` or ``differs``; ``order`` of blocks.
    """

    outcome: str
    path: str
    ours: Value | None
    theirs: object


def compared(ours: Value, theirs: object, ids: frozenset[str], path: str) -> Iterator[Comparison]:
    """The leaves of two values. ``ids`` are the random ones that tfparse gives blocks, in place of references."""
    if isinstance(ours, Choice):
        yield _of_choice(ours, theirs, ids, path)
    elif is_unknown(theirs, ids) or (isinstance(ours, Unknown) and "${" in str(theirs)):
        outcome = "unknown to tfparse" if _is_known(ours) else "unknown to both"
        yield Comparison(outcome, path, ours, theirs)
    elif isinstance(ours, Unknown):
        yield Comparison("unknown to us", path, ours, theirs)
    elif isinstance(ours, ListValue) and isinstance(theirs, list | Mapping):
        yield from _of_lists(ours, _in_written_order(theirs), ids, path)
    elif isinstance(ours, MapValue) and isinstance(theirs, Mapping):
        yield from _of_maps(ours, theirs, ids, path)
    elif isinstance(ours, Known) and isinstance(theirs, str | int | float):
        yield Comparison(_of_scalars(ours.data, theirs), path, ours, theirs)
    else:
        yield Comparison("differs", path, ours, theirs)


def compared_entry(
    ours: Value, theirs: Mapping[str, object], key: str, ids: frozenset[str], path: str
) -> Iterator[Comparison]:
    """As `compared`, with what tfparse has under a key, if anything."""
    if key in theirs:
        yield from compared(ours, theirs[key], ids, path)
    elif all(isinstance(leaf, Absent) or _is_empty(leaf) for leaf in alternatives(ours)):
        yield Comparison("equal", path, ours, None)
    elif any(isinstance(leaf, ListValue) and leaf.open and not leaf.items for leaf in alternatives(ours)):
        yield Comparison("unknown to both", path, ours, None)
    else:
        yield Comparison("differs", path, ours, None)


def is_unknown(theirs: object, ids: frozenset[str]) -> bool:
    """Whether tfparse does not know a value: it has nothing, the expression, or a text with a random id."""
    if isinstance(theirs, Mapping):
        return "__attribute__" in theirs
    return theirs is None or (isinstance(theirs, str) and not ids.isdisjoint(_ID.findall(theirs)))


def _is_known(ours: Value) -> bool:
    return not isinstance(ours, Unknown | Absent)


def _is_empty(ours: Value) -> bool:
    return isinstance(ours, ListValue) and not ours.items and not ours.open


def _of_scalars(ours: Scalar, theirs: Scalar) -> str:
    if _same(ours, theirs):
        return "equal"
    return "unknown to tfparse" if _is_template_of(theirs, ours) else "differs"


def _is_template_of(theirs: Scalar, ours: Scalar) -> bool:
    """Whether tfparse has a template, not all of it known, and what is no expression of it stands in ours."""
    parts = _EXPRESSION.split(str(theirs))
    return len(parts) > 1 and re.fullmatch(".*".join(map(re.escape, parts)), str(ours), re.DOTALL) is not None


def _same(ours: Scalar, theirs: Scalar) -> bool:
    return isinstance(ours, bool) is isinstance(theirs, bool) and ours == theirs


def _of_choice(ours: Choice, theirs: object, ids: frozenset[str], path: str) -> Comparison:
    for branch in alternatives(ours):
        if all(leaf.outcome != "differs" for leaf in compared(branch, theirs, ids, path)):
            return Comparison("unknown to us", path, ours, theirs)
    return Comparison("differs", path, ours, theirs)


def _in_written_order(theirs: list[object] | Mapping[str, object]) -> list[object]:
    """A list, or blocks, of which tfparse puts those of ``dynamic`` last and a single one into no list."""
    if isinstance(theirs, Mapping):
        return [theirs]
    metas = [item["__tfmeta"] for item in theirs if isinstance(item, Mapping) and "__tfmeta" in item]
    if not theirs or len(metas) < len(theirs):
        return theirs
    return sorted(theirs, key=lambda block: block["__tfmeta"]["line_start"])  # type: ignore[index]


def _of_lists(ours: ListValue, theirs: list[object], ids: frozenset[str], path: str) -> Iterator[Comparison]:
    if len(theirs) < len(ours.items) or (len(theirs) > len(ours.items) and not ours.open):
        yield Comparison("differs", f"{path}[]", ours, theirs)
        return
    if not ours.items and not theirs:
        yield Comparison("equal", path, ours, theirs)
    reordered = _reordered(ours, theirs, ids) if _of_one_dynamic(theirs) else theirs
    if reordered != theirs:
        yield Comparison("order", path, ours, theirs)
        theirs = reordered
    for index, item in enumerate(ours.items):
        yield from compared(item, theirs[index], ids, f"{path}[{index}]")
    for index in range(len(ours.items), len(theirs)):
        yield Comparison("unknown to us", f"{path}[{index}]", None, theirs[index])


def _of_one_dynamic(theirs: list[object]) -> bool:
    lines = [item["__tfmeta"]["line_start"] for item in theirs if isinstance(item, Mapping) and "__tfmeta" in item]
    return len(theirs) > 1 and len(lines) == len(theirs) and len(set(lines)) == 1


def _reordered(ours: ListValue, theirs: list[object], ids: frozenset[str]) -> list[object]:
    """The blocks in our order, where each of ours finds one that does not differ; else as they are."""
    left, found = list(theirs), []
    for item in ours.items:
        matching = (each for each in left if all(leaf.outcome != "differs" for leaf in compared(item, each, ids, "")))
        match = next(matching, None)
        if match is None:
            return theirs
        left.remove(match)
        found.append(match)
    return [*found, *left]


def _of_maps(ours: MapValue, theirs: Mapping[str, object], ids: frozenset[str], path: str) -> Iterator[Comparison]:
    is_block = "__tfmeta" in theirs
    found = {key: value for key, value in theirs.items() if not (is_block and key in _OWN and key not in ours.entries)}
    if not ours.entries and not found:
        yield Comparison("equal", path, ours, theirs)
    for key, entry in ours.entries.items():
        yield from compared_entry(entry, found, key, ids, f"{path}.{key}")
    for key in found.keys() - ours.entries.keys():
        yield Comparison("unknown to us" if ours.open else "differs", f"{path}.{key}", None, found[key])
