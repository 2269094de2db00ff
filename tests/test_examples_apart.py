"""What shows or tests a module is analyzed like anything else, and reported apart."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from haanalyzer.cli import main

ORDERS = 'resource "aws_db_instance" "orders" {\n  engine   = "mysql"\n  multi_az = false\n}\n'
CALL = 'module "orders" {\n  source = "../.."\n}\n'
CHECK = ["check", "--profile", "all", "--select", "HA401"]


@pytest.fixture
def in_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name, text in {"orders/main.tf": ORDERS, "orders/examples/plain/main.tf": CALL, "live/main.tf": ORDERS}.items():
        (tmp_path / name).parent.mkdir(parents=True)
        (tmp_path / name).write_text(text)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.usefixtures("in_folder")
def test_a_module_is_judged_as_its_example_calls_it(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*CHECK, "--output", "json"]) == 1
    found = json.loads(capsys.readouterr().out)["findings"]
    assert [(one["deployment"], one["example"], one["place"]["path"]) for one in found] == [
        ("live", False, "live/main.tf"),
        ("orders/examples/plain", True, "orders/main.tf"),
    ]


@pytest.mark.usefixtures("in_folder")
def test_findings_in_examples_alone_count_too(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*CHECK, "orders"]) == 1
    said = capsys.readouterr().out
    assert said.startswith("In examples and tests:\n\n")
    assert "in 2 files, all of them in examples and tests; 1 of 1 check decided" in said


@pytest.mark.usefixtures("in_folder")
def test_an_example_that_is_named_is_what_the_user_asks_for(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*CHECK, "orders/examples/plain"]) == 1
    assert "examples and tests" not in capsys.readouterr().out


def test_those_that_are_excluded_are_not_looked_for(in_folder: Path) -> None:
    (in_folder / "haanalyzer.yaml").write_text("exclude: [examples/]\n")
    (in_folder / "live/main.tf").unlink()
    (in_folder / "orders/main.tf").write_text(ORDERS.replace("false", "true"))
    assert main(CHECK) == 0
