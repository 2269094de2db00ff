"""The two notations of configurations, HCL and JSON: blocks of a file and expressions of its attributes in either."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

from haanalyzer.frontends.terraform.parsing.expressions import parse_expression
from haanalyzer.frontends.terraform.parsing.structure import parse_body
from haanalyzer.frontends.terraform.parsing.syntax import AttributeSyntax, BodySyntax, Expression, Literal, Variable
from haanalyzer.source.configuration_files import is_json_configuration
from haanalyzer.source.diagnostic import Diagnostic
from haanalyzer.source.document import Document, StandIn


def body_of(document: Document) -> tuple[BodySyntax, list[Diagnostic]]:
    """The blocks of a file, and one diagnostic for each part that could not be read; worked out once."""
    if is_json_configuration(document.path):
        from haanalyzer.frontends.terraform.parsing.json_syntax import parse_json_body

        return document.once(parse_json_body)
    if isinstance(document, StandIn):
        return document.once(_body_of_stand_in)
    return document.once(parse_body)


def expression_of(attribute: AttributeSyntax) -> Expression:
    """The syntax of an attribute's value; places count from the attribute's ``offset``. Never raises."""
    if attribute.notation == "hcl":
        return parse_expression(attribute.text)
    from haanalyzer.frontends.terraform.parsing.json_values import parse_json_value

    return parse_json_value(attribute.text, "literal" if attribute.notation == "literal json" else "template")


def naming_of(attribute: AttributeSyntax) -> Expression:
    """The syntax of what an attribute names: a type, a provider, an iterator. Never raises.

    In JSON a text there is no template but an expression in itself: ``"aws.west"``, ``"list(string)"``.
    """
    if attribute.notation == "hcl":
        return parse_expression(attribute.text)
    from haanalyzer.frontends.terraform.parsing.json_values import parse_json_value

    return parse_json_value(attribute.text, "expression")


def name_in(attribute: AttributeSyntax | None) -> str | None:
    """The one word that an attribute names something by, in quotes or not; None for anything else."""
    match naming_of(attribute) if attribute else None:
        case Variable(name=name) | Literal(value=str(name)):
            return name
    return None


def _body_of_stand_in(document: Document) -> tuple[BodySyntax, list[Diagnostic]]:
    """The blocks of a text that may speak for many places, as many calls have one model: it is read once."""
    body, diagnostics = _read(document.text)
    place = document.span(0, 0)
    return body.within(document), [replace(each, place=place) for each in diagnostics]


@lru_cache(maxsize=256)
def _read(text: str) -> tuple[BodySyntax, list[Diagnostic]]:
    return parse_body(Document("", text))
