"""JSON as Go reads and writes it."""

from __future__ import annotations

import json
import re
from typing import Any

from haanalyzer.frontends.terraform.evaluation.scalars import number_text
from haanalyzer.frontends.terraform.evaluation.symbolic import EvaluationError

_ESCAPED = {"<": r"\u003c", ">": r"\u003e", "&": r"\u0026", "\u2028": r"\u2028", "\u2029": r"\u2029"}


def encode(data: Any) -> str:
    """One line without blanks: keys in their order, numbers without exponents, what means something in HTML escaped."""
    match data:
        case dict():
            return "{" + ",".join(f"{encode(key)}:{encode(data[key])}" for key in sorted(data)) + "}"
        case list():
            return "[" + ",".join(map(encode, data)) + "]"
        case float():
            return number_text(data)
    encoded = json.dumps(data, ensure_ascii=False)
    return re.sub("[<>&\u2028\u2029]", lambda match: _ESCAPED[match.group()], encoded)


def decode(encoded: str) -> Any:
    """The data a text stands for. Raises `EvaluationError` or ValueError for what is no JSON."""
    return json.loads(encoded, parse_constant=_no_number)


def _no_number(word: str) -> float:
    raise EvaluationError(f"{word} is no JSON")
