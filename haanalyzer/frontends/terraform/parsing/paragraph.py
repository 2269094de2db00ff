"""The lines of a block that a new argument joins, and the column of their equals signs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from haanalyzer.frontends.terraform.parsing.syntax import AttributeSyntax, BlockSyntax
from haanalyzer.source.edit import Edit

_META_ARGUMENTS = frozenset({"count", "for_each", "provider", "depends_on"})


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Arguments on lines that follow each other, each on one line.

    ``column`` has also the one whose heredoc opens on the next line: ``terraform fmt`` puts
    its equals sign below the others'.
    """

    arguments: tuple[AttributeSyntax, ...]
    column: tuple[AttributeSyntax, ...]

    @classmethod
    def of(cls, block: BlockSyntax) -> Paragraph:
        """The first paragraph of a block, past one that holds meta-arguments only."""
        paragraphs = list(_paragraphs(block))
        return next((each for each in paragraphs if not each.is_meta), paragraphs[0] if paragraphs else cls((), ()))

    @property
    def end(self) -> int | None:
        """The offset of its end; None where there is none, and new arguments come first in the block."""
        return self.arguments[-1].offset + len(self.arguments[-1].text.rstrip()) if self.arguments else None

    @property
    def is_meta(self) -> bool:
        return all(each.name in _META_ARGUMENTS for each in self.column)

    @property
    def _is_aligned(self) -> bool:
        return len({_width(each) for each in self.column}) == 1

    def width_with(self, names: Iterable[str]) -> int:
        """How wide the column of names is once these have joined it."""
        widest = max(map(len, names))
        return max(widest, _width(self.column[0])) if self._is_aligned else widest

    def widened(self, names: Iterable[str]) -> Iterator[Edit]:
        """The blanks that keep the equals signs below each other when longer names join them."""
        missing = self.width_with(names) - _width(self.column[0]) if self._is_aligned else 0
        for attribute in self.column if missing > 0 else ():
            equals = attribute.document.text.index("=", attribute.name_offset)
            yield Edit(attribute.document.span(equals, equals), " " * missing)


def _paragraphs(block: BlockSyntax) -> Iterator[Paragraph]:
    """Each paragraph of a block, from the first on."""
    found: list[AttributeSyntax] = []
    for attribute in sorted(block.body.attributes.values(), key=lambda each: each.name_offset):
        line, end_line = attribute.key_span.line, attribute.span.end_line
        follows = bool(found) and line == found[-1].key_span.line + 1
        if found and (not follows or end_line != line):
            opens_heredoc = follows and attribute.text.startswith("<<")
            yield Paragraph(tuple(found), (*found, attribute) if opens_heredoc else tuple(found))
            found = []
        if end_line == line:
            found.append(attribute)
    if found:
        yield Paragraph(tuple(found), tuple(found))


def _width(attribute: AttributeSyntax) -> int:
    """How wide the column of names is here: up to the blank before the equals sign."""
    equals = attribute.document.text.index("=", attribute.name_offset)
    return max(equals - attribute.name_offset - 1, len(attribute.name))
