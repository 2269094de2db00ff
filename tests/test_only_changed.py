"""`check --only-changed`: the whole is analyzed, and what concerns the given files is reported."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from haanalyzer import engine
from haanalyzer.cli import main
from tests.fixtures import TESTDATA

TIER = TESTDATA / "rules" / "single-zone-tier"


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Two roots and two stacks, of which one each has a tier in one zone, and modules and nested stacks below it."""
    for kind in ("modules", "stacks"):
        for outcome in ("bad", "good"):
            shutil.copytree(TIER / f"nested-{kind}-{outcome}", tmp_path / f"{kind}-{outcome}")
    (tmp_path / "README.md").write_text("# Infrastructure\n")
    (tmp_path / "settings.yaml").write_text("colour: blue\n")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def check(*paths: str, code: int, options: tuple[str, ...] = ()) -> dict[str, Any]:
    """The report on what concerns these files, as data; the exit code must be this one."""
    out = Path("report.out")
    assert main(["check", "--only-changed", *paths, "--output", f"json:{out}", *options]) == code
    found: dict[str, Any] = json.loads(out.read_text("utf-8"))
    return found


@pytest.mark.parametrize(
    "path",
    [
        "modules-bad/main.tf",
        "modules-bad/modules/subnet/main.tf",
        "modules-bad/modules/vpc/main.tf",
        "stacks-bad/main.yaml",
        "stacks-bad/nested/subnet.yaml",
        "stacks-bad/nested/vpc.yaml",
    ],
)
@pytest.mark.usefixtures("project")
def test_a_finding_counts_for_every_file_that_it_rests_on(path: str) -> None:
    found = check(path, code=1)
    assert [one["rule"] for one in found["findings"]] == ["HA101"]
    assert found["files"] == [path]
    assert found["findings"][0]["place"]["path"] == f"{path.split('/')[0]}/main.{path.rsplit('.')[-1]}"


@pytest.mark.usefixtures("project")
def test_findings_that_rest_on_other_files_are_none() -> None:
    found = check("modules-good/main.tf", "stacks-good/main.yaml", code=0)
    assert found["findings"] == []
    assert found["coverage"]["checks"] > 0


@pytest.mark.usefixtures("project")
def test_files_that_declare_nothing_are_nothing_to_complain_of(capsys: pytest.CaptureFixture[str]) -> None:
    assert check("README.md", "settings.yaml", code=0)["diagnostics"] == []
    assert capsys.readouterr() == ("", "")


@pytest.mark.usefixtures("project")
def test_what_none_of_the_files_belongs_to_is_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[str] = []
    judge = engine.workspace.judge

    def noted(graph: Any, *others: Any) -> Any:
        read.append(graph.deployment.path)
        return judge(graph, *others)

    monkeypatch.setattr(engine.workspace, "judge", noted)
    check("modules-bad/modules/vpc/main.tf", "stacks-good/main.yaml", code=1)
    assert read == ["modules-bad", "stacks-good/main.yaml"]
    read.clear()
    check("README.md", code=0)
    assert read == []


def test_a_given_file_that_cannot_be_read_is_an_error_and_another_one_is_not(project: Path) -> None:
    (project / "broken.yaml").write_text("Resources:\n  A: {Type: AWS::EC2::VPC\n")
    assert [one["place"]["path"] for one in check("broken.yaml", code=3)["diagnostics"]] == ["broken.yaml"]
    assert len(check("broken.yaml", "stacks-good/main.yaml", code=2)["diagnostics"]) == 1
    assert check("stacks-good/main.yaml", code=0)["diagnostics"] == []


def test_a_file_is_known_by_whatever_name_leads_to_it(project: Path) -> None:
    shutil.move(project / "modules-bad" / "modules" / "vpc", project / "vpc")
    (project / "modules-bad" / "modules" / "vpc").symlink_to(project / "vpc")
    assert len(check("vpc/main.tf", code=1)["findings"]) == 1


@pytest.mark.usefixtures("project")
def test_a_folder_stands_for_what_is_below_it() -> None:
    assert len(check("modules-bad/modules", code=1)["findings"]) == 1
    assert check("modules-good", code=0)["findings"] == []
    assert len(check(".", code=1)["findings"]) == 2


@pytest.mark.usefixtures("project")
def test_a_file_that_is_not_there_is_wrong_usage(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--only-changed", "no-such.tf"]) == 2
    assert capsys.readouterr().err == "haanalyzer: no-such.tf: no such file or folder\n"


@pytest.mark.parametrize("path", ["../modules-bad/main.tf", "../modules-bad", "../stacks-bad/main.yaml"])
def test_what_lies_outside_counts_as_far_as_it_is_taken_in(
    project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], path: str
) -> None:
    shutil.move(project / "modules-good" / "modules" / "vpc", project / "vpc")
    root = project / "modules-good" / "main.tf"
    root.write_text(root.read_text("utf-8").replace('"./modules/vpc"', '"../vpc"'), "utf-8")
    monkeypatch.chdir(project / "modules-good")
    assert check("../vpc/main.tf", "../README.md", "../settings.yaml", code=0)["coverage"]["checks"] > 0
    assert main(["check", "--only-changed", path, "main.tf"]) == 2
    assert capsys.readouterr().err.startswith(f"haanalyzer: {path}: not taken in by anything in the current folder")


def mended(path: Path) -> None:
    """Put the first of two subnets into a zone of its own."""
    path.write_text(path.read_text("utf-8").replace("eu-north-1a", "eu-north-1b", 1), "utf-8")


def test_of_a_baseline_only_what_concerns_the_files_is_gone(project: Path) -> None:
    assert main(["baseline", "write", "--file", "known.json"]) == 0
    known = ("--baseline", "known.json")
    for path in (project / "modules-bad" / "main.tf", project / "stacks-bad" / "main.yaml"):
        mended(path)
    assert check("README.md", code=0, options=known)["gone"] == []
    assert [one["path"] for one in check("modules-bad/main.tf", code=0, options=known)["gone"]] == [
        "modules-bad/main.tf"
    ]


@pytest.mark.usefixtures("project")
def test_what_a_baseline_has_of_the_files_is_no_finding() -> None:
    assert main(["baseline", "write", "--file", "known.json"]) == 0
    found = check("stacks-bad/nested/vpc.yaml", code=0, options=("--baseline", "known.json"))
    assert (found["findings"], found["gone"], len(found["known"])) == ([], [], 1)
