"""What functions ask of their arguments."""

from __future__ import annotations

from haanalyzer.frontends.cloudformation.evaluation.symbolic import MalformedError, argument_of, text_of_scalar
from haanalyzer.frontends.tree.nodes import ListNode, Node
from haanalyzer.values import Absent, Known, Term, Value


def elements(node: Node, least: int, most: int) -> list[Node]:
    """The elements of a function's argument list. Raises MalformedError for another number of them."""
    if not isinstance(node, ListNode):
        raise MalformedError(f"a list of {least} elements")
    if not least <= len(node.items) <= most:
        raise MalformedError(f"{least} elements, found {len(node.items)}")
    return node.items


def part_of_text(value: Value) -> str | Term:
    """A value as a part of a text. Raises MalformedError for what has no text."""
    if isinstance(value, Known):
        return text_of_scalar(value.data)
    if isinstance(value, Absent):
        raise MalformedError("a text, found nothing")
    part = argument_of(value)
    if isinstance(part, Term):
        return part
    raise MalformedError("a text")


def whole_number(value: Value) -> int | None:
    """A known whole number; None when it is unknown. Raises MalformedError for anything else."""
    if isinstance(value, Known) and not isinstance(value.data, bool):
        try:
            return int(value.data)
        except (ValueError, OverflowError) as error:
            raise MalformedError(f"a whole number, found {value.data!r}") from error
    if isinstance(value, Known | Absent):
        raise MalformedError("a whole number")
    return None
