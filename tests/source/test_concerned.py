"""What a change may concern: never too little."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from haanalyzer.source.concerned import concerned
from haanalyzer.source.discovery import discover
from haanalyzer.source.files import Files

HEAD = "AWSTemplateFormatVersion: '2010-09-09'\nResources:\n"
STACK = f"{HEAD}  One:\n    Type: AWS::CloudFormation::Stack\n    Properties:\n"
LEAF = f"{HEAD}  Topic: {{Type: AWS::SNS::Topic}}\n"
PROJECT = {
    "live/main.tf": 'module "a" {\n  source = "../modules/a"\n}\n',
    "modules/a/main.tf": 'module "b" {\n  source = "../b"\n}\n',
    "modules/b/main.tf": 'locals {\n  rules = file("${path.module}/rules.json")\n}\n',
    "modules/b/rules.json": "{}",
    "other/main.tf": 'locals {\n  shared = file("../shared/accounts.json")\n}\n',
    "unsure/main.tf": 'locals {\n  some = file("../${var.name}.json")\n}\nvariable "name" {}\n',
    "alone/main.tf": 'resource "aws_sqs_queue" "q" {}\n',
    "alone/README.md": "",
    "shared/accounts.json": "{}",
    "shared/notes.txt": "",
    "top.yaml": f"{STACK}      TemplateURL: https://s3/bucket/parts/middle.yaml\n",
    "parts/middle.yaml": f"{STACK}      TemplateURL: !Sub https://s3/bucket/${{Version}}/leaf.yaml\n",
    "parts/leaf.yaml": LEAF,
    "named.yaml": f"{STACK}      TemplateURL: !Ref Url\n",
    "single.yaml": LEAF,
}
UNSURE = {"unsure"}
READS_STATE = 'data "terraform_remote_state" "live" {\n  backend = "local"\n}\n'


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / ".git").mkdir()
    for path, text in PROJECT.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text, "utf-8")
    return tmp_path


def found(project: Path, *changed: str) -> set[str]:
    files = Files(project)
    return concerned(discover(["."], files), changed, files)


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ("live/main.tf", {"live", "modules/a", "modules/b"}),
        ("live/new.tf", {"live", "modules/a", "modules/b"}),
        ("live/terraform.tfvars", {"live", "modules/a", "modules/b"} | UNSURE),
        ("modules/b/main.tf", {"live", "modules/a", "modules/b"}),
        ("modules/b/rules.json", {"live", "modules/a", "modules/b", "named.yaml"} | UNSURE),
        ("modules/b/deep/er.txt", {"live", "modules/a", "modules/b"} | UNSURE),
        ("live/.terraform/modules/modules.json", {"live", "modules/a", "modules/b", "named.yaml"}),
        ("alone/main.tf", {"alone"}),
        ("alone/README.md", {"alone"} | UNSURE),
        ("shared/accounts.json", {"other", "named.yaml"} | UNSURE),
        ("shared/notes.txt", UNSURE),
        ("nowhere/main.tf", set()),
        ("single.yaml", {"single.yaml", "named.yaml"} | UNSURE),
        ("parts/leaf.yaml", {"parts/leaf.yaml", "parts/middle.yaml", "top.yaml", "named.yaml"} | UNSURE),
        ("parts/new.yaml", {"named.yaml"} | UNSURE),
    ],
)
def test_what_may_read_a_changed_file_is_concerned(project: Path, changed: str, expected: set[str]) -> None:
    assert found(project, changed) == expected


def test_a_linked_file_concerns_whoever_links_to_it(project: Path) -> None:
    (project / "alone" / "versions.tf").symlink_to("../shared/versions.tf")
    (project / "shared" / "versions.tf").write_text("", "utf-8")
    assert "alone" in found(project, "shared/versions.tf")


def test_a_linked_folder_is_the_one_it_leads_to(project: Path) -> None:
    (project / "linked").symlink_to("modules", target_is_directory=True)
    (project / "alone" / "main.tf").write_text('module "b" {\n  source = "../linked/b"\n}\n', "utf-8")
    assert "alone" in found(project, "modules/b/main.tf")


def test_without_a_change_nothing_is_concerned(project: Path) -> None:
    assert found(project) == set()


@pytest.mark.parametrize("changed", ["live/main.tf", "modules/b/rules.json", "gone/main.tf"])
def test_what_reads_states_may_be_concerned_by_every_other_root(project: Path, changed: str) -> None:
    (project / "unsure" / "main.tf").unlink()
    (project / "reader").mkdir()
    (project / "reader" / "main.tf").write_text(READS_STATE, "utf-8")
    assert "reader" in found(project, changed)
    assert "reader" not in found(project, "single.yaml")


UNIT = 'terraform {\n  source = "${get_terragrunt_dir()}/../modules/a"\n}\n'


@pytest.mark.parametrize("changed", ["unit/terragrunt.hcl", "root.hcl", "modules/a/main.tf", "unit/terraform.tfvars"])
def test_a_unit_is_concerned_by_its_module_and_by_what_it_may_include(project: Path, changed: str) -> None:
    (project / "unsure" / "main.tf").unlink()
    (project / "unit").mkdir()
    (project / "unit" / "terragrunt.hcl").write_text(UNIT, "utf-8")
    assert "unit" in found(project, changed)
    assert "unit" not in found(project, "alone/main.tf")


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ("app/lib/network.ts", {"app/cdk.out/assembly-Live/Live.template.json"}),
        ("app/cdk.out/assembly-Live/manifest.json", {"app/cdk.out/assembly-Live/Live.template.json"}),
        ("snapshot/Shop.metadata.json", {"snapshot/Shop.template.json"}),
        ("README.md", set()),
    ],
)
def test_a_program_concerns_all_that_is_synthesized_from_it(tmp_path: Path, changed: str, expected: set[str]) -> None:
    for folder, name in (("app/cdk.out/assembly-Live", "Live"), ("snapshot", "Shop")):
        stack = {"type": "aws:cloudformation:stack", "properties": {"templateFile": f"{name}.template.json"}}
        (tmp_path / folder).mkdir(parents=True)
        (tmp_path / folder / "manifest.json").write_text(json.dumps({"artifacts": {name: stack}}))
        (tmp_path / folder / f"{name}.template.json").write_text(json.dumps({"Resources": {}}))
    (tmp_path / "app/cdk.json").write_text("{}")
    files = Files(tmp_path)
    assert concerned(discover(["."], files), [changed], files) == expected
