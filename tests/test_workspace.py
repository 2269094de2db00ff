"""A workspace that looks again says what a first analysis would."""

from __future__ import annotations

import random
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from haanalyzer.engine import Workspace, analyze
from haanalyzer.frontends.deployment import Inputs
from haanalyzer.policy import load_profile
from haanalyzer.report import FORMATS, RenderOptions
from haanalyzer.results import Report
from haanalyzer.source.files import Files
from tests.fixtures import TESTDATA

EVERYTHING = load_profile("all")
GROUP = """\
resource "aws_autoscaling_group" "web" {{
  min_size            = {least}
  max_size            = 4
  health_check_type   = "EC2"
  vpc_zone_identifier = [aws_subnet.a.id]
}}
resource "aws_subnet" "a" {{
  vpc_id            = "vpc-1"
  cidr_block        = "10.0.0.0/24"
  availability_zone = "eu-west-1a"
}}
"""
BUCKET = 'resource "aws_s3_bucket" "logs" {\n  force_destroy = true\n}\n'


def words(report: Report) -> str:
    return FORMATS["json"](report, RenderOptions())


def anew(base: Path, overlay: Mapping[str, str] | None = None) -> str:
    return words(analyze(["."], Files(base, overlay), Inputs(), EVERYTHING))


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Two projects of testdata, beside two roots that share a module."""
    for name in ("web-shop", "orders-platform"):
        source = TESTDATA / "real" / name
        if source.is_dir():
            shutil.copytree(source, tmp_path / name)
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "main.tf").write_text('module "group" {\n  source = "../group"\n}\n')
    (tmp_path / "group").mkdir()
    (tmp_path / "group" / "main.tf").write_text(GROUP.format(least=1))
    return tmp_path


def test_an_unsaved_buffer_and_its_end(project: Path) -> None:
    workspace = Workspace(project, Inputs())
    assert words(workspace.analyze(EVERYTHING, {})) == anew(project)
    overlay = {"group/main.tf": GROUP.format(least=2)}
    assert words(workspace.analyze(EVERYTHING, overlay, ())) == anew(project, overlay)
    assert words(workspace.analyze(EVERYTHING, {}, ())) == anew(project)


def test_a_file_that_appears_and_goes(project: Path) -> None:
    workspace = Workspace(project, Inputs())
    workspace.analyze(EVERYTHING, {})
    new = project / "two" / "bucket.tf"
    new.write_text(BUCKET)
    assert words(workspace.analyze(EVERYTHING, {}, ["two/bucket.tf"])) == anew(project)
    new.unlink()
    assert words(workspace.analyze(EVERYTHING, {}, ["two/bucket.tf"])) == anew(project)


def test_a_root_that_appears(project: Path) -> None:
    workspace = Workspace(project, Inputs())
    workspace.analyze(EVERYTHING, {})
    (project / "three").mkdir()
    (project / "three" / "main.tf").write_text(BUCKET)
    assert words(workspace.analyze(EVERYTHING, {}, ["three/main.tf"])) == anew(project)


@pytest.mark.parametrize("linked", ["group/main.tf", "group"])
@pytest.mark.parametrize("opened", [True, False], ids=["an open buffer", "on disk"])
def test_a_symlink_that_comes_to_lead_elsewhere_and_goes(project: Path, linked: str, opened: bool) -> None:
    overlay = {"group/main.tf": GROUP.format(least=3)} if opened else {}
    link = project / linked
    link.rename(project / "before")
    link.symlink_to(project / "before")
    shutil.copytree(project / "before", project / "after") if linked == "group" else None
    after = project / "after" / "main.tf" if linked == "group" else project / "after"
    after.write_text(GROUP.format(least=2))
    workspace = Workspace(project, Inputs())
    assert words(workspace.analyze(EVERYTHING, overlay)) == anew(project, overlay)
    link.unlink()
    link.symlink_to(project / "after")
    assert words(workspace.analyze(EVERYTHING, overlay, [linked])) == anew(project, overlay)
    link.unlink()
    assert words(workspace.analyze(EVERYTHING, overlay, [linked])) == anew(project, overlay)


def test_a_buffer_that_is_no_file(project: Path) -> None:
    workspace = Workspace(project, Inputs())
    workspace.analyze(EVERYTHING, {})
    overlay = {"one/new.tf": BUCKET}
    assert words(workspace.analyze(EVERYTHING, overlay, ())) == anew(project, overlay)


def test_only_what_rests_on_a_change_is_read_again(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from haanalyzer.frontends.terraform import root

    read: list[str] = []
    original = root.read_root

    def noted(folder: str, *given: Any) -> object:
        read.append(folder)
        return original(folder, *given)

    monkeypatch.setattr(root, "read_root", noted)
    workspace = Workspace(project, Inputs())
    workspace.analyze(EVERYTHING, {})
    read.clear()
    workspace.analyze(EVERYTHING, {"one/main.tf": f"{BUCKET}"}, ())
    assert read == ["one"]
    workspace.analyze(EVERYTHING, {}, ())
    read.clear()
    workspace.analyze(EVERYTHING, {"group/main.tf": GROUP.format(least=3)}, ())
    assert read == ["one", "two"]


def test_graphs_are_those_of_the_deployments_that_a_file_belongs_to(project: Path) -> None:
    workspace = Workspace(project, Inputs())
    workspace.analyze(EVERYTHING, {})
    graphs = workspace.graphs_of("group/main.tf")
    assert [sorted(graph.resources) for graph in graphs] == [
        ["module.group.aws_autoscaling_group.web", "module.group.aws_subnet.a"]
    ] * 2


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("told", [True, False], ids=["told what changed", "looking at all"])
def test_random_edits(project: Path, seed: int, told: bool) -> None:
    choose = random.Random(seed)
    paths = sorted(path for path in project.rglob("*") if path.is_file())
    workspace = Workspace(project, Inputs())
    workspace.analyze(EVERYTHING, {})
    overlay: dict[str, str] = {}
    for _ in range(8):
        path = choose.choice(paths)
        name = path.relative_to(project).as_posix()
        lines = (path.read_text() if path.exists() else "").splitlines(keepends=True)
        at = choose.randrange(len(lines) + 1)
        text = "".join(lines[:at] + choose.choice([[], ["\n"], lines[at : at + 3]]) + lines[at + 1 :])
        saved = choose.choice(["saved", "unsaved", "deleted"])
        if saved == "unsaved":
            overlay[name] = text
        else:
            overlay.pop(name, None)
            path.unlink(missing_ok=True)
            if saved == "saved":
                path.write_text(text)
        changed = [name] if told else None
        assert words(workspace.analyze(EVERYTHING, overlay, changed)) == anew(project, overlay)
