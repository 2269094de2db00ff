"""URIs of files, and the paths they name."""

from __future__ import annotations

import os
from pathlib import Path

from pygls import uris

_ENDINGS = {
    "terraform": ".tf",
    "opentofu": ".tofu",
    "hcl": ".tf",
    "json": ".json",
    "yaml": ".yaml",
    "cloudformation": ".yaml",
}


def path_of(uri: str) -> Path | None:
    """The file that a URI names, absolute and normalized; None where it names none on disk."""
    # pygls takes what follows a semicolon for parameters, which files have not
    found = uris.to_fs_path(uri.replace(";", "%3B")) if uri.startswith("file:") else None
    return Path(os.path.normpath(found)) if found and "\0" not in found else None


def uri_of(path: Path) -> str:
    """The URI of an absolute path."""
    return str(uris.from_fs_path(str(path)))


def unsaved_name(uri: str, language: str) -> str | None:
    """The name of a file for a document that has none yet, by its language; None for languages that are not read."""
    name = uri.rpartition("/")[2].rpartition(":")[2] or "untitled"
    if name.endswith(tuple(_ENDINGS.values())):
        return name
    ending = next((ending for known, ending in _ENDINGS.items() if language.lower().startswith(known)), None)
    return f"{name}{ending}" if ending else None
