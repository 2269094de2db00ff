"""Diagnostics, as clients that are pushed to and clients that pull see them."""

import asyncio
import gc
import shutil
from time import monotonic

import pytest
from lsprotocol import types

from haanalyzer.frontends.terraform.instances import Module
from haanalyzer.source.recognition import TEMPLATE_ENDINGS
from tests.lsp.samples import DATABASES, MENDED, MODULE, ROOT, TEMPLATE

PUSHED = ["visual_studio_code@v1.65.2", "neovim@v0.9", "neovim@v0.11.0", "emacs@v29.1"]
ZONELESS_MODULE = MODULE.replace("var.zones[count.index]", "null")
pytestmark = pytest.mark.asyncio


@pytest.mark.parametrize("client", [*PUSHED, "pulling"])
async def test_findings_come_and_go_with_the_text(start, client):
    editor = await start(client, {"net.yaml": TEMPLATE})
    editor.open("net.yaml")
    (found,) = await editor.until("net.yaml", ["HA101"])
    editor.change("net.yaml", MENDED)
    assert await editor.until("net.yaml", []) == []
    editor.change("net.yaml", TEMPLATE)
    assert await editor.until("net.yaml", ["HA101"]) == [found]


async def test_a_finding_says_where_why_and_what_it_means(start):
    editor = await start("visual_studio_code@v1.65.2", {"net.yaml": TEMPLATE})
    editor.open("net.yaml")
    (found,) = await editor.until("net.yaml", ["HA101"])
    line = TEMPLATE.splitlines()[14]
    column = line.index("AvailabilityZone") + 1  # the emoji counts for two
    assert found.range == types.Range(types.Position(14, column), types.Position(14, column + 16))
    assert found.severity == types.DiagnosticSeverity.Warning
    assert found.source == "haanalyzer"
    assert found.code_description.href.endswith("/docs/rules/single-zone-tier.md")
    assert [each.message for each in found.related_information][-2:] == [
        "SubnetA is in the first zone of the region",
        "SubnetB is in the first zone of the region",
    ]
    assert {each.location.uri for each in found.related_information} == {editor.uri("net.yaml")}


async def test_columns_are_in_the_units_that_were_agreed_on(start):
    editor = await start("neovim@v0.11.0", {"net.yaml": TEMPLATE})
    editor.open("net.yaml")
    (found,) = await editor.until("net.yaml", ["HA101"])
    line = TEMPLATE.splitlines()[14]
    assert found.range.start.character == len(line[: line.index("AvailabilityZone")].encode())


async def test_a_client_without_related_places_has_the_chain_in_the_message(start):
    editor = await start("emacs@v29.1", {"net.yaml": TEMPLATE})
    editor.open("net.yaml")
    (found,) = await editor.until("net.yaml", ["HA101"])
    assert found.related_information is None
    assert found.message.splitlines()[-2] == "SubnetA is in the first zone of the region (net.yaml:12)"


async def test_files_that_were_never_opened_are_shown_too(start):
    editor = await start("neovim@v0.9", {"net.yaml": TEMPLATE, "data/main.tf": DATABASES})
    await editor.until("data/main.tf", ["HA408", "HA408"])
    await editor.until("net.yaml", ["HA101"])


async def test_what_did_not_change_is_not_sent_again(start):
    editor = await start("pulling", {"net.yaml": TEMPLATE, "data/main.tf": DATABASES})
    editor.open("net.yaml")
    document = types.DocumentDiagnosticParams(editor.document("net.yaml"))
    first = await editor.client.text_document_diagnostic_async(document)
    document.previous_result_id = first.result_id
    assert (await editor.client.text_document_diagnostic_async(document)).kind == "unchanged"
    everything = await editor.client.workspace_diagnostic_async(types.WorkspaceDiagnosticParams([]))
    assert {each.uri: len(each.items) for each in everything.items} == {
        editor.uri("net.yaml"): 1,
        editor.uri("data/main.tf"): 2,
    }
    known = [types.PreviousResultId(each.uri, each.result_id) for each in everything.items]
    editor.change("net.yaml", MENDED)
    again = await editor.client.workspace_diagnostic_async(types.WorkspaceDiagnosticParams(known))
    assert {each.uri: each.kind for each in again.items} == {
        editor.uri("net.yaml"): "full",
        editor.uri("data/main.tf"): "unchanged",
    }
    assert editor.pushed == {}


async def test_a_change_that_costs_another_file_its_zone_is_told(start):
    editor = await start("pulling", {"main.tf": ROOT, "network/main.tf": MODULE})
    editor.open("main.tf", language="terraform")
    editor.open("network/main.tf", language="terraform")
    await editor.until("main.tf", ["HA101"])
    refreshed = editor.client.diagnostic_refresh_count
    editor.change("network/main.tf", ZONELESS_MODULE)
    await editor.until("main.tf", [])
    assert editor.client.diagnostic_refresh_count > refreshed


