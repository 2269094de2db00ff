"""What a stack exports: outputs, by the names that other stacks import them by."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from haanalyzer.frontends.cloudformation.evaluation.functions.arguments import part_of_text
from haanalyzer.frontends.cloudformation.evaluation.symbolic import MalformedError, choose
from haanalyzer.frontends.cloudformation.stacks.imports import Text
from haanalyzer.frontends.cloudformation.stacks.outputs import Output
from haanalyzer.frontends.cloudformation.stacks.stack import Stack
from haanalyzer.source.span import Span
from haanalyzer.values import Assumption, Unknown, Value, alternatives, assume


class Exported(NamedTuple):
    """An output of a stack that is exported; its name rests on these defaults."""

    stack: Stack
    output: Output
    assuming: frozenset[Assumption]


def exports_of(stack: Stack) -> Mapping[Text, list[Exported]]:
    """The exports of a stack and of those nested in it, by name, but for what is certainly not put out.

    There may be several of a name, each under a condition. One whose name turns on a condition is there by
    each of its names.
    """
    found: defaultdict[Text, list[Exported]] = defaultdict(list)
    for each in stack.with_nested():
        for output in each.outputs.values():
            for name in _names_of(output):
                found[name.text].append(Exported(each, output, name.assuming))
    return found


class _Name(NamedTuple):
    text: Text
    assuming: frozenset[Assumption]


def _names_of(output: Output) -> Iterator[_Name]:
    if output.export is None or output.certainly_missing:
        return
    for name in alternatives(output.evaluate(output.export)):
        try:
            yield _Name(part_of_text(name), name.assuming)
        except MalformedError:  # which CloudFormation rejects
            continue


def value_of(exported: Iterable[Exported], place: Span) -> Value | None:
    """What is exported by a name: that of one output, or of the one whose condition holds. None of none."""
    value: Value | None = None
    for each in reversed(list(exported)):
        its = assume(each.stack.output(each.output.name, place), each.assuming)
        if value is None:
            value = its
        else:
            decision = each.output.decision
            value = choose(decision, its, value, place) if isinstance(decision, Unknown) else its
    return value
