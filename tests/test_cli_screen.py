"""Colour, width and progress, by what stands at the other end: tried on pseudo-terminals."""

from __future__ import annotations

import io
import os
import re
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TextIO

import pytest

from haanalyzer.cli import main, progress
from haanalyzer.cli.screen import columns_of, has_color
from tests.fixtures import TESTDATA

pty = pytest.importorskip("pty", reason="no pseudo-terminals here")
termios = pytest.importorskip("termios")

BAD = TESTDATA / "rules" / "single-zone-tier" / "bad.yaml"
EXPORTED = ("NO_COLOR", "FORCE_COLOR", "CLICOLOR_FORCE", "CLICOLOR", "COLUMNS")


@pytest.fixture(autouse=True)
def _environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in EXPORTED:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TERM", "xterm")


@contextmanager
def terminal(columns: int = 120) -> Iterator[tuple[TextIO, Callable[[], str]]]:
    """A stream to a pseudo-terminal, and what was drawn on it so far."""
    outer, inner = pty.openpty()
    termios.tcsetwinsize(inner, (24, columns))
    os.set_blocking(outer, False)
    drawn = ""

    def read() -> str:
        nonlocal drawn
        with suppress(BlockingIOError):
            while piece := os.read(outer, 65536):
                drawn += piece.decode()
        return drawn

    with os.fdopen(inner, "w", encoding="utf-8") as stream:
        yield stream, read
    os.close(outer)


@pytest.mark.parametrize(
    ("exported", "on_terminal", "in_pipe"),
    [
        ({}, True, False),
        ({"TERM": "dumb"}, False, False),
        ({"NO_COLOR": "1"}, False, False),
        ({"NO_COLOR": ""}, True, False),
        ({"CLICOLOR": "0"}, False, False),
        ({"FORCE_COLOR": "1"}, True, True),
        ({"FORCE_COLOR": "0"}, True, False),
        ({"CLICOLOR_FORCE": "1", "TERM": "dumb"}, True, True),
        ({"NO_COLOR": "1", "FORCE_COLOR": "1"}, False, False),
    ],
)
def test_colour_follows_the_terminal_and_what_is_exported(
    monkeypatch: pytest.MonkeyPatch, exported: dict[str, str], on_terminal: bool, in_pipe: bool
) -> None:
    for name, value in exported.items():
        monkeypatch.setenv(name, value)
    with terminal() as (stream, _):
        assert has_color(stream, "auto") is on_terminal
        assert has_color(stream, "always") is True
        assert has_color(stream, "never") is False
    assert has_color(io.StringIO(), "auto") is in_pipe
    assert has_color(None, "auto") is False
    assert has_color(None, "always") is True


def test_width_follows_the_terminal_and_what_is_exported(monkeypatch: pytest.MonkeyPatch) -> None:
    with terminal(57) as (stream, _):
        assert columns_of(stream, 100) == 57
        monkeypatch.setenv("COLUMNS", "61")
        assert columns_of(stream, 100) == 61
        monkeypatch.setenv("COLUMNS", "0")
        assert columns_of(stream, 100) == 57
    monkeypatch.setenv("COLUMNS", "wide")
    assert columns_of(io.StringIO(), 100) == 100
    with terminal(0) as (stream, _):
        assert columns_of(stream, 100) == 100


def test_a_report_on_a_terminal(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "bad.yaml").write_text(BAD.read_text("utf-8"), "utf-8")
    monkeypatch.chdir(tmp_path)
    with terminal(60) as (stream, read):
        monkeypatch.setattr(sys, "stdout", stream)
        assert main(["check", "bad.yaml"]) == 1
        drawn = read()
    assert drawn.startswith("\x1b[1;33mwarning[HA101]")
    (mend,) = (line for line in re.sub(r"\x1b\[[0-9;]*m", "", drawn).splitlines() if " = mend: " in line)
    assert 40 < len(mend) <= 60


@contextmanager
def told(monkeypatch: pytest.MonkeyPatch, stream: TextIO) -> Iterator[Callable[[int, int, str], None] | None]:
    monkeypatch.setattr(sys, "stderr", stream)
    monkeypatch.setattr(progress, "FIRST_SECONDS", 0.02)
    monkeypatch.setattr(progress, "EVERY_SECONDS", 0.01)
    with progress.shown_progress() as tell:
        yield tell


def wait_for(text: str, read: Callable[[], str]) -> None:
    deadline = time.monotonic() + 10
    while text not in read():
        assert time.monotonic() < deadline, read()
        time.sleep(0.01)


def test_progress_is_drawn_on_a_terminal_and_wiped(monkeypatch: pytest.MonkeyPatch) -> None:
    with terminal(40) as (stream, read):
        with told(monkeypatch, stream) as tell:
            assert tell is not None
            tell(2, 7, "stacks/shop")
            wait_for("\ranalyzing 3 of 7: stacks/shop\x1b[K", read)
            tell(3, 7, "stacks/" + "long" * 20 + "\x1b[31m")
            wait_for("analyzing 4 of 7", read)
        drawn = read()
    assert drawn.endswith("\x1b[K\r\x1b[K")
    assert "\n" not in drawn
    assert max(len(each.removesuffix("\x1b[K")) for each in drawn.split("\r")) == 39


def test_progress_is_wiped_when_the_analysis_is_broken_off(monkeypatch: pytest.MonkeyPatch) -> None:
    with terminal() as (stream, read):

        def broken_off() -> None:
            with told(monkeypatch, stream) as tell:
                assert tell is not None
                tell(0, 1, "slow")
                wait_for("slow", read)
                raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            broken_off()
        assert read().endswith("\r\x1b[K")


def test_an_analysis_that_is_soon_over_draws_nothing(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "bad.yaml").write_text(BAD.read_text("utf-8"), "utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(progress, "FIRST_SECONDS", 3_600)
    with terminal() as (stream, read):
        monkeypatch.setattr(sys, "stderr", stream)
        assert main(["check", "bad.yaml"]) == 1
        assert read() == ""


def test_an_analysis_tells_of_its_progress(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in "abcdefgh":
        (tmp_path / f"{name}.yaml").write_text(BAD.read_text("utf-8"), "utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(progress, "FIRST_SECONDS", 0.0)
    monkeypatch.setattr(progress, "EVERY_SECONDS", 0.001)
    with terminal() as (stream, read):
        monkeypatch.setattr(sys, "stderr", stream)
        assert main(["check"]) == 1
        drawn = read()
    assert " of 8: " in drawn
    assert drawn.endswith("\r\x1b[K")


@pytest.mark.parametrize("term", ["xterm", "dumb"])
def test_nothing_is_drawn_where_nobody_looks(monkeypatch: pytest.MonkeyPatch, term: str) -> None:
    monkeypatch.setenv("TERM", term)
    with told(monkeypatch, io.StringIO()) as tell:
        assert tell is None
    with terminal() as (stream, _), told(monkeypatch, stream) as tell:
        assert (tell is None) is (term == "dumb")
