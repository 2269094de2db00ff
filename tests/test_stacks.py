"""Stacks that the configuration names, seen through the command line: several verdicts on one template or root."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Sequence
from pathlib import Path

import pytest

from haanalyzer.cli import main
from haanalyzer.engine import Workspace, read_project
from haanalyzer.frontends.deployment import Inputs
from haanalyzer.policy import load_profile, read_configuration, settings_for
from haanalyzer.report import FORMATS, RenderOptions
from haanalyzer.source.files import Files
from tests.named_stacks import DATABASE, PRODUCTION, ROOT, STACKS, checked, lay_out, said, verdicts, write


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    lay_out(tmp_path)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_two_stacks_of_one_template_have_two_verdicts(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert verdicts(checked(capsys, code=1)) == {"shop-production": "findings"}
    both = STACKS.replace("{Environment: dev}", '{Environment: dev, MultiAZ: "true"}\n    profile: production')
    write(project, {"haanalyzer.yaml": both})
    report = checked(capsys, "--select", "HA401", code=1)
    assert verdicts(report) == {"shop-production": "findings", "shop-development": "passed"}
    assert report["deployments"] == ["database.yaml"]
    write(project, {"parameters/production.json": PRODUCTION.replace("false", "true")})
    assert verdicts(checked(capsys, code=1)) == {"shop-production": "passed", "shop-development": "passed"}


@pytest.mark.usefixtures("project")
def test_what_a_stack_is_given_is_known_and_named(capsys: pytest.CaptureFixture[str]) -> None:
    (found,) = (one for one in checked(capsys)["findings"] if one["rule"] == "HA401")
    assert found["assuming"] == []
    assert "given at parameters/production.json:3" in found["fix"]["obstacle"]


def test_name_and_number_of_the_account_are_what_pseudo_parameters_give(project: Path) -> None:
    deployments = read_project(["."], Files(project), Inputs(), settings_for(project).stacks(project)).deployments
    names = {one.name: str(one.declarations[0].attributes["DBInstanceIdentifier"]) for one in deployments}
    assert names["database.yaml (shop-production)"] == "shop-production-123456789012-prod"
    assert names["database.yaml (shop-development)"].startswith("shop-development-")
    assert names["database.yaml (shop-development)"].endswith("-dev")


@pytest.mark.usefixtures("project")
def test_a_template_is_analyzed_as_its_stacks_and_a_stack_alone(capsys: pytest.CaptureFixture[str]) -> None:
    everything = checked(capsys, "--profile", "production")
    assert verdicts(everything) == {"shop-production": "findings", "shop-development": "findings"}
    assert verdicts(checked(capsys, "--profile", "production", "database.yaml")) == verdicts(everything)
    alone = checked(capsys, "--profile", "production", "--stack", "shop-development")
    assert verdicts(alone) == {"shop-development": "findings"}


def test_what_no_stack_names_is_analyzed_once(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(project, {"other/database.yaml": DATABASE})
    report = checked(capsys, "--profile", "production", code=1)
    assert verdicts(report) == {"shop-production": "findings", "shop-development": "findings", "": "findings"}


@pytest.mark.usefixtures("project")
def test_a_stack_that_there_is_not_is_an_error(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--stack", "shop"]) == 2
    message = "--stack: no stack is named 'shop' in what is analyzed; there are shop-development, shop-production"
    assert message in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "is_said"),
    [
        (["--parameters", "parameters/production.json"], True),
        (["--region", "eu-west-1"], False),
        (["-var", "a=b"], False),
    ],
)
@pytest.mark.usefixtures("project")
def test_inputs_that_nothing_takes_are_an_error(
    arguments: Sequence[str], *, is_said: bool, capsys: pytest.CaptureFixture[str]
) -> None:
    found = said(checked(capsys, *arguments))
    expected = "haanalyzer.yaml:3: what is passed is not used: parameters are for templates that no stack names"
    assert [each.startswith(expected) for each in found] == [True] * is_said


def test_inputs_are_for_what_no_stack_names(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(project, {"other/database.yaml": DATABASE, "passed.json": '["MultiAZ=true"]'})
    report = checked(capsys, "--profile", "production", "--parameters", "passed.json")
    assert verdicts(report) == {"shop-production": "findings", "shop-development": "findings", "": "passed"}
    assert report["diagnostics"] == []


def test_a_region_that_is_passed_serves_stacks_that_have_none(project: Path) -> None:
    write(project, {"haanalyzer.yaml": STACKS + "    region: us-east-1\n"})
    stacks = settings_for(project).stacks(project)
    deployments = read_project(["."], Files(project), Inputs(region="eu-west-1"), stacks).deployments
    assert {one.stack: str(one.declarations[0].region) for one in deployments} == {
        "shop-production": "eu-west-1",
        "shop-development": "us-east-1",
    }


def test_a_stack_set_is_a_deployment_for_each_region(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(project, {"haanalyzer.yaml": STACKS + "    regions: [us-east-1, eu-west-1]\n"})
    assert verdicts(checked(capsys, "--profile", "production")) == {
        "shop-production": "findings",
        "shop-development, us-east-1": "findings",
        "shop-development, eu-west-1": "findings",
    }


def test_tags_of_a_stack_choose_the_profile_where_it_names_none(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    tagged = STACKS.replace("    profile: production\n", "    tags: {Environment: prod}\n")
    write(project, {"haanalyzer.yaml": f"profile_by_tag: {{Environment: {{prod: production}}}}\n{tagged}"})
    assert verdicts(checked(capsys, code=1)) == {"shop-production": "findings"}


def test_every_format_tells_stacks_apart(project: Path) -> None:
    write(project, {"haanalyzer.yaml": f"profile: production\n{STACKS}"})
    workspace = Workspace(project, Inputs(), (".",), settings_for(project).stacks(project))
    report = workspace.report(settings_for(project).standards)
    assert len({one.identity.digest for one in report.findings()}) == len(report.findings())
    for name, render in FORMATS.items():
        text = render(report, RenderOptions())
        assert "shop-production" in text, name
        assert "shop-development" in text, name
    log = json.loads(FORMATS["sarif-github"](report, RenderOptions()))
    (found,) = (one for one in log["runs"][0]["results"] if one["ruleId"] == "HA401")
    assert "In the stack 'shop-development'." in found["message"]["text"]
    assert "in database.yaml (shop-production)" in found["message"]["text"]


def test_a_baseline_of_one_stack_hides_nothing_of_another(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(project, {"haanalyzer.yaml": f"profile: production\n{STACKS}"})
    assert main(["baseline", "write", "--stack", "shop-production"]) in (0, 1)
    report = checked(capsys, "--baseline", "haanalyzer-baseline.json", "--select", "HA401", code=1)
    assert verdicts(report) == {"shop-development": "findings"}
    assert [one["stack"] for one in report["known"]] == ["shop-production"]
    only = checked(capsys, "--baseline", "haanalyzer-baseline.json", "--select", "HA401", "database.yaml")
    assert only["gone"] == []


def test_a_change_to_parameters_of_one_stack_is_one_finding(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (project / ".git").rmdir()
    good = PRODUCTION.replace("false", "true")
    write(project, {"parameters/production.json": good})
    for command in ("init -q", "add -A", "-c user.name=n -c user.email=e@x.example commit -q -m before"):
        subprocess.run(["git", *command.split()], check=True, cwd=project)
    write(project, {"parameters/production.json": PRODUCTION})
    capsys.readouterr()
    assert main(["diff", "--output", "json", "--profile", "production", "--select", "HA401"]) == 1
    report = json.loads(capsys.readouterr().out)
    assert [one["stack"] for one in report["findings"]] == ["shop-production"]
    assert report["gone"] == []


def test_parameters_that_changed_concern_the_stacks_that_are_given_them(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(project, {"haanalyzer.yaml": f"profile: production\n{STACKS}"})
    of_parameters = verdicts(checked(capsys, "--only-changed", "parameters/production.json"))
    assert of_parameters == {"shop-production": "findings"}
    of_template = verdicts(checked(capsys, "--only-changed", "database.yaml"))
    assert of_template == {"shop-production": "findings", "shop-development": "findings"}


def test_a_workspace_sees_what_stacks_are_given(project: Path) -> None:
    profile = load_profile("all")
    workspace = Workspace(project, Inputs(), (".",), settings_for(project).stacks(project))
    stale = workspace.report(profile)
    good = PRODUCTION.replace("false", "true")
    changed = workspace.analyze(profile, {"parameters/production.json": good}, ())
    assert FORMATS["json"](changed, RenderOptions()) != FORMATS["json"](stale, RenderOptions())
    write(project, {"parameters/production.json": good})
    anew = Workspace(project, Inputs(), (".",), settings_for(project).stacks(project)).report(profile)
    assert FORMATS["json"](changed, RenderOptions()) == FORMATS["json"](anew, RenderOptions())


def test_stacks_of_aws_own_files(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(
        project,
        {
            "haanalyzer.yaml": """\
                profile: production
                stacks:
                  - {samconfig: app/samconfig.toml, environment: prod}
                  - {deployment_file: deployments/shop-stage.yaml, region: eu-west-1}
            """,
            "app/template.yaml": DATABASE,
            "app/samconfig.toml": """\
                [prod.deploy.parameters]
                stack_name = "shop-sam"
                parameter_overrides = "Environment=prod MultiAZ=false"
            """,
            "deployments/shop-stage.yaml": """\
                template-file-path: ./database.yaml
                parameters: {Environment: stage, MultiAZ: "true"}
            """,
        },
    )
    assert verdicts(checked(capsys, code=1)) == {"shop-sam": "findings", "shop-stage": "passed"}


def test_two_stacks_of_one_root(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(
        project,
        {
            "haanalyzer.yaml": """\
                profile: production
                stacks:
                  - {name: live, root: infra, var_files: [infra/live.tfvars], workspace: live}
                  - name: test
                    root: infra
                    var_files: [infra/live.tfvars]
                    variables: {multi_az: true, zones: [eu-west-1a]}
            """,
            "infra/main.tf": ROOT,
            "infra/live.tfvars": "multi_az = false\n",
            "database.yaml": "",
        },
    )
    report = checked(capsys, code=1)
    assert verdicts(report) == {"live": "findings", "test": "passed"}
    stacks = settings_for(project).stacks(project)
    deployments = read_project(["."], Files(project), Inputs(), stacks).deployments
    identifiers = {one.stack: str(one.declarations[0].attributes["identifier"]) for one in deployments}
    assert identifiers["live"] == "live"
    assert "terraform.workspace" in identifiers["test"]


def test_a_called_module_that_a_stack_names_is_a_root(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(
        project,
        {
            "haanalyzer.yaml": "profile: production\nstacks: [{name: x, root: infra, variables: {multi_az: false}}]\n",
            "infra/main.tf": ROOT,
            "main.tf": 'module "infra" {\n  source   = "./infra"\n  multi_az = true\n}\n',
            "database.yaml": "",
        },
    )
    assert verdicts(checked(capsys, code=1)) == {"x": "findings", "": "passed"}


def test_both_files_of_settings_name_the_same_stacks(project: Path) -> None:
    toml = """\
        [[tool.haanalyzer.stacks]]
        name = "shop-production"
        template = "database.yaml"
        parameters = "parameters/production.json"
        account = "123456789012"
        profile = "production"

        [[tool.haanalyzer.stacks]]
        name = "shop-development"
        template = "database.yaml"
        parameters = { Environment = "dev" }
    """
    write(project, {"pyproject.toml": toml})
    in_yaml = read_configuration(project / "haanalyzer.yaml")
    (project / "haanalyzer.yaml").unlink()
    assert read_configuration(project / "pyproject.toml") == in_yaml
    (_, development) = settings_for(project).stacks(project).named
    (value,) = development.parameters[0].values()
    assert (value.place.path, value.place.line) == ("pyproject.toml", 11)


def test_paths_are_as_the_analysis_calls_them(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(project, {"live/database.yaml": DATABASE, "haanalyzer.yaml": STACKS.replace("template: ", "template: live/")})
    monkeypatch.chdir(project / "live")
    (production, _) = settings_for(project / "live").stacks(project / "live").named
    assert (production.path, production.place.path) == ("database.yaml", "../haanalyzer.yaml")
    assert production.inputs == ("../parameters/production.json",)
    assert main(["check", "--select", "HA401"]) == 1
