"""Which declaration of a file a place lies in."""

from __future__ import annotations

from haanalyzer.source.comments import is_hcl
from haanalyzer.source.document import Document
from haanalyzer.source.span import Span


def declaration_around(place: Span, document: Document) -> Span | None:
    """The place that names the resource of a template, or the block of a Terraform file, that a place lies in."""
    if is_hcl(document):
        from haanalyzer.frontends.terraform.edits import blocks_by_header

        blocks = document.once(blocks_by_header)
        stretches = [(named, block.start, block.end) for named, block in blocks.items()]
    else:
        from haanalyzer.frontends.cloudformation.edits import resources_by_place

        entries = document.once(resources_by_place)
        stretches = [(named, entry.start, entry.value.end) for named, (_, entry) in entries.items()]
    at = document.offset(place.line, place.column)
    return next((named for named, start, end in stretches if start <= at < end), None)
