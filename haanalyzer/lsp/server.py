"""The server: the client it serves, its projects, and what it says of its own accord."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from lsprotocol import types
from pygls.exceptions import JsonRpcException, JsonRpcInvalidParams, JsonRpcMethodNotFound
from pygls.lsp.server import LanguageServer

from haanalyzer import __version__
from haanalyzer.lsp.analysis import Analysis, Buffer
from haanalyzer.lsp.board import Board
from haanalyzer.lsp.client import Client
from haanalyzer.lsp.documents import OpenDocument, buffers_for, path_of_document
from haanalyzer.lsp.findings import Places, diagnostics_of
from haanalyzer.lsp.positions import Positions
from haanalyzer.lsp.progress import Unwatched, WorkDone
from haanalyzer.lsp.project import Host, Project, Shown, Watcher
from haanalyzer.lsp.projects import Projects
from haanalyzer.lsp.protocol import Protocol
from haanalyzer.lsp.settings import SECTION, ClientSettings, settings_from
from haanalyzer.lsp.uris import path_of, uri_of
from haanalyzer.source.diagnostic import INTERNAL_ERROR

_PATIENCE = 2.0
"""Seconds that a client may take to send its settings before the analysis begins without."""


class Server(LanguageServer):
    """One editor's server.

    Changes of documents are taken as increments: some clients wait before they send a text as a whole.
    """

    def __init__(self) -> None:
        kind = types.TextDocumentSyncKind.Incremental
        super().__init__("haanalyzer", __version__, text_document_sync_kind=kind, protocol_cls=Protocol)
        self.board = Board()
        self.client = Client(types.ClientCapabilities())
        self.is_to_exit = False
        self.initial = ClientSettings()
        self._settings = self.initial
        self._worker = ThreadPoolExecutor(max_workers=1, thread_name_prefix="analysis")
        host = Host(self._worker, self._buffers, self._render, self._analyzed, self.failed, self._watch)
        self.projects = Projects(host)
        self._begun = asyncio.Event()
        self._said: set[str] = set()
        self._paths: dict[str, Path] = {}
        self._edited: set[str] = set()
        self._unsent: set[str] = set()

    def shutdown(self) -> None:
        """What pygls calls when the connection is closed."""
        self._worker.shutdown(wait=False, cancel_futures=True)
        super().shutdown()  # type: ignore[no-untyped-call]

    @property
    def positions(self) -> Positions:
        """How the client counts."""
        return Positions(self.workspace.position_codec)

    def take_initial(self, sent: object) -> None:
        """The settings that hold where the client has none."""
        self.initial = self._settings = self._checked(sent)

    async def begun(self) -> None:
        """Wait until there are settings."""
        await self._begun.wait()

    async def owner(self, uri: str) -> Project | None:
        """The project that a document belongs to, once there are settings; None for what is not analyzed."""
        await self.begun()
        path = path_of_document(self.workspace.get_text_document(uri))
        return self.projects.owner(path) if path else None

    def places(self, project: Project, analysis: Analysis) -> Places:
        """Where the places of an analysis are for this client."""
        return Places(project.base, analysis.buffers, analysis.report.documents, self.positions)

    async def begin(self, folders: Iterable[Path]) -> None:
        """Take the settings, and analyze the workspace folders and what is open besides."""
        await self.add(folders)
        self._begun.set()
        for document in tuple(self.workspace.text_documents.values()):
            self.edited(document.uri)

    async def add(self, folders: Iterable[Path]) -> None:
        """Analyze more workspace folders."""
        added = tuple(folders)
        settings = await self._asked_settings(added)
        for folder in added:
            self.projects.add(folder, settings[folder])

    def remove(self, folder: Path) -> None:
        """Show no more of a workspace folder."""
        project = self.projects.remove(folder)
        if project is not None:
            self._show(self.board.drop(project), {})

    def opened(self, item: types.TextDocumentItem) -> None:
        """A document was opened."""
        documents = self.workspace.text_documents
        codec = self.workspace.position_codec
        for key, document in documents.items():
            if document.uri == item.uri:
                documents[key] = OpenDocument(item.uri, item.text, item.version, item.language_id, position_codec=codec)
        self.edited(item.uri)

    def edited(self, uri: str) -> None:
        """A document is another than before, or closed."""
        self._edited.add(uri)
        documents = self.workspace.text_documents
        path = path_of_document(self.workspace.get_text_document(uri)) or self._paths.get(uri)
        if path is None or not self._begun.is_set():
            return
        self._paths[uri] = path
        left = self.projects.edited(path, documents, self._settings)
        if left is not None:
            self._show(self.board.drop(left), {})

    def changed_on_disk(self, uris: Iterable[str]) -> None:
        """Files were written, made or removed."""
        self.projects.changed([path for uri in uris if (path := path_of(uri)) is not None])

    def saved(self, uri: str) -> None:
        """A document was saved. A client that does not watch files tells of no other change, so all are looked at."""
        if not self.client.watches_files:
            self.changed_on_disk([uri])
            for project in self.projects:
                project.touch(None, settings=True)

    async def configure(self, sent: object) -> None:
        """The client's settings are others: those that it is asked for, or else those that it sent."""
        if not self.client.has_configuration:
            section = sent.get(SECTION, sent) if isinstance(sent, Mapping) else sent
            self._settings = self._checked(section)
        settings = await self._asked_settings(self.projects.folders)
        for project in self.projects:
            project.settings = settings.get(project.base, self._settings)
            project.touch(settings=True)

    async def _asked_settings(self, folders: tuple[Path, ...]) -> dict[Path, ClientSettings]:
        """The settings of workspace folders; those that hold elsewhere are kept."""
        if not self.client.has_configuration:
            return dict.fromkeys(folders, self._settings)
        scopes = [None, *map(uri_of, folders)]
        items = [types.ConfigurationItem(scope_uri=scope, section=SECTION) for scope in scopes]
        asked = self.workspace_configuration_async(types.ConfigurationParams(items))
        try:
            sent = await asyncio.wait_for(asked, _PATIENCE)
        except (TimeoutError, JsonRpcException):
            sent = ()
        if len(sent) != len(items):
            self.say("the client did not send its settings; analyzing without", types.MessageType.Warning)
            sent = [None] * len(items)
        self._settings, *others = map(self._checked, sent)
        return dict(zip(folders, others, strict=True))

    def _checked(self, sent: object) -> ClientSettings:
        settings, faults = settings_from(sent, self.initial)
        for fault in faults:
            self.warn(fault)
        return settings

    def failed(self, error: Exception) -> None:
        """An error of ours: said once, and survived."""
        self.say(f"internal error: {type(error).__name__}: {error}; please report it", types.MessageType.Error)

    def say(self, text: str, level: types.MessageType) -> None:
        """A line in the client's log, once."""
        if text not in self._said:
            self._said.add(text)
            self.window_log_message(types.LogMessageParams(level, text))

    def warn(self, text: str) -> None:
        """What the user should know, shown once."""
        if text not in self._said:
            self._said.add(text)
            self.window_show_message(types.ShowMessageParams(types.MessageType.Warning, f"haanalyzer: {text}"))

    def report_server_error(self, error: Exception, source: object) -> None:  # noqa: ARG002 - pygls asks so
        """What pygls calls where a handler failed, or where there is none, which the answer says."""
        if not isinstance(error, JsonRpcMethodNotFound | JsonRpcInvalidParams):
            self.failed(error)

    def _buffers(self, base: Path) -> Mapping[str, Buffer]:
        return buffers_for(base, self.workspace.text_documents)

    def _watch(self, project: Project) -> Watcher:
        if not self.client.shows_progress:
            return Unwatched()
        return WorkDone(self.work_done_progress, f"Analyzing {project.base.name}")

    def _render(self, project: Project, analysis: Analysis) -> Shown:
        """In the worker: what a project shows of its own files, and of those that no other project has."""
        found = diagnostics_of(analysis, self.places(project, analysis), related=self.client.shows_related)
        return {uri: items for uri, items in found.items() if self._may_show(project, uri)}

    def _may_show(self, project: Project, uri: str) -> bool:
        path = path_of_document(self.workspace.get_text_document(uri))
        owner = self.projects.owner(path) if path else None
        return owner is None or owner is project

    def _analyzed(self, project: Project, analysis: Analysis, shown: Shown) -> None:
        if project not in self.projects:  # its folder was removed meanwhile
            return
        for each in analysis.report.diagnostics:
            if each.code == INTERNAL_ERROR:
                self.say(str(each), types.MessageType.Error)
        for problem in analysis.configured.problems:
            if problem.path is None:
                self.warn(problem.message)
        versions = {buffer.uri: buffer.version for buffer in analysis.buffers.values()}
        self._show(self.board.put(project, shown), versions)

    def _show(self, changed: list[str], versions: Mapping[str, int | None]) -> None:
        """Tell the client of files of which something else is shown than before; ``versions`` were analyzed."""
        edited, self._edited = self._edited, set()
        elsewhere = bool(set(changed) - edited)
        if not self.client.pulls:
            self._publish(changed, versions)
        elif elsewhere:
            self.workspace_diagnostic_refresh(None)
        if elsewhere and self.client.refreshes_lenses:
            self.workspace_code_lens_refresh(None)

    def _publish(self, changed: list[str], versions: Mapping[str, int | None]) -> None:
        """Push what is shown, but of a document that has changed since: another analysis is under way."""
        now = {uri: self.workspace.get_text_document(uri).version for uri in self._unsent.union(changed)}
        self._unsent = {uri for uri, version in now.items() if versions.get(uri, version) != version}
        for uri in sorted(now.keys() - self._unsent, key=lambda uri: (bool(self.board.items(uri)), uri)):
            items = self.board.items(uri)
            self.text_document_publish_diagnostics(types.PublishDiagnosticsParams(uri, items, now[uri]))
