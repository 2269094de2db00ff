"""Pages of ``docs/`` that are executed: each file is written, each command run, each output compared."""

from __future__ import annotations

import re
import shlex
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from haanalyzer.cli import main
from tests.fixtures import TESTDATA

_BLOCK = re.compile(r"(?:<!-- (?P<word>\w+): (?P<name>\S+) -->\n)?```(?P<language>\w+)\n(?P<text>.*?)```", re.DOTALL)


class Block(NamedTuple):
    """A block of a page: what the comment above it says, and its text.

    ``file: path`` is a file to write, ``is: path`` what a file is by then; a ``console`` block has a command
    and its output.
    """

    word: str | None
    name: str
    language: str
    text: str


def page(name: str) -> str:
    """The text of a page."""
    return (TESTDATA.parent / "docs" / name).read_text("utf-8")


def blocks(text: str) -> Iterator[Block]:
    for match in _BLOCK.finditer(text):
        yield Block(match["word"], match["name"] or "", match["language"], match["text"])


def execute(
    text: str,
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    before: Callable[[Block], None] = lambda _: None,
) -> None:
    """Do all that a page does, in a repository of its own; ``before`` is told of each command."""
    (folder / ".git").mkdir()
    monkeypatch.chdir(folder)
    monkeypatch.setenv("COLUMNS", "100")
    commands = 0
    for block in blocks(text):
        if block.language == "console":
            before(block)
            prompt, _, expected = block.text.partition("\n")
            main(shlex.split(prompt.removeprefix("$ haanalyzer ")))
            out, err = capsys.readouterr()
            assert err + out == expected, prompt
            commands += 1
        elif block.word == "file":
            Path(block.name).parent.mkdir(exist_ok=True, parents=True)
            Path(block.name).write_text(block.text)
        elif block.word is not None:
            assert block.word == "is"
            assert Path(block.name).read_text() == block.text
    assert commands == text.count("$ haanalyzer")
