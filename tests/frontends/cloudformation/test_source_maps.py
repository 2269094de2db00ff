"""Lines of compiled JavaScript as the lines they were written on."""

from __future__ import annotations

import base64
import json
from pathlib import Path

import pytest

from haanalyzer.frontends.cloudformation.assembly.program import lines_of
from haanalyzer.frontends.cloudformation.assembly.source_map import Written, written_at
from haanalyzer.source.document import Document
from haanalyzer.source.files import Files

DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
PROGRAM = "import * as cdk from 'aws-cdk-lib';\n\nconst app = new cdk.App();\nnew Shop(app, 'Shop');\n"
COMPILED = '"use strict";\nconst cdk = require("aws-cdk-lib");\nconst app = new cdk.App(); new Shop(app, "Shop");\n'
# Compiled line and column, written line and column; from 0.
SEGMENTS = [(1, 0, 0, 0), (2, 0, 2, 0), (2, 12, 2, 12), (2, 27, 3, 0), (2, 31, 3, 4)]


def encoded(number: int) -> str:
    """A number in base 64 digits, as a map has it."""
    rest = -number << 1 | 1 if number < 0 else number << 1
    text = ""
    while True:
        rest, digit = rest >> 5, rest & 31
        text += DIGITS[digit | 32 if rest else digit]
        if not rest:
            return text


def mappings(segments: list[tuple[int, int, int, int]]) -> str:
    lines = [""] * (segments[-1][0] + 1)
    before = (0, 0)
    for at, (line, column, *written) in enumerate(segments):
        start = segments[at - 1][1] if at and segments[at - 1][0] == line else 0
        fields = (column - start, 0, written[0] - before[0], written[1] - before[1])
        before = (written[0], written[1])
        lines[line] += ("," if lines[line] else "") + "".join(map(encoded, fields))
    return ";".join(lines)


MAP = {"version": 3, "sources": ["../bin/shop.ts"], "names": [], "mappings": mappings(SEGMENTS)}


def project(folder: Path, compiled: str) -> Files:
    for path, text in {"bin/shop.ts": PROGRAM, "dist/shop.js": compiled}.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text)
    return Files(folder)


def inline(content: object) -> str:
    data = base64.b64encode(json.dumps(content).encode()).decode()
    return f"{COMPILED}//# sourceMappingURL=data:application/json;base64,{data}\n"


@pytest.mark.parametrize(
    ("line", "column", "expected"),
    [
        (2, 1, (1, 1)),
        (3, 1, (3, 1)),
        (3, 13, (3, 13)),
        (3, 20, (3, 13)),
        (3, 28, (4, 1)),
        (3, 40, (4, 5)),
        (1, 1, None),
    ],
)
def test_a_place_is_where_its_stretch_was_written(
    tmp_path: Path, line: int, column: int, expected: tuple[int, int] | None
) -> None:
    files = project(tmp_path, inline(MAP))
    compiled = files.read("dist/shop.js")
    assert isinstance(compiled, Document)
    assert written_at(compiled, line, column, files) == (Written("bin/shop.ts", *expected) if expected else None)


def test_a_map_may_lie_beside_and_have_a_root(tmp_path: Path) -> None:
    content = {**MAP, "sourceRoot": "..", "sources": ["bin/shop.ts"]}
    files = project(tmp_path, f"{COMPILED}//# sourceMappingURL=shop.js.map\n")
    (tmp_path / "dist/shop.js.map").write_text(json.dumps(content))
    (place,) = lines_of([f"Object.<anonymous> ({tmp_path.resolve()}/dist/shop.js:3:28)"], files)
    assert (str(place), place.column, place.end_column) == ("bin/shop.ts:4", 1, 23)


@pytest.mark.parametrize(
    "compiled",
    [
        COMPILED,
        f"{COMPILED}//# sourceMappingURL=gone.js.map\n",
        f"{COMPILED}//# sourceMappingURL=https://elsewhere/shop.js.map\n",
        f"{COMPILED}//# sourceMappingURL=data:application/json;base64,!!!\n",
        inline([]),
        inline({**MAP, "mappings": ";;*"}),
        inline({**MAP, "mappings": ";;A?AA"}),
        inline({**MAP, "mappings": None}),
        inline({**MAP, "sources": []}),
        inline({**MAP, "sources": ["../bin/gone.ts"]}),
        inline({**MAP, "sources": ["../../outside.ts"]}),
        inline({**MAP, "sources": ["../node_modules/shop/shop.ts"]}),
    ],
)
def test_without_a_map_that_can_be_read_it_is_the_compiled_line(tmp_path: Path, compiled: str) -> None:
    (tmp_path / "app").mkdir()
    (tmp_path / "outside.ts").write_text(PROGRAM)
    files = project(tmp_path / "app", compiled)
    (tmp_path / "app/node_modules/shop").mkdir(parents=True)
    (tmp_path / "app/node_modules/shop/shop.ts").write_text(PROGRAM)
    (place,) = lines_of([f"new Shop ({tmp_path.resolve()}/app/dist/shop.js:3:28)"], files)
    assert (str(place), place.column) == ("dist/shop.js:3", 28)
