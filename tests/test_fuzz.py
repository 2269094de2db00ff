"""Whatever a root or a template holds, there is a report: no traceback, no internal error, no hang; and the law holds.

``HAANALYZER_FUZZ=20000`` runs so many generated ones instead of a few.
"""

from __future__ import annotations

import os
import re
import tempfile
from pathlib import Path
from time import process_time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from haanalyzer.engine import analyze
from haanalyzer.frontends.deployment import Inputs
from haanalyzer.policy import load_profile
from haanalyzer.report import FORMATS, RenderOptions
from haanalyzer.results import Report
from tests.fixtures import fixtures
from tests.generated_roots import roots
from tests.generated_templates import mutated, templates
from tests.test_law import assert_unsettled_only, literals_in, outcomes, with_unknowns

MANY = int(os.environ.get("HAANALYZER_FUZZ", "0"))
SECONDS = 10.0
TEMPLATES = sorted({text for each in fixtures() for path, text in each.texts.items() if path.endswith(".yaml")})
_KEY = re.compile(r'\["(?:[^"\\]|\\.)*"\]|\[[^]"]*\]')

fuzz = settings(
    max_examples=MANY or 15,
    derandomize=not MANY,
    deadline=None,
    database=None,
    suppress_health_check=list(HealthCheck),
)


def analyzed(files: dict[str, str]) -> Report:
    with tempfile.TemporaryDirectory() as folder:
        for name, text in files.items():
            path = Path(folder) / name
            path.parent.mkdir(exist_ok=True)
            path.write_text(text, "utf-8")
        return analyze(["."], Path(folder), Inputs(), load_profile("all"))


def by_block(report: Report) -> dict[tuple[str, str], set[str]]:
    """The outcomes by rule and address without keys: an instance whose key becomes unknown has another address."""
    found: dict[tuple[str, str], set[str]] = {}
    for (code, subject), each in outcomes(report).items():
        found.setdefault((code, _KEY.sub("", subject)), set()).update(each)
    return found


def assert_no_fault(report: Report) -> None:
    assert not [each.message for each in report.diagnostics if each.code == "internal-error"]
    for format_ in ("text", "sarif"):
        assert FORMATS[format_](report, RenderOptions())


@fuzz
@given(roots())
def test_every_root_is_reported_on(files: dict[str, str]) -> None:
    started = process_time()
    assert_no_fault(analyzed(files))
    assert process_time() - started < SECONDS


@fuzz
@given(templates())
def test_every_template_is_reported_on(files: dict[str, str]) -> None:
    started = process_time()
    assert_no_fault(analyzed(files))
    assert process_time() - started < SECONDS


@fuzz
@given(mutated(TEMPLATES))
def test_every_broken_template_is_reported_on(text: str) -> None:
    started = process_time()
    assert_no_fault(analyzed({"main.yaml": text}))
    assert process_time() - started < SECONDS


@pytest.mark.parametrize("generated", [roots(), templates()], ids=["roots", "templates"])
@fuzz
@given(data=st.data())
def test_unknowns_decide_nothing(generated: st.SearchStrategy[dict[str, str]], data: st.DataObject) -> None:
    files = data.draw(generated)
    found = literals_in({name: text for name, text in files.items() if not name.endswith(".tfvars")})
    if not found:
        return
    chosen = data.draw(st.lists(st.sampled_from(found), min_size=1, max_size=4, unique=True))
    before, after = analyzed(files), analyzed(with_unknowns(files, chosen))
    assert_no_fault(after)
    assert_unsettled_only(by_block(before), by_block(after), str(chosen))
