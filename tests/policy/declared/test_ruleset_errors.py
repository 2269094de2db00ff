"""What is wrong with a ruleset is said with its place and the words there are, all of it, and without a traceback."""

from __future__ import annotations

import textwrap
from pathlib import Path

import pytest

from haanalyzer.cli import ERROR, main
from haanalyzer.policy import RulesetError, own_rules

GOOD = """\
rules:
  - code: ACME001
    slug: acme-rule
    title: Something is wrong
    kinds: [db_instance]
    severity: warning
    require: {attribute: multi_az, equals: true}
    message: "{address} is wrong"
    why: Because it is so.
    how_to_mend: Change it.
"""


def problems(text: str | bytes, folder: Path) -> list[str]:
    path = folder / "acme.yaml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    try:
        own_rules(["acme.yaml"], folder)
    except RulesetError as error:
        return [str(problem) for problem in error.problems]
    return []


def test_a_good_one_has_none(tmp_path: Path) -> None:
    assert problems(GOOD, tmp_path) == []


# What is replaced, by what, and the line, the column and words of the error.
WRONG = [
    ("code: ACME001", "code: acme1", "2:5", "expected: The rule's name for machines"),
    ("code: ACME001", "code: HA999", "2:5", "codes that begin with HA are those of built-in rules"),
    ("slug: acme-rule", "slug: single-zone-tier", "3:5", "expected another slug, single-zone-tier is that of HA101"),
    ("slug: acme-rule", "slug: Acme_Rule", "3:5", "names the flaw"),
    ("    title: Something is wrong\n", "", "2:5", "expected title, too"),
    ("    title:", "    titel:", "4:5", "unknown word 'titel'; did you mean 'title'?"),
    ("severity: warning", "severity: fatal", "6:5", "expected one of note, warning, error; found 'fatal'"),
    ("kinds: [db_instance]", "kinds: db_instance", "5:5", "expected a list, found 'db_instance'"),
    ("kinds: [db_instance]", "kinds: [db_instace]", "5:13", "'db_instace' is no kind; did you mean 'db_instance'?"),
    ("kinds: [db_instance]", "kinds: []", "5:5", "expected at least 1 entry"),
    ("attribute: multi_az", "attribute: multiaz", "7:15", "no attribute of db_instance; did you mean 'multi_az'?"),
    ("attribute: multi_az", "atribute: multi_az", "7:5", "expected exactly one of all, any, not, attribute"),
    ("equals: true", "equal: true", "7:36", "unknown word 'equal'; did you mean 'equals'?"),
    ("equals: true", "equals: true, one_of: [1]", "7:5", "found equals and one_of"),
    ("equals: true", "equals: [true]", "7:36", "found a list"),
    ("equals: true", "equals: null", "7:36", "found nothing"),
    ("equals: true", "at_least: lots", "7:36", "expected a number, found 'lots'"),
    ("equals: true", "is: there", "7:36", "expected one of absent, present, empty"),
    ("equals: true", 'matches: "["', "7:36", "'[' is no regular expression"),
    ("equals: true", "equals: {parameter: x}", "7:45", "'x' is no parameter; expected none here"),
    ("equals: true", "equals: {subject: x}", "7:45", "'x' is no attribute of db_instance"),
    ("{attribute: multi_az, equals: true}", "true", "7:5", "expected a map, found true"),
    ("{attribute: multi_az, equals: true}", "{related: subnets}", "7:15", "no attribute of db_instance"),
    ("{attribute: multi_az, equals: true}", "{related: engine}", "7:15", "engine names no resources; expected one of"),
    ("{attribute: multi_az, equals: true}", "{related: {kind: x, by: y}}", "7:15", "'x' is no kind"),
    (
        "{attribute: multi_az, equals: true}",
        "{related: {kind: scaling_policy, by: y}}",
        "7:15",
        "'y' is no relation of scaling_policy; expected one of auto_scaling_group",
    ),
    ("{attribute: multi_az, equals: true}", "{related: cluster, some: {}, every: {}}", "7:5", "found some and every"),
    ("{attribute: multi_az, equals: true}", "{related: cluster, some: {kind: vpc}}", "7:40", "'vpc' is no kind that"),
    ("{attribute: multi_az, equals: true}", "{items: engine}", "7:15", "engine is no list of blocks"),
    ("{attribute: multi_az, equals: true}", "{count: engine, at_least: 1}", "7:15", "engine is one value"),
    ("{attribute: multi_az, equals: true}", "{count: security_groups}", "7:5", "at least 2 entries"),
    ("{attribute: multi_az, equals: true}", "{zones: {at_lest: 2}}", "7:23", "unknown word 'at_lest'"),
    ("{attribute: multi_az, equals: true}", "{all: [{not: {any: [{attribute: x, is: empty}]}}]}", "7:35", "'x' is no"),
    ("{address} is", "{adress} is", "8:5", "'adress' is no attribute of db_instance"),
    ("    why:", "    at: here\n    why:", "9:5", "'here' is no attribute"),
    ("    why:", "    mend: {here: 1}\n    why:", "9:12", "'here' is no attribute"),
    ("    why:", "    mend: {region: here}\n    why:", "9:12", "region is no attribute that a change could set"),
    ("    why:", "    see_also: [example.com]\n    why:", "9:16", "A URL that begins with https://"),
    ("    why:", "    why: a\n    why:", "10:5", "expected each key once, found 'why' again"),
    ("rules:\n", "rulez:\n", "1:1", "unknown word 'rulez'; did you mean 'rules'?"),
    ("rules:\n", "profiles: {}\nrules:\n", "1:1", "unknown word 'profiles'"),
    (GOOD, "", "1:1", "expected a map, found nothing"),
    (GOOD, "rules: []", "1:1", "expected at least 1 entry"),
    (GOOD, "rules: {a: b}", "1:1", "expected a list, found a map"),
    (GOOD, "just a text", "1:1", "expected a map, found 'just a text'"),
    (GOOD, "rules: [", "1:9", "expected"),
    (GOOD, "rules: &a [*a]", "1:", "expected"),
    (GOOD, "rules:\n  - " + "[" * 500, "2:", "deep"),
]


