"""What is passed for the variables of a root module, be it by the user alone or by its unit too."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from haanalyzer.frontends.deployment import Inputs
from haanalyzer.frontends.terraform.parsing.syntax import BlockSyntax
from haanalyzer.frontends.terraform.session import Session
from haanalyzer.frontends.terraform.terragrunt.unit import Unit
from haanalyzer.frontends.terraform.tfvars import PassedVariables, RootVariables
from haanalyzer.source.diagnostic import Diagnostic
from haanalyzer.values import Value


class UnitVariables:
    """Values by variable: files of values and command lines win over what a unit passes in the environment.

    The user's command line wins over the unit's own.

    Source: Terragrunt's documentation, "Inputs"; Terraform's, "Variable Definition Precedence".
    """

    def __init__(self, unit: Unit, session: Session) -> None:
        self._unit = unit
        extra = unit.extra_arguments
        given = replace(session.inputs, variables=(*extra.variables, *session.inputs.variables))
        own = PassedVariables(unit.folder, session.files, given)
        of_module = PassedVariables(session.folder, session.files, Inputs())
        self._files = (own,) if session.folder == unit.folder else (own, of_module)

    @property
    def diagnostics(self) -> Sequence[Diagnostic]:
        return [*self._unit.diagnostics, *(found for each in self._files for found in each.diagnostics)]

    @property
    def paths(self) -> Sequence[str]:
        return [*self._unit.paths, *(path for each in self._files for path in each.paths)]

    def __call__(self, variable: BlockSyntax) -> Value | None:
        """The value passed for a variable; None when nothing is."""
        for each in self._files:
            if (found := each(variable)) is not None:
                return found
        return self._unit.passed(variable.labels[0], variable.header_span.first_line())


def variables_of(session: Session) -> RootVariables:
    """What is passed for the variables of the root module that a session reads."""
    if session.unit is not None:
        return UnitVariables(session.unit, session)
    return PassedVariables(session.folder, session.files, session.inputs)
