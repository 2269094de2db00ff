"""One analysis as the server keeps it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from haanalyzer.lsp.configured import Configured
from haanalyzer.lsp.settings import ClientSettings
from haanalyzer.results import Report
from haanalyzer.source.document import Document


@dataclass(frozen=True, slots=True)
class Buffer:
    """What an editor holds of a file: its URI there, its version, and its text."""

    uri: str
    version: int | None
    text: str


@dataclass(frozen=True, slots=True)
class Analysis:
    """A report, the buffers it was made of by path, and the settings it was made with."""

    report: Report
    buffers: Mapping[str, Buffer]
    settings: ClientSettings
    configured: Configured

    def is_of(self, path: str, text: str) -> bool:
        """Whether a file's text is the one that was analyzed."""
        document = self.report.documents.get(path)
        return isinstance(document, Document) and document.text == text.removeprefix("\ufeff")
