"""The line fingerprint, against hashes that GitHub's own implementation publishes and a slow reading of its rule."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from haanalyzer.report.line_hash import line_hashes


def slowly(text):
    """The rule word by word: each line start, the next hundred units that are no blank, a polynomial."""
    units = []
    for character in text.replace("\r\n", "\n").replace("\r", "\n"):
        raw = character.encode("utf-16-le")
        units += [int.from_bytes(raw[at : at + 2], "little") for at in range(0, len(raw), 2)]
    units = [unit for unit in units if unit not in (32, 9)] + [0xFFFF]
    seen, hashes = {}, []
    for start in [0] + [at + 1 for at, unit in enumerate(units) if unit == 10]:
        value = 0
        for unit in (units[start:] + [0] * 100)[:100]:
            value = (value * 37 + unit) % 2**64
        seen[value] = seen.get(value, 0) + 1
        hashes.append(f"{value:x}:{seen[value]}")
    return hashes


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ["c129715d7a2bc9a3:1"]),
        (
            " a\nb\n  \t\tc\n d",
            ["271789c17abda88f:1", "54703d4cd895b18:1", "180aee12dab6264:1", "a23a3dc5e078b07b:1"],
        ),
    ],
)
def test_published_vectors(text, expected):
    assert line_hashes(text) == expected


@given(st.text(alphabet=["a", "b", " ", "\t", "\n", "\r", "🐘", "ü", "}"], max_size=400))
def test_the_rule_word_by_word(text):
    assert line_hashes(text) == slowly(text)


def test_equal_lines_are_counted():
    block = "}\n" * 150
    hashes = line_hashes(block)
    assert len(hashes) == 151
    assert hashes[0].removesuffix("1") == hashes[1].removesuffix("2")


def test_line_ends_are_alike():
    assert line_hashes("a\r\nb\r\n") == line_hashes("a\rb\r") == line_hashes("a\nb\n")
