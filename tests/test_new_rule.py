"""The scaffold makes what a rule needs, and leaves the tests to say what is still to be written."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from haanalyzer.policy.declared.reader import schema
from haanalyzer.policy.declared.shape import wrong_in_shape
from tests import new_rule


def test_a_module_and_its_fixtures(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(new_rule, "ROOT", tmp_path)
    (tmp_path / "haanalyzer" / "rules").mkdir(parents=True)
    assert new_rule.main(["queue-too-short", "HA699", "subnet"]) == 0
    module = (tmp_path / "haanalyzer" / "rules" / "queue_too_short.py").read_text()
    compile(module, "queue_too_short.py", "exec")
    assert "def queue_too_short(resource" in module
    fixtures = {path.name for path in (tmp_path / "testdata" / "rules" / "queue-too-short").iterdir()}
    assert fixtures == {f"{name}.{ending}" for name in ("bad", "good", "undecided") for ending in ("yaml", "tf")}


def test_an_entry_joins_those_of_its_ruleset(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(new_rule, "ROOT", tmp_path)
    (tmp_path / "rulesets").mkdir()
    (tmp_path / "rulesets" / "network.yaml").write_text("rules:\n  - code: HA698\n")
    assert new_rule.main(["queue-too-short", "HA699", "subnet", "--declared", "network"]) == 0
    text = (tmp_path / "rulesets" / "network.yaml").read_text()
    assert text.startswith("rules:\n  - code: HA698\n\n  - code: HA699\n    slug: queue-too-short\n")
    added = yaml.safe_load(text)["rules"][1]
    assert wrong_in_shape({"rules": [added]}, schema()) == []


def test_what_is_there_is_left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(new_rule, "ROOT", tmp_path)
    (tmp_path / "testdata" / "rules" / "queue-too-short").mkdir(parents=True)
    with pytest.raises(SystemExit):
        new_rule.main(["queue-too-short", "HA699", "subnet"])
