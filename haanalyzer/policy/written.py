"""A configuration as it is written: its data, and where each part of it stands."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from haanalyzer.policy.declared.reader import RulesetError
from haanalyzer.source.diagnostic import Diagnostic
from haanalyzer.source.document import Document
from haanalyzer.source.files import Files
from haanalyzer.source.span import Span

if TYPE_CHECKING:
    from haanalyzer.source.toml import Steps

CODE = "invalid-configuration"
TABLE = ("tool", "haanalyzer")


@dataclass(frozen=True, slots=True)
class Written:
    """A configuration's data, of any shape, and the place of the part that some steps lead to, as far as they do."""

    data: Any
    place: Callable[[Steps], Span]

    def fault(self, steps: Steps, message: str) -> Diagnostic:
        return Diagnostic(self.place(steps), CODE, message)


def read_yaml(path: Path) -> Written:
    """What a YAML file holds; an empty one holds no settings. RulesetError where it cannot be read."""
    from haanalyzer.frontends.tree.loader import load
    from haanalyzer.frontends.tree.nodes import plain
    from haanalyzer.frontends.tree.steps import place_of

    document = _document(path)
    root, diagnostics = load(document)
    if diagnostics:
        raise RulesetError(sorted(diagnostics))
    data = plain(root) if root is not None else {}
    return Written(data, lambda steps: place_of(root, tuple(steps), document))


def read_table(path: Path) -> Written | None:
    """The table ``tool.haanalyzer`` of a TOML file, None where there is none. RulesetError where it cannot be read."""
    document = _document(path)
    if TABLE[-1] not in document.text:
        return None
    from haanalyzer.source.toml import at_steps, place_in_toml, read_toml  # few configurations are TOML

    read = read_toml(document)
    if isinstance(read, Diagnostic):
        raise RulesetError([replace(read, code=CODE)])
    data = at_steps(read, TABLE)
    return None if data is None else Written(data, lambda steps: place_in_toml(document, (*TABLE, *steps)))


def shown(path: Path) -> str:
    """What a file is called: one above or below the current folder is named from there."""
    here, folder = Path.cwd(), path.parent.absolute()
    is_near = here.is_relative_to(folder) or folder.is_relative_to(here)
    return (os.path.relpath(path) if is_near else str(path)).replace(os.sep, "/")


def _document(path: Path) -> Document:
    found = Files(path.parent).read(path.name)
    if isinstance(found, Diagnostic):
        raise RulesetError([Diagnostic(found.place._replace(path=shown(path)), found.code, found.message)])
    return Document(shown(path), found.text)
