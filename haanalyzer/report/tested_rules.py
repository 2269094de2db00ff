"""The outcome of `haanalyzer test`: each rule with its fixtures, and what surprised."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from haanalyzer.finding import RuleInfo
from haanalyzer.fixtures import Fixture

Tested = Sequence[tuple[RuleInfo, Path, Sequence[tuple[Fixture, Sequence[str]]]]]
"""Each rule, the folder of its fixtures, and these with what is not as announced."""


def tested_rules(tested: Tested) -> str:
    """Lines for people; the last one counts."""
    return "\n".join((*_lines(tested), _summary(tested))) + "\n"


def _lines(tested: Tested) -> Iterator[str]:
    for info, folder, results in tested:
        yield f"{info.code} {info.slug}"
        if not results:
            yield f"  no fixture in {folder}"
        for fixture, surprises in results:
            yield f"  {'not as announced' if surprises else 'ok'}: {fixture.path.name}"
            yield from (f"    {each}" for each in surprises)


def _summary(tested: Tested) -> str:
    outcomes = [bool(surprises) for _, _, results in tested for _, surprises in results]
    bare = sum(not results for _, _, results in tested)
    parts = [
        f"{_number(len(tested), 'rule')}, {_number(len(outcomes), 'fixture')}",
        f"{sum(outcomes)} not as announced" if any(outcomes) else "",
        f"{_number(bare, 'rule')} without any fixture" if bare else "",
    ]
    return "; ".join(filter(None, parts))


def _number(count: int, noun: str) -> str:
    return f"{count} {noun}{'' if count == 1 else 's'}"
