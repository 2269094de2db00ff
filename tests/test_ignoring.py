"""Every finding can be ignored where it stands: it then is, nothing else changes, and the file stays what it was."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from haanalyzer.cli import main
from haanalyzer.engine import analyze
from haanalyzer.frontends.deployment import Inputs
from haanalyzer.frontends.tree.loader import load
from haanalyzer.frontends.tree.nodes import plain
from haanalyzer.ignoring import ignored, suppression_edits
from haanalyzer.policy import load_profile
from haanalyzer.results import Judgement, Report
from haanalyzer.source.document import Document
from haanalyzer.source.edit import NotEditableError, edited
from haanalyzer.source.files import Files
from tests.fixtures import Fixture, fixtures

WHY = 'a "sandbox" # of ours'
TODAY = date(2027, 1, 31)


def as_json(path: str, text: str, indent: int | None) -> str:
    root, _ = load(Document(path, text))
    return json.dumps(plain(root), indent=indent) if root is not None and path.endswith(".yaml") else text


FORMS = {
    "as it is": lambda _path, text: text,
    "crlf": lambda _path, text: text.replace("\n", "\r\n"),
    "json": lambda path, text: as_json(path, text, 2),
    "json on one line": lambda path, text: as_json(path, text, None),
}
WITH_FINDINGS = [fixture for fixture in fixtures() if fixture.expected()]
CASES = [
    pytest.param(fixture, form, id=f"{fixture.name} {form}")
    for fixture in WITH_FINDINGS
    for form in FORMS
    if form in ("as it is", "json") or fixture.situation == "bad"
    if "json" not in form or fixture.path.suffix == ".yaml"
]


def open_ones(report: Report) -> Counter[tuple[object, ...]]:
    return Counter((one.identity, one.verdict.message) for one in report.findings())


def ignoring(report: Report, finding: Judgement, texts: dict[str, str]) -> dict[str, str]:
    edits = suppression_edits(finding, WHY, None, report.documents.__getitem__)
    assert edits
    return texts | {edit.place.path: edited(report.documents[edit.place.path], [edit]) for edit in edits}


@pytest.mark.parametrize(("fixture", "form"), CASES)
def test_the_finding_is_ignored_and_nothing_else_changes(fixture: Fixture, form: str, tmp_path: Path) -> None:
    before = {path: FORMS[form](path, text) for path, text in fixture.texts.items()}
    report = fixture.analyze_in(tmp_path / "before", before)
    assert report.findings()
    for finding in report.findings():
        texts = ignoring(report, finding, before)
        after = fixture.analyze_in(tmp_path / "after", texts)
        silenced = [one for one in after.suppressed() if one.identity == finding.identity]
        assert [one.suppressed.reason for one in silenced if one.suppressed] == [WHY] * len(silenced)
        assert silenced
        assert open_ones(report) - open_ones(after) == Counter(
            (one.identity, one.verdict.message) for one in after.suppressed()
        )
        assert {one.rule.code for one in after.suppressed()} == {finding.rule.code}
        assert [each.code for each in after.diagnostics] == [each.code for each in report.diagnostics]
        assert len(after.undecided()) == len(report.undecided())
        for path, text in texts.items():
            assert "\r\n" not in text or text.count("\n") == text.count("\r\n")
            assert not form.startswith("json") or not path.endswith(".yaml") or json.loads(text)
        with pytest.raises(NotEditableError, match="ignored already"):
            suppression_edits(silenced[0], WHY, None, after.documents.__getitem__)


def report_on(folder: Path, texts: dict[str, str], *codes: str) -> Report:
    for name, text in texts.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(text.encode())
    profile = load_profile("all")
    rules = tuple(rule for rule in profile.rules if rule.info.code in codes)
    return analyze(["."], folder, Inputs(), replace(profile, rules=rules), today=TODAY)


def after_ignoring(
    folder: Path, texts: dict[str, str], *codes: str, reason: str = "why", until: date | None = None
) -> dict[str, str]:
    """What becomes of the files when all findings are ignored; they are then all ignored indeed."""
    found = ignored(report_on(folder, texts, *codes), reason, until, Files(folder))
    assert not found.refused
    after = report_on(folder, texts | found.texts, *codes)
    assert after.findings() == ()
    assert [each.code for each in after.diagnostics] == []
    return dict(found.texts)


ORDERS = 'resource "aws_db_instance" "orders" {\n  engine   = "mysql"\n  multi_az = false\n}\n'
TABLE = """\
Resources:
  Orders:
    Type: AWS::RDS::DBInstance
    Properties: {Engine: mysql, MultiAZ: false}
