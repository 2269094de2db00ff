"""Templates of their own, and what may be read for an expression."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from haanalyzer.frontends.deployment import Inputs
from haanalyzer.frontends.terraform.root import read_root
from haanalyzer.source.files import Files
from haanalyzer.values import Choice, Concat, Known, Unknown, Value
from tests.frontends.terraform.reading import find, read, value

ROOT = """
variable "zone" {}
resource "aws_thing" "it" {
  x = EXPRESSION
}
"""


def rendered(folder: Path, template: str, variables: str, files: dict[str, str] | None = None) -> Value:
    expression = f'templatefile("${{path.module}}/it.tftpl", {variables})'
    text = ROOT.replace("EXPRESSION", expression)
    deployment = read(folder, {"main.tf": text, "it.tftpl": template, **(files or {})})
    return find(deployment, "aws_thing.it").attributes["x"]


@pytest.mark.parametrize(
    ("template", "variables", "expected"),
    [
        ("plain \\n $5 %d\n", "{}", "plain \\n $5 %d\n"),
        ("a=${a}", "{ a = 1 }", "a=1"),
        ("${a}\r\n$${a} %%{ if }", "{ a = true }", "true\r\n${a} %{ if }"),
        ("%{ for n in names ~}\n- ${upper(n)}\n%{ endfor ~}\n", '{ names = ["a", "b"] }', "- A\n- B\n"),
        ("%{ if big }big%{ else }small%{ endif }", "{ big = false }", "small"),
        ("${jsonencode({ a = b })}", "{ b = [1] }", '{"a":[1]}'),
        ('${m.k}${m["k"]}${"q"}', '{ m = { k = "v" } }', "vvq"),
        ("", "{}", ""),
    ],
)
def test_a_template_of_known_variables_is_known(tmp_path: Path, template: str, variables: str, expected: str) -> None:
    found = rendered(tmp_path, template, variables)
    assert isinstance(found, Known)
    assert found.data == expected
    assert found.place.path == "main.tf"


def test_one_interpolation_passes_any_value_on(tmp_path: Path) -> None:
    found = rendered(tmp_path, "${a}", "{ a = 1 }")
    assert isinstance(found, Known)
    assert found.data == 1


def test_unknown_parts_keep_their_identity(tmp_path: Path) -> None:
    found = rendered(tmp_path, "zone ${z}a", "{ z = var.zone }")
    again = value(tmp_path, 'templatestring("zone $${z}a", { z = var.zone })', 'variable "zone" {}')
    assert isinstance(found, Unknown)
    assert isinstance(again, Unknown)
    assert isinstance(found.term, Concat)
    assert found.term == again.term
    assert str(found.term) == "zone ${var.zone}a"


def test_a_choice_among_the_variables_stays_one(tmp_path: Path) -> None:
    found = rendered(tmp_path, "is ${z}", '{ z = var.zone == "a" ? "first" : "other" }')
    assert isinstance(found, Choice)
    assert {str(found.when_true), str(found.when_false)} == {"is first", "is other"}


@pytest.mark.parametrize(
    ("template", "reason"),
    [
        ("${var.zone}", "var.zone is no value here: a template sees its own variables only"),
        ("${path.module}", "a template sees its own variables only"),
        ("${missing}", "missing is not a name here"),
        ('${templatefile("it.tftpl", {})}', "templatefile cannot be called here"),
        ("${a", "expected the end of what `${` opens"),
        ("${[for n in a : n}", "expected no `}` here"),
        ("%{ if a }", "expected `%{ endif }`"),
        ("${a}" * 60_000, "expected a template of at most 200000 characters"),
    ],
)
def test_what_no_template_may_hold_says_why(tmp_path: Path, template: str, reason: str) -> None:
    found = rendered(tmp_path, template, "{ a = 1 }")
    assert isinstance(found, Unknown)
    assert reason in found.reason


def test_a_broken_template_is_a_diagnostic_at_its_own_place(tmp_path: Path) -> None:
    files = {"main.tf": ROOT.replace("EXPRESSION", 'templatefile("it.tftpl", {})'), "it.tftpl": "x\n${a\n"}
    deployment = read(tmp_path, files)
    assert isinstance(find(deployment, "aws_thing.it").attributes["x"], Unknown)
    (diagnostic,) = deployment.found_later()
    assert diagnostic.place.path == "it.tftpl"


@pytest.mark.parametrize(
    "expression",
    [
        'templatefile("missing.tftpl", {})',
        'templatefile("${var.zone}.tftpl", {})',
        'templatefile("it.tftpl", var.zone)',
        "templatestring(var.zone, {})",
    ],
)
def test_what_cannot_be_read_is_an_unknown_call(tmp_path: Path, expression: str) -> None:
    (tmp_path / "it.tftpl").write_text("${a}")
    found = value(tmp_path, expression, 'variable "zone" {}')
    assert isinstance(found, Unknown)
    assert str(found.term).startswith("template")


def test_text_without_interpolation_needs_no_variables(tmp_path: Path) -> None:
    (tmp_path / "it.tftpl").write_text("as it is")
    assert str(value(tmp_path, 'templatefile("it.tftpl", var.zone)', 'variable "zone" {}')) == "as it is"


@pytest.mark.parametrize("arguments", ['"it.tftpl"', '"it.tftpl", [1]', '["it.tftpl"], {}', '"it.tftpl", null'])
def test_arguments_that_terraform_rejects(tmp_path: Path, arguments: str) -> None:
    (tmp_path / "it.tftpl").write_text("${a}")
    assert str(value(tmp_path, f'try(templatefile({arguments}), "rejected")')) == "rejected"


class TestConfinement:
    @pytest.fixture
    def root(self, tmp_path: Path) -> Path:
        """A root folder within a repository, with a secret beside the repository."""
        (tmp_path / "secret").mkdir()
        (tmp_path / "secret" / "key").write_text("secret")
        folder = tmp_path / "repository" / "envs" / "prod"
        folder.mkdir(parents=True)
        (tmp_path / "repository" / "shared").write_text("shared")
        subprocess.run(["git", "init", "-q", str(tmp_path / "repository")], check=True)
        (folder / "way-out").symlink_to(tmp_path / "secret")
        return folder

    def found(self, root: Path, expression: str) -> Value:
        (root / "main.tf").write_text(f'resource "aws_thing" "it" {{\n  x = {expression}\n}}\n')
        return find(read_root(".", Files(root), Inputs()), "aws_thing.it").attributes["x"]

    @pytest.mark.parametrize(
        "expression",
        [
            'file("../../../secret/key")',
            'file("way-out/key")',
            'templatefile("../../../secret/key", {})',
            'fileexists("../../../secret/key")',
            'fileset("../../../secret", "*")',
            'fileset("way-out", "*")',
        ],
    )
    def test_nothing_outside_the_repository_is_read(self, root: Path, expression: str) -> None:
        found = self.found(root, expression)
        assert isinstance(found, Unknown)
        assert "leads outside the analyzed folders and their repository" in found.reason

    @pytest.mark.parametrize("path", ["/etc/hostname", "~/.netrc"])
    def test_nothing_is_read_by_an_absolute_path(self, root: Path, path: str) -> None:
        found = self.found(root, f'file("{path}")')
        assert isinstance(found, Unknown)
        assert found.reason == "an absolute path is of the machine that runs Terraform"

    def test_a_pattern_does_not_climb(self, root: Path) -> None:
        assert isinstance(self.found(root, 'fileset(".", "../*")'), Unknown)

    def test_the_repository_may_be_read(self, root: Path) -> None:
        assert str(self.found(root, 'file("../../shared")')) == "shared"

    def test_without_a_repository_only_the_base_may_be_read(self, tmp_path: Path) -> None:
        (tmp_path / "outer").write_text("outer")
        inner = tmp_path / "inner"
        inner.mkdir()
        assert isinstance(self.found(inner, 'file("../outer")'), Unknown)

    def test_a_folder_of_too_many_folders_is_left_unknown(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("haanalyzer.frontends.terraform.functions.files._MOST_FILES", 3)
        (tmp_path / "a" / "b" / "c" / "d").mkdir(parents=True)
        assert isinstance(self.found(tmp_path, 'fileset(".", "**")'), Unknown)
