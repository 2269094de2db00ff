"""Completion, tried in the shells themselves."""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from pathlib import Path

import pytest

from haanalyzer.catalog.regions import regions
from haanalyzer.cli import main
from haanalyzer.cli.arguments import COMMANDS
from haanalyzer.policy import profile_names, rules
from haanalyzer.report import FORMATS

NAMES = [name for rule in rules() for name in (rule.info.code, rule.info.slug)]
COMPLETED = [
    ("check --profile ", profile_names()),
    ("check --fail-on ", ("note", "warning", "error", "never")),
    ("check --show ", ("undecided", "passed")),
    ("check --output sarif", [each for each in FORMATS if each.startswith("sarif")]),
    ("explain HA10", [each for each in NAMES if each.startswith("HA10")]),
    ("check --select single-zone-", [each for each in NAMES if each.startswith("single-zone-")]),
    ("graph --region eu-", [each for each in regions() if each.startswith("eu-")]),
    ("rules --li", ("--like",)),
    ("check --config some", ("some.yaml",)),
    ("check some", ("some.yaml",)),
]


def script(shell: str, capsys: pytest.CaptureFixture[str]) -> str:
    assert main(["completion", shell]) == 0
    return capsys.readouterr().out


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "some.yaml").touch()
    return tmp_path


def needs(shell: str) -> str:
    return shutil.which(shell) or pytest.skip(f"no {shell} here")


def run(folder: Path, *command: str) -> list[str]:
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=60)
    assert done.stderr == ""
    return done.stdout.splitlines()


def test_bash_completes(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    bash = needs("bash")
    (folder / "script").write_text(script("bash", capsys))
    asking = "".join(
        f"COMP_WORDS=({' '.join(repr(word) for word in ('haanalyzer', *words.split(' ')))}); COMPREPLY=(); "
        "COMP_CWORD=$((${#COMP_WORDS[@]} - 1)); _shtab_haanalyzer; echo ${COMPREPLY[@]}\n"
        for words, _ in COMPLETED
    )
    answers = run(folder, bash, "--norc", "-c", f"source ./script\n{asking}")
    assert [sorted(line.split()) for line in answers] == [sorted(words) for _, words in COMPLETED]


def test_fish_completes(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    fish = needs("fish")
    (folder / "script").write_text(script("fish", capsys))
    asking = "".join(f'complete -C "haanalyzer {words}"; echo .\n' for words, _ in COMPLETED)
    answers = "\n".join(run(folder, fish, "--no-config", "-c", f"source ./script\n{asking}")).split("\n.")
    found = [{line.split("\t")[0] for line in answer.splitlines() if line} for answer in answers[:-1]]
    for (words, expected), given in zip(COMPLETED, found, strict=True):
        assert set(expected) <= given, words
        assert given == set(expected) or words.endswith("some"), words


def test_zsh_completes(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    zsh = needs("zsh")
    pty = pytest.importorskip("pty")
    (folder / "_haanalyzer").write_text(script("zsh", capsys))
    process, terminal = pty.fork()
    if process == 0:
        os.chdir(folder)
        os.execve(zsh, [zsh, "-f", "-i"], {"PATH": os.environ["PATH"], "TERM": "xterm", "HOME": str(folder)})
    try:
        answer(
            terminal,
            "fpath=($PWD $fpath); autoload -Uz compinit && compinit -u -D; print READY-$((1 + 1))\n",
            "READY-2",
        )
        answer(terminal, "haanalyzer check --profile crit\t", "critical")
        answer(terminal, "\x15haanalyzer explain unreachable-targ\t", "unreachable-target")
        answer(terminal, "\x15haanalyzer check --config so\t", "some.yaml")
    finally:
        os.close(terminal)
        os.waitpid(process, 0)


def answer(terminal: int, keys: str, expected: str) -> None:
    """Type, and wait for what must come."""
    os.write(terminal, keys.encode())
    os.set_blocking(terminal, False)
    drawn, deadline = "", time.monotonic() + 30
    while expected not in drawn:
        assert time.monotonic() < deadline, drawn
        try:
            drawn += os.read(terminal, 65536).decode(errors="replace")
        except BlockingIOError:
            time.sleep(0.02)


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_every_command_is_completed(capsys: pytest.CaptureFixture[str], shell: str) -> None:
    text = script(shell, capsys)
    assert [each.__name__ for each in COMMANDS if each.__name__.rpartition(".")[2] not in text] == []


def test_another_shell_is_wrong_usage(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as end:
        main(["completion", "tcsh"])
    assert end.value.code == 2
    assert "bash" in capsys.readouterr().err
