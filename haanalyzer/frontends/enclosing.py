"""Which declaration of a file a place lies in."""

from __future__ import annotations

from haanalyzer.source.configuration_files import is_configuration
from haanalyzer.source.document import Document
from haanalyzer.source.span import Span
from haanalyzer.source.stretches import Stretches


def declaration_around(place: Span, document: Document) -> Span | None:
    """The place that names the resource of a template, or the block of a Terraform file, that a place lies in."""
    around = document.once(_declarations).around(document.offset(place.line, place.column))
    return around[1] if around else None


def _declarations(document: Document) -> Stretches[Span]:
    if is_configuration(document.path):
        from haanalyzer.frontends.terraform.edits import blocks_by_header

        blocks = document.once(blocks_by_header)
        return Stretches((block.start, block.end, named) for named, block in blocks.items())
    from haanalyzer.frontends.cloudformation.editing.properties import resources_by_place

    entries = document.once(resources_by_place)
    return Stretches((entry.start, entry.value.end, named) for named, (_, entry) in entries.items())
