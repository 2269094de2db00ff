"""The values of a root's variables as a plan has them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from haanalyzer.frontends.terraform.evaluation.symbolic import value_of
from haanalyzer.frontends.terraform.parsing.syntax import BlockSyntax
from haanalyzer.frontends.terraform.plan.planned import Plan
from haanalyzer.source.diagnostic import Diagnostic
from haanalyzer.values import Value


@dataclass(frozen=True)
class PlannedVariables:
    """All variables of a plan: Terraform writes down the defaults that were taken, too."""

    plan: Plan

    @property
    def diagnostics(self) -> Sequence[Diagnostic]:
        return self.plan.diagnostics

    @property
    def paths(self) -> Sequence[str]:
        return (self.plan.path,)

    def __call__(self, variable: BlockSyntax) -> Value | None:
        """The value that a variable had in the plan; None where the plan has no such variable."""
        found = self.plan.variables.get(variable.labels[0])
        return value_of(found.data, found.place) if found else None
