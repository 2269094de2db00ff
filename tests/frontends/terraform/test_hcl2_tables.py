"""The parser is loaded only when it is needed, and its tables are shipped."""

from __future__ import annotations

import os
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

import pytest
from lark import Lark

from haanalyzer.frontends.terraform.parsing import hcl2_parser, hcl2_tables
from haanalyzer.frontends.terraform.parsing.tokens import tokenize


def run_python(code: str, cache: Path) -> str:
    environment = {**os.environ, "XDG_CACHE_HOME": str(cache)}
    root = Path(__file__).parents[3]
    done = subprocess.run(
        [sys.executable, "-c", code], env=environment, cwd=root, capture_output=True, text=True, check=True
    )
    return done.stdout


def test_simple_expressions_load_no_parser(tmp_path: Path) -> None:
    code = (
        "import sys; from haanalyzer.frontends.terraform.parsing.expressions import parse_expression\n"
        "parse_expression('[var.a, \"b\", 1]'); print(sorted({'hcl2', 'lark'} & set(sys.modules)))"
    )
    assert run_python(code, tmp_path) == "[]\n"
    assert list(tmp_path.iterdir()) == []


@pytest.fixture(scope="module")
def fresh() -> Lark:
    """The parser with tables computed from the installed python-hcl2's grammar."""
    return hcl2_parser.build_parser(hcl2_tables.read_grammar())


def test_the_shipped_tables_fit_the_versions_that_main_is_tested_with(fresh: Lark, tmp_path: Path) -> None:
    """When this fails, run ``python -m haanalyzer.frontends.terraform.parsing.hcl2_tables``."""
    pinned = (Path(__file__).parents[3] / "constraints.txt").read_text(encoding="utf-8").splitlines()
    installed = [f"{name}=={version(name)}" for name in ("lark", "python-hcl2")]
    key = hcl2_tables.key_of(hcl2_tables.read_grammar())
    shipped = hcl2_tables.load(hcl2_tables.SHIPPED, key)
    if shipped is None and not set(installed) <= set(pinned):
        pytest.skip(f"the tables of {' '.join(installed)} are computed, and kept in the cache")
    hcl2_tables.save(fresh, tmp_path / "tables", key)
    assert shipped is not None
    assert shipped == hcl2_tables.load(tmp_path / "tables", key)
    assert hcl2_tables.SHIPPED.stat().st_size < 80_000


def test_the_shipped_tables_make_the_same_parser(fresh: Lark) -> None:
    text = '{ a = [for k, v in f(b...) : "${v}-%{ if k }x%{ endif }" if !v.*.c[0]], (d) = -1 == 2 ? e : null }'
    assert hcl2_parser._parser().parse(tokenize(text)) == fresh.parse(tokenize(text))


def test_shipped_tables_need_no_cache(tmp_path: Path) -> None:
    module = "haanalyzer.frontends.terraform.parsing.expressions"
    code = f"from {module} import parse_in_full; print(parse_in_full('a + 1').operator)"
    assert run_python(code, tmp_path) == "+\n"
    assert list(tmp_path.iterdir()) == []


def test_other_tables_are_computed_once_and_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fresh: Lark) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.setattr(hcl2_tables, "SHIPPED", tmp_path / "none")
    monkeypatch.setattr(hcl2_parser, "build_parser", lambda _: fresh)
    assert hcl2_parser._parser.__wrapped__() is fresh
    (file,) = (tmp_path / "haanalyzer").iterdir()
    assert hcl2_parser._parser.__wrapped__() is not fresh
    file.write_bytes(file.read_bytes()[:-1])
    assert hcl2_parser._parser.__wrapped__() is fresh
    assert hcl2_parser._parser.__wrapped__() is not fresh


def test_tables_of_another_key_are_not_taken(tmp_path: Path, fresh: Lark) -> None:
    hcl2_tables.save(fresh, tmp_path / "tables", key := hcl2_tables.key_of("a grammar"))
    assert hcl2_tables.load(tmp_path / "tables", key)
    assert hcl2_tables.load(tmp_path / "tables", hcl2_tables.key_of("another")) is None


def test_tables_that_cannot_be_kept_are_no_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fresh: Lark) -> None:
    blocking = tmp_path / "file"
    blocking.write_text("")
    monkeypatch.setenv("XDG_CACHE_HOME", str(blocking))
    file = hcl2_tables.cache_file("key")
    assert file is not None
    hcl2_tables.save(fresh, file, "key")
    assert hcl2_tables.load(file, "key") is None
