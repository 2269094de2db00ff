"""Health checks of load balancers: what they can see of a target."""

from __future__ import annotations

import re
from collections.abc import Callable

from haanalyzer.graph import Resource
from haanalyzer.values import Absent, Concat, Known, ListValue, MapValue, Truth, Unknown, Value, alternatives, any_of

_CODES = re.compile(r"\s*(\d{3})\s*(?:-\s*(\d{3})\s*)?")


def accepts(matcher: Value, code: int) -> Truth:
    """Whether a matcher (``200``, ``200,301``, ``200-299``) takes a code for healthy; unless written, it takes 200."""

    def among(written: Value) -> Truth:
        match written:
            case Absent():
                return Truth.of(code == 200)
            case Known(data=data):
                ranges = [_CODES.fullmatch(each) for each in str(data).split(",")]
                if None in ranges:
                    return Truth.MAYBE
                return Truth.of(any(int(each[1]) <= code <= int(each[2] or each[1]) for each in ranges if each))
            case _:
                return Truth.MAYBE

    return _in_every_branch(matcher, among)


def only_opens_port(target: Value) -> Truth:
    """Whether the check of a Classic Load Balancer only opens a port, as it does unless another is written."""

    def opens(written: Value) -> Truth:
        match written:
            case Absent():
                return Truth.YES
            case Known(data=str(text)) | Unknown(term=Concat(parts=(str(text), *_))) if ":" in text:
                return Truth.of(text.upper().startswith(("TCP:", "SSL:")))
            case _:
                return Truth.MAYBE

    return _in_every_branch(target, opens)


def serves_http(balancer: Resource) -> Truth:
    """Whether any listener of a Classic Load Balancer speaks HTTP or HTTPS, in capitals or not."""
    match balancer["listeners"]:
        case ListValue(items=items, open=more):
            found = any_of(_is_http(item.get("protocol")) for item in items if isinstance(item, MapValue))
            others = more or not all(isinstance(item, MapValue) for item in items)
            return found | (Truth.MAYBE if others else Truth.NO)
        case Absent():
            return Truth.NO
        case _:
            return Truth.MAYBE


def _is_http(protocol: Value) -> Truth:
    return Truth.of(str(protocol).upper() in ("HTTP", "HTTPS")) if isinstance(protocol, Known) else Truth.MAYBE


def _in_every_branch(value: Value, question: Callable[[Value], Truth]) -> Truth:
    answers = {question(each) for each in alternatives(value)}
    return answers.pop() if len(answers) == 1 else Truth.MAYBE
