"""Which failures the user said to ignore, and which of those words silence nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from haanalyzer.finding import RuleInfo, Verdict
from haanalyzer.graph import Resource
from haanalyzer.results import Suppression
from haanalyzer.source.diagnostic import Diagnostic
from haanalyzer.source.document import Document
from haanalyzer.source.span import Span
from haanalyzer.source.suppression import SuppressionComment, misread_suppressions, read_suppressions
from haanalyzer.values import Known, ListValue, MapValue, Value


class Suppressions:
    """The suppressions of the files of one analysis.

    A comment silences what is found on its line. On the line that names a resource, or
    calls a module, it silences the whole of that.
    """

    def __init__(self, read: Callable[[str], Document | Diagnostic]) -> None:
        self._read = read
        self._comments: dict[str, list[SuppressionComment]] = {}
        self._used: set[SuppressionComment] = set()

    def of(self, rule: RuleInfo, verdict: Verdict, resource: Resource, metadata: Value) -> Suppression | None:
        """The suppression of a failure, None when nobody said to ignore it."""
        lines = (verdict.at, resource.place, *verdict.calls)
        for comment in (*self._at(lines), *_in_metadata(metadata, resource)):
            if comment.matches(rule.code, rule.slug):
                self._used.add(comment)
                return Suppression(comment.reason, comment.place)
        return None

    def diagnostics(self, paths: Iterable[str]) -> list[Diagnostic]:
        """The comments in these files that silence nothing, or are not understood."""
        found: list[Diagnostic] = []
        for path in paths:
            document = self._read(path)
            if isinstance(document, Document):
                found += misread_suppressions(document)
            message = "this suppression silences nothing; expected a finding on its line or in its resource"
            unused = (comment for comment in self._in_file(path) if comment not in self._used)
            found += (Diagnostic(each.place, "unused-suppression", message, is_error=False) for each in unused)
        return found

    def _at(self, places: Iterable[Span]) -> Iterator[SuppressionComment]:
        for place in places:
            for comment in self._in_file(place.path):
                if comment.applies_to in (None, place.line):
                    yield comment

    def _in_file(self, path: str) -> list[SuppressionComment]:
        if path not in self._comments:
            document = self._read(path)
            self._comments[path] = read_suppressions(document) if isinstance(document, Document) else []
        return self._comments[path]


def _in_metadata(metadata: Value, resource: Resource) -> Iterator[SuppressionComment]:
    """``Metadata: {haanalyzer: {ignore: [HA101], reason: …}}`` of a CloudFormation resource: JSON has no comments."""
    if not isinstance(metadata, MapValue) or not isinstance(metadata.get("haanalyzer"), MapValue):
        return
    said = metadata.get("haanalyzer")
    assert isinstance(said, MapValue)
    ignore, reason = said.get("ignore"), said.get("reason")
    names = ignore.items if isinstance(ignore, ListValue) else (ignore,)
    patterns = tuple(str(name) for name in names if isinstance(name, Known))
    why = str(reason) if isinstance(reason, Known) else ""
    yield SuppressionComment(patterns, why, metadata.keys.get("haanalyzer", resource.place), None)
