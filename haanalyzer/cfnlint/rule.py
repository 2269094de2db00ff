"""A rule as cfn-lint runs it: one of ours, for findings of one weight."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar
from weakref import WeakKeyDictionary

from cfnlint.rules import CloudFormationLintRule, RuleMatch
from cfnlint.template import Template

from haanalyzer.cfnlint.linting import Linting
from haanalyzer.finding import Severity

_lintings: WeakKeyDictionary[Template, Linting] = WeakKeyDictionary()
"""The analysis of each template, shared by all rules, for as long as cfn-lint holds the template."""


class Rule(CloudFormationLintRule):  # type: ignore[misc]  # cfn-lint has no types
    """The findings of the rule ``code`` that weigh ``weight``.

    cfn-lint calls `configure`, `initialize` and `is_enabled` for each template before it
    asks for a rule's matches; what all rules were told by then makes the one analysis.
    """

    code: ClassVar[str]
    weight: ClassVar[Severity]

    def __init__(self) -> None:
        super().__init__()
        self.included: tuple[str, ...] = ()
        self._linting: Linting | None = None

    def configure(self, configs: Mapping[str, Any] | None = None, experimental: bool = False) -> None:  # noqa: ARG002, FBT001, FBT002, RUF100 - cfn-lint's signature
        """Take in the parameters that the user gives; what is wrong with them is said with the findings."""
        self.config = dict(configs or {})

    def initialize(self, cfn: Template) -> None:
        """Join the analysis of a template."""
        if cfn not in _lintings:
            _lintings[cfn] = Linting(cfn)
        self._linting = _lintings[cfn]
        self._linting.join(self)

    def is_enabled(
        self,
        include_experimental: bool = False,  # noqa: FBT001, FBT002, RUF100 - cfn-lint's signature
        ignore_rules: Sequence[str] | None = None,
        include_rules: Sequence[str] | None = None,
        mandatory_rules: Sequence[str] | None = None,
    ) -> bool:
        """Whether cfn-lint is to show the rule, and the template is held to it."""
        self.included = (*(include_rules or ()), *(mandatory_rules or ()))
        shown: bool = super().is_enabled(include_experimental, ignore_rules, include_rules, mandatory_rules)
        return shown and (self._linting is None or self._linting.may_find(self))

    def match(self, cfn: Template) -> list[RuleMatch]:
        """What the analysis of the template found under this id."""
        return self._linting.matches(self, cfn) if self._linting else []
