"""HashiCorp's HCL parser in a node process.

`FOLDER` is where ``npm install --no-save @cdktf/hcl2json`` was run: HAANALYZER_HCL2JSON names it.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path
from types import TracebackType

FOLDER = os.environ.get("HAANALYZER_HCL2JSON")
_PROGRAM = Path(__file__).with_name("hcl2json.cjs")


class RejectedError(Exception):
    """What HashiCorp's parser says of a text that is no HCL."""


def missing() -> str:
    """Why the parser cannot be asked; empty where it can."""
    if not FOLDER:
        return "HAANALYZER_HCL2JSON names no folder with @cdktf/hcl2json"
    if not (Path(FOLDER) / "node_modules/@cdktf/hcl2json").is_dir():
        return f"@cdktf/hcl2json is not installed in {FOLDER}"
    return "" if shutil.which("node") else "node is not installed"


class Hcl2json:
    """The process, for as long as the context is open."""

    def __enter__(self) -> Hcl2json:
        assert FOLDER is not None
        command = ["node", str(_PROGRAM), FOLDER]
        self._process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with self._process as process:
            process.kill()

    def file(self, text: str) -> object:
        """A file's blocks and attributes, expressions that are no literals as ``${text}``. Raises `RejectedError`."""
        return self._ask("file", text)

    def expression(self, text: str) -> object:
        """The syntax tree of an expression. Raises `RejectedError`."""
        return self._ask("expression", f"{text}\n")

    def _ask(self, kind: str, text: str) -> object:
        process = self._process
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(json.dumps([kind, text]).encode() + b"\n")
        process.stdin.flush()
        answer = json.loads(process.stdout.readline())
        if "error" in answer:
            raise RejectedError(" ".join(answer["error"].split()))
        return answer["value"]
