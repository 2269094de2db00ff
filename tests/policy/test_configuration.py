"""Where settings are written, how they are found, and what is said of what is wrong with them."""

from __future__ import annotations

import textwrap
from pathlib import Path

import pytest

from haanalyzer.finding import Severity
from haanalyzer.policy import Configuration, RulesetError, find_configuration, read_configuration
from haanalyzer.policy.selection import Selection

YAML = """
profile: production
profile_by_tag: {Environment: {Dev: default}}
rulesets: [acme.yaml]
rules:
  HA101: {severity: error, reason: promised}
select: [HA1, unreachable-target]
ignore: [HA102]
min_level: warning
fail_on: never
show: [undecided, passed]
baseline: known.json
exclude: [legacy/]
"""
TOML = """
[project]
name = "shop"

[tool.haanalyzer]
profile = "production"
profile_by_tag.Environment.Dev = "default"
rulesets = ["acme.yaml"]
select = ["HA1", "unreachable-target"]
ignore = ["HA102"]
min_level = "warning"
fail_on = "never"
show = ["undecided", "passed"]
baseline = "known.json"
exclude = ["legacy/"]

[tool.haanalyzer.rules.HA101]
severity = "error"
reason = "promised"
"""


def written(folder: Path, name: str, text: str) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    path.write_text(textwrap.dedent(text), "utf-8")
    return path


def fault_in(path: Path) -> str:
    with pytest.raises(RulesetError) as error:
        read_configuration(path)
    return str(error.value).removeprefix(f"{path.parent}/")


def test_both_files_say_the_same(tmp_path: Path) -> None:
    in_yaml = read_configuration(written(tmp_path, "haanalyzer.yaml", YAML))
    in_toml = read_configuration(written(tmp_path, "pyproject.toml", TOML))
    assert in_yaml == in_toml
    assert in_yaml == Configuration(
        profile="production",
        by_tag=("Environment", {"dev": "default"}),
        rulesets=(str(tmp_path / "acme.yaml"),),
        rules={"HA101": {"severity": "error", "reason": "promised"}},
        selection=Selection(("HA1", "unreachable-target"), ("HA102",)),
        min_level=Severity.WARNING,
        fail_on=None,
        show=frozenset({"undecided", "passed"}),
        baseline=tmp_path / "known.json",
        exclude=("legacy/",),
    )


def test_the_nearest_folder_counts_and_in_one_the_file_of_its_own(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir(parents=True)
    below = tmp_path / "stacks" / "shop"
    below.mkdir(parents=True)
    assert find_configuration(below) is None
    toml = written(tmp_path, "pyproject.toml", TOML)
    assert find_configuration(below) == toml
    yaml = written(tmp_path, "haanalyzer.yaml", "")
    assert find_configuration(below) == yaml
    nearer = written(tmp_path / "stacks", "pyproject.toml", "[tool.haanalyzer]\n")
    assert find_configuration(below) == nearer
    nearest = written(below, "haanalyzer.yaml", "")
    assert find_configuration(below) == nearest


def test_a_project_without_the_table_says_nothing(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    written(tmp_path, "pyproject.toml", "[project]\nname = 'x'\ndependencies = ['haanalyzer']\n")
    assert find_configuration(tmp_path) is None
    written(tmp_path, "pyproject.toml", "[tool.ruff\n")
    assert find_configuration(tmp_path) is None


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        (
            ["profil = 'x'"],
            "pyproject.toml:2:1: unknown word 'profil'; did you mean 'profile'? expected one of baseline",
        ),
        (["", "# profile", "profile = 3"], "pyproject.toml:4:1: expected a text, found '3'"),
        (["select = [", "  'HA1', # 7", "  7,", "]"], "pyproject.toml:2:1: expected a text, found '7'"),
        (["exclude = [", "  # not '#'", "  '#',", "]"], "pyproject.toml:4:4: expected a pattern as in .gitignore"),
        (["select = []"], "pyproject.toml:2:1: expected at least 1 entry"),
        (["min_level = 'loud'"], "pyproject.toml:2:1: expected one of note, warning, error; found 'loud'"),
        (["show = ['passed', 'faild']"], "pyproject.toml:2:20: expected one of undecided, passed; found 'faild'"),
        (["rules.HA101 = {severity = 'off'}"], "pyproject.toml:2:7: expected reason, too"),
        (["[tool.haanalyzer.rules.HA101]", "severity = 'off'"], "pyproject.toml:2:24: expected reason, too"),
        (["exclude = ['[']"], "pyproject.toml:2:13: expected a pattern as in .gitignore, found '['"),
        (["fail_on = error"], "pyproject.toml:2:11: expected TOML: "),
        (["fail_on = ["], "pyproject.toml:3:1: expected TOML: "),
        (["fail_on = 1979-05-27"], "pyproject.toml:2:1: expected one of note, warning, error, never"),
    ],
)
def test_what_is_wrong_in_toml_is_said_with_its_place(tmp_path: Path, lines: list[str], said: str) -> None:
    path = written(tmp_path, "pyproject.toml", "\n".join(["[tool.haanalyzer]", *lines, ""]))
    assert fault_in(path).startswith(said)


