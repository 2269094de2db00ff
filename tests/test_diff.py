"""`haanalyzer diff`: what a change brings and takes away, over real commits of small repositories."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from haanalyzer.cli import main
from haanalyzer.report import FORMATS
from haanalyzer.source.discovery import discover
from haanalyzer.source.repository import Repository
from haanalyzer.source.sides import side
from tests.fixtures import TESTDATA
from tests.repositories import MODULE, RECOVERY, ROOT, TABLE, Repo, repo

__all__ = ["repo"]


def diff(*arguments: str, code: int = 0) -> Any:
    """The report of ``haanalyzer diff`` as JSON; it must exit with this code."""
    assert main(["diff", *arguments, "--output", "json:.git/report.json", "--profile", "production"]) == code
    return json.loads(Path(".git/report.json").read_text("utf-8"))


def names(found: list[dict[str, Any]]) -> set[tuple[str, str]]:
    return {(one["rule"], one["subject"]) for one in found}


def test_only_what_the_change_brings_is_a_finding(repo: Repo) -> None:
    repo.commit({"main.tf": TABLE.format(name="orders", recovery="")})
    repo.write(
        {"main.tf": "# moved\n\n" + TABLE.format(name="orders", recovery="") + TABLE.format(name="bills", recovery="")}
    )
    report = diff(code=1)
    assert {subject for _, subject in names(report["findings"])} == {"aws_dynamodb_table.bills"}
    assert report["gone"] == []


def test_what_the_change_mends_is_taken_away(repo: Repo, capsys: pytest.CaptureFixture[str]) -> None:
    first = repo.commit({"main.tf": TABLE.format(name="orders", recovery="")})
    repo.commit({"main.tf": TABLE.format(name="orders", recovery=RECOVERY)})
    report = diff(f"{first}..HEAD")
    assert report["findings"] == []
    assert names(report["gone"]) == {("HA417", "aws_dynamodb_table.orders")}
    assert main(["diff", first, "--profile", "production"]) == 0
    assert "Brings no flaw, takes away 1" in capsys.readouterr().out


def test_what_a_module_costs_another_file_is_shown_where_the_module_changed(repo: Repo) -> None:
    repo.commit({"modules/network/main.tf": MODULE, "live/main.tf": ROOT})
    one_zone = MODULE.replace('"eu-west-1b"', '"eu-west-1a"')
    repo.write({"modules/network/main.tf": one_zone})
    report = diff("live", code=1)
    (found,) = [one for one in report["findings"] if one["rule"] == "HA108"]
    assert found["at"]["path"] == "live/main.tf"
    assert (found["place"]["path"], found["place"]["line"]) == ("modules/network/main.tf", 2)


def test_a_resource_in_another_file_of_its_root_is_the_same(repo: Repo) -> None:
    repo.commit({"main.tf": TABLE.format(name="orders", recovery="") + TABLE.format(name="bills", recovery="")})
    repo.write(
        {"main.tf": TABLE.format(name="orders", recovery=""), "bills.tf": TABLE.format(name="bills", recovery="")}
    )
    report = diff()
    assert (report["findings"], report["gone"]) == ([], [])


def test_a_renamed_root_or_template_is_the_same(repo: Repo) -> None:
    template = (TESTDATA / "rules" / "single-zone-tier" / "bad.yaml").read_text("utf-8")
    repo.commit({"old/main.tf": TABLE.format(name="orders", recovery=""), "network.yaml": template})
    assert names(diff("HEAD", "old")["findings"]) == set()
    repo.git("mv", "old", "new")
    repo.git("mv", "network.yaml", "vpc.yaml")
    report = diff("HEAD")
    assert (report["findings"], report["gone"]) == ([], [])
    assert set(report["deployments"]) == {"new", "vpc.yaml"}


def test_what_cannot_be_decided_any_more_is_not_taken_away(repo: Repo, capsys: pytest.CaptureFixture[str]) -> None:
    variable = 'variable "recovery" {}\n'
    repo.commit({"main.tf": TABLE.format(name="orders", recovery=RECOVERY.replace("true", "false"))})
    repo.write({"main.tf": variable + TABLE.format(name="orders", recovery=RECOVERY.replace("true", "var.recovery"))})
    report = diff()
    assert (report["findings"], report["gone"]) == ([], [])
    assert names(report["unsettled"]) == {("HA417", "aws_dynamodb_table.orders")}
    main(["diff", "--profile", "production"])
    assert "takes away none; 1 check can no longer be decided" in capsys.readouterr().out


def test_plans_that_the_change_leaves_behind_are_those_of_their_root(repo: Repo) -> None:
    text = TABLE.format(name="orders", recovery="")
    named = {"address": "aws_dynamodb_table.orders", "mode": "managed", "type": "aws_dynamodb_table", "name": "orders"}
    made = {
        "format_version": "1.2",
        "terraform_version": "1.9.5",
        "planned_values": {"root_module": {"resources": [{**named, "values": {"name": "orders"}}]}},
        "configuration": {"root_module": {"resources": [{**named, "expressions": {}}]}},
    }
    plans = {f"live/{name}.json": json.dumps(made) for name in ("dev", "prod")}
    repo.commit({"live/main.tf": text, **plans})
    repo.write({"live/main.tf": text + TABLE.format(name="bills", recovery="")})
    report = diff(code=1)
    assert {subject for _, subject in names(report["findings"])} == {"aws_dynamodb_table.bills"}
    assert report["gone"] == []


def test_what_is_ignored_since_is_not_taken_away(repo: Repo) -> None:
    table = TABLE.format(name="orders", recovery="")
    repo.commit({"main.tf": table})
    repo.write({"main.tf": f"# haanalyzer: ignore[HA417] rebuilt every night\n{table}"})
    report = diff()
    assert (report["findings"], report["gone"]) == ([], [])
    assert names(report["newly_ignored"]) == {("HA417", "aws_dynamodb_table.orders")}
    repo.git("commit", "--quiet", "--all", "--message", "Ignored")
    repo.write({"main.tf": table})
    assert names(diff(code=1)["findings"]) == {("HA417", "aws_dynamodb_table.orders")}


def test_of_a_file_that_broke_nothing_is_taken_away(repo: Repo) -> None:
    template = (TESTDATA / "rules" / "single-zone-tier" / "bad.yaml").read_text("utf-8")
    repo.commit({"network.yaml": template})
    repo.write({"network.yaml": template + "  : [\n"})
    report = diff(code=2)
    assert report["gone"] == []
    assert [each["place"]["path"] for each in report["diagnostics"] if each["error"]] == ["network.yaml"]
    repo.git("commit", "--quiet", "--all", "--message", "Broken")
    repo.write({"network.yaml": template})
    assert "unread-before" in {each["code"] for each in diff(code=1)["diagnostics"]}


def test_a_file_that_was_broken_before_and_is_not_touched_does_not_matter(repo: Repo) -> None:
    repo.commit({"broken.yaml": "AWSTemplateFormatVersion: '2010-09-09'\nResources: [\n", "live/main.tf": ""})
    repo.write({"live/main.tf": TABLE.format(name="orders", recovery=RECOVERY)})
    assert diff()["diagnostics"] == []


def test_a_root_that_is_deleted_takes_its_findings_away(repo: Repo) -> None:
    repo.commit({"live/main.tf": TABLE.format(name="orders", recovery=""), "README.md": ""})
    repo.git("rm", "--quiet", "live/main.tf")
    assert names(diff()["gone"]) == {("HA417", "aws_dynamodb_table.orders")}
    assert names(diff("HEAD", "live")["gone"]) == {("HA417", "aws_dynamodb_table.orders")}


def test_where_nothing_was_or_is_there_is_nothing_to_analyze(repo: Repo) -> None:
    repo.commit({"README.md": ""})
    assert main(["diff"]) == 3
    repo.commit({"main.tf": TABLE.format(name="orders", recovery="")})
    repo.write({"README.md": "changed\n"})
    assert main(["diff", "--profile", "production"]) == 0


def test_the_settings_after_the_change_judge_both_sides(repo: Repo) -> None:
    first = repo.commit({"main.tf": TABLE.format(name="orders", recovery="")})
    second = repo.commit({"haanalyzer.yaml": "profile: production\n"})
    repo.commit({"haanalyzer.yaml": "profile: default\n"})
    assert main(["diff", f"{first}..{second}", "--output", "json:.git/report.json"]) == 0
    report = json.loads(Path(".git/report.json").read_text("utf-8"))
    assert (report["profile"], report["findings"]) == ("production", [])


@pytest.mark.parametrize("form", FORMATS)
def test_every_format_tells_of_a_change(repo: Repo, capsys: pytest.CaptureFixture[str], form: str) -> None:
    repo.commit({"main.tf": TABLE.format(name="orders", recovery="")})
    repo.write({"main.tf": TABLE.format(name="bills", recovery="")})
    assert main(["diff", "--profile", "production", "--output", form]) == 1
    out = capsys.readouterr().out
    assert "aws_dynamodb_table.bills" in out
    if form in ("text", "json", "sarif", "markdown"):
        assert "aws_dynamodb_table.orders" in out


def test_commits_are_named_as_git_names_them(repo: Repo) -> None:
    first = repo.commit({"main.tf": TABLE.format(name="orders", recovery=RECOVERY)})
    repo.git("checkout", "--quiet", "-b", "topic")
    repo.commit({"topic.tf": TABLE.format(name="topic", recovery="")})
    repo.git("checkout", "--quiet", "main")
    repo.commit({"later.tf": TABLE.format(name="later", recovery="")})

    def brought(*arguments: str) -> set[str]:
        found = diff(*arguments, code=int(bool(arguments)))["findings"]
        return {one["subject"].removeprefix("aws_dynamodb_table.") for one in found}

    assert brought(f"{first}..topic") == {"topic"}
    assert brought("main..topic") == {"topic"}
    assert brought("main...topic") == {"topic"}
    assert brought("topic...") == {"later"}
    assert brought("topic") == {"later"}
    assert brought("HEAD~1..") == {"later"}
    assert brought() == set()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["no-such"], "no commit is named 'no-such'"),
        (["HEAD", "no-such"], "no-such: no such file or folder, before the change or after it"),
        (["live"], "live is a path and a commit: write ./live for the path, live.. for the commit"),
        (["HEAD..--output=x"], "is no name of a commit"),
    ],
)
def test_words_that_mean_nothing_or_two_things_are_refused(
    repo: Repo, capsys: pytest.CaptureFixture[str], words: list[str], said: str
) -> None:
    repo.commit({"live/main.tf": ""})
    repo.git("branch", "live")
    assert main(["diff", "--", *words]) == 2
    error = capsys.readouterr().err
    assert said in error
    assert error.count("\n") == 1


def test_paths_are_as_check_has_them_from_a_folder_below(repo: Repo, monkeypatch: pytest.MonkeyPatch) -> None:
    repo.commit({"modules/network/main.tf": MODULE, "live/main.tf": ROOT})
    repo.write({"modules/network/main.tf": MODULE.replace('"eu-west-1b"', '"eu-west-1a"')})
    monkeypatch.chdir(repo.folder / "live")
    assert main(["diff", "--profile", "production", "--output", "json:../.git/report.json"]) == 1
    report = json.loads((repo.folder / ".git" / "report.json").read_text("utf-8"))
    assert {one["deployment"] for one in report["findings"]} == {"."}
    assert "main.tf" in {one["place"]["path"] for one in report["findings"]}


def test_a_symlink_to_the_repository_leads_to_the_same_files(
    repo: Repo, tmp_path_factory: pytest.TempPathFactory
) -> None:
    repo.commit({"main.tf": TABLE.format(name="orders", recovery="")})
    repo.write({"bills.tf": TABLE.format(name="bills", recovery="")})
    link = tmp_path_factory.mktemp("home") / "work"
    link.symlink_to(repo.folder)
    assert names(diff("HEAD", str(link), code=1)["findings"]) == {("HA417", "aws_dynamodb_table.bills")}


def test_a_passed_file_is_what_it_was_on_each_side(repo: Repo) -> None:
    variable = 'variable "on" {\n  type = bool\n}\n'
    table = TABLE.format(name="orders", recovery=RECOVERY.replace("true", "var.on"))
    repo.commit({"main.tf": variable + table, "live.tfvars": "on = true\n"})
    repo.write({"live.tfvars": "on = false\n"})
    assert names(diff("-var-file=live.tfvars", code=1)["findings"]) == {("HA417", "aws_dynamodb_table.orders")}


def test_a_template_that_another_one_takes_in_from_now_on_is_none_by_itself(repo: Repo) -> None:
    bad = (TESTDATA / "rules" / "single-zone-tier" / "bad.yaml").read_text("utf-8")
    stack = "Resources:\n  Part:\n    Type: AWS::CloudFormation::Stack\n    Properties: {TemplateURL: %s}\n"
    repo.commit({"network.yaml": bad, "middle.yaml": stack % "./network.yaml", "top.yaml": stack % "!Ref Where"})
    repo.write({"top.yaml": stack % "./middle.yaml"})
    report = diff(code=1)
    assert {one["deployment"] for one in report["findings"]} == {"top.yaml"}
    assert {one["deployment"] for one in report["gone"]} == {"middle.yaml"}


PARAMETERS = """\
Resources:
  Database:
    Type: AWS::RDS::DBInstance
    Properties: {MultiAZ: !Ref Multi, Engine: postgres}
