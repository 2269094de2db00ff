"""The systems of an architecture that haanalyzer must know, and the kinds that model them (``systems.yaml``)."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files

import yaml


@cache
def systems() -> Mapping[str, tuple[str, ...]]:
    """The kinds of each system by its name, in the order of the notes; none for a system that is not modelled yet."""
    text = files("haanalyzer.catalog").joinpath("systems.yaml").read_text("utf-8")
    table = yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506 - a safe loader
    return {name: tuple(kinds) for name, kinds in table.items()}
