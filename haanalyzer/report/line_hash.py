"""The line fingerprint by which GitHub recognizes an alert again.

GitHub's upload action writes it as ``primaryLocationLineHash`` where it is
missing, and warns about every result whose own value differs: it has to be
exact to the bit.
"""

from __future__ import annotations

import sys
from array import array
from collections import Counter
from itertools import accumulate

_WINDOW = 100
_BASE = 37
_MASK = 2**64 - 1
_SHIFT = pow(_BASE, _WINDOW, 2**64)
_NEWLINE = 10
_END_OF_FILE = 0xFFFF


def line_hashes(text: str) -> list[str]:
    """The hash of each line: ``hex:n``, the n-th line with that hash.

    A line's hash is a polynomial over the next hundred UTF-16 units from its
    start, blanks and tabs left out, every line end read as one newline. The end
    of the file counts as a unit of its own, and zeros follow it.
    """
    significant = text.replace("\r\n", "\n").replace("\r", "\n").replace(" ", "").replace("\t", "")
    units = array("H")
    units.frombytes(significant.encode(f"utf-16-{sys.byteorder[0]}e", "surrogatepass"))
    starts = [0, *(at + 1 for at, unit in enumerate(units) if unit == _NEWLINE)]
    units.append(_END_OF_FILE)
    units.extend([0] * _WINDOW)
    prefixes = list(accumulate(units, lambda sum_, unit: (sum_ * _BASE + unit) & _MASK, initial=0))

    seen: Counter[str] = Counter()
    hashes = []
    for start in starts:
        digest = format((prefixes[start + _WINDOW] - prefixes[start] * _SHIFT) & _MASK, "x")
        seen[digest] += 1
        hashes.append(f"{digest}:{seen[digest]}")
    return hashes
