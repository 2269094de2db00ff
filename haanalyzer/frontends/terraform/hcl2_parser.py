"""python-hcl2's grammar, driven by our lexer, building our syntax.

Importing this module costs the import of lark; the parser's tables are built at
the first use and kept in the user's cache directory.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import suppress
from functools import lru_cache
from hashlib import sha256
from importlib.util import find_spec
from io import BytesIO
from pathlib import Path
from typing import cast

from lark import Lark
from lark import Token as LarkToken
from lark import __version__ as lark_version
from lark.exceptions import UnexpectedToken
from lark.lexer import Lexer

from haanalyzer import __version__
from haanalyzer.frontends.terraform.builder import build
from haanalyzer.frontends.terraform.syntax import Expression
from haanalyzer.frontends.terraform.tokens import ExpressionError, Token, tokenize, tokenize_template

_DIGEST_SIZE = sha256().digest_size


def parse(text: str) -> Expression:
    """The syntax of an expression. Raises `ExpressionError`."""
    return _parsed(tokenize(text))


def parse_text(text: str) -> Expression:
    """The syntax of a template that is not quoted, such as a file. Raises `ExpressionError`."""
    return _parsed(tokenize_template(text))


def _parsed(tokens: list[Token]) -> Expression:
    try:
        return cast("Expression", _parser().parse(tokens))
    except UnexpectedToken as error:
        if error.token.type == "$END":
            raise ExpressionError("expected more: the expression ends too early") from None
        found = str(error.token).strip() or "new line"
        raise ExpressionError(f"expected no `{found}` here") from None


class TokenLexer(Lexer):
    """Hands our tokens to lark."""

    def __init__(self, _configuration: object) -> None:
        """Lark passes its terminals, which are not needed."""

    def lex(self, data: list[Token]) -> Iterator[LarkToken]:  # type: ignore[override]
        for type_, text, start in data:
            yield LarkToken(type_, text, start)


@lru_cache(maxsize=1)
def _parser() -> Lark:
    package = find_spec("hcl2")
    assert package is not None
    assert package.origin is not None
    grammar = Path(package.origin).with_name("hcl2.lark").read_text(encoding="utf-8")
    file = _tables_file(grammar)
    parser = _load(file) if file else None
    if parser is None:
        parser = Lark(grammar, parser="lalr", lexer=TokenLexer, start="expression", tree_class=build)
        if file:
            _save(parser, file)
    return parser


def _tables_file(grammar: str) -> Path | None:
    """Where the parser's tables are kept (building them takes more than a second), or none without a cache directory.

    Whatever the tables depend on is in the name, so a file is never out of date.
    """
    try:
        folder = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "haanalyzer"
    except RuntimeError:
        return None
    origin = f"{__name__} {__version__} {lark_version} {sys.version_info[:2]} {grammar}"
    return folder / f"hcl2-{sha256(origin.encode()).hexdigest()[:16]}.tables"


def _load(file: Path) -> Lark | None:
    """The parser from its file: a digest, then what lark saved. None where there is no such file, or it is damaged."""
    try:
        content = file.read_bytes()
    except OSError:
        return None
    digest, tables = content[:_DIGEST_SIZE], content[_DIGEST_SIZE:]
    return Lark.load(BytesIO(tables)) if sha256(tables).digest() == digest else None


def _save(parser: Lark, file: Path) -> None:
    """Write the tables in one stroke, or not at all where nothing may be written."""
    tables = BytesIO()
    parser.save(tables)
    unfinished = file.with_suffix(f".{os.getpid()}")
    with suppress(OSError):
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        unfinished.write_bytes(sha256(tables.getvalue()).digest() + tables.getvalue())
        unfinished.replace(file)
