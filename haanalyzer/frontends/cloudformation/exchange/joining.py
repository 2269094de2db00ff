"""Who exports what to whom: the stacks of a run that are joined by imports, as each of them sees the others."""

from __future__ import annotations

import json
from collections import Counter, defaultdict, deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property

from haanalyzer.frontends.cloudformation.exchange.neighbours import (
    ALONE,
    ITSELF,
    Ambiguous,
    Neighbour,
    Neighbours,
    Unread,
)
from haanalyzer.frontends.cloudformation.exchange.trade import Trade, is_settled, may_be_equal
from haanalyzer.frontends.cloudformation.stacks.imports import Text
from haanalyzer.frontends.deployment import Inputs, Target

_MOST_NEIGHBOURS = 64
_FEWEST_NEIGHBOURS = 8
_MOST_IN_A_RUN = 4_000


class Exchange:
    """The stacks of a run, joined where one imports what another one of the same region and account exports.

    A name joins two stacks where it is known and equal, and one stack only exports it. Whoever imports by a name
    that is not known may add to whatever is exported by a name that it may be. A template that
    no stack is named for is deployed once if all the names are known that it imports by, else any number of times.
    """

    def __init__(self, targets: Iterable[Target], trade_of: Callable[[Target], Trade]) -> None:
        trades = [(target, trade_of(target)) for target in targets]
        nested = {path for _, trade in trades for path in trade.nests}
        self._stacks = tuple(
            (target, trade)
            for target, trade in trades
            if (trade.imports or trade.exports) and (target.inputs.stack is not None or target.path not in nested)
        )
        self._labels = _labels([target for target, _ in self._stacks])
        self._may_import: dict[Text, tuple[int, ...]] = {}

    def neighbours_of(self, target: Target) -> Neighbours:
        """What a stack of the run needs to know of the others."""
        number = next((number for number, (each, _) in enumerate(self._stacks) if each == target), None)
        return ALONE if number is None else self._around(number)

    def _around(self, number: int) -> Neighbours:
        joined = self._joined_with(number)
        adding = self._may_add_to([number, *joined], number)
        beside = list(dict.fromkeys((*joined, *adding)))
        most = max(_FEWEST_NEIGHBOURS, min(_MOST_NEIGHBOURS, _MOST_IN_A_RUN // len(self._stacks)))
        entered = sorted(beside[:most])
        addresses = {each: self._address(each) for each in entered} | {number: ITSELF}
        return Neighbours(
            imports=self._imports_of(number, addresses),
            entered=tuple(self._neighbour(each, number, addresses) for each in entered),
            unread=tuple(self._unread(each, addresses) for each in beside[most:]),
            ambiguous=tuple(self._ambiguous(number)),
        )

    def _joined_with(self, number: int) -> list[int]:
        """The stacks that one is joined with, directly or not: those it needs first."""
        found = {number: None}
        for leading in ((self._exporters,), (self._exporters, self._importers)):
            waiting = deque(found)
            while waiting:
                current = waiting.popleft()
                new = [each for leads in leading for each in leads[current] if each not in found]
                found |= dict.fromkeys(new)
                waiting += new
        return [each for each in found if each != number]

    def _may_add_to(self, joined: Sequence[int], number: int) -> list[int]:
        """The stacks that may import from some of these: others, and further ones of the same template."""
        names = dict.fromkeys(name for each in joined for name in self._stacks[each][1].exports)
        found = {each for name in names for each in self._who_may_import(name)}
        others = found.difference(joined) | ({number} if number in found and self._is_several(number) else set())
        return sorted(each for each in others if self._may_be_near(each, number))

    def _who_may_import(self, name: Text) -> tuple[int, ...]:
        """The stacks with an import of which nobody knows whose it is, and which may be this one."""
        if name not in self._may_import:
            self._may_import[name] = tuple(
                dict.fromkeys(
                    each for wanted, by in self._unresolved.items() if may_be_equal(wanted, name) for each in by
                )
            )
        return self._may_import[name]

    @cached_property
    def _unresolved(self) -> Mapping[Text, list[int]]:
        """The names that are imported and not known to be exported by one stack, with who imports them."""
        found: defaultdict[Text, list[int]] = defaultdict(list)
        for number, (_, trade) in enumerate(self._stacks):
            for name in trade.imports:
                if self._exporter(number, name) is None:
                    found[name].append(number)
        return found

    @cached_property
    def _by_name(self) -> Mapping[Text, list[int]]:
        """Who exports each name that is known."""
        found: defaultdict[Text, list[int]] = defaultdict(list)
        for number, (_, trade) in enumerate(self._stacks):
            for name in filter(is_settled, trade.exports):
                found[name].append(number)
        return found

    def _all_exporters(self, number: int, name: Text) -> list[int]:
        """The other stacks of one's region and account that export a name."""
        found = self._by_name.get(name, ()) if is_settled(name) else ()
        return [each for each in found if each != number and self._is_near(each, number)]

    def _exporter(self, number: int, name: Text) -> int | None:
        """The one stack that exports what another one imports."""
        found = self._all_exporters(number, name)
        return found[0] if len(found) == 1 else None

    @cached_property
    def _exporters(self) -> tuple[tuple[int, ...], ...]:
        """Whom each stack imports from."""
        found = (
            (self._exporter(number, name) for name in trade.imports) for number, (_, trade) in enumerate(self._stacks)
        )
        return tuple(tuple(dict.fromkeys(each for each in by if each is not None)) for by in found)

    @cached_property
    def _importers(self) -> tuple[tuple[int, ...], ...]:
        """Who imports from each stack."""
        found: list[list[int]] = [[] for _ in self._stacks]
        for number, exporters in enumerate(self._exporters):
            for each in exporters:
                found[each].append(number)
        return tuple(map(tuple, found))

    def _is_near(self, number: int, other: int) -> bool:
        """Whether two stacks are surely in one region of one account. No account given is the same one."""
        mine, its = self._stacks[number][0].inputs, self._stacks[other][0].inputs
        return mine.region == its.region and self._may_be_near(number, other)

    def _may_be_near(self, number: int, other: int) -> bool:
        mine, its = self._stacks[number][0].inputs, self._stacks[other][0].inputs
        pairs = ((mine.region, its.region), (mine.account, its.account))
        return all(one == other or None in (one, other) for one, other in pairs)

    def _is_several(self, number: int) -> bool:
        """Whether there may be any number of a stack. Of those that export one known name there is one at most."""
        target, trade = self._stacks[number]
        unknown = any(not is_settled(name) for name in trade.imports)
        return target.inputs.stack is None and unknown and not any(map(is_settled, trade.exports))

    def _address(self, number: int) -> str:
        return f"stack[{self._labels[number]}]" + ("[*]" if self._is_several(number) else "")

    def _neighbour(self, number: int, root: int, addresses: Mapping[int, str]) -> Neighbour:
        return Neighbour(
            target=self._stacks[number][0],
            address=self._address(number),
            several=self._is_several(number),
            elsewhere=not self._is_near(number, root),
            imports=self._imports_of(number, addresses),
        )

    def _imports_of(self, number: int, addresses: Mapping[int, str]) -> Mapping[Text, str]:
        exporters = ((name, self._exporter(number, name)) for name in self._stacks[number][1].imports)
        return {name: addresses[each] for name, each in exporters if each is not None and each in addresses}

    def _unread(self, number: int, addresses: Mapping[int, str]) -> Unread:
        target, trade = self._stacks[number]
        imports = dict(_turned(self._imports_of(number, addresses)))
        for wanted in trade.imports:
            if self._exporter(number, wanted) is None:
                for each, address in addresses.items():
                    exports = (name for name in self._stacks[each][1].exports if may_be_equal(wanted, name))
                    imports |= {(address, name): None for name in exports}
        return Unread(self._address(number), target.path, tuple(imports))

    def _ambiguous(self, number: int) -> Iterator[Ambiguous]:
        for name, place in self._stacks[number][1].imports.items():
            exporters = self._all_exporters(number, name)
            if len(exporters) > 1:
                exported_at = (self._stacks[each][1].exports[name][0] for each in exporters)
                yield Ambiguous(place, name, tuple(exported_at))


def _turned(imports: Mapping[Text, str]) -> Iterator[tuple[tuple[str, Text], None]]:
    return (((address, name), None) for name, address in imports.items())


def _labels(targets: Sequence[Target]) -> tuple[str, ...]:
    """What tells stacks apart: the name or the template, and where several have that, their region and account."""
    names = [target.inputs.stack or target.path for target in targets]
    counts = Counter(names)
    return tuple(
        ", ".join(map(_quoted, (name, *(_where(target.inputs) if counts[name] > 1 else ()))))
        for name, target in zip(names, targets, strict=True)
    )


def _where(inputs: Inputs) -> Iterator[str]:
    return (each for each in (inputs.region, inputs.account) if each is not None)


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
