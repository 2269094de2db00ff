"""The editors' side says what the server says: settings, defaults, commands, profiles, the schema of configurations."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest

import haanalyzer
from haanalyzer.lsp.actions import FIX_ALL, IGNORE, SUPPRESS
from haanalyzer.lsp.settings import NAMES, SECTION, ClientSettings
from haanalyzer.policy.configuration import NAME
from haanalyzer.policy.declared.reader import schema
from haanalyzer.policy.profiles import profile_names

ROOT = Path(__file__).parents[1]
EXTENSION = ROOT / "editors" / "vscode"
MANIFEST: dict[str, Any] = json.loads((EXTENSION / "package.json").read_text("utf-8"))
PAGE = (ROOT / "docs" / "editors.md").read_text("utf-8")
CLIENT_ONLY = {"command", "trace.server"}


def _settings() -> dict[str, dict[str, Any]]:
    properties = MANIFEST["contributes"]["configuration"]["properties"]
    return {name.removeprefix(f"{SECTION}."): described for name, described in properties.items()}


def _names_in_table(text: str, prefix: str = "") -> set[str]:
    return set(re.findall(rf"^\| `{re.escape(prefix)}([\w.]+)` \|", text, re.MULTILINE))


def test_the_extension_has_the_settings_of_the_server_and_two_of_its_own() -> None:
    assert set(_settings()) == set(NAMES) | CLIENT_ONLY
    assert all(name.startswith(f"{SECTION}.") for name in MANIFEST["contributes"]["configuration"]["properties"])


@pytest.mark.parametrize("name", NAMES)
def test_a_setting_has_the_type_and_the_default_of_the_server(name: str) -> None:
    described, default = _settings()[name], getattr(ClientSettings(), NAMES[name])
    kinds = {type(None): ("string", ""), tuple: ("array", []), bool: ("boolean", default)}
    assert (described["type"], described["default"]) == kinds[type(default)]


def test_the_extension_offers_the_profiles_there_are() -> None:
    assert _settings()["profile"]["enum"] == ["", *profile_names()]


def test_what_is_run_is_not_for_an_untrusted_workspace_to_say() -> None:
    trust = MANIFEST["capabilities"]["untrustedWorkspaces"]
    assert trust["supported"] == "limited"
    assert trust["restrictedConfigurations"] == [f"{SECTION}.command"]


def test_both_pages_describe_every_setting() -> None:
    assert _names_in_table(PAGE) == set(NAMES)
    assert _names_in_table((EXTENSION / "README.md").read_text("utf-8"), f"{SECTION}.") == set(_settings())


def test_the_schema_of_the_configuration_is_taken_from_the_one_there_is() -> None:
    (validation,) = MANIFEST["contributes"]["yamlValidation"]
    build = (EXTENSION / "build.mjs").read_text("utf-8")
    assert validation["fileMatch"] == NAME
    assert validation["url"].removeprefix("./") in build
    assert "../../rulesets/schema.json" in build
    assert "configuration" in schema()["$defs"]
    assert not list(EXTENSION.glob("*.schema.json"))


def test_every_command_of_the_manifest_is_registered() -> None:
    registered = re.findall(r'registerCommand\("([\w.]+)"', (EXTENSION / "src" / "extension.ts").read_text("utf-8"))
    assert sorted(registered) == sorted(command["command"] for command in MANIFEST["contributes"]["commands"])


def test_client_and_server_call_each_other_by_the_same_names() -> None:
    assert IGNORE in {command["command"] for command in MANIFEST["contributes"]["commands"]}
    assert f'"{SUPPRESS}"' in (EXTENSION / "src" / "ignore.ts").read_text("utf-8")
    assert f'"{FIX_ALL}"' in (EXTENSION / "src" / "extension.ts").read_text("utf-8")
    assert f"`{FIX_ALL}`" in PAGE


def test_extension_and_analyzer_have_one_version() -> None:
    assert MANIFEST["version"] == haanalyzer.__version__


def test_the_lock_names_no_host_to_install_from() -> None:
    locked = json.loads((EXTENSION / "package-lock.json").read_text("utf-8"))["packages"]
    assert len(locked) > 1
    assert not [name for name, package in locked.items() if "resolved" in package]


def test_helix_is_told_a_server_by_its_name() -> None:
    (block,) = re.findall(r"```toml\n(.*?)```", PAGE, re.DOTALL)
    languages = tomllib.loads(block)
    server = languages["language-server"]["haanalyzer"]
    assert [server["command"], *server["args"]] == ["haanalyzer", "lsp"]
    assert set(server["config"][SECTION]) <= set(NAMES)
    assert all("haanalyzer" in language["language-servers"] for language in languages["language"])


def test_a_request_that_is_cancelled_too_late_leaves_nothing_in_the_output() -> None:
    """Editors show what a server writes to standard error; some cancel what was just answered."""
    messages = [
        {"id": 1, "method": "initialize", "params": {"capabilities": {}}},
        {"method": "$/cancelRequest", "params": {"id": 1}},
        {"id": 2, "method": "shutdown"},
        {"method": "exit"},
    ]
    bodies = [json.dumps({"jsonrpc": "2.0", **message}).encode() for message in messages]
    sent = b"".join(b"Content-Length: %d\r\n\r\n%s" % (len(body), body) for body in bodies)
    server = subprocess.run([sys.executable, "-m", "haanalyzer", "lsp"], input=sent, capture_output=True, timeout=60)
    assert b'"capabilities"' in server.stdout
    assert (server.returncode, server.stderr.decode()) == (0, "")
