"""Code actions: what they offer, and what the file is when they were applied."""

import pytest
from lsprotocol import types
from pygls.workspace import PositionCodec

from haanalyzer.engine import analyze
from haanalyzer.frontends.deployment import Inputs
from haanalyzer.lsp.actions import Actions
from haanalyzer.lsp.analysis import Analysis
from haanalyzer.lsp.client import Client
from haanalyzer.lsp.configured import configured
from haanalyzer.lsp.findings import Places
from haanalyzer.lsp.positions import Positions
from haanalyzer.lsp.settings import ClientSettings
from haanalyzer.source.document import Document
from tests.lsp.samples import DATABASES, TEMPLATE

CLIENTS = ["visual_studio_code@v1.65.2", "neovim@v0.9"]
pytestmark = pytest.mark.asyncio


def applied(text, edit, uri):
    """The text with the edits of a file made, as an editor does."""
    if edit.document_changes is not None:
        (changed,) = edit.document_changes
        assert changed.text_document.uri == uri
        edits = changed.edits
    else:
        ((only, edits),) = edit.changes.items()
        assert only == uri
    document = Document("", text)
    stretches = [
        (*(document.offset(at.line + 1, at.character + 1) for at in (each.range.start, each.range.end)), each.new_text)
        for each in edits
    ]
    for start, end, new in sorted(stretches, reverse=True):
        text = text[:start] + new + text[end:]
    return text


@pytest.mark.parametrize("client", CLIENTS)
async def test_a_quick_fix_mends_one_finding(start, client):
    editor = await start(client, {"main.tf": DATABASES})
    editor.open("main.tf", language="terraform")
    first, _ = await editor.until("main.tf", ["HA408", "HA408"])
    action = (await editor.actions("main.tf", [first]))["Set `skip_final_snapshot` to `false`"]
    assert action.kind == types.CodeActionKind.QuickFix
    assert action.is_preferred
    assert [each.data for each in action.diagnostics] == [first.data]
    text = applied(DATABASES, action.edit, editor.uri("main.tf"))
    assert text == DATABASES.replace("snapshot     = true\n", "snapshot     = false\n", 1)
    editor.change("main.tf", text)
    await editor.until("main.tf", ["HA408"])


async def test_what_mends_two_findings_is_offered_once(start):
    replica = 'resource "aws_db_instance" "replica" {\n  replicate_source_db = aws_db_instance.orders.identifier\n}\n'
    text = DATABASES.replace("multi_az                = true", 'identifier = "orders"', 1) + replica
    text = text.replace("period = 7", "period = 0", 1)
    editor = await start("neovim@v0.9", {"main.tf": text}, settings={"profile": "production"})
    editor.open("main.tf", language="terraform")
    position = types.Position(3, 2)
    params = types.CodeActionParams(
        editor.document("main.tf"), types.Range(position, position), types.CodeActionContext([], ["quickfix"])
    )
    offered = await editor.client.text_document_code_action_async(params)
    fixes = [each for each in offered if each.title == "Set `backup_retention_period` to `7`"]
    assert [sorted(about.code for about in each.diagnostics) for each in fixes] == [["HA404", "HA406"]]


@pytest.mark.parametrize("title", ["Fix all 2 findings of HA408 in this file", "Fix all that haanalyzer can fix"])
async def test_several_findings_are_mended_at_once(start, title):
    editor = await start("visual_studio_code@v1.65.2", {"main.tf": DATABASES, "other/main.tf": DATABASES})
    editor.open("main.tf", language="terraform")
    first, _ = await editor.until("main.tf", ["HA408", "HA408"])
    action = (await editor.actions("main.tf", [first]))[title]
    text = applied(DATABASES, action.edit, editor.uri("main.tf"))
    assert text == DATABASES.replace("snapshot     = true", "snapshot     = false")
    editor.change("main.tf", text)
    await editor.until("main.tf", [])


async def test_only_the_kinds_that_are_asked_for_are_offered(start):
    editor = await start("visual_studio_code@v1.65.2", {"main.tf": DATABASES})
    editor.open("main.tf", language="terraform")
    found = await editor.until("main.tf", ["HA408", "HA408"])
    assert [*await editor.actions("main.tf", [], ["source.fixAll"])] == ["Fix all that haanalyzer can fix"]
    assert "Fix all that haanalyzer can fix" not in await editor.actions("main.tf", found[:1], ["quickfix"])
    assert await editor.actions("main.tf", [], ["refactor"]) == {}


