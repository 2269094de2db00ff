"""Edits that set arguments of a resource, formatted as ``terraform fmt`` would."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence

from haanalyzer.frontends.terraform.parsing import syntax
from haanalyzer.frontends.terraform.parsing.expressions import parse_expression
from haanalyzer.frontends.terraform.parsing.notations import body_of
from haanalyzer.frontends.terraform.parsing.paragraph import Paragraph
from haanalyzer.frontends.terraform.parsing.syntax import AttributeSyntax, BlockSyntax
from haanalyzer.source.configuration_files import is_json_configuration
from haanalyzer.source.document import Document
from haanalyzer.source.edit import Edit, Literal, NotEditableError, Wanted, line_end, shortened
from haanalyzer.source.span import Span

_STEP = "  "


def set_arguments(document: Document, resource: Span, wanted: Wanted) -> list[Edit]:
    """The edits that give arguments their values.

    ``resource`` is the place of the block's header. NotEditableError where an argument is no
    literal, or cannot be told from others, and in JSON.
    """
    if is_json_configuration(document.path):
        raise NotEditableError("it is written in JSON, as tools do")
    return _in_block(_block_at(document, resource), wanted)


def _block_at(document: Document, resource: Span) -> BlockSyntax:
    found = document.once(blocks_by_header).get(resource)
    if found is None:
        raise NotEditableError("its block was not found")
    if found.type != "resource":
        raise NotEditableError(f"what a `{found.type}` block makes is set by its arguments")
    return found


def blocks_by_header(document: Document) -> dict[Span, BlockSyntax]:
    """The outermost blocks of a file by the places of their headers."""
    body, _ = body_of(document)
    return {block.header_span: block for block in body.blocks}


def _in_block(block: BlockSyntax, wanted: Wanted) -> list[Edit]:
    edits: list[Edit] = []
    arguments: dict[str, Literal] = {}
    blocks: dict[str, Wanted] = {}
    for name, value in wanted.items():
        attribute = block.body.attributes.get(name)
        if isinstance(value, Mapping):
            if attribute is not None:
                edits += _in_json(attribute, value)
            elif (inner := _nested(block, name, value)) is not None:
                edits += _in_block(inner, value)
            else:
                blocks[name] = value
        elif attribute is not None:
            edits.append(Edit(_literal_place(attribute), _literal(value)))
        elif block.body.blocks_of(name):
            raise NotEditableError(f"`{name}` is a block")
        else:
            arguments[name] = value
    return [*edits, *_inserted(block, arguments, blocks, alone=not edits)] if arguments or blocks else edits


def _nested(block: BlockSyntax, name: str, wanted: Wanted) -> BlockSyntax | None:
    """The only block of a name; None when there is none."""
    if any(each.labels == (name,) for each in block.body.blocks_of("dynamic")):
        raise NotEditableError(f"`{name}` is made by a dynamic block")
    found = block.body.blocks_of(name)
    if len(found) > 1:
        raise NotEditableError(f"there are {len(found)} `{name}` blocks")
    if not found and any(_is_key_of_json(each) for each in wanted):
        raise NotEditableError(f"there is no `{name}`")
    return found[0] if found else None


def _is_key_of_json(name: str) -> bool:
    """The provider's own names have no capital letters, those in JSON texts do."""
    return name != name.lower()


def _literal_place(attribute: AttributeSyntax) -> Span:
    written = attribute.text.rstrip()
    if not isinstance(parse_expression(attribute.text), syntax.Literal) or written.startswith("<<"):
        raise NotEditableError(f"`{attribute.name}` is `{shortened(written)}`")
    return attribute.document.span(attribute.offset, attribute.offset + len(written))


def _in_json(attribute: AttributeSyntax, wanted: Wanted) -> Iterator[Edit]:
    """Literals in an object that is encoded right here."""
    encoded: syntax.Expression = parse_expression(attribute.text)
    if isinstance(encoded, syntax.FunctionCall) and encoded.name == "jsonencode":
        encoded = encoded.arguments[0]
    items = encoded.items if isinstance(encoded, syntax.ObjectExpression) else ()
    by_key = {key.value: value for key, value in items if isinstance(key, syntax.Literal)}
    for name, value in wanted.items():
        written = by_key.get(name)
        if not isinstance(written, syntax.Literal) or isinstance(value, Mapping):
            raise NotEditableError(f"`{attribute.name}` is `{shortened(attribute.text)}`")
        start, end = attribute.offset + written.start, attribute.offset + written.end
        yield Edit(attribute.document.span(start, end), _literal(value))


