"""What discovery leaves out because the user says so."""

from __future__ import annotations

from pathlib import Path

import pytest

from haanalyzer.source.discovery import discover
from haanalyzer.source.exclusion import Exclusion, is_pattern
from haanalyzer.source.files import Files

TEMPLATE = "Resources:\n  Vpc: {Type: AWS::EC2::VPC}\n"
ROOT = 'resource "aws_vpc" "main" {\n  cidr_block = "10.0.0.0/16"\n}\n'


@pytest.fixture
def project(tmp_path: Path) -> Path:
    for path in ("a.yaml", "b.json", "old/c.yaml", "stacks/old/d.yaml", "stacks/e.yaml"):
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(TEMPLATE)
    for path in ("root/main.tf", "root/more.tf", "old/root/main.tf"):
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(ROOT)
    return tmp_path


def found(folder: Path, *patterns: str, prefix: str = ".", paths: tuple[str, ...] = (".",)) -> set[str]:
    files = Files(folder, exclude=(Exclusion(prefix, patterns),) if patterns else ())
    discovered = discover(paths, files)
    assert not discovered.diagnostics
    return {*discovered.templates, *discovered.roots}


EVERYTHING = {"a.yaml", "b.json", "old/c.yaml", "stacks/old/d.yaml", "stacks/e.yaml", "root", "old/root"}


@pytest.mark.parametrize(
    ("patterns", "left"),
    [
        ((), EVERYTHING),
        (("old/",), {"a.yaml", "b.json", "stacks/e.yaml", "root"}),
        (("/old",), {"a.yaml", "b.json", "stacks/old/d.yaml", "stacks/e.yaml", "root"}),
        (("*.json", "stacks/**"), {"a.yaml", "old/c.yaml", "root", "old/root"}),
        (("*.yaml", "!a.yaml"), {"a.yaml", "b.json", "root", "old/root"}),
        (("more.tf",), EVERYTHING),
        (("*.tf",), EVERYTHING - {"root", "old/root"}),
    ],
)
def test_patterns_are_those_of_gitignore(project: Path, patterns: tuple[str, ...], left: set[str]) -> None:
    assert found(project, *patterns) == left


def test_patterns_are_relative_to_the_folder_that_has_them(project: Path) -> None:
    assert found(project / "stacks", "/stacks/old/", prefix="stacks") == {"e.yaml"}
    assert found(project / "stacks", "/old/", prefix="stacks") == {"e.yaml", "old/d.yaml"}


def test_what_is_named_is_analyzed(project: Path) -> None:
    assert found(project, "old/", paths=("old", "stacks")) == {"old/c.yaml", "old/root", "stacks/e.yaml"}
    assert found(project, "*.yaml", paths=("a.yaml",)) == {"a.yaml"}


def test_links_are_left_out_by_their_own_names(project: Path) -> None:
    (project / ".git").mkdir()
    (project / "linked").symlink_to(project / "old")
    assert found(project, "/old/") >= {"linked/c.yaml"}
    assert not any(path.startswith("linked") for path in found(project, "/old/", "/linked/"))


def test_a_module_that_is_called_is_read_all_the_same(project: Path) -> None:
    (project / "root" / "main.tf").write_text('module "old" {\n  source = "../old/root"\n}\n')
    assert found(project, "old/") >= {"root"}
    assert "old/root" not in found(project)


@pytest.mark.parametrize(
    ("text", "usable"),
    [
        ("a/", True),
        ("!a", True),
        ("", False),
        ("#a", False),
        ("!", False),
        ("[[a]", True),
        ("[a", False),
        ("[z-a]", False),
    ],
)
def test_what_no_path_can_match_is_no_pattern(text: str, usable: bool) -> None:
    assert is_pattern(text) is usable
