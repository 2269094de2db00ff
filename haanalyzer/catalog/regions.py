"""Regions and their Availability Zones, as data with its source."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Region:
    """A region as AWS documents it.

    ``fewest`` is the number of zones that every account can use, a new one
    included; None where AWS does not publish it. ``letters`` are all zone letters
    seen in any account.
    """

    code: str
    name: str
    partition: str
    fewest: int | None
    letters: tuple[str, ...]
    zone_ids: tuple[str, ...]
    opt_in: bool


@cache
def regions() -> dict[str, Region]:
    """Every known region by its code."""
    text = files("haanalyzer.catalog").joinpath("regions.json").read_text("utf-8")
    return {
        code: Region(
            code=code,
            name=row["name"],
            partition=row["partition"],
            fewest=row["fewest"],
            letters=tuple(row["letters"] or ()),
            zone_ids=tuple(row["zone_ids"] or ()),
            opt_in=row["opt_in"],
        )
        for code, row in json.loads(text)["regions"].items()
    }


FEWEST_ANYWHERE = 2
"""No region gives an account fewer zones: us-west-1 gives a new one two, every other one three or more."""


def fewest_zones(region: str | None) -> int:
    """How many zones any account surely has in a region; of an unknown region, in every region."""
    found = regions().get(region or "")
    return found.fewest if found and found.fewest else FEWEST_ANYWHERE


@cache
def zone_names(region: str | None) -> tuple[str, ...]:
    """All names that a zone of this region may have; of every region when it is unknown."""
    return tuple(
        f"{code}{letter}"
        for code, found in regions().items()
        if code == region or region not in regions()
        for letter in found.letters
    )


_ZONE_NAME = re.compile(r"([a-z]{2,4}(?:-[a-z]+)+-\d)([a-z])")
_ZONE_ID = re.compile(r"[a-z]+\d-az\d+")
_LOCAL_OR_WAVELENGTH = re.compile(
    r"[a-z]{2}(?:-[a-z]+)+-\d-(?:wl\d-)?[a-z]{3}-(?:wlz-)?\d[a-z]?|[a-z]+\d-(?:wl\d-)?[a-z]{3}\d?-(?:az|wlz)\d"
)


def region_of_zone_name(zone: str) -> str | None:
    """``eu-west-1`` for ``eu-west-1a``; None for what is no Availability Zone's name."""
    match = _ZONE_NAME.fullmatch(zone)
    return match.group(1) if match else None


def is_zone_id(text: str) -> bool:
    return _ZONE_ID.fullmatch(text) is not None


def is_local_or_wavelength_zone(text: str) -> bool:
    """Whether a zone name or id is that of a Local or Wavelength Zone, which is no Availability Zone."""
    return _LOCAL_OR_WAVELENGTH.fullmatch(text) is not None
