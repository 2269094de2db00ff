"""Our functions beside tfparse's, which evaluates with Terraform's own: ``python -m tests.peers.tfparse_functions``.

Needs ``pip install tfparse``. Calls are generated; ``--calls`` says how many of each function. Every difference is
printed that ``tfparse_functions.yaml`` does not explain; the exit code is 1 if there is one.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import tempfile
from collections import Counter
from pathlib import Path
from typing import Any

import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

sys.path.append(str(Path(__file__).parents[1] / "frontends" / "terraform"))

from calling import HERE, ask
from test_knowing_less import SIGNATURES, VARIADIC, arguments

from haanalyzer.frontends.terraform.evaluation.symbolic import EvaluationError, NotPlainError, plain, value_of
from haanalyzer.values import ListValue, Value

_EXPLAINED = Path(__file__).with_suffix(".yaml")
_AT_ONCE = 300


def calls_of(name: str, count: int) -> list[tuple[str, list[Value]]]:
    """Different calls of a function, as written and as values."""
    found: dict[str, list[Value]] = {}

    @settings(max_examples=count, derandomize=True, database=None, suppress_health_check=list(HealthCheck))
    @given(st.data())
    def collect(data: st.DataObject) -> None:
        values = [value_of(argument, HERE) for argument in data.draw(arguments(name))]
        found[f"{name}({', '.join(map(_written, values))})"] = values

    collect()
    return list(found.items())


def _written(value: Value) -> str:
    text = json.dumps(plain(value), ensure_ascii=False)
    return f"toset({text})" if isinstance(value, ListValue) and value.is_set else text


def their_answers(calls: list[str]) -> list[str | None]:
    """What tfparse evaluates each call to, in JSON; None for errors and what it leaves unknown."""
    from tfparse import load_from_path

    answers: list[str | None] = [None] * len(calls)
    with tempfile.TemporaryDirectory() as folder:
        text = "".join(f'resource "x" "r{at}" {{\n  v = jsonencode({call})\n}}\n' for at, call in enumerate(calls))
        (Path(folder) / "main.tf").write_text(text, encoding="utf-8")
        for resource in load_from_path(folder).get("x", []):
            answer = resource.get("v")
            answers[int(resource["__tfmeta"]["path"].removeprefix("x.r"))] = answer if isinstance(answer, str) else None
    return answers


def difference(name: str, values: list[Value], theirs: str | None) -> str | None:
    """How our answer differs; None where it does not."""
    try:
        ours = plain(ask(name, *values))
    except EvaluationError as error:
        return None if theirs is None else f"an error, {error}; theirs {theirs}"
    except NotPlainError:
        return f"unknown; theirs {theirs}"
    if theirs is None:
        return f"{ours!r}; theirs an error"
    return None if _rounded(ours) == _read(theirs) else f"{ours!r}; theirs {theirs}"


def _read(answer: str) -> Any:
    try:
        return _rounded(json.loads(answer))
    except ValueError:  # an infinite number, which JSON has not
        return answer


def _rounded(data: Any) -> Any:
    match data:
        case list():
            return [_rounded(item) for item in data]
        case dict():
            return {key: _rounded(entry) for key, entry in data.items()}
        case int() | float() if not isinstance(data, bool):
            return float(f"{data:.12g}")
    return data


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--calls", type=int, default=40)
    count = parser.parse_args().calls
    explained = [(re.compile(entry["call"]), entry["cause"]) for entry in yaml.safe_load(_EXPLAINED.read_text())]
    calls = [(name, *call) for name in sorted({*SIGNATURES, *VARIADIC}) for call in calls_of(name, count)]
    causes: Counter[str] = Counter()
    unexplained = 0
    for start in range(0, len(calls), _AT_ONCE):
        some = calls[start : start + _AT_ONCE]
        for (name, written, values), theirs in zip(some, their_answers([call[1] for call in some]), strict=True):
            found = difference(name, values, theirs)
            cause = next((cause for pattern, cause in explained if pattern.search(written)), None)
            if found is None:
                continue
            if cause is None:
                unexplained += 1
                print(f"{written}: {found}")
            else:
                causes[cause] += 1
    for cause, times in causes.most_common():
        print(f"{times:5} {cause}")
    print(f"{len(calls)} calls, {sum(causes.values())} differences explained, {unexplained} not")
    return 1 if unexplained else 0


if __name__ == "__main__":
    sys.exit(main())
