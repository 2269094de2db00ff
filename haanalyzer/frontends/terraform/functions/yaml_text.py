"""YAML as Terraform reads and writes it: 1.2's numbers, 1.1's booleans and timestamps."""

from __future__ import annotations

import json
import re
from typing import Any

import yaml

from haanalyzer.frontends.terraform.scalars import number_text, to_number
from haanalyzer.frontends.terraform.symbolic import EvaluationError, NotPlainError


class _Loader(yaml.CSafeLoader):
    """Resolves plain scalars by the patterns below only."""

    yaml_implicit_resolvers: dict[str | None, list[tuple[str, re.Pattern[str]]]] = {}  # noqa: RUF012  PyYAML's own way


def _timestamp(_: _Loader, node: yaml.ScalarNode) -> str:
    match = _TIMESTAMP.match(node.value)
    if match is None:
        raise EvaluationError(f"invalid timestamp {node.value!r}")
    date, time, zone = match.group("date", "time", "zone")
    return f"{date}T{(time or '0:00:00').zfill(8)}{'Z' if zone in (None, 'z') else zone}"


def _number(_: _Loader, node: yaml.ScalarNode) -> int | float:
    text = node.value.lower()
    for prefix, base in (("0x", 16), ("0o", 8)):
        if text.lstrip("+-").startswith(prefix):
            return int(text.replace(prefix, ""), base)
    return to_number(text)


_TIMESTAMP = re.compile(
    r"(?P<date>\d{4}-\d\d-\d\d)"
    r"(?:(?:[Tt]|[ \t]+)(?P<time>\d?\d:\d\d:\d\d)(?:\.\d*)?[ \t]*(?P<zone>[Zz]|[-+]\d\d:\d\d)?)?$"
)
_DEEPEST = 100
_MOST_ALIASES = 20
_TAG = "tag:yaml.org,2002:"
_RESOLVED = {
    "null": r"(?:~|null|Null|NULL|)$",
    "bool": r"(?:y|Y|yes|Yes|YES|true|True|TRUE|on|On|ON|n|N|no|No|NO|false|False|FALSE|off|Off|OFF)$",
    "float": r"[-+]?(?:0x[0-9a-fA-F]+|0o[0-7]+|(?:\.\d+|\d+(?:\.\d*)?)(?:[eE][-+]?\d+)?)$",
    "timestamp": _TIMESTAMP.pattern,
    "merge": r"<<$",
}
_ON = frozenset({"on", "On", "ON"})
for _name, _pattern in _RESOLVED.items():
    _Loader.add_implicit_resolver(_TAG + _name, re.compile(_pattern), None)
_Loader.add_constructor(_TAG + "bool", lambda _, node: node.value[0] in "yYtT" or node.value in _ON)
_Loader.add_constructor(_TAG + "float", _number)
_Loader.add_constructor(_TAG + "int", _number)
_Loader.add_constructor(_TAG + "timestamp", _timestamp)


def decode(encoded: str) -> Any:
    """A document's content. Raises `EvaluationError` for what is no YAML."""
    try:
        _measure(encoded)
        return _plain(yaml.load(encoded, Loader=_Loader))  # noqa: S506  a safe loader of our own
    except yaml.YAMLError as error:
        raise EvaluationError(f"invalid YAML: {error}") from None


def _measure(encoded: str) -> None:
    """Refuse what would overflow the stack, or unfold without end."""
    depth = aliases = 0
    for event in yaml.parse(encoded, Loader=_Loader):
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        aliases += isinstance(event, yaml.AliasEvent)
        if depth > _DEEPEST or aliases > _MOST_ALIASES:
            raise NotPlainError


def _plain(data: Any) -> Any:
    match data:
        case dict():
            if not all(isinstance(key, str | int | float | bool) for key in data):
                raise EvaluationError("map keys must be strings")
            return {_key(key): _plain(entry) for key, entry in data.items()}
        case list():
            return [_plain(item) for item in data]
        case None | bool() | int() | float() | str():
            return data
    raise NotPlainError


def _key(key: str | bool | float) -> str:
    if isinstance(key, bool):
        return "true" if key else "false"
    return key if isinstance(key, str) else number_text(key)


def encode(data: Any) -> str:
    """A document in Terraform's style: block collections, quoted texts."""
    return "\n".join(_lines(data)) + "\n"


def _lines(data: Any) -> list[str]:
    match data:
        case dict() if data:
            lines = []
            for key in sorted(data):
                first, *rest = _lines(data[key])
                nested = isinstance(data[key], dict | list) and data[key]
                name = json.dumps(key, ensure_ascii=False) + ":"
                if not nested:
                    lines += [f"{name} {first}", *rest]
                elif isinstance(data[key], list):
                    lines += [name, first, *rest]
                else:
                    lines += [name, *("  " + line for line in (first, *rest))]
            return lines
        case list() if data:
            lines = []
            for item in data:
                first, *rest = _lines(item)
                lines += [f"- {first}", *("  " + line for line in rest)]
            return lines
        case str() if "\n" in data:
            body = data.split("\n")
            marker = "|" if data.endswith("\n") else "|-"
            return [marker, *("  " + line for line in (body[:-1] if data.endswith("\n") else body))]
    return [json.dumps(data, ensure_ascii=False)]
