"""The command line as others build on it: arguments, outputs, exit codes."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import IO

import pytest

from haanalyzer.cli import main
from tests.fixtures import TESTDATA

BAD = TESTDATA / "rules" / "single-zone-tier" / "bad.yaml"
GOOD = TESTDATA / "rules" / "single-zone-tier" / "good.yaml"
WEB_SHOP = TESTDATA / "real" / "web-shop"


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_a_clean_template_exits_with_0(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (project / "good.yaml").write_text(GOOD.read_text("utf-8"), "utf-8")
    assert main(["check"]) == 0
    assert "decided" in capsys.readouterr().out


def test_findings_exit_with_1_from_the_given_level_on(project: Path) -> None:
    (project / "bad.yaml").write_text(BAD.read_text("utf-8"), "utf-8")
    assert main(["check", "bad.yaml"]) == 1
    assert main(["check", "bad.yaml", "--fail-on", "error"]) == 0
    assert main(["check", "bad.yaml", "--fail-on", "never"]) == 0
    assert main(["check", "bad.yaml", "--fail-on", "error", "--profile", "production"]) == 1


@pytest.mark.usefixtures("project")
@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["check", "--profile", "no-such"], "no profile is named 'no-such'"),
        (["check", "--output", "xml"], "no output format is named 'xml'"),
        (["check", "--output", "json:"], "names no file"),
        (["check", "--output", "json:no-such/out.json"], "--output json:no-such/out.json: there is no folder no-such"),
        (["check", "--output", "json:out", "--output", "sarif:./out"], "--output names out twice"),
        (["check", "no-such-folder"], "no such file or folder"),
        (["check", "--config", ""], "expected a regular file"),
        (["check", "--parameters", ""], "expected a regular file"),
        (["check", "--var", "novalue"], "NAME=VALUE"),
        (["explain", "HA000"], "no rule is named 'HA000'"),
    ],
)
def test_wrong_usage_exits_with_2_and_one_line(
    capsys: pytest.CaptureFixture[str], arguments: list[str], said: str
) -> None:
    assert main(arguments) == 2
    error = capsys.readouterr().err
    assert said in error
    assert error.count("\n") == 1


def test_what_is_broken_off_says_nothing_more(
    project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    (project / "good.yaml").write_text(GOOD.read_text("utf-8"), "utf-8")
    monkeypatch.setattr("haanalyzer.engine.analyze", interrupted)
    assert main(["check"]) == 130
    assert capsys.readouterr() == ("", "")


def test_a_current_folder_that_is_no_more_is_wrong_usage(
    project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (project / "gone").mkdir()
    monkeypatch.chdir(project / "gone")
    (project / "gone").rmdir()
    assert main(["check"]) == 2
    assert capsys.readouterr().err == "haanalyzer: the current folder is no more\n"


def test_nothing_to_analyze_exits_with_3(project: Path) -> None:
    assert main(["check"]) == 3
    (project / "notes.yaml").write_text("just: notes\n", "utf-8")
    assert main(["check"]) == 3


def test_several_outputs_of_one_analysis(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (project / "bad.yaml").write_text(BAD.read_text("utf-8"), "utf-8")
    formats = ["json:out.json", "sarif:out.sarif", "sarif-github:gh.sarif", "text"]
    assert main(["check", *(part for each in formats for part in ("--output", each))]) == 1
    assert "HA101" in capsys.readouterr().out
    for name in ("out.sarif", "gh.sarif"):
        run = json.loads((project / name).read_text("utf-8"))["runs"][0]
        assert [result["ruleId"] for result in run["results"] if result.get("kind", "fail") == "fail"] == ["HA101"]
        assert "SingleZoneTier" in {rule["name"] for rule in run["tool"]["driver"]["rules"]}
    assert json.loads((project / "out.json").read_text("utf-8"))


def test_the_order_of_paths_changes_nothing(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (project / "bad.yaml").write_text(BAD.read_text("utf-8"), "utf-8")
    (project / "good.yaml").write_text(GOOD.read_text("utf-8"), "utf-8")
    outputs = []
    for paths in (["bad.yaml", "good.yaml"], ["good.yaml", "bad.yaml"], ["."]):
        main(["check", *paths, "--output", "sarif"])
        outputs.append(capsys.readouterr().out)
    assert outputs[0] == outputs[1] == outputs[2]


def test_the_graph_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["graph", str(WEB_SHOP)]) == 0
    graph = json.loads(capsys.readouterr().out)
    resources = {resource["address"]: resource for resource in graph["resources"]}
    subnet = resources["PrivateSubnetB"]
    assert subnet.keys() == {"address", "kind", "type", "stack", "file", "line", "region", "zones", "zones_complete"}
    assert (subnet["kind"], subnet["type"], subnet["line"]) == ("subnet", "AWS::EC2::Subnet", 46)
    assert subnet["zones"] == ["?#0"]
    assert subnet["zones_complete"] is True
    assert resources["LoadBalancer"]["zones"] == ["?#0", "?#1"]
    edge = {"source": "PrivateSubnetB", "target": "Vpc", "stack": None, "relation": "vpc", "certain": True}
    assert edge in graph["edges"]


def test_a_given_region_names_the_zones(capsys: pytest.CaptureFixture[str]) -> None:
    main(["graph", str(WEB_SHOP), "--region", "eu-west-1"])
    zones = {zone for each in json.loads(capsys.readouterr().out)["resources"] for zone in each["zones"]}
    assert zones == {"eu-west-1#0", "eu-west-1#1"}


@pytest.mark.parametrize(("format_", "opening"), [("mermaid", "flowchart LR"), ("dot", "digraph haanalyzer {")])
def test_the_graph_as_a_drawing(capsys: pytest.CaptureFixture[str], format_: str, opening: str) -> None:
    assert main(["graph", str(WEB_SHOP), "--format", format_]) == 0
    drawn = capsys.readouterr().out
    assert drawn.startswith(opening)
    assert "NatGateway" in drawn


def test_what_lies_outside_is_named_from_its_own_folder(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    elsewhere = project / "elsewhere"
    (elsewhere / "stack").mkdir(parents=True)
    (elsewhere / "stack" / "bad.yaml").write_text(BAD.read_text("utf-8"), "utf-8")
    (project / "here").mkdir()
    os.chdir(project / "here")
    assert main(["check", "../elsewhere", "--output", "json"]) == 1
    assert json.loads(capsys.readouterr().out)["files"] == ["stack/bad.yaml"]


@pytest.mark.parametrize("name", ["HA201", "ha201", "dropped-return-traffic"])
def test_a_rule_is_explained_by_code_and_slug(capsys: pytest.CaptureFixture[str], name: str) -> None:
    assert main(["explain", name]) == 0
    page = capsys.readouterr().out
    assert "How to mend" in page
    assert "dropped-return-traffic" in page


def test_the_rules_are_listed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rules"]) == 0
    assert "HA501  snapshot-never-leaves-region" in capsys.readouterr().out
    assert main(["rules", "--format", "json"]) == 0
    rows = json.loads(capsys.readouterr().out)
    assert all("all" in row["profiles"] for row in rows)


def test_parameters_are_known_and_defaults_assumed(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (project / "template.yaml").write_text(
        "Parameters:\n"
        "  Zone: {Type: String, Default: eu-west-1a}\n"
        "Resources:\n"
        "  Vpc: {Type: AWS::EC2::VPC, Properties: {CidrBlock: 10.0.0.0/16}}\n"
        "  A: {Type: AWS::EC2::Subnet, Properties: {VpcId: !Ref Vpc, AvailabilityZone: eu-west-1a}}\n"
        "  B: {Type: AWS::EC2::Subnet, Properties: {VpcId: !Ref Vpc, AvailabilityZone: !Ref Zone}}\n",
        "utf-8",
    )
    assert main(["check", "template.yaml"]) == 1
    assert "assuming: Zone = eu-west-1a (default)" in capsys.readouterr().out
    for shape in (
        '[{"ParameterKey": "Zone", "ParameterValue": "eu-west-1b"}]',
        '{"Parameters": {"Zone": "eu-west-1b"}}',
    ):
        (project / "parameters.json").write_text(shape, "utf-8")
        assert main(["check", "template.yaml", "--parameters", "parameters.json"]) == 0


def test_what_is_passed_may_lie_anywhere(project: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    (elsewhere / "zones.tfvars").write_text('zones = ["eu-west-1a", "eu-west-1b"]\n', "utf-8")
    (elsewhere / "parameters.json").write_text('{"Zone": "eu-west-1b"}', "utf-8")
    (project / "root").mkdir()
    (project / "root" / "main.tf").write_text(
        'variable "zones" {\n  type    = list(string)\n  default = ["eu-west-1a", "eu-west-1a"]\n}\n'
        'resource "aws_vpc" "main" {\n  cidr_block = "10.0.0.0/16"\n}\n'
        'resource "aws_subnet" "main" {\n  count = 2\n  vpc_id = aws_vpc.main.id\n'
        "  availability_zone = var.zones[count.index]\n}\n",
        "utf-8",
    )
    (project / "template.yaml").write_text("Resources:\n  Vpc: {Type: AWS::EC2::VPC}\n", "utf-8")
    assert main(["check", "root"]) == 1
    assert main(["check", "root", "-var-file", str(elsewhere / "zones.tfvars")]) == 0
    assert main(["check", "root", "-var", 'zones=["eu-west-1a", "eu-west-1b"]']) == 0
    file, text = ["-var-file", str(elsewhere / "zones.tfvars")], ["-var", 'zones=["eu-west-1a", "eu-west-1a"]']
    assert main(["check", "root", *file, *text]) == 1
    assert main(["check", "root", *text, *file]) == 0
    assert main(["check", "template.yaml", "--parameters", str(elsewhere / "parameters.json")]) == 0


def test_a_suppressed_finding_is_none_and_an_unused_suppression_is_said(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = BAD.read_text("utf-8")
    head = "# haanalyzer: ignore-file[single-zone-tier] a sandbox\n# haanalyzer: ignore-file[HA999] never\n"
    (project / "bad.yaml").write_text(head + text, "utf-8")
    assert main(["check", "bad.yaml"]) == 0
    assert "unused-suppression" in capsys.readouterr().out


@pytest.mark.parametrize("format_", ["text", "json", "sarif", "sarif-github"])
def test_a_terminal_that_has_only_ascii_gets_every_format(project: Path, format_: str) -> None:
    text = BAD.read_bytes()
    (project / "\u00e9.yaml").write_bytes(text)
    done = _run(project, "check", ".", "--output", format_, encoding="ascii")
    assert (done.returncode, done.stderr) == (1, b"")
    assert done.stdout.isascii()
    if format_ != "text":
        json.loads(done.stdout)


@pytest.mark.parametrize("command", [["graph"], ["graph", "--format", "dot"], ["explain", "HA201"], ["rules"]])
def test_a_terminal_that_has_only_ascii_gets_every_page(project: Path, command: list[str]) -> None:
    (project / "\u00e9.yaml").write_text(BAD.read_text("utf-8"), "utf-8")
    done = _run(project, *command, encoding="ascii")
    assert (done.returncode, done.stderr) == (0, b"")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
def test_an_output_that_takes_nothing_is_one_line(project: Path) -> None:
    (project / "bad.yaml").write_text(BAD.read_text("utf-8"), "utf-8")
    with Path("/dev/full").open("wb") as full:
        done = _run(project, "check", stdout=full)
    assert done.returncode == 2
    assert done.stderr.startswith(b"haanalyzer: cannot write the output: ")


@pytest.mark.usefixtures("project")
@pytest.mark.parametrize("path", ["", "long" * 2000])
def test_a_path_that_can_be_none_is_wrong_usage(capsys: pytest.CaptureFixture[str], path: str) -> None:
    assert main(["check", path]) == 2
    error = capsys.readouterr().err
    assert "internal error" not in error
    assert error.count("\n") == 1


def test_a_graph_of_what_could_not_all_be_read_exits_with_2(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (project / "good.yaml").write_text(GOOD.read_text("utf-8"), "utf-8")
    assert main(["graph"]) == 0
    (project / "main.tf").write_text("resource {", "utf-8")
    assert main(["graph"]) == 2
    said = capsys.readouterr()
    assert '"address"' in said.out
    assert "main.tf:1" in said.err


def _run(
    folder: Path, *arguments: str, encoding: str = "utf-8", stdout: int | IO[bytes] = subprocess.PIPE
) -> subprocess.CompletedProcess[bytes]:
    environment = {**os.environ, "PYTHONIOENCODING": encoding, "PYTHONPATH": str(TESTDATA.parent)}
    command = [sys.executable, "-m", "haanalyzer", *arguments]
    return subprocess.run(command, cwd=folder, env=environment, stdout=stdout, stderr=subprocess.PIPE, check=False)


def test_paths_may_stand_on_both_sides_of_a_flag(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("one", "two"):
        (tmp_path / f"{name}.yaml").write_text("Resources:\n  Topic: {Type: AWS::SNS::Topic}\n")
    assert main(["check", str(tmp_path / "one.yaml"), "--profile", "all", str(tmp_path / "two.yaml")]) == 0
    assert "in 2 files" in capsys.readouterr().out
    with pytest.raises(SystemExit):
        main(["check", str(tmp_path), "--profil", "all"])
    with pytest.raises(SystemExit):
        main(["explain", "HA101", "HA102"])


def test_asking_for_the_version_loads_nothing_of_the_analysis() -> None:
    program = "import sys; sys.argv = ['haanalyzer', '--version']\nfrom haanalyzer.cli import main\ntry:\n    main()\n"
    program += "finally:\n    print(*sorted(name for name in sys.modules if name.startswith('haanalyzer.')), sep='\\n')"
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    first, *modules = run.stdout.splitlines()
    assert first.startswith("haanalyzer ")
    assert modules
    assert [name for name in modules if not name.startswith("haanalyzer.cli")] == []
