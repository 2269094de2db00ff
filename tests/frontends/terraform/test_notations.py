"""A file's body, and that of a text which stands for something of the user's."""

from __future__ import annotations

from haanalyzer.frontends.terraform.parsing.notations import body_of
from haanalyzer.source.document import StandIn
from haanalyzer.source.span import Span

TEXT = 'resource "aws_thing" "it" {\n  x = 1\n  block {\n    y = 2\n  }\n}\nbroken [\n'
FIRST, SECOND = Span("main.tf", 3, 1, 3, 9), Span("other.tf", 7, 1, 7, 9)


def test_a_text_speaks_for_each_of_its_places() -> None:
    for place in (FIRST, SECOND):
        body, diagnostics = body_of(StandIn("model.tf", TEXT, place))
        (resource,) = body.blocks
        (block,) = resource.body.blocks
        attributes = (resource.body.attributes["x"], block.body.attributes["y"])
        assert [each.text for each in attributes] == ["1", "2"]
        assert {place} == {
            resource.header_span,
            block.header_span,
            *(span for each in attributes for span in (each.span, each.key_span)),
            *(each.place for each in diagnostics),
        }
        assert len(diagnostics) == 1
