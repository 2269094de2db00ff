"""Neither the hash seed nor the order of paths changes a byte of what is reported."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.fixtures import TESTDATA


def sarif(seed: str, paths: list[str]) -> bytes:
    command = [sys.executable, "-m", "haanalyzer", "check", *paths, "--profile", "all", "--output", "sarif"]
    environment = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(TESTDATA.parent)}
    return subprocess.run(command, cwd=TESTDATA, env=environment, capture_output=True, check=False).stdout


@pytest.fixture(scope="module")
def once() -> bytes:
    return sarif("0", ["rules", "real"])


@pytest.mark.parametrize(("seed", "paths"), [("1", ["rules", "real"]), ("4242", ["real", "rules"])])
def test_hash_seeds_and_order_of_paths(once: bytes, seed: str, paths: list[str]) -> None:
    assert len(once) > 10_000
    assert sarif(seed, paths) == once


def test_where_it_lies(once: bytes, tmp_path: Path) -> None:
    assert str(TESTDATA.parent).encode() not in once
    assert str(tmp_path).encode() not in once
