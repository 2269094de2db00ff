"""Who exports what to whom: the stacks of a run that are joined by imports, as each of them sees the others."""

from __future__ import annotations

import json
import posixpath
from collections import defaultdict, deque
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
from haanalyzer.frontends.deployment import Target

_MOST_NEIGHBOURS = 50
_FEWEST_NEIGHBOURS = 8
_MOST_IN_A_RUN = 2_500


class Exchange:
    """The stacks of a run, joined where one imports what another one of the same region and account exports.

    A name joins two stacks where it is known and equal, and one stack only exports it: of several, those of the same
    cloud assembly come first, and then those that are named, for in a region a name is exported once. Whoever
    imports by a name that is not known may add to whatever is exported by a name that it may be. Of a template that
    lies there in JSON and in YAML, which no stack is named for, others see the one in their own notation.
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
        self._notations = _notations(self._stacks)
        self._may_be_of: dict[Text, frozenset[int]] = {}

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
            imports=self._exporters_of(number, self._stacks[number][1].imports, addresses),
            entered=tuple(self._neighbour(each, addresses) for each in entered),
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
        found = {
            each
            for wanted, importers in self._unresolved.items()
            if not self._may_export(wanted).isdisjoint(joined)
            for each in importers
        }
        found.update(each for exporter in joined for each in self._further_importers[exporter])
        others = found.difference(joined) | ({number} & found if self._is_several(number) else set())
        return sorted(each for each in others if self._may_be_near(each, number))

    def _may_export(self, wanted: Text) -> frozenset[int]:
        """The stacks that export a name which may be this one."""
        if wanted not in self._may_be_of:
            owners = (by for name, by in self._by_name.items() if may_be_equal(wanted, name))
            self._may_be_of[wanted] = frozenset(each for by in owners for each in by)
        return self._may_be_of[wanted]

    @cached_property
    def _unresolved(self) -> Mapping[Text, list[int]]:
        """The names that are imported and not known to be exported by one stack, with who imports them."""
        found: defaultdict[Text, list[int]] = defaultdict(list)
        for number in range(len(self._stacks)):
            for name in self._imported_beside(number):
                if self._exporter(number, name) is None:
                    found[name].append(number)
        return found

    def _imported_beside(self, number: int) -> Iterable[Text]:
        """What a stack imports as one beside others: where there may be any number of it, what each of them may."""
        trade = self._stacks[number][1]
        return trade.imports if trade.imports_of_others is None else trade.imports_of_others

    @cached_property
    def _by_name(self) -> Mapping[Text, list[int]]:
        """Who exports each name."""
        found: defaultdict[Text, list[int]] = defaultdict(list)
        for number, (_, trade) in enumerate(self._stacks):
            for name in trade.exports:
                found[name].append(number)
        return found

    def _all_exporters(self, number: int, name: Text) -> list[int]:
        """The other stacks of one's region and account that export a name, as far as all of them may be there."""
        exporting = self._by_name.get(name, ()) if is_settled(name) else ()
        found = [each for each in exporting if each != number and self._is_near(each, number)]
        assembly = self._stacks[number][1].assembly
        beside = [each for each in found if assembly is not None and self._stacks[each][1].assembly == assembly]
        return beside or [each for each in found if self._stacks[each][0].stack is not None] or found

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
        """Who imports from each stack, but for those of which there may be any number."""
        found: list[list[int]] = [[] for _ in self._stacks]
        for number, exporters in enumerate(self._exporters):
            for each in () if self._is_several(number) else exporters:
                found[each].append(number)
        return tuple(map(tuple, found))

    @cached_property
    def _further_importers(self) -> tuple[tuple[int, ...], ...]:
        """Of which there may be any number, each of which imports from a stack."""
        found: list[dict[int, None]] = [{} for _ in self._stacks]
        for number in filter(self._is_several, range(len(self._stacks))):
            for name in self._imported_beside(number):
                exporter = self._exporter(number, name)
                if exporter is not None:
                    found[exporter][number] = None
        return tuple(map(tuple, found))

    def _is_near(self, number: int, other: int) -> bool:
        """Whether a stack is surely in another's region and account, as that sees it. No account given is the same."""
        mine, its = self._stacks[number][0].inputs, self._stacks[other][0].inputs
        is_one_account = mine.account == its.account or None in (mine.account, its.account)
        return mine.region == its.region and is_one_account and self._may_be_near(number, other)

    def _may_be_near(self, number: int, other: int) -> bool:
        mine, its = self._stacks[number][0].inputs, self._stacks[other][0].inputs
        if self._notations[number].get(_notation(self._stacks[other][0]), number) != number:
            return False
        if mine.region != its.region and None not in (mine.region, its.region):
            return False
        return _may_be_one_account(mine.account, its.account)

    def _is_several(self, number: int) -> bool:
        return self._stacks[number][1].is_several

    def _address(self, number: int) -> str:
        return f"stack[{self._labels[number]}]" + ("[*]" if self._is_several(number) else "")

    def _neighbour(self, number: int, addresses: Mapping[int, str]) -> Neighbour:
        root = next(each for each, address in addresses.items() if address == ITSELF)
        imported = self._stacks[number][1].imports_of_others
        return Neighbour(
            target=self._stacks[number][0],
            address=self._address(number),
            imports=self._exporters_of(number, self._imported_beside(number), addresses),
            elsewhere=not self._is_near(number, root),
            only=None if imported is None else self._importing(number, imported, addresses),
        )

    def _importing(
        self, number: int, imported: Mapping[Text, frozenset[str]], addresses: Mapping[int, str]
    ) -> frozenset[str]:
        """The addresses in a stack of what may import from any of others."""
        found: set[str] = set()
        for name, importing in imported.items():
            exporter = self._exporter(number, name)
            exporters = self._may_export(name) if exporter is None else {exporter}
            if not exporters.isdisjoint(addresses):
                found |= importing
        return frozenset(found)

    def _exporters_of(self, number: int, names: Iterable[Text], addresses: Mapping[int, str]) -> Mapping[Text, str]:
        """The addresses of those that export what a stack imports by these names, as far as they have one."""
        exporters = ((name, self._exporter(number, name)) for name in names)
        return {name: addresses[each] for name, each in exporters if each is not None and each in addresses}

    def _unread(self, number: int, addresses: Mapping[int, str]) -> Unread:
        wanted_by_name = self._imported_beside(number)
        known = self._exporters_of(number, wanted_by_name, addresses)
        imports = dict.fromkeys((address, name) for name, address in known.items())
        for wanted in wanted_by_name:
            if self._exporter(number, wanted) is None:
                for each, address in addresses.items():
                    exports = (name for name in self._stacks[each][1].exports if may_be_equal(wanted, name))
                    imports |= dict.fromkeys((address, name) for name in exports)
        return Unread(self._address(number), self._stacks[number][0].path, tuple(imports))

    def _ambiguous(self, number: int) -> Iterator[Ambiguous]:
        for name, place in self._stacks[number][1].imports.items():
            exporters = self._all_exporters(number, name)
            if len(exporters) > 1:
                exported_at = (self._stacks[each][1].exports[name][0] for each in exporters)
                yield Ambiguous(place, name, tuple(exported_at))


def _may_be_one_account(one: str | None, other: str | None) -> bool:
    """Whether accounts may be the same: what one stack calls by its number, another one may call by a name."""
    return one == other or one is None or other is None or one.isdigit() != other.isdigit()


def _labels(targets: Iterable[Target]) -> tuple[str, ...]:
    """What tells stacks apart: what the configuration calls them, or the template."""
    return tuple(json.dumps(target.stack or target.path, ensure_ascii=False) for target in targets)


def _notation(target: Target) -> str:
    return posixpath.splitext(target.path)[1]


def _notations(stacks: Sequence[tuple[Target, Trade]]) -> tuple[Mapping[str, int], ...]:
    """For each stack, the same template in other notations, which trades by the same names."""
    found: defaultdict[object, dict[str, int]] = defaultdict(dict)
    keys: list[object] = []
    for number, (target, trade) in enumerate(stacks):
        same = posixpath.splitext(target.path)[0], frozenset(trade.exports), frozenset(trade.imports)
        keys.append(number if target.stack is not None else same)
        found[keys[-1]][_notation(target)] = number
    return tuple(found[key] for key in keys)
