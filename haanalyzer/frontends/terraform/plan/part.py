"""A part of a planned value, with the masks that say what of it is unknown or secret."""

from __future__ import annotations

from dataclasses import dataclass

from haanalyzer.frontends.terraform.plan.json_node import Json


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a planned value: the JSON itself, and of the same shape what is unknown and what is a secret in it.

    ``name`` is its path from the instance's address on.
    """

    name: str
    data: Json
    unknown: Json = None
    sensitive: Json = None

    def entry(self, key: str) -> Part:
        """An entry of an object."""
        return Part(f"{self.name}.{key}", *(_entry(each, key) for each in (self.data, self.unknown, self.sensitive)))

    def item(self, index: int) -> Part:
        """An element of a list."""
        parts = (_item(each, index) for each in (self.data, self.unknown, self.sensitive))
        return Part(f"{self.name}[{index}]", *parts)

    @property
    def keys(self) -> list[str]:
        """The keys of an object, those included whose values are unknown."""
        return [*dict.fromkeys(key for each in (self.data, self.unknown) if isinstance(each, dict) for key in each)]

    @property
    def length(self) -> int:
        """The length of a list; what is unknown of its elements counts."""
        return max(len(each) if isinstance(each, list) else 0 for each in (self.data, self.unknown))

    @property
    def is_unknown(self) -> bool:
        return self.unknown is True

    @property
    def is_of_blocks(self) -> bool:
        """Whether it is a list of objects, of which something is planned."""
        return isinstance(self.data, list) and any(isinstance(each, dict) for each in self.data)

    @property
    def is_nothing(self) -> bool:
        """Whether it says no more than if it had been left out."""
        return not any_true(self.unknown) and (self.data is None or self.data in ("", [], {}))


def _entry(data: Json, key: str) -> Json:
    if isinstance(data, dict):
        return data.get(key)
    return True if data is True else None


def _item(data: Json, index: int) -> Json:
    if isinstance(data, list):
        return data[index] if index < len(data) else None
    return True if data is True else None


def any_true(mask: Json) -> bool:
    """Whether a mask marks anything."""
    if isinstance(mask, dict | list):
        return any(map(any_true, mask.values() if isinstance(mask, dict) else mask))
    return mask is True
