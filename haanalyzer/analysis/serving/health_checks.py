"""Health checks of load balancers: what they can see of a target."""

from __future__ import annotations

import re

from haanalyzer.graph import Resource
from haanalyzer.values import Absent, Concat, Known, MapValue, Truth, Unknown, Value
from haanalyzer.values.questions import any_item, in_every_branch

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

    return in_every_branch(matcher, among)


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

    return in_every_branch(target, opens)


def serves_http(balancer: Resource) -> Truth:
    """Whether any listener of a Classic Load Balancer speaks HTTP or HTTPS, in capitals or not."""
    return any_item(balancer["listeners"], _is_http)


def _is_http(listener: Value) -> Truth:
    protocol = listener.get("protocol") if isinstance(listener, MapValue) else listener
    return Truth.of(str(protocol).upper() in ("HTTP", "HTTPS")) if isinstance(protocol, Known) else Truth.MAYBE
