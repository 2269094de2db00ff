"""Resources by what a value of theirs is, so that those with the same one are found without asking all."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from haanalyzer.graph import Links, Resource, listed
from haanalyzer.values import Known, Term, Truth, Unknown, Value, identity_of, same


class ByValue:
    """Resources, each with a value such as its name or its VPC."""

    def __init__(self, values: Iterable[tuple[Resource, Value]]) -> None:
        self._values = dict(values)
        self._position = {resource: position for position, resource in enumerate(self._values)}
        self._by_key: defaultdict[Term | str | None, list[Resource]] = defaultdict(list)
        self._vague: list[Resource] = []
        self._answers: dict[tuple[Term | str, bool], Links] = {}
        for resource, value in self._values.items():
            self._by_key[identity_of(value)].append(resource)
            if not isinstance(value, Known):
                self._vague.append(resource)

    def alike(self, value: Value) -> Links:
        """Those with the same value, and those that may have it; where these are too many, the rest is open."""
        key = identity_of(value)
        if key is None:
            return self._alike(value)
        asked = (key, isinstance(value, Unknown) and value.maybe_absent)
        if asked not in self._answers:
            self._answers[asked] = self._alike(value)
        return self._answers[asked]

    def _alike(self, value: Value) -> Links:
        sure = {each: None for each in self._by_key[identity_of(value)] if same(self._values[each], value) is Truth.YES}
        candidates = (*self._by_key[identity_of(value)], *self._vague) if isinstance(value, Known) else self._values
        others = (each for each in candidates if each not in sure)
        perhaps, more = listed(each for each in others if same(self._values[each], value) is not Truth.NO)
        may = sorted({*sure, *perhaps}, key=self._position.__getitem__)
        return Links(must=tuple(sure), may=tuple(may), open=more)
