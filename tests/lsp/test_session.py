"""Where documents are, how a session begins and ends, and what it survives."""

import asyncio
import json
import os
import signal
import sys
import threading
from asyncio.subprocess import PIPE

import pytest
from lsprotocol import types
from pygls.exceptions import JsonRpcInvalidParams

from haanalyzer.lsp.client import Client
from haanalyzer.lsp.findings import diagnostics_of
from haanalyzer.lsp.server import Server
from tests.lsp.conftest import ENVIRONMENT, PATIENCE
from tests.lsp.samples import DATABASES, MENDED, TEMPLATE

pytestmark = pytest.mark.asyncio
CODE = "visual_studio_code@v1.65.2"
COMMAND = [sys.executable, "-m", "haanalyzer", "lsp"]


async def test_a_process_serves_on_standard_input_and_output(start):
    editor = await start(CODE, {"net.yaml": TEMPLATE}, process=True)
    editor.open("net.yaml")
    await editor.until("net.yaml", ["HA101"])
    assert editor.client.log_messages == []
    (reports,) = editor.client.progress_reports.values()
    while not isinstance(reports[-1], types.WorkDoneProgressEnd):
        await editor.lenses("net.yaml")
    assert isinstance(reports[0], types.WorkDoneProgressBegin)


@pytest.mark.parametrize(
    ("said", "code"), [(["shutdown", "exit"], 0), (["exit"], 1), ([], 1)], ids=["shut down", "exit only", "hung up"]
)
async def test_the_exit_code_says_whether_the_client_shut_it_down(said, code):
    messages = [{"jsonrpc": "2.0", "method": each, **({"id": 1} if each == "shutdown" else {})} for each in said]
    bodies = [json.dumps(each).encode() for each in messages]
    sent = b"".join(b"Content-Length: %d\r\n\r\n%s" % (len(body), body) for body in bodies)
    process = await asyncio.create_subprocess_exec(*COMMAND, stdin=PIPE, stdout=PIPE, env=ENVIRONMENT)
    await asyncio.wait_for(process.communicate(sent), PATIENCE)
    assert process.returncode == code


