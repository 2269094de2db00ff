"""The transform: the resources of a template with what ``AWS::Serverless`` makes in the place of its types."""

from __future__ import annotations

from collections.abc import Iterable

from haanalyzer.frontends.cloudformation.evaluation.foreach import Unrolled
from haanalyzer.frontends.cloudformation.serverless.outcome import Report, Transformed, serverless_type
from haanalyzer.frontends.tree.nodes import MapNode


def transformed(entries: Iterable[Unrolled], root: MapNode, report: Report) -> Transformed:
    """The entries of ``Resources`` with what the transform makes of those that are its own.

    ``report`` is told what the transform would reject.
    """
    written = list(entries)
    if not any(map(serverless_type, written)):
        return Transformed(written, {}, {})
    from haanalyzer.frontends.cloudformation.serverless.makers import make_all  # most templates need none of it

    return make_all(written, root, report)
