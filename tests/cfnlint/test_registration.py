"""Every rule has its ids, and cfn-lint can take them."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

from haanalyzer.catalog.kinds import kinds
from haanalyzer.cfnlint.ids import LETTERS, NOT_READ, OTHER_RULE, id_of
from haanalyzer.cfnlint.registration import rule_classes
from haanalyzer.finding import Severity
from haanalyzer.policy import rules


def test_the_letter_is_the_weight_and_the_digits_are_the_codes() -> None:
    assert id_of("HA101", Severity.ERROR) == "E9101"
    assert id_of("HA101", Severity.WARNING) == "W9101"
    assert id_of("HA601", Severity.NOTE) == "I9601"
    assert id_of("ACME001", Severity.WARNING) == "WACME001"
    assert id_of("HAPPY001", Severity.ERROR) == "EHAPPY001"


def test_every_rule_about_cloudformation_is_there_under_each_weight() -> None:
    judged = {
        rule.info.code
        for rule in rules()
        if any("::" in type_ for kind in rule.info.kinds for type_ in kinds()[kind].types)
    }
    classes = rule_classes()
    assert {cls.code for cls in classes.values()} == judged | {NOT_READ, OTHER_RULE}
    assert set(Counter(cls.code for cls in classes.values()).values()) == {len(LETTERS)}
    assert all(re.fullmatch(r"[EWI]9\d{3}", id_) for id_ in classes)
    assert {NOT_READ, OTHER_RULE}.isdisjoint(rule.info.code for rule in rules())


def test_every_id_says_what_it_is() -> None:
    for id_, cls in rule_classes().items():
        one = cls()
        assert one.id == id_
        assert one.severity == {"E": "error", "W": "warning", "I": "informational"}[id_[0]]
        assert one.source_url.startswith("https://")
        assert one.shortdesc
        assert one.description
        assert "\n" not in one.description
        assert "haanalyzer" in one.tags
        for name, parameter in one.config_definition.items():
            assert parameter["type"] in ("boolean", "integer", "string"), (id_, name)


def test_a_parameter_is_announced_with_its_default() -> None:
    classes = rule_classes()
    assert classes["W9103"].config_definition == {"fewest_zones": {"type": "integer", "default": 3}}
    assert classes["I9301"].config_definition == {"share": {"type": "string", "default": 0.5}}
    assert classes["E9101"].config_definition == {"lone_subnets": {"type": "boolean", "default": True}}


def test_a_rule_of_the_current_folders_configuration_is_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "haanalyzer.yaml").write_text("rulesets: [acme.yaml]\n")
    (tmp_path / "acme.yaml").write_text(OWN_RULE)
    monkeypatch.chdir(tmp_path)
    assert {"EACME001", "WACME001", "IACME001"} < rule_classes().keys()


def test_a_configuration_that_cannot_be_read_costs_no_built_in_rule(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    every = rule_classes().keys()
    (tmp_path / "haanalyzer.yaml").write_text("rulesets: [nowhere.yaml]\n")
    monkeypatch.chdir(tmp_path)
    assert rule_classes().keys() == every


OWN_RULE = """\
rules:
  - code: ACME001
    slug: unowned-database
    title: A database says nobody to call
    kinds: [db_instance]
    severity: warning
    require: {attribute: tags.Owner, is: present}
    message: "{address} has no owner"
    why: At night somebody has to know whom to call.
    how_to_mend: Give it a tag Owner.
"""
