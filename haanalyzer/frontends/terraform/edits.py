"""Edits that set one argument of a resource, formatted as ``terraform fmt`` would."""

from __future__ import annotations

import json
from collections.abc import Sequence

from haanalyzer.frontends.terraform.expressions import parse_expression
from haanalyzer.frontends.terraform.structure import parse_body
from haanalyzer.frontends.terraform.syntax import AttributeSyntax, BlockSyntax, Literal
from haanalyzer.source.document import Document
from haanalyzer.source.edit import Edit, NotEditableError
from haanalyzer.source.span import Span
from haanalyzer.values import Scalar

_STEP = "  "


def set_argument(document: Document, resource: Span, path: Sequence[str], value: Scalar) -> list[Edit]:
    """The edits that give an argument a value.

    ``resource`` is the place of the block's header, ``path`` leads through nested blocks
    to the argument. NotEditableError where the argument is no literal, or cannot be
    told from others.
    """
    block = _block_at(document, resource)
    *outer, name = path
    for depth, segment in enumerate(outer):
        inner = _nested(block, segment)
        if inner is None:
            return _inserted(block, _nested_lines(outer[depth:], name, value))
        block = inner
    attribute = block.body.attributes.get(name)
    if attribute is None:
        return _inserted(block, [(name, _literal(value))])
    return [Edit(_literal_place(attribute), _literal(value))]


def _block_at(document: Document, resource: Span) -> BlockSyntax:
    body, _ = parse_body(document)
    found = next((block for block in body.blocks if block.header_span == resource), None)
    if found is None:
        raise NotEditableError("its block was not found")
    return found


def _nested(block: BlockSyntax, name: str) -> BlockSyntax | None:
    """The only block of a name; None when there is none."""
    if name in block.body.attributes or any(each.labels == (name,) for each in block.body.blocks_of("dynamic")):
        raise NotEditableError(f"`{name}` is made by an expression")
    found = block.body.blocks_of(name)
    if len(found) > 1:
        raise NotEditableError(f"there are {len(found)} `{name}` blocks")
    return found[0] if found else None


def _literal_place(attribute: AttributeSyntax) -> Span:
    written = attribute.text.rstrip()
    if not isinstance(parse_expression(attribute.text), Literal) or written.startswith("<<"):
        raise NotEditableError(f"`{attribute.name}` is `{' '.join(written.split())}`")
    return attribute.document.span(attribute.offset, attribute.offset + len(written))


def _literal(value: Scalar) -> str:
    return json.dumps(value, ensure_ascii=False).replace("${", "$${").replace("%{", "%%{")


def _nested_lines(blocks: Sequence[str], name: str, value: Scalar) -> list[tuple[str, str]]:
    """A new block with what is in it, as lines of a name and what follows it."""
    lines = [(f"{_STEP * depth}{block}", "{") for depth, block in enumerate(blocks)]
    lines.append((f"{_STEP * len(blocks)}{name}", _literal(value)))
    lines += [(f"{_STEP * depth}}}", "") for depth in reversed(range(len(blocks)))]
    return lines


def _inserted(block: BlockSyntax, lines: list[tuple[str, str]]) -> list[Edit]:
    """New lines at the end of the first paragraph of arguments; a new block after the last item."""
    text = block.document.text
    opening = text.index("{", block.header_end)
    if "\n" not in text[opening : block.end]:
        return [_spread_out(block, opening, lines)]
    indent = _indent(block) + _STEP
    is_block = len(lines) > 1
    anchor = _last_item(block, opening) if is_block else None
    paragraph = [] if is_block else _first_paragraph(block)
    if paragraph:
        anchor = paragraph[-1].offset + len(paragraph[-1].text.rstrip())
    at = _line_end(text, opening + 1 if anchor is None else anchor)
    edits = [] if is_block else _widened(paragraph, len(lines[0][0]))
    width = max((_width(each) for each in paragraph), default=0) if _is_aligned(paragraph) else 0
    line_end = block.document.line_end
    gap = line_end if is_block and anchor is not None else ""
    new = gap + "".join(f"{line_end}{indent}{_line(name, rest, width)}" for name, rest in lines)
    return [*edits, Edit(block.document.span(at, at), new)]


def _line(name: str, rest: str, width: int) -> str:
    if not rest:
        return name
    return f"{name} {{" if rest == "{" else f"{name:<{width}} = {rest}"


def _spread_out(block: BlockSyntax, opening: int, lines: list[tuple[str, str]]) -> Edit:
    """A block written on one line holds one argument at most: it gets lines of its own."""
    text = block.document.text
    new_line = f"{block.document.line_end}{_indent(block)}"
    written = text[opening + 1 : block.end - 1].strip()
    inside = [*([written] if written else []), *(_line(name, rest, 0) for name, rest in lines)]
    spread = "".join(f"{new_line}{_STEP}{line}" for line in inside)
    return Edit(block.document.span(opening, block.end), f"{{{spread}{new_line}}}")


def _indent(block: BlockSyntax) -> str:
    text = block.document.text
    line = text[text.rfind("\n", 0, block.start) + 1 : block.start]
    return line if not line.strip() else ""


def _line_end(text: str, at: int) -> int:
    """The end of the line, a comment after the item included."""
    end = text.find("\n", at)
    end = len(text) if end < 0 else end
    return end - 1 if text[at:end].endswith("\r") else end


def _last_item(block: BlockSyntax, opening: int) -> int | None:
    ends = [each.offset + len(each.text.rstrip()) for each in block.body.attributes.values()]
    ends += [each.end for each in block.body.blocks]
    return max((end for end in ends if end > opening), default=None)


def _first_paragraph(block: BlockSyntax) -> list[AttributeSyntax]:
    """The arguments on the first lines that follow each other, each on one line."""
    found: list[AttributeSyntax] = []
    for attribute in sorted(block.body.attributes.values(), key=lambda each: each.name_offset):
        line, end_line = attribute.key_span.line, attribute.span.end_line
        is_next = not found or line == found[-1].key_span.line + 1
        if end_line != line or not is_next:
            break
        found.append(attribute)
    return found


def _width(attribute: AttributeSyntax) -> int:
    """How wide the column of names is here: up to the blank before the equals sign."""
    equals = attribute.document.text.index("=", attribute.name_offset)
    return max(equals - attribute.name_offset - 1, len(attribute.name))


def _is_aligned(paragraph: list[AttributeSyntax]) -> bool:
    return len({_width(each) for each in paragraph}) == 1


def _widened(paragraph: list[AttributeSyntax], width: int) -> list[Edit]:
    """Blanks that keep the equals signs below each other when a longer name joins them."""
    if not _is_aligned(paragraph) or (missing := width - _width(paragraph[0])) <= 0:
        return []
    edits = []
    for attribute in paragraph:
        equals = attribute.document.text.index("=", attribute.name_offset)
        edits.append(Edit(attribute.document.span(equals, equals), " " * missing))
    return edits
