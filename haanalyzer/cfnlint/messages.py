"""What a match says: a sentence that holds its evidence, for cfn-lint shows nothing else."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from haanalyzer.finding import Step
from haanalyzer.report.words import harmless, one_line
from haanalyzer.results import Judgement
from haanalyzer.source.span import Span
from haanalyzer.values import Assumption

MOST_STEPS = 6
"""How many steps of a chain are told; `check` shows all."""

Line = Callable[[Span], int | None]


def message_of(judgement: Judgement, template: str, line: Line) -> str:
    """One line: the rule, what it found, why, and what it assumes.

    Places in the template are told by their ``line`` (None where that is not known), others by their file as well.
    """
    rule, verdict = judgement.rule, judgement.verdict
    return one_line("; ".join((f"{rule.code} {rule.slug}: {verdict.message}", *_reasons(judgement, template, line))))


def _reasons(judgement: Judgement, template: str, line: Line) -> Iterator[str]:
    verdict = judgement.verdict
    if verdict.at.path != template:
        yield f"found at {harmless(str(verdict.at))}"
    steps = [_step(step, position(step.place, template, line)) for step in verdict.evidence[:MOST_STEPS]]
    if untold := len(verdict.evidence) - len(steps):
        steps.append(f"and {untold} more")
    if steps:
        yield f"because {', '.join(steps)}"
    assumed = sorted(verdict.assuming, key=lambda one: (one.place, one.name, one.value))
    if assumed:
        yield f"assuming {', '.join(_assumption(one, position(one.place, template, line)) for one in assumed)}"


def _step(step: Step, at: str) -> str:
    return f"{step.text} ({at})" if at else step.text


def _assumption(assumption: Assumption, at: str) -> str:
    return f"{assumption}, {at}" if at else str(assumption)


def position(place: Span, template: str, line: Line) -> str:
    """``line 12``, or ``network.yaml:12`` in another file; empty where it is not known."""
    if place.path != template:
        return harmless(str(place))
    number = line(place)
    return f"line {number}" if number else ""
