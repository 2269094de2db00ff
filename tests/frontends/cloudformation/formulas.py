"""Expressions of a template with what they are worth, told by a reading of AWS's pages on plain data.

An expression is the plain data of its notation in JSON. `worth` knows every parameter; what it cannot tell, because
CloudFormation would reject it, raises `RejectedError`.
"""

from __future__ import annotations

import base64 as base64_codec
import ipaddress
import json
import re
from collections.abc import Callable
from typing import Any

from hypothesis import strategies as st

ABSENT = object()
"""What ``AWS::NoValue`` is worth."""

MAPPINGS = {"M": {"a": {"k": "x", "l": ["1", "2"]}, "b": {"k": "y", "l": ["3"]}, "a-b": {"k": "x", "l": ["1", "2"]}}}

PARAMETERS: dict[str, dict[str, Any]] = {
    "Text": {"Type": "String"},
    "Pair": {"Type": "String", "AllowedValues": ["a", "b"]},
    "Some": {"Type": "String", "AllowedPattern": "[a-c,-]+"},
    "Count": {"Type": "Number", "MinValue": 1},
    "List": {"Type": "CommaDelimitedList"},
}

VALUES: dict[str, st.SearchStrategy[str]] = {
    "Text": st.sampled_from(["", "a", "b", "a,b", "a-b", "true", "1"]),
    "Pair": st.sampled_from(["a", "b"]),
    "Some": st.sampled_from(["a", "b", "a,b", "a-b"]),
    "Count": st.sampled_from(["1", "2", "3"]),
    "List": st.sampled_from(["a", "a,b", "b,a,a-b"]),
}


class RejectedError(Exception):
    """CloudFormation would not deploy this."""


def _formulas() -> tuple[st.SearchStrategy[Any], st.SearchStrategy[Any], st.SearchStrategy[Any]]:
    literal = st.sampled_from(["a", "b", "x", "a,b", "a-b", "0", "1"])
    text: st.SearchStrategy[Any] = st.deferred(lambda: st.one_of(literal, st.sampled_from(references), *texts))
    many: st.SearchStrategy[Any] = st.deferred(lambda: st.one_of(st.just({"Ref": "List"}), *lists))
    truth: st.SearchStrategy[Any] = st.deferred(lambda: st.one_of(*truths))
    references = [{"Ref": name} for name in PARAMETERS if name != "List"]
    delimiter = st.sampled_from([",", "-", "a", {"Ref": "Pair"}])
    texts = [
        st.tuples(delimiter, many).map(lambda each: {"Fn::Join": list(each)}),
        st.tuples(st.sampled_from(["0", "1", 2, {"Ref": "Count"}]), many).map(lambda each: {"Fn::Select": list(each)}),
        st.lists(st.sampled_from(["a", "-", "${Text}", "${ Pair }", "${!Kept}", "${Own}"]), max_size=4).flatmap(
            lambda parts: text.map(lambda own: {"Fn::Sub": ["".join(parts), {"Own": own}]})
        ),
        st.tuples(truth, text, text).map(lambda each: {"Fn::If": list(each)}),
        st.tuples(text, st.sampled_from(["k"])).map(lambda each: {"Fn::FindInMap": ["M", *each]}),
        st.tuples(text, literal).map(
            lambda each: {"Fn::FindInMap": ["M", each[0], "k", {"DefaultValue": each[1]}]},
        ),
        text.map(lambda each: {"Fn::Base64": each}),
        many.map(lambda each: {"Fn::Length": each}),
        st.one_of(many, text.map(lambda each: {"A": each})).map(lambda each: {"Fn::ToJsonString": each}),
    ]
    nothing = {"Ref": "AWS::NoValue"}
    optional = st.tuples(truth, text).map(lambda each: {"Fn::If": [*each, nothing]})
    element = st.one_of(text, optional, st.just(nothing))
    lists = [
        st.lists(element, min_size=1, max_size=3),
        st.tuples(delimiter, text).map(lambda each: {"Fn::Split": list(each)}),
        st.tuples(truth, many, many).map(lambda each: {"Fn::If": list(each)}),
        text.map(lambda each: {"Fn::FindInMap": ["M", each, "l"]}),
        st.sampled_from(["1", {"Ref": "Count"}]).map(lambda each: {"Fn::Cidr": ["10.0.0.0/24", each, "5"]}),
    ]
    truths = [
        st.tuples(text, text).map(lambda each: {"Fn::Equals": list(each)}),
        st.lists(truth, min_size=2, max_size=2).map(lambda each: {"Fn::And": each}),
        st.lists(truth, min_size=2, max_size=2).map(lambda each: {"Fn::Or": each}),
        truth.map(lambda each: {"Fn::Not": [each]}),
    ]
    return text, many, truth


