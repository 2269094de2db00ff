"""What the transform takes and gives."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import NamedTuple

from haanalyzer.frontends.cloudformation.evaluation.foreach import Unrolled
from haanalyzer.frontends.cloudformation.serverless.globals import PREFIX
from haanalyzer.frontends.tree.nodes import MapNode, text_of
from haanalyzer.source.span import Span

Report = Callable[[Span, str, str], None]
"""Takes the place, the code and the message of what the transform would reject."""


class Transformed(NamedTuple):
    """The entries of ``Resources``, further conditions, and the logical ids that ``MyFunction.Alias`` stands for."""

    entries: Iterable[Unrolled]
    conditions: dict[str, Unrolled]
    referable: dict[str, str]


def serverless_type(found: Unrolled) -> str | None:
    """The last word of a serverless type; None for other resources."""
    body = found.entry.value
    type_ = text_of(body.get("Type")) if isinstance(body, MapNode) and found.scope is not None else None
    return type_.removeprefix(PREFIX) if type_ is not None and type_.startswith(PREFIX) else None
