"""Which rules run: chosen by name in place of the profile's choice, and taken away from it."""

from __future__ import annotations

import pytest

from haanalyzer.finding import Severity
from haanalyzer.policy import Configuration, load_profile, rules, standards
from haanalyzer.policy.selection import Selection

DEFAULT = frozenset(load_profile("default").severities)
EVERY = frozenset(rule.info.code for rule in rules())


def codes(*, passed: Selection | None = None, **written: object) -> frozenset[str]:
    configuration = Configuration(**written)
    chosen = standards(configuration, passed=passed) if passed else standards(configuration)
    return frozenset(chosen.severities)


def beginning(*letters: str) -> frozenset[str]:
    return frozenset(code for code in EVERY if code.startswith(letters))


def test_without_words_the_profile_chooses() -> None:
    assert codes() == DEFAULT


@pytest.mark.parametrize(
    ("words", "chosen"),
    [
        (("HA101",), {"HA101"}),
        (("ha101", "unreachable-target"), {"HA101", "HA204"}),
        (("HA1",), beginning("HA1")),
        (("HA1", "HA20"), beginning("HA1", "HA20")),
        (("*",), EVERY),
        (("HA?01",), {code for code in EVERY if code.endswith("01")}),
        (("single-zone-*",), {rule.info.code for rule in rules() if rule.info.slug.startswith("single-zone-")}),
    ],
)
def test_selected_rules_take_the_place_of_the_profiles(words: tuple[str, ...], chosen: set[str]) -> None:
    assert codes(passed=Selection(words)) == chosen
    assert codes(selection=Selection(words)) == chosen


def test_ignored_rules_are_taken_away() -> None:
    assert codes(passed=Selection(ignore=("HA1", "unreachable-*"))) == DEFAULT - beginning("HA1") - {"HA204", "HA205"}


@pytest.mark.parametrize(
    ("select", "ignore", "chosen"),
    [
        (("HA1",), ("HA101",), beginning("HA1") - {"HA101"}),
        (("HA101",), ("HA1",), {"HA101"}),
        (("HA10",), ("HA1",), beginning("HA10")),
        (("HA101",), ("single-zone-tier",), set()),
    ],
)
def test_the_narrower_word_counts(select: tuple[str, ...], ignore: tuple[str, ...], chosen: set[str]) -> None:
    assert codes(passed=Selection(select, ignore)) == chosen


def test_what_is_passed_takes_precedence_over_what_is_written() -> None:
    written = Selection(("HA1",), ("HA102",))
    assert codes(selection=written, passed=Selection(("HA102",))) == {"HA102"}
    assert codes(selection=written, passed=Selection(ignore=("HA1",))) == set()
    assert codes(selection=written, passed=Selection(ignore=("HA103",))) == beginning("HA1") - {"HA102", "HA103"}


def test_what_the_file_ignores_weighs_as_the_profile_says_when_it_is_passed() -> None:
    configuration = Configuration(profile="production", selection=Selection(("HA2",), ("HA101",)))
    chosen = standards(configuration, passed=Selection(("HA101",)))
    assert chosen.severities == {"HA101": load_profile("production").severities["HA101"]}
    assert chosen.severities != {"HA101": next(iter(rules())).info.severity}


def test_a_rule_that_is_off_is_selected_by_its_own_name_only() -> None:
    rows = {"HA101": {"severity": "off", "reason": "one zone"}}
    assert "HA101" not in codes(rules=rows, passed=Selection(("HA1",)))
    assert "HA101" in codes(rules=rows, passed=Selection(("HA101",)))
    assert "HA101" in codes(rules=rows, passed=Selection(("single-zone-tier",)))


def test_the_profile_weighs_what_it_has_and_other_rules_weigh_their_own() -> None:
    chosen = standards(Configuration(profile="production"), passed=Selection(("HA101", "HA501")))
    production, own = load_profile("production"), {rule.info.code: rule.info.severity for rule in rules()}
    assert "HA501" not in production.severities
    assert own["HA101"] is not Severity.ERROR
    assert chosen.severities == {"HA101": Severity.ERROR, "HA501": own["HA501"]}
    assert chosen.profile.rules[0].parameters["lone_subnets"] is True


def test_every_profile_that_a_tag_chooses_gets_the_same_choice() -> None:
    chosen = standards(Configuration(by_tag=("Environment", {"prod": "production"})), passed=Selection(("HA401",)))
    assert [sorted(profile.severities) for profile in chosen.profiles] == [["HA401"], ["HA401"]]
