"""An editor as the server sees it: a client with the capabilities of a real one, in a folder of its own."""

import asyncio
import contextlib
import os
import sys
import threading
from pathlib import Path

import pytest
import pytest_asyncio
from lsprotocol import types
from lsprotocol.converters import get_converter
from pygls.io_ import run_async
from pytest_lsp import client_capabilities, make_test_lsp_client

from haanalyzer.lsp.features import server

CONVERTER = get_converter()
PATIENCE = 20
ENVIRONMENT = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}


def capabilities(name):
    """Those of a client that pytest-lsp knows; ``pulling`` is a current VS Code, as it begins a session."""
    if name != "pulling":
        return client_capabilities(name)
    found = client_capabilities("visual_studio_code@v1.65.2")
    found.text_document.diagnostic = types.DiagnosticClientCapabilities(
        dynamic_registration=True, related_document_support=False
    )
    found.workspace.diagnostics = types.DiagnosticWorkspaceClientCapabilities(refresh_support=True)
    found.general.position_encodings = [types.PositionEncodingKind.Utf16]
    return found


class Editor:
    """Opens, changes and asks, by names of files in its folder."""

    def __init__(self, client, folder):
        self.client = client
        self.folder = folder
        self.server = None
        self.versions = {}
        self.registered = []
        self.watched = {}
        self.applied = []

    def uri(self, name):
        return name if ":" in name else (self.folder / name).as_uri()

    def document(self, name):
        return types.TextDocumentIdentifier(self.uri(name))

    def open(self, name, text=None, language="yaml"):
        text = (self.folder / name).read_text("utf-8") if text is None else text
        self.versions[name] = 1
        item = types.TextDocumentItem(self.uri(name), language, 1, text)
        self.client.text_document_did_open(types.DidOpenTextDocumentParams(item))

    def change(self, name, text):
        self.versions[name] += 1
        document = types.VersionedTextDocumentIdentifier(self.versions[name], self.uri(name))
        change = types.TextDocumentContentChangeWholeDocument(text)
        self.client.text_document_did_change(types.DidChangeTextDocumentParams(document, [change]))

    def close(self, name):
        self.client.text_document_did_close(types.DidCloseTextDocumentParams(self.document(name)))

    def save(self, name, text):
        """Write a file, and tell as this client does."""
        (self.folder / name).write_text(text, "utf-8")
        if self.registered:
            self.tell((name, types.FileChangeType.Changed))
        else:
            self.client.text_document_did_save(types.DidSaveTextDocumentParams(self.document(name)))

    def tell(self, *changes):
        """Tell of changes on disk, each the name of a file or folder and what happened to it."""
        events = [types.FileEvent(self.uri(name), kind) for name, kind in changes]
        self.client.workspace_did_change_watched_files(types.DidChangeWatchedFilesParams(events))

    @property
    def pulls(self):
        return self.server.diagnostic_provider is not None

    async def shown(self, name):
        """What is shown of a file now: asked for, or what was pushed last."""
        if not self.pulls or name not in self.versions:
            return list(self.client.diagnostics.get(self.uri(name), []))
        report = await self.client.text_document_diagnostic_async(types.DocumentDiagnosticParams(self.document(name)))
        return list(report.items)

    async def until(self, name, codes):
        """The diagnostics of a file, once they have these codes, in order of lines."""
        found = []
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(PATIENCE):
                while True:
                    found = sorted(await self.shown(name), key=lambda each: each.range.start)
                    if [each.code for each in found] == codes and (
                        codes or self.uri(name) in self.pushed or self.pulls
                    ):
                        return found
                    await asyncio.sleep(0.02)
        pytest.fail(f"expected {codes}, found {[(each.code, each.message) for each in found]}")

    @property
    def pushed(self):
        return self.client.diagnostics

    async def hover(self, name, line, character):
        position = types.Position(line, character)
        found = await self.client.text_document_hover_async(types.HoverParams(self.document(name), position))
        return found.contents.value if found else None

    async def lenses(self, name):
        found = await self.client.text_document_code_lens_async(types.CodeLensParams(self.document(name)))
        return {each.range.start.line: each.command.title for each in found}

    async def actions(self, name, diagnostics, only=None):
        """Code actions by title, as they are sent."""
        context = types.CodeActionContext(diagnostics, only)
        at = diagnostics[0].range if diagnostics else types.Range(types.Position(0, 0), types.Position(0, 0))
        params = types.CodeActionParams(self.document(name), at, context)
        found = await self.client.text_document_code_action_async(params)
        return {each.title: each for each in found or ()}


