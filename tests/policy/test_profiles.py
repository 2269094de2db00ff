"""Profiles are what their schema says, and name rules that exist."""

from __future__ import annotations

import json

import jsonschema
import pytest
import yaml

from haanalyzer.finding import Severity
from haanalyzer.policy import ProfileError, load_profile, profile_names, rules
from haanalyzer.policy.folder import rulesets

TABLE = yaml.safe_load(rulesets().joinpath("profiles.yaml").read_text("utf-8"))
SCHEMA = json.loads(rulesets().joinpath("schema.json").read_text("utf-8"))


def test_the_table_keeps_its_schema() -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    jsonschema.Draft202012Validator(SCHEMA).validate(TABLE)


def test_the_schema_refuses_other_words() -> None:
    wrong = {"profiles": {"default": {"title": "x", "rules": {"HA101": {"severity": "fatal", "reason": "x"}}}}}
    assert not jsonschema.Draft202012Validator(SCHEMA).is_valid(wrong)


def test_every_rule_named_exists() -> None:
    named = {code for profile in TABLE["profiles"].values() for code in profile.get("rules", {})}
    assert named <= {rule.info.code for rule in rules()}


def test_the_five_profiles() -> None:
    assert profile_names() == ("default", "production", "critical", "disaster-recovery", "all")
    assert [rule.info.code for rule in load_profile("all").rules] == [rule.info.code for rule in rules()]


def test_a_profile_takes_over_what_it_extends() -> None:
    critical = load_profile("critical")
    assert critical.severities["HA101"] is Severity.ERROR
    assert critical.severities["HA201"] is Severity.ERROR
    assert "HA501" in critical.severities
    assert "HA501" not in load_profile("default").severities


def test_an_unknown_profile_is_refused_with_the_names_there_are() -> None:
    with pytest.raises(ProfileError, match="default, production"):
        load_profile("strict")
