"""What a configuration file declares, in whichever syntax its name says it is written."""

from __future__ import annotations

from haanalyzer.frontends.terraform.structure import parse_body
from haanalyzer.frontends.terraform.syntax import BodySyntax
from haanalyzer.source.configuration_files import is_json_configuration
from haanalyzer.source.diagnostic import Diagnostic
from haanalyzer.source.document import Document


def body_of(document: Document) -> tuple[BodySyntax, list[Diagnostic]]:
    """The blocks of a file, and one diagnostic for each part that could not be read; worked out once."""
    if is_json_configuration(document.path):
        from haanalyzer.frontends.terraform.json_syntax import parse_json_body

        return document.once(parse_json_body)
    return document.once(parse_body)
