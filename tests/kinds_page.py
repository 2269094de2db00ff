"""The page of the vocabulary: every kind with its attributes, their words in both languages, and defaults."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from haanalyzer.catalog.kinds import AttributeWords, Kind, dialect_of, kinds, sources

_HEAD = """# Kinds

What rules call resources and their attributes, and what CloudFormation and Terraform call them. This page is generated.
An attribute that names other resources says which kinds; `default` is what AWS takes when nothing is written, with its
source. Indented attributes belong to the blocks of a list.

"""


def kinds_page() -> str:
    """All kinds in alphabetical order, then the sources."""
    cited = "\n".join(f"- **{key}**: {text}" for key, text in sorted(sources().items()))
    return _HEAD + "\n".join(_section(kind) for kind in kinds().values()) + f"\n## Sources\n\n{cited}\n"


def _section(kind: Kind) -> str:
    rows = ["| attribute | CloudFormation | Terraform | names | default |", "|---|---|---|---|---|"]
    rows += _rows(kind, kind.attributes, "")
    types = ", ".join(f"`{type_}`" for type_ in kind.types)
    return f"## {kind.name}\n\n{types}\n\n" + "\n".join(rows) + "\n"


def _rows(kind: Kind, attributes: Mapping[str, AttributeWords], indent: str) -> Iterator[str]:
    for words in attributes.values():
        cells = (f"{indent}{words.name}", *_words(kind, words), ", ".join(words.refers), _default(words))
        yield f"| {' | '.join(cells)} |"
        if words.each:
            yield from _rows(kind, words.each, f"{indent}&emsp;")


def _words(kind: Kind, words: AttributeWords) -> Iterator[str]:
    for dialect in ("cloudformation", "terraform"):
        found = [words.word(type_) for type_ in kind.types if dialect_of(type_) == dialect]
        shown = dict.fromkeys(f"`{word}`" for word in found if word is not None and word != ".." and word[0] != "=")
        yield ", ".join(shown)


def _default(words: AttributeWords) -> str:
    values = {dialect: str(value).lower() for dialect, value in words.defaults.items()}
    if not values:
        return ""
    one = set(values.values())
    both = len(values) > 1 and len(one) == 1
    text = one.pop() if both else ", ".join(f"{value} in {dialect}" for dialect, value in sorted(values.items()))
    return f"{text} ({words.source})"
