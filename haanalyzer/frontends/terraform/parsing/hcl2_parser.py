"""python-hcl2's grammar, driven by our lexer, building our syntax.

Importing this module costs the import of lark.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import cast

from lark import Lark
from lark import Token as LarkToken
from lark.exceptions import UnexpectedToken
from lark.lexer import Lexer

from haanalyzer.frontends.terraform.parsing import hcl2_tables
from haanalyzer.frontends.terraform.parsing.builder import build
from haanalyzer.frontends.terraform.parsing.syntax import Expression
from haanalyzer.frontends.terraform.parsing.tokens import ExpressionError, Token, tokenize, tokenize_template


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
    grammar = hcl2_tables.read_grammar()
    key = hcl2_tables.key_of(grammar)
    kept = hcl2_tables.cache_file(key)
    for file in (hcl2_tables.SHIPPED, kept):
        tables = hcl2_tables.load(file, key) if file else None
        if tables is not None:
            return load_parser(tables)
    parser = build_parser(grammar)
    if kept:
        hcl2_tables.save(parser, kept, key)
    return parser


def build_parser(grammar: str) -> Lark:
    """The parser of a grammar's expressions, its tables computed."""
    return Lark(grammar, parser="lalr", start="expression", lexer=TokenLexer, tree_class=build)


def load_parser(tables: hcl2_tables.Tables) -> Lark:
    """The same parser from its tables, which this completes."""
    tables["data"]["options"] |= {"lexer": TokenLexer, "tree_class": build}
    tables["data"]["parser"]["lexer_conf"]["lexer_type"] = TokenLexer
    return Lark.load(tables)
