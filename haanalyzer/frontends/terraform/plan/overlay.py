"""What a plan lays over the modules of a root: how many instances there are, their values, and modules not on disk."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from haanalyzer.frontends.terraform.evaluation.attributes import BlockAttributes
from haanalyzer.frontends.terraform.evaluation.symbolic import KNOWN_AFTER_APPLY
from haanalyzer.frontends.terraform.expansion import TEMPLATE, Repetition
from haanalyzer.frontends.terraform.modules.module import ModuleSyntax
from haanalyzer.frontends.terraform.parsing.syntax import BlockSyntax
from haanalyzer.frontends.terraform.plan.attributes import PlannedAttributes
from haanalyzer.frontends.terraform.plan.configuration import BareConfiguration
from haanalyzer.frontends.terraform.plan.merging import Merger
from haanalyzer.frontends.terraform.plan.planned import Key, Plan, suffix
from haanalyzer.values import Known, MapValue, Symbol, Unknown, Value, blockers


@dataclass(frozen=True)
class PlanOverlay:
    """A plan over the reading of a root. With ``hides_secrets`` what it marks as secret is unknown."""

    plan: Plan
    hides_secrets: bool = False

    def without_secrets(self) -> PlanOverlay:
        return replace(self, hides_secrets=True)

    def repetition(self, written: Repetition, block: BlockSyntax, most: int) -> Repetition:
        """The number of a block's instances as it is planned; as written where the plan cannot tell.

        More than ``most`` are left as one unknown number.
        """
        keys = self.plan.keys_of(written.address, block.type)
        if keys is None or (block.type == "module" and written.value is not None and not blockers(written.value)):
            return written
        if len(keys) > most and keys != (None,):
            unknown = Unknown(
                term=Symbol(f"number of {written.address}"),
                reason="more instances than are analyzed",
                place=written.place,
            )
            return replace(written, kind="count", value=unknown)
        if keys == (None,):
            return replace(written, kind="single", value=None)
        names = [key for key in keys if isinstance(key, str)]
        if names:
            return replace(written, kind="for_each", value=_keyed(written, names))
        most = max((key for key in keys if isinstance(key, int)), default=-1)
        return replace(written, kind="count", value=Known(data=most + 1, place=written.place))

    def has(self, address: str, keys_suffix: str, block: BlockSyntax) -> bool:
        """Whether one of the instances of a block is there: a plan for single ``-target``s leaves others out."""
        keys = self.plan.keys_of(address, block.type)
        return block.type != "resource" or keys is None or keys_suffix == TEMPLATE or keys_suffix in map(suffix, keys)

    def attributes(self, address: str, block: BlockSyntax, written: BlockAttributes) -> PlannedAttributes | None:
        """The attributes of an instance; None for a data source that the plan has not."""
        planned = self.plan.instances.get(address)
        if planned is None:
            return None
        merger = Merger(self.plan, self.hides_secrets)
        in_plan = block.header_span.path == self.plan.path
        is_bare = in_plan and isinstance(self.plan.configuration, BareConfiguration)
        return PlannedAttributes(written, planned, merger, in_plan=in_plan, is_bare=is_bare)

    def module(self, path: Sequence[str]) -> ModuleSyntax | None:
        """The module that these calls lead to, as the plan has a record of it."""
        return self.plan.configuration.module(tuple(path))


def _keyed(written: Repetition, names: Sequence[Key]) -> MapValue:
    """A ``for_each`` over these keys; the values are those written, where they can be told."""
    known = written.value.entries if isinstance(written.value, MapValue) else {}

    def entry(key: Key) -> Value:
        term = Symbol(f"{written.address}{suffix(key)}.each.value")
        return Unknown(term=term, reason=KNOWN_AFTER_APPLY, place=written.place, maybe_absent=True)

    entries = {str(name): known.get(str(name), entry(name)) for name in names}
    return MapValue(entries=entries, keys={}, place=written.place)