async def test_edits_name_the_version_they_are_for(start):
    editor = await start("visual_studio_code@v1.65.2", {"main.tf": DATABASES})
    editor.open("main.tf", language="terraform")
    first, _ = await editor.until("main.tf", ["HA408", "HA408"])
    editor.change("main.tf", f"\n{DATABASES}")
    action = (await editor.actions("main.tf", [first]))["Set `skip_final_snapshot` to `false`"]
    (changed,) = action.edit.document_changes
    assert changed.text_document.version == 2
    assert changed.edits[0].range.start.line == first.range.start.line + 1


async def test_ignoring_here_writes_the_comment_with_a_reason_to_replace(start):
    editor = await start("neovim@v0.9", {"net.yaml": TEMPLATE})
    editor.open("net.yaml")
    (found,) = await editor.until("net.yaml", ["HA101"])
    action = (await editor.actions("net.yaml", [found]))["Ignore HA101 here, because…"]
    text = applied(TEMPLATE, action.edit, editor.uri("net.yaml"))
    lines = text.splitlines()
    assert lines[14] == "    # haanalyzer: ignore[HA101] because ..."
    assert text.replace(lines[14] + "\n", "") == TEMPLATE
    editor.change("net.yaml", text)
    await editor.until("net.yaml", [])


async def test_a_client_that_asks_for_the_reason_has_the_server_write_it(start):
    editor = await start("visual_studio_code@v1.65.2", {"net.yaml": TEMPLATE}, options={"ignoreCommand": True})
    editor.open("net.yaml")
    (found,) = await editor.until("net.yaml", ["HA101"])
    action = (await editor.actions("net.yaml", [found]))["Ignore HA101 here, because…"]
    assert action.command.command == "haanalyzer.ignore"
    (finding,) = action.command.arguments
    assert "haanalyzer.suppress" in editor.server.execute_command_provider.commands
    params = types.ExecuteCommandParams("haanalyzer.suppress", [finding, "one zone is enough", "2999-12-31"])
    assert await editor.client.workspace_execute_command_async(params) is True
    (edit,) = editor.applied
    text = applied(TEMPLATE, edit, editor.uri("net.yaml"))
    assert "# haanalyzer: ignore[HA101] until 2999-12-31 one zone is enough\n" in text
    editor.change("net.yaml", text)
    await editor.until("net.yaml", [])
    assert await editor.client.workspace_execute_command_async(params) is False
    assert "no longer there" in editor.client.messages[0].message


async def test_the_page_of_a_rule_is_opened_by_the_client(start):
    editor = await start("visual_studio_code@v1.65.2", {"net.yaml": TEMPLATE})
    editor.open("net.yaml")
    (found,) = await editor.until("net.yaml", ["HA101"])
    action = (await editor.actions("net.yaml", [found]))["Open the page of HA101 single-zone-tier"]
    command = types.ExecuteCommandParams(action.command.command, action.command.arguments)
    await editor.client.workspace_execute_command_async(command)
    (shown,) = editor.client.shown_documents
    assert shown.uri == found.code_description.href
    assert shown.external


async def test_no_edit_of_a_text_that_is_another_by_now_is_offered(tmp_path):
    (tmp_path / "main.tf").write_text(DATABASES)
    found = configured(tmp_path, ClientSettings())
    report = analyze(["."], tmp_path, Inputs(), found.settings.standards)
    analysis = Analysis(report, {}, ClientSettings(), found)
    places = Places(tmp_path, {}, report.documents, Positions(PositionCodec()))
    titles = {}
    for is_current in (True, False):
        actions = Actions(analysis, places, Client(types.ClientCapabilities()), lambda _, current=is_current: current)
        offered = [*actions.quick_fixes("main.tf", report.findings(), {}), *actions.fix_all("main.tf")]
        titles[is_current] = [each.title for each in offered]
    assert "Set `skip_final_snapshot` to `false`" in titles[True]
    assert titles[False] == []