def test_a_place_in_a_long_file_is_found_soon(tmp_path: Path) -> None:
    others = "".join(f"[tool.other{n}]\ntext = '''\n[tool.haanalyzer]\nprofil = 1\n'''\n" for n in range(400))
    path = written(tmp_path, "pyproject.toml", f"{others}[tool.haanalyzer]\nprofil = 'x'\n")
    assert fault_in(path).startswith("pyproject.toml:2002:1: unknown word")


def test_a_file_of_toml_that_is_named_must_have_the_table(tmp_path: Path) -> None:
    assert "expected a table [tool.haanalyzer]" in fault_in(written(tmp_path, "settings.toml", "profile = 'x'\n"))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("select: [HA101, [x]]\n", "haanalyzer.yaml:1:17: expected a text, found a list"),
        ("fail_on: off\n", "haanalyzer.yaml:1:1: expected one of note, warning, error, never; found false"),
        ("exclude:\n  - legacy/\n  - '!'\n", "haanalyzer.yaml:3:5: expected a pattern as in .gitignore, found '!'"),
        ("profile_by_tag: {A: {}, B: {}}\n", "haanalyzer.yaml:1:1: expected no more than 1; found A and B"),
        ("min_levle: note\n", "haanalyzer.yaml:1:1: unknown word 'min_levle'; did you mean 'min_level'?"),
    ],
)
def test_what_is_wrong_in_yaml_is_said_with_its_place(tmp_path: Path, text: str, said: str) -> None:
    assert fault_in(written(tmp_path, "haanalyzer.yaml", text)).startswith(said)


def test_a_file_is_named_from_the_current_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = written(tmp_path, "haanalyzer.yaml", "profil: x\n")
    (tmp_path / "stacks").mkdir()
    monkeypatch.chdir(tmp_path / "stacks")
    assert fault_in(path).startswith("../haanalyzer.yaml:1:1: ")


@pytest.mark.parametrize("ruleset", ["/etc/passwd", "../other.yaml", "link.yaml"])
def test_a_ruleset_outside_of_the_repository_is_not_read(tmp_path: Path, ruleset: str) -> None:
    """A configuration comes with a checkout, and what is wrong with a ruleset is told with words of its own."""
    (tmp_path / "other.yaml").write_text("secret\n")
    (tmp_path / "project" / "live").mkdir(parents=True)
    path = tmp_path / "project" / "haanalyzer.yaml"
    (tmp_path / "project" / "link.yaml").symlink_to("../other.yaml")
    path.write_text(f"rulesets: [{ruleset}]\n")
    assert read_configuration(path).rulesets == (str(tmp_path / "project" / ruleset),)
    (tmp_path / "project" / ".git").mkdir()
    with pytest.raises(RulesetError) as raised:
        read_configuration(path)
    assert (
        f"haanalyzer.yaml:1:12: expected a file of this repository, or --ruleset for others, found '{ruleset}'"
        in str(raised.value)
    )
    below = tmp_path / "project" / "live" / "haanalyzer.yaml"
    below.write_text("rulesets: [../acme.yaml]\n")
    assert read_configuration(below).rulesets == (str(below.parent / "../acme.yaml"),)