"""


def test_all_rules_of_a_line_share_a_comment(tmp_path: Path) -> None:
    texts = {"main.tf": ORDERS.replace("  multi_az = false\n", "")}
    (text,) = after_ignoring(tmp_path, texts, "HA401", "HA406", until=date(2027, 2, 1)).values()
    assert text.splitlines()[0] == "# haanalyzer: ignore[HA401, HA406] until 2027-02-01 why"


@pytest.mark.parametrize(
    ("there", "becomes"),
    [
        ("# haanalyzer: ignore[HA102] why", "# haanalyzer: ignore[HA102, HA401] why"),
        ("//haanalyzer: ignore[HA102] why", "//haanalyzer: ignore[HA102, HA401] why"),
        ("# haanalyzer: ignore[HA401] until 2027-01-30 we move", "# haanalyzer: ignore[HA401] why"),
        ("# haanalyzer: ignore[HA102] other", "# haanalyzer: ignore[HA102] other\n  # haanalyzer: ignore[HA401] why"),
    ],
)
def test_a_comment_that_is_there_is_extended_renewed_or_left(tmp_path: Path, there: str, becomes: str) -> None:
    text = ORDERS.replace("  multi_az", f"  {there}\n  multi_az")
    report = report_on(tmp_path, {"main.tf": text}, "HA401")
    found = ignored(report, "why", None, Files(tmp_path))
    assert found.texts == {"main.tf": ORDERS.replace("  multi_az", f"  {becomes}\n  multi_az")}
    (tmp_path / "main.tf").write_text(found.texts["main.tf"])
    assert report_on(tmp_path, {}, "HA401").findings() == ()


def test_a_comment_behind_the_line_is_extended(tmp_path: Path) -> None:
    text = ORDERS.replace("= false", "= false # haanalyzer: ignore[HA102] why")
    found = ignored(report_on(tmp_path, {"main.tf": text}, "HA401"), "why", None, Files(tmp_path))
    assert found.texts == {"main.tf": text.replace("[HA102]", "[HA102, HA401]")}


def test_what_stands_in_a_text_is_ignored_at_the_resource(tmp_path: Path) -> None:
    document = Document("main.tf", 'resource "a" "b" {\n  x = <<EOT\n    y\nEOT\n}\n')
    (finding, *_) = report_on(tmp_path, {"main.tf": ORDERS}, "HA401").findings()
    inside = replace(finding, verdict=replace(finding.verdict, at=document.span(35, 36)))
    (edit,) = suppression_edits(inside, "why", None, lambda _path: document)
    assert (edit.place.line, edit.text) == (1, "# haanalyzer: ignore[HA401] why\n")
    block = Document("t.yaml", "Resources:\n  Orders:\n    Description: >\n      y\n      z\n")
    named = block.span(13, 19)
    inside = replace(finding, verdict=replace(finding.verdict, at=block.span(44, 45)), named=(named,))
    (edit,) = suppression_edits(inside, "why", None, lambda _path: block)
    assert (edit.place.line, edit.text) == (2, "  # haanalyzer: ignore[HA401] why\n")


def test_between_lines_in_braces_a_comment_may_stand(tmp_path: Path) -> None:
    text = TABLE.replace("{Engine: mysql, MultiAZ: false}", "{\n      Engine: mysql,\n      MultiAZ: false\n    }")
    (changed,) = after_ignoring(tmp_path, {"t.yaml": text}, "HA401").values()
    assert "mysql,\n      # haanalyzer: ignore[HA401] why\n      MultiAZ" in changed
    assert plain(load(Document("t.yaml", changed))[0]) == plain(load(Document("t.yaml", text))[0])


METADATA = '"Metadata": {"haanalyzer": %s}'
JSON = """\
{
  "Resources": {
    "Orders": {
      "Type": "AWS::RDS::DBInstance",
      %s,
      "Properties": {"Engine": "mysql", "MultiAZ": false}
    }
  }
}
"""


@pytest.mark.parametrize(
    ("there", "becomes"),
    [
        ('{"ignore": ["HA102"], "reason": "why"}', '{"ignore": ["HA102", "HA401"], "reason": "why"}'),
        ('{"ignore": "HA102", "reason": "why"}', '{"ignore": ["HA102", "HA401"], "reason": "why"}'),
        (
            '{"ignore": [\n  "HA102"\n], "reason": "why"}',
            '{"ignore": [\n  "HA102",\n  "HA401"\n], "reason": "why"}',
        ),
        ('{"ignore": ["HA102"]}', '[{"ignore": ["HA102"]}, {"ignore": ["HA401"], "reason": "why"}]'),
        ('[{"ignore": ["HA102"]}]', '[{"ignore": ["HA102"]}, {"ignore": ["HA401"], "reason": "why"}]'),
        ('{"ignore": ["HA401"], "until": "2027-01-30"}', '{"ignore": ["HA401"], "reason": "why"}'),
    ],
)
def test_metadata_that_is_there_is_extended_or_renewed(tmp_path: Path, there: str, becomes: str) -> None:
    report = report_on(tmp_path, {"t.json": JSON % (METADATA % there)}, "HA401")
    found = ignored(report, "why", None, Files(tmp_path))
    assert found.texts == {"t.json": JSON % (METADATA % becomes)}
    assert report_on(tmp_path, dict(found.texts), "HA401").findings() == ()


@pytest.mark.parametrize("said", ['"HA102"', '{"skip": ["HA102"]}', '{"Ref": "AWS::NoValue"}'])
def test_metadata_that_is_not_understood_stays(tmp_path: Path, said: str) -> None:
    report = report_on(tmp_path, {"t.json": JSON % (METADATA % said)}, "HA401")
    found = ignored(report, "why", None, Files(tmp_path))
    assert found.texts == {}
    assert [why for _, why in found.refused] == ["`haanalyzer` in its metadata is not understood"]


FETCHED = {
    "main.tf": 'module "orders" {\n  source = "acme/orders/aws"\n}\n',
    ".terraform/modules/modules.json": json.dumps(
        {"Modules": [{"Key": "orders", "Source": "acme/orders/aws", "Dir": ".terraform/modules/orders"}]}
    ),
    ".terraform/modules/orders/main.tf": ORDERS,
}


def test_what_was_fetched_is_ignored_at_its_call(tmp_path: Path) -> None:
    assert after_ignoring(tmp_path, FETCHED, "HA401") == {
        "main.tf": f"# haanalyzer: ignore[HA401] why\n{FETCHED['main.tf']}"
    }


ORDERS_JSON = '{"resource": {"aws_db_instance": {"orders": {"engine": "mysql", "multi_az": false}}}}'


def test_in_terraforms_json_no_comment_can_stand_but_on_a_call(tmp_path: Path) -> None:
    report = report_on(tmp_path / "alone", {"main.tf.json": ORDERS_JSON}, "HA401")
    found = ignored(report, "why", None, Files(tmp_path / "alone"))
    assert found.texts == {}
    assert [why for _, why in found.refused] == [
        "main.tf.json is JSON, where no comment can stand, and no call leads there"
    ]
    call = 'module "orders" {\n  source = "./orders"\n}\n'
    called = after_ignoring(tmp_path / "called", {"main.tf": call, "orders/main.tf.json": ORDERS_JSON}, "HA401")
    assert called == {"main.tf": f"# haanalyzer: ignore[HA401] why\n{call}"}


def test_what_lies_outside_stays_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "theirs").mkdir()
    (tmp_path / "theirs" / "main.tf").write_text(ORDERS)
    (tmp_path / "ours").mkdir()
    (tmp_path / "ours" / "orders").symlink_to(tmp_path / "theirs")
    (tmp_path / ".git").mkdir()
    report = report_on(tmp_path / "ours", {"main.tf": 'module "orders" {\n  source = "./orders"\n}\n'}, "HA401")
    assert report.findings()
    found = ignored(report, "why", None, Files(tmp_path / "ours"))
    assert found.texts == {}
    assert [why for _, why in found.refused] == ["it is written in orders/main.tf, outside what is analyzed"]


@pytest.mark.parametrize(
    ("reason", "written"),
    [("  two\n lines\u2028 or three ", "two lines or three"), ("bell\a and \u202eoverride", "bell and override")],
)
def test_a_reason_is_one_line(tmp_path: Path, reason: str, written: str) -> None:
    (text,) = after_ignoring(tmp_path, {"t.yaml": TABLE}, "HA401", reason=reason).values()
    assert f"# haanalyzer: ignore[HA401] {written}\n" in text


def test_a_reason_that_would_be_read_as_a_date_is_refused(tmp_path: Path) -> None:
    found = ignored(report_on(tmp_path, {"t.yaml": TABLE}, "HA401"), "until we move", None, Files(tmp_path))
    assert (found.texts, found.silenced, len(found.refused)) == ({}, 0, 1)


CHECK = ("check", "--select", "HA401")


@pytest.fixture
def in_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The current folder, a repository with an instance that stands alone."""
    (tmp_path / ".git").mkdir()
    (tmp_path / "main.tf").write_bytes(ORDERS.replace("\n", "\r\n").encode("utf-8-sig"))
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_the_command_writes_them_for_all_that_it_reports(in_folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*CHECK, "--add-ignores", "a trial", "--until", "9999-12-31"]) == 0
    out, err = capsys.readouterr()
    assert "1 ignored" in out
    assert err == "haanalyzer: ignored 1 finding in 1 file\n"
    comment = "  # haanalyzer: ignore[HA401] until 9999-12-31 a trial\n"
    expected = ORDERS.replace("  multi_az", f"{comment}  multi_az").replace("\n", "\r\n")
    assert (in_folder / "main.tf").read_bytes() == expected.encode("utf-8-sig")
    assert main([*CHECK, "--add-ignores", "a trial"]) == 0
    assert (in_folder / "main.tf").read_bytes() == expected.encode("utf-8-sig")


