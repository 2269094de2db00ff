"""Increments of a document make the text that the client has."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lsprotocol import types
from pygls.workspace import PositionCodec

from haanalyzer.lsp.documents import OpenDocument
from haanalyzer.lsp.positions import Positions
from haanalyzer.source.document import Document
from tests.lsp.samples import DATABASES

PIECES = st.lists(st.sampled_from(["a", "ü", "😀", "\n", "\r\n", "\r", "\u2028", "\f", "\x0b"]), max_size=8)
TEXTS = PIECES.map("".join)


@given(TEXTS, TEXTS, st.tuples(st.floats(0, 1), st.floats(0, 1)), st.sampled_from(list(types.PositionEncodingKind)))
def test_an_increment_replaces_what_the_client_means(text, new, stretch, encoding):
    codec = PositionCodec(encoding)
    positions = Positions(codec)
    start, end = sorted(_between_characters(text, round(share * len(text))) for share in stretch)
    document = OpenDocument("file:///main.tf", text, position_codec=codec)
    change = types.TextDocumentContentChangePartial(positions.range(Document("", text), start, end), new)
    document.apply_change(change)
    assert document.source == text[:start] + new + text[end:]


def _between_characters(text, offset):
    """No client has its cursor between a carriage return and its line feed."""
    return offset - 1 if text[offset - 1 : offset + 1] == "\r\n" else offset


@pytest.mark.asyncio
async def test_an_increment_is_analyzed(start):
    editor = await start("visual_studio_code@v1.65.2", {"main.tf": f"# a page ends \f here\n{DATABASES}"})
    editor.open("main.tf", language="terraform")
    first, _ = await editor.until("main.tf", ["HA408", "HA408"])
    line = first.range.start.line
    value = types.Range(types.Position(line, 28), types.Position(line, 32))
    document = types.VersionedTextDocumentIdentifier(2, editor.uri("main.tf"))
    change = types.TextDocumentContentChangePartial(value, "false")
    editor.client.text_document_did_change(types.DidChangeTextDocumentParams(document, [change]))
    await editor.until("main.tf", ["HA408"])
