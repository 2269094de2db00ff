"""Instances of resources and data sources: what is written of them, and what only AWS will fill in."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from haanalyzer.frontends.deployment import Attributes, Existence
from haanalyzer.frontends.terraform.data_sources import DataSource
from haanalyzer.frontends.terraform.evaluation.attributes import BlockAttributes, opened
from haanalyzer.frontends.terraform.evaluation.choices import each_branch
from haanalyzer.frontends.terraform.evaluation.scope import Scope
from haanalyzer.frontends.terraform.evaluation.symbolic import KNOWN_AFTER_APPLY
from haanalyzer.frontends.terraform.parsing.syntax import BlockSyntax
from haanalyzer.frontends.terraform.providers import ProviderConfiguration, chosen_provider
from haanalyzer.source.span import Span
from haanalyzer.values import Absent, AttributeOf, Unknown, Value, assume

if TYPE_CHECKING:
    from haanalyzer.frontends.terraform.plan.overlay import PlanOverlay

# AWS provider, "Resource Tagging": its groups take tags from their own blocks only.
_WITHOUT_DEFAULT_TAGS = frozenset({"aws_autoscaling_group"})

# A data source shows the tags of its provider too.
_OF_PROVIDER = frozenset({"tags", "tags_all"})


class Resource:
    """One instance of a resource. ``provider`` finds a configuration by its key (``aws.west``).

    ``attributes`` are those ``written``, with the values that a plan lays over them.
    """

    def __init__(
        self,
        block: BlockSyntax,
        address: str,
        existence: Existence,
        scope: Scope,
        provider: Callable[[str], ProviderConfiguration],
        overlay: PlanOverlay | None = None,
    ) -> None:
        self.block = block
        self.type = block.labels[0]
        self.address = address
        self.existence = existence
        self.written = BlockAttributes(block.body, scope)
        self.planned = overlay.attributes(address, block, self.written) if overlay else None
        self.attributes: Attributes = self.written if self.planned is None else self.planned
        self._provider = provider
        self._registry = scope.module.registry

    @property
    def place(self) -> Span:
        """The one-line span that names it."""
        own = self.planned.place if self.planned is not None else None
        return own or self.block.header_span.first_line()

    @property
    def region(self) -> Value:
        """Its own ``region``, or that of its provider."""
        configuration = self._provider(chosen_provider(self.block))
        if "region" not in self.attributes or not self.type.startswith("aws_"):
            return configuration.region
        return each_branch(
            self.attributes["region"],
            lambda own: assume(configuration.region, own.assuming) if isinstance(own, Absent) else own,
        )

    @property
    def default_tags(self) -> Value | None:
        """The tags that its provider gives it; None for a type that takes none from there."""
        if self.type in _WITHOUT_DEFAULT_TAGS:
            return None
        return self._provider(chosen_provider(self.block)).default_tags

    def attribute(self, name: str, place: Span) -> Value:
        """What is written; where nothing is, a reference to what AWS fills in. ``place`` is the reference's."""
        computed = Unknown(
            term=AttributeOf(self.address, name),
            reason=KNOWN_AFTER_APPLY,
            place=place,
            maybe_absent=name not in ("id", "arn"),
        )
        if name not in self.attributes:
            return computed
        written = self.attributes[name]
        if self.written.is_block(name):
            return opened(written, f"{self.address}.{name}", place)
        return each_branch(written, lambda leaf: computed if isinstance(leaf, Absent) else leaf)


class Data(Resource):
    """One instance of a data source."""

    def attribute(self, name: str, place: Span) -> Value:
        """What is known of it before it is read, whoever refers to it."""
        known = self.planned.known(name) if self.planned is not None else None
        if known is not None:
            return known
        source = DataSource(self.type, self.address, self.block.header_span, self.written, lambda: self.region)
        read = source.attribute(name)
        if name not in self.written:
            return self._of_declared(name, place, read)
        if self.written.is_block(name):
            return read
        return each_branch(self.written[name], lambda leaf: read if isinstance(leaf, Absent) else leaf)

    def _of_declared(self, name: str, place: Span, read: Value) -> Value:
        """The attribute of the declared resource that is looked up by its id; else what is read."""

        def of(identifier: Value) -> Value:
            match identifier:
                case Unknown(term=AttributeOf(address=address, name="id")):
                    found = self._registry.entities.get(address)
                    if isinstance(found, Resource) and found.type == self.type and not found.written.is_block(name):
                        return found.attribute(name, place)
            return read

        return each_branch(self.written["id"], of) if "id" in self.written and name not in _OF_PROVIDER else read
