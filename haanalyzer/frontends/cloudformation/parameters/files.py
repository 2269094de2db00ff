"""Parameter files, in the shapes that CloudFormation's own tools read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from haanalyzer.frontends.tree.loader import load
from haanalyzer.frontends.tree.nodes import ListNode, MapNode, Node, ScalarNode, plain, text_of
from haanalyzer.source.diagnostic import Diagnostic
from haanalyzer.source.document import Document
from haanalyzer.source.span import Span, start_of
from haanalyzer.values import Scalar


def read_parameters(document: Document) -> Mapping[str, Scalar | list[Scalar]] | Diagnostic:
    """The parameters that a file passes, or what is wrong with it.

    ``[{"ParameterKey": …, "ParameterValue": …}]``, ``{"Parameters": {…}}``,
    ``{"Name": "value"}`` and ``["Name=value"]``. What says ``UsePreviousValue`` is
    left out: it is not known here.
    """
    root, diagnostics = load(document)
    errors = [diagnostic for diagnostic in diagnostics if diagnostic.code != "several-documents"]
    if errors:
        return errors[0]
    try:
        return {name: _scalar_or_list(node) for name, node in _pairs(root, document)}
    except _UnexpectedError as error:
        return Diagnostic(error.place, "invalid-parameters", f"expected {error}")


class _UnexpectedError(Exception):
    def __init__(self, expected: str, place: Span) -> None:
        super().__init__(expected)
        self.place = place.first_line()


def _pairs(root: Node | None, document: Document) -> Iterator[tuple[str, Node]]:
    match root:
        case MapNode():
            inner = root.get("Parameters")
            source = inner if isinstance(inner, MapNode) else root
            yield from ((name, entry.value) for name, entry in source.entries.items())
        case ListNode(items=items):
            for item in items:
                yield from _listed(item)
        case _:
            place = root.place if root else start_of(document.path)
            raise _UnexpectedError("a map or a list of parameters", place)


def _listed(item: Node) -> Iterator[tuple[str, Node]]:
    if isinstance(item, MapNode):
        name, value = text_of(item.get("ParameterKey")), item.get("ParameterValue")
        if name is None or (value is None and item.get("UsePreviousValue") is None):
            raise _UnexpectedError('"ParameterKey" and "ParameterValue"', item.place)
        if value is not None:
            yield name, value
        return
    name, equals, text = (text_of(item) or "").partition("=")
    if not equals:
        raise _UnexpectedError('"Name=value"', item.place)
    yield name, ScalarNode(item.document, item.start, item.end, text)


def _scalar_or_list(node: Node) -> Scalar | list[Scalar]:
    data = plain(node)
    if isinstance(data, str | bool | int | float):
        return data
    if isinstance(data, list) and all(isinstance(item, str | bool | int | float) for item in data):
        return data
    raise _UnexpectedError("a text, a number or a list of them", node.place)
