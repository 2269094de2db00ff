"""A baseline knows what was there before, by what it is about: not by lines, and not by what is alike elsewhere."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from haanalyzer.baseline import against, beyond, record
from haanalyzer.cli import main
from haanalyzer.engine import analyze
from haanalyzer.frontends.deployment import Inputs
from haanalyzer.policy import load_profile
from haanalyzer.results import Identity, Recorded, Report

TABLE = """\
  {name}:
    Type: AWS::DynamoDB::Table
    DeletionPolicy: Delete
    Properties:
      BillingMode: PAY_PER_REQUEST
      AttributeDefinitions: [{{AttributeName: id, AttributeType: S}}]
      KeySchema: [{{AttributeName: id, KeyType: HASH}}]
"""
BROKEN = "Resources:\n" + TABLE.format(name="Orders") + "  Broken: [\n"
FILE = "haanalyzer-baseline.json"


def tables(*names: str, head: str = "") -> str:
    return f"{head}Resources:\n" + "".join(TABLE.format(name=name) for name in names)


def report_on(folder: Path, texts: dict[str, str], *paths: str, profile: str = "production") -> Report:
    lay_out(folder, texts)
    return analyze(paths or ["."], folder, Inputs(), load_profile(profile))


def lay_out(folder: Path, texts: dict[str, str]) -> None:
    for path, text in texts.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8")


def subjects(report: Report) -> set[str]:
    return {one.verdict.subject for one in report.findings()}


def test_only_what_was_not_there_before_is_a_finding(tmp_path: Path) -> None:
    before = report_on(tmp_path, {"tables.yaml": tables("Orders")})
    moved = tables("Orders", "Invoices", head="# moved\n\n")
    after = against(report_on(tmp_path, {"tables.yaml": moved}), record(before))
    assert before.findings()
    assert subjects(after) == {"Invoices"}
    assert {one.verdict.subject for one in after.recorded()} == {"Orders"}
    assert after.gone == ()


def test_what_is_no_more_is_gone(tmp_path: Path) -> None:
    before = record(report_on(tmp_path, {"tables.yaml": tables("Orders", "Invoices")}))
    after = against(report_on(tmp_path, {"tables.yaml": tables("Orders")}), before)
    assert after.findings() == ()
    assert after.gone == tuple(each for each in before if each.identity.subject == "Invoices")
    assert after.gone


DATABASE = 'resource "aws_db_instance" "main" {{\n  count          = {}\n  engine         = "mysql"\n}}\n'
CALL = 'module "{}" {{\n  source = "./db"\n}}\n'


@pytest.mark.parametrize(
    ("before", "after", "brought"),
    [
        ({"a.yaml": tables("Orders")}, {"b.yaml": tables("Orders")}, {"Orders"}),
        ({"main.tf": DATABASE.format(1)}, {"main.tf": DATABASE.format(2)}, {"aws_db_instance.main[1]"}),
        (
            {"main.tf": CALL.format("a"), "db/main.tf": DATABASE.format(1)},
            {"main.tf": CALL.format("a") + CALL.format("b")},
            {"module.b.aws_db_instance.main[0]"},
        ),
        (
            {"live/main.tf": DATABASE.format(1)},
            {"stage/main.tf": DATABASE.format(1)},
            {"aws_db_instance.main[0]"},
        ),
    ],
)
def test_it_does_not_leak_between_files_instances_or_calls(
    tmp_path: Path, before: dict[str, str], after: dict[str, str], brought: set[str]
) -> None:
    known = record(report_on(tmp_path, before))
    report = against(report_on(tmp_path, after), known)
    assert subjects(report) == brought
    assert (len(report.recorded()), report.gone) == (len(known), ())


def test_what_is_unrelated_may_be_renamed(tmp_path: Path) -> None:
    known = record(report_on(tmp_path, {"main.tf": DATABASE.format(1) + 'resource "aws_vpc" "old" {}\n'}))
    text = 'resource "aws_vpc" "new" {}\n' + DATABASE.format(1)
    report = against(report_on(tmp_path, {"main.tf": text}), known)
    assert (report.findings(), report.gone) == ((), ())


def test_a_resource_that_moves_to_another_file_of_its_root_is_the_same(tmp_path: Path) -> None:
    known = record(report_on(tmp_path, {"main.tf": DATABASE.format(1)}))
    report = against(report_on(tmp_path, {"main.tf": "", "db.tf": DATABASE.format(1)}), known)
    assert (report.findings(), report.gone) == ((), ())


def test_of_what_was_not_looked_at_nothing_is_said(tmp_path: Path) -> None:
    texts = {"a/t.yaml": tables("Orders"), "b/t.yaml": tables("Orders"), "broken.yaml": tables("Orders")}
    known = record(report_on(tmp_path, texts))

    def gone(report: Report, *paths: str) -> set[str]:
        return {each.identity.deployment for each in beyond(report, known, paths).gone or ()}

    lay_out(tmp_path, {path: tables("Other") for path in texts})
    assert gone(report_on(tmp_path, {}), ".") == {"a/t.yaml", "b/t.yaml", "broken.yaml"}
    assert gone(report_on(tmp_path, {}, "a"), "a") == {"a/t.yaml"}
    assert gone(report_on(tmp_path, {}, "a/t.yaml"), "a/t.yaml") == {"a/t.yaml"}
    assert gone(report_on(tmp_path, {"broken.yaml": BROKEN}), ".") == {"a/t.yaml", "b/t.yaml"}
    of_few_rules = beyond(report_on(tmp_path, {}, profile="default"), known, ["."]).gone or ()
    assert {each.identity.code for each in of_few_rules} < {each.identity.code for each in known}


def test_what_is_there_is_known_though_a_part_of_its_root_cannot_be_read(tmp_path: Path) -> None:
    known = record(report_on(tmp_path, {"main.tf": DATABASE.format(1)}))
    report = beyond(report_on(tmp_path, {"broken.tf": 'resource "a" "b" {\n'}), known, ["."])
    assert any(diagnostic.is_error for diagnostic in report.diagnostics)
    assert (report.findings(), report.gone) == ((), ())
    assert report.recorded()


def test_what_can_no_longer_be_decided_is_not_gone(tmp_path: Path) -> None:
    text = 'variable "standby" {}\nresource "aws_db_instance" "main" {\n  engine = "mysql"\n  multi_az = %s\n}\n'
    known = [each for each in record(report_on(tmp_path, {"main.tf": text % "false"})) if each.identity.code == "HA401"]
    assert known
    report = report_on(tmp_path, {"main.tf": text % "var.standby"})
    assert beyond(report, known, ["."]).gone == ()
    assert beyond(report_on(tmp_path, {"main.tf": text % "true"}), known, ["."]).gone == tuple(known)


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository with a template in a folder; it is the current folder."""
    (tmp_path / ".git").mkdir()
    lay_out(tmp_path, {"shop/tables.yaml": tables("Orders")})
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(*arguments: str) -> int:
    return main(["baseline", *arguments, "--profile", "production"])


