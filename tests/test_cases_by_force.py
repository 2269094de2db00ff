"""What is said without knowing what is passed holds whatever is passed: every combination is analyzed.

``HAANALYZER_FUZZ=3000`` runs so many generated templates instead of a few.
"""

from __future__ import annotations

import os
import re
import tempfile
from collections.abc import Iterator, Mapping, Set
from pathlib import Path

from hypothesis import HealthCheck, given, settings

from haanalyzer.engine import analyze
from haanalyzer.finding import Verdict
from haanalyzer.frontends.deployment import Inputs
from haanalyzer.policy import Standards, load_profile
from tests.conditional_roots import conditional_roots
from tests.conditional_templates import Conditional, Passed, conditional_templates

MANY = int(os.environ.get("HAANALYZER_FUZZ", "0"))
EVERYTHING = load_profile("all")
Key = tuple[str, str, str]
"""The rule's code, the subject and its part."""
Said = Mapping[Key, list[Verdict]]
_IS = re.compile(r'(\S+) is (not )?(?:"(?P<text>.*)"|(?P<other>\S+))')

force = settings(
    max_examples=MANY or 25, derandomize=not MANY, deadline=None, database=None, suppress_health_check=list(HealthCheck)
)


def said(files: Mapping[str, str], *, every_case: bool = False) -> Said:
    """What is said of files, with nothing passed."""
    with tempfile.TemporaryDirectory() as name:
        for path, text in files.items():
            (Path(name) / path).parent.mkdir(exist_ok=True)
            (Path(name) / path).write_text(text)
        root = "main.yaml" if "main.yaml" in files else "."
        report = analyze([root], Path(name), Inputs(), Standards(EVERYTHING, every_case=every_case))
    assert not [each.message for each in report.diagnostics if each.is_error]
    found: dict[Key, list[Verdict]] = {}
    for one in report.judgements:
        found.setdefault((one.rule.code, *one.verdict.key), []).append(one.verdict)
    return found


def is_case(words: str, passed: Passed) -> bool:
    """Whether the words of a case are true of what is passed."""
    return any(all(_is_so(part, passed) for part in each.split(" and ")) for each in words.split(" or "))


def _is_so(words: str, passed: Passed) -> bool:
    match = _IS.fullmatch(words.replace("var.", ""))
    assert match, words
    other = match["text"] if match["other"] is None else passed.get(match["other"], match["other"])
    return (passed[match[1]] == other) is (match[2] is None)


class Force:
    """All that can be deployed, and what is said of each."""

    def __init__(self, drawn: Conditional) -> None:
        self._drawn = drawn
        self._each = [(passed, said(files)) for passed, files in drawn.combinations]

    def assert_true(self, *, every_case: bool) -> None:
        """What is said with nothing passed is so wherever the defaults are that it rests on."""
        assumed = self._drawn.defaults.keys() - (self._drawn.in_conditions if every_case else frozenset())
        for key, verdicts in said(self._drawn.files, every_case=every_case).items():
            for verdict in verdicts:
                if verdict.outcome == "pass":
                    self._assert_passes(key, assumed)
                elif verdict.outcome == "fail":
                    self._assert_fails(key, verdict, assumed, every_case=every_case)
                for failure in verdict.failures:
                    self._assert_fails(key, failure, assumed, every_case=True)

    def _assert_passes(self, key: Key, assumed: Set[str]) -> None:
        for passed, found in self._where(assumed):
            assert _outcomes(found, key) <= {"pass", "absent"}, f"{key} passes, and not with {passed}"

    def _assert_fails(self, key: Key, verdict: Verdict, assumed: Set[str], *, every_case: bool) -> None:
        """A failure is one in the case that it names; where no other case counts, its subject is not there in them."""
        if "… #" in verdict.when:
            return  # a condition that is too large to be told
        where = list(self._where(assumed))
        within = [(passed, found) for passed, found in where if not verdict.when or is_case(verdict.when, passed)]
        for passed, found in within:
            outcomes = _outcomes(found, key)
            allowed = {"fail"} if verdict.when and self._drawn.is_template else {"fail", "absent"}
            assert outcomes <= allowed, f"{key} fails when {verdict.when or 'it is there'}: {outcomes} with {passed}"
        assert not within or any("fail" in _outcomes(found, key) for _, found in within), f"{key} fails nowhere"
        for passed, found in where if verdict.when and not every_case else ():
            outcomes = {"absent"} if is_case(verdict.when, passed) else _outcomes(found, key)
            assert outcomes == {"absent"}, f"{key} fails not only when {verdict.when}: {outcomes} with {passed}"

    def _where(self, assumed: Set[str]) -> Iterator[tuple[Passed, Said]]:
        defaults = self._drawn.defaults
        return (
            (passed, found) for passed, found in self._each if all(passed[name] == defaults[name] for name in assumed)
        )


def _outcomes(found: Said, key: Key) -> set[str]:
    return {one.outcome for one in found.get(key, [])} or {"absent"}


def assert_true(drawn: Conditional) -> None:
    if drawn.combinations:
        force = Force(drawn)
        force.assert_true(every_case=False)
        force.assert_true(every_case=True)


@force
@given(conditional_templates())
def test_what_is_said_of_a_template_holds_whatever_is_passed(drawn: Conditional) -> None:
    assert_true(drawn)


@force
@given(conditional_roots())
def test_what_is_said_of_a_root_holds_whatever_is_passed(drawn: Conditional) -> None:
    assert_true(drawn)
