"""What is wrong with the stacks that a configuration names is said with its place, and costs only these."""

from __future__ import annotations

from pathlib import Path

import pytest

from haanalyzer.cli import main
from haanalyzer.policy import RulesetError, read_configuration
from tests.named_stacks import DATABASE, PRODUCTION, STACKS, checked, lay_out, said, verdicts, write


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    lay_out(tmp_path)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize(
    ("stacks", "expected"),
    [
        (
            "- {name: a, template: no.yaml}",
            "haanalyzer.yaml:2: expected a template, there is no file no.yaml",
        ),
        (
            "- {name: a, template: database.yaml, parameters: no.json}",
            "haanalyzer.yaml:2: expected a file, no.json: no such file or folder",
        ),
        (
            "- {name: a, template: database.yaml, parameters: bad.json}",
            "bad.json:2: expected a text, a number or a list of them",
        ),
        (
            "- {name: a, template: database.yaml, parameters: {Environmnt: x}}",
            "haanalyzer.yaml:2: database.yaml declares no parameter 'Environmnt'; did you mean 'Environment'? expected",
        ),
        (
            "- {name: a, template: database.yaml}\n- {name: a, template: database.yaml}",
            "haanalyzer.yaml:3: expected another name, account or region: a is deployed to the same place at haanal",
        ),
        (
            "- {name: a, template: database.yaml, regions: [us-east-1, us-east-1]}",
            "haanalyzer.yaml:2: expected another name, account or region: a is deployed to us-east-1 at haanalyzer.",
        ),
        ("- {name: a, root: parameters}", "haanalyzer.yaml:2: expected a root module, there is no Terraform file in"),
        ("- {samconfig: no.toml}", "haanalyzer.yaml:2: expected a file, no.toml: no such file or folder"),
        ("- {deployment_file: database.yaml}", "database.yaml:2: expected a text, a number or a list of them"),
        (
            "- {deployment_file: parameters/production.json}",
            "haanalyzer.yaml:2: expected a stack deployment file, parameters/production.json has no template-file-path",
        ),
    ],
)
def test_what_is_wrong_with_a_stack_is_said_with_its_place(
    project: Path, stacks: str, expected: str, capsys: pytest.CaptureFixture[str]
) -> None:
    write(project, {"haanalyzer.yaml": f"stacks:\n{stacks}\n", "bad.json": '{"A": "x",\n "B": {}}'})
    (found,) = said(checked(capsys))
    assert found.startswith(expected)


@pytest.mark.parametrize(
    ("stacks", "expected"),
    [
        ("{nam: a, template: x.yaml}", "unknown word 'nam'; did you mean 'name'? expected one of account, "),
        (
            "{name: a, template: x.yaml, root: y}",
            "expected exactly one of template, root, samconfig, deployment_file; ",
        ),
        ("{name: a}", "expected exactly one of template, root, samconfig, deployment_file"),
        ("{template: x.yaml}", "expected name, too"),
        (
            "{name: a, template: x.yaml, workspace: w}",
            "'workspace' says nothing of a template; expected one of account",
        ),
        ("{name: a, root: x, parameters: {}}", "'parameters' says nothing of a Terraform root; expected one of "),
        ("{name: 3, template: x.yaml}", "expected a text, found '3'"),
        ("{name: a, template: x.yaml, parameters: 3}", "expected a map or a text or a list, found '3'"),
        ("{name: a, template: x.yaml, parameters: {A: {}}}", "expected a text or a number or true or false or a list"),
        ("{name: a, template: x.yaml, region: r, regions: [s]}", "expected region or regions, found both"),
        (
            "{name: a, template: x.yaml, account: 123}",
            "expected an account's 12 digits in quotes, or a name; found 123",
        ),
        ("{name: a, template: x.yaml, profile: prod}", "no profile is named 'prod'; "),
        ("{name: a, template: /etc/x.yaml}", "expected a path in this repository, found '/etc/x.yaml'"),
        ("{name: a, template: x.yaml, parameters: ../../p.json}", "expected a path in this repository, found '../../p"),
        ("{name: a, root: r, var_files: [../../p]}", "expected a path in this repository, found '../../p'"),
        ("{name: a, root: r, module_paths: ['vpc=../../p']}", "expected a path in this repository, found '../../p'"),
        ("{samconfig: ../../samconfig.toml}", "expected a path in this repository, found '../../samconfig.toml'"),
    ],
)
def test_what_is_wrong_in_the_configuration_is_said_at_once(
    project: Path, stacks: str, expected: str, capsys: pytest.CaptureFixture[str]
) -> None:
    write(project, {"haanalyzer.yaml": f"stacks:\n  - {stacks}\n"})
    assert main(["check"]) == 2
    error = capsys.readouterr().err
    assert error.startswith("haanalyzer: haanalyzer.yaml:2:")
    assert expected in error


def test_a_shared_file_may_pass_what_a_template_has_not(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(project, {"parameters/production.json": PRODUCTION.replace("MultiAZ", "Other")})
    report = checked(capsys)
    (found,) = report["diagnostics"]
    assert (found["place"]["path"], found["place"]["line"]) == ("parameters/production.json", 3)
    assert found["error"] is False


def test_a_stack_whose_parameters_cannot_be_read_is_not_analyzed_with_others(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(project, {"parameters/production.json": "[", "haanalyzer.yaml": STACKS.partition("  - name: shop-dev")[0]})
    report = checked(capsys, "--select", "HA401")
    assert verdicts(report) == {}
    assert report["diagnostics"][0]["code"] == "invalid-json"


def test_a_deployment_file_leads_to_nothing_outside(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (project.parent / "outside.yaml").write_text(DATABASE)
    write(
        project,
        {
            "haanalyzer.yaml": "stacks: [{deployment_file: d.yaml}]\n",
            "d.yaml": "template-file-path: ../outside.yaml\n",
        },
    )
    assert said(checked(capsys))[0].startswith("d.yaml:1: expected a template, there is no file ../outside.yaml")


def test_a_configuration_of_the_wrong_shape_is_no_crash(project: Path) -> None:
    write(project, {"haanalyzer.yaml": "stacks: [3, {}, {template: [x]}]\n"})
    with pytest.raises(RulesetError):
        read_configuration(project / "haanalyzer.yaml")
