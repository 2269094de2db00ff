"""What the assertions of ``Rules`` say of lists.

https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-rules.html
"""

from __future__ import annotations

from collections.abc import Callable

from haanalyzer.frontends.cloudformation.evaluation.decisions import combined, equality
from haanalyzer.frontends.cloudformation.evaluation.scope import Decision, Names
from haanalyzer.frontends.cloudformation.evaluation.symbolic import AND, OR, unknown_call
from haanalyzer.source.span import Span
from haanalyzer.values import ListValue, Value

Comparison = Callable[[Value, Value, Names, Span], Decision]
"""Takes both arguments, the stack and the place of the call. May raise MalformedError."""


def contains(strings: Value, text: Value, stack: Names, place: Span) -> Decision:
    """``Fn::Contains``: whether a text is in a list."""
    if isinstance(strings, ListValue) and not strings.open:
        return combined(OR, [equality(text, item, stack, place) for item in strings.items], place)
    return unknown_call("Fn::Contains", [strings, text], place)


def each_member_equals(strings: Value, text: Value, stack: Names, place: Span) -> Decision:
    """``Fn::EachMemberEquals``: whether all in a list are one text."""
    if isinstance(strings, ListValue) and not strings.open:
        return combined(AND, [equality(item, text, stack, place) for item in strings.items], place)
    return unknown_call("Fn::EachMemberEquals", [strings, text], place)


def each_member_in(checked: Value, strings: Value, stack: Names, place: Span) -> Decision:
    """``Fn::EachMemberIn``: whether all in a list are in another one."""
    if isinstance(checked, ListValue) and not checked.open:
        return combined(AND, [contains(strings, item, stack, place) for item in checked.items], place)
    return unknown_call("Fn::EachMemberIn", [checked, strings], place)


MEMBERSHIP: dict[str, Comparison] = {
    "Fn::Contains": contains,
    "Fn::EachMemberEquals": each_member_equals,
    "Fn::EachMemberIn": each_member_in,
}
