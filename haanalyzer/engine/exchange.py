"""Who exports what to whom in a run, worked out again only for those of whom something differs."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING, NamedTuple

from haanalyzer.frontends.deployment import Target
from haanalyzer.source.files import Files

if TYPE_CHECKING:
    from haanalyzer.frontends.cloudformation.exchange.joining import Exchange
    from haanalyzer.frontends.cloudformation.exchange.neighbours import Neighbours
    from haanalyzer.frontends.cloudformation.exchange.trade import Trade


class _Known(NamedTuple):
    """What a stack imports and exports, and the absolute paths that this rests on."""

    target: Target
    trade: Trade
    asked: set[str]


class Exchanges:
    """The exchange between the stacks of a run, asked again and again. What it rests on is no part of what asks."""

    def __init__(self, files: Files) -> None:
        self._files = files
        self._known: dict[tuple[str, str | None], _Known] = {}
        self._targets: tuple[Target, ...] = ()
        self._exchange: Exchange | None = None

    def forget(self, differing: Collection[str]) -> None:
        """Work out again what rests on absolute paths that are no longer as they were."""
        self._known = {key: each for key, each in self._known.items() if each.asked.isdisjoint(differing)}
        self._targets = ()

    def neighbours_of(self, target: Target, targets: tuple[Target, ...]) -> Neighbours:
        """What one of the stacks of a run needs to know of the others."""
        from haanalyzer.frontends.cloudformation.exchange.neighbours import ALONE

        if targets != self._targets:
            self._targets, self._exchange = targets, self._among(targets)
        return self._exchange.neighbours_of(target) if self._exchange else ALONE

    def _among(self, targets: tuple[Target, ...]) -> Exchange | None:
        """The exchange between stacks; None where none of them imports anything."""
        from haanalyzer.frontends.cloudformation.stacks.imports import imports_any

        before = self._files.watch(set())
        try:
            if not imports_any((target.path for target in targets), self._files):
                return None
            from haanalyzer.frontends.cloudformation.exchange.joining import Exchange

            return Exchange(targets, self._trade_of)
        finally:
            self._files.watch(before)

    def _trade_of(self, target: Target) -> Trade:
        from haanalyzer.frontends.cloudformation.exchange.trade import trade_of

        key = target.path, target.stack
        known = self._known.get(key)
        if known is None or known.target != target:
            asked: set[str] = set()
            self._files.watch(asked)
            known = self._known[key] = _Known(target, trade_of(target, self._files), asked)
        return known.trade
