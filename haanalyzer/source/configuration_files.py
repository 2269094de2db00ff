"""Which files of a folder are a Terraform or OpenTofu module, told by their names alone.

Source: OpenTofu's documentation, "Files and Directories" and "Override Files", and its ``parser_config_dir.go``.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterable

_JSON_ENDINGS = (".tf.json", ".tofu.json")
TERRAGRUNT = "terragrunt.hcl"
"""What the configuration of a Terragrunt unit is called."""
ENDINGS = (".tf", ".tofu", *_JSON_ENDINGS)
"""What the names of a module's files end with."""


def is_configuration(path: str) -> bool:
    """Whether a file of this name is part of the module that its folder is."""
    name = posixpath.basename(path)
    return name.endswith(ENDINGS) and not name.startswith(".")


def is_unit(path: str) -> bool:
    """Whether a file of this name is the configuration of a Terragrunt unit, or one that units include."""
    return posixpath.basename(path) == TERRAGRUNT


def is_json_configuration(path: str) -> bool:
    """Whether such a file is in the JSON syntax."""
    return path.endswith(_JSON_ENDINGS) and is_configuration(path)


def configuration_of(names: Iterable[str]) -> tuple[list[str], list[str]]:
    """The files of a module among the names in its folder, in the order they are read: its own, then the overrides.

    OpenTofu leaves out ``x.tf`` where there is an ``x.tofu``, and ``x.tf.json`` where there is an
    ``x.tofu.json``; Terraform knows neither of these, and would read the former.
    """
    found = sorted(filter(is_configuration, names))
    shadowed = {_shadowed_by(name) for name in found}
    read = [name for name in found if name not in shadowed]
    return [name for name in read if not _is_override(name)], [name for name in read if _is_override(name)]


def _is_override(name: str) -> bool:
    stem = name.removesuffix(_ending(name))
    return stem == "override" or stem.endswith("_override")


def _shadowed_by(name: str) -> str | None:
    """The name that OpenTofu reads this file instead of."""
    ending = _ending(name)
    return name.removesuffix(ending) + ending.replace(".tofu", ".tf") if ending.startswith(".tofu") else None


def _ending(name: str) -> str:
    return next(ending for ending in ENDINGS if name.endswith(ending))
