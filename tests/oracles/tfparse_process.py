"""tfparse in a process of its own, for some configurations make it hang or end the process.

Run as a program, it answers lines of ``[folder, workspace, [variable file, …]]`` with lines of ``{"blocks": …}`` or
``{"error": …}``.
"""

from __future__ import annotations

import json
import os
import select
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import TracebackType

Blocks = Mapping[str, list[Mapping[str, object]]]
"""tfparse's blocks by their type (a resource's own), each with its attributes and ``__tfmeta``."""

SECONDS = 40
_ROOTS = 100
"""How many roots one process reads: it gives no memory back."""


class NotEvaluatedError(Exception):
    """Why tfparse evaluated nothing of a root."""


class Tfparse:
    """The process, started when it is first asked, and anew when it was lost."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self._left = 0

    def __enter__(self) -> Tfparse:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._end()

    def read(
        self, folder: Path, workspace: str, variable_files: Sequence[str] = (), seconds: float = SECONDS
    ) -> Blocks:
        """The blocks of a root module and of the local modules it calls. Raises `NotEvaluatedError`."""
        process = self._running()
        assert process.stdin is not None
        try:
            process.stdin.write(json.dumps([str(folder), workspace, list(variable_files)]).encode() + b"\n")
            process.stdin.flush()
            answer = json.loads(self._line(process, time.monotonic() + seconds))
        except (NotEvaluatedError, BrokenPipeError):
            self._end()
            raise
        if "error" in answer:
            raise NotEvaluatedError(answer["error"])
        blocks: Blocks = answer["blocks"]
        return blocks

    def _running(self) -> subprocess.Popen[bytes]:
        if self._left == 0:
            self._end()
        if self._process is None:
            command = [sys.executable, str(Path(__file__).resolve())]
            self._process = subprocess.Popen(
                command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
            )
            self._left = _ROOTS
        self._left -= 1
        return self._process

    def _line(self, process: subprocess.Popen[bytes], until: float) -> bytes:
        assert process.stdout is not None
        found = bytearray()
        while not found.endswith(b"\n"):
            ready, _, _ = select.select([process.stdout], [], [], max(0.0, until - time.monotonic()))
            if not ready:
                raise NotEvaluatedError("it hangs")
            part = os.read(process.stdout.fileno(), 1 << 20)
            if not part:
                raise NotEvaluatedError("it ends the process")
            found += part
        return bytes(found)

    def _end(self) -> None:
        process, self._process = self._process, None
        if process is not None:
            process.kill()
            with process:
                process.wait()


def _answer() -> None:
    sys.path.remove(str(Path(__file__).resolve().parent))  # this folder has a module of the same name
    from tfparse import ParseError, load_from_path

    out = os.fdopen(os.dup(sys.stdout.fileno()), "w")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # what Go prints is no answer
    for line in sys.stdin:
        folder, workspace, variable_files = json.loads(line)
        try:
            blocks = load_from_path(folder, True, workspace_name=workspace, vars_paths=variable_files)
            answer: dict[str, object] = {"blocks": blocks}
        except ParseError as error:
            answer = {"error": " ".join(str(error).split())}
        out.write(json.dumps(answer) + "\n")
        out.flush()


if __name__ == "__main__":
    _answer()
