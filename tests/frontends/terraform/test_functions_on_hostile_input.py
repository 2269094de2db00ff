"""Functions that read files, and input that means harm."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from calling import ask

from haanalyzer.frontends.terraform.evaluation.symbolic import EvaluationError, plain
from haanalyzer.frontends.terraform.functions import FunctionContext
from haanalyzer.source.files import Files
from haanalyzer.values import (
    Unknown,
)


class TestFiles:
    @pytest.fixture
    def context(self, tmp_path: Path) -> FunctionContext:
        module = tmp_path / "module"
        (module / "policies" / "deep").mkdir(parents=True)
        (module / "policies" / "a.json").write_text("{}")
        (module / "policies" / "deep" / "b.json").write_text("[]")
        (module / "policies" / "c.txt").write_text("c")
        return FunctionContext(Files(tmp_path), "module", trying=False)

    def test_files_are_read_from_the_module(self, context: FunctionContext) -> None:
        assert plain(ask("file", "policies/a.json", context=context)) == "{}"
        assert plain(ask("fileexists", "./policies/a.json", context=context)) is True
        assert plain(ask("fileexists", "policies/z.json", context=context)) is False

    def test_what_is_not_there_may_be_made_later(self, context: FunctionContext) -> None:
        assert isinstance(ask("file", "build/lambda.json", context=context), Unknown)
        assert isinstance(ask("file", "/etc/passwd", context=context), Unknown)
        assert isinstance(ask("filebase64", "policies/a.json", context=context), Unknown)

    @pytest.mark.parametrize(
        ("pattern", "expected"),
        [
            ("*.json", ["a.json"]),
            ("**/*.json", ["a.json", "deep/b.json"]),
            ("{a,c}.*", ["a.json", "c.txt"]),
            ("**", ["a.json", "c.txt", "deep/b.json"]),
            ("**/**/b.*", ["deep/b.json"]),
            ("{a.*,d{eep,ust}/[!a].json}", ["a.json", "deep/b.json"]),
            ("./deep/../?.tx[s-u]", ["c.txt"]),
            ("[", []),
        ],
    )
    def test_sets_of_files(self, context: FunctionContext, pattern: str, expected: list[str]) -> None:
        assert plain(ask("fileset", "policies", pattern, context=context)) == expected


class TestHostileInput:
    @pytest.mark.parametrize(
        ("name", "arguments"),
        [
            ("regex", ["(a+)+$", "a" * 60 + "b"]),
            ("regexall", ["(.*)*x", "a" * 60]),
            ("regex", [".*.*.*.*x", "a" * 2000]),
            ("regex", ["\\p{Greek}", "α"]),
            ("yamldecode", ["[" * 100_000]),
            ("yamldecode", ["b0: &b0 [1]\n" + "".join(f"b{n}: &b{n} [{f'*b{n - 1}, ' * 9}]\n" for n in range(1, 9))]),
            ("fileset", ["/", "**"]),
            ("fileset", [".", "{a,b}" * 7]),
            ("fileset", [".", "*a" * 501]),
        ],
    )
    def test_what_could_take_forever_is_left_unknown(self, name: str, arguments: list[Any]) -> None:
        assert isinstance(ask(name, *arguments), Unknown)

    @pytest.mark.parametrize(
        ("name", "arguments"),
        [
            ("format", ["%999999999d", 1]),
            ("jsondecode", ["[" * 100_000]),
            ("parseint", ["1", 1]),
            ("range", [10**12]),
            ("cidrsubnet", ["10.0.0.0/8", 10**9, 1]),
            ("log", [0, 2]),
            ("log", [8, 1]),
            ("uuidv5", ["nonsense", "x"]),
            ("formatdate", ["YYYY", "2018-13-45T00:00:00Z"]),
            ("timeadd", ["2018-01-02T23:12:01Z", "99999999999h"]),
            ("textencodebase64", ["é", "ascii"]),
        ],
    )
    def test_what_cannot_be_answered_is_an_error(self, name: str, arguments: list[Any]) -> None:
        with pytest.raises(EvaluationError):
            ask(name, *arguments)
