"""What runs, and how much it weighs: haanalyzer's configuration, and cfn-lint's over it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cfnlint.conftest import DATABASE, Lint, ids
from tests.cfnlint.test_registration import OWN_RULE

CONFIGURATION = Path("haanalyzer.yaml")
IGNORED_BY_RESOURCE = DATABASE + "    Metadata: {cfn-lint: {config: {ignore_checks: [W9408]}}}\n"
IGNORED_BY_TEMPLATE = DATABASE + "Metadata: {cfn-lint: {config: {ignore_checks: [W94]}}}\n"
AURORA = (
    DATABASE.replace("postgres", "aurora-postgresql").replace("DBInstance", "DBCluster").replace("Delete", "Retain")
)


def test_the_default_profile_runs_where_nothing_is_configured(lint: Lint) -> None:
    assert ids(lint(DATABASE)) == ["W9408"]


def test_the_profile_of_the_configuration_says_what_runs_and_what_it_weighs(lint: Lint) -> None:
    CONFIGURATION.write_text("profile: production\n")
    found = ids(lint(DATABASE))
    assert "E9408" in found
    assert "W9408" not in found
    assert "E9401" in found


def test_the_configuration_nearest_to_the_template_holds(lint: Lint) -> None:
    CONFIGURATION.write_text("rules: {HA408: {severity: 'off', reason: a toy}}\n")
    Path("orders").mkdir()
    Path("orders/haanalyzer.yaml").write_text("rules: {HA408: {severity: error, reason: no toy}}\n")
    assert ids(lint(DATABASE)) == []
    assert ids(lint(DATABASE, name="orders/template.yaml")) == ["E9408"]


def test_notes_are_shown_when_asked_for(lint: Lint) -> None:
    CONFIGURATION.write_text("rules: {HA408: {severity: note, reason: of no weight}}\n")
    assert ids(lint(DATABASE)) == []
    assert "I9408" in ids(lint(DATABASE, "-c", "I"))
    assert "I9408" in ids(lint(DATABASE, "-c", "I9408"))


def test_asking_for_all_notes_turns_no_rule_on(lint: Lint) -> None:
    assert not any("9401" in id_ for id_ in ids(lint(DATABASE, "-c", "I")))


@pytest.mark.parametrize("named", ["I9401", "I94", "I9"])
def test_a_rule_outside_of_the_profile_runs_when_it_is_named(lint: Lint, named: str) -> None:
    assert {"I9401", "W9408"} <= set(ids(lint(DATABASE, "-c", named)))


@pytest.mark.parametrize("letter", ["I", "W", "E"])
def test_it_weighs_what_it_is_named_as(lint: Lint, letter: str) -> None:
    assert f"{letter}9401" in ids(lint(DATABASE, "-c", f"{letter}9401"))


def test_of_several_names_the_weightiest_counts(lint: Lint) -> None:
    assert [id_ for id_ in ids(lint(DATABASE, "-c", "I9401", "E9401")) if id_.endswith("9401")] == ["E9401"]


def test_naming_a_rule_of_the_profile_changes_nothing(lint: Lint) -> None:
    assert ids(lint(DATABASE, "-c", "E9408")) == ["W9408"]


def test_a_rule_that_is_given_parameters_runs_with_them(lint: Lint) -> None:
    two = "-x", "W9103:fewest_zones=2"
    assert ids(lint(AURORA, "--regions", "us-west-1")) == ["W9103"]
    assert ids(lint(AURORA, *two, "--regions", "us-west-1")) == []
    backups = DATABASE.replace("{Engine: postgres}", "{Engine: postgres, BackupRetentionPeriod: 6}")
    assert "E9406" not in ids(lint(backups))
    assert "E9406" in ids(lint(backups, "-x", "E9406:fewest_days=7"))


def test_a_parameter_may_be_given_in_the_template(lint: Lint) -> None:
    template = AURORA + "Metadata: {cfn-lint: {config: {configure_rules: {E9103: {fewest_zones: 2}}}}}\n"
    assert ids(lint(template, "--regions", "us-west-1")) == []


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ("W9103:zones=2", "HA103 has no parameter 'zones'; expected one of fewest_zones"),
        ("W9103:fewest_zones=two", "HA103 fewest_zones: expected a number, as its default 3 is; found 'two'"),
        ("W9103:fewest_zones=true", "HA103 fewest_zones: expected a number, as its default 3 is; found True"),
        ("I9301:share=[", "HA301 share: expected a number, as its default 0.5 is; found '['"),
        ("W9101:lone_subnets=1", "HA101 lone_subnets: expected true or false, as its default False is; found 1"),
    ],
)
def test_parameters_that_cannot_be_taken_are_said_once(lint: Lint, given: str, said: str) -> None:
    (match,) = lint(DATABASE, "-x", given)
    assert match.rule.id == "E9000"
    assert match.message == said


def test_a_share_is_given_as_text(lint: Lint) -> None:
    assert "E9000" not in ids(lint(DATABASE, "-x", "I9301:share=0.75"))


@pytest.mark.parametrize("template", [IGNORED_BY_TEMPLATE, IGNORED_BY_RESOURCE], ids=["template", "resource"])
def test_what_cfn_lint_is_told_to_ignore_is_ignored(lint: Lint, template: str) -> None:
    assert ids(lint(template)) == []
    assert ids(lint(template, "-m", "W9408")) == ["W9408"]


def test_a_prefix_is_ignored(lint: Lint) -> None:
    assert ids(lint(DATABASE, "-i", "W9")) == []


def test_what_we_are_told_to_ignore_is_ignored(lint: Lint) -> None:
    comment = DATABASE.replace("Delete", "Delete # haanalyzer: ignore[HA408] a toy")
    metadata = DATABASE + "    Metadata: {haanalyzer: {ignore: [HA408], reason: a toy}}\n"
    assert ids(lint(comment)) == []
    assert ids(lint(metadata)) == []


def test_a_configuration_that_cannot_be_read_is_said_once(lint: Lint) -> None:
    CONFIGURATION.write_text("profile: none\n")
    (match,) = lint(DATABASE)
    assert match.rule.id == "E9000"
    assert "no profile is named 'none'" in match.message


def test_a_rule_of_ones_own_has_its_whole_code(lint: Lint) -> None:
    Path("acme.yaml").write_text(OWN_RULE)
    CONFIGURATION.write_text("rulesets: [acme.yaml]\n")
    found = lint(DATABASE)
    assert ids(found) == ["W9408", "WACME001"]
    assert ids(lint(DATABASE, "-i", "WACME")) == ["W9408"]
    assert [match.message for match in found if match.rule.id == "WACME001"] == [
        "ACME001 unowned-database: Orders has no owner"
    ]


def test_a_rule_that_was_not_known_at_the_start_is_still_heard(lint: Lint) -> None:
    Path("orders").mkdir()
    Path("orders/acme.yaml").write_text(OWN_RULE)
    Path("orders/haanalyzer.yaml").write_text("rulesets: [acme.yaml]\n")
    found = lint(DATABASE, name="orders/template.yaml")
    assert ids(found) == ["W9408", "W9999"]
    assert [match.message for match in found if match.rule.id == "W9999"] == [
        "ACME001 unowned-database: Orders has no owner"
    ]
