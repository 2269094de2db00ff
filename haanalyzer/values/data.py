"""Values as plain data."""

from __future__ import annotations

from collections.abc import Callable

from haanalyzer.values.value import Known, ListValue, MapValue, Value


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
