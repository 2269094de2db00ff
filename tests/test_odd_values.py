"""Values of another kind than AWS takes, such as a list for a text, break no rule."""

from __future__ import annotations

import random
import tempfile
from pathlib import Path

import pytest

from haanalyzer.policy import rules
from tests.fixtures import TESTDATA, Fixture
from tests.test_law import literals_in

ODD = {
    ".tf": ["[]", "{}", '""', "-1", "null", "[[]]", "{ a = [] }", '"*"', "1e309", "var.nowhere"],
    ".yaml": ["[]", "{}", '""', "-1", "null", "[[]]", "{a: []}", '"*"', "!Ref AWS::NoValue", "!Ref Nowhere"],
}


@pytest.mark.parametrize("slug", [rule.info.slug for rule in rules()])
@pytest.mark.parametrize("ending", [".tf", ".yaml"])
def test_odd_values_break_no_rule(slug: str, ending: str) -> None:
    fixture = Fixture(TESTDATA / "rules" / slug / f"bad{ending}")
    chance = random.Random(slug)
    for literal in literals_in(fixture.texts):
        texts = dict(fixture.texts)
        text = texts[literal.path]
        texts[literal.path] = text[: literal.start] + chance.choice(ODD[ending]) + text[literal.end :]
        with tempfile.TemporaryDirectory() as folder:
            report = fixture.analyze_in(Path(folder) / "project", texts)
        assert [str(each) for each in report.diagnostics if each.code == "internal-error"] == []