@pytest.mark.skipif(os.name == "nt", reason="signals are Unix's")
async def test_an_interrupt_ends_it():
    process = await asyncio.create_subprocess_exec(*COMMAND, stdin=PIPE, stdout=PIPE, env=ENVIRONMENT)
    body = b'{"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": {"capabilities": {}}}'
    process.stdin.write(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
    await process.stdout.readuntil(b"serverInfo")
    await asyncio.sleep(0.2)  # until it waits for the next message
    process.send_signal(signal.SIGINT)
    await asyncio.wait_for(process.wait(), PATIENCE)


async def test_a_request_that_cannot_be_understood_is_answered(start):
    editor = await start(CODE, {"net.yaml": TEMPLATE})
    nowhere = types.HoverParams(editor.document("net.yaml"), types.Position(0, 0))
    object.__setattr__(nowhere.position, "line", -1)
    with pytest.raises(JsonRpcInvalidParams):
        await editor.client.text_document_hover_async(nowhere)


async def test_without_a_folder_only_what_is_open_is_read(start):
    files = {"net.yaml": TEMPLATE, "other.yaml": TEMPLATE, "plain.yaml": "a: 1\n", "sub/main.tf": DATABASES}
    editor = await start(CODE, files, folders=())
    for name in ("plain.yaml", "net.yaml"):
        editor.open(name)
    await editor.until("net.yaml", ["HA101"])
    assert {uri for uri, found in editor.pushed.items() if found} == {editor.uri("net.yaml")}
    editor.open("sub/main.tf", language="terraform")
    await editor.until("sub/main.tf", ["HA408", "HA408"])
    editor.close("net.yaml")
    await editor.until("net.yaml", [])
    assert editor.pushed[editor.uri("sub/main.tf")]


async def test_a_document_that_was_never_saved_is_analyzed(start):
    editor = await start(CODE, {})
    editor.open("untitled:Untitled-1", TEMPLATE)
    await editor.until("untitled:Untitled-1", ["HA101"])
    editor.change("untitled:Untitled-1", MENDED)
    await editor.until("untitled:Untitled-1", [])


async def test_each_folder_of_several_has_its_own_project(start):
    files = {
        "a/net.yaml": TEMPLATE,
        "a/haanalyzer.yaml": "rules:\n  HA101: {severity: 'off', reason: a test}\n",
        "b/net.yaml": TEMPLATE,
        "b/inner/net.yaml": TEMPLATE,
    }
    editor = await start(CODE, files, folders=("a", "b", "b/inner"))
    await editor.until("b/net.yaml", ["HA101"])
    await editor.until("b/inner/net.yaml", ["HA101"])
    assert editor.uri("a/net.yaml") not in editor.pushed
    removed = types.WorkspaceFolder(editor.uri("b"), "b")
    event = types.WorkspaceFoldersChangeEvent(added=[], removed=[removed])
    editor.client.workspace_did_change_workspace_folders(types.DidChangeWorkspaceFoldersParams(event))
    await editor.until("b/net.yaml", [])
    await editor.until("b/inner/net.yaml", ["HA101"])


async def test_an_answer_is_of_the_text_that_the_client_sees(start):
    editor = await start("pulling", {"net.yaml": TEMPLATE})
    editor.open("net.yaml")
    for text in [MENDED, TEMPLATE] * 5:
        editor.change("net.yaml", text)
    assert [each.code for each in await editor.shown("net.yaml")] == ["HA101"]
    editor.change("net.yaml", MENDED)
    assert await editor.shown("net.yaml") == []


async def test_an_error_of_ours_is_logged_once_and_survived(start, monkeypatch):
    editor = await start(CODE, {"net.yaml": TEMPLATE})
    editor.open("net.yaml")
    await editor.until("net.yaml", ["HA101"])

    def broken(*_, **__):
        raise ZeroDivisionError("of ours")

    monkeypatch.setattr("haanalyzer.lsp.server.diagnostics_of", broken)
    for text in (MENDED, TEMPLATE):
        editor.change("net.yaml", text)
        await editor.lenses("net.yaml")
    monkeypatch.undo()
    editor.change("net.yaml", MENDED)
    await editor.until("net.yaml", [])
    said = [each.message for each in editor.client.log_messages]
    assert said == ["internal error: ZeroDivisionError: of ours; please report it"]


async def test_a_home_folder_is_not_walked(start, monkeypatch, tmp_path):
    monkeypatch.setattr("pathlib.Path.home", lambda: tmp_path / "work space 100% ü")
    editor = await start(CODE, {"net.yaml": TEMPLATE, "deep/other.yaml": TEMPLATE})
    editor.open("net.yaml")
    await editor.until("net.yaml", ["HA101"])
    assert editor.uri("deep/other.yaml") not in editor.pushed


async def test_nothing_is_pushed_of_a_text_that_is_another_by_now(start, monkeypatch):
    pushed, under_way, go_on = [], asyncio.Event(), threading.Event()
    loop = asyncio.get_running_loop()

    def push(_, params):
        pushed.append((params.version, [each.code for each in params.diagnostics]))

    def slow(*arguments, **options):
        loop.call_soon_threadsafe(under_way.set)
        go_on.wait(10)
        return diagnostics_of(*arguments, **options)

    editor = await start(CODE, {"net.yaml": MENDED})
    editor.open("net.yaml")
    await editor.lenses("net.yaml")
    monkeypatch.setattr(Server, "text_document_publish_diagnostics", push)
    monkeypatch.setattr("haanalyzer.lsp.server.diagnostics_of", slow)
    editor.change("net.yaml", TEMPLATE)
    await asyncio.wait_for(under_way.wait(), 10)
    editor.change("net.yaml", f"# another\n{TEMPLATE}")
    asked = asyncio.ensure_future(editor.lenses("net.yaml"))
    await asyncio.sleep(0.1)
    go_on.set()
    await asked
    assert pushed == [(3, ["HA101"])]


@pytest.mark.parametrize(("asks", "refreshes"), [(True, True), (True, False), (False, True), (False, False)])
async def test_only_a_client_that_can_be_told_to_ask_again_is_left_to_ask(asks, refreshes):
    text = types.TextDocumentClientCapabilities(diagnostic=types.DiagnosticClientCapabilities() if asks else None)
    told = types.WorkspaceClientCapabilities(diagnostics=types.DiagnosticWorkspaceClientCapabilities(refreshes))
    client = Client(types.ClientCapabilities(workspace=told, text_document=text))
    assert client.pulls is (asks and refreshes)
