"""python-hcl2's grammar, driven by our lexer, building our syntax.

Importing this module costs the import of lark; the parser's tables are built at
the first use and kept in the user's cache directory.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import cast

from lark import Lark
from lark import Token as LarkToken
from lark.exceptions import UnexpectedToken
from lark.lexer import Lexer

from haanalyzer.frontends.terraform.builder import Builder
from haanalyzer.frontends.terraform.syntax import Expression
from haanalyzer.frontends.terraform.tokens import ExpressionError, tokenize


def parse(text: str) -> Expression:
    """The syntax of an expression. Raises `ExpressionError`; `RecursionError` on absurd nesting."""
    try:
        return cast("Expression", _parser().parse(text))
    except UnexpectedToken as error:
        if error.token.type == "$END":
            raise ExpressionError("expected more: the expression ends too early") from None
        found = str(error.token).strip() or "new line"
        raise ExpressionError(f"expected no `{found}` here") from None


class TokenLexer(Lexer):
    """Hands our tokens to lark."""

    def __init__(self, _configuration: object) -> None:
        """Lark passes its terminals, which are not needed."""

    def lex(self, data: str) -> Iterator[LarkToken]:  # type: ignore[override]
        for type_, text, start in tokenize(data):
            yield LarkToken(type_, text, start)


@lru_cache(maxsize=1)
def _parser() -> Lark:
    package = find_spec("hcl2")
    assert package is not None
    assert package.origin is not None
    return Lark(
        Path(package.origin).with_name("hcl2.lark").read_text(encoding="utf-8"),
        parser="lalr",
        lexer=TokenLexer,
        start="expression",
        transformer=Builder(),
        cache=_cache_file() or False,
    )


def _cache_file() -> str | None:
    """Where the tables are kept (building them takes more than a second), or none where nothing may be written.

    Lark writes the grammar's hash, its own and Python's version into the file, and ignores one that does not match.
    """
    try:
        folder = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "haanalyzer"
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except (OSError, RuntimeError):
        return None
    return str(folder / "hcl2-tables.bin") if os.access(folder, os.W_OK) else None