def entries(folder: Path) -> list[dict[str, str]]:
    found: list[dict[str, str]] = json.loads((folder / FILE).read_text("utf-8"))["findings"]
    return found


def test_it_is_written_for_people_who_review_it(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("write") == 0
    out, err = capsys.readouterr()
    found = entries(project)
    assert (out, err) == ("", f"haanalyzer: {FILE}: {len(found)} recorded, {len(found)} of them new; 0 gone\n")
    assert {
        "code": "HA417",
        "slug": "table-without-recovery",
        "deployment": "shop/tables.yaml",
        "subject": "Orders",
        "path": "shop/tables.yaml",
        "message": next(each["message"] for each in found if each["code"] == "HA417"),
    } in found
    text = (project / FILE).read_text("utf-8")
    assert text.count("\n") == len(found) + 5
    assert found == sorted(found, key=lambda each: (each["deployment"], each["subject"], each["code"]))
    assert run("write") == 0
    assert (project / FILE).read_text("utf-8") == text


def test_a_check_reports_what_comes_and_what_is_gone(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run("write")
    known = len(entries(project))
    assert run("check") == 0
    assert f"No flaw found in 1 file; {known} known (baseline); " in capsys.readouterr().out
    lay_out(project, {"shop/tables.yaml": tables("Invoices")})
    assert run("check") == 1
    out = capsys.readouterr().out
    assert out.count("gone: ") == known
    assert f"; 0 known (baseline), {known} gone; " in out
    assert "(Orders)" in out
    assert entries(project)[0]["subject"] == "Orders"


def test_what_is_gone_is_taken_out_when_asked(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lay_out(project, {"shop/tables.yaml": tables("Orders", "Invoices"), "other.yaml": tables("Orders")})
    run("write")
    before = entries(project)
    lay_out(project, {"shop/tables.yaml": tables("Orders", "New")})
    (project / "other.yaml").unlink()
    capsys.readouterr()
    assert run("check", "shop", "--prune") == 1
    assert capsys.readouterr().err == f"haanalyzer: {FILE}: {len(before) // 3} taken out\n"
    assert entries(project) == [each for each in before if each["subject"] != "Invoices"]


def test_folders_have_one_baseline_whereever_it_is_run(
    project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    lay_out(project, {"other/tables.yaml": tables("Orders")})
    assert run("write") == 0
    before = entries(project)
    monkeypatch.chdir(project / "shop")
    assert run("check") == 0
    assert run("check", "..") == 0
    assert run("check", "../other") == 0
    capsys.readouterr()
    assert run("write") == 0
    half = len(before) // 2
    counts = f"{half} recorded, 0 of them new; 0 gone; {half} kept that were not looked at"
    assert capsys.readouterr().err == f"haanalyzer: ../{FILE}: {counts}\n"
    assert entries(project) == before
    assert not (project / "shop" / FILE).exists()
    lay_out(project, {"shop/tables.yaml": tables("Orders", "New")})
    assert run("check") == 1
    assert run("check", "../other") == 0


def test_a_named_file_is_the_baseline(project: Path) -> None:
    (project / "kept").mkdir()
    assert run("write", "shop", "--file", "kept/known.json") == 0
    assert not (project / FILE).exists()
    assert json.loads((project / "kept/known.json").read_text())["findings"][0]["path"] == "../shop/tables.yaml"
    assert run("check", "--file", "kept/known.json") == 0
    assert run("check") == 2


def test_other_commands_take_it_by_flag_or_configuration(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    check = ["check", "--profile", "production"]
    assert run("write") == 0
    known = len(entries(project))
    assert main(check) == 1
    assert main([*check, "--baseline", FILE]) == 0
    lay_out(project, {"haanalyzer.yaml": f"baseline: {FILE}\n", "shop/tables.yaml": tables("Orders", "New")})
    capsys.readouterr()
    assert main([*check, "--output", "json"]) == 1
    report = json.loads(capsys.readouterr().out)
    assert {each["subject"] for each in report["findings"]} == {"New"}
    assert (len(report["known"]), report["gone"]) == (known, [])
    lay_out(project, {"shop/tables.yaml": tables("Other"), "other.yaml": tables("Orders")})
    assert main([*check, "--output", "json", "--only-changed", "other.yaml"]) == 1
    assert json.loads(capsys.readouterr().out)["gone"] == []
    assert main([*check, "--output", "json", "--only-changed", "shop/tables.yaml"]) == 1
    assert len(json.loads(capsys.readouterr().out)["gone"]) == known


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("{", ":1:2: expected a baseline"),
        ("<<<<<<< ours\n{}", ":1:1: expected a baseline"),
        ("[" * 100_000, ": expected a baseline"),
        ("[]", ": expected a baseline"),
        ('{"version": 1}', ": expected a baseline"),
        ('{"schema": "haanalyzer-baseline/v9"}', "makes it, found 'haanalyzer-baseline/v9'"),
        ('{"schema": "haanalyzer-baseline/v1"}', ": expected a list of `findings`"),
        (
            '{"schema": "haanalyzer-baseline/v1", "findings": [1]}',
            ": expected each finding to be a map of texts, found 1",
        ),
        ('{"schema": "haanalyzer-baseline/v1", "findings": [{"code": 1}]}', ": expected each finding to be a map"),
        ('{"schema": "haanalyzer-baseline/v1", "findings": [{"code": "HA101"}]}', ": expected each finding to have"),
        ("\x00", ": expected text, found a NUL character here"),
    ],
)
@pytest.mark.parametrize("action", ["check", "write"])
def test_what_is_no_baseline_is_said_and_kept(
    project: Path, capsys: pytest.CaptureFixture[str], action: str, text: str, message: str
) -> None:
    (project / FILE).write_text(text)
    assert run(action) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith(f"haanalyzer: {FILE}")
    assert message in err
    assert err.count("\n") == 1
    assert (project / FILE).read_text() == text


@pytest.mark.usefixtures("project")
def test_no_baseline_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("check") == 2
    said = f"haanalyzer: {FILE}: no such file or folder; `haanalyzer baseline write` makes a baseline\n"
    assert capsys.readouterr().err == said
    Path("haanalyzer.yaml").write_text(f"baseline: {FILE}\n")
    assert main(["check"]) == 2
    assert capsys.readouterr().err == said


def test_what_cannot_be_read_is_said_and_what_it_had_is_kept(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lay_out(project, {"shop/more.yaml": tables("Orders")})
    assert run("write") == 0
    before = entries(project)
    lay_out(project, {"shop/more.yaml": BROKEN})
    capsys.readouterr()
    assert run("write") == 2
    assert "shop/more.yaml" in capsys.readouterr().err
    assert entries(project) == before


def test_nothing_to_analyze_writes_nothing(project: Path) -> None:
    (project / "shop/tables.yaml").unlink()
    assert run("write") == 3
    assert not (project / FILE).exists()


def test_names_of_any_characters_come_back(tmp_path: Path) -> None:
    from haanalyzer.baseline import baseline_text, read_baseline

    odd = Recorded(Identity("HA101", "a b/ü.yaml", 'x["\ud800\u2028"]', "\n"), "a b/ü.yaml", "—", "slug")
    (tmp_path / FILE).write_text(baseline_text([odd], tmp_path, tmp_path), encoding="utf-8")
    assert read_baseline(tmp_path / FILE, tmp_path) == (odd,)
