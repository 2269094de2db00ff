"""YAML as Terraform reads and writes it: 1.2's numbers, 1.1's booleans and timestamps."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import yaml

from haanalyzer.frontends.terraform.evaluation.scalars import number_text, to_number, to_text
from haanalyzer.frontends.terraform.evaluation.symbolic import EvaluationError, NotPlainError


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
    if text.endswith(("inf", "nan")):
        raise NotPlainError
    for prefix, base in (("0x", 16), ("0o", 8)):
        if text.lstrip("+-").startswith(prefix):
            return int(text.replace(prefix, ""), base)
    return to_number(text)


_TIMESTAMP = re.compile(
    r"(?P<date>\d{4}-\d\d-\d\d)"
    r"(?:(?:[Tt]|[ \t]+)(?P<time>\d?\d:\d\d:\d\d)(?:\.\d*)?[ \t]*(?P<zone>[Zz]|[-+]\d\d:\d\d)?)?$"
)
_DEEPEST = 100
_MOST_UNFOLDED = 100_000
_TAG = "tag:yaml.org,2002:"
_RESOLVED = {
    "null": r"(?:~|null|Null|NULL|)$",
    "bool": r"(?:y|Y|yes|Yes|YES|true|True|TRUE|on|On|ON|n|N|no|No|NO|false|False|FALSE|off|Off|OFF)$",
    "float": r"[-+]?(?:0x[0-9a-fA-F]+|0o[0-7]+|(?:\.\d+|\d+(?:\.\d*)?)(?:[eE][-+]?\d+)?|\.(?:(?i:inf)|NaN|nan|NAN))$",
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
_Loader.add_constructor(_TAG + "binary", lambda _, node: node.value)


def decode(encoded: str) -> Any:
    """A document's content. Raises `EvaluationError` for what is no YAML, and for none."""
    try:
        if not _measure(encoded):
            raise EvaluationError("missing start of document")
        return _plain(yaml.load(encoded, Loader=_Loader))  # noqa: S506  a safe loader of our own
    except yaml.YAMLError as error:
        raise EvaluationError(f"invalid YAML: {error}") from None


def _measure(encoded: str) -> bool:
    """Whether there is a document. Refuses what would overflow the stack, or unfold without end."""
    nodes = unfolded = 0
    before: list[tuple[str | None, int]] = []
    sizes: dict[str | None, int] = {}
    found = False
    for event in yaml.parse(encoded, Loader=_Loader):
        found = found or isinstance(event, yaml.DocumentStartEvent)
        match event:
            case yaml.AliasEvent(anchor=anchor):
                if any(anchor == outer for outer, _ in before):
                    raise EvaluationError(f"the anchor {anchor} stands for itself")
                nodes += sizes.get(anchor, 0)
                unfolded += sizes.get(anchor, 0)
            case yaml.ScalarEvent():
                nodes += 1
                sizes[event.anchor] = 1
            case yaml.CollectionStartEvent():
                before.append((event.anchor, nodes))
                nodes += 1
            case yaml.CollectionEndEvent():
                anchor, start = before.pop()
                sizes[anchor] = nodes - start
        if len(before) > _DEEPEST or unfolded > _MOST_UNFOLDED:
            raise NotPlainError
    return found


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
    """A document in Terraform's style: block collections, quoted texts, those of several lines as blocks."""
    content = (yaml.DocumentStartEvent(explicit=False), *_events(data), yaml.DocumentEndEvent(explicit=False))
    events = (yaml.StreamStartEvent(), *content, yaml.StreamEndEvent())
    written = str(yaml.emit(events, Dumper=yaml.CSafeDumper, allow_unicode=True))
    return written.removesuffix(_END) + ("" if isinstance(data, str | list | dict) else _END)


# Written after a number, a bool or null alone, and never after a text.
_END = "...\n"


def _events(data: Any) -> Iterator[yaml.Event]:
    match data:
        case dict():
            yield yaml.MappingStartEvent(None, None, implicit=True, flow_style=not data)
            for key in sorted(data):
                yield from _events(key)
                yield from _events(data[key])
            yield yaml.MappingEndEvent()
        case list():
            yield yaml.SequenceStartEvent(None, None, implicit=True, flow_style=not data)
            for item in data:
                yield from _events(item)
            yield yaml.SequenceEndEvent()
        case str():
            yield yaml.ScalarEvent(None, None, _IMPLICIT, data, style="|" if "\n" in data else '"')
        case _:
            yield yaml.ScalarEvent(None, None, _IMPLICIT, "null" if data is None else to_text(data))


_IMPLICIT = (True, True)
