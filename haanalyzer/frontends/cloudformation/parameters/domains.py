"""What a parameter may be: what its declaration allows.

https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/parameters-section-structure.html
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from math import ceil, isfinite
from typing import NamedTuple

from haanalyzer.frontends.cloudformation.evaluation.symbolic import NOT, equation, text_of_scalar
from haanalyzer.frontends.cloudformation.parameters.types import is_list, is_looked_up, type_of, type_of_elements
from haanalyzer.frontends.tree.nodes import ListNode, MapNode, Node, ScalarNode, name_of, text_of
from haanalyzer.values import Known, Term, Value, walk
from haanalyzer.values.logic import negation

_LONGEST, _LONGEST_FOR_SLOW = 500, 8
# A group that is repeated, more than two long repetitions, or many short ones may take long to fail.
_SLOW = r"\)(?:[*+]|\{\d+,|\{[4-9]|\{\d\d)|(?:(?:[*+]|\{\d+,(?:\d\d+)?\}).*){3}|(?:(?:\?|\{\d+,\d\}).*){8}"
# Operations on classes, classes in classes, quotations, octal numbers, other names, what only one of both knows.
_NOT_PYTHON = r"&&|--|~~|\|\||\[\^?\]?(?:\\.|[^\]\\])*\[|\\[QEGhHRXZzpPv0]"


class Domain(NamedTuple):
    """What a parameter may be, or ``of_elements`` each one of a list: one of ``texts`` where these are not None.

    ``spelled`` are the same as they are written: ``yes`` for the text ``true``. It matches ``pattern``, and is between
    ``least`` and ``most`` if it is a number, from ``shortest`` to ``longest`` characters if it is a text.
    """

    texts: tuple[str, ...] | None = None
    spelled: frozenset[str] = frozenset()
    pattern: str | None = None
    least: float | None = None
    most: float | None = None
    shortest: float | None = None
    longest: float | None = None
    is_number: bool = False
    of_elements: bool = False

    def allows(self, text: str) -> bool:
        """Whether it may be this text. A pattern that may take too long, or that is none here, allows everything."""
        number = _number(text) if self.is_number else None
        if self.texts is not None and text not in self.texts and text not in self.spelled:
            return number is not None and any(number == _number(other) for other in self.texts)
        if self.is_number:
            return number is not None and _is_between(self.least, number, self.most)
        return _is_between(self.shortest, len(text), self.longest) and _matches(self.pattern, text)

    def allows_all(self, value: Value) -> bool:
        """Whether a parameter may be this value, as far as it is known."""
        return all(self.allows(text_of_scalar(part.data)) for part in walk(value) if isinstance(part, Known))

    def among(self, texts: Sequence[str]) -> Domain:
        """The same, where it is one of these texts besides."""
        left = tuple(text for text in dict.fromkeys(texts) if self.allows(text))
        return self._replace(texts=left, spelled=frozenset())

    def equation(self, term: Term, text: str) -> Term:
        """The condition that a term, which is so, is a text: of two texts, that it is the second is no other one."""
        if self.texts is not None and len(self.texts) == 2 and text == self.texts[1]:
            return negation(equation(term, self.texts[0]), NOT)
        return equation(term, text)

    @property
    def minimum(self) -> int | None:
        """What it is at least, where it is surely a whole number or a larger one; None when nothing says so."""
        numbers = [_number(text) for text in self.texts or ()]
        bounds = [self.least] if self.is_number and self.least is not None else []
        if numbers and None not in numbers:
            bounds.append(min(number for number in numbers if number is not None))
        return ceil(max(bounds)) if bounds and all(bound == ceil(bound) for bound in bounds) else None

    def __str__(self) -> str:
        """What is allowed, for people."""
        if self.texts is not None:
            return " or ".join(self.texts)
        if self.pattern is not None:
            return f"what matches {self.pattern}"
        unit, least, most = "", self.least, self.most
        if not self.is_number:
            unit, least, most = " characters", self.shortest, self.longest
        bounds = [f"at least {least:g}" if least is not None else "", f"at most {most:g}" if most is not None else ""]
        return " and ".join(filter(None, bounds)) + unit or "a number"


ANYTHING = Domain()


def declared_domain(declaration: MapNode) -> Domain:
    """What a parameter's declaration allows it to be, or each element of it if it is a list."""
    type_ = type_of(declaration)
    if is_looked_up(type_):
        return ANYTHING  # what is allowed then are names of what is looked up
    is_number = type_of_elements(type_) == "Number"
    allowed = declaration.get("AllowedValues")
    listed = allowed.items if isinstance(allowed, ListNode) else []
    texts = [(text, node) for node in listed if (text := _text(node)) is not None]
    return Domain(
        texts=tuple(dict.fromkeys(text for text, _ in texts)) if len(texts) == len(listed) > 0 else None,
        spelled=frozenset(written for _, node in texts if (written := name_of(node)) is not None),
        pattern=text_of(declaration.get("AllowedPattern")),
        least=_bound(declaration.get("MinValue")),
        most=_bound(declaration.get("MaxValue")),
        shortest=_bound(declaration.get("MinLength")),
        longest=_bound(declaration.get("MaxLength")),
        is_number=is_number,
        of_elements=is_list(type_),
    )


def _text(node: Node) -> str | None:
    data = node.data if isinstance(node, ScalarNode) else None
    return None if data is None else text_of_scalar(data)


def _bound(node: Node | None) -> float | None:
    text = _text(node) if node is not None else None
    return None if text is None else _number(text)


def _number(text: str) -> float | None:
    try:
        found = float(text)
    except ValueError:
        return None
    return found if isfinite(found) else None


def _is_between(least: float | None, value: float, most: float | None) -> bool:
    return (least is None or value >= least) and (most is None or value <= most)


@lru_cache(maxsize=1_000)
def _matches(pattern: str | None, text: str) -> bool:
    """Whether a whole text matches one of Java's patterns, as far as Python's mean the same."""
    if pattern is None or re.search(_NOT_PYTHON, pattern):
        return True
    if len(text) > (_LONGEST_FOR_SLOW if re.search(_SLOW, pattern) else _LONGEST):
        return True
    try:
        return re.fullmatch(pattern, text, re.ASCII) is not None
    except re.error:
        return True