async def test_open_buffers_come_before_files(start):
    editor = await start("visual_studio_code@v1.65.2", {"main.tf": ROOT, "network/main.tf": MODULE})
    await editor.until("main.tf", ["HA101"])
    editor.open("network/main.tf", ZONELESS_MODULE, "terraform")
    await editor.until("main.tf", [])
    editor.close("network/main.tf")
    await editor.until("main.tf", ["HA101"])


async def test_a_file_that_changes_on_disk_is_read_again(start):
    editor = await start("visual_studio_code@v1.65.2", {"net.yaml": TEMPLATE})
    await editor.until("net.yaml", ["HA101"])
    assert types.WORKSPACE_DID_CHANGE_WATCHED_FILES in editor.registered
    editor.save("net.yaml", MENDED)
    await editor.until("net.yaml", [])


async def test_a_folder_that_is_renamed_or_removed_takes_its_files_along(start):
    files = {"old/main.tf": DATABASES, "kept/net.yaml": TEMPLATE}
    editor = await start("visual_studio_code@v1.65.2", files)
    await editor.until("old/main.tf", ["HA408", "HA408"])
    assert editor.watched["**/*"] == types.WatchKind.Create | types.WatchKind.Delete  # the folder alone is told of
    assert {f"**/*{ending}" for ending in TEMPLATE_ENDINGS} <= editor.watched.keys()
    (editor.folder / "old").rename(editor.folder / "new")
    editor.tell(("old", types.FileChangeType.Deleted), ("new", types.FileChangeType.Created))
    await editor.until("old/main.tf", [])
    await editor.until("new/main.tf", ["HA408", "HA408"])
    shutil.rmtree(editor.folder / "new")
    editor.tell(("new", types.FileChangeType.Deleted))
    await editor.until("new/main.tf", [])
    (editor.folder / "old").mkdir()
    (editor.folder / "old" / "main.tf").write_text(DATABASES.partition("\n\n")[0])
    editor.tell(("old", types.FileChangeType.Created))
    await editor.until("old/main.tf", ["HA408"])


async def test_a_client_that_does_not_watch_files_has_them_looked_at_when_it_saves(start):
    editor = await start("neovim@v0.9", {"net.yaml": TEMPLATE, "main.tf": DATABASES})
    editor.open("main.tf", language="terraform")
    await editor.until("net.yaml", ["HA101"])
    (editor.folder / "net.yaml").write_text(MENDED, "utf-8")
    editor.save("main.tf", DATABASES)
    await editor.until("net.yaml", [])


async def test_a_broken_file_keeps_what_was_found_before(start):
    files = {"net.yaml": TEMPLATE, "main.tf": DATABASES}
    editor = await start("visual_studio_code@v1.65.2", files)
    editor.open("net.yaml")
    editor.open("main.tf", language="terraform")
    (found,) = await editor.until("net.yaml", ["HA101"])
    await editor.until("main.tf", ["HA408", "HA408"])
    editor.change("net.yaml", TEMPLATE.replace("Vpc:\n", "Vpc:\n    Type: [\n", 1))
    error, kept = await editor.until("net.yaml", ["invalid-yaml", "HA101"])
    assert error.severity == types.DiagnosticSeverity.Error
    assert kept.range.start == types.Position(15, found.range.start.character)
    editor.change("main.tf", DATABASES.replace('"aws_db_instance" "stock" {', '"aws_db_instance" "stock'))
    assert [each.range.start.line for each in await editor.until("main.tf", ["HA408", "invalid-hcl", "HA408"])] == [
        4,
        7,
        11,
    ]
    editor.change("main.tf", "")
    await editor.until("main.tf", [])


async def test_a_suppression_that_silences_nothing_is_faded(start):
    editor = await start("visual_studio_code@v1.65.2", {"net.yaml": f"# haanalyzer: ignore[HA408] why\n{MENDED}"})
    (found,) = await editor.until("net.yaml", ["unused-suppression"])
    assert list(found.tags) == [types.DiagnosticTag.Unnecessary]
    assert found.severity == types.DiagnosticSeverity.Information


async def test_a_change_after_a_quiet_time_waits_for_no_other(start, monkeypatch):
    editor = await start("neovim@v0.9", {"net.yaml": TEMPLATE})
    editor.open("net.yaml")
    await editor.until("net.yaml", ["HA101"])
    much_later = monotonic() + 60  # where the clock stands still, so that no pause would end
    monkeypatch.setattr("haanalyzer.lsp.project.monotonic", lambda: much_later)
    editor.change("net.yaml", MENDED)
    assert await editor.until("net.yaml", []) == []


async def test_what_an_analysis_leaves_is_collected_between_keystrokes(start):
    def modules():
        return sum(isinstance(each, Module) for each in gc.get_objects())

    editor = await start("neovim@v0.9", {"main.tf": DATABASES})
    editor.open("main.tf")
    await editor.until("main.tf", ["HA408", "HA408"])
    gc.disable()
    try:
        for number in range(8):
            editor.change("main.tf", "#\n" * number if number % 2 else DATABASES)
            await editor.until("main.tf", [] if number % 2 else ["HA408", "HA408"])
        async with asyncio.timeout(10):
            while modules() > 2:
                await asyncio.sleep(0.05)
    finally:
        gc.enable()
