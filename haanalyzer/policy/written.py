"""A configuration as it is written: its data, and where each part of it stands."""

from __future__ import annotations

import os
import re
import tomllib
from bisect import bisect_left
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from haanalyzer.policy.declared.reader import RulesetError, place_of
from haanalyzer.source.diagnostic import Diagnostic
from haanalyzer.source.document import Document
from haanalyzer.source.files import Files
from haanalyzer.source.span import Span

CODE = "invalid-configuration"
TABLE = ("tool", "haanalyzer")
_TOML_PLACE = re.compile(r" \(at (?:line (?P<line>\d+), column (?P<column>\d+)|end of document)\)$")

Steps = Sequence[str | int]
"""The keys and positions that lead from the top of a configuration to a part of it."""


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
    try:
        data = _at(tomllib.loads(document.text), TABLE)
    except tomllib.TOMLDecodeError as error:
        raise RulesetError([_syntax_error(document, str(error))]) from error
    return None if data is None else Written(data, lambda steps: _place_in_toml(document, (*TABLE, *steps)))


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


def _at(data: Any, steps: Steps) -> Any:
    """What the steps lead to, None where they lead nowhere."""
    for step in steps:
        try:
            data = data[step]
        except (KeyError, IndexError, TypeError):
            return None
    return data


def _syntax_error(document: Document, message: str) -> Diagnostic:
    found = _TOML_PLACE.search(message)
    text = message[: found.start()] if found else message
    if found and found["line"]:
        line, column = int(found["line"]), int(found["column"])
    else:
        line, column = document.position(len(document.text))
    place = Span(document.path, line, column, line, column)
    return Diagnostic(place, CODE, f"expected TOML: {text[:1].lower()}{text[1:]}")


def _place_in_toml(document: Document, steps: Steps) -> Span:
    """Where the statement stands with which the text has what the steps lead to, as far as they do.

    tomllib tells no places. But what is written up to the end of a statement is TOML, too,
    and the first such beginning that has it ends with that statement.
    """
    whole = tomllib.loads(document.text)
    steps = next(steps[:end] for end in range(len(steps), 0, -1) if _at(whole, steps[:end]) is not None)
    lines = range(len(document.line_starts) + 1)
    end = bisect_left(lines, True, key=lambda line: _at(_beginning(document, line)[1], steps) is not None)
    before, _ = _beginning(document, end - 1)
    key = steps[-1]
    is_key = isinstance(key, str)
    word = re.escape(str(key if is_key else _at(whole, steps)))
    return _found(rf"(?<![\w-]){word}(?![\w-])" if is_key else rf"(?<=[\"']){word}(?=[\"'])", document, before + 1, end)


def _beginning(document: Document, line: int) -> tuple[int, Mapping[str, Any]]:
    """The nearest line at or above one that does not break off a statement, and what the text says up to there."""
    starts = (*document.line_starts, len(document.text))
    for last in range(line, 0, -1):
        try:
            return last, tomllib.loads(document.text[: starts[last]])
        except tomllib.TOMLDecodeError:
            continue
    return 0, {}


def _found(pattern: str, document: Document, first: int, last: int) -> Span:
    """The first match within some lines, whole lines of comment left out; else the beginning of the first of them."""
    for number in range(first, last + 1):
        line = document.line(number)
        match = re.search(pattern, line)
        if match and not line.lstrip().startswith("#"):
            return Span(document.path, number, match.start() + 1, number, match.end() + 1)
    return Span(document.path, first, 1, first, 1)
