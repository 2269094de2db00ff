"""Places as clients count them."""

from hypothesis import given
from hypothesis import strategies as st
from lsprotocol.types import Position, PositionEncodingKind, Range
from pygls.workspace import PositionCodec

from haanalyzer.lsp.positions import Positions
from haanalyzer.source.document import Document
from haanalyzer.source.span import Span

UTF16 = Positions(PositionCodec(PositionEncodingKind.Utf16))
UTF8 = Positions(PositionCodec(PositionEncodingKind.Utf8))
UTF32 = Positions(PositionCodec(PositionEncodingKind.Utf32))


def test_characters_are_counted_in_the_clients_units():
    document = Document("a.tf", 'x = 1\ny = "😀ü" # z\n')
    after = document.text.index("#")
    assert [each.position(document, after) for each in (UTF32, UTF16, UTF8)] == [
        Position(1, 9),
        Position(1, 10),
        Position(1, 13),
    ]


def test_a_lone_carriage_return_ends_a_line_and_a_line_separator_does_not():
    document = Document("a.tf", "a\rb\u2028c\r\nd")
    assert UTF16.position(document, document.text.index("b")) == Position(1, 0)
    assert UTF16.position(document, document.text.index("c")) == Position(1, 2)
    assert UTF16.position(document, document.text.index("d")) == Position(2, 0)
    assert UTF16.offset(document, Position(2, 0)) == document.text.index("d")


def test_what_lies_past_an_end_is_that_end():
    document = Document("a.tf", "ab\r\ncd")
    assert UTF16.offset(document, Position(0, 9)) == 2
    assert UTF16.offset(document, Position(9, 0)) == len(document.text)
    assert UTF16.range_of(document, Span("a.tf", 2, 1, 9, 1)) == Range(Position(1, 0), Position(1, 2))


@given(st.text(alphabet="ab ü😀\n\r\u2028\x0c"), st.sampled_from([UTF8, UTF16, UTF32]))
def test_every_offset_is_found_again(text, positions):
    document = Document("a.tf", text)
    for offset in range(len(text) + 1):
        inside_line_end = text[offset - 1 : offset + 1] == "\r\n"
        if not inside_line_end:
            assert positions.offset(document, positions.position(document, offset)) == offset
