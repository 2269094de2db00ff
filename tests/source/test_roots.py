from __future__ import annotations

import json
from pathlib import Path

import pytest

from haanalyzer.source.discovery import discover
from haanalyzer.source.exclusion import Exclusion
from haanalyzer.source.files import Files
from haanalyzer.source.references import local_folder, local_modules, moves
from tests.source.test_discovery import calls, codes, found, project

BACKEND = 'terraform {\n  backend "s3" {}\n}\n'


def calls_in_json(*sources: str) -> str:
    return json.dumps({"module": {f"m{number}": {"source": source} for number, source in enumerate(sources)}})


@pytest.mark.parametrize(
    ("source", "folder"),
    [
        ("./a", "./a"),
        ("..", ".."),
        (".", "."),
        ("..\\a\\b", "../a/b"),
        ("./a//b", "./a//b"),
        ("/srv/modules/a", "/srv/modules/a"),
        ("/srv/modules//a", "/srv/modules//a"),
        ("file:///srv/modules//a?archive=false", "/srv/modules//a"),
        ("file://localhost/srv/a", "/srv/a"),
        ("git::file:///srv/repository//a", "/srv/repository//a"),
        ("git::file:///srv/repository//a?ref=v1", None),
        ("a/b/aws", None),
        ("git::https://example.com/a.git", None),
        ("github.com/a/b", None),
        (".hidden/a", None),
        ("...", None),
        ("s3::https://bucket/a.zip", None),
    ],
)
def test_sources_on_this_disk(source: str, folder: str | None) -> None:
    assert local_folder(source) == folder


class TestCalls:
    @pytest.mark.parametrize("ending", [".tf", ".tofu", ".tf.json", ".tofu.json"])
    def test_in_all_syntaxes(self, tmp_path: Path, ending: str) -> None:
        text = (calls_in_json if ending.endswith(".json") else calls)("./app", "./lib/")
        project(tmp_path, {f"main{ending}": text, f"app/x{ending}": "{}" if ending.endswith(".json") else ""})
        project(tmp_path, {"lib/main.tf": ""})
        discovery = found(tmp_path)
        assert (discovery.roots, discovery.called) == ((".",), ("app", "lib"))

    def test_of_the_same_disk_by_other_names(self, tmp_path: Path) -> None:
        base = tmp_path.as_posix()
        text = calls(f"{base}/a", f"file://{base}/b", f"git::file://{base}//c", "./d//inner")
        project(tmp_path, {"main.tf": text} | {f"{name}/main.tf": "" for name in ("a", "b", "c", "d/inner")})
        assert found(tmp_path).called == ("a", "b", "c", "d/inner")

    @pytest.mark.parametrize(
        "content",
        [
            {"resource": {"aws_s3_object": {"o": {"source": "./app"}}}},
            {"module": {"m": {"source": "a/b/aws", "rules": {"source": "./app"}}}},
            {"module": "./app"},
            {"module": {"m": {"source": 1}}},
            {"module": {"m": {"source": "./${app}"}}, "//": 'module "m" {\n source = "./app"\n}'},
        ],
    )
    def test_what_is_none_in_json(self, tmp_path: Path, content: object) -> None:
        project(tmp_path, {"main.tf.json": json.dumps(content), "app/main.tf": ""})
        assert found(tmp_path).roots == (".", "app")

    @pytest.mark.parametrize("call", [{"m": [{"source": "./app"}]}, [{"m": {"source": "./app"}}]])
    def test_in_lists(self, tmp_path: Path, call: object) -> None:
        project(tmp_path, {"main.tf.json": json.dumps([{"module": call}]), "app/main.tf": ""})
        assert found(tmp_path).roots == (".",)

    def test_broken_json_calls_nothing(self) -> None:
        assert list(local_modules('{"module": ')) == []
        assert list(local_modules("[" * 100_000)) == []

    @pytest.mark.parametrize("settings", [{"backend": {"s3": {}}}, [{"cloud": {}}]])
    def test_a_called_module_with_its_own_state_is_a_root(self, tmp_path: Path, settings: object) -> None:
        project(tmp_path, {"main.tf": calls("./app"), "app/main.tf.json": json.dumps({"terraform": settings})})
        assert found(tmp_path).roots == (".", "app")