Parameters:
  Multi: {Type: String}
"""


def parameters(multi: str) -> str:
    return json.dumps([{"ParameterKey": "Multi", "ParameterValue": multi}])


@pytest.mark.parametrize("was", [None, "[", parameters("true")], ids=["new", "broken", "other"])
def test_parameters_that_were_not_there_or_could_not_be_read_before_bring_what_they_bring(
    repo: Repo, was: str | None, capsys: pytest.CaptureFixture[str]
) -> None:
    repo.commit({"database.yaml": PARAMETERS} | ({} if was is None else {"live.json": was}))
    repo.write({"live.json": parameters("false")})
    assert ("HA401", "Database") in names(diff("--parameters=live.json", code=1)["findings"])
    assert capsys.readouterr().err.startswith("haanalyzer: live.json:1:2: " if was == "[" else "")
    (repo.folder / "live.json").write_text("[")
    assert main(["diff", "--parameters=live.json"]) == 2


def test_passed_files_that_were_renamed_are_the_same(repo: Repo) -> None:
    variable = 'variable "on" {\n  type = bool\n}\n'
    table = TABLE.format(name="orders", recovery=RECOVERY.replace("true", "var.on"))
    repo.commit({"database.yaml": PARAMETERS, "a.json": parameters("false"), "main.tf": variable + table})
    repo.commit({"a.tfvars": "on = false\n"})
    repo.git("mv", "a.json", "b.json")
    repo.git("mv", "a.tfvars", "b.tfvars")
    assert diff("--parameters=b.json", "-var-file=b.tfvars")["findings"] == []


def test_an_empty_name_of_a_file_is_no_file(repo: Repo, capsys: pytest.CaptureFixture[str]) -> None:
    repo.commit({"main.tf": ""})
    assert main(["diff", "-var-file="]) == 2
    assert capsys.readouterr().err == "haanalyzer: : no such file\n"


@pytest.mark.parametrize("counted", ["resource", "module"])
def test_what_is_counted_from_now_on_is_the_same_and_one_more(repo: Repo, counted: str) -> None:
    """Terraform itself moves the one that was there to `[0]`, and back."""
    table, call = TABLE.format(name="orders", recovery=""), 'module "tables" {\n  source = "./tables"\n}\n'
    one = {"main.tf": call, "tables/main.tf": table}
    file = "main.tf" if counted == "module" else "tables/main.tf"
    two = {**one, file: one[file].replace("{\n", "{\n  count = 2\n", 1)}
    repo.commit(one)
    repo.write(two)
    report = diff(code=1)
    second = "module.tables[1].aws_dynamodb_table.orders", "module.tables.aws_dynamodb_table.orders[1]"
    assert {subject for _, subject in names(report["findings"])} == {second[counted == "resource"]}
    assert report["gone"] == []
    repo.commit(two)
    repo.write(one)
    report = diff()
    assert {subject for _, subject in names(report["gone"])} == {second[counted == "resource"]}


def test_a_key_that_was_written_twice_hides_nothing(repo: Repo) -> None:
    template = (TESTDATA / "rules" / "single-zone-tier" / "bad.yaml").read_text("utf-8")
    good = (TESTDATA / "rules" / "single-zone-tier" / "good.yaml").read_text("utf-8")
    twice = "Description: once\nDescription: twice\n"
    repo.commit({"network.yaml": template})
    repo.write({"network.yaml": twice + good})
    assert "HA101" in {rule for rule, _ in names(diff(code=2)["gone"])}
    repo.commit({"network.yaml": twice + good})
    repo.write({"network.yaml": template})
    assert "unread-before" not in {each["code"] for each in diff(code=1)["diagnostics"]}


def test_repositories_inside_are_the_same_on_both_sides(repo: Repo) -> None:
    calls = "".join(f'module "{name}" {{\n  source = "./{name}"\n}}\n' for name in ("plain", "submodule"))
    for name in ("plain", "submodule"):
        (repo.folder / name).mkdir()
        Repo(repo.folder / name).commit({"main.tf": TABLE.format(name="orders", recovery="")})
    commit = Repo(repo.folder / "submodule").git("rev-parse", "HEAD")
    repo.write({"main.tf": calls})
    repo.git("add", "main.tf")
    repo.git("update-index", "--add", "--cacheinfo", f"160000,{commit},submodule")
    repo.git("commit", "--quiet", "--message", "Modules")
    repo.write({"main.tf": f"# Tables.\n{calls}"})
    report = diff()
    assert (report["findings"], report["gone"]) == ([], [])
    assert report["coverage"]["checks"] > 0
    repo.git("commit", "--quiet", "--all", "--message", "A comment")
    assert diff("HEAD~1..HEAD")["coverage"]["checks"] > 0


@pytest.mark.skipif(os.name == "nt", reason="there a program is ended without being asked")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_nothing_is_left_behind_when_it_is_stopped(repo: Repo, number: int) -> None:
    repo.commit({"main.tf": TABLE.format(name="orders", recovery="")})
    (repo.folder / "scratch").mkdir()
    program = """
