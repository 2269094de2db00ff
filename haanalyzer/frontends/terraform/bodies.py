"""What a configuration file declares, in whichever syntax its name says it is written."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

from haanalyzer.frontends.terraform.structure import parse_body
from haanalyzer.frontends.terraform.syntax import BodySyntax
from haanalyzer.source.configuration_files import is_json_configuration
from haanalyzer.source.diagnostic import Diagnostic
from haanalyzer.source.document import Document, StandIn


def body_of(document: Document) -> tuple[BodySyntax, list[Diagnostic]]:
    """The blocks of a file, and one diagnostic for each part that could not be read; worked out once."""
    if is_json_configuration(document.path):
        from haanalyzer.frontends.terraform.json_syntax import parse_json_body

        return document.once(parse_json_body)
    if isinstance(document, StandIn):
        return document.once(_body_of_stand_in)
    return document.once(parse_body)


def _body_of_stand_in(document: Document) -> tuple[BodySyntax, list[Diagnostic]]:
    """The blocks of a text that may speak for many places, as many calls have one model: it is read once."""
    body, diagnostics = _read(document.text)
    place = document.span(0, 0)
    return body.within(document), [replace(each, place=place) for each in diagnostics]


@lru_cache(maxsize=256)
def _read(text: str) -> tuple[BodySyntax, list[Diagnostic]]:
    return parse_body(Document("", text))
