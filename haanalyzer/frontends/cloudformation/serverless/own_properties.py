"""Which properties a serverless resource may be given itself, so that what it makes has them."""

from __future__ import annotations

from haanalyzer.frontends.cloudformation.serverless.globals import PREFIX

RENAMED_IN_FUNCTIONS = frozenset({"Code", "DeadLetterConfig", "TracingConfig"})
"""Properties that are called otherwise in a serverless function."""
PASSED_ON_BY_TABLES = ("PointInTimeRecoverySpecification", "SSESpecification", "TableName")
"""Properties that a simple table has under the same name."""


def takes(type_: str, name: str) -> bool:
    """Whether a property of what is made is called so in the resource that makes it, too; any is in other resources."""
    match type_.removeprefix(PREFIX) if type_.startswith(PREFIX) else None:
        case None:
            return True
        case "Function":
            return name not in RENAMED_IN_FUNCTIONS
        case "SimpleTable":
            return name in PASSED_ON_BY_TABLES
    return False
