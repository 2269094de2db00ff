"""The configuration of a project: ``haanalyzer.yaml``, in its folder or one above."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from haanalyzer.policy.declared.reader import RulesetError, place_of, schema
from haanalyzer.source.diagnostic import Diagnostic
from haanalyzer.source.document import Document
from haanalyzer.source.files import Files

NAME = "haanalyzer.yaml"
_CODE = "invalid-configuration"


@dataclass(frozen=True, slots=True)
class Configuration:
    """What a project settles for everyone who analyzes it.

    ``by_tag`` is a tag's key with the profile for each of its values, in lower case;
    ``rulesets`` are paths of the user's own rules; ``rules`` has, by code or slug, what differs
    from the profiles: ``severity`` (``off`` and ``own`` included), ``parameters``, ``reason``.
    """

    profile: str = "default"
    by_tag: tuple[str, Mapping[str, str]] | None = None
    rulesets: tuple[str, ...] = ()
    rules: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)


def find_configuration(folder: Path) -> Path | None:
    """The configuration that holds for a folder: its own, or the nearest above inside its repository."""
    for each in (folder, *folder.parents):
        if (each / NAME).is_file():
            return each / NAME
        if (each / ".git").exists():
            return None
    return None


def read_configuration(path: Path) -> Configuration:
    """Read a configuration. RulesetError with everything that is wrong with it, and where."""
    files = Files(path.parent)
    document = files.read(path.name)
    if isinstance(document, Diagnostic):
        raise RulesetError([document])
    return _configuration(document, path.parent)


def _configuration(document: Document, folder: Path) -> Configuration:
    from haanalyzer.frontends.cloudformation.loader import load
    from haanalyzer.frontends.cloudformation.nodes import plain
    from haanalyzer.policy.declared.shape import wrong_in_shape

    root, diagnostics = load(document)
    if diagnostics:
        raise RulesetError(sorted(diagnostics))
    data = plain(root) if root is not None else {}
    faults = wrong_in_shape(data, schema(), "configuration")
    if faults:
        raise RulesetError(sorted({Diagnostic(place_of(root, at, document), _CODE, text) for at, text in faults}))
    assert isinstance(data, dict)
    tag, values = next(iter(data.get("profile_by_tag", {}).items()), ("", {}))
    return Configuration(
        profile=data.get("profile", "default"),
        by_tag=(tag, {str(value).lower(): profile for value, profile in values.items()}) if tag else None,
        rulesets=tuple(str(folder / each) for each in data.get("rulesets", ())),
        rules=data.get("rules", {}),
    )