import os, signal, sys
from haanalyzer import engine
from haanalyzer.cli import main
engine.analyze = lambda *_, **__: (os.kill(os.getpid(), int(sys.argv[1])), signal.pause())
sys.exit(main(["diff"]))
"""
    command = [sys.executable, "-c", program, str(number)]
    environment = {**os.environ, "TMPDIR": str(repo.folder / "scratch")}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=60, check=False)
    assert (done.returncode, done.stderr) == (128 + number, "")
    assert list((repo.folder / "scratch").iterdir()) == []


@pytest.mark.parametrize("folder", ["", "modules/tables"])
def test_a_resource_that_is_moved_by_a_block_is_the_same(repo: Repo, folder: str) -> None:
    table = TABLE.format(name="orders", recovery="")
    root = f'module "tables" {{\n  source = "./{folder}"\n}}\n' if folder else ""
    file = f"{folder}/tables.tf".removeprefix("/")
    repo.commit({"main.tf": root, file: table})
    renamed = table.replace('"orders"', '"all_orders"', 1)
    block = "moved {\n  from = aws_dynamodb_table.orders # was\n  to   = aws_dynamodb_table.all_orders\n}\n"
    repo.write({file: renamed + block})
    report = diff()
    assert (report["findings"], report["gone"]) == ([], [])
    repo.write({file: renamed})
    assert len(diff(code=1)["findings"]) == len(diff(code=1)["gone"]) == 1


def test_what_a_build_wrote_and_git_ignores_makes_no_difference(repo: Repo) -> None:
    template = (TESTDATA / "rules" / "single-zone-tier" / "bad.yaml").read_text("utf-8")
    built = ["cdk.out/stack.template.yaml", "cdk.out/asset.1/copy.yaml"]
    built += ["out/deep/network.yaml", "out/node_modules/x.yaml"]
    repo.commit({".gitignore": "cdk.out/\nout/\n", "main.tf": ""})
    repo.write(dict.fromkeys(built, template) | {"cdk.out/cdk.out": "{}", "other/new.yaml": template})
    repo.write({"out/root/main.tf": TABLE.format(name="built", recovery="")})
    report = diff(code=1)
    assert {one["deployment"] for one in report["findings"]} == {"other/new.yaml"}
    assert report["gone"] == []
    with side(Repository(repo.folder), "HEAD", repo.folder) as before:
        found = discover(["."], before.files())
    assert found.templates == ("cdk.out/stack.template.yaml", "out/deep/network.yaml")
    assert found.roots == (".", "out/root")
