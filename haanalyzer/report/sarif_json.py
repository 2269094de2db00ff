"""sarif-om objects as SARIF 2.1.0 text.

The customary serializer drops a level that equals its default, which then
means the rule's level instead, and the model says ``state`` where the standard
says ``status``; hence one of our own.
"""

from __future__ import annotations

import json
from functools import cache
from typing import Any, NamedTuple

import attr

_STATED = frozenset({"level", "kind"})
_RENAMED = {("Suppression", "state"): "status"}


class _Member(NamedTuple):
    attribute: str
    name: str
    default: object


def to_text(log: object) -> str:
    """A log as JSON on one line: sorted keys, a newline at the end, ASCII only, whatever a terminal takes.

    Raises TypeError for an object that is not of the SARIF model, and ValueError
    for a number that JSON has no word for.
    """
    return json.dumps(_plain(log), allow_nan=False, separators=(",", ":"), sort_keys=True) + "\n"


def _plain(value: Any) -> Any:
    if isinstance(value, str):
        return value.encode("utf-8", "replace").decode("utf-8")
    if value is None or isinstance(value, int | float):
        return value
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    if isinstance(value, dict):
        return {_key(key): _plain(item) for key, item in value.items()}
    found = {}
    for attribute, name, default in _members(value.__class__):
        held = getattr(value, attribute)
        if held is not None and (name in _STATED or held != default):
            found[name] = _plain(held)
    return found


def _key(key: object) -> str:
    if not isinstance(key, str):
        raise TypeError(f"a JSON key is a text, not {key!r}")
    return key


@cache
def _members(kind: type[Any]) -> tuple[_Member, ...]:
    """How a class of the model is written."""
    if not kind.__module__.startswith("sarif_om."):
        raise TypeError(f"{kind.__qualname__} is no part of a SARIF log")
    members = []
    for field in attr.fields(kind):
        name = field.metadata["schema_property_name"]
        default = getattr(field.default, "factory", lambda given=field.default: given)()
        members.append(_Member(field.name, _RENAMED.get((kind.__name__, name), name), default))
    return tuple(members)
