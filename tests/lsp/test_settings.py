"""What the client and the project settle."""

import pytest
from lsprotocol import types

from haanalyzer.baseline import baseline_text
from haanalyzer.engine import analyze
from haanalyzer.frontends.deployment import Inputs
from haanalyzer.lsp.settings import NAMES, ClientSettings, settings_from
from haanalyzer.policy import load_profile
from haanalyzer.results import Recorded
from tests.lsp.samples import DATABASES, TEMPLATE

SUBNET = 'variable "zone" {}\nresource "aws_vpc" "v" {}\n' + "".join(
    f'resource "aws_subnet" "{name}" {{\n  vpc_id = aws_vpc.v.id\n  availability_zone = {zone}\n}}\n'
    for name, zone in (("a", '"eu-west-1a"'), ("b", "var.zone"))
)


def test_names_are_the_clients():
    assert set(NAMES) == {"profile", "region", "config", "parameters", "varFiles", "showUndecided", "codeLens"}


def test_what_is_sent_is_taken_over_what_was_there():
    sent = {"profile": "critical", "varFiles": ["a.tfvars"], "codeLens": False, "region": "", "config": None}
    settings, faults = settings_from(sent, ClientSettings(region="eu-west-1"))
    assert settings == ClientSettings("critical", "eu-west-1", var_files=("a.tfvars",), code_lens=False)
    assert faults == ()


@pytest.mark.parametrize(
    ("sent", "fault"),
    [
        ({"profile": 1}, "`haanalyzer.profile` must be a text"),
        ({"codeLens": "no"}, "`haanalyzer.codeLens` must be true or false"),
        ({"varFiles": "a.tfvars"}, "`haanalyzer.varFiles` must be a list of texts"),
        (["profile"], "`haanalyzer` must be an object of settings"),
    ],
)
def test_what_is_wrong_is_left_as_it_was(sent, fault):
    assert settings_from(sent, ClientSettings()) == (ClientSettings(), (fault,))


@pytest.mark.asyncio
async def test_the_client_sets_the_profile_and_may_change_it(start):
    editor = await start("visual_studio_code@v1.65.2", {"main.tf": DATABASES}, settings={"profile": "production"})
    await editor.until("main.tf", ["HA407", "HA409", "HA408", "HA407", "HA409", "HA408"])
    editor.client.set_configuration({"profile": "default"}, section="haanalyzer")
    editor.client.workspace_did_change_configuration(types.DidChangeConfigurationParams(None))
    await editor.until("main.tf", ["HA408", "HA408"])


@pytest.mark.asyncio
async def test_initial_options_hold_where_the_client_has_no_settings(start):
    files = {"main.tf": SUBNET, "prod.tfvars": 'zone = "eu-west-1a"\n'}
    editor = await start("visual_studio_code@v1.65.2", files, options={"varFiles": ["prod.tfvars"], "profile": 7})
    await editor.until("main.tf", ["HA101"])
    assert [each.message for each in editor.client.messages] == ["haanalyzer: `haanalyzer.profile` must be a text"]
    editor.save("prod.tfvars", 'zone = "eu-west-1b"\n')
    await editor.until("main.tf", [])


@pytest.mark.asyncio
async def test_undecided_checks_are_hints_where_they_are_wanted(start):
    editor = await start("visual_studio_code@v1.65.2", {"main.tf": SUBNET}, settings={"showUndecided": True})
    editor.open("main.tf", language="terraform")
    (found,) = await editor.until("main.tf", ["HA101"])
    assert found.severity == types.DiagnosticSeverity.Hint
    assert found.message.startswith("single-zone-tier cannot be decided for aws_vpc.v: it lacks ")
    assert "var.zone (no default and no value passed)" in found.message


@pytest.mark.asyncio
async def test_a_wrong_configuration_is_told_in_its_file_and_mended_there(start):
    files = {"net.yaml": TEMPLATE, "haanalyzer.yaml": "profil: critical\n"}
    editor = await start("visual_studio_code@v1.65.2", files)
    (fault,) = await editor.until("haanalyzer.yaml", ["invalid-configuration"])
    assert fault.range.start.line == 0
    assert fault.severity == types.DiagnosticSeverity.Error
    await editor.until("net.yaml", ["HA101"])
    editor.save("haanalyzer.yaml", "rules:\n  HA101: {severity: 'off', reason: a test}\n")
    await editor.until("haanalyzer.yaml", [])
    await editor.until("net.yaml", [])


@pytest.mark.asyncio
async def test_a_configuration_that_was_written_elsewhere_is_read_when_a_client_saves_that_does_not_watch(start):
    editor = await start("neovim@v0.9", {"main.tf": DATABASES, "haanalyzer.yaml": "profile: default\n"})
    editor.open("main.tf", language="terraform")
    await editor.until("main.tf", ["HA408", "HA408"])
    (editor.folder / "haanalyzer.yaml").write_text("rules:\n  HA408: {severity: 'off', reason: a test}\n")
    editor.save("main.tf", DATABASES)
    await editor.until("main.tf", [])


@pytest.mark.asyncio
async def test_a_configuration_that_says_the_same_costs_no_first_analysis(start, monkeypatch):
    editor = await start("neovim@v0.9", {"main.tf": DATABASES, "haanalyzer.yaml": "profile: default\n"})
    editor.open("main.tf", language="terraform")
    await editor.until("main.tf", ["HA408", "HA408"])
    monkeypatch.delattr("haanalyzer.lsp.project.Workspace")
    editor.save("haanalyzer.yaml", "profile: default # as before\n")
    editor.change("main.tf", "")
    await editor.until("main.tf", [])


@pytest.mark.asyncio
async def test_what_no_file_is_to_blame_for_is_a_message(start):
    editor = await start("visual_studio_code@v1.65.2", {"net.yaml": TEMPLATE}, settings={"profile": "no-such"})
    await editor.until("net.yaml", ["HA101"])
    (message,) = editor.client.messages
    assert "no-such" in message.message


@pytest.mark.asyncio
async def test_a_baseline_holds_back_what_was_there_before(start):
    files = {
        "net.yaml": TEMPLATE,
        "main.tf": DATABASES,
        "haanalyzer.yaml": "baseline: known.json\nexclude: [main.tf]\n",
    }
    editor = await start("visual_studio_code@v1.65.2", files)
    await editor.until("net.yaml", ["HA101"])
    assert editor.uri("main.tf") not in editor.pushed
    (message,) = editor.client.messages
    assert "known.json" in message.message
    (found,) = analyze(["net.yaml"], editor.folder, Inputs(), load_profile("default")).findings()
    known = [Recorded(found.identity, "net.yaml", "any words")]
    editor.save("known.json", baseline_text(known, editor.folder, editor.folder))
    await editor.until("net.yaml", [])


@pytest.mark.asyncio
async def test_a_client_that_does_not_send_its_settings_is_served_without(start, monkeypatch):
    monkeypatch.setattr("pytest_lsp.client.LanguageClient.get_configuration", lambda *_, **__: 1 / 0)
    editor = await start("visual_studio_code@v1.65.2", {"net.yaml": TEMPLATE})
    await editor.until("net.yaml", ["HA101"])
    assert [each.message for each in editor.client.log_messages] == [
        "the client did not send its settings; analyzing without"
    ]
