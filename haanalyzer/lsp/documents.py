"""The open documents, as files."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Mapping, Sequence
from itertools import pairwise
from pathlib import Path

from pygls.workspace import TextDocument

from haanalyzer.lsp.analysis import Buffer
from haanalyzer.lsp.positions import client_line_starts
from haanalyzer.lsp.uris import path_of, unsaved_name
from haanalyzer.source.document import Document

UNSAVED = Path(tempfile.gettempdir(), "haanalyzer-unsaved-documents")
"""The folder, which need not be there, of documents that were never saved."""


class OpenDocument(TextDocument):
    """A document to which increments are applied by the protocol's line ends; pygls has more of them."""

    @property
    def lines(self) -> Sequence[str]:
        text = self.source
        starts = client_line_starts(Document("", text))
        return [text[start:end] for start, end in pairwise((*starts, len(text)))]


def path_of_document(document: TextDocument) -> Path | None:
    """The file that a document is, or would be; None where it can be none of ours."""
    path = path_of(document.uri)
    if path is not None or not document.uri.startswith("untitled:"):
        return path
    name = unsaved_name(document.uri, document.language_id or "")
    return UNSAVED / name if name else None


def relative(path: Path, base: Path) -> str | None:
    """A path as it is called in an analysis of a folder; None for another drive's."""
    try:
        return os.path.relpath(path, base).replace(os.sep, "/")
    except ValueError:
        return None


def buffers_for(base: Path, documents: Mapping[str, TextDocument]) -> dict[str, Buffer]:
    """The open documents by their paths from a folder."""
    found = {}
    for document in tuple(documents.values()):
        path = path_of_document(document)
        if path is None or (path.parent == UNSAVED) != (base == UNSAVED):
            continue
        name = relative(path, base)
        if name is not None:
            found[name] = Buffer(document.uri, document.version, document.source)
    return found