@contextlib.asynccontextmanager
async def _serving():
    """A server in this process, which spares the imports, and its address."""
    made = server()

    over = asyncio.Event()

    async def connected(reader, writer):
        made.protocol.set_writer(writer)
        await run_async(threading.Event(), reader, made.protocol, error_handler=made.report_server_error)
        writer.close()
        await writer.wait_closed()
        over.set()

    async with await asyncio.start_server(connected, "127.0.0.1", 0) as listening:
        yield listening.sockets[0].getsockname()
        await asyncio.wait_for(over.wait(), PATIENCE)
    made.shutdown()


@pytest_asyncio.fixture
async def start(tmp_path):
    """Starts an editor in a folder of files, by their names and texts."""
    ends = contextlib.AsyncExitStack()

    async def started(client_name, files, *, options=None, settings=None, folders=("",), process=False):
        folder = tmp_path / "work space 100% ü"
        for name, text in {".git/HEAD": "", **files}.items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_text(text, "utf-8")
        client = make_test_lsp_client()
        client.protocol._converter.register_structure_hook(types.Command | types.CodeAction, _action)
        editor = Editor(client, folder)

        @client.feature(types.CLIENT_REGISTER_CAPABILITY)
        def register(params):
            editor.registered += [each.method for each in params.registrations]
            options = [each.register_options for each in params.registrations]
            editor.watched |= {
                each["globPattern"]: each.get("kind") for one in options for each in one.get("watchers", ())
            }

        @client.feature(types.WORKSPACE_CODE_LENS_REFRESH)
        def refresh(_):
            return None

        @client.feature(types.WORKSPACE_APPLY_EDIT)
        def apply(params):
            editor.applied.append(params.edit)
            return types.ApplyWorkspaceEditResult(applied=True)

        client.set_configuration(settings or {}, section="haanalyzer")
        if process:
            await client.start_io(sys.executable, "-m", "haanalyzer", "lsp", "--stdio", cwd=tmp_path, env=ENVIRONMENT)
        else:
            await client.start_tcp(*await ends.enter_async_context(_serving()))
        ends.push_async_callback(_ended, client)
        uris = [(folder / name).as_uri() for name in folders]
        begun = await client.initialize_session(
            types.InitializeParams(
                capabilities=capabilities(client_name),
                workspace_folders=[types.WorkspaceFolder(uri, Path(uri).name) for uri in uris] or None,
                initialization_options=options,
            )
        )
        editor.server = begun.capabilities
        return editor

    async with ends:
        yield started


def _action(sent, _):
    """A code action with a command, which lsprotocol takes for a command."""
    return types.CodeAction(
        title=sent["title"],
        kind=sent["kind"],
        is_preferred=sent.get("isPreferred"),
        diagnostics=[CONVERTER.structure(each, types.Diagnostic) for each in sent.get("diagnostics", [])],
        edit=CONVERTER.structure(sent["edit"], types.WorkspaceEdit) if "edit" in sent else None,
        command=CONVERTER.structure(sent["command"], types.Command) if "command" in sent else None,
    )


async def _ended(client):
    """The end of a session; a server in this process must not take that with it."""
    if client._server is not None:
        await client.shutdown_session()
        await client.stop()
    else:
        await client.shutdown_async(None)
        client.protocol.writer.close()
        await client.protocol.writer.wait_closed()
        await client.stop()
