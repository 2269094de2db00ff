"""Which provider configuration a resource uses, and the region that gives."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from haanalyzer.frontends.terraform.evaluation.attributes import value_of
from haanalyzer.frontends.terraform.evaluation.choices import each_branch
from haanalyzer.frontends.terraform.evaluation.scope import Scope
from haanalyzer.frontends.terraform.parsing import syntax
from haanalyzer.frontends.terraform.parsing.notations import naming_of
from haanalyzer.source.span import Span
from haanalyzer.values import Absent, Known, Symbol, Unknown, Value


@dataclass(slots=True)
class ProviderConfiguration:
    """One ``provider`` block in one module instance, or its absence.

    ``name`` is how it is written out in full: ``module.a.provider.aws.west``.
    """

    name: str
    place: Span
    body: syntax.BodySyntax | None
    scope: Scope
    fallback: str | None
    _region: Value | None = field(default=None)

    @property
    def region(self) -> Value:
        """The region: what is configured, else what the user passed, else unknown but the same everywhere."""
        if self._region is None:
            self._region = self._nowhere("refers to itself")
            written = self.body.attributes.get("region") if self.body else None
            configured = value_of(written, self.scope) if written else Absent(place=self.place)
            self._region = each_branch(configured, self._filled)
        return self._region

    @property
    def default_tags(self) -> Value:
        """The tags that every resource of this provider bears, as a map; Absent when none are configured."""
        for block in self.body.blocks_of("default_tags") if self.body else ():
            if written := block.body.attributes.get("tags"):
                return value_of(written, self.scope)
        return Absent(place=self.place)

    def _filled(self, configured: Value) -> Value:
        match configured:
            case Unknown() | Absent() if self.fallback:
                return Known(data=self.fallback, place=self.place)
            case Absent():
                return self._nowhere("no region is configured and none was passed")
        return configured

    def _nowhere(self, reason: str) -> Value:
        return Unknown(term=Symbol(f"region of {self.name}"), reason=reason, place=self.place)


def provider_key(expression: syntax.Expression) -> str | None:
    """``aws.west`` for a reference to a provider, also the quoted one of old; None for anything else."""
    match expression:
        case syntax.Variable(name=name) | syntax.Literal(value=str(name)):
            return name
        case syntax.GetAttribute(of=syntax.Variable(name=name), name=alias):
            return f"{name}.{alias}"
        case syntax.Index(of=of):
            return provider_key(of)
    return None


def passed_providers(call: syntax.BlockSyntax) -> Mapping[str, str]:
    """``providers = { aws.peer = aws.east }`` of a module call: the child's keys to the caller's."""
    attribute = call.body.attributes.get("providers")
    expression = naming_of(attribute) if attribute else None
    if not isinstance(expression, syntax.ObjectExpression):
        return {}
    pairs = ((provider_key(key), provider_key(value)) for key, value in expression.items)
    return {key: value for key, value in pairs if key and value}


def chosen_provider(block: syntax.BlockSyntax) -> str:
    """The provider that a resource names, or the one its type begins with."""
    attribute = block.body.attributes.get("provider")
    named = provider_key(naming_of(attribute)) if attribute else None
    return named or block.labels[0].split("_", 1)[0]
