"""What an oracle reads otherwise than we do, and the tables that argue it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import yaml

Row = Mapping[str, str]
"""A class of differences: ``kind``, a regular expression in ``detail``, and the argument."""


class Difference(NamedTuple):
    """``kind`` is what differs, in the oracle's words; ``detail`` has both sides."""

    kind: str
    path: str
    detail: str


def explained(difference: Difference, table: Sequence[Row]) -> Row | None:
    """The row of a table that a difference is of."""
    for row in table:
        if row["kind"] == difference.kind and re.search(row["detail"], difference.detail, re.DOTALL):
            return row
    return None


def read_table(path: Path) -> list[Row]:
    """The rows of a table, in order."""
    rows: list[Row] = yaml.safe_load(path.read_text("utf-8"))
    return rows
