"""A resource's attributes as a plan has them."""

from __future__ import annotations

from collections.abc import Iterator

from haanalyzer.catalog.kinds import inline_types
from haanalyzer.frontends.deployment import Attributes
from haanalyzer.frontends.terraform.evaluation.attributes import BlockAttributes
from haanalyzer.frontends.terraform.plan.json_node import Json
from haanalyzer.frontends.terraform.plan.merging import Merger
from haanalyzer.frontends.terraform.plan.planned import PlannedInstance, is_generated
from haanalyzer.frontends.terraform.plan.relations import Resolver
from haanalyzer.source.span import Span
from haanalyzer.values import Blocker, ListValue, Symbol, Unknown, Value

_IDENTITY = frozenset({"id", "arn"})


class PlannedAttributes(Attributes):
    """What is written of an instance, with the values of the plan; and single values that nobody wrote.

    Lists and blocks that nobody wrote are left out: AWS, or other resources of the same
    configuration, filled them in. ``in_plan`` where what is written is the plan's own record of it, in which
    ``dynamic`` blocks are missing: there blocks count as they are planned. ``is_bare`` where it has no
    arguments: then all that is planned counts, and all that is unknown.
    """

    def __init__(
        self, written: BlockAttributes, planned: PlannedInstance, merger: Merger, *, in_plan: bool, is_bare: bool
    ) -> None:
        self._written = written
        self._planned = planned
        self._merger = merger
        self._in_plan = in_plan
        self._is_bare = is_bare
        self._values: dict[str, Value] = {}

    def __getitem__(self, name: str) -> Value:
        if name not in self._values:
            if name not in self:
                raise KeyError(name)
            self._values[name] = self._merged(name)
        return self._values[name]

    def __iter__(self) -> Iterator[str]:
        yield from self._written
        yield from (name for name in self._planned.names if name not in self._written and name in self)

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def __contains__(self, name: object) -> bool:
        if name in self._written:
            return True
        part = self._planned.part(str(name))
        counts = (
            _is_plain(part.data) or (self._in_plan and part.is_of_blocks) or (self._is_bare and not part.is_nothing)
        )
        return name not in _IDENTITY and counts

    def key_span(self, name: str) -> Span | None:
        if self._in_plan:
            return self._planned.key_span(name) or self._written.key_span(name)
        return self._written.key_span(name)

    @property
    def place(self) -> Span | None:
        """Where the plan has the instance; None where its configuration is at hand, which is the better place."""
        return self._planned.place if self._in_plan else None

    def known(self, name: str) -> Value | None:
        """An attribute as the plan knows it, may it be written or not; None where it is not known."""
        if self._planned.values.get(name) is None or self._planned.is_unknown(name):
            return None
        return self[name] if name in self._written else self._of_plan(name, None)

    def _merged(self, name: str) -> Value:
        written = self._written.get(name)
        found = written if written is not None and not self._planned.mentions(name) else self._of_plan(name, written)
        if not self._in_plan:
            return found
        return Resolver(self._planned.type, self._merger.plan.type_of).resolved(found, name)

    def _of_plan(self, name: str, written: Value | None) -> Value:
        part = self._planned.part(name)
        place = self.key_span(name) or self._planned.place
        if written is None and self._loses_blocks(name):
            reason = "what declared some of them is deleted"
            return ListValue(items=(), open=Blocker(part.name, place, reason), place=place)
        try:
            return self._merger.merged(written, part, place)
        except RecursionError:
            return Unknown(term=Symbol(part.name), reason="nested too deeply", place=place, maybe_absent=True)

    def _loses_blocks(self, name: str) -> bool:
        """Whether blocks that stand for resources of a kind may be those of resources that this plan deletes."""
        kinds = {inline.kind.name for inline in inline_types(self._planned.type) if inline.block == name}
        return not kinds.isdisjoint(self._merger.plan.deleted_kinds)


def _is_plain(value: Json) -> bool:
    """Whether a value that nobody wrote is of interest: a scalar that is not the name of another resource."""
    if isinstance(value, str):
        return value != "" and not is_generated(value)
    return isinstance(value, bool | int | float)
