"""The message of a finding: a text with placeholders."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from haanalyzer.analysis.placement import zones_of
from haanalyzer.analysis.zones import describe
from haanalyzer.graph import Resource
from haanalyzer.policy.declared.scene import Scene

_PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
OWN_WORDS = ("address", "kind", "zones")
"""The placeholders that are neither attributes nor parameters."""


@dataclass(frozen=True, slots=True)
class Message:
    """``{address} has no standby: multi_az is {multi_az}``."""

    text: str

    def placeholders(self) -> Iterator[str]:
        return (match[1] for match in _PLACEHOLDER.finditer(self.text))

    def render(self, resource: Resource, scene: Scene) -> str:
        """The message about a resource."""
        return _PLACEHOLDER.sub(lambda match: _value(match[1], resource, scene), self.text)


def _value(name: str, resource: Resource, scene: Scene) -> str:
    if name in scene.parameters:
        given = scene.parameters[name]
        return ", ".join(map(str, given)) if isinstance(given, list) else str(given)
    match name:
        case "address":
            return resource.address
        case "kind":
            return resource.kind.replace("_", " ")
        case "zones":
            return _zones(resource, scene)
        case _:
            return str(scene.read(name))


def _zones(resource: Resource, scene: Scene) -> str:
    zones = zones_of(resource, scene.graph)
    found = list(dict.fromkeys(describe(use.zone) for use in (zones.sure + zones.possible) or zones.local))
    return " and ".join(filter(None, (", ".join(found[:-1]), *found[-1:]))) or "no zone"
