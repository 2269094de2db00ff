"""What a file says of a stack, whatever its format."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from haanalyzer.frontends.tree.nodes import ListNode, Node, ScalarNode
from haanalyzer.source.diagnostic import Diagnostic
from haanalyzer.source.span import Span
from haanalyzer.values import Known, ListValue

Passed = Mapping[str, Known | ListValue]
"""What is passed by name, each where the file has it."""


@dataclass(frozen=True, slots=True)
class StackFile:
    """What a file says of a stack: its parameters and tags, and in some formats what is deployed where.

    ``templates`` are the paths where its template may be, as they are written: the first that there is.
    ``name`` and ``region`` are empty where the file does not say them.
    """

    parameters: Passed = field(default_factory=dict)
    tags: Passed = field(default_factory=dict)
    templates: tuple[Known, ...] = ()
    name: str = ""
    region: str = ""


class UnexpectedError(Exception):
    """Something that is written in no format; the message says what was expected instead."""

    def __init__(self, expected: str, place: Span) -> None:
        super().__init__(expected)
        self.place = place.first_line()

    @property
    def diagnostic(self) -> Diagnostic:
        return Diagnostic(self.place, "invalid-parameters", f"expected {self}")


def value_of(node: Node) -> Known | ListValue:
    """What is passed so. UnexpectedError for what no parameter can be."""
    match node:
        case ScalarNode(data=str() | bool() | int() | float() as data):
            return Known(data=data, place=node.place)
        case ListNode(items=items) if all(isinstance(item, ScalarNode) and item.data is not None for item in items):
            elements = (value_of(item) for item in items)
            return ListValue(items=tuple(elements), place=node.place)
    raise UnexpectedError("a text, a number or a list of them", node.place)
