"""Code actions: fixes of findings, one or many, and the comment that ignores one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from lsprotocol import types

from haanalyzer.finding import Fix
from haanalyzer.fixing import fixed
from haanalyzer.ignoring import suppression_edits
from haanalyzer.lsp.analysis import Analysis
from haanalyzer.lsp.client import Client
from haanalyzer.lsp.findings import Places
from haanalyzer.report.options import rule_page
from haanalyzer.results import Judgement
from haanalyzer.source.edit import Edit, NotEditableError

FIX_ALL = "source.fixAll.haanalyzer"
IGNORE = "haanalyzer.ignore"
"""The client's command that asks for a reason and has `SUPPRESS` write the comment."""
SUPPRESS = "haanalyzer.suppress"
OPEN_PAGE = "haanalyzer.openPage"

_PLACEHOLDER = "because ..."


@dataclass(frozen=True, slots=True)
class Actions:
    """The actions on one file's findings, as far as the texts are still those that were analyzed.

    ``is_current`` says whether a file is as it was analyzed; no edit of another text is offered.
    """

    analysis: Analysis
    places: Places
    client: Client
    is_current: Callable[[str], bool]

    def quick_fixes(
        self, path: str, chosen: Sequence[Judgement], shown: Mapping[str, types.Diagnostic]
    ) -> Iterator[types.CodeAction]:
        """For each chosen finding: its fix, that of all of its rule, the comment that ignores it, its rule's page.

        Findings that are mended alike have one fix. ``shown`` are the diagnostics of findings, by the
        digest of their identity.
        """
        about = {one.identity: [shown[digest]] for one in chosen if (digest := one.identity.digest) in shown}
        mended: dict[Fix, list[Judgement]] = {}
        for one in chosen:
            if one.fix is not None and one.fix.edits:
                mended.setdefault(one.fix, []).append(one)
        for fix, together in mended.items():
            yield from self._fix(fix, [each for one in together for each in about.get(one.identity, ())])
            for one in together:
                yield from self._fix_of_rule(path, one, about.get(one.identity))
        for one in chosen:
            yield from self._suppression(one, about.get(one.identity))
            yield from self._page(one, about.get(one.identity))

    def fix_all(self, path: str) -> Iterator[types.CodeAction]:
        """The one action that makes all fixes of a file's findings that agree with each other."""
        edit = self._fixing(self._fixable(path))
        if edit is not None:
            yield types.CodeAction("Fix all that haanalyzer can fix", kind=FIX_ALL, edit=edit)

    def suppression(self, one: Judgement, reason: str, until: date | None) -> types.WorkspaceEdit | None:
        """The edit that has a finding ignored; None where no comment can be written now."""
        documents = self.analysis.report.documents
        try:
            edits = suppression_edits(one, reason, until, documents.__getitem__)
        except (NotEditableError, KeyError):
            return None
        return self._edit(edits)

    def _fix(self, fix: Fix, about: list[types.Diagnostic]) -> Iterator[types.CodeAction]:
        edit = self._edit(fix.edits)
        if edit is None:
            return
        title = fix.description[:1].upper() + fix.description[1:]
        kind = types.CodeActionKind.QuickFix
        yield types.CodeAction(title, kind=kind, diagnostics=about or None, is_preferred=True, edit=edit)

    def _fix_of_rule(
        self, path: str, one: Judgement, about: list[types.Diagnostic] | None
    ) -> Iterator[types.CodeAction]:
        alike = [each for each in self._fixable(path) if each.rule.code == one.rule.code]
        edit = self._fixing(alike) if len(alike) > 1 else None
        if edit is not None:
            title = f"Fix all {len(alike)} findings of {one.rule.code} in this file"
            yield types.CodeAction(title, kind=types.CodeActionKind.QuickFix, diagnostics=about, edit=edit)

    def _fixable(self, path: str) -> list[Judgement]:
        return [one for one in self.analysis.report.findings() if one.place.path == path and one.fix and one.fix.edits]

    def _fixing(self, findings: Iterable[Judgement]) -> types.WorkspaceEdit | None:
        """The edits of several fixes; where two disagree, those of the first."""
        made = fixed(replace(self.analysis.report, judgements=tuple(findings)))
        return self._edit([edit for edits in made.edits.values() for edit in edits])

    def _suppression(self, one: Judgement, about: list[types.Diagnostic] | None) -> Iterator[types.CodeAction]:
        edit = self.suppression(one, _PLACEHOLDER, None)
        if edit is None:
            return
        title = f"Ignore {one.rule.code} here, because…"
        action = types.CodeAction(title, kind=types.CodeActionKind.QuickFix, diagnostics=about)
        if self.client.ignore_command:
            finding = {"uri": self.places.uri(one.place.path), "finding": one.identity.digest}
            action.command = types.Command(title, IGNORE, arguments=[finding])
        else:
            action.edit = edit
        yield action

    def _page(self, one: Judgement, about: list[types.Diagnostic] | None) -> Iterator[types.CodeAction]:
        page = rule_page(one.rule)
        if page and self.client.opens_pages:
            title = f"Open the page of {one.rule.code} {one.rule.slug}"
            command = types.Command(title, OPEN_PAGE, arguments=[page])
            yield types.CodeAction(title, kind=types.CodeActionKind.QuickFix, diagnostics=about, command=command)

    def _edit(self, edits: Sequence[Edit]) -> types.WorkspaceEdit | None:
        """Edits for the client; None without any, and where one of the texts is no longer what was analyzed."""
        by_path: dict[str, list[types.TextEdit]] = {}
        for edit in dict.fromkeys(edits):
            document = self.analysis.report.documents[edit.place.path]
            place = self.places.positions.range_of(document, edit.place)
            by_path.setdefault(edit.place.path, []).append(types.TextEdit(place, edit.text))
        if not by_path or not all(map(self.is_current, by_path)):
            return None
        if not self.client.takes_versions:
            return types.WorkspaceEdit(changes={self.places.uri(path): made for path, made in by_path.items()})
        return types.WorkspaceEdit(
            document_changes=[
                types.TextDocumentEdit(
                    types.OptionalVersionedTextDocumentIdentifier(self.places.uri(path), self._version(path)), made
                )
                for path, made in by_path.items()
            ]
        )

    def _version(self, path: str) -> int | None:
        buffer = self.analysis.buffers.get(path)
        return buffer.version if buffer else None
