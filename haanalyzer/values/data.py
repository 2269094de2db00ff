"""Values as plain data, and plain data as values."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from haanalyzer.source.span import Span
from haanalyzer.values.value import Known, ListValue, MapValue, Scalar, Value


def value_of(data: Scalar | Sequence[Scalar], place: Span) -> Known | ListValue:
    """A scalar or a list of them, all of it at one place."""
    if isinstance(data, str | bool | int | float):
        return Known(data=data, place=place)
    return ListValue(items=tuple(Known(data=item, place=place) for item in data), place=place)


def data_of(value: Value, otherwise: Callable[[Value], object]) -> object:
    """Lists, maps and scalars; what is not known, and a list or map that may hold more, is what ``otherwise`` says."""
    match value:
        case Known(data=data):
            return data
        case ListValue(items=items, open=None):
            return [data_of(item, otherwise) for item in items]
        case MapValue(entries=entries, open=None):
            return {name: data_of(each, otherwise) for name, each in entries.items()}
    return otherwise(value)