def _literal(value: Literal) -> str:
    return json.dumps(value, ensure_ascii=False).replace("${", "$${").replace("%{", "%%{")


def _inserted(
    block: BlockSyntax, arguments: Mapping[str, Literal], blocks: Mapping[str, Wanted], *, alone: bool
) -> Iterator[Edit]:
    """New arguments at the end of a paragraph of arguments, new blocks after the last item."""
    document, text = block.document, block.document.text
    opening = text.index("{", block.header_end)
    literals = {name: _literal(value) for name, value in arguments.items()}
    indent = _indent_inside(block)
    if "\n" not in text[opening : block.end]:
        if not alone:
            raise NotEditableError(f"`{block.type}` is written on one line")
        yield _spread_out(block, opening, literals, blocks)
        return
    paragraph = Paragraph.of(block)
    if literals:
        anchor = opening + 1 if paragraph.end is None else paragraph.end
        lines = _argument_lines(literals, indent, paragraph.width_with(literals))
        yield from paragraph.widened(literals)
        yield _new_lines(document, anchor, lines)
    last = _last_item(block, opening)
    for position, (name, inner) in enumerate(blocks.items()):
        gap = [""] if last is not None or literals or position else []
        yield _new_lines(document, opening + 1 if last is None else last, [*gap, *_block_lines({name: inner}, indent)])


def _new_lines(document: Document, after: int, lines: Sequence[str]) -> Edit:
    """Lines below the one that holds this offset."""
    at = line_end(document.text, after)
    return Edit(document.span(at, at), "".join(f"{document.line_end}{line}" for line in lines))


def _argument_lines(literals: Mapping[str, str], indent: str, width: int | None = None) -> list[str]:
    widest = max(map(len, literals), default=0) if width is None else width
    return [f"{indent}{name:<{widest}} = {literal}" for name, literal in literals.items()]


def _block_lines(blocks: Mapping[str, Wanted], indent: str) -> list[str]:
    lines = []
    for name, wanted in blocks.items():
        literals = {inner: _literal(value) for inner, value in wanted.items() if not isinstance(value, Mapping)}
        nested = {inner: value for inner, value in wanted.items() if isinstance(value, Mapping)}
        gap = [""] if literals and nested else []
        lines.append(f"{indent}{name} {{")
        lines += [*_argument_lines(literals, f"{indent}{_STEP}"), *gap, *_block_lines(nested, f"{indent}{_STEP}")]
        lines.append(f"{indent}}}")
    return lines


def _spread_out(block: BlockSyntax, opening: int, literals: Mapping[str, str], blocks: Mapping[str, Wanted]) -> Edit:
    """A block written on one line holds one argument at most: it gets lines of its own."""
    document = block.document
    name, _, written = (each.strip() for each in document.text[opening + 1 : block.end - 1].partition("="))
    arguments = {name: written, **literals} if written else literals
    gap = [""] if arguments and blocks else []
    outer = _indent(block)
    lines = [
        *_argument_lines(arguments, outer + _STEP),
        *gap,
        *_block_lines(blocks, outer + _STEP),
    ]
    inside = "".join(f"{document.line_end}{line}" for line in [*lines, f"{outer}}}"])
    return Edit(document.span(opening, block.end), f"{{{inside}")


def _indent_inside(block: BlockSyntax) -> str:
    """The indentation of what is in a block, by what is there already."""
    starts = [each.name_offset for each in block.body.attributes.values()]
    first = min([*starts, *(each.start for each in block.body.blocks)], default=None)
    found = None if first is None else _blanks_before(block.document.text, first)
    return _indent(block) + _STEP if found is None else found


def _indent(block: BlockSyntax) -> str:
    return _blanks_before(block.document.text, block.start) or ""


def _blanks_before(text: str, at: int) -> str | None:
    """What indents the first thing on a line; None for a thing that is not the first."""
    before = text[text.rfind("\n", 0, at) + 1 : at]
    return None if before.strip() else before


def _last_item(block: BlockSyntax, opening: int) -> int | None:
    ends = [each.offset + len(each.text.rstrip()) for each in block.body.attributes.values()]
    ends += [each.end for each in block.body.blocks]
    return max((end for end in ends if end > opening), default=None)
