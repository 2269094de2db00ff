"""The parsing tables of python-hcl2's grammar as data: building them takes more than a second.

They are shipped for the versions that main is tested with, and kept in the
user's cache directory for others. After a change of these versions, renew the
shipped ones: ``python -m haanalyzer.frontends.terraform.parsing.hcl2_tables``
"""

from __future__ import annotations

import json
import os
import zlib
from contextlib import suppress
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from lark import Lark
from lark import __version__ as lark_version
from lark.grammar import Rule
from lark.lexer import TerminalDef

SHIPPED = Path(__file__).with_name("hcl2_tables.bin")

_FORMAT = 1
_SHIFT, _REDUCE = 0, 1

Tables = dict[str, Any]
"""What `Lark.load` takes, without the classes of the caller's own."""


def read_grammar() -> str:
    """The text of the installed python-hcl2's grammar; the package itself is not imported."""
    package = find_spec("hcl2")
    assert package is not None
    assert package.origin is not None
    return Path(package.origin).with_name("hcl2.lark").read_text(encoding="utf-8")


def key_of(grammar: str) -> str:
    """Names everything that the tables depend on, so that tables of this key are never out of date."""
    return f"{_FORMAT}-{lark_version}-{len(grammar)}-{zlib.crc32(grammar.encode()):08x}"


def cache_file(key: str) -> Path | None:
    """Where tables that are not shipped are kept; None without a cache directory."""
    try:
        folder = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "haanalyzer"
    except RuntimeError:
        return None
    return folder / f"hcl2-{key}.tables"


def load(file: Path, key: str) -> Tables | None:
    """The tables from a file; None where there is no such file, it is of another key, or it is damaged."""
    try:
        found, _, tables = file.read_bytes().partition(b"\n")
        return _unpacked(json.loads(zlib.decompress(tables))) if found == key.encode() else None
    except (OSError, ValueError, zlib.error):
        return None


def save(parser: Lark, file: Path, key: str) -> None:
    """Write a parser's tables in one stroke, or not at all where nothing may be written."""
    text = json.dumps(_packed(parser), separators=(",", ":"))
    unfinished = file.with_suffix(f".{os.getpid()}")
    with suppress(OSError):
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        unfinished.write_bytes(key.encode() + b"\n" + zlib.compress(text.encode(), 9))
        unfinished.replace(file)


def _packed(parser: Lark) -> Tables:
    """The tables in JSON's types, what is found by number as a list."""
    data, memo = parser.memo_serialize([TerminalDef, Rule])
    options = {name: value for name, value in data["options"].items() if name not in ("lexer", "tree_class")}
    del data["parser"]["lexer_conf"]["lexer_type"]
    data["parser"]["parser"] = _packed_states(data["parser"]["parser"])
    return {"data": {**data, "options": options}, "memo": [memo[number] for number in range(len(memo))]}


def _packed_states(table: Tables) -> Tables:
    """Tokens by name, and states as they are met from the start on: lark's own numbers differ from run to run.

    A state is a list of its tokens, each followed by the next state, or by ``~`` the number of the rule to reduce by.
    """
    tokens = sorted(table["tokens"].values())
    numbers = {token: tokens.index(name) for token, name in table["tokens"].items()}
    places = {state: place for place, state in enumerate(table["start_states"].values())}
    pending = list(places)
    rows = []
    for state in pending:
        actions = sorted((numbers[token], *action) for token, action in table["states"][state].items())
        for _, is_reduction, to in actions:
            if not is_reduction and to not in places:
                places[to] = len(places)
                pending.append(to)
        targets = [~to["@"] if is_reduction else places[to] for _, is_reduction, to in actions]
        rows.append([number for action, target in zip(actions, targets, strict=True) for number in (action[0], target)])
    ends = {
        name: {rule: places[state] for rule, state in table[name].items()} for name in ("start_states", "end_states")
    }
    return {**table, **ends, "tokens": tokens, "states": rows}


def _unpacked(tables: Tables) -> Tables:
    table = tables["data"]["parser"]["parser"]
    rules = [{"@": number} for number in range(len(tables["memo"]))]
    table["tokens"] = dict(enumerate(table["tokens"]))
    table["states"] = {
        state: {
            token: (_SHIFT, target) if target >= 0 else (_REDUCE, rules[~target])
            for token, target in zip(row[::2], row[1::2], strict=True)
        }
        for state, row in enumerate(table["states"])
    }
    return {"data": tables["data"], "memo": dict(enumerate(tables["memo"]))}


if __name__ == "__main__":
    from haanalyzer.frontends.terraform.parsing.hcl2_parser import build_parser

    grammar = read_grammar()
    save(build_parser(grammar), SHIPPED, key_of(grammar))