def test_moves_in_json() -> None:
    moved = [{"from": "aws_x.a", "to": "aws_x.b"}, {"from": "aws_x.c"}]
    assert list(moves(json.dumps({"moved": moved}))) == [("aws_x.a", "aws_x.b")]


class TestSymlinks:
    def test_a_root_of_linked_files(self, tmp_path: Path) -> None:
        project(tmp_path, {"shared/common.tf": calls("./m"), "live/m/main.tf": "", "shared/m/main.tf": ""})
        (tmp_path / "live/common.tf").symlink_to("../shared/common.tf")
        discovery = found(tmp_path)
        assert (discovery.roots, discovery.called) == (("live", "shared"), ("live/m", "shared/m"))

    def test_a_linked_module_is_called_by_its_own_name(self, tmp_path: Path) -> None:
        project(tmp_path, {"live/main.tf": calls("./m"), "shared/m/main.tf": ""})
        (tmp_path / "live/m").symlink_to("../shared/m")
        discovery = found(tmp_path)
        assert (discovery.roots, discovery.called) == (("live",), ("shared/m",))

    def test_what_terraform_has_fetched_is_no_root_by_any_name(self, tmp_path: Path) -> None:
        project(tmp_path, {"main.tf": "", ".terraform/modules/vpc/main.tf": ""})
        (tmp_path / "vpc").symlink_to(".terraform/modules/vpc")
        assert found(tmp_path).roots == (".",)


class TestExamples:
    FOLDERS = ("examples/complete", "test/fixtures", "tests/unit/setup", "testing", "modules/a/example")

    def test_they_are_told_by_the_folders_on_the_way(self, tmp_path: Path) -> None:
        others = ("live/prod", "latest", "example-app")
        project(tmp_path, {f"{folder}/main.tf": "" for folder in (*self.FOLDERS, *others)})
        discovery = found(tmp_path)
        assert discovery.examples == set(self.FOLDERS)
        assert set(discovery.roots) == {*self.FOLDERS, *others}

    @pytest.mark.parametrize("named", ["examples/complete", "examples/complete/main.tf", "examples"])
    def test_not_by_those_above_what_the_user_names(self, tmp_path: Path, named: str) -> None:
        project(tmp_path, {"examples/complete/main.tf": "", "examples/complete/tests/main.tf": ""})
        discovery = discover([named], Files(tmp_path))
        assert "examples/complete" in discovery.roots
        assert discovery.examples == {each for each in discovery.roots if each.endswith("tests")}

    def test_what_keeps_its_state_somewhere_is_deployed(self, tmp_path: Path) -> None:
        project(tmp_path, {"environments/test/main.tf": BACKEND, "environments/prod/main.tf": BACKEND})
        assert found(tmp_path).examples == set()

    def test_a_stage_beside_others_is_deployed(self, tmp_path: Path) -> None:
        stages = ("stacks/test", "stacks/main", "examples/test", "examples/main")
        project(tmp_path, {f"{folder}/main.tf": "" for folder in stages})
        assert found(tmp_path).examples == {"examples/test", "examples/main"}

    def test_a_test_beside_a_module_is_none(self, tmp_path: Path) -> None:
        project(tmp_path, {"main.tf": "", "live/main.tf": "", "test/main.tf": calls("../"), "a/test/main.tf": ""})
        assert found(tmp_path).examples == {"test", "a/test"}

    def test_a_module_with_examples_is_analyzed_through_these(self, tmp_path: Path) -> None:
        project(tmp_path, {"main.tf": "", "examples/a/main.tf": calls("../.."), "live/main.tf": ""})
        discovery = found(tmp_path)
        assert discovery.roots == ("examples/a", "live")
        assert discovery.called == (".",)
        assert discovery.examples == {"examples/a"}

    def test_they_may_be_excluded(self, tmp_path: Path) -> None:
        project(tmp_path, {"examples/a/main.tf": "", "live/main.tf": ""})
        discovery = discover(["."], Files(tmp_path, exclude=[Exclusion(".", ("examples/",))]))
        assert (discovery.roots, codes(discovery)) == (("live",), [])
