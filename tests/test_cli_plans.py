"""Plans in JSON on the command line."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from haanalyzer.cli import main

DATABASE = {"engine": "mysql", "instance_class": "db.t3.micro", "skip_final_snapshot": True}
SOURCE = """
resource "aws_db_instance" "d" {
  engine              = "mysql"
  instance_class      = var.size
  skip_final_snapshot = true %s
}

variable "size" {}
"""


def plan() -> dict[str, Any]:
    named = {"address": "aws_db_instance.d", "mode": "managed", "type": "aws_db_instance", "name": "d"}
    expressions = {key: {"constant_value": each} for key, each in DATABASE.items() if key != "instance_class"}
    return {
        "format_version": "1.2",
        "terraform_version": "1.9.0",
        "planned_values": {"root_module": {"resources": [{**named, "values": DATABASE}]}},
        "configuration": {"root_module": {"resources": [{**named, "expressions": expressions}]}},
    }


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "live").mkdir()
    (tmp_path / "live/main.tf").write_text(SOURCE % "")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def findings(capsys: pytest.CaptureFixture[str], *arguments: str) -> list[str]:
    """The first lines of the places of what is found."""
    main(["check", *arguments, "--select", "HA408", "--no-config"])
    return [line.split("--> ")[1].split(" ")[0] for line in capsys.readouterr().out.splitlines() if "--> " in line]


def test_a_plan_beside_its_configuration_doubles_nothing(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    without = findings(capsys, "live")
    (folder / "live/plan.json").write_text(json.dumps(plan()))
    assert findings(capsys, "live") == without == ["live/main.tf:5:3"]


def test_a_plan_elsewhere_takes_its_places_from_the_source(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "plan.json").write_text(json.dumps(plan(), indent=2))
    assert findings(capsys, "plan.json", "--source", "live") == ["live/main.tf:5:3"]
    assert [place.split(":")[0] for place in findings(capsys, "plan.json")] == ["plan.json"]


def deployments(capsys: pytest.CaptureFixture[str], *arguments: str) -> list[tuple[str, str, bool]]:
    """The path, the deployment, and whether it is an example, of each finding."""
    main(["check", *arguments, "--select", "HA408", "--no-config", "--output", "json"])
    found = json.loads(capsys.readouterr().out)["findings"]
    return [(each["place"]["path"], each["deployment"], each["example"]) for each in found]


def test_several_plans_of_a_folder_are_as_many_deployments(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("dev", "prod"):
        (folder / f"live/{name}.json").write_text(json.dumps(plan()))
    expected = [("live/main.tf", f"live/{name}.json", False) for name in ("dev", "prod")]
    assert deployments(capsys) == expected
    assert deployments(capsys, "live/dev.json") == [("live/main.tf", "live", False)]


def test_several_plans_of_one_source(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("dev", "prod"):
        (folder / f"{name}.json").write_text(json.dumps(plan()))
    found = deployments(capsys, "dev.json", "prod.json", "live", "--source", "live")
    assert found == [("live/main.tf", f"{name}.json", False) for name in ("dev", "prod")]


def test_a_plan_in_an_example(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "examples/plain").mkdir(parents=True)
    (folder / "examples/plain/plan.json").write_text(json.dumps(plan()))
    (folder / "live/main.tf").unlink()
    path = "examples/plain/plan.json"
    assert deployments(capsys) == [(path, path, True)]
    assert deployments(capsys, path) == [(path, path, False)]


def test_what_the_source_ignores_is_ignored(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "live/main.tf").write_text(SOURCE % "# haanalyzer: ignore[HA408] a copy")
    (folder / "plan.json").write_text(json.dumps(plan()))
    assert findings(capsys, "plan.json", "--source", "live") == []


def test_nothing_is_written_into_a_plan(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = json.dumps(plan(), indent=2)
    (folder / "plan.json").write_text(text)
    main(["check", "plan.json", "--no-config", "--add-ignores", "a copy"])
    main(["check", "plan.json", "--no-config", "--fix"])
    capsys.readouterr()
    assert (folder / "plan.json").read_text() == text


def test_a_source_that_is_no_folder(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "plan.json").write_text(json.dumps(plan()))
    assert main(["check", "plan.json", "--source", "nowhere"]) == 2
    assert "nowhere: no such folder" in capsys.readouterr().err


@pytest.mark.parametrize("arguments", [["--source", ""], ["--module-path", "vpc="], ["--module-path", ""]])
def test_no_folder_at_all_is_no_folder(folder: Path, arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "plan.json").write_text(json.dumps(plan()))
    assert main(["check", "plan.json", *arguments]) == 2
    assert "(empty): no such folder" in capsys.readouterr().err