def test_the_command_shows_what_it_would_write(in_folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = (in_folder / "main.tf").read_bytes()
    assert main([*CHECK, "--add-ignores", "a trial", "--diff"]) == 1
    assert "+  # haanalyzer: ignore[HA401] a trial\r\n" in capsys.readouterr().out
    assert (in_folder / "main.tf").read_bytes() == before


def test_findings_are_mended_before_the_rest_is_ignored(in_folder: Path) -> None:
    assert main([*CHECK, "--fix", "--add-ignores", "a trial"]) == 0
    assert (in_folder / "main.tf").read_text("utf-8-sig") == ORDERS.replace("false", "true")


def test_what_cannot_be_ignored_is_said(in_folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (in_folder / "t.json").write_text(JSON % (METADATA % "1"))
    assert main([*CHECK, "t.json", "--add-ignores", "a trial"]) == 1
    said = "haanalyzer: HA401 at t.json:6 is not ignored: `haanalyzer` in its metadata is not understood\n"
    assert capsys.readouterr().err.startswith(said)


@pytest.mark.usefixtures("in_folder")
@pytest.mark.parametrize(
    ("flags", "message"),
    [
        (["--until", "9999-12-31"], "--until says how long --add-ignores is for: give both"),
        (["--diff"], "--diff shows what --fix or --add-ignores would change: give it and one of these"),
        (["--diff", "--fix", "--add-ignores", "x"], "--diff shows what --fix or --add-ignores would change: give it"),
        (["--diff", "--fix", "--output", "json:out"], "--diff prints the changes in place of a report: leave out"),
        (["--add-ignores", " "], "--add-ignores takes the reason, and it is empty"),
        (["--add-ignores", "until we move"], "--add-ignores: a reason that begins with `until` would be read as a"),
    ],
)
def test_flags_that_say_nothing_together(capsys: pytest.CaptureFixture[str], flags: list[str], message: str) -> None:
    assert main([*CHECK, *flags]) == 2
    assert capsys.readouterr().err.startswith(f"haanalyzer: {message}")


@pytest.mark.usefixtures("in_folder")
@pytest.mark.parametrize(
    ("day", "message"), [("soon", "expected a date such as 2027-01-31"), ("2020-01-01", "is over")]
)
def test_an_end_must_be_to_come(capsys: pytest.CaptureFixture[str], day: str, message: str) -> None:
    with pytest.raises(SystemExit, match="2"):
        main([*CHECK, "--add-ignores", "a trial", "--until", day])
    assert message in capsys.readouterr().err