@pytest.mark.parametrize(("old", "new", "place", "words"), WRONG)
def test_what_is_wrong_is_said(old: str, new: str, place: str, words: str, tmp_path: Path) -> None:
    found = problems(GOOD.replace(old, new), tmp_path)
    assert any(each.startswith(f"acme.yaml:{place}") and words in each for each in found), found


def test_everything_is_said_at_once(tmp_path: Path) -> None:
    other = GOOD.removeprefix("rules:\n").replace("multi_az", "multiaz").replace("{address}", "{adress}")
    third = GOOD.removeprefix("rules:\n").replace("ACME001", "ACME002").replace("severity: warning", "severity: bad")
    found = problems(GOOD + other + third, tmp_path)
    assert [each.partition(": ")[0] for each in found] == [
        "acme.yaml:11:5",
        "acme.yaml:12:5",
        "acme.yaml:16:15",
        "acme.yaml:17:5",
        "acme.yaml:21:5",
        "acme.yaml:24:5",
    ]
    assert "expected another code, ACME001 is that of an earlier rule" in found[0]


def test_two_files_may_not_share_a_name(tmp_path: Path) -> None:
    for name in ("one.yaml", "two.yaml"):
        (tmp_path / name).write_text(GOOD)
    with pytest.raises(
        RulesetError, match=r"two\.yaml:2:5: expected another code, ACME001 is that of ACME001 acme-rule"
    ):
        own_rules(["one.yaml", "two.yaml"], tmp_path)
    assert len(own_rules(["one.yaml", "one.yaml"], tmp_path)) == 1


BOMB = "a: &a [x, x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"{name}: &{name} [{', '.join([f'*{before}'] * 10)}]\n" for before, name in zip("abcdefg", "bcdefgh", strict=True)
)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (GOOD.replace("Because", "B\xe9cause").encode("latin-1"), "UTF-8"),
        (b"\x00\x01\x02", "expected"),
        (BOMB.encode(), "aliases"),
        (b"x" * (11 * 1024 * 1024), "expected"),
        (GOOD.replace("true}", "!Ref x}").encode(), "unknown word 'Ref'"),
        (GOOD.replace("true}", "2020-01-01}").encode(), ""),
    ],
)
def test_what_is_no_ruleset_at_all(text: bytes, words: str, tmp_path: Path) -> None:
    found = problems(text, tmp_path)
    assert any(words in each for each in found) if words else found == []


@pytest.mark.parametrize("command", [["check", "."], ["explain", "HA101"], ["rules"]])
@pytest.mark.parametrize("path", ["absent.yaml", "."])
def test_a_path_that_is_no_file_is_an_error_of_usage(
    command: list[str], path: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main([*command, "--ruleset", path]) == ERROR
    assert "haanalyzer: " in capsys.readouterr().err


def test_a_users_rule_is_checked_explained_and_listed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "acme.yaml").write_text(GOOD)
    (tmp_path / "t.yaml").write_text("Resources: {It: {Type: AWS::RDS::DBInstance, Properties: {MultiAZ: false}}}")
    assert main(["check", "t.yaml", "--ruleset", "acme.yaml", "--color", "never"]) == 1
    assert "warning[ACME001] acme-rule: It is wrong" in capsys.readouterr().out
    assert main(["explain", "acme-rule", "--ruleset", "acme.yaml"]) == 0
    assert capsys.readouterr().out == textwrap.dedent("""\
        ACME001 acme-rule (warning)

        Something is wrong.

        Because it is so.

        How to mend

        Change it.
        """)
    assert main(["rules", "--ruleset", "acme.yaml"]) == 0
    assert "ACME001  acme-rule" in capsys.readouterr().out
