"""Which failures the user said to ignore, and which of those words silence nothing, or do no more."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date

from haanalyzer.finding import RuleInfo
from haanalyzer.frontends.deployment import Deployment
from haanalyzer.frontends.enclosing import declaration_around
from haanalyzer.policy import metadata
from haanalyzer.results import Judgement, Suppression
from haanalyzer.source.comments import is_program
from haanalyzer.source.configuration_files import is_configuration
from haanalyzer.source.diagnostic import Diagnostic
from haanalyzer.source.document import Document
from haanalyzer.source.span import Span
from haanalyzer.source.suppression import NAME, SuppressionComment, misread_suppressions, read_suppressions

_OF_FRAMEWORK = "the CDK makes this for itself, no program can change it"


class Suppressions:
    """The suppressions in the files of one analysis.

    A comment silences what is found on its line. On the line that names a resource, or
    calls a module, it silences the whole of that, and what is found in it; so does a CloudFormation
    resource's ``Metadata``, and a template's at its top all that is in it. On a line of a program that led to a
    resource, it silences that. ``off`` are the rules that do
    not run: a word about one of these is no idle word. One with an end counts up to and
    with that day; ``today`` is the day of the analysis.
    """

    def __init__(
        self,
        read: Callable[[str], Document | Diagnostic],
        off: Iterable[RuleInfo] = (),
        today: date | None = None,
    ) -> None:
        self._read = read
        self._off = tuple(off)
        self._today = today or date.today()
        self._in_files: dict[str, dict[int | None, list[SuppressionComment]]] = {}
        self._in_metadata: dict[Span, list[SuppressionComment]] = {}
        self._misread: dict[Diagnostic, None] = {}
        self._used: set[SuppressionComment] = set()
        self._missed: set[SuppressionComment] = set()

    def read_metadata(self, deployment: Deployment) -> None:
        """Take in what the metadata of a template's resources say."""
        if deployment.dialect == "terraform":
            return
        files = {path for path in deployment.files if self._mentioning(path)}
        for declaration in deployment.declarations:
            if declaration.place.path in files:
                said = self._understood(metadata.of_resource(declaration))
                self._in_metadata.setdefault(declaration.place, []).extend(said)

    def of(self, failure: Judgement) -> Suppression | None:
        """The suppression of a failure, None when nobody said to ignore it."""
        if failure.origin is not None and failure.origin.of_framework:
            return Suppression(_OF_FRAMEWORK, failure.verdict.at, is_ours=True)
        for each in self._at(failure.verdict.at, (*failure.named, *failure.verdict.calls, *failure.program)):
            if not each.matches(failure.rule.code, failure.rule.slug):
                continue
            if not self._is_over(each):
                self._used.add(each)
                return Suppression(each.reason, each.place, each.until)
            self._missed.add(each)
        return None

    def diagnostics(self, paths: Iterable[str]) -> list[Diagnostic]:
        """What is written in these files, silences nothing, does no more, or is not understood."""
        found: list[Diagnostic] = []
        written = [each for some in self._in_metadata.values() for each in some]
        for path in paths:
            if document := self._mentioning(path):
                found += misread_suppressions(document)
                written += (each for some in self._in_file(path).values() for each in some)
        return [*found, *self._misread, *filter(None, map(self._complaint, written))]

    def _complaint(self, written: SuppressionComment) -> Diagnostic | None:
        if written in self._missed:
            code = "expired-suppression"
            message = f"this suppression ended with {written.until}; what it silenced is a finding again"
        elif written in self._used or any(written.matches(rule.code, rule.slug) for rule in self._off):
            return None
        else:
            code = "unused-suppression"
            message = "this suppression silences nothing; expected a finding on its line or in its resource"
        return Diagnostic(written.place, code, message, is_error=False, hides=False)

    def _is_over(self, written: SuppressionComment) -> bool:
        return written.until is not None and written.until < self._today

    def _understood(self, said: Iterable[metadata.Said]) -> list[SuppressionComment]:
        found = list(said)
        self._misread |= dict.fromkeys(each for each in found if isinstance(each, Diagnostic))
        return [each for each in found if isinstance(each, SuppressionComment)]

    def _mentioning(self, path: str) -> Document | None:
        document = self._read(path)
        return document if isinstance(document, Document) and document.once(_mentions_us) else None

    def _at(self, place: Span, wholes: Sequence[Span]) -> Iterator[SuppressionComment]:
        """What is written for the line of a place, for what it lies in, and for these resources and calls."""
        around = filter(None, map(self._around, (place, *wholes)))
        for each in dict.fromkeys((place, *wholes, *around)):
            in_file = self._in_file(each.path)
            yield from (*in_file.get(each.line, ()), *in_file.get(None, ()))
            yield from self._in_metadata.get(each, ())

    def _around(self, place: Span) -> Span | None:
        """The resource that a place lies in: an event of a serverless function lies in that."""
        document = self._mentioning(place.path)
        return declaration_around(place, document) if document else None

    def _in_file(self, path: str) -> dict[int | None, list[SuppressionComment]]:
        """What is written in a file, by the line that it is for; None is the whole file."""
        if path not in self._in_files:
            document = self._mentioning(path)
            written = read_suppressions(document) if document else []
            is_template = document is not None and not is_configuration(path) and not is_program(document)
            whole = metadata.of_template(document) if document and is_template else ()
            by_line = self._in_files[path] = {}
            for each in (*written, *self._understood(whole)):
                by_line.setdefault(each.applies_to, []).append(each)
        return self._in_files[path]


def _mentions_us(document: Document) -> bool:
    return NAME in document.text
