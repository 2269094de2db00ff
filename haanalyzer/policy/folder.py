"""Where the rulesets lie."""

from __future__ import annotations

from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path


def rulesets() -> Traversable:
    """The folder of rulesets: inside the installed package, or beside it in a checkout."""
    installed = files("haanalyzer").joinpath("rulesets")
    return installed if installed.is_dir() else Path(__file__).parents[2] / "rulesets"