TEXTS, LISTS, TRUTHS = _formulas()


def worth(expression: Any, values: dict[str, str]) -> Any:
    """The plain data that an expression is worth where parameters have these values."""
    match expression:
        case dict() if len(expression) == 1:
            ((function, argument),) = expression.items()
            if function in _FUNCTIONS:
                return _FUNCTIONS[function](argument, values)
    if isinstance(expression, dict):
        return {name: found for name, each in expression.items() if (found := worth(each, values)) is not ABSENT}
    if isinstance(expression, list):
        return [found for each in expression if (found := worth(each, values)) is not ABSENT]
    return expression


def apply(function: str, arguments: list[Any]) -> Any:
    """What a function makes of data. Raises RejectedError."""
    if function not in _FUNCTIONS:
        raise RejectedError
    alone = function in ("Fn::Base64", "Fn::Length")
    return _FUNCTIONS[function](arguments[0] if alone else arguments, {})


def written(value: Any) -> str:
    """A scalar as a text. Raises RejectedError for what is none."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str | int):
        return str(value)
    raise RejectedError


def _ref(name: Any, values: dict[str, str]) -> Any:
    if name == "AWS::NoValue":
        return ABSENT
    return values[name].split(",") if name == "List" else values[name]


def _list(expression: Any, values: dict[str, str]) -> list[Any]:
    found = worth(expression, values)
    if not isinstance(found, list):
        raise RejectedError
    return found


def _select(argument: Any, values: dict[str, str]) -> Any:
    index, items = written(worth(argument[0], values)), _list(argument[1], values)
    if not index.isdecimal() or int(index) >= len(items):
        raise RejectedError
    return items[int(index)]


def _sub(argument: Any, values: dict[str, str]) -> str:
    text, own = argument
    given = {**values, **{name: worth(each, values) for name, each in own.items()}}

    def replaced(match: re.Match[str]) -> str:
        name = match[1]
        return f"${{{name[1:]}}}" if name.startswith("!") else written(given[name.strip()])

    return re.sub(r"\$\{([^}]*)\}", replaced, text)


def _find_in_map(argument: Any, values: dict[str, str]) -> Any:
    found: Any = MAPPINGS
    for key in argument[:3]:
        name = written(worth(key, values))
        if name not in found:
            if len(argument) == 4:
                return worth(argument[3]["DefaultValue"], values)
            raise RejectedError
        found = found[name]
    return found


def _cidr(argument: Any, values: dict[str, str]) -> list[str]:
    network = ipaddress.ip_network(argument[0])
    bits = int(written(worth(argument[2], values)))
    blocks = list(network.subnets(new_prefix=network.max_prefixlen - bits))
    return [str(block) for block in blocks[: int(written(worth(argument[1], values)))]]


_FUNCTIONS: dict[str, Callable[[Any, dict[str, str]], Any]] = {
    "Ref": _ref,
    "Fn::Join": lambda given, values: written(worth(given[0], values)).join(map(written, _list(given[1], values))),
    "Fn::Split": lambda given, values: written(worth(given[1], values)).split(written(worth(given[0], values))),
    "Fn::Select": _select,
    "Fn::Sub": _sub,
    "Fn::If": lambda given, values: worth(given[1] if worth(given[0], values) else given[2], values),
    "Fn::FindInMap": _find_in_map,
    "Fn::Base64": lambda given, values: base64_codec.b64encode(written(worth(given, values)).encode()).decode(),
    "Fn::Length": lambda given, values: len(_list(given, values)),
    "Fn::ToJsonString": lambda given, values: json.dumps(worth(given, values), separators=(",", ":")),
    "Fn::Cidr": _cidr,
    "Fn::Equals": lambda given, values: written(worth(given[0], values)) == written(worth(given[1], values)),
    "Fn::And": lambda given, values: all(tuple(worth(each, values) for each in given)),
    "Fn::Or": lambda given, values: any(tuple(worth(each, values) for each in given)),
    "Fn::Not": lambda given, values: not worth(given[0], values),
}
