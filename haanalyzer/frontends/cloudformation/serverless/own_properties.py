"""Which properties a serverless resource may be given itself, so that what it makes has them."""

from __future__ import annotations

from haanalyzer.frontends.cloudformation.serverless.functions import RENAMED
from haanalyzer.frontends.cloudformation.serverless.globals import PREFIX
from haanalyzer.frontends.cloudformation.serverless.tables import PASSED


def takes(type_: str, name: str) -> bool:
    """Whether a property of what is made is called so in the resource that makes it, too; any is in other resources."""
    match type_.removeprefix(PREFIX) if type_.startswith(PREFIX) else None:
        case None:
            return True
        case "Function":
            return name not in RENAMED
        case "SimpleTable":
            return name in PASSED
    return False
