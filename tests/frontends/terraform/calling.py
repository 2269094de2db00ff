"""Calling functions as expressions do, and values to call them with."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from haanalyzer.frontends.terraform.evaluation.symbolic import value_of
from haanalyzer.frontends.terraform.functions import FunctionContext, call
from haanalyzer.source.files import Files
from haanalyzer.source.span import Span
from haanalyzer.values import (
    Blocker,
    ListValue,
    Symbol,
    Unknown,
    Value,
)

HERE = Span("main.tf", 1, 1, 1, 2)


ELSEWHERE = Span("main.tf", 9, 1, 9, 2)


CONTEXT = FunctionContext(Files(Path(__file__).parent), "", trying=False)


def unknown(name: str, **more: Any) -> Unknown:
    return Unknown(term=Symbol(name), reason="no default", place=ELSEWHERE, **more)


def open_list(*items: Any) -> ListValue:
    values = tuple(value_of(item, HERE) for item in items)
    return ListValue(items=values, open=Blocker("var.more", HERE, "no default"), place=HERE)


def ask(name: str, *arguments: Any, context: FunctionContext = CONTEXT) -> Value:
    return call(name, [value_of(argument, HERE) for argument in arguments], HERE, context)


def items(value: Value) -> list[Value]:
    assert isinstance(value, ListValue)
    return list(value.items)
