"""Which failures the user said to ignore, and which of those words silence nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from haanalyzer.finding import RuleInfo, Verdict
from haanalyzer.frontends.deployment import Declaration, Deployment
from haanalyzer.results import Suppression
from haanalyzer.source.diagnostic import Diagnostic
from haanalyzer.source.document import Document
from haanalyzer.source.span import Span
from haanalyzer.source.suppression import SuppressionComment, misread_suppressions, read_suppressions
from haanalyzer.values import Known, ListValue, MapValue, Value

_IN_METADATA = "haanalyzer"


class Suppressions:
    """The suppressions in the files of one analysis.

    A comment silences what is found on its line. On the line that names a resource, or
    calls a module, it silences the whole of that; so does a CloudFormation resource's
    ``Metadata: {haanalyzer: {ignore: [HA101], reason: …}}``, for JSON has no comments.
    ``off`` are the rules that do not run: a word about one of these is no idle word.
    """

    def __init__(self, read: Callable[[str], Document | Diagnostic], off: Iterable[RuleInfo] = ()) -> None:
        self._read = read
        self._off = tuple(off)
        self._comments: dict[str, list[SuppressionComment]] = {}
        self._metadata: dict[Span, SuppressionComment] = {}
        self._misread: list[Diagnostic] = []
        self._used: set[SuppressionComment] = set()

    def read_metadata(self, deployment: Deployment) -> None:
        """Take in what the metadata of a template's resources say."""
        if deployment.dialect == "terraform":
            return
        files = {path for path in deployment.files if self._mentions(path)}
        for declaration in deployment.declarations:
            if declaration.place.path in files:
                self._take(declaration)

    def of(self, rule: RuleInfo, verdict: Verdict, resource: Span) -> Suppression | None:
        """The suppression of a failure of what is declared at a place, None when nobody said to ignore it."""
        written = [*self._at((verdict.at, resource, *verdict.calls))]
        if resource in self._metadata:
            written.append(self._metadata[resource])
        for comment in written:
            if comment.matches(rule.code, rule.slug):
                self._used.add(comment)
                return Suppression(comment.reason, comment.place)
        return None

    def diagnostics(self, paths: Iterable[str]) -> list[Diagnostic]:
        """What is written in these files, silences nothing, or is not understood."""
        found = list(self._misread)
        written = list(self._metadata.values())
        for path in paths:
            document = self._read(path)
            if isinstance(document, Document):
                found += misread_suppressions(document)
            written += self._in_file(path)
        message = "this suppression silences nothing; expected a finding on its line or in its resource"
        idle = (each for each in written if each not in self._used and not self._is_about_rules_that_are_off(each))
        return [*found, *(Diagnostic(each.place, "unused-suppression", message, is_error=False) for each in idle)]

    def _is_about_rules_that_are_off(self, comment: SuppressionComment) -> bool:
        return any(comment.matches(rule.code, rule.slug) for rule in self._off)

    def _mentions(self, path: str) -> bool:
        document = self._read(path)
        return isinstance(document, Document) and _IN_METADATA in document.text

    def _take(self, declaration: Declaration) -> None:
        metadata = declaration.attributes.get("@Metadata")
        if not isinstance(metadata, MapValue) or _IN_METADATA not in metadata.entries:
            return
        place = metadata.keys[_IN_METADATA]
        said = metadata.entries[_IN_METADATA]
        patterns = _names(said.get("ignore")) if isinstance(said, MapValue) else ()
        if not isinstance(said, MapValue) or not patterns:
            message = "expected `haanalyzer: {ignore: [code-or-slug, ...], reason: ...}`"
            self._misread.append(Diagnostic(place, "misread-suppression", message, is_error=False))
            return
        reason = said.get("reason")
        why = str(reason) if isinstance(reason, Known) else ""
        self._metadata[declaration.place] = SuppressionComment(patterns, why, place, None)

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


def _names(ignore: Value) -> tuple[str, ...]:
    """The codes, slugs or patterns of a list, or a single one; none where one of them is no text."""
    names = ignore.items if isinstance(ignore, ListValue) else (ignore,)
    return tuple(str(name) for name in names if isinstance(name, Known)) if all(map(_is_text, names)) else ()


def _is_text(name: Value) -> bool:
    return isinstance(name, Known) and isinstance(name.data, str)
