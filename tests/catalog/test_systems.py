"""Systems and peers' checks: what they name is there, and what is there is named."""

from __future__ import annotations

from haanalyzer.catalog.kinds import kinds
from haanalyzer.catalog.peers import checks_like, peer_checks
from haanalyzer.catalog.systems import systems
from haanalyzer.policy import load_profile

RULES = [rule.info for rule in load_profile("all").rules]


def test_systems_name_kinds_that_there_are() -> None:
    assert {kind for modelled in systems().values() for kind in modelled} <= kinds().keys()


def test_every_kind_belongs_to_a_system() -> None:
    assert kinds().keys() <= {kind for modelled in systems().values() for kind in modelled}


def test_rules_name_systems_and_checks_that_there_are() -> None:
    assert {name for rule in RULES for name in rule.systems} <= systems().keys()
    assert {name for rule in RULES for name in rule.like} <= peer_checks().keys()
    assert [rule.code for rule in RULES if not rule.systems] == []


def test_a_peers_check_is_found_by_its_name() -> None:
    for name in ("CKV_AWS_157", "ckv_aws_157", "checkov:CKV_AWS_157", "RDS.5", "rds-multi-az"):
        assert [check.name for check in checks_like(name)] == ["rds-multi-az"]
    assert checks_like("CKV_AWS_15") == []
